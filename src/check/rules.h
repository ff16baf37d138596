/* Rules across segments: compiled once for each guide that is met, then run on its loops as they come. */
#ifndef REMEDI_CHECK_RULES_H
#define REMEDI_CHECK_RULES_H

#include "model/formula.h"

/* A rule of a guide, ready to run. */
typedef struct x12i_compiled_rule {
    const x12i_rule *rule;
    const x12_loop_type *loop;
    const x12i_path *each;
    const x12i_formula *when, *formula;
    x12i_gathered *gathered; /* of the formula, where it sums up loops that come one by one */
    const struct x12i_compiled_rule *next; /* of those that do */
} x12i_compiled_rule;

/* The rules of one guide; those of a loop stand together. */
typedef struct x12i_guide_rules {
    const x12i_guide *guide;
    x12i_compiled_rule *rules;
    unsigned count;
    const x12i_compiled_rule *gathering; /* the first that gathers */
    unsigned *first;    /* of each loop, by its index, and behind the last */
    struct x12i_guide_rules *next;
} x12i_guide_rules;

/* Compiles the rules of `guide` up to `level` (0: all), in `arena`. NULL where memory runs out, or a formula is wrong: then `error` says what. */
x12i_guide_rules *x12i_guide_rules_compile(x12_arena *arena, const x12i_guide *guide, unsigned level, x12i_formula_error *error);
/* The rules of this loop of the guide, the first of `*count`. */
const x12i_compiled_rule *x12i_rules_of(const x12i_guide_rules *rules, const x12_loop_type *type, unsigned *count);

#endif
