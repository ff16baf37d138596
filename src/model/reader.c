#include "model/placement.h"
#include "base/buffer.h"
#include "diagnostic/diagnostic.h"
#include "model/hold.h"
#include "model/structure.h"
#include <string.h>

enum { MAXIMUM_DEPTH = 24, DEFAULT_SEGMENT_LIMIT = 1 << 20, DEFAULT_RECORD_LIMIT = 64 << 20 };

/* The frames of the envelope, always in this order. */
enum { INTERCHANGE, GROUP, TRANSACTION };

struct x12_reader {
    x12_reader_options options;
    x12i_wire *wire;
    x12_arena *arena;
    x12i_trace trace;
    x12i_frame frames[MAXIMUM_DEPTH];
    unsigned depth;
    const x12i_guide *guide;   /* of the open transaction; NULL: none, its segments go unnamed */
    x12i_wire_item item;       /* the one at hand */
    bool has_item;
    bool has_release;          /* what the last event showed goes before the next */
    x12i_mark release;
    x12i_mark bottom;
    x12_syntax syntax;
    x12_text usual_before;     /* what is usual before the segment at hand */
    char line_break[2];
    uint32_t number;           /* of the last segment, within transaction or interchange */
    uint32_t interchange_segments;
    x12_text group_code;       /* GS01 */
    x12_text group_version;    /* GS08 */
    x12_status status;
};

typedef enum step { STEP_AGAIN, STEP_EVENT, STEP_FAILED } step;

static step fail(x12_reader *reader, x12_status status)
{
    reader->status = status;
    return STEP_FAILED;
}

static x12i_frame *top(x12_reader *reader)
{
    return &reader->frames[reader->depth - 1];
}

static const x12i_delimiters *delimiters(const x12_reader *reader)
{
    return x12i_wire_delimiters(reader->wire);
}

static x12_position position_of(const x12_reader *reader, const x12_segment *segment)
{
    x12_position position = x12i_segment_position(segment);
    if (reader->depth > 0)
        position.loop = reader->frames[reader->depth - 1].type->id;
    return position;
}

static void raise_at_item(x12_reader *reader, x12_finding_code code)
{
    const x12i_view *view = &reader->item.view;
    x12_position position = {.offset = view->offset, .line = view->line, .column = view->column, .segment_number = reader->number + 1};
    if (reader->item.kind != X12I_WIRE_SEGMENT)
        position = (x12_position){.offset = reader->item.offset};
    if (reader->depth > 0)
        position.loop = top(reader)->type->id;
    x12i_raise(&reader->options.findings, code, position);
}

static step show(x12_event *event, x12_event_kind kind, x12_loop *loop)
{
    *event = (x12_event){.kind = kind, .loop = loop};
    return STEP_EVENT;
}

/* --- opening --- */

static x12i_frame *push(x12_reader *reader, x12_loop *loop, const x12_loop_type *type, x12i_mark mark)
{
    if (reader->depth == MAXIMUM_DEPTH || (loop == NULL && reader->status != X12_OK))
        return NULL;
    x12i_frame *frame = &reader->frames[reader->depth++];
    bool whole = reader->options.whole_transactions && type->guide != &x12i_envelope && type != &x12i_unnamed_type;
    *frame = (x12i_frame){.loop = loop, .type = type, .mark = mark, .streamed = type->streamed && !whole,
                          .sequence = frame->sequence, .sequence_capacity = frame->sequence_capacity};
    return frame;
}

/* A loop that stands for itself, not inside its parent's struct. */
static x12i_frame *open_apart(x12_reader *reader, const x12_loop_type *type)
{
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12_loop *loop = x12i_new_loop(reader->arena, type, reader->depth ? top(reader)->loop : NULL);
    if (loop == NULL) {
        reader->status = X12_ERROR_MEMORY;
        return NULL;
    }
    return push(reader, loop, type, mark);
}

static const x12i_slot *trailer_slot(const x12_loop_type *type)
{
    return type->slot_count ? &type->slots[type->slot_count - 1] : NULL;
}

