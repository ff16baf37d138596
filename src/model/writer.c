#include "base/utf8.h"
#include "model/decode.h"
#include "model/encode.h"
#include "model/placement.h"
#include "model/structure.h"
#include <string.h>

enum { MAXIMUM_DEPTH = 24 };

/* The envelope's loops, from the outside. */
enum { INTERCHANGE, GROUP, TRANSACTION, ENVELOPE_LOOPS };

struct x12_writer {
    x12_writer_options options;
    x12i_sink *sink;
    x12_arena *scratch;
    x12i_encoder encoder;
    x12i_buffer fields;   /* a segment as its fields say */
    x12i_buffer sent;     /* the same from the segment as it was sent */
    x12i_buffer merged;
    x12_loop *pending[2]; /* interchange and group, until it is known which guide their transactions have */
    x12_syntax pending_syntax;
    unsigned pending_count;
    char date[9];
    char time[5];
    char terminator[4];
    size_t terminator_length;
    char line_break[16];
    size_t line_break_length;
    x12_text line_break_due; /* of the interchange that begins: it counts once its first segment is written */
    bool first;           /* nothing usual stands before the next segment */
    bool has_after;       /* what follows the last segment was said */
    x12i_buffer after;
    x12i_buffer control[ENVELOPE_LOOPS];
    unsigned control_level; /* the next segment written is the header of this loop, its control number in part `control_part` */
    unsigned control_part;
    uint64_t count[ENVELOPE_LOOPS]; /* groups, transactions, segments in the open loop */
    uint64_t interchanges;
    uint64_t children[MAXIMUM_DEPTH]; /* loops handed out so far, at each depth */
    unsigned depth;
    x12_status status;
};

static void fail(x12_writer *writer, x12_status status)
{
    if (writer->status == X12_OK)
        writer->status = status;
}

static void put(x12_writer *writer, const char *data, size_t length)
{
    char *room = length ? x12i_sink_room(writer->sink, length) : NULL;
    if (length != 0 && room == NULL) {
        fail(writer, X12_ERROR_MEMORY);
    } else if (length != 0) {
        memcpy(room, data, length);
        x12i_sink_put(writer->sink, length);
    }
}

/* The next element of what is left; empty when there is none. */
static x12_text take_element(x12_text *rest, char separator)
{
    x12_text element = *rest;
    const char *end = rest->length ? memchr(rest->data, separator, rest->length) : NULL;
    if (end == NULL) {
        *rest = (x12_text){0};
        return element;
    }
    element.length = (uint32_t)(end - rest->data);
    rest->data = end + 1;
    rest->length -= element.length + 1;
    return element;
}

/* Keeps the control number of a header, for its trailer. */
static void keep_control(x12_writer *writer, x12_text segment)
{
    x12_text element = {0};
    for (unsigned part = 0; part <= writer->control_part; part++)
        element = take_element(&segment, (char)writer->encoder.delimiters.element);
    x12i_buffer_add(&writer->control[writer->control_level], element.data, element.length);
    writer->control_part = 0;
}

static void use_line_break(x12_writer *writer)
{
    x12_text due = writer->line_break_due;
    writer->line_break_length = due.length < sizeof writer->line_break ? due.length : 0;
    memcpy(writer->line_break, due.data, writer->line_break_length);
    writer->line_break_due = (x12_text){0};
}

static void keep_after(x12_writer *writer, const x12_segment *segment)
{
    if (segment == NULL || !(segment->flags & X12_SEGMENT_AFTER))
        return;
    writer->has_after = true;
    writer->after.length = 0;
    x12i_buffer_add(&writer->after, segment->after, segment->after_length);
}

/* Writes one segment with what stands before and after it. `segment` is NULL for one made by hand. */
static void put_segment(x12_writer *writer, const x12_segment *segment, const char *text, size_t length)
{
    uint32_t flags = segment ? segment->flags : 0;
    if (flags & X12_SEGMENT_BEFORE)
        put(writer, segment->before, segment->before_length);
    else if (!writer->first)
        put(writer, writer->line_break, writer->line_break_length);
    put(writer, text, length);
    if (writer->control_part != 0)
        keep_control(writer, (x12_text){text, (uint32_t)length});
    if (!(flags & X12_SEGMENT_UNTERMINATED))
        put(writer, writer->terminator, writer->terminator_length);
    writer->first = (flags & X12_SEGMENT_UNTERMINATED) != 0;
    if (writer->line_break_due.data != NULL)
        use_line_break(writer);
    keep_after(writer, segment);
    writer->count[TRANSACTION]++;
    x12_status status = x12i_sink_drain(writer->sink);
    if (status != X12_OK)
        fail(writer, status);
}

