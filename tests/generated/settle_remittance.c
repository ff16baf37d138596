/* A remittance: what was paid is what was charged, less what was adjusted; line, claim and payment. */
#include "amounts.h"
#include "generator.h"

typedef struct totals {
    long long charge, paid, patient; /* of the patient's responsibility */
} totals;

/* What a reversal says is negative; of the rest, no payment is, whatever `adjusted` takes of it. */
static long long paid_amount(generator *g, bool reversal, long long adjusted)
{
    long long cents = one_in(&g->chance, 5) ? 0 : below(&g->chance, 10000000), most = adjusted < 0 ? -adjusted : adjusted;
    return reversal ? -cents - most : cents + (adjusted > 0 ? adjusted : 0);
}

static void order_dates(made *m, uint32_t loop, const char *first, const char *last)
{
    made_segment *from = made_own(m, first, loop, NULL), *to = made_own(m, last, loop, NULL);
    char day[9] = "";
    if (from == NULL || to == NULL)
        return;
    x12_text start = made_element(m, from, 2, 0), end = made_element(m, to, 2, 0);
    if (memcmp(start.data, end.data, 8) <= 0)
        return;
    memcpy(day, start.data, 8);
    made_set(m, to, 2, 0, day);
}

/* The first line bears what is adjusted of the claim as a whole. */
static void settle_line(generator *g, uint32_t line, bool reversal, long long adjusted, totals *sums)
{
    made *m = g->made;
    made_segment *svc = made_own(m, "SVC", line, NULL);
    long long own = adjustments_in(m, line, NULL), paid = paid_amount(g, reversal, adjusted) - (reversal && own > 0 ? own : 0), charge = paid + own;
    set_amount(m, svc, 2, charge);
    set_amount(m, svc, 3, paid);
    if (made_element(m, svc, 5, 0).length == 0 ? made_is(m, svc, 7, 0, "1") : cents_of(made_element(m, svc, 5, 0)) == cents_of(made_element(m, svc, 7, 0)))
        made_set(m, svc, 7, 0, ""); /* units as billed are said where they differ */
    sums->charge += charge;
    sums->paid += paid;
    sums->patient += adjustments_in(m, line, "PR");
    order_dates(m, line, "DTM*150", "DTM*151");
}

static void settle_claim(generator *g, uint32_t loop, totals *all)
{
    made *m = g->made;
    made_segment *clp = made_own(m, "CLP", loop, NULL);
    bool reversal = made_is(m, clp, 2, 0, "22"), lines = false;
    long long adjusted = adjustments_in(m, loop, NULL);
    totals claim = {.patient = adjustments_in(m, loop, "PR")};
    for (uint32_t line = loop; (line = made_loop_named(m, "service", loop, line)) != NO_LOOP; lines = true)
        settle_line(g, line, reversal, lines ? 0 : adjusted, &claim);
    if (lines)
        claim.paid -= adjusted;
    else {
        claim.paid = paid_amount(g, reversal, reversal ? adjusted : 0);
        claim.charge = claim.paid + adjusted;
    }
    set_amount(m, clp, 3, claim.charge);
    set_amount(m, clp, 4, claim.paid);
    if (claim.patient != 0 || made_element(m, clp, 5, 0).length != 0)
        set_amount(m, clp, 5, claim.patient);
    order_dates(m, loop, "DTM*232", "DTM*233");
    all->charge += claim.charge;
    all->paid += claim.paid;
}

/* Its claims, and what a summary of the provider says of them. */
static void settle_header(generator *g, uint32_t loop, totals *all)
{
    made *m = g->made;
    totals header = {0};
    unsigned claims = 0;
    for (uint32_t at = loop; (at = made_loop_named(m, "claim", loop, at)) != NO_LOOP; claims++)
        settle_claim(g, at, &header);
    made_segment *summary = made_own(m, "TS3", loop, NULL);
    if (summary != NULL) {
        set_number(m, summary, 4, 0, claims);
        set_amount(m, summary, 5, header.charge);
    }
    all->charge += header.charge;
    all->paid += header.paid;
}

