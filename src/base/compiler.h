/* What C17 has no word for. */
#ifndef REMEDI_BASE_COMPILER_H
#define REMEDI_BASE_COMPILER_H

/* A function for the rarer cases: its registers and its code are kept out of the caller's. */
#if defined(__GNUC__)
#define X12I_APART __attribute__((noinline))
#else
#define X12I_APART
#endif

/* A function that every segment or value goes through: its code stands in the caller. */
#if defined(__GNUC__)
#define X12I_WITHIN inline __attribute__((always_inline))
#else
#define X12I_WITHIN inline
#endif

/* The place of the lowest bit of those that are set; one is. */
static inline unsigned x12i_lowest_bit(unsigned bits)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctz(bits);
#else
    unsigned place = 0;
    for (; (bits & 1) == 0; bits >>= 1)
        place++;
    return place;
#endif
}

#endif