static void put_unnamed(x12_writer *writer, const x12_segment *segment)
{
    put_segment(writer, segment, segment->raw, segment->raw_length);
}

/* --- fields against the segment as it was sent --- */

static bool same(x12_text a, x12_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static x12_text text_of(const x12i_buffer *buffer)
{
    return (x12_text){buffer->data, (uint32_t)buffer->length};
}

/* Element by element: as it was sent where the fields still say the same, else what the fields say. */
static void merge_elements(x12_writer *writer, x12_text raw)
{
    char separator = (char)writer->encoder.delimiters.element;
    x12_text fields = text_of(&writer->fields), sent = text_of(&writer->sent);
    size_t end = 0;
    writer->merged.length = 0;
    for (bool more = true, first = true; more; first = false) {
        more = memchr(fields.data, separator, fields.length) || (raw.length && memchr(raw.data, separator, raw.length));
        bool has_raw = raw.data != NULL;
        x12_text field = take_element(&fields, separator), before = take_element(&sent, separator), as_sent = take_element(&raw, separator);
        if (!first)
            x12i_buffer_add_byte(&writer->merged, separator);
        x12_text chosen = has_raw && same(field, before) ? as_sent : field;
        x12i_buffer_add(&writer->merged, chosen.data, chosen.length);
        end = chosen.length || has_raw ? writer->merged.length : end;
    }
    writer->merged.length = end;
}

/* What the fields of the segment as sent would be written as. */
static bool encode_sent(x12_writer *writer, const x12i_slot *slot, size_t size, const x12_segment *segment)
{
    x12i_mark mark = x12i_arena_mark(writer->scratch);
    uint32_t *positions = x12i_arena_take(writer->scratch, (segment->length + 1) * sizeof *positions);
    void *owner = x12_arena_allocate(writer->scratch, size);
    bool done = false;
    if (positions != NULL && owner != NULL) {
        x12i_decoder decoder = {.arena = writer->scratch, .delimiters = &writer->encoder.delimiters};
        x12i_tokens tokens = x12i_tokenise(segment->text, segment->length, decoder.delimiters, positions);
        done = x12i_decode(&decoder, slot->parts, owner, &tokens, (x12_position){0});
        writer->sent.length = 0;
        if (done)
            x12i_encode(&writer->encoder, slot->parts, owner, &writer->sent);
    }
    x12i_arena_release(writer->scratch, mark);
    return done && !writer->sent.failed;
}

/* Writes a segment whose fields alone do not give the bytes that were sent. Nothing, when its fields were all taken away. */
static void put_as_sent(x12_writer *writer, const x12i_slot *slot, size_t size, const x12_segment *segment)
{
    unsigned stored = writer->encoder.stored;
    if (!encode_sent(writer, slot, size, segment)) {
        fail(writer, X12_ERROR_MEMORY);
        return;
    }
    if (stored == 0 && writer->encoder.stored != 0)
        return;
    if (same(text_of(&writer->fields), text_of(&writer->sent))) {
        put_unnamed(writer, segment);
        return;
    }
    merge_elements(writer, (x12_text){segment->raw, segment->raw_length});
    put_segment(writer, segment, writer->merged.data, writer->merged.length);
}

/* --- parts of a loop --- */

static bool is_trailer(const x12i_slot *slot)
{
    return slot->parts->field_count != 0 && slot->parts->fields[0].shape == X12I_DERIVED;
}

/* INTERCHANGE to TRANSACTION; ENVELOPE_LOOPS for a loop within a transaction. */
static unsigned level_of(const x12_loop_type *type)
{
    if (x12i_is_interchange(type))
        return INTERCHANGE;
    if (x12i_is_group(type))
        return GROUP;
    return x12i_is_transaction(type) ? TRANSACTION : ENVELOPE_LOOPS;
}

/* What the trailer of this loop says: the parts before it, and the control number of its header. */
static void derive_trailer(x12_writer *writer, const x12_loop *loop)
{
    unsigned level = level_of(loop->type);
    writer->encoder.count = level == TRANSACTION ? writer->count[level] + 1 : writer->count[level];
    writer->encoder.same_control = text_of(&writer->control[level]);
}

static void write_fields(x12_writer *writer, const x12_loop *loop, const x12i_slot *slot, const void *owner, bool required)
{
    const x12_segment *segment = *x12i_segment_at(slot, (void *)(uintptr_t)owner);
    if (segment != NULL && (segment->flags & X12_SEGMENT_MISSING)) {
        keep_after(writer, segment);
        return;
    }
    if (is_trailer(slot))
        derive_trailer(writer, loop);
    writer->encoder.position = (x12_position){.loop = loop->type->id};
    writer->fields.length = 0;
    x12i_encode(&writer->encoder, slot->parts, owner, &writer->fields);
    if (writer->fields.failed)
        fail(writer, X12_ERROR_MEMORY);
    else if (writer->encoder.refused)
        fail(writer, X12_ERROR_REFUSED);
    else if (segment != NULL && (segment->flags & X12_SEGMENT_AS_SENT))
        put_as_sent(writer, slot, slot->parts->size ? slot->parts->size : loop->type->size, segment);
    else if (writer->encoder.stored != 0 || required)
        put_segment(writer, segment, writer->fields.data, writer->fields.length);
}

static void write_loop(x12_writer *writer, const x12_loop *loop, uint64_t ordinal);

static size_t part_count(const x12_loop *loop, unsigned index)
{
    if (index == loop->type->slot_count)
        return loop->unmapped.count;
    const x12i_slot *slot = &loop->type->slots[index];
    const char *place = (const char *)loop + slot->offset;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        return 1;
    case X12I_SLOT_SEGMENTS:
    case X12I_SLOT_LOOPS:
        return ((const x12i_list *)(const void *)place)->count;
    default:
        return *(void *const *)(const void *)place != NULL;
    }
}

