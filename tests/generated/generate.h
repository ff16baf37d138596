/* Random transactions of any guide, made from its tables. */
#ifndef TESTS_GENERATE_H
#define TESTS_GENERATE_H

#include "made.h"

/* One interchange with one transaction, in which nothing is wrong; the same seed gives the same one. With `accents` texts have letters that
   are not in X12's own character set. */
void generate(made *m, const x12i_guide *guide, uint64_t seed, bool accents);

/* Damages the text of an interchange here and there behind its ISA: what real files are like. */
void damage(x12i_buffer *text, uint64_t seed);

#endif
