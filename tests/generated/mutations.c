/* The mutation test of the check: in generated transactions, of which it says nothing, one thing is broken at a time; it must say so, at the right place, and
   nothing else. Every way to break every element, slot and loop of every guide is tried.
   mutations [SEEDS [GUIDE]] says it in TAP; what is not as it must be, it shows. */
#include "findings.h"
#include "generate.h"
#include "goals.h"
#include "mutation.h"
#include <stdio.h>
#include <stdlib.h>

enum { MOST_SHOWN = 20, MOST_LEFT_SHOWN = 40 };

typedef struct trial {
    const x12i_guide *guide;
    uint64_t seed;
    made made;
    chance chance;
    x12i_buffer text;
    goals goals;
    made_segment *kept; /* the segments, while something is broken */
    uint32_t kept_count, kept_capacity;
    size_t kept_length;
    unsigned failures, tried;
} trial;

void expect(mutation *m, expectation expected)
{
    m->expected[m->count++] = expected;
}

/* --- where something must be found --- */

/* Envelope segments are counted through the interchange, others through their transaction. */
static void locate(const made *m, uint32_t at, uint32_t *number, uint64_t *offset)
{
    uint32_t interchange = 0, transaction = 0;
    *offset = 0;
    for (uint32_t i = 0; i <= at; i++) {
        const made_segment *segment = &m->segments[i];
        if (segment->length == 0 && i < at)
            continue;
        interchange = made_find(m, "ISA", i, i + 1) ? 1 : interchange + 1;
        transaction = made_find(m, "ST", i, i + 1) ? 1 : transaction + 1;
        if (i < at)
            *offset += segment->length + 2;
    }
    *number = x12i_envelope.loops[0] == m->loops[m->segments[at].loop].type || x12i_envelope.loops[1] == m->loops[m->segments[at].loop].type ? interchange : transaction;
}

static bool is_name(const char *found, const char *expected)
{
    return found == NULL ? *expected == '\0' : strcmp(found, expected) == 0;
}

static bool is_as_expected(const made *m, const expectation *e, const x12_finding *found)
{
    const x12_position *p = &found->position;
    if (e->at == NO_LOOP || found->code != e->code)
        return found->code == e->code;
    const made_segment *segment = &m->segments[e->at];
    uint32_t number;
    uint64_t offset;
    locate(m, e->at, &number, &offset);
    return p->segment_number == number && p->offset == offset && p->element == e->element && p->component == e->component && p->repetition == e->repetition &&
           is_name(p->segment, e->segment ? e->segment : segment->slot->segment) && is_name(p->loop, e->loop ? e->loop : m->loops[segment->loop].type->id);
}

static void show_position(const char *word, x12_finding_code code, uint32_t number, const char *loop, const char *segment, unsigned element, unsigned component, unsigned repetition, uint64_t offset)
{
    printf("#   %s %s: segment %u, loop %s, %s%02u-%u, repetition %u, byte %llu\n", word, x12_finding_name(code), (unsigned)number, loop ? loop : "-", segment ? segment : "-", element,
           component, repetition, (unsigned long long)offset);
}

static void show_difference(trial *t, const mutation *m, const findings *found, const char *kind, const char *where)
{
    printf("# guide %s, seed %llu: %s at %s\n", t->guide->prefix, (unsigned long long)t->seed, kind, where);
    for (unsigned i = 0; i < m->count; i++) {
        const expectation *e = &m->expected[i];
        uint32_t number = 0;
        uint64_t offset = 0;
        if (e->at != NO_LOOP)
            locate(&t->made, e->at, &number, &offset);
        const made_segment *segment = e->at == NO_LOOP ? NULL : &t->made.segments[e->at];
        show_position("expected", e->code, number, e->loop ? e->loop : segment ? t->made.loops[segment->loop].type->id : NULL,
                      e->segment ? e->segment : segment ? segment->slot->segment : NULL, e->element, e->component, e->repetition, offset);
        if (segment != NULL)
            printf("#     %.*s\n", (int)segment->length, t->made.text.data + segment->start);
    }
    for (unsigned i = 0; i < found->count && i < 5; i++) {
        const x12_position *p = &found->items[i].position;
        show_position("found", found->items[i].code, p->segment_number, p->loop, p->segment, p->element, p->component, p->repetition, p->offset);
    }
}

/* --- one trial --- */

static void keep(trial *t)
{
    if (t->made.segment_count > t->kept_capacity) {
        t->kept_capacity = 2 * t->made.segment_count;
        t->kept = realloc(t->kept, t->kept_capacity * sizeof *t->kept);
        if (t->kept == NULL)
            abort();
    }
    t->kept_count = t->made.segment_count;
    t->kept_length = t->made.text.length;
    memcpy(t->kept, t->made.segments, t->kept_count * sizeof *t->kept);
}

static void restore(trial *t)
{
    t->made.segment_count = t->kept_count;
    t->made.text.length = t->kept_length;
    memcpy(t->made.segments, t->kept, t->kept_count * sizeof *t->kept);
}

/* With one value, what several segments say together may be wrong too: a rule's finding. */
static bool is_rule(const x12_finding *found)
{
    return found->code >= 6000 && found->code < 7000;
}

/* Every finding that must come comes, once, and none else. */
static bool is_found(const made *m, const mutation *broken, const findings *found)
{
    unsigned matched = 0;
    for (unsigned i = 0; i < found->count; i++) {
        bool any = false;
        for (unsigned j = 0; j < broken->count; j++)
            any |= is_as_expected(m, &broken->expected[j], &found->items[i]);
        if (!any && !is_rule(&found->items[i]))
            return false;
        matched += any;
    }
    return found->status == X12_END && matched == broken->count;
}

