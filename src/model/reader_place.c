#include "model/reader_state.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "model/hold.h"
#include <string.h>

enum { ID_HL = 'H' | 'L' << 8 }; /* as x12i_pack packs it */
enum { HL02 = 2 };

static X12I_WITHIN bool held(x12_reader *reader, const x12_segment *segment)
{
    if (segment == NULL)
        reader->status = X12_ERROR_MEMORY;
    else if (x12i_arena_used_since(reader->arena, reader->bottom) > reader->options.record_limit) {
        x12i_raise_at_item(reader, X12_FINDING_RECORD_TOO_LARGE);
        reader->status = X12_ERROR_LIMIT;
    }
    return reader->status == X12_OK;
}

X12I_APART static void see_to_oddities(x12_reader *reader)
{
    if (reader->item.view.odd & X12I_ODD_UNTERMINATED)
        reader->usual_before = (x12_text){0};
    if (reader->item.view.odd & X12I_ODD_LINE_BREAK)
        x12i_raise_at_item(reader, X12_FINDING_LINE_BREAK_INSIDE);
}

static X12I_WITHIN x12_segment *take_segment(x12_reader *reader)
{
    x12_segment *segment = x12i_hold(reader->wire, reader->arena, &reader->item.view, reader->usual_before);
    if (!held(reader, segment))
        return NULL;
    reader->interchange_number++;
    reader->number++;
    reader->orphan = false;
    segment->number = reader->depth > X12I_TRANSACTION ? reader->number : reader->interchange_number;
    reader->has_item = false;
    reader->usual_before = reader->syntax.line_break;
    if (reader->item.view.odd != 0)
        see_to_oddities(reader);
    return segment;
}

/* Strays are not told of, as they should not be there at all. */
static X12I_WITHIN x12_segment *take_in_place(x12_reader *reader)
{
    x12_segment *segment = take_segment(reader);
    if (segment != NULL && (reader->item.view.odd & X12I_ODD_CUT))
        x12i_raise_at_item(reader, X12_FINDING_UNTERMINATED);
    return segment;
}

static inline void trace(x12_reader *reader, const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot)
{
    if (reader->trace.placed)
        reader->trace.placed(reader->trace.context, segment, type, slot, &reader->item.view.tokens, x12i_reader_delimiters(reader));
}

static X12I_WITHIN bool decode(x12_reader *reader, x12i_decoder *decoder, const x12i_frame *frame, const x12i_slot *slot, void *owner, const x12_segment *segment)
{
    const x12i_tokens *tokens = &reader->item.view.tokens;
    if (x12i_is_scribed(reader))
        return reader->scribe->decode(reader->scribe, decoder, slot, owner, tokens, segment, frame->type->id);
    return x12i_decode(decoder, slot->parts, owner, tokens, segment, frame->type->id);
}

/* Decodes a segment with derived elements: with what they should say at hand. */
static bool decode_derived(x12_reader *reader, const x12i_frame *frame, const x12i_slot *slot, void *owner, const x12_segment *segment, uint64_t count, x12_text control)
{
    char digits[20];
    x12i_buffer number = {.data = digits, .capacity = sizeof digits};
    x12i_decoder decoder = reader->decoder;
    x12i_buffer_add_number(&number, count);
    decoder.expected_count = (x12_text){digits, (uint32_t)number.length};
    decoder.expected_control = control;
    bool decoded = decode(reader, &decoder, frame, slot, owner, segment);
    reader->decoder.exact = decoder.exact;
    return decoded;
}

static bool decode_trailer(x12_reader *reader, const x12i_frame *frame, const x12i_slot *slot, void *owner, const x12_segment *segment)
{
    uint64_t count = frame == &reader->frames[X12I_TRANSACTION] ? reader->number : frame->count;
    return decode_derived(reader, frame, slot, owner, segment, count, frame->control);
}

