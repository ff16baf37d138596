/* Answers: benefits, acknowledged claims, acknowledged transactions. What one segment says, others must agree with. */
#include "amounts.h"
#include "generator.h"

/* Of each kind of reference one stays. */
static void settle_references(made *m, uint32_t loop)
{
    for (made_segment *ref = NULL; (ref = made_own(m, "REF", loop, ref)) != NULL;) {
        x12_text kind = made_element(m, ref, 1, 0);
        for (made_segment *next = ref; (next = made_own(m, "REF", loop, next)) != NULL;) {
            x12_text other = made_element(m, next, 1, 0);
            if (kind.length == other.length && memcmp(kind.data, other.data, kind.length) == 0)
                next->length = 0;
        }
    }
}

/* Of a benefit of another payer (EB01 R) few references can be told. */
void settle_benefits(generator *g)
{
    static const char *const kinds[] = {"1W", "49", "F6", "NQ"};
    made *m = g->made;
    for (uint32_t at = 0; (at = made_loop_named(m, "benefit", 0, at)) != NO_LOOP;) {
        made_segment *ref = NULL;
        for (unsigned i = 0; made_own(m, "EB*R", at, NULL) != NULL && i < 4 && (ref = made_own(m, "REF", at, ref)) != NULL; i++)
            made_set(m, ref, 1, 0, kinds[i]);
    }
    for (uint32_t loop = 0; loop < m->loop_count; loop++)
        settle_references(m, loop);
}

/* --- 277CA --- */

typedef struct outcome {
    unsigned accepted, rejected;
    long long accepted_amount, rejected_amount;
} outcome;

static void set_statuses(made *m, uint32_t loop, bool accepted, long long amount)
{
    for (made_segment *stc = NULL; (stc = made_own(m, "STC", loop, stc)) != NULL;) {
        static const unsigned statuses[] = {1, 10, 11};
        for (unsigned i = 0; i < 3; i++)
            if (made_element(m, stc, statuses[i], 0).length != 0)
                made_set(m, stc, statuses[i], 1, accepted ? "A2" : "A7");
        made_set(m, stc, 3, 0, accepted ? "WQ" : "U");
        if (amount >= 0)
            set_amount(m, stc, 4, amount);
    }
}

/* A claim with lines is rejected; the payer's number stands for one that is taken in. */
static void settle_claim(made *m, uint32_t loop, outcome *sums)
{
    bool accepted = made_is(m, made_own(m, "STC", loop, NULL), 3, 0, "WQ");
    long long amount = amount_in(m, made_own(m, "STC", loop, NULL), 4);
    made_segment *number = made_own(m, "REF*1K", loop, NULL);
    amount = amount < 0 ? -amount : amount;
    for (uint32_t line = loop; (line = made_loop_named(m, "service", loop, line)) != NO_LOOP; accepted = false)
        set_statuses(m, line, false, -1);
    set_statuses(m, loop, accepted, amount);
    if (!accepted && number != NULL)
        number->length = 0;
    *(accepted ? &sums->accepted : &sums->rejected) += 1;
    *(accepted ? &sums->accepted_amount : &sums->rejected_amount) += amount;
}

static void settle_totals(made *m, uint32_t within, const char *accepted_quantity, const char *rejected_quantity, const outcome *sums)
{
    uint32_t trace = made_loop_named(m, "trace", within, within);
    if (trace == NO_LOOP || m->loops[trace].parent != within)
        return;
    const struct {
        const char *id;
        bool amount;
        long long value;
    } totals[] = {{accepted_quantity, false, sums->accepted}, {rejected_quantity, false, sums->rejected}, {"AMT*YU", true, sums->accepted_amount}, {"AMT*YY", true, sums->rejected_amount}};
    for (unsigned i = 0; i < 4; i++) {
        made_segment *segment = made_own(m, totals[i].id, trace, NULL);
        if (segment != NULL && totals[i].amount)
            set_amount(m, segment, 2, totals[i].value);
        else if (segment != NULL)
            set_number(m, segment, 2, 0, (unsigned long long)totals[i].value);
    }
    set_statuses(m, trace, sums->accepted != 0, sums->accepted_amount + sums->rejected_amount);
}