static x12_segment *mark_missing(x12_reader *reader, x12_loop *loop, const x12i_slot *slot)
{
    x12_segment *segment = x12_arena_allocate(reader->arena, sizeof *segment);
    if (segment == NULL) {
        reader->status = X12_ERROR_MEMORY;
        return NULL;
    }
    segment->flags = X12_SEGMENT_MISSING;
    *x12i_segment_at(slot, loop) = segment;
    return segment;
}

/* --- handing out and closing --- */

static step start(x12_reader *reader, x12i_frame *frame, x12_event *event)
{
    if (!x12i_keep_order(frame, reader->arena))
        return fail(reader, X12_ERROR_MEMORY);
    frame->started = true;
    frame->disordered = false;
    frame->sequence_count = 0;
    frame->last = 0;
    if (frame > reader->frames)
        frame[-1].children = true;
    show(event, X12_LOOP_START, frame->loop);
    if (x12i_is_interchange(frame->type))
        event->syntax = &reader->syntax;
    return STEP_EVENT;
}

/* What follows the last segment, kept with the interchange's trailer where it is not usual. */
static bool keep_after(x12_reader *reader, x12_segment *trailer)
{
    const x12i_wire_item *item = &reader->item;
    x12_text usual = reader->usual_before;
    if (item->bytes.length == usual.length && (usual.length == 0 || memcmp(item->bytes.data, usual.data, usual.length) == 0))
        return true;
    x12_text after = x12i_hold_bytes(reader->wire, reader->arena, item->bytes.data, item->bytes.length);
    trailer->after = after.data;
    trailer->after_length = after.length;
    trailer->flags |= X12_SEGMENT_AFTER;
    return after.data != NULL;
}

static x12_finding_code missing_trailer_code(unsigned depth)
{
    static const x12_finding_code codes[] = {X12_FINDING_NO_INTERCHANGE_END, X12_FINDING_NO_GROUP_END, X12_FINDING_NO_TRANSACTION_END};
    return codes[depth];
}

/* Sees to the trailer of an envelope loop that closes. */
static bool finish_trailer(x12_reader *reader, x12i_frame *frame, bool goes_on)
{
    unsigned depth = (unsigned)(frame - reader->frames);
    if (depth > TRANSACTION || frame->type == &x12i_unnamed_type)
        return true;
    const x12_segment **place = x12i_segment_at(trailer_slot(frame->type), frame->loop);
    if (*place == NULL) {
        bool implied = (*x12i_segment_at(&frame->type->slots[0], frame->loop)) != NULL &&
                       ((*x12i_segment_at(&frame->type->slots[0], frame->loop))->flags & X12_SEGMENT_MISSING);
        if (!goes_on && !implied)
            raise_at_item(reader, missing_trailer_code(depth));
        if (mark_missing(reader, frame->loop, trailer_slot(frame->type)) == NULL)
            return false;
    }
    if (depth != INTERCHANGE || goes_on || reader->item.kind != X12I_WIRE_END)
        return true;
    return keep_after(reader, (x12_segment *)(uintptr_t)*place);
}

static void release_later(x12_reader *reader, x12i_mark mark)
{
    reader->release = mark;
    reader->has_release = true;
}

/* Closes the innermost loop, or shows its start first. */
static step close_top(x12_reader *reader, x12_event *event, bool goes_on)
{
    x12i_frame *frame = top(reader);
    if (frame->streamed && !frame->started)
        return start(reader, frame, event);
    if (frame->loop != NULL) {
        if (!frame->streamed && !x12i_keep_order(frame, reader->arena))
            return fail(reader, X12_ERROR_MEMORY);
        if (!finish_trailer(reader, frame, goes_on))
            return fail(reader, X12_ERROR_MEMORY);
    }
    reader->depth--;
    if (frame->streamed) {
        release_later(reader, frame->mark);
        return show(event, X12_LOOP_END, frame->loop);
    }
    bool apart = frame->loop != NULL && reader->depth > 0 && top(reader)->streamed && (frame->type->record || x12i_is_transaction(frame->type));
    if (!apart)
        return STEP_AGAIN;
    top(reader)->children = true;
    release_later(reader, frame->mark);
    return show(event, X12_RECORD, frame->loop);
}