static void write_part(x12_writer *writer, const x12_loop *loop, unsigned index, size_t item)
{
    if (index == loop->type->slot_count) {
        put_unnamed(writer, loop->unmapped.items[item]);
        return;
    }
    const x12i_slot *slot = &loop->type->slots[index];
    const void *place = (const char *)loop + slot->offset;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        write_fields(writer, loop, slot, loop, (index == 0 && !loop->continued) || is_trailer(slot));
        break;
    case X12I_SLOT_SEGMENT:
        write_fields(writer, loop, slot, *(void *const *)place, true);
        break;
    case X12I_SLOT_SEGMENTS:
        write_fields(writer, loop, slot, (const char *)((const x12i_list *)place)->items + item * slot->parts->size, true);
        break;
    case X12I_SLOT_LOOP:
        write_loop(writer, *(x12_loop *const *)place, 1);
        break;
    case X12I_SLOT_LOOPS:
        write_loop(writer, (const x12_loop *)(const void *)((const char *)((const x12i_list *)place)->items + item * slot->loop->size), item + 1);
        break;
    }
}

static void write_slots(x12_writer *writer, const x12_loop *loop, unsigned from, unsigned to)
{
    for (unsigned index = from; index < to; index++)
        for (size_t item = 0; item < part_count(loop, index) && writer->status == X12_OK; item++)
            write_part(writer, loop, index, item);
}

/* How far each slot of a loop in its own order is written, and how often `order` still names it. */
typedef struct progress {
    uint32_t written;
    uint32_t named;
} progress;

static void write_rest(x12_writer *writer, const x12_loop *loop, unsigned index, progress *slot)
{
    for (size_t count = part_count(loop, index); slot->written < count && writer->status == X12_OK; slot->written++)
        write_part(writer, loop, index, slot->written);
}

/* The parts as `order` names them; those that it does not name at the guide's place. */
static void write_in_order(x12_writer *writer, const x12_loop *loop, unsigned to, progress *slots)
{
    unsigned unnamed = 0; /* slots below this that `order` does not name are written */
    if (!loop->continued)
        slots[0].named++;
    for (uint32_t i = 0; i < loop->order_count; i++)
        slots[loop->order[i]].named++;
    if (!loop->continued) {
        slots[0].named--;
        write_part(writer, loop, 0, slots[0].written++);
    }
    for (uint32_t i = 0; i < loop->order_count; i++) {
        unsigned index = loop->order[i];
        for (; unnamed < index && unnamed < to; unnamed++)
            if (slots[unnamed].named == 0)
                write_rest(writer, loop, unnamed, &slots[unnamed]);
        if (slots[index].written < part_count(loop, index))
            write_part(writer, loop, index, slots[index].written++);
        if (--slots[index].named == 0)
            write_rest(writer, loop, index, &slots[index]);
    }
    for (unsigned index = 0; index < to; index++)
        write_rest(writer, loop, index, &slots[index]);
    write_rest(writer, loop, loop->type->slot_count, &slots[loop->type->slot_count]);
}