static void judge(trial *t, const mutation *broken, const char *kind, const char *where)
{
    findings found;
    made_join(&t->made, &t->text);
    check_text(&t->text, &found);
    t->tried++;
    if (is_found(&t->made, broken, &found))
        return;
    if (t->failures++ < MOST_SHOWN)
        show_difference(t, broken, &found, kind, where);
}

/* What is wrong with a value, the reader of its JSON tells too; but a qualifier, which says what its key is, and what the guide fixes, is no value there. */
static void judge_json(trial *t, const mutation *broken, const value_place *place, const char *kind, const char *where)
{
    static const x12_finding_code codes[] = {X12_FINDING_ELEMENT_TOO_SHORT, X12_FINDING_ELEMENT_TOO_LONG, X12_FINDING_CHARACTER, X12_FINDING_NUMBER,
                                             X12_FINDING_DATE, X12_FINDING_TIME, X12_FINDING_PERIOD_BACKWARDS, X12_FINDING_TIGHTER_LENGTH};
    bool told = false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        told |= broken->expected[0].code == codes[i];
    if (!told || broken->count != 1 || place->decides || (place->field->shape != X12I_VALUE && place->field->shape != X12I_REPEATED_VALUE))
        return;
    findings found;
    check_values_in_json(&t->text, &found);
    if (found.status == X12_END && found.count == 1 && found.items[0].code == broken->expected[0].code)
        return;
    if (t->failures++ < MOST_SHOWN)
        show_difference(t, broken, &found, kind, where);
}

static mutation begin(trial *t)
{
    keep(t);
    return (mutation){.made = &t->made, .chance = &t->chance};
}

/* --- all kinds, where they were not tried yet --- */

static void try_value(trial *t, goal *one, const value_place *place)
{
    mutation broken = begin(t);
    if (one->value->apply(&broken, place)) {
        char where[64];
        snprintf(where, sizeof where, "%s %s%02u-%u", t->made.loops[t->made.segments[place->segment].loop].type->id, place->slot->segment, place->element, place->component);
        one->reached = true;
        judge(t, &broken, one->value->name, where);
        judge_json(t, &broken, place, one->value->name, where);
    }
    restore(t);
}

static void try_slot(trial *t, goal *one, uint32_t loop)
{
    mutation broken = begin(t);
    const x12_loop_type *type = t->made.loops[loop].type;
    if (one->kind->apply(&broken, loop, one->index)) {
        char where[64];
        const x12i_slot *slot = &type->slots[one->index];
        snprintf(where, sizeof where, "%s %s %s", type->id, slot->segment, slot->loop ? slot->loop->id : slot->name ? slot->name : "");
        one->reached = true;
        made_recount(&t->made);
        judge(t, &broken, one->kind->name, where);
    }
    restore(t);
}

static void try_whole(trial *t, goal *one)
{
    mutation broken = begin(t);
    if (one->whole ? one->whole->apply(&broken) : break_rule(&broken, one->rule)) {
        one->reached = true;
        if (one->rule != NULL)
            made_recount(&t->made);
        judge(t, &broken, one->whole ? one->whole->name : one->rule->name, "");
    }
    restore(t);
}

static void try_seed(trial *t, uint64_t seed)
{
    findings found;
    t->seed = seed;
    t->chance = chance_of(seed);
    generate(&t->made, t->guide, seed, false);
    made_join(&t->made, &t->text);
    check_text(&t->text, &found);
    if (found.status != X12_END || found.count != 0) {
        if (t->failures++ < MOST_SHOWN)
            show_difference(t, &(mutation){.made = &t->made}, &found, "nothing broken", "");
        return;
    }
    for (uint32_t at = 0; at < t->made.segment_count; at++)
        for (goal *g = goals_of_segment(&t->goals, t->made.segments[at].slot); g != NULL; g = g->next)
            if (!g->reached && t->made.segments[at].length != 0) {
                value_place place = g->place;
                place.segment = at;
                try_value(t, g, &place);
            }
    for (uint32_t loop = 0; loop < t->made.loop_count; loop++)
        for (goal *g = goals_of_loop(&t->goals, t->made.loops[loop].type); g != NULL && t->made.segments[t->made.loops[loop].first].length != 0; g = g->next)
            if (!g->reached)
                try_slot(t, g, loop);
    for (goal *g = goals_of_whole(&t->goals); g != NULL; g = g->next)
        if (!g->reached)
            try_whole(t, g);
}

static void try_guide(trial *t, const x12i_guide *guide, unsigned long seeds)
{
    unsigned left = 0;
    t->guide = guide;
    t->failures = t->tried = 0;
    goals_set(&t->goals, guide);
    for (uint64_t seed = 0; seed < seeds && (seed % 64 != 0 || goals_left(&t->goals) != 0); seed++)
        try_seed(t, seed);
    left = goals_left(&t->goals);
    goals_show_left(&t->goals, MOST_LEFT_SHOWN);
    bool right = t->failures == 0 && left == 0;
    printf("%s - guide %s: %u ways to break it, each found at its place, and nothing else", right ? "ok" : "not ok", guide->prefix, t->tried);
    printf(right ? "\n" : " (%u not, %u never tried)\n", t->failures, left);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    unsigned long seeds = argc > 1 ? strtoul(argv[1], NULL, 10) : 3000;
    trial t = {0};
    printf("1..%zu\n", x12i_guide_count);
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (argc < 3 || strcmp(argv[2], x12i_guides[i]->prefix) == 0)
            try_guide(&t, x12i_guides[i], seeds);
    goals_free(&t.goals);
    made_free(&t.made);
    x12i_buffer_free(&t.text);
    free(t.kept);
    return 0;
}
