#include "model/reader_state.h"
#include "model/hold.h"
#include <remedi/guide.h>
#include <string.h>

/* The number of the segment at hand, or of the last one. */
static uint32_t number_at_hand(const x12_reader *reader)
{
    uint32_t taken = reader->depth > X12I_TRANSACTION ? reader->number : reader->interchange_number;
    return taken + reader->has_item;
}

/* The innermost part of the envelope that is open. */
static uint8_t scope_at_hand(const x12_reader *reader)
{
    static const uint8_t scopes[] = {X12_SCOPE_INTERCHANGE, X12_SCOPE_INTERCHANGE, X12_SCOPE_GROUP, X12_SCOPE_TRANSACTION};
    return scopes[reader->depth < X12_SCOPE_TRANSACTION ? reader->depth : X12_SCOPE_TRANSACTION];
}

static x12_position position_at_item(const x12_reader *reader)
{
    const x12i_view *view = &reader->item.view;
    x12_position position = {.offset = reader->item.offset};
    if (reader->item.kind != X12I_WIRE_END)
        position = (x12_position){.offset = view->offset, .line = view->line, .column = view->column};
    if (reader->item.kind == X12I_WIRE_SEGMENT) {
        position.segment_number = number_at_hand(reader);
        position.segment = x12i_spelled_id(reader->guide, x12i_id_of(&view->tokens));
    }
    if (reader->depth > 0)
        position.loop = x12_loop_id(reader->frames[reader->depth - 1].type);
    position.scope = scope_at_hand(reader);
    return position;
}

void x12i_raise_at_item(x12_reader *reader, x12_finding_code code)
{
    x12i_raise(&reader->options.findings, code, position_at_item(reader));
}

void x12i_raise_missing(x12_reader *reader, x12_finding_code code, const char *segment)
{
    x12_position position = position_at_item(reader);
    position.segment = segment;
    x12i_raise(&reader->options.findings, code, position);
}

void x12i_raise_at_element(x12_reader *reader, x12_finding_code code, unsigned element, unsigned component)
{
    x12_position position = position_at_item(reader);
    position.element = (uint8_t)element;
    position.component = (uint8_t)component;
    x12i_raise(&reader->options.findings, code, position);
}

x12i_frame *x12i_push_frame(x12_reader *reader, x12_loop *loop, const x12_loop_type *type, x12i_mark mark)
{
    if (reader->depth == X12I_MAXIMUM_DEPTH || (loop == NULL && reader->status != X12_OK))
        return NULL;
    x12i_frame *frame = &reader->frames[reader->depth++];
    bool whole = reader->options.whole_transactions && type->guide != &x12i_envelope && type != &x12i_unnamed_type;
    *frame = (x12i_frame){.loop = loop, .type = type, .mark = mark, .streamed = type->streamed && !whole,
                          .sequence = frame->sequence, .sequence_capacity = frame->sequence_capacity};
    return frame;
}

x12i_frame *x12i_open_apart(x12_reader *reader, const x12_loop_type *type)
{
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12_loop *loop = x12i_new_loop(reader->arena, type, reader->depth ? x12i_top(reader)->loop : NULL);
    if (loop == NULL) {
        reader->status = X12_ERROR_MEMORY;
        return NULL;
    }
    return x12i_push_frame(reader, loop, type, mark);
}

const x12i_slot *x12i_trailer_slot(const x12_loop_type *type)
{
    return type->slot_count ? &type->slots[type->slot_count - 1] : NULL;
}

x12_segment *x12i_mark_missing(x12_reader *reader, x12_loop *loop, const x12i_slot *slot)
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

bool x12i_keep_element(x12_reader *reader, unsigned part, x12_text *kept)
{
    x12_text text = x12i_part_of(&reader->item.view.tokens, x12i_reader_delimiters(reader), part, 0);
    *kept = x12i_hold_bytes(reader->wire, reader->arena, text.data, text.length);
    if (kept->data == NULL)
        reader->status = X12_ERROR_MEMORY;
    return kept->data != NULL;
}

x12i_step x12i_begin_again_disordered(x12_reader *reader, x12_event *event)
{
    x12i_raise_at_item(reader, X12_FINDING_OUT_OF_ORDER);
    return x12i_begin_again(reader, event);
}