static made_segment *last_provider_adjustment(const made *m, uint32_t root, long long *sum)
{
    made_segment *last = NULL;
    for (made_segment *plb = NULL; (plb = made_own(m, "PLB", root, plb)) != NULL; last = plb)
        for (unsigned element = 4; element <= 14; element += 2)
            *sum += amount_in(m, plb, element);
    return last;
}

static void keep_elements(made *m, made_segment *segment, unsigned first, unsigned last)
{
    for (unsigned element = first; element <= last; element++)
        made_set(m, segment, element, 0, "");
}

/* A payment by wire names both banks and who began it; other ones name none. */
static void settle_banks(made *m, made_segment *bpr, made_segment *trn)
{
    static const struct {
        unsigned element;
        const char *value;
    } banks[] = {{6, "01"}, {7, "091000019"}, {8, "DA"}, {9, "123456"}, {10, "1512345678"}, {12, "01"}, {13, "071000013"}, {14, "DA"}, {15, "7891011"}};
    bool wired = !made_is(m, bpr, 4, 0, "CHK") && !made_is(m, bpr, 4, 0, "NON");
    if (!wired) {
        keep_elements(m, bpr, 5, 15);
        return;
    }
    if (!made_is(m, bpr, 4, 0, "ACH"))
        made_set(m, bpr, 5, 0, "");
    else if (made_element(m, bpr, 5, 0).length == 0)
        made_set(m, bpr, 5, 0, "CTX");
    for (unsigned i = 0; i < sizeof banks / sizeof *banks; i++)
        if (made_element(m, bpr, banks[i].element, 0).length == 0 || banks[i].element == 10)
            made_set(m, bpr, banks[i].element, 0, banks[i].value);
    made_set(m, trn, 3, 0, "1512345678");
}

static void settle_payment(made *m, uint32_t root, long long payment)
{
    made_segment *bpr = made_own(m, "BPR", root, NULL);
    bool nothing = payment == 0;
    set_amount(m, bpr, 2, payment);
    if (nothing || made_is(m, bpr, 4, 0, "NON"))
        made_set(m, bpr, 4, 0, nothing ? "NON" : "CHK");
    if (nothing || made_is(m, bpr, 1, 0, "H"))
        made_set(m, bpr, 1, 0, nothing ? "H" : "I");
    settle_banks(m, bpr, made_own(m, "TRN", root, NULL));
}

/* A payee that is not named by its tax id gives that too. */
static void settle_payee(made *m)
{
    uint32_t loop = made_loop_named(m, "payee", 0, 0);
    made_segment *n1 = made_own(m, "N1", loop, NULL), *ref = made_own(m, "REF", loop, NULL);
    if (!made_is(m, n1, 3, 0, "XX"))
        return;
    if (ref == NULL) {
        made_set(m, n1, 3, 0, "FI");
        made_set(m, n1, 4, 0, "512345678");
    }
    else if (made_own(m, "REF*TJ", loop, NULL) == NULL) {
        made_set(m, ref, 1, 0, "TJ");
        made_set(m, ref, 2, 0, "512345678");
    }
}

/* Nothing is left to be paid back: a provider adjustment carries that forward. */
void settle_remittance(generator *g)
{
    made *m = g->made;
    uint32_t root = made_loop_named(m, g->made->guide->loops[0]->name, 0, 0);
    totals all = {0};
    long long withheld = 0;
    made_segment *last = last_provider_adjustment(m, root, &withheld);
    for (uint32_t at = root; last == NULL && (at = made_loop_named(m, "claim", root, at)) != NO_LOOP;)
        if (made_is(m, made_own(m, "CLP", at, NULL), 2, 0, "22"))
            made_set(m, made_own(m, "CLP", at, NULL), 2, 0, "1");
    for (uint32_t at = root; (at = made_loop_named(m, "header", root, at)) != NO_LOOP;)
        settle_header(g, at, &all);
    long long payment = all.paid - withheld;
    if (last != NULL && (payment < 0 || made_is(m, made_own(m, "BPR", root, NULL), 4, 0, "NON"))) {
        set_amount(m, last, 4, amount_in(m, last, 4) + payment);
        payment = 0;
    }
    settle_payment(m, root, payment);
    settle_payee(m);
}
