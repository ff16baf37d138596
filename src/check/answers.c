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

/* Whether the fact, which element `number` repeats, was sent; else `code` is told. Of what cannot be known that is told, once. */
static bool repeats(x12_check *check, uint64_t fact, unsigned number, x12_finding_code code)
{
    if (x12i_was_sent(check->options.sent, fact))
        return true;
    if (!x12i_sent_is_full(check->options.sent))
        raise_at(check, number, code);
    else if (!check->untold)
        raise_at(check, number, X12_FINDING_ANSWER_UNTOLD);
    check->untold |= x12i_sent_is_full(check->options.sent);
    return false;
}

/* The same of an element that says more of what is known. Where nothing was sent, or is repeated, nothing differs. */
static void repeats_also(x12_check *check, uint64_t of, x12i_fact_kind kind, unsigned number)
{
    const x12_text text = element(check, number), none = {NULL, 0};
    bool counted = kind == X12I_FACT_INCLUDED || kind == X12I_FACT_RECEIVED;
    if (text.length != 0 && !x12i_was_sent(check->options.sent, x12i_fact(of, kind, none)))
        repeats(check, counted ? x12i_number_fact(of, kind, text) : x12i_fact(of, kind, text), number, X12_FINDING_ANSWER_DIFFERS);
}

/* What the TA1 finds wrong (TA105) it may not be able to repeat: a control number, date or time that is none. */
static void compare_interchange(x12_check *check)
{
    const x12_text note = element(check, 5);
    uint64_t interchange = x12i_number_fact(0, X12I_FACT_INTERCHANGE, element(check, 1));
    if (x12i_is_text(note, "018") || !repeats(check, interchange, 1, X12_FINDING_ANSWER_UNASKED))
        return;
    if (!x12i_is_text(note, "014"))
        repeats_also(check, interchange, X12I_FACT_DATE, 2);
    if (!x12i_is_text(note, "015"))
        repeats_also(check, interchange, X12I_FACT_TIME, 3);
}

static void compare_group(x12_check *check)
{
    uint64_t group = x12i_number_fact(x12i_fact(0, X12I_FACT_CODE, element(check, 1)), X12I_FACT_GROUP, element(check, 2));
    check->answered_transaction = 0;
    check->answered_group = repeats(check, group, 2, X12_FINDING_ANSWER_UNASKED) ? group : 0;
    if (check->answered_group != 0)
        repeats_also(check, group, X12I_FACT_VERSION, 3);
}

static void compare_transaction(x12_check *check)
{
    uint64_t transaction = x12i_number_fact(check->answered_group, X12I_FACT_TRANSACTION, element(check, 2));
    check->answered_transaction = 0;
    if (check->answered_group == 0 || !repeats(check, transaction, 2, X12_FINDING_ANSWER_UNASKED))
        return;
    check->answered_transaction = transaction;
    repeats_also(check, transaction, X12I_FACT_CODE, 1);
    repeats_also(check, transaction, X12I_FACT_VERSION, 3);
}

/* A segment that is missing has no place of its own. */
static void compare_segment(x12_check *check)
{
    const x12_text error = element(check, 4), none = {NULL, 0};
    bool missing = x12i_is_text(error, "3") || x12i_is_text(error, "I6") || x12i_is_text(error, "I7") || x12i_is_text(error, "I8");
    if (check->answered_transaction == 0 || missing)
        return;
    uint64_t position = x12i_number_fact(check->answered_transaction, X12I_FACT_POSITION, element(check, 2));
    if (!x12i_was_sent(check->options.sent, x12i_fact(position, X12I_FACT_SEGMENT, none)))
        repeats(check, x12i_fact(position, X12I_FACT_SEGMENT, element(check, 1)), 2, X12_FINDING_ANSWER_DIFFERS);
}

static void compare_counts(x12_check *check)
{
    if (check->answered_group == 0)
        return;
    repeats_also(check, check->answered_group, X12I_FACT_INCLUDED, 2);
    repeats_also(check, check->answered_group, X12I_FACT_RECEIVED, 3);
}

static void compare_trace(x12_check *check)
{
    uint64_t trace = x12i_fact(0, X12I_FACT_TRACE, element(check, 2));
    if (!x12i_is_text(element(check, 1), "2") || !repeats(check, trace, 2, X12_FINDING_ANSWER_UNASKED))
        return;
    repeats_also(check, trace, X12I_FACT_ORIGINATOR, 3);
}

/* Of eligibility (BHT01 0022) only. */
static void compare_reference(x12_check *check)
{
    const x12_text kind = element(check, 1);
    if (x12i_is_text(kind, "0022"))
        repeats_also(check, x12i_fact(0, X12I_FACT_CODE, kind), X12I_FACT_REFERENCE, 3);
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