/* Closes loops, one a step, until only `depth` are open. */
static step close_to(x12_reader *reader, unsigned depth, x12_event *event)
{
    while (reader->depth > depth) {
        step result = close_top(reader, event, false);
        if (result != STEP_AGAIN)
            return result;
    }
    return STEP_AGAIN;
}

/* Ends a streamed loop and begins it again, for what its guide had a place for only earlier. */
static step begin_again(x12_reader *reader, x12_event *event)
{
    x12i_frame old = *top(reader);
    x12_loop *parent = old.loop->parent;
    step result = close_top(reader, event, true);
    if (result == STEP_FAILED)
        return result;
    x12_loop *loop = x12i_new_loop(reader->arena, old.type, parent);
    if (loop == NULL)
        return fail(reader, X12_ERROR_MEMORY);
    loop->continued = true;
    if (old.type == &x12i_unnamed_type)
        ((x12i_unnamed *)loop)->transaction = ((x12i_unnamed *)old.loop)->transaction;
    x12i_frame *frame = push(reader, loop, old.type, old.mark);
    frame->control = old.control;
    frame->count = old.count;
    reader->has_release = false; /* the new loop lies above the old one, until both end */
    return result;
}

/* --- placing a segment in the loop on top --- */

static bool held(x12_reader *reader, const x12_segment *segment)
{
    if (segment == NULL)
        reader->status = X12_ERROR_MEMORY;
    else if (x12i_arena_used_since(reader->arena, reader->bottom) > reader->options.record_limit) {
        raise_at_item(reader, X12_FINDING_RECORD_TOO_LARGE);
        reader->status = X12_ERROR_LIMIT;
    }
    return reader->status == X12_OK;
}

static x12_segment *take_segment(x12_reader *reader, x12i_tokens *tokens)
{
    x12_segment *segment = x12i_hold(reader->wire, reader->arena, &reader->item.view, reader->usual_before, tokens);
    if (!held(reader, segment))
        return NULL;
    segment->number = ++reader->number;
    reader->interchange_segments++;
    reader->has_item = false;
    reader->usual_before = segment->flags & X12_SEGMENT_UNTERMINATED ? (x12_text){0} : reader->syntax.line_break;
    if (reader->item.view.line_break_inside)
        x12i_raise(&reader->options.findings, X12_FINDING_LINE_BREAK_INSIDE, position_of(reader, segment));
    return segment;
}

static void trace(x12_reader *reader, const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot)
{
    if (reader->trace.placed)
        reader->trace.placed(reader->trace.context, segment, type, slot, delimiters(reader));
}

static bool decode_into(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, void *owner, x12_segment *segment, const x12i_tokens *tokens)
{
    char count[20];
    x12i_buffer number = {.data = count, .capacity = sizeof count};
    x12i_decoder decoder = {.arena = reader->arena, .delimiters = delimiters(reader), .findings = &reader->options.findings, .expected_control = frame->control};
    if (frame <= &reader->frames[TRANSACTION] && slot == trailer_slot(frame->type)) {
        x12i_buffer_add_number(&number, frame == &reader->frames[TRANSACTION] ? reader->number : frame->count);
        decoder.expected_count = (x12_text){count, (uint32_t)number.length};
    }
    x12_position position = position_of(reader, segment);
    position.segment = slot->segment;
    if (!x12i_decode(&decoder, slot->parts, owner, tokens, position)) {
        reader->status = X12_ERROR_MEMORY;
        return false;
    }
    if (!decoder.exact)
        segment->flags |= X12_SEGMENT_AS_SENT;
    *x12i_segment_at(slot, owner) = segment;
    trace(reader, segment, frame->type, slot);
    return true;
}

static step note_part(x12_reader *reader, x12i_frame *frame, unsigned slot)
{
    if (!x12i_note_part(frame, reader->options.allocator, slot))
        return fail(reader, X12_ERROR_MEMORY);
    return STEP_AGAIN;
}

