#include "model/reader_state.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/text.h"
#include "model/hold.h"
#include <string.h>

static x12i_step imply(x12_reader *reader, const x12_loop_type *type, x12_finding_code code)
{
    x12i_raise_at_item(reader, code);
    x12i_frame *frame = x12i_open_apart(reader, type);
    return frame && x12i_mark_missing(reader, frame->loop, &type->slots[0]) ? X12I_STEP_AGAIN : X12I_STEP_FAILED;
}

/* Kept beside that of the interchange before, which still stands before this one. */
static x12_text take_line_break(x12_reader *reader)
{
    x12_text found = x12i_wire_line_break(reader->wire);
    char *kept = reader->line_breaks[reader->line_break_turn ^= 1];
    if (found.length != 0)
        memcpy(kept, found.data, found.length);
    return (x12_text){kept, found.length};
}

static void take_syntax(x12_reader *reader)
{
    const x12i_delimiters *chosen = x12i_reader_delimiters(reader);
    reader->syntax = (x12_syntax){chosen->element, chosen->component, chosen->repetition, chosen->segment, take_line_break(reader)};
    reader->number = reader->interchange_number = 0;
}

static x12i_step open_interchange(x12_reader *reader)
{
    take_syntax(reader);
    x12i_frame *frame = x12i_open_apart(reader, x12i_envelope.loops[0]);
    if (frame == NULL || !x12i_keep_element(reader, 13, &frame->control))
        return X12I_STEP_FAILED;
    return x12i_place_first(reader, false);
}

/* The separators that an ISA would have named. */
static bool name_separators(x12_reader *reader, x12_loop *loop)
{
    const x12i_delimiters *chosen = x12i_reader_delimiters(reader);
    const x12i_parts *parts = loop->type->slots[0].parts;
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        char byte = (char)(field->fill == X12I_FILL_REPETITION ? chosen->repetition : field->fill == X12I_FILL_COMPONENT ? chosen->component : 0);
        x12_text *value = (x12_text *)((char *)loop + field->offset);
        if (byte != 0 && (*value = x12i_hold_bytes(reader->wire, reader->arena, &byte, 1)).data == NULL)
            return false;
    }
    return true;
}

static x12i_step imply_interchange(x12_reader *reader)
{
    take_syntax(reader);
    x12i_step result = imply(reader, x12i_envelope.loops[0], X12_FINDING_NO_INTERCHANGE);
    if (result == X12I_STEP_AGAIN && !name_separators(reader, x12i_top(reader)->loop))
        return x12i_fail(reader, X12_ERROR_MEMORY);
    return result;
}

static x12i_step open_group(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    x12i_frame *interchange = &reader->frames[X12I_INTERCHANGE];
    if (!interchange->started)
        return x12i_hand_out_start(reader, interchange, event);
    if (interchange->ended)
        return x12i_begin_again(reader, event);
    interchange->count++;
    bool missing = tokens == NULL;
    if (missing) {
        reader->group_code = reader->group_version = (x12_text){0};
        return imply(reader, x12i_envelope.loops[1], X12_FINDING_NO_GROUP);
    }
    x12i_frame *frame = x12i_open_apart(reader, x12i_envelope.loops[1]);
    if (frame == NULL || !x12i_keep_element(reader, 6, &frame->control) || !x12i_keep_element(reader, 1, &reader->group_code) ||
        !x12i_keep_element(reader, 8, &reader->group_version))
        return X12I_STEP_FAILED;
    return x12i_place_first(reader, false);
}

static x12i_step open_transaction(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    x12i_frame *group = &reader->frames[X12I_GROUP];
    if (!group->started)
        return x12i_hand_out_start(reader, group, event);
    if (group->ended)
        return x12i_begin_again(reader, event);
    bool near = false;
    const x12i_delimiters *delimiters = x12i_reader_delimiters(reader);
    x12i_signs signs = {.transaction = x12i_part_of(tokens, delimiters, 1, 0), .version = x12i_part_of(tokens, delimiters, 3, 0),
                        .group = reader->group_code, .ahead = x12i_wire_ahead(reader->wire), .delimiters = delimiters};
    if (signs.version.length == 0)
        signs.version = reader->group_version;
    reader->guide = x12i_choose_guide(&signs, &near);
    reader->number = reader->levels = 0;
    group->count++;
    x12i_frame *frame = x12i_open_apart(reader, reader->guide ? reader->guide->loops[0] : &x12i_unnamed_type);
    if (frame == NULL || !x12i_keep_element(reader, 2, &frame->control))
        return X12I_STEP_FAILED;
    if (reader->guide == NULL)
        x12i_raise_at_item(reader, X12_FINDING_NO_GUIDE);
    else if (near)
        x12i_raise_at_item(reader, X12_FINDING_NEAR_GUIDE);
    if (reader->guide != NULL)
        return x12i_place_first(reader, false);
    return x12i_keep_element(reader, 1, &((x12i_unnamed *)frame->loop)->transaction) ? X12I_STEP_AGAIN : X12I_STEP_FAILED;
}

static void check_trailer(x12_reader *reader, const x12i_frame *frame, const x12i_tokens *tokens)
{
    char digits[20];
    x12i_buffer number = {.data = digits, .capacity = sizeof digits};
    x12i_buffer_add_number(&number, frame == &reader->frames[X12I_TRANSACTION] ? reader->number + 1 : frame->count);
    x12_text count = x12i_part_of(tokens, x12i_reader_delimiters(reader), 1, 0), control = x12i_part_of(tokens, x12i_reader_delimiters(reader), 2, 0);
    if (!x12i_same_text(x12i_without_zeros(count), (x12_text){digits, (uint32_t)number.length}))
        x12i_raise_at_element(reader, X12_FINDING_COUNT_WRONG, 1, 0);
    if (!x12i_same_text(x12i_without_zeros(control), x12i_without_zeros(frame->control)))
        x12i_raise_at_element(reader, X12_FINDING_CONTROL_NUMBER_DIFFERS, 2, 0);
    else if (control.length != frame->control.length)
        x12i_raise_at_element(reader, X12_FINDING_CONTROL_NUMBER_ZEROS, 2, 0);
}

