#include "check/ack_state.h"
#include "base/value.h"
#include <string.h>

enum { ID_LENGTH = 15, CONTROL_DIGITS = 9, VERSION_LENGTH = 12 };
static const char NO_ERROR[] = "000", INVALID_CONTENT[] = "024"; /* TA105 */

static bool is_usable(uint32_t delimiter)
{
    bool alphanumeric = (delimiter >= '0' && delimiter <= '9') || (delimiter >= 'A' && delimiter <= 'Z') || (delimiter >= 'a' && delimiter <= 'z');
    return delimiter > ' ' && delimiter < 0x7F && !alphanumeric;
}

/* An answer has the sender's own delimiters, where they are four that can be told apart. */
static x12_syntax choose_syntax(const x12_syntax *sent)
{
    x12_syntax syntax = {sent->element, sent->component, sent->repetition ? sent->repetition : '^', sent->segment, {0}};
    const uint32_t chosen[] = {syntax.element, syntax.component, syntax.repetition, syntax.segment};
    bool usable = true;
    for (unsigned i = 0; i < 4; i++) {
        usable = usable && is_usable(chosen[i]);
        for (unsigned j = 0; j < i; j++)
            usable = usable && chosen[i] != chosen[j];
    }
    return usable ? syntax : (x12_syntax){'*', ':', '^', '~', {0}};
}

static x12_text keep(x12_ack *ack, x12_text value, uint32_t maximum)
{
    return x12i_ack_keep(ack, ack->lasting, value, maximum);
}

/* A value of which only its text is needed. */
#define KEEP_TEXT(ack, value, maximum) keep(ack, (x12_text){(value).data, (value).length}, maximum)
#define KEEP_DIGITS(ack, value, maximum) x12i_keep_digits(ack, (ack)->lasting, (x12_text){(value).data, (value).length}, maximum)

static x12_text either(x12_text value, const char *other)
{
    return value.length ? value : x12i_string_text(other);
}

/* A code that stands in element `number` of an ISA, where the guide lists it there; else `other`. */
static x12_text listed(x12_ack *ack, x12_text code, unsigned number, const char *other)
{
    bool known = x12i_lists(&x12i_envelope.loops[X12I_INTERCHANGE]->slots[0], number, code);
    return known ? keep(ack, code, code.length) : x12i_string_text(other);
}

static void keep_header(x12_ack *ack, const x12_interchange *sent)
{
    ack->interchange.header = (x12_interchange){
        .sender_qualifier = listed(ack, sent->receiver_qualifier, 7, "ZZ"),
        .sender = either(keep(ack, sent->receiver, ID_LENGTH), "UNKNOWN"),
        .receiver_qualifier = listed(ack, sent->sender_qualifier, 5, "ZZ"),
        .receiver = either(keep(ack, sent->sender, ID_LENGTH), "UNKNOWN"),
        .usage = listed(ack, sent->usage, 15, "P"),
    };
}

/* What is no number, date or time cannot be repeated: zeros, or the date and time of the answer, stand for it. */
static void keep_acknowledgment(x12_ack *ack, const x12_interchange *sent)
{
    char today[9], now[5];
    x12_text number = KEEP_DIGITS(ack, sent->control_number, CONTROL_DIGITS);
    x12i_spell_clock(ack->options.date, today, now);
    x12_text date = sent->date.month != 0 && sent->date.length == 6 ? KEEP_TEXT(ack, sent->date, 6) : keep(ack, x12i_string_text(today + 2), 6);
    x12_text time = sent->time.valid && sent->time.length == 4 ? KEEP_TEXT(ack, sent->time, 4) : keep(ack, x12i_string_text(now), 4);
    ack->interchange.acknowledgment = (x12_acknowledgment){
        .control_number = x12i_as_decimal(number.length == CONTROL_DIGITS ? number : x12i_number_text(ack, ack->lasting, 0, CONTROL_DIGITS)),
        .date = {.data = date.data, .length = date.length},
        .time = {.data = time.data, .length = time.length},
    };
}

void x12i_begin_interchange(x12_ack *ack, const x12_event *event)
{
    const x12_interchange *sent = (const x12_interchange *)(const void *)event->loop;
    x12i_interchange_state *state = &ack->interchange;
    state->control_number = ack->result.control_number;
    ack->result.interchanges++;
    x12i_arena_release(ack->lasting, ack->lasting_bottom);
    state->implied = sent->isa_segment == NULL || (sent->isa_segment->flags & X12_SEGMENT_MISSING);
    state->syntax = choose_syntax(event->syntax);
    ack->answerable = ack->answerable || !state->implied;
    keep_header(ack, sent);
    keep_acknowledgment(ack, sent);
    bool asked = x12i_is_text(sent->acknowledgment_requested, "1");
    state->reserved = asked || (ack->options.kinds & X12_ACK_TA1) ? x12i_take_control_number(ack) : 0;
}

static void add_tally(x12_ack_result *result, const x12_ack_result *tally)
{
    result->transactions += tally->transactions;
    result->rejected_transactions += tally->rejected_transactions;
    result->claims += tally->claims;
    result->rejected_claims += tally->rejected_claims;
}

