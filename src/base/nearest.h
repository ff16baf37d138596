/* What a mistyped word was probably meant to be. */
#ifndef REMEDI_BASE_NEAREST_H
#define REMEDI_BASE_NEAREST_H

#include <stddef.h>

enum { X12I_LONGEST_WORD = 32 };

/* The candidate that `word` is probably meant to be; NULL: none comes near. */
const char *x12i_nearest(const char *word, const char *const *candidates, size_t count);

#endif
