/* Acknowledgments of generated transactions: what has no error is accepted, what has one is not, and every answer is valid itself.
   acknowledged [SEEDS] says it in TAP; generated prints a transaction. */
#include "../answers.h"
#include "at_hand.h"
#include "generate.h"
#include <stdio.h>

static void try_seed(const x12i_guide *guide, uint64_t seed, made *m, x12i_buffer *text)
{
    const size_t chunks[] = {0, 1, 7, 61};
    generate(m, guide, seed, seed % 4 != 0); /* as generated prints it */
    made_join(m, text);
    if (seed % 2 != 0)
        damage(text, seed);
    require(!m->text.failed && !text->failed);
    const target x12 = {text->data, text->length, text->length};
    require_answers(&x12, &(flow){.chunk = chunks[seed / 2 % 4]});
}

int main(int argc, char **argv)
{
    uint64_t seeds = argc > 1 ? strtoull(argv[1], NULL, 10) : getenv("INSTRUMENTED") && *getenv("INSTRUMENTED") ? 100 : 1000;
    made m = {0};
    x12i_buffer text = {0};
    say_where_it_fails();
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("1..%zu\n", x12i_guide_count);
    for (size_t i = 0; i < x12i_guide_count; i++) {
        guide_at_hand = x12i_guides[i]->prefix;
        for (seed_at_hand = 0; seed_at_hand < seeds; seed_at_hand++)
            try_seed(x12i_guides[i], seed_at_hand, &m, &text);
        printf("ok %zu - guide %s: %llu generated transactions are answered\n", i + 1, guide_at_hand, (unsigned long long)seeds);
    }
    made_free(&m);
    x12i_buffer_free(&text);
    return 0;
}