/* The hierarchical level that is open at `frame` or around it; the transaction: none is. */
static const x12i_frame *level_around(const x12_reader *reader, const x12i_frame *frame)
{
    while (frame > &reader->frames[X12I_TRANSACTION] && !frame->type->level)
        frame--;
    return frame;
}

/* An HL: levels are numbered from 1 through the transaction. */
static bool decode_level(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, void *owner, const x12_segment *segment)
{
    char digits[20];
    x12i_buffer parent = {.data = digits, .capacity = sizeof digits};
    const x12i_frame *around = level_around(reader, frame - 1);
    if (around->level != 0)
        x12i_buffer_add_number(&parent, around->level);
    frame->level = ++reader->levels;
    return x12i_keep_element(reader, 1, &frame->control) &&
           decode_derived(reader, frame, slot, owner, segment, frame->level, (x12_text){digits, (uint32_t)parent.length});
}

/* Decodes a segment with DERIVED parts, of which only these two say what is known. */
X12I_APART static bool decode_known(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, void *owner, const x12_segment *segment)
{
    if (frame <= &reader->frames[X12I_TRANSACTION] && slot == x12i_trailer_slot(frame->type))
        return decode_trailer(reader, frame, slot, owner, segment);
    if (frame->type->level && slot == frame->type->slots)
        return decode_level(reader, frame, slot, owner, segment);
    return decode(reader, &reader->decoder, frame, slot, owner, segment);
}

static X12I_WITHIN bool decode_into(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, void *owner, x12_segment *segment)
{
    bool decoded = slot->parts->has_derived ? decode_known(reader, frame, slot, owner, segment) : decode(reader, &reader->decoder, frame, slot, owner, segment);
    if (!decoded) {
        reader->status = X12_ERROR_MEMORY;
        return false;
    }
    if (!reader->decoder.exact)
        segment->flags |= X12_SEGMENT_AS_SENT;
    *x12i_segment_at(slot, owner) = segment;
    trace(reader, segment, frame->type, slot);
    return true;
}

/* A part that belongs before the last one. Slots of the same order may come in any order. */
X12I_APART static void note_disorder(x12_reader *reader, x12i_frame *frame, unsigned slot)
{
    const x12_loop_type *type = frame->type;
    frame->disordered = true;
    if (frame->last < type->slot_count && type->slots[slot].order < type->slots[frame->last].order)
        x12i_raise_at_item(reader, X12_FINDING_OUT_OF_ORDER);
}

static X12I_WITHIN x12i_step note_part(x12_reader *reader, x12i_frame *frame, unsigned slot)
{
    if (slot < frame->last)
        note_disorder(reader, frame, slot);
    if (!x12i_note_part(frame, reader->options.allocator, slot))
        return x12i_fail(reader, X12_ERROR_MEMORY);
    return X12I_STEP_AGAIN;
}

/* Keeps the segment at hand, raw, in the innermost loop that is kept. */
X12I_APART static x12i_step keep_unmapped(x12_reader *reader, x12_finding_code code, x12_event *event)
{
    unsigned depth = reader->depth;
    x12i_stop_scribe(reader);
    while (reader->frames[depth - 1].loop == NULL)
        depth--;
    x12i_frame *frame = &reader->frames[depth - 1];
    if (frame->streamed && frame->started) {
        x12i_step result = x12i_close_to(reader, depth, event);
        return result == X12I_STEP_AGAIN ? x12i_begin_again(reader, event) : result;
    }
    x12_segment *segment = take_in_place(reader);
    if (segment == NULL)
        return X12I_STEP_FAILED;
    segment->flags |= reader->item.view.odd & X12I_ODD_LINE_BREAK ? X12_SEGMENT_AS_SENT : 0;
    trace(reader, segment, frame->type, NULL);
    x12i_raise_at_item(reader, code);
    if (!x12i_add_unmapped(reader->arena, frame->loop, segment))
        return x12i_fail(reader, X12_ERROR_MEMORY);
    return note_part(reader, frame, frame->type->slot_count);
}