/* The parts from the first slot to `to`, with what has no place. */
static void write_own(x12_writer *writer, const x12_loop *loop, unsigned to)
{
    if (loop->order == NULL) {
        write_slots(writer, loop, 0, to);
        write_slots(writer, loop, loop->type->slot_count, loop->type->slot_count + 1u);
        return;
    }
    x12i_mark mark = x12i_arena_mark(writer->scratch);
    progress *slots = x12_arena_allocate(writer->scratch, (loop->type->slot_count + 1u) * sizeof *slots);
    if (slots == NULL)
        fail(writer, X12_ERROR_MEMORY);
    else
        write_in_order(writer, loop, to, slots);
    x12i_arena_release(writer->scratch, mark);
}

static void write_loop(x12_writer *writer, const x12_loop *loop, uint64_t ordinal)
{
    writer->encoder.ordinal = ordinal;
    write_own(writer, loop, loop->type->slot_count);
}

/* --- the flow of events --- */

static void use_syntax(x12_writer *writer, const x12_syntax *syntax)
{
    bool given = syntax->element != 0;
    x12i_delimiters delimiters = {
        .element = (unsigned char)(given ? syntax->element : '*'),
        .component = (unsigned char)(syntax->component || given ? syntax->component : ':'),
        .repetition = (unsigned char)(syntax->repetition || given ? syntax->repetition : '^'),
        .segment = (unsigned char)(syntax->segment ? syntax->segment : '~'),
    };
    x12i_encoder_delimiters(&writer->encoder, &delimiters);
    writer->terminator_length = x12i_utf8_encode(delimiters.segment, writer->terminator);
    writer->line_break_due = syntax->line_break.data ? syntax->line_break : (x12_text){"\n", 1};
}

/* The number that a new loop of the envelope gets when it brings none; its own count begins at nothing. */
static void number_loop(x12_writer *writer, unsigned level)
{
    uint64_t *counter = level == INTERCHANGE ? &writer->interchanges : &writer->count[level - 1];
    writer->encoder.control = ++*counter;
    writer->count[level] = 0;
}

/* Makes ready to keep the control number of the header that comes next. */
static void expect_control(x12_writer *writer, const x12_loop_type *type, unsigned level)
{
    writer->control[level].length = 0;
    writer->control_level = level;
    for (unsigned i = 0; type->slot_count != 0 && i < type->slots[0].parts->field_count; i++)
        if (type->slots[0].parts->fields[i].fill == X12I_FILL_CONTROL)
            writer->control_part = i + 1;
}

static void write_start(x12_writer *writer, const x12_loop *loop, unsigned to)
{
    unsigned level = level_of(loop->type);
    writer->encoder.ordinal = writer->depth > 0 ? ++writer->children[writer->depth - 1] : 0;
    if (level < ENVELOPE_LOOPS && !loop->continued) {
        number_loop(writer, level);
        expect_control(writer, loop->type, level);
    }
    write_own(writer, loop, to);
    writer->control_part = 0;
}

/* A record, or a transaction whole. */
static void write_record(x12_writer *writer, const x12_loop *loop)
{
    write_start(writer, loop, loop->type->slot_count);
}

/* Writes the envelope that waited for its first transaction to say which guide it has. */
static void write_pending(x12_writer *writer, const x12_event *event)
{
    writer->encoder.guide = NULL;
    if (event != NULL && event->loop != NULL && x12i_is_transaction(event->loop->type))
        writer->encoder.guide = event->loop->type->guide;
    for (unsigned i = 0; i < writer->pending_count; i++) {
        const x12_loop *loop = writer->pending[i];
        if (x12i_is_interchange(loop->type)) {
            writer->depth = 0;
            if (!loop->continued)
                use_syntax(writer, &writer->pending_syntax);
        }
        write_start(writer, loop, loop->type->first_tail);
        writer->children[writer->depth++] = 0;
    }
    writer->pending_count = 0;
}

