#include "convert/json_echo.h"
#include "model/decode_with.h"

static x12i_json_echo *echo_of(x12i_scribe *scribe)
{
    return (x12i_json_echo *)(void *)scribe;
}

static x12i_json_echo_level *innermost(x12i_json_echo *echo)
{
    return &echo->levels[echo->depth];
}

/* --- slots and loops --- */

static X12I_WITHIN char *close_list(x12i_json_echo *echo, char *out, x12i_json_echo_level *level)
{
    if (level->list)
        out = x12i_json_close(echo->output, out, ']');
    level->list = false;
    return out;
}

/* Goes to where a part of the slot stands in the innermost loop: behind its key, or in the list that is open. False where it should have stood before. */
static X12I_WITHIN bool enter(x12i_json_echo *echo, const x12i_slot *slot)
{
    x12i_json_echo_level *level = innermost(echo);
    char *out = x12i_json_room(echo->output, echo->out);
    if (slot < level->slot)
        return false;
    if (!level->list || slot != level->slot) {
        out = close_list(echo, out, level);
        if (slot->kind != X12I_SLOT_INLINE)
            out = x12i_json_put_key(echo->output, out, slot->key);
        level->list = slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS;
        if (level->list)
            *out++ = '[';
        level->slot = slot;
    }
    if (slot->kind != X12I_SLOT_INLINE)
        *out++ = '{';
    echo->out = out;
    return true;
}

static void open_level(x12i_json_echo *echo, const x12_loop_type *type)
{
    *innermost(echo) = (x12i_json_echo_level){.slot = type->slots};
}

static void open_loop(x12i_scribe *scribe, const x12i_slot *slot)
{
    x12i_json_echo *echo = echo_of(scribe);
    scribe->active = enter(echo, slot);
    echo->depth++;
    open_level(echo, slot->loop);
}

static void close_loop(x12i_scribe *scribe)
{
    x12i_json_echo *echo = echo_of(scribe);
    char *out = close_list(echo, echo->out, innermost(echo));
    echo->out = x12i_json_close(echo->output, out, '}');
    echo->depth--;
}

static void end_record(x12i_scribe *scribe)
{
    x12i_json_echo *echo = echo_of(scribe);
    echo->out = close_list(echo, echo->out, innermost(echo));
    echo->complete = true;
    scribe->active = false;
}

/* --- values --- */

/* Of a segment of plain text, for all of which there is room. */
static X12I_WITHIN char *put_text(void *context, char *out, x12i_key key, x12_text text)
{
    (void)context;
    return x12i_json_put_plain(x12i_json_copy_key(out, key), text);
}

static X12I_WITHIN char *put_dated(void *context, char *out, x12i_key key, const x12i_field *field, const void *value)
{
    return x12i_json_put_dated(context, x12i_json_copy_key(out, key), field, value);
}

static X12I_WITHIN char *put_other(void *context, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    return x12i_json_put_field(context, out, parts, field, owner);
}

/* What a value may take beside its text (key, list and brackets), and the most that is asked for at once: the output has as much even when memory ran out. */
enum { AROUND_VALUE = 640, MOST = 1 << 16 };

static X12I_WITHIN uint64_t room_of(const x12i_tokens *tokens, const x12_segment *segment)
{
    return segment->length + (tokens->count + UINT64_C(1)) * AROUND_VALUE;
}

static X12I_WITHIN char *spell(x12i_json_echo *echo, x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop)
{
    static const x12i_echo spelling = {put_text, put_dated, put_other};
    x12i_json_output *output = echo->output;
    char *out = x12i_json_room_for(output, echo->out, (size_t)room_of(tokens, segment));
    return x12i_decode_with(decoder, parts, owner, tokens, segment, loop, out, spelling, output);
}

static bool decode(x12i_scribe *scribe, x12i_decoder *decoder, const x12i_slot *slot, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop)
{
    x12i_json_echo *echo = echo_of(scribe);
    if ((segment->flags & X12_SEGMENT_NOTED) || !enter(echo, slot)) {
        scribe->active = false;
        return x12i_decode(decoder, slot->parts, owner, tokens, segment, loop);
    }
    x12i_json_use_segment(echo->output, segment);
    if ((segment->flags & X12_SEGMENT_PLAIN) && room_of(tokens, segment) <= MOST) {
        echo->out = spell(echo, decoder, slot->parts, owner, tokens, segment, loop);
    } else {
        x12i_decode(decoder, slot->parts, owner, tokens, segment, loop);
        echo->out = x12i_json_put_parts(echo->output, echo->out, slot->parts, owner);
    }
    if (slot->kind != X12I_SLOT_INLINE)
        echo->out = x12i_json_close(echo->output, echo->out, '}');
    scribe->active = decoder->exact;
    return !decoder->failed;
}

/* --- the record --- */

void x12i_json_echo_begin(x12i_json_echo *echo, size_t start, char *out, const x12_loop *record)
{
    echo->out = out;
    echo->begun = true;
    echo->start = start;
    echo->record = record;
    echo->complete = false;
    echo->depth = 0;
    open_level(echo, record->type);
    echo->scribe.active = true;
}

void x12i_json_echo_open(x12i_json_echo *echo, x12i_json_output *output)
{
    echo->output = output;
    echo->scribe.open = open_loop;
    echo->scribe.close = close_loop;
    echo->scribe.end = end_record;
    echo->scribe.decode = decode;
}
