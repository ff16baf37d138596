/* Random transactions of any guide, made from its tables. */
#ifndef TESTS_GENERATE_H
#define TESTS_GENERATE_H

#include "base/buffer.h"
#include "model/model.h"

/* One interchange with one transaction, as the guide wants it; the same seed gives the same bytes. Each segment ends with "~\n". */
void make_transaction(x12i_buffer *out, const x12i_guide *guide, uint64_t seed);

/* The same, damaged here and there behind its ISA: what real files are like. */
void make_damaged_transaction(x12i_buffer *out, const x12i_guide *guide, uint64_t seed);

#endif