/* SE, GE, IEA: into the loop that they end, at `depth`. */
static x12i_step place_trailer(x12_reader *reader, unsigned depth, const x12i_tokens *tokens, x12_event *event)
{
    x12i_step result = x12i_close_to(reader, depth + 1, event);
    if (result != X12I_STEP_AGAIN)
        return result;
    x12i_frame *frame = x12i_top(reader);
    if (frame->streamed && !frame->started)
        return x12i_hand_out_start(reader, frame, event);
    check_trailer(reader, frame, tokens);
    if (frame->type == &x12i_unnamed_type) {
        frame->ended = true;
        return x12i_pass_unnamed(reader, event);
    }
    result = x12i_place_segment(reader, frame->type->slot_count - 1u, event);
    if (!reader->has_item)
        x12i_top(reader)->ended = true;
    return result;
}

/* Whether a trailer has its loop: open, and not ended yet. */
static bool can_end(const x12_reader *reader, unsigned depth)
{
    return reader->depth > depth && !reader->frames[depth].ended;
}

/* What programs leave behind the last segment of a file: a Ctrl-Z most of all, or terminators too many. */
static bool is_leftover(const x12_reader *reader)
{
    const x12i_view *view = &reader->item.view;
    bool open = reader->depth != 0, behind = !open || reader->frames[X12I_INTERCHANGE].ended;
    return behind && view->tokens.count == 0 && (view->tokens.length == 0 || (open && (view->odd & X12I_ODD_UNTERMINATED)));
}

static x12i_step pass_stray(x12_reader *reader, x12_event *event)
{
    if (is_leftover(reader)) {
        x12i_wire_as_bytes(reader->wire, &reader->item);
        return X12I_STEP_AGAIN;
    }
    if (reader->depth == 0)
        return imply_interchange(reader);
    unsigned depth = reader->depth > X12I_GROUP && !reader->frames[X12I_GROUP].ended ? X12I_GROUP + 1 : X12I_INTERCHANGE + 1;
    x12i_step result = x12i_close_to(reader, depth, event);
    if (result != X12I_STEP_AGAIN)
        return result;
    result = x12i_pass_unnamed(reader, event);
    if (result == X12I_STEP_EVENT && event->kind == X12_SEGMENT) {
        x12i_top(reader)->children = false;
        x12i_raise_at_item(reader, X12_FINDING_STRAY_SEGMENT);
    }
    return result;
}

static x12i_step place_acknowledgment(x12_reader *reader, const x12i_tokens *tokens, x12_event *event)
{
    const x12i_frame *interchange = &reader->frames[X12I_INTERCHANGE];
    int symbol = x12i_symbol_of(&x12i_envelope, ID_TA1, tokens, x12i_reader_delimiters(reader));
    if (reader->depth == 1 && interchange->started && symbol >= 0)
        return x12i_begin_again_disordered(reader, event);
    if (reader->depth != 1 || symbol < 0)
        return pass_stray(reader, event);
    return x12i_place_segment(reader, x12i_next_slot(interchange->type->next[symbol]), event);
}

/* Whether the segment at hand is the ST that opened the transaction without guide. */
static bool is_unnamed_first(x12_reader *reader)
{
    return reader->guide == NULL && reader->depth > X12I_TRANSACTION && x12i_top(reader)->type == &x12i_unnamed_type && x12i_top(reader)->count == 0;
}

/* Opens what an ST or GS opens, and what must stand around it. */
static x12i_step open_below(x12_reader *reader, unsigned wanted, const x12i_tokens *tokens, x12_event *event)
{
    x12i_step result = x12i_close_to(reader, wanted, event);
    if (result != X12I_STEP_AGAIN)
        return result;
    if (reader->depth == 0)
        return imply_interchange(reader);
    if (wanted == X12I_GROUP)
        return open_group(reader, tokens, event);
    return reader->depth == 1 ? open_group(reader, NULL, event) : open_transaction(reader, tokens, event);
}

x12i_step x12i_take_envelope_step(x12_reader *reader, uint32_t id, x12_event *event)
{
    const x12i_view *view = &reader->item.view;
    const x12i_tokens *tokens = &view->tokens;
    if (view->opens_interchange) {
        x12i_step result = x12i_close_to(reader, 0, event);
        return result == X12I_STEP_AGAIN ? open_interchange(reader) : result;
    }
    if (is_unnamed_first(reader))
        return x12i_pass_unnamed(reader, event);
    if (id == ID_ST || id == ID_GS)
        return open_below(reader, id == ID_ST ? X12I_TRANSACTION : X12I_GROUP, tokens, event);
    if (id == ID_SE && can_end(reader, X12I_TRANSACTION))
        return place_trailer(reader, X12I_TRANSACTION, tokens, event);
    if (id == ID_GE && can_end(reader, X12I_GROUP))
        return place_trailer(reader, X12I_GROUP, tokens, event);
    if (id == ID_IEA && can_end(reader, X12I_INTERCHANGE))
        return place_trailer(reader, X12I_INTERCHANGE, tokens, event);
    if (!x12i_is_within_transaction(reader))
        return id == ID_TA1 ? place_acknowledgment(reader, tokens, event) : pass_stray(reader, event);
    return reader->guide ? x12i_place_by_guide(reader, id, event) : x12i_pass_unnamed(reader, event);
}