/* For the segment at hand, which was put into the slot for others. */
static void raise_unknown_qualifier(x12_reader *reader)
{
    const x12i_symbol *symbol = x12i_find_symbol(reader->guide, x12i_packed_id(&reader->item.view.tokens), 0);
    x12i_raise_at_element(reader, X12_FINDING_UNKNOWN_QUALIFIER, symbol->part, symbol->component);
}

static X12I_WITHIN x12i_step place_segment(x12_reader *reader, x12i_frame *frame, unsigned index, x12_event *event)
{
    const x12i_slot *slot = &frame->type->slots[index];
    if (frame->loop == NULL)
        return keep_unmapped(reader, X12_FINDING_LEFT_OVER, event);
    if (frame->streamed) {
        bool tail = index >= frame->type->first_tail;
        if (tail && !frame->started)
            return x12i_hand_out_start(reader, frame, event);
        if (frame->started && (!tail || index < frame->last))
            return x12i_begin_again_disordered(reader, event);
    }
    bool full;
    void *owner = x12i_add_segment(reader->arena, frame->loop, slot, &full);
    if (owner == NULL)
        return full ? keep_unmapped(reader, X12_FINDING_TOO_MANY, event) : x12i_fail(reader, X12_ERROR_MEMORY);
    x12_segment *segment = take_in_place(reader);
    if (segment == NULL || !decode_into(reader, frame, slot, owner, segment))
        return X12I_STEP_FAILED;
    if (slot->other)
        raise_unknown_qualifier(reader);
    return note_part(reader, frame, index);
}

x12i_step x12i_place_segment(x12_reader *reader, unsigned index, x12_event *event)
{
    return place_segment(reader, x12i_top(reader), index, event);
}

/* A level without HL is the one that its first child names: one that names another level belongs to another. */
static bool name_level(x12_reader *reader, x12i_frame *frame)
{
    const x12i_tokens *tokens = &reader->item.view.tokens;
    if (!frame->type->level || x12i_packed_id(tokens) != ID_HL)
        return true;
    int symbol = x12i_symbol_of(reader->guide, ID_HL, tokens, x12i_reader_delimiters(reader));
    unsigned entry = symbol < 0 ? 0 : frame->type->next[symbol];
    bool parent = entry != 0 && !(entry & X12I_IMPLIED) && x12i_next_ends(entry) == 0;
    return !parent || x12i_keep_element(reader, 2, &frame->control);
}

static x12i_step place_none(x12_reader *reader, x12i_frame *frame)
{
    const x12i_slot *slot = &frame->type->slots[0];
    x12i_stop_scribe(reader);
    if (!reader->orphan)
        x12i_raise_missing(reader, X12_FINDING_LOOP_HEADER_MISSING, slot->segment);
    bool noted = slot->kind != X12I_SLOT_INLINE || x12i_mark_missing(reader, frame->loop, slot);
    return noted && name_level(reader, frame) ? X12I_STEP_AGAIN : X12I_STEP_FAILED;
}

x12i_step x12i_place_first(x12_reader *reader, bool missing)
{
    x12i_frame *frame = x12i_top(reader);
    const x12i_slot *slot = &frame->type->slots[0];
    if (frame->loop == NULL)
        return X12I_STEP_AGAIN; /* the segment is kept unmapped when it is placed again */
    if (missing)
        return place_none(reader, frame);
    bool full;
    x12_segment *segment = take_in_place(reader);
    void *owner = segment ? x12i_add_segment(reader->arena, frame->loop, slot, &full) : NULL;
    if (owner == NULL)
        return x12i_fail(reader, reader->status ? reader->status : X12_ERROR_MEMORY);
    return decode_into(reader, frame, slot, owner, segment) ? X12I_STEP_AGAIN : X12I_STEP_FAILED;
}

