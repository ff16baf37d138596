/* Answers: TA1, 999, and whatever refers to a trace (TRN01 2). They repeat what identifies that which they answer. */
#include "base/text.h"
#include "check/check.h"
#include "check/sent.h"
#include "model/placement.h"

static x12_text element(const x12_check *check, unsigned number)
{
    return x12i_part_of(check->tokens, check->delimiters, number, 0);
}

static void raise_at(x12_check *check, unsigned number, x12_finding_code code)
{
    check->spot = (x12i_spot){.element = (uint8_t)number};
    x12i_check_raise_here(check, code);
}

/* That is said once. */
static void raise_untold(x12_check *check, unsigned number)
{
    if (!check->untold)
        raise_at(check, number, X12_FINDING_ANSWER_UNTOLD);
    check->untold = true;
}

/* Whether something of the kind was sent that no answer can repeat, or more than is kept. */
static bool is_uncertain(const x12_check *check, uint64_t of, x12i_fact_kind kind)
{
    const x12_text none = {NULL, 0};
    return x12i_sent_is_full(check->options.sent, kind) || x12i_was_sent(check->options.sent, kind, x12i_fact(of, kind, none));
}

/* Whether element `number` repeats what was sent of that kind; else `code` is told, or that it is uncertain. */
static bool repeats(x12_check *check, uint64_t of, x12i_fact_kind kind, unsigned number, x12_finding_code code)
{
    const x12_text text = element(check, number);
    if (text.length == 0)
        return false;
    if (x12i_was_sent(check->options.sent, kind, x12i_fact(of, kind, text)))
        return true;
    if (is_uncertain(check, of, kind))
        raise_untold(check, number);
    else
        raise_at(check, number, code);
    return false;
}

static uint64_t fact(const x12_check *check, uint64_t of, x12i_fact_kind kind, unsigned number)
{
    return x12i_fact(of, kind, element(check, number));
}

/* What the TA1 finds wrong (TA105) it may not be able to repeat: a control number, date or time that is none. */
static void compare_interchange(x12_check *check)
{
    const x12_text note = element(check, 5);
    if (x12i_is_text(note, "018") || !repeats(check, 0, X12I_FACT_INTERCHANGE, 1, X12_FINDING_ANSWER_UNASKED))
        return;
    uint64_t interchange = fact(check, 0, X12I_FACT_INTERCHANGE, 1);
    if (!x12i_is_text(note, "014"))
        repeats(check, interchange, X12I_FACT_DATE, 2, X12_FINDING_ANSWER_DIFFERS);
    if (!x12i_is_text(note, "015"))
        repeats(check, interchange, X12I_FACT_TIME, 3, X12_FINDING_ANSWER_DIFFERS);
}

static void compare_group(x12_check *check)
{
    uint64_t code = fact(check, 0, X12I_FACT_CODE, 1);
    check->answered_group = check->answered_transaction = 0;
    if (is_uncertain(check, 0, X12I_FACT_CODE))
        raise_untold(check, 1);
    else if (repeats(check, code, X12I_FACT_GROUP, 2, X12_FINDING_ANSWER_UNASKED))
        check->answered_group = fact(check, code, X12I_FACT_GROUP, 2);
    if (check->answered_group != 0)
        repeats(check, check->answered_group, X12I_FACT_VERSION, 3, X12_FINDING_ANSWER_DIFFERS);
}

static void compare_transaction(x12_check *check)
{
    uint64_t group = check->answered_group;
    check->answered_transaction = 0;
    if (group == 0 || !repeats(check, group, X12I_FACT_TRANSACTION, 2, X12_FINDING_ANSWER_UNASKED))
        return;
    check->answered_transaction = fact(check, group, X12I_FACT_TRANSACTION, 2);
    repeats(check, check->answered_transaction, X12I_FACT_CODE, 1, X12_FINDING_ANSWER_DIFFERS);
    repeats(check, check->answered_transaction, X12I_FACT_VERSION, 3, X12_FINDING_ANSWER_DIFFERS);
}

/* A segment that is missing has no place of its own, nor have loops that are too many. */
static bool has_place(x12_text error)
{
    static const char *const without[] = {"3", "4", "I6", "I7", "I8"};
    size_t i = 0;
    while (i < sizeof without / sizeof *without && !x12i_is_text(error, without[i]))
        i++;
    return i == sizeof without / sizeof *without;
}

static void compare_segment(x12_check *check)
{
    if (check->answered_transaction != 0 && has_place(element(check, 4)))
        repeats(check, fact(check, check->answered_transaction, X12I_FACT_POSITION, 2), X12I_FACT_SEGMENT, 1, X12_FINDING_ANSWER_DIFFERS);
}

static void compare_counts(x12_check *check)
{
    if (check->answered_group == 0)
        return;
    repeats(check, check->answered_group, X12I_FACT_INCLUDED, 2, X12_FINDING_ANSWER_DIFFERS);
    repeats(check, check->answered_group, X12I_FACT_RECEIVED, 3, X12_FINDING_ANSWER_DIFFERS);
}

/* A receiver's (2200B) may be anything that is known to both. */
static void compare_trace(x12_check *check)
{
    bool refers = x12i_is_text(element(check, 1), "2") && strcmp(check->type->id, "2200B") != 0;
    if (refers && repeats(check, 0, X12I_FACT_TRACE, 2, X12_FINDING_ANSWER_UNASKED))
        repeats(check, fact(check, 0, X12I_FACT_TRACE, 2), X12I_FACT_ORIGINATOR, 3, X12_FINDING_ANSWER_DIFFERS);
}

/* Of eligibility (BHT01 0022) only. */
static void compare_reference(x12_check *check)
{
    if (x12i_is_text(element(check, 1), "0022"))
        repeats(check, fact(check, 0, X12I_FACT_CODE, 1), X12I_FACT_REFERENCE, 3, X12_FINDING_ANSWER_DIFFERS);
}

void x12i_check_answer(x12_check *check)
{
    static const struct {
        const char *id;
        void (*compare)(x12_check *check);
    } answers[] = {
        {"TA1", compare_interchange}, {"AK1", compare_group}, {"AK2", compare_transaction}, {"IK3", compare_segment},
        {"AK9", compare_counts},      {"TRN", compare_trace}, {"BHT", compare_reference},
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(check->slot->segment, answers[i].id) == 0)
            answers[i].compare(check);
}
