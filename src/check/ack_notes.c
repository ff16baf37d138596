#include "check/ack_state.h"
#include "codes/codes.h"
#include "model/placement.h"
#include <string.h>

enum { LONGEST_BAD_VALUE = 99, LONGEST_UNIT = 35, FIRST_NOTES = 16, LOOKED_BACK = 64 };
static const char ELEMENTS_IN_ERROR[] = "8", ELEMENT_MISSING[] = "1", NOT_IN_THIS_GUIDE[] = "I6"; /* IK304, IK403, IK403 */

/* AK202 has four characters at least. */
static x12_text keep_control_number(x12_ack *ack, const x12_placed *placed)
{
    x12_text sent = x12i_ack_keep(ack, ack->arena, x12i_sent(placed, 2, 0, 0), 9);
    char *padded = sent.length < 4 ? x12_arena_allocate(ack->arena, 4) : NULL;
    if (padded == NULL)
        return sent;
    memset(padded, '0', 4);
    if (sent.length != 0)
        memcpy(padded + 4 - sent.length, sent.data, sent.length);
    return (x12_text){padded, 4};
}

static void begin_transaction(x12_ack *ack, const x12_placed *placed)
{
    x12i_transaction_state *transaction = &ack->transaction;
    transaction->open = true;
    transaction->guide = placed->loop->guide;
    transaction->code = x12i_ack_keep(ack, ack->arena, x12i_sent(placed, 1, 0, 0), 3);
    transaction->control_number = keep_control_number(ack, placed);
    transaction->version = x12i_ack_keep(ack, ack->arena, x12i_sent(placed, 3, 0, 0), 35);
}

/* The claim, inquiry or payment that the segment begins, or ends by standing outside of it. */
static void follow_unit(x12_ack *ack, const x12_placed *placed)
{
    x12i_transaction_state *transaction = &ack->transaction;
    bool claim = x12i_is_segment(placed, "CLM"), trace = x12i_is_segment(placed, "TRN");
    if (claim || trace) {
        transaction->unit = claim ? "CLM01" : "TRN02";
        transaction->unit_value = x12i_ack_keep(ack, ack->arena, x12i_sent(placed, claim ? 1 : 2, 0, 0), LONGEST_UNIT);
        transaction->unit_loop = placed->loop;
        transaction->unit_start = placed->segment->number;
    } else if (transaction->unit != NULL) {
        bool again = placed->loop == transaction->unit_loop && placed->place != NULL && x12_place_opens(placed->place, placed->loop);
        if (again || !x12_loop_is_within(placed->loop, transaction->unit_loop))
            transaction->unit = NULL;
    }
}

/* The id of a segment that the guide does not know: three letters or digits of it. */
static x12_text keep_id(x12_ack *ack, const x12_placed *placed)
{
    x12_text sent = x12i_sent(placed, 0, 0, 0);
    char id[3];
    uint32_t length = 0;
    for (uint32_t i = 0; i < sent.length && length < sizeof id; i++)
        if ((sent.data[i] >= 'A' && sent.data[i] <= 'Z') || (sent.data[i] >= '0' && sent.data[i] <= '9'))
            id[length++] = sent.data[i];
    return x12i_ack_keep(ack, ack->arena, (x12_text){id, length}, length);
}

/* Whether X12 has the code, for all that the guide does not list it here. */
static bool is_known_code(const char *data_element, x12_text code)
{
    const x12_code_set *set = x12i_code_set_of_element(data_element, NULL);
    return set != NULL && x12_code_look_up(NULL, set, code, 0).state == X12_CODE_KNOWN;
}

static void complete(x12_ack *ack, x12i_note *note, const x12_placed *placed)
{
    const x12_position *position = &note->position;
    x12_text sent = x12i_sent(placed, position->element, position->component, position->repetition);
    if (position->segment == NULL)
        note->id = keep_id(ack, placed);
    if (note->type->code == X12_FINDING_CODE && is_known_code(position->data_element, sent))
        note->element_error = NOT_IN_THIS_GUIDE;
    if (ack->options.bad_values && position->element != 0)
        note->value = x12i_ack_keep(ack, ack->arena, sent, LONGEST_BAD_VALUE);
}

