/* A claim: its charge is that of its lines, and what other payers say of it adds up. */
#include "amounts.h"
#include "generator.h"
#include <stdio.h>

typedef struct payer {
    uint32_t loop;       /* 2320 */
    char id[96];         /* of its 2330B */
    long long paid;      /* on lines */
    bool on_lines;
} payer;

enum { MOST_PAYERS = 10 };

typedef struct claim {
    uint32_t loop;
    long long charge;
    payer payers[MOST_PAYERS];
    unsigned payer_count;
} claim;

static void set_payer_id(made *m, claim *c, payer *p)
{
    uint32_t loop = made_loop_named(m, "payer", p->loop, p->loop);
    made_segment *name = made_find(m, "NM1", m->loops[loop].first, m->loops[loop].end);
    x12_text id = made_element(m, name, 9, 0);
    snprintf(p->id, sizeof p->id, "%.*s%u", (int)(id.length < 79 ? id.length : 79), id.data, c->payer_count);
    made_set(m, name, 9, 0, p->id);
}

static void find_payers(made *m, claim *c)
{
    for (uint32_t at = c->loop; c->payer_count < MOST_PAYERS && (at = made_loop_named(m, "otherSubscriber", c->loop, at)) != NO_LOOP; c->payer_count++) {
        c->payers[c->payer_count] = (payer){.loop = at};
        set_payer_id(m, c, &c->payers[c->payer_count]);
    }
}

/* Line charge = what a payer paid + how he adjusted it. */
static void settle_line(made *m, claim *c, uint32_t line)
{
    made_segment *service = made_own(m, strcmp(m->guide->prefix, "837p") == 0 ? "SV1" : "SV2", line, NULL);
    unsigned element = strcmp(m->guide->prefix, "837p") == 0 ? 2 : 3, i = 0;
    long long charge = amount_in(m, service, element);
    charge = charge < 0 ? -charge : charge;
    set_amount(m, service, element, charge);
    c->charge += charge;
    for (uint32_t at = line; (at = made_loop_named(m, "adjudication", line, at)) != NO_LOOP; i++) {
        long long paid = charge - adjustments_in(m, at, NULL);
        made_segment *svd = made_own(m, "SVD", at, NULL);
        made_set(m, svd, 1, 0, c->payers[i].id);
        set_amount(m, svd, 2, paid);
        c->payers[i].paid += paid;
        c->payers[i].on_lines = true;
    }
}

/* What he paid of the claim; when, he says once: here or on the lines. */
static void settle_payer(made *m, const claim *c, const payer *p)
{
    made_segment *paid = made_own(m, "AMT*D", p->loop, NULL);
    if (paid != NULL)
        set_amount(m, paid, 2, (p->on_lines ? p->paid : c->charge) - adjustments_in(m, p->loop, NULL));
    made_segment *date = made_find(m, "DTP*573", m->loops[p->loop].first, m->loops[p->loop].end);
    if (date != NULL && p->on_lines)
        date->length = 0;
}

/* No two payers have the same turn. */
static void settle_turns(generator *g, const claim *c)
{
    static const char turns[] = "PSTABCDEFGH";
    made *m = g->made;
    uint32_t level = m->loops[c->loop].parent;
    while (made_own(m, "SBR", level, NULL) == NULL)
        level = m->loops[level].parent;
    made_segment *own = made_own(m, "SBR", level, NULL);
    const char *taken = memchr(turns, made_element(m, own, 1, 0).data[0], sizeof turns - 1);
    unsigned turn = taken ? (unsigned)(taken - turns) : below(&g->chance, sizeof turns - 1);
    for (unsigned i = 0; i < c->payer_count; i++)
        made_set(m, made_own(m, "SBR", c->payers[i].loop, NULL), 1, 0, one_in(&g->chance, 20) ? "U" : (char[]){turns[(turn + i + 1) % (sizeof turns - 1)], '\0'});
}

/* Pointers point at diagnoses that are there. */
static void settle_pointers(generator *g, uint32_t line, unsigned diagnoses)
{
    made_segment *sv1 = made_own(g->made, "SV1", line, NULL);
    unsigned first = below(&g->chance, diagnoses), component = 1;
    for (; component <= 4 && made_element(g->made, sv1, 7, component).length != 0 && component <= diagnoses; component++)
        set_number(g->made, sv1, 7, component, (first + component - 1) % diagnoses + 1);
    for (; component <= 4; component++)
        made_set(g->made, sv1, 7, component, "");
}

/* Equipment is that of the line. */
static void settle_equipment(made *m, uint32_t line)
{
    made_segment *sv1 = made_own(m, "SV1", line, NULL), *sv5 = made_own(m, "SV5", line, NULL);
    char code[8] = "";
    if (sv5 == NULL)
        return;
    x12_text said = made_element(m, sv5, 1, 2);
    memcpy(code, said.data, said.length < sizeof code ? said.length : 0);
    made_set(m, sv1, 1, 1, "HC");
    made_set(m, sv1, 1, 2, code);
}

static unsigned diagnoses_of(const made *m, uint32_t loop)
{
    made_segment *hi = made_own(m, "HI", loop, NULL);
    unsigned count = 0;
    while (made_element(m, hi, count + 1, 0).length != 0)
        count++;
    return count;
}

/* Where a patient was fetched and brought belongs to an ambulance's claim. */
static void settle_ambulance(made *m, uint32_t loop)
{
    static const char *const places[] = {"ambulancePickUp", "ambulanceDropOff"};
    if (made_own(m, "CR1", loop, NULL) != NULL && made_own(m, "CRC*07", loop, NULL) != NULL)
        return;
    for (unsigned i = 0; i < 2; i++)
        for (uint32_t at = loop; (at = made_loop_named(m, places[i], loop, at)) != NO_LOOP;)
            made_remove_loop(m, at);
}

static void settle_claim(generator *g, uint32_t loop)
{
    made *m = g->made;
    claim c = {.loop = loop};
    find_payers(m, &c);
    for (uint32_t line = loop; (line = made_loop_named(m, "service", loop, line)) != NO_LOOP;) {
        settle_line(m, &c, line);
        if (made_own(m, "SV1", line, NULL) == NULL)
            continue;
        settle_pointers(g, line, diagnoses_of(m, loop));
        settle_equipment(m, line);
    }
    for (unsigned i = 0; i < c.payer_count; i++)
        settle_payer(m, &c, &c.payers[i]);
    settle_turns(g, &c);
    settle_ambulance(m, loop);
    set_amount(m, made_own(m, "CLM", loop, NULL), 2, c.charge);
}

void settle_claims(generator *g)
{
    for (uint32_t at = 0; (at = made_loop_named(g->made, "claim", 0, at)) != NO_LOOP;)
        settle_claim(g, at);
}