void settle_claim_acknowledgment(generator *g)
{
    made *m = g->made;
    for (uint32_t receiver = 0; (receiver = made_loop_named(m, "receiver", 0, receiver)) != NO_LOOP;) {
        outcome all = {0};
        for (uint32_t provider = receiver; (provider = made_loop_named(m, "provider", receiver, provider)) != NO_LOOP;) {
            outcome sums = {0};
            for (uint32_t claim = provider; (claim = made_loop_named(m, "claim", provider, claim)) != NO_LOOP;)
                settle_claim(m, claim, &sums);
            settle_totals(m, provider, "QTY*QA", "QTY*QC", &sums);
            all = (outcome){all.accepted + sums.accepted, all.rejected + sums.rejected, all.accepted_amount + sums.accepted_amount, all.rejected_amount + sums.rejected_amount};
        }
        settle_totals(m, receiver, "QTY*90", "QTY*AA", &all);
    }
}

/* --- 999 --- */

static void clear_codes(made *m, made_segment *segment, unsigned first, unsigned last)
{
    for (unsigned element = last; element >= first; element--)
        made_set(m, segment, element, 0, "");
}

/* The transaction of a group of this code. */
static const char *transaction_of(const made *m, const made_segment *ak1)
{
    static const char *const kinds[][2] = {{"BE", "834"}, {"HB", "271"}, {"HC", "837"}, {"HI", "278"}, {"HN", "277"}, {"HP", "835"}, {"HR", "276"}, {"HS", "270"}, {"RA", "820"}};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (made_is(m, ak1, 1, 0, kinds[i][0]))
            return kinds[i][1];
    return "278";
}

/* What has errors is not accepted without a word; what has none needs no codes. */
static void settle_outcome(made *m, uint32_t loop, outcome *sums, bool *noted)
{
    made_segment *ik5 = made_own(m, "IK5", loop, NULL);
    bool errors = made_loop_named(m, "segmentError", loop, loop) != NO_LOOP;
    if (!errors || made_is(m, ik5, 1, 0, "A")) {
        made_set(m, ik5, 1, 0, errors ? "E" : "A");
        clear_codes(m, ik5, 2, 6);
    }
    else if (made_element(m, ik5, 2, 0).length == 0)
        made_set(m, ik5, 2, 0, "5");
    *noted |= made_is(m, ik5, 1, 0, "E");
    bool accepted = made_is(m, ik5, 1, 0, "A") || made_is(m, ik5, 1, 0, "E");
    *(accepted ? &sums->accepted : &sums->rejected) += 1;
}

void settle_acknowledgment(generator *g)
{
    made *m = g->made;
    outcome sums = {.accepted = below(&g->chance, 3)}; /* transactions that are not named are accepted */
    bool noted = false;
    made_segment *ak1 = made_find(m, "AK1", 0, m->segment_count), *ak9 = made_find(m, "AK9", 0, m->segment_count);
    for (uint32_t at = 0; (at = made_loop_named(m, "acknowledgedTransaction", 0, at)) != NO_LOOP;) {
        made_set(m, made_own(m, "AK2", at, NULL), 1, 0, transaction_of(m, ak1));
        settle_outcome(m, at, &sums, &noted);
    }
    sums.accepted += sums.accepted + sums.rejected == 0;
    set_number(m, ak9, 2, 0, sums.accepted + sums.rejected);
    set_number(m, ak9, 3, 0, sums.accepted + sums.rejected);
    set_number(m, ak9, 4, 0, sums.accepted);
    made_set(m, ak9, 1, 0, sums.rejected ? (sums.accepted ? "P" : "R") : noted ? "E" : "A");
    if (sums.rejected == 0)
        clear_codes(m, ak9, 5, 9);
}