/* Keeps the segment at hand, raw, in the innermost loop that is kept. */
static step keep_unmapped(x12_reader *reader, x12_finding_code code, x12_event *event)
{
    unsigned depth = reader->depth;
    while (reader->frames[depth - 1].loop == NULL)
        depth--;
    x12i_frame *frame = &reader->frames[depth - 1];
    if (frame->streamed && frame->started) {
        step result = close_to(reader, depth, event);
        return result == STEP_AGAIN ? begin_again(reader, event) : result;
    }
    x12i_tokens tokens;
    x12_segment *segment = take_segment(reader, &tokens);
    if (segment == NULL)
        return STEP_FAILED;
    segment->flags |= reader->item.view.line_break_inside ? X12_SEGMENT_AS_SENT : 0;
    x12i_raise(&reader->options.findings, code, position_of(reader, segment));
    trace(reader, segment, frame->type, NULL);
    if (!x12i_add_unmapped(reader->arena, frame->loop, segment))
        return fail(reader, X12_ERROR_MEMORY);
    return note_part(reader, frame, frame->type->slot_count);
}

/* Puts the segment at hand into a segment slot of the loop on top. */
static step place_segment(x12_reader *reader, unsigned index, x12_event *event)
{
    x12i_frame *frame = top(reader);
    const x12i_slot *slot = &frame->type->slots[index];
    if (frame->loop == NULL)
        return keep_unmapped(reader, X12_FINDING_TOO_MANY, event);
    if (frame->streamed) {
        bool tail = index >= frame->type->first_tail;
        if (tail && !frame->started)
            return start(reader, frame, event);
        if (frame->started && (!tail || index < frame->last))
            return begin_again(reader, event);
    }
    bool full;
    void *owner = x12i_add_segment(reader->arena, frame->loop, slot, &full);
    if (owner == NULL)
        return full ? keep_unmapped(reader, X12_FINDING_TOO_MANY, event) : fail(reader, X12_ERROR_MEMORY);
    x12i_tokens tokens;
    x12_segment *segment = take_segment(reader, &tokens);
    if (segment == NULL || !decode_into(reader, frame, slot, owner, segment, &tokens))
        return STEP_FAILED;
    if (slot->other)
        x12i_raise(&reader->options.findings, X12_FINDING_UNKNOWN_QUALIFIER, position_of(reader, segment));
    return note_part(reader, frame, index);
}

/* Gives the new loop on top its first segment: the one at hand, or none. */
static step place_first(x12_reader *reader, bool missing)
{
    x12i_frame *frame = top(reader);
    const x12i_slot *slot = &frame->type->slots[0];
    if (frame->loop == NULL)
        return STEP_AGAIN; /* the segment is kept unmapped when it is placed again */
    if (missing) {
        raise_at_item(reader, X12_FINDING_LOOP_HEADER_MISSING);
        return slot->kind != X12I_SLOT_INLINE || mark_missing(reader, frame->loop, slot) ? STEP_AGAIN : STEP_FAILED;
    }
    x12i_tokens tokens;
    bool full;
    x12_segment *segment = take_segment(reader, &tokens);
    void *owner = segment ? x12i_add_segment(reader->arena, frame->loop, slot, &full) : NULL;
    if (owner == NULL)
        return fail(reader, reader->status ? reader->status : X12_ERROR_MEMORY);
    return decode_into(reader, frame, slot, owner, segment, &tokens) ? STEP_AGAIN : STEP_FAILED;
}

/* The slot where one loop more than its own slot holds may go: the loop for unknown qualifiers. */
static const x12i_slot *other_loop_slot(x12_reader *reader, const x12i_frame *frame, const x12i_tokens *tokens)
{
    int symbol = x12i_symbol_of_id(reader->guide, tokens);
    unsigned entry = symbol < 0 ? 0 : x12i_next(frame->type, symbol);
    if (entry == 0 || (entry & X12I_IMPLIED))
        return NULL;
    const x12i_slot *slot = &frame->type->slots[entry - 1];
    return slot->kind == X12I_SLOT_LOOPS ? slot : NULL;
}