/* The slot where one loop more than its own slot holds may go: the loop for unknown qualifiers. */
static const x12i_slot *other_loop_slot(const x12_reader *reader, const x12i_frame *frame)
{
    int symbol = x12i_symbol_of_id(reader->guide, x12i_packed_id(&reader->item.view.tokens));
    unsigned entry = symbol < 0 ? 0 : frame->type->next[symbol];
    if (entry == 0 || (entry & X12I_IMPLIED) || x12i_next_ends(entry) != 0)
        return NULL;
    const x12i_slot *slot = &frame->type->slots[x12i_next_slot(entry)];
    return slot->kind == X12I_SLOT_LOOPS ? slot : NULL;
}

/* At the segment at hand, in the loop that it would open. */
static void raise_in_loop(x12_reader *reader, x12_finding_code code, unsigned element, const x12_loop_type *type)
{
    if (x12i_push_frame(reader, NULL, type, x12i_arena_mark(reader->arena)) == NULL)
        return;
    x12i_raise_at_element(reader, code, element, 0);
    reader->depth--;
}

/* The first segment of a loop that was opened, for what the guide knows or for what it does not. */
static x12i_step place_header(x12_reader *reader, bool missing, bool unknown)
{
    x12i_step result = x12i_place_first(reader, missing);
    if (unknown && result == X12I_STEP_AGAIN)
        raise_unknown_qualifier(reader);
    return result;
}

static x12i_step open_inside(x12_reader *reader, x12i_frame *frame, const x12i_slot *slot, bool missing, x12_event *event)
{
    bool unknown = slot->other;
    if (frame->loop != NULL && x12i_holds_loop(frame->loop, slot)) {
        const x12i_slot *other = other_loop_slot(reader, frame);
        if (other == NULL) {
            x12i_push_frame(reader, NULL, slot->loop, x12i_arena_mark(reader->arena));
            return keep_unmapped(reader, X12_FINDING_TOO_MANY_LOOPS, event);
        }
        raise_in_loop(reader, X12_FINDING_TOO_MANY_LOOPS, 0, slot->loop);
        slot = other;
    }
    bool full;
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12_loop *loop = frame->loop ? x12i_add_loop(reader->arena, frame->loop, slot, &full) : NULL;
    if (frame->loop != NULL) {
        if (loop == NULL || note_part(reader, frame, (unsigned)(slot - frame->type->slots)) == X12I_STEP_FAILED)
            return x12i_fail(reader, X12_ERROR_MEMORY);
    }
    if (x12i_push_frame(reader, loop, slot->loop, mark) == NULL)
        return x12i_fail(reader, X12_ERROR_LIMIT);
    if (loop == NULL) {
        x12i_stop_scribe(reader);
        return X12I_STEP_AGAIN;
    }
    if (x12i_is_scribed(reader))
        reader->scribe->open(reader->scribe, slot);
    return place_header(reader, missing, unknown);
}

/* Opens the loop of a loop slot of the loop on top. */
static x12i_step place_loop(x12_reader *reader, unsigned index, bool missing, x12_event *event)
{
    x12i_frame *frame = x12i_top(reader);
    const x12i_slot *slot = &frame->type->slots[index];
    if (frame->loop == NULL) {
        x12i_push_frame(reader, NULL, slot->loop, frame->mark);
        return missing ? X12I_STEP_AGAIN : keep_unmapped(reader, X12_FINDING_LEFT_OVER, event);
    }
    if (!frame->streamed)
        return open_inside(reader, frame, slot, missing, event);
    bool apart = slot->loop->streamed || slot->loop->record;
    if (!apart) {
        if (frame->started)
            return x12i_begin_again_disordered(reader, event);
        return open_inside(reader, frame, slot, missing, event);
    }
    if (!frame->started)
        return x12i_hand_out_start(reader, frame, event);
    if (index < frame->last)
        return x12i_begin_again_disordered(reader, event);
    frame->last = (uint16_t)index;
    x12i_frame *opened = x12i_open_apart(reader, slot->loop);
    if (opened == NULL)
        return x12i_fail(reader, X12_ERROR_MEMORY);
    if (slot->loop->record && reader->scribe != NULL)
        reader->scribe->begin(reader->scribe, opened->loop);
    return place_header(reader, missing, slot->other);
}