static void write_event(x12_writer *writer, const x12_event *event)
{
    switch (event->kind) {
    case X12_LOOP_START:
        write_start(writer, event->loop, event->loop->type->first_tail);
        if (writer->depth < MAXIMUM_DEPTH)
            writer->children[writer->depth++] = 0;
        break;
    case X12_RECORD:
        write_record(writer, event->loop);
        break;
    case X12_LOOP_END:
        write_slots(writer, event->loop, event->loop->type->first_tail, event->loop->type->slot_count);
        writer->depth -= writer->depth > 0;
        break;
    case X12_SEGMENT:
        put_unnamed(writer, event->segment);
        break;
    case X12_BYTES:
        put(writer, event->bytes.data, event->bytes.length);
        writer->first = true;
        break;
    }
}

x12_status x12_writer_write(x12_writer *writer, const x12_event *event)
{
    bool waits = event->kind == X12_LOOP_START && level_of(event->loop->type) < TRANSACTION;
    if (writer->status != X12_OK)
        return writer->status;
    if (!waits || writer->pending_count == 2)
        write_pending(writer, event);
    if (!waits) {
        write_event(writer, event);
        return writer->status;
    }
    if (x12i_is_interchange(event->loop->type) && event->syntax != NULL)
        writer->pending_syntax = *event->syntax;
    else if (x12i_is_interchange(event->loop->type))
        writer->pending_syntax = (x12_syntax){0};
    writer->pending[writer->pending_count++] = event->loop;
    return writer->status;
}

static void set_clock(x12_writer *writer, int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    /* the civil calendar, counted in eras of 400 years from 1 March 0000 */
    int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153, day = day_of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    int64_t number = ((year_of_era + era * 400 + (month <= 2)) * 100 + month) * 100 + day;
    for (int i = 7; i >= 0; i--, number /= 10)
        writer->date[i] = (char)('0' + number % 10);
    int64_t clock = rest / 3600 * 100 + rest / 60 % 60;
    for (int i = 3; i >= 0; i--, clock /= 10)
        writer->time[i] = (char)('0' + clock % 10);
    writer->encoder.date = writer->date;
    writer->encoder.time = writer->time;
}

x12_status x12_writer_open(x12_writer **writer, x12_output output, const x12_writer_options *options)
{
    static const x12_writer_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *writer = NULL;
    x12_writer *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    made->encoder.findings = &made->options.findings;
    made->after.allocator = made->fields.allocator = made->sent.allocator = made->merged.allocator = options->allocator;
    for (unsigned i = 0; i < ENVELOPE_LOOPS; i++)
        made->control[i].allocator = options->allocator;
    made->first = true;
    set_clock(made, options->date);
    made->scratch = x12_arena_new(options->allocator);
    x12_status status = made->scratch ? x12i_sink_open(&made->sink, output, options->allocator, options->charset, options->byte_order_mark) : X12_ERROR_MEMORY;
    if (status != X12_OK) {
        x12_writer_free(made);
        return status;
    }
    use_syntax(made, &made->pending_syntax);
    *writer = made;
    return X12_OK;
}

x12_status x12_writer_finish(x12_writer *writer)
{
    if (writer->status != X12_OK)
        return writer->status;
    write_pending(writer, NULL);
    if (writer->has_after)
        put(writer, writer->after.data, writer->after.length);
    else if (!writer->first)
        put(writer, writer->line_break, writer->line_break_length);
    x12_status status = x12i_sink_finish(writer->sink);
    if (status != X12_OK)
        fail(writer, status);
    return writer->status;
}

void x12_writer_free(x12_writer *writer)
{
    if (writer == NULL)
        return;
    x12i_buffer_free(&writer->fields);
    x12i_buffer_free(&writer->sent);
    x12i_buffer_free(&writer->merged);
    x12i_buffer_free(&writer->after);
    for (unsigned i = 0; i < ENVELOPE_LOOPS; i++)
        x12i_buffer_free(&writer->control[i]);
    x12_arena_free(writer->scratch);
    if (writer->sink != NULL)
        x12i_sink_free(writer->sink);
    x12i_release(writer->options.allocator, writer, sizeof *writer);
}