static step open_inside(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, const x12i_tokens *tokens, bool missing, x12_event *event)
{
    if (frame->loop != NULL && x12i_holds_loop(frame->loop, slot)) {
        raise_at_item(reader, X12_FINDING_TOO_MANY);
        const x12i_slot *other = other_loop_slot(reader, frame, tokens);
        if (other == NULL) {
            push(reader, NULL, slot->loop, x12i_arena_mark(reader->arena));
            return keep_unmapped(reader, X12_FINDING_TOO_MANY, event);
        }
        slot = other;
    }
    bool full;
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12_loop *loop = frame->loop ? x12i_add_loop(reader->arena, frame->loop, slot, &full) : NULL;
    if (frame->loop != NULL) {
        if (loop == NULL || note_part(reader, frame, (unsigned)(slot - frame->type->slots)) == STEP_FAILED)
            return fail(reader, X12_ERROR_MEMORY);
    }
    if (push(reader, loop, slot->loop, mark) == NULL)
        return fail(reader, X12_ERROR_LIMIT);
    return loop ? place_first(reader, missing) : STEP_AGAIN;
}

/* Opens the loop of a loop slot of the loop on top. */
static step place_loop(x12_reader *reader, unsigned index, const x12i_tokens *tokens, bool missing, x12_event *event)
{
    x12i_frame *frame = top(reader);
    const x12i_slot *slot = &frame->type->slots[index];
    if (frame->loop == NULL) {
        push(reader, NULL, slot->loop, frame->mark);
        return missing ? STEP_AGAIN : keep_unmapped(reader, X12_FINDING_TOO_MANY, event);
    }
    if (!frame->streamed)
        return open_inside(reader, frame, slot, tokens, missing, event);
    bool apart = slot->loop->streamed || slot->loop->record;
    if (!apart) {
        if (frame->started)
            return begin_again(reader, event);
        return open_inside(reader, frame, slot, tokens, missing, event);
    }
    if (!frame->started)
        return start(reader, frame, event);
    if (index < frame->last)
        return begin_again(reader, event);
    frame->last = (uint16_t)index;
    return open_apart(reader, slot->loop) ? place_first(reader, missing) : fail(reader, X12_ERROR_MEMORY);
}

/* --- transactions --- */

static step place_by_guide(x12_reader *reader, x12_event *event)
{
    const x12i_view *view = &reader->item.view;
    x12i_tokens tokens = {view->base, view->positions, view->count, view->length};
    int symbol = x12i_symbol_of(reader->guide, &tokens, delimiters(reader));
    unsigned depth = reader->depth, entry = 0;
    for (; symbol >= 0 && depth > TRANSACTION; depth--) {
        entry = x12i_next(reader->frames[depth - 1].type, symbol);
        if (entry != 0)
            break;
    }
    if (entry == 0)
        return keep_unmapped(reader, x12i_is_id(x12i_id_of(&tokens)) ? X12_FINDING_UNKNOWN_SEGMENT : X12_FINDING_SEGMENT_ID, event);
    step result = close_to(reader, depth, event);
    if (result != STEP_AGAIN)
        return result;
    unsigned slot = (entry & ~(unsigned)X12I_IMPLIED) - 1;
    uint8_t kind = top(reader)->type->slots[slot].kind;
    if (kind == X12I_SLOT_LOOP || kind == X12I_SLOT_LOOPS)
        return place_loop(reader, slot, &tokens, (entry & X12I_IMPLIED) != 0, event);
    return place_segment(reader, slot, event);
}

/* A segment without a name: of a transaction without guide, or outside of any. */
static step pass_unnamed(x12_reader *reader, x12_event *event)
{
    x12i_frame *frame = top(reader);
    if (frame->started && frame->type != &x12i_unnamed_type && (frame->children || frame->ended))
        return begin_again(reader, event);
    if (!frame->started)
        return start(reader, frame, event);
    x12i_tokens tokens;
    x12_segment *segment = take_segment(reader, &tokens);
    if (segment == NULL)
        return STEP_FAILED;
    frame->count++;
    trace(reader, segment, frame->type, NULL);
    release_later(reader, x12i_arena_mark(reader->arena));
    show(event, X12_SEGMENT, frame->loop);
    event->segment = segment;
    return STEP_EVENT;
}

