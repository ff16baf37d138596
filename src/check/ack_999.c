#include "check/check.h"
#include "check/ack_state.h"
#include "model/placement.h"
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LOOP = 4 };
static const char ELEMENTS_IN_ERROR[] = "8"; /* IK304 */

/* An unknown segment is one of no guide, or of another one, or only not expected where it stands. */
static const char *unknown_segment_error(const x12i_note *note)
{
    if (note->position.segment != NULL)
        return note->type->segment_error;
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (x12i_symbol_of_id(x12i_guides[i], x12i_pack(note->id.data, note->id.length)) >= 0)
            return "6";
    return "1";
}

/* IK304 */
static const char *segment_error(const x12i_note *note)
{
    if (note->element_error != NULL)
        return ELEMENTS_IN_ERROR;
    return note->type->code == X12_FINDING_UNKNOWN_SEGMENT ? unknown_segment_error(note) : note->type->segment_error;
}

static bool is_element_note(const x12i_note *note)
{
    return note->element_error != NULL;
}

/* By segment; and within one, the errors of its elements last, in their order. */
static int compare_notes(const void *a, const void *b)
{
    const x12i_note *left = a, *right = b;
    const x12_position *p = &left->position, *q = &right->position;
    const uint32_t keys[][2] = {
        {p->segment_number, q->segment_number},
        {is_element_note(left), is_element_note(right)},
        {p->element, q->element},
        {p->repetition, q->repetition},
        {p->component, q->component},
        {left->arrival, right->arrival},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

static x12_decimal number(x12_ack *ack, uint64_t value)
{
    return x12i_as_decimal(x12i_number_text(ack, ack->arena, value, 1));
}

/* "2010BA" is "2010": the element has room for four; loops of unknown kind have no number. */
static x12_text loop_id(const char *loop)
{
    x12_text id = x12i_string_text(loop ? loop : "");
    if (id.length == 0 || *id.data < '0' || *id.data > '9')
        return (x12_text){0};
    id.length = id.length > LONGEST_LOOP ? LONGEST_LOOP : id.length;
    return id;
}

static x12_999_position element_position(x12_ack *ack, const x12_position *position)
{
    x12_999_position made = {.element_position = number(ack, position->element)};
    if (position->component != 0)
        made.component_position = number(ack, position->component);
    if (position->repetition != 0)
        made.repetition_position = number(ack, position->repetition);
    return made;
}

/* Says what the error depends on. */
static x12_999_context_list context_of(x12_ack *ack, const x12_position *trigger)
{
    x12_999_context *context = x12_arena_allocate(ack->arena, sizeof *context);
    x12_999_context_cause *cause = x12_arena_allocate(ack->arena, sizeof *cause);
    if (context == NULL || cause == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return (x12_999_context_list){0};
    }
    *cause = (x12_999_context_cause){x12i_string_text("SITUATIONAL TRIGGER")};
    context->causes = (x12_999_context_cause_list){cause, 1};
    context->segment_id = x12i_string_text(trigger->segment);
    context->segment_position = number(ack, trigger->segment_number);
    context->loop_id = loop_id(trigger->loop);
    if (trigger->element != 0)
        context->position = element_position(ack, trigger);
    return (x12_999_context_list){context, 1};
}

/* Names the claim, as CTX says it. */
static void add_unit(x12_ack *ack, x12_999_segment_error *error, const x12i_note *note)
{
    x12_999_business_unit *unit = x12_arena_allocate(ack->arena, sizeof *unit);
    x12_999_business_unit_cause *cause = x12_arena_allocate(ack->arena, sizeof *cause);
    if (unit == NULL || cause == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return;
    }
    *cause = (x12_999_business_unit_cause){x12i_string_text(note->unit), note->unit_value};
    unit->causes = (x12_999_business_unit_cause_list){cause, 1};
    error->business_unit = unit;
}

/* IK301 must say something even where an id is too broken to be repeated. */
static x12_text segment_id(const x12i_note *note)
{
    if (note->position.segment != NULL)
        return x12i_string_text(note->position.segment);
    return note->id.length >= 2 ? note->id : x12i_string_text("ZZZ");
}

static x12_999_segment_error *add_segment_error(x12_ack *ack, x12_999_acknowledged_transaction *entry, const x12i_note *note)
{
    x12_999_segment_error *error = x12i_add_answer(ack, ack->arena, entry, "2100");
    if (error == NULL)
        return NULL;
    error->segment_id = segment_id(note);
    error->segment_position = number(ack, note->position.segment_number);
    error->loop_id = loop_id(note->position.loop);
    error->error_code = x12i_string_text(segment_error(note));
    if (!is_element_note(note) && note->trigger.segment != NULL)
        error->contexts = context_of(ack, &note->trigger);
    if (note->unit != NULL)
        add_unit(ack, error, note);
    return error;
}

/* X12's number of the element: as the finding says it, or the guide. */
static const char *data_element(const x12i_guide *guide, const x12_position *position)
{
    if (position->data_element != NULL || guide == NULL || position->segment == NULL)
        return position->data_element;
    for (unsigned i = 0; i < guide->loop_count; i++) {
        const x12_loop_type *loop = guide->loops[i];
        for (unsigned j = 0; j < loop->slot_count; j++) {
            const x12i_parts *parts = loop->slots[j].parts;
            if (parts == NULL || strcmp(parts->id, position->segment) != 0 || position->element > parts->field_count)
                continue;
            return x12i_data_element(parts, position->element, position->component);
        }
    }
    return NULL;
}

static void add_element_error(x12_ack *ack, x12_999_segment_error *segment, const x12i_note *note)
{
    x12_position position = note->position;
    position.element = position.element ? position.element : 1;
    x12_999_element_error *error = x12i_add_answer(ack, ack->arena, segment, "2110");
    if (error == NULL)
        return;
    const char *element = data_element(ack->transaction.guide, &position);
    bool numbered = element != NULL && *element >= '0' && *element <= '9'; /* a composite has a name, "C003" */
    error->position = element_position(ack, &position);
    error->data_element = x12i_as_decimal(numbered ? x12i_string_text(element) : (x12_text){0});
    error->error_code = x12i_string_text(note->element_error);
    error->bad_value = note->value;
    if (note->trigger.segment != NULL)
        error->contexts = context_of(ack, &note->trigger);
}

static void add_notes(x12_ack *ack, x12_999_acknowledged_transaction *entry)
{
    x12_999_segment_error *error = NULL;
    const x12i_note *before = NULL;
    if (ack->transaction.note_count != 0)
        qsort(ack->notes, ack->transaction.note_count, sizeof *ack->notes, compare_notes);
    for (unsigned i = 0; i < ack->transaction.note_count && ack->status == X12_OK; i++) {
        const x12i_note *note = &ack->notes[i];
        bool joins = is_element_note(note) && before != NULL && is_element_note(before) && before->position.segment_number == note->position.segment_number;
        if (!joins)
            error = add_segment_error(ack, entry, note);
        if (is_element_note(note) && error != NULL)
            add_element_error(ack, error, note);
        before = note;
    }
}

/* IK502: whether segments break X12's own rules, or those that the guide adds. */
static void add_segment_codes(x12_ack *ack)
{
    x12i_transaction_state *transaction = &ack->transaction;
    for (unsigned i = 0; i < transaction->note_count; i++) {
        const x12i_note *note = &ack->notes[i];
        const char *code = note->element_error ? note->element_error : note->type->segment_error;
        x12i_add_error(&transaction->errors, *code == 'I' ? "I5" : "5");
    }
}

static const char *verdict(bool rejected, bool noted)
{
    return rejected ? "R" : noted ? "E" : "A";
}

/* AK201: the code of a transaction. One that is none is the one that belongs into the group. */
static x12_text transaction_code(const x12_ack *ack, const x12_loop_type *entry)
{
    x12_text sent = ack->transaction.code, group = ack->group.code;
    for (size_t i = 0; i < x12i_guide_count && !x12i_lists(&entry->slots[0], 1, sent); i++)
        if (x12i_is_text(group, x12i_guides[i]->group))
            return x12i_string_text(x12i_guides[i]->transaction);
    return sent;
}

static void answer(x12_ack *ack)
{
    const x12i_transaction_state *transaction = &ack->transaction;
    x12_999_acknowledged_transaction *entry = x12i_add_answer(ack, ack->arena, ack->group.answer, "2000");
    if (entry == NULL)
        return;
    entry->transaction = transaction_code(ack, entry->loop.type);
    entry->transaction_control_number = transaction->control_number;
    entry->guide_version = transaction->version;
    add_notes(ack, entry);
    add_segment_codes(ack);
    entry->acknowledgment_code = x12i_string_text(verdict(transaction->rejected, transaction->noted));
    entry->error_codes = x12i_list_errors(ack, &transaction->errors);
}

void x12i_end_transaction(x12_ack *ack)
{
    x12i_transaction_state *transaction = &ack->transaction;
    x12i_group_state *group = &ack->group;
    x12i_settle_claims(ack);
    group->received++;
    group->accepted += !transaction->rejected;
    group->noted += transaction->noted && !transaction->rejected;
    if (group->answer != NULL)
        answer(ack);
    x12i_answer_claims(ack);
    x12i_watch_memory(ack);
    *transaction = (x12i_transaction_state){0};
}
