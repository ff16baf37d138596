/* The second pass over a made transaction: counts, totals, and what else must agree over several segments. */
#include "amounts.h"
#include "generator.h"
#include <stdio.h>

void set_number(made *m, made_segment *segment, unsigned element, unsigned component, unsigned long long number)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", number);
    made_set(m, segment, element, component, text);
}

/* Whole amounts are as often sent without a point. */
void set_amount(made *m, made_segment *segment, unsigned element, long long cents)
{
    char text[32];
    const char *sign = cents < 0 ? "-" : "";
    long long size = cents < 0 ? -cents : cents;
    if (size % 100 == 0 && size % 200 == 0)
        snprintf(text, sizeof text, "%s%lld", sign, size / 100);
    else
        snprintf(text, sizeof text, "%s%lld.%02lld", sign, size / 100, size % 100);
    made_set(m, segment, element, 0, text);
}

long long adjustments_in(const made *m, uint32_t loop, const char *group)
{
    long long sum = 0;
    for (made_segment *cas = NULL; (cas = made_own(m, "CAS", loop, cas)) != NULL;)
        for (unsigned element = 3; element <= 18 && (group == NULL || made_is(m, cas, 1, 0, group)); element += 3)
            sum += amount_in(m, cas, element);
    return sum;
}

/* HL04, where the guide wants it: whether another level stands below. */
static void settle_levels(made *m)
{
    for (uint32_t i = 0; i < m->loop_count; i++) {
        made_segment *hl = &m->segments[m->loops[i].first];
        bool children = false;
        if (!m->loops[i].type->level || hl->slot->parts->fields[3].shape != X12I_VALUE)
            continue;
        for (uint32_t below = i + 1; below <= m->loops[i].last; below++)
            children |= m->loops[below].type->level;
        made_set(m, hl, 4, 0, children ? "1" : "0");
    }
}

void settle(generator *g)
{
    static const struct {
        const char *prefix;
        void (*settle)(generator *g);
    } kinds[] = {{"271", settle_benefits},     {"277ca", settle_claim_acknowledgment}, {"835", settle_remittance}, {"837i", settle_claims},
                 {"837p", settle_claims}, {"999", settle_acknowledgment}};
    settle_levels(g->made);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(g->made->guide->prefix, kinds[i].prefix) == 0)
            kinds[i].settle(g);
    made_recount(g->made);
}