static step open_transaction(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    x12i_frame *group = &reader->frames[GROUP];
    if (!group->started)
        return start(reader, group, event);
    if (group->ended)
        return begin_again(reader, event);
    bool near = false;
    x12_text transaction = x12i_part_of(tokens, delimiters(reader), 1, 0);
    x12_text version = x12i_part_of(tokens, delimiters(reader), 3, 0);
    reader->guide = x12i_choose_guide(transaction, version.length ? version : reader->group_version, reader->group_code, &near);
    reader->number = 0;
    group->count++;
    if (reader->guide == NULL)
        raise_at_item(reader, X12_FINDING_NO_GUIDE);
    else if (near)
        raise_at_item(reader, X12_FINDING_NEAR_GUIDE);
    x12i_frame *frame = open_apart(reader, reader->guide ? reader->guide->loops[0] : &x12i_unnamed_type);
    if (frame == NULL)
        return STEP_FAILED;
    if (reader->guide == NULL) {
        ((x12i_unnamed *)frame->loop)->transaction = x12i_hold_bytes(reader->wire, reader->arena, transaction.data, transaction.length);
        return STEP_AGAIN;
    }
    x12_text control = x12i_part_of(tokens, delimiters(reader), 2, 0);
    frame->control = x12i_hold_bytes(reader->wire, reader->arena, control.data, control.length);
    return place_first(reader, false);
}

/* --- the envelope --- */

static step imply(x12_reader *reader, const x12_loop_type *type, x12_finding_code code)
{
    raise_at_item(reader, code);
    x12i_frame *frame = open_apart(reader, type);
    return frame && mark_missing(reader, frame->loop, &type->slots[0]) ? STEP_AGAIN : STEP_FAILED;
}

static void take_syntax(x12_reader *reader)
{
    const x12i_delimiters *chosen = delimiters(reader);
    reader->syntax = (x12_syntax){chosen->element, chosen->component, chosen->repetition, chosen->segment, reader->syntax.line_break};
    reader->interchange_segments = 0;
    reader->number = 0;
}

/* The line break of an interchange is what stands before its second segment. */
static void take_line_break(x12_reader *reader, const char *before, size_t length)
{
    size_t size = 0;
    if (size < length && before[size] == '\r')
        reader->line_break[size++] = '\r';
    if (size < length && before[size] == '\n')
        reader->line_break[size++] = '\n';
    reader->syntax.line_break = reader->usual_before = (x12_text){reader->line_break, (uint32_t)size};
}

static step open_interchange(x12_reader *reader)
{
    take_syntax(reader);
    x12i_frame *frame = open_apart(reader, x12i_envelope.loops[0]);
    if (frame == NULL)
        return STEP_FAILED;
    const x12i_view *view = &reader->item.view;
    x12i_tokens tokens = {view->base, view->positions, view->count, view->length};
    x12_text control = x12i_part_of(&tokens, delimiters(reader), 13, 0);
    frame->control = x12i_hold_bytes(reader->wire, reader->arena, control.data, control.length);
    return place_first(reader, false);
}

static step imply_interchange(x12_reader *reader)
{
    take_syntax(reader);
    return imply(reader, x12i_envelope.loops[0], X12_FINDING_NO_INTERCHANGE);
}

static step open_group(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    x12i_frame *interchange = &reader->frames[INTERCHANGE];
    if (!interchange->started)
        return start(reader, interchange, event);
    if (interchange->ended)
        return begin_again(reader, event);
    interchange->count++;
    bool missing = tokens == NULL;
    if (missing) {
        reader->group_code = reader->group_version = (x12_text){0};
        return imply(reader, x12i_envelope.loops[1], X12_FINDING_NO_GROUP);
    }
    x12i_frame *frame = open_apart(reader, x12i_envelope.loops[1]);
    if (frame == NULL)
        return STEP_FAILED;
    x12_text control = x12i_part_of(tokens, delimiters(reader), 6, 0);
    x12_text code = x12i_part_of(tokens, delimiters(reader), 1, 0);
    x12_text version = x12i_part_of(tokens, delimiters(reader), 8, 0);
    frame->control = x12i_hold_bytes(reader->wire, reader->arena, control.data, control.length);
    reader->group_code = x12i_hold_bytes(reader->wire, reader->arena, code.data, code.length);
    reader->group_version = x12i_hold_bytes(reader->wire, reader->arena, version.data, version.length);
    return place_first(reader, false);
}