void x12i_end_interchange(x12_ack *ack)
{
    x12i_interchange_state *state = &ack->interchange;
    const char *code = state->error ? "R" : state->warning ? "E" : "A";
    const char *note = state->error ? state->error : state->warning ? state->warning : NO_ERROR;
    bool taken = state->error == NULL;
    if (!taken) {
        ack->result.rejected_interchanges++;
        ack->result.control_number = state->control_number;
        if (state->reserved != 0)
            x12i_take_control_number(ack);
    }
    if (!state->implied && state->more_than_ta1 && (state->reserved != 0 || !taken))
        x12i_send_ta1(ack, code, note);
    x12i_settle_answers(ack, &ack->implementation_answers, taken);
    x12i_settle_answers(ack, &ack->claim_answers, taken);
    if (taken)
        add_tally(&ack->result, &state->tally);
    *state = (x12i_interchange_state){0};
}

void x12i_begin_group(x12_ack *ack, const x12_group *sent)
{
    x12i_group_state *group = &ack->group;
    bool implied = sent->gs_segment == NULL || (sent->gs_segment->flags & X12_SEGMENT_MISSING);
    ack->interchange.more_than_ta1 = true;
    group->code = keep(ack, sent->functional_code, 2);
    group->sender = either(keep(ack, sent->sender, ID_LENGTH), "UNKNOWN");
    group->receiver = either(keep(ack, sent->receiver, ID_LENGTH), "UNKNOWN");
    group->sent_control_number = either(KEEP_DIGITS(ack, sent->control_number, CONTROL_DIGITS), "0");
    group->version = either(keep(ack, sent->version, VERSION_LENGTH), "005010");
    group->acknowledges = x12i_is_text(group->code, x12i_answer_guide(X12_999_GUIDE)->group);
    group->answered = (ack->options.kinds & (X12_ACK_999 | X12_ACK_277CA)) && !implied && !group->acknowledges && !ack->interchange.implied;
    if (!group->answered || (group->answer = x12i_new_answer(ack, ack->arena, X12_999_GUIDE)) == NULL)
        return;
    if (!x12i_lists(&group->answer->loop.type->slots[1], 1, group->code) && ack->interchange.error == NULL)
        ack->interchange.error = INVALID_CONTENT; /* no 999 can speak of such a group */
    if (ack->options.kinds & X12_ACK_999)
        group->control_number = x12i_take_control_number(ack);
}

static x12_decimal number(x12_ack *ack, uint64_t value)
{
    return x12i_as_decimal(x12i_number_text(ack, ack->arena, value, 1));
}

/* The transactions of a group that is rejected are so too: no entry says that one was accepted. */
static void drop_accepted(x12_999 *answer)
{
    x12_999_acknowledged_transaction_list *entries = &answer->acknowledged_transactions;
    size_t count = 0;
    for (size_t i = 0; i < entries->count; i++)
        if (*entries->items[i].acknowledgment_code.data == 'R')
            entries->items[count++] = entries->items[i];
    entries->count = count;
}

/* AK901 */
static const char *group_verdict(const x12i_group_state *group)
{
    if (group->rejected || (group->accepted == 0 && group->received != 0))
        return "R";
    if (group->accepted < group->received)
        return "P";
    return group->noted != 0 || group->errors.count != 0 ? "E" : "A";
}

static void answer_group(x12_ack *ack)
{
    x12i_group_state *group = &ack->group;
    x12_999 *answer = group->answer;
    answer->group_code = group->code;
    answer->group_control_number = x12i_as_decimal(group->sent_control_number);
    answer->version = group->version;
    if (group->rejected)
        drop_accepted(answer);
    answer->acknowledgment_code = x12i_string_text(group_verdict(group));
    answer->included_transactions = group->included.length ? x12i_as_decimal(group->included) : number(ack, group->received);
    answer->received_transactions = number(ack, group->received);
    answer->accepted_transactions = number(ack, group->accepted);
    answer->error_codes = x12i_list_errors(ack, &group->errors);
    bool refuses = group->rejected || group->accepted < group->received;
    if (group->control_number == 0 && refuses) /* what is refused is told of, asked for or not */
        group->control_number = x12i_take_control_number(ack);
    if (group->control_number != 0) {
        x12i_begin_answers(ack, &ack->implementation_answers, group->control_number);
        x12i_write_answer(ack, &ack->implementation_answers, X12_RECORD, answer);
    }
    x12i_end_answer_group(ack, &ack->implementation_answers);
}

/* The claims of a group that is refused are not answered. */
static void end_claims(x12_ack *ack)
{
    if (ack->group.rejected) {
        x12i_drop_answers(&ack->claim_answers);
        return;
    }
    x12i_end_answers(ack, &ack->claim_answers);
    ack->interchange.tally.claims += ack->group.claims;
    ack->interchange.tally.rejected_claims += ack->group.rejected_claims;
}

void x12i_end_group(x12_ack *ack)
{
    x12i_group_state *group = &ack->group;
    if (group->rejected)
        group->accepted = 0;
    if (!group->acknowledges) {
        ack->interchange.tally.transactions += group->received;
        ack->interchange.tally.rejected_transactions += group->received - group->accepted;
    }
    if (group->answer != NULL)
        answer_group(ack);
    end_claims(ack);
    x12i_arena_release(ack->arena, ack->bottom);
    *group = (x12i_group_state){0};
}