/* Whether the level at hand, which would begin in `frame`, says that its parent is another one than is open there: in plain letters,
   or it is not said at all. */
static const x12i_frame *false_parent(const x12_reader *reader, const x12i_frame *frame)
{
    if (reader->item.view.odd & X12I_ODD_HIGH)
        return NULL;
    const x12i_frame *around = level_around(reader, frame);
    x12_text named = x12i_part_of(&reader->item.view.tokens, x12i_reader_delimiters(reader), 2, 0);
    if (around->control.length == 0 || named.length == 0 || !around->type->level)
        return NULL;
    return named.length == around->control.length && memcmp(named.data, around->control.data, named.length) == 0 ? NULL : around;
}

/* Levels belong where HL02 says: rather below one whose own HL is missing than below a false parent. What was handed out is gone. */
X12I_APART static x12i_step leave_false_parent(x12_reader *reader, const x12i_frame *parent, const x12_loop_type *level, x12_event *event)
{
    unsigned depth = (unsigned)(parent - reader->frames);
    x12i_step result = x12i_close_to(reader, depth + 1, event);
    if (result != X12I_STEP_AGAIN)
        return result;
    if (parent->streamed && !parent->started)
        return x12i_hand_out_start(reader, x12i_top(reader), event);
    raise_in_loop(reader, X12_FINDING_LEVEL_PARENT, HL02, level);
    reader->orphan = true;
    return x12i_close_to(reader, depth, event);
}

x12i_step x12i_place_by_guide(x12_reader *reader, uint32_t id, x12_event *event)
{
    const x12i_tokens *tokens = &reader->item.view.tokens;
    int symbol = x12i_symbol_of(reader->guide, id, tokens, x12i_reader_delimiters(reader));
    x12i_frame *frame = x12i_top(reader);
    unsigned entry = symbol < 0 ? 0 : frame->type->next[symbol];
    if (frame->type->closed && id != ID_HL)
        return keep_unmapped(reader, X12_FINDING_UNKNOWN_SEGMENT, event);
    if (entry == 0)
        return keep_unmapped(reader, x12i_is_id(x12i_id_of(tokens)) ? X12_FINDING_UNKNOWN_SEGMENT : X12_FINDING_SEGMENT_ID, event);
    unsigned slot = x12i_next_slot(entry), ends = x12i_next_ends(entry);
    frame -= ends;
    if (id == ID_HL && !(entry & X12I_IMPLIED) && !frame->type->slots[slot].other) {
        const x12i_frame *parent = false_parent(reader, frame);
        if (parent != NULL)
            return leave_false_parent(reader, parent, frame->type->slots[slot].loop, event);
    }
    if (ends != 0) {
        x12i_step result = x12i_close_to(reader, reader->depth - ends, event);
        if (result != X12I_STEP_AGAIN)
            return result;
    }
    if (entry & X12I_NEXT_LOOP)
        return place_loop(reader, slot, (entry & X12I_IMPLIED) != 0, event);
    return place_segment(reader, frame, slot, event);
}

x12i_step x12i_pass_unnamed(x12_reader *reader, x12_event *event)
{
    x12i_frame *frame = x12i_top(reader);
    if (frame->started && frame->type != &x12i_unnamed_type && (frame->children || frame->ended))
        return x12i_begin_again(reader, event);
    if (!frame->started)
        return x12i_hand_out_start(reader, frame, event);
    x12i_release_later(reader, x12i_arena_mark(reader->arena));
    x12_segment *segment = frame->type == &x12i_unnamed_type ? take_in_place(reader) : take_segment(reader);
    if (segment == NULL)
        return X12I_STEP_FAILED;
    frame->count += frame->type == &x12i_unnamed_type;
    trace(reader, segment, frame->type, NULL);
    x12i_show(event, X12_SEGMENT, frame->loop);
    event->segment = segment;
    return X12I_STEP_EVENT;
}