static void check_trailer(x12_reader *reader, const x12i_frame *frame, const x12i_tokens *tokens)
{
    char digits[20];
    x12i_buffer number = {.data = digits, .capacity = sizeof digits};
    x12i_buffer_add_number(&number, frame == &reader->frames[TRANSACTION] ? reader->number + 1 : frame->count);
    x12_text count = x12i_part_of(tokens, delimiters(reader), 1, 0), control = x12i_part_of(tokens, delimiters(reader), 2, 0);
    if (count.length != number.length || memcmp(count.data, digits, number.length) != 0)
        raise_at_item(reader, X12_FINDING_COUNT_WRONG);
    if (control.length != frame->control.length || (control.length && memcmp(control.data, frame->control.data, control.length) != 0))
        raise_at_item(reader, X12_FINDING_CONTROL_NUMBER_DIFFERS);
}

/* SE, GE, IEA: into the loop that they end, at `depth`. */
static step place_trailer(x12_reader *reader, unsigned depth, const x12i_tokens *tokens, x12_event *event)
{
    step result = close_to(reader, depth + 1, event);
    if (result != STEP_AGAIN)
        return result;
    x12i_frame *frame = top(reader);
    if (frame->type == &x12i_unnamed_type) {
        frame->ended = true;
        return pass_unnamed(reader, event);
    }
    if (frame->streamed && !frame->started)
        return start(reader, frame, event);
    check_trailer(reader, frame, tokens);
    result = place_segment(reader, frame->type->slot_count - 1u, event);
    if (!reader->has_item)
        top(reader)->ended = true;
    return result;
}

/* Whether a trailer has its loop: open, and not ended yet. */
static bool can_end(const x12_reader *reader, unsigned depth)
{
    return reader->depth > depth && !reader->frames[depth].ended;
}

static step pass_stray(x12_reader *reader, x12_event *event)
{
    if (reader->depth == 0)
        return imply_interchange(reader);
    unsigned depth = reader->depth > GROUP && !reader->frames[GROUP].ended ? GROUP + 1 : INTERCHANGE + 1;
    step result = close_to(reader, depth, event);
    if (result != STEP_AGAIN)
        return result;
    result = pass_unnamed(reader, event);
    if (result == STEP_EVENT && event->kind == X12_SEGMENT) {
        top(reader)->children = false;
        x12i_raise(&reader->options.findings, X12_FINDING_STRAY_SEGMENT, position_of(reader, event->segment));
    }
    return result;
}

static step place_acknowledgment(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    const x12i_frame *interchange = &reader->frames[INTERCHANGE];
    int symbol = x12i_symbol_of(&x12i_envelope, tokens, delimiters(reader));
    if (reader->depth != 1 || interchange->started || symbol < 0)
        return pass_stray(reader, event);
    return place_segment(reader, x12i_next(interchange->type, symbol) - 1, event);
}

static bool is(x12_text id, const char *name)
{
    return id.length == strlen(name) && memcmp(id.data, name, id.length) == 0;
}

/* One step with the segment at hand: at most one event. */
static step take_step(x12_reader *reader, x12_event *event)
{
    const x12i_view *view = &reader->item.view;
    x12i_tokens tokens = {view->base, view->positions, view->count, view->length};
    x12_text id = x12i_id_of(&tokens);
    if (view->opens_interchange) {
        step result = close_to(reader, 0, event);
        return result == STEP_AGAIN ? open_interchange(reader) : result;
    }
    if (reader->interchange_segments == 1)
        take_line_break(reader, view->before, view->before_length);
    if (is(id, "ST") || is(id, "GS")) {
        unsigned wanted = is(id, "ST") ? TRANSACTION : GROUP;
        step result = close_to(reader, wanted, event);
        if (result != STEP_AGAIN)
            return result;
        if (reader->depth == 0)
            return imply_interchange(reader);
        if (wanted == GROUP)
            return open_group(reader, &tokens, event);
        return reader->depth == 1 ? open_group(reader, NULL, event) : open_transaction(reader, &tokens, event);
    }
    if (is(id, "SE") && can_end(reader, TRANSACTION))
        return place_trailer(reader, TRANSACTION, &tokens, event);
    if (is(id, "GE") && can_end(reader, GROUP))
        return place_trailer(reader, GROUP, &tokens, event);
    if (is(id, "IEA") && can_end(reader, INTERCHANGE))
        return place_trailer(reader, INTERCHANGE, &tokens, event);
    if (reader->depth <= TRANSACTION || reader->frames[TRANSACTION].ended)
        return is(id, "TA1") ? place_acknowledgment(reader, &tokens, event) : pass_stray(reader, event);
    return reader->guide ? place_by_guide(reader, event) : pass_unnamed(reader, event);
}