x12i_step x12i_hand_out_start(x12_reader *reader, x12i_frame *frame, x12_event *event)
{
    if (!x12i_keep_order(frame, reader->arena))
        return x12i_fail(reader, X12_ERROR_MEMORY);
    frame->started = true;
    frame->disordered = false;
    frame->sequence_count = 0;
    frame->last = 0;
    if (frame > reader->frames)
        frame[-1].children = true;
    x12i_show(event, X12_LOOP_START, frame->loop);
    if (x12i_is_interchange(frame->type))
        event->syntax = &reader->syntax;
    return X12I_STEP_EVENT;
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
    if (depth > X12I_TRANSACTION)
        return true;
    if (frame->type == &x12i_unnamed_type) {
        if (!goes_on && !frame->ended)
            x12i_raise_at_item(reader, X12_FINDING_NO_TRANSACTION_END);
        return true;
    }
    const x12_segment **place = x12i_segment_at(x12i_trailer_slot(frame->type), frame->loop);
    if (*place == NULL) {
        bool implied = (*x12i_segment_at(&frame->type->slots[0], frame->loop)) != NULL &&
                       ((*x12i_segment_at(&frame->type->slots[0], frame->loop))->flags & X12_SEGMENT_MISSING);
        if (!goes_on && !implied)
            x12i_raise_at_item(reader, missing_trailer_code(depth));
        if (x12i_mark_missing(reader, frame->loop, x12i_trailer_slot(frame->type)) == NULL)
            return false;
    }
    if (depth != X12I_INTERCHANGE || goes_on || reader->item.kind != X12I_WIRE_END)
        return true;
    return keep_after(reader, (x12_segment *)(uintptr_t)*place);
}

void x12i_release_later(x12_reader *reader, x12i_mark mark)
{
    reader->release = mark;
    reader->has_release = true;
}

/* Closes the innermost loop, or shows its start first. */
static x12i_step close_top(x12_reader *reader, x12_event *event, bool goes_on)
{
    x12i_frame *frame = x12i_top(reader);
    if (frame->streamed && !frame->started)
        return x12i_hand_out_start(reader, frame, event);
    if (frame->loop != NULL) {
        frame->loop->goes_on = goes_on;
        if (!frame->streamed && !x12i_keep_order(frame, reader->arena))
            return x12i_fail(reader, X12_ERROR_MEMORY);
        if (!finish_trailer(reader, frame, goes_on))
            return x12i_fail(reader, X12_ERROR_MEMORY);
    }
    if (x12i_is_scribed(reader))
        (frame->type->record ? reader->scribe->end : reader->scribe->close)(reader->scribe);
    reader->depth--;
    if (frame->streamed) {
        x12i_release_later(reader, frame->mark);
        return x12i_show(event, X12_LOOP_END, frame->loop);
    }
    bool apart = frame->loop != NULL && reader->depth > 0 && x12i_top(reader)->streamed && (frame->type->record || x12i_is_transaction(frame->type));
    if (!apart)
        return X12I_STEP_AGAIN;
    x12i_top(reader)->children = true;
    x12i_release_later(reader, frame->mark);
    return x12i_show(event, X12_RECORD, frame->loop);
}

x12i_step x12i_close_to(x12_reader *reader, unsigned depth, x12_event *event)
{
    while (reader->depth > depth) {
        x12i_step result = close_top(reader, event, false);
        if (result != X12I_STEP_AGAIN)
            return result;
    }
    return X12I_STEP_AGAIN;
}

x12i_step x12i_begin_again(x12_reader *reader, x12_event *event)
{
    x12i_frame old = *x12i_top(reader);
    x12_loop *parent = old.loop->parent;
    x12i_step result = close_top(reader, event, true);
    if (result == X12I_STEP_FAILED)
        return result;
    x12_loop *loop = x12i_new_loop(reader->arena, old.type, parent);
    if (loop == NULL)
        return x12i_fail(reader, X12_ERROR_MEMORY);
    loop->continued = true;
    if (old.type == &x12i_unnamed_type)
        ((x12i_unnamed *)loop)->transaction = ((x12i_unnamed *)old.loop)->transaction;
    x12i_frame *frame = x12i_push_frame(reader, loop, old.type, old.mark);
    frame->control = old.control;
    frame->count = old.count;
    frame->level = old.level;
    reader->has_release = false; /* the new loop lies above the old one, until both end */
    return result;
}
