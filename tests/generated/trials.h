/* What generated transactions of each guide must stand. Each gives up by abort(). */
#ifndef TESTS_TRIALS_H
#define TESTS_TRIALS_H

#include "../flow.h"

/* No finding says a word of the file: a marker is planted in every place in turn, and never found in one. */
void mark_x12(const target *x12, uint64_t seed);
void mark_json(const target *x12, uint64_t seed);

#endif
