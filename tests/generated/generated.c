/* Every guide on generated transactions: what is right comes back without a note and without a finding, what is damaged comes back all the same.
   generated [SEEDS [GUIDE SEED]] says it in TAP; with a guide and a seed it prints that transaction, damaged where the seed is odd. */
#include "../tables.h"
#include "at_hand.h"
#include "generate.h"
#include "trials.h"
#include <stdio.h>

static bool holds(const target *where, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= where->size; i++)
        if (memcmp(where->data + i, what, length) == 0)
            return true;
    return false;
}

/* The guide has a place for all of it, and its fields tell it all. */
static void require_clean(const target *x12)
{
    target json = {0}, back = {0}, findings = {0};
    require(to_json(x12, &(flow){.lines = true, .findings = {&findings, note_finding}}, &json) == X12_END);
    require(findings.size == 0);
    require(!holds(&json, "\"x12\":"));
    require(to_x12(&json, &(flow){.flaws = true, .findings = {&findings, note_finding}}, &back) == X12_END);
    require(findings.size == 0);
    free(json.data);
    free(back.data);
    free(findings.data);
}

static void come_back(const target *x12, uint64_t seed)
{
    if (seed % 2 == 0)
        require_clean(x12);
    static const size_t chunks[] = {0, 1, 2, 3, 5, 7, 61};
    const size_t chunk = chunks[seed % (sizeof chunks / sizeof *chunks)];
    by_structs(x12, &(flow){.chunk = chunk, .whole = seed % 4 == 0});
    by_json(x12, &(flow){.chunk = chunk, .lines = seed % 3 == 0});
    by_tables(x12, &(flow){.chunk = chunk}, seed % 5 == 0);
}

/* Damaged where the seed is odd. */
static void make(made *m, x12i_buffer *text, const x12i_guide *guide, uint64_t seed)
{
    generate(m, guide, seed, seed % 4 != 0);
    made_join(m, text);
    if (seed % 2 != 0)
        damage(text, seed);
    require(!m->text.failed && !text->failed);
}

static void starve(const target *x12, uint64_t seed)
{
    by_starving(x12, seed % 2 != 0);
}

static const struct {
    const char *what;
    void (*try)(const target *x12, uint64_t seed);
    unsigned share; /* one seed of so many: what takes long */
} trials[] = {
    {"come back", come_back, 1},
    {"are told by no finding: X12", mark_x12, 400},
    {"are told by no finding: JSON", mark_json, 2000},
    {"survive every allocation that fails", starve, 2000},
};
enum { TRIALS = sizeof trials / sizeof *trials };

static void try_guide(const x12i_guide *guide, unsigned trial, uint64_t seeds, made *m, x12i_buffer *text)
{
    guide_at_hand = guide->prefix;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        seed_at_hand = seed;
        make(m, text, guide, seed);
        const target x12 = {text->data, text->length, text->length};
        trials[trial].try(&x12, seed);
    }
}

static int print_one(const char *prefix, uint64_t seed)
{
    made m = {0};
    x12i_buffer text = {0};
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (strcmp(x12i_guides[i]->prefix, prefix) == 0)
            make(&m, &text, x12i_guides[i], seed);
    bool printed = text.length != 0 && fwrite(text.data, 1, text.length, stdout) == text.length;
    made_free(&m);
    x12i_buffer_free(&text);
    return printed ? 0 : 1;
}

int main(int argc, char **argv)
{
    uint64_t seeds = argc > 1 ? strtoull(argv[1], NULL, 10) : getenv("INSTRUMENTED") && *getenv("INSTRUMENTED") ? 300 : 10000;
    made m = {0};
    x12i_buffer text = {0};
    if (argc == 4)
        return print_one(argv[2], strtoull(argv[3], NULL, 10));
    say_where_it_fails();
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("1..%zu\n", TRIALS * x12i_guide_count);
    for (size_t i = 0; i < TRIALS * x12i_guide_count; i++) {
        const x12i_guide *guide = x12i_guides[i / TRIALS];
        uint64_t share = 1 + (seeds - 1) / trials[i % TRIALS].share;
        try_guide(guide, i % TRIALS, share, &m, &text);
        printf("ok %zu - guide %s: %llu generated transactions %s\n", i + 1, guide->prefix, (unsigned long long)share, trials[i % TRIALS].what);
    }
    made_free(&m);
    x12i_buffer_free(&text);
    return 0;
}