static void set_unit(const x12i_transaction_state *transaction, x12i_note *note)
{
    bool within = transaction->unit != NULL && transaction->unit_value.length != 0 && note->position.segment_number >= transaction->unit_start;
    note->unit = within ? transaction->unit : NULL;
    note->unit_value = transaction->unit_value;
}

void x12i_take_segment(x12_ack *ack, const x12_placed *placed)
{
    x12i_transaction_state *transaction = &ack->transaction;
    if (placed->segment->number == 1)
        begin_transaction(ack, placed);
    transaction->placed = placed->segment->number;
    transaction->at_hand = *placed;
    follow_unit(ack, placed);
    bool replaced = transaction->replaceable < transaction->note_count; /* then those of this segment need not be the last */
    for (unsigned i = transaction->note_count; i > 0 && transaction->placed <= transaction->awaited; i--) {
        x12i_note *note = &ack->notes[i - 1];
        if (note->position.segment_number == transaction->placed) {
            complete(ack, note, placed);
            set_unit(transaction, note);
        } else if (!replaced) {
            break;
        }
    }
}

static bool is_same(const x12i_note *note, const x12_finding_type *type, const x12_position *position)
{
    const x12_position *other = &note->position;
    return note->type->segment_error == type->segment_error && note->type->element_error == type->element_error &&
           other->segment_number == position->segment_number && other->segment == position->segment && other->element == position->element &&
           other->component == position->component && other->repetition == position->repetition;
}

static bool grow_notes(x12_ack *ack)
{
    size_t limit = ack->options.error_limit, capacity = ack->note_capacity ? 2 * ack->note_capacity : FIRST_NOTES;
    capacity = capacity < limit ? capacity : limit;
    x12i_note *notes = x12i_resize(ack->options.allocator, ack->notes, ack->note_capacity * sizeof *notes, capacity * sizeof *notes);
    if (notes == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return false;
    }
    ack->notes = notes;
    ack->note_capacity = capacity;
    return true;
}

/* Room for one more; where there is none, that of a warning, for an error. NULL: it goes untold. */
static x12i_note *next_note(x12_ack *ack, x12_severity severity)
{
    x12i_transaction_state *transaction = &ack->transaction;
    if (transaction->note_count < ack->options.error_limit) {
        if (transaction->note_count == ack->note_capacity && !grow_notes(ack))
            return NULL;
        transaction->replaceable = ++transaction->note_count;
        return &ack->notes[transaction->note_count - 1];
    }
    while (severity == X12_ERROR && transaction->replaceable > 0)
        if (ack->notes[--transaction->replaceable].severity != X12_ERROR)
            return &ack->notes[transaction->replaceable];
    return NULL;
}

/* IK403; NULL where IK304 says it. A segment without a value lacks its first element. */
static const char *element_error(const x12_finding_type *type, const x12_position *position)
{
    if (type->segment_error == NULL || (type->element_error != NULL && position->element != 0))
        return type->element_error;
    return strcmp(type->segment_error, ELEMENTS_IN_ERROR) == 0 ? ELEMENT_MISSING : NULL;
}

void x12i_add_note(x12_ack *ack, const x12_finding *finding)
{
    x12i_transaction_state *transaction = &ack->transaction;
    const x12_finding_type *type = x12_finding_type_of(finding->code);
    unsigned from = transaction->note_count > LOOKED_BACK ? transaction->note_count - LOOKED_BACK : 0; /* the same is told of close together */
    for (unsigned i = from; i < transaction->note_count; i++)
        if (is_same(&ack->notes[i], type, &finding->position))
            return;
    x12i_note *note = next_note(ack, finding->severity);
    if (note == NULL)
        return;
    *note = (x12i_note){.type = type, .severity = finding->severity, .position = finding->position, .arrival = transaction->arrivals++};
    note->element_error = element_error(type, &finding->position);
    if (finding->trigger != NULL)
        note->trigger = *finding->trigger;
    if (note->position.segment_number <= transaction->placed)
        set_unit(transaction, note);
    else
        transaction->awaited = note->position.segment_number;
    if (note->position.segment_number == transaction->placed && transaction->at_hand.segment != NULL)
        complete(ack, note, &transaction->at_hand);
}