static step show_bytes(x12_reader *reader, x12_event *event)
{
    step result = close_to(reader, 0, event);
    if (result != STEP_AGAIN)
        return result;
    raise_at_item(reader, X12_FINDING_JUNK);
    release_later(reader, x12i_arena_mark(reader->arena));
    show(event, X12_BYTES, NULL);
    event->bytes = x12i_hold_bytes(reader->wire, reader->arena, reader->item.bytes.data, reader->item.bytes.length);
    if (event->bytes.data == NULL)
        return fail(reader, X12_ERROR_MEMORY);
    reader->has_item = false;
    reader->usual_before = (x12_text){0};
    return STEP_EVENT;
}

static step show_end(x12_reader *reader, x12_event *event)
{
    if (reader->interchange_segments == 1)
        take_line_break(reader, reader->item.bytes.data, reader->item.bytes.length);
    step result = close_to(reader, 0, event);
    return result == STEP_AGAIN ? fail(reader, X12_END) : result;
}

x12_status x12_reader_next(x12_reader *reader, x12_event *event)
{
    if (reader->has_release)
        x12i_arena_release(reader->arena, reader->release);
    reader->has_release = false;
    step result = STEP_AGAIN;
    while (result == STEP_AGAIN && reader->status == X12_OK) {
        if (!reader->has_item) {
            reader->status = x12i_wire_next(reader->wire, &reader->item);
            reader->has_item = reader->status == X12_OK;
            if (reader->status != X12_OK)
                break;
        }
        if (reader->item.kind == X12I_WIRE_SEGMENT)
            result = take_step(reader, event);
        else
            result = reader->item.kind == X12I_WIRE_BYTES ? show_bytes(reader, event) : show_end(reader, event);
    }
    return reader->status;
}

x12_status x12_reader_open(x12_reader **reader, x12_input input, const x12_reader_options *options)
{
    static const x12_reader_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *reader = NULL;
    x12_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    if (made->options.record_limit == 0)
        made->options.record_limit = DEFAULT_RECORD_LIMIT;
    x12i_wire_options wire = {.allocator = options->allocator, .findings = options->findings, .charset = options->charset,
                              .segment_limit = options->segment_limit ? options->segment_limit : DEFAULT_SEGMENT_LIMIT};
    made->arena = x12_arena_new(options->allocator);
    x12_status status = made->arena ? x12i_wire_open(&made->wire, input, &wire) : X12_ERROR_MEMORY;
    if (status != X12_OK) {
        x12_reader_free(made);
        return status;
    }
    made->bottom = x12i_arena_mark(made->arena);
    *reader = made;
    return X12_OK;
}

const char *x12_reader_charset(const x12_reader *reader)
{
    return x12i_wire_charset(reader->wire);
}

bool x12_reader_has_bom(const x12_reader *reader)
{
    return x12i_wire_has_bom(reader->wire);
}

void x12i_reader_trace(x12_reader *reader, x12i_trace tracer)
{
    reader->trace = tracer;
}

void x12_reader_free(x12_reader *reader)
{
    if (reader == NULL)
        return;
    const x12_allocator *allocator = reader->options.allocator;
    for (unsigned i = 0; i < MAXIMUM_DEPTH; i++)
        x12i_release(allocator, reader->frames[i].sequence, reader->frames[i].sequence_capacity * sizeof(uint16_t));
    x12_arena_free(reader->arena);
    if (reader->wire != NULL)
        x12i_wire_free(reader->wire);
    x12i_release(allocator, reader, sizeof *reader);
}
