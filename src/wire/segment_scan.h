/* Sixteen bytes of a segment at a time, as far as nothing is in them but plain bytes and separators: the segment lexer sees to all else. */
#ifndef REMEDI_WIRE_SEGMENT_SCAN_H
#define REMEDI_WIRE_SEGMENT_SCAN_H

#include "wire/lexer.h"

#ifdef __SSE2__
#include <emmintrin.h>

enum { X12I_SCAN_WIDTH = 16 };

/* The bytes that are the same as this one. */
static inline __m128i x12i_scan_same(__m128i bytes, const unsigned char *byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_loadu_si128((const __m128i *)(const void *)byte));
}

static inline unsigned x12i_scan_mask(__m128i found)
{
    return (unsigned)_mm_movemask_epi8(found);
}

/* What is no plain text: X12_SEGMENT_PLAIN. */
static inline unsigned x12i_scan_odd(__m128i bytes)
{
    __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return x12i_scan_mask(_mm_or_si128(quotes, _mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes))); /* bytes from 0x80 on are negative */
}

/* Goes on at *cursor, as x12i_lex does; X12I_SCAN_WIDTH bytes can be read at `end` too, and the first is a NUL. True: *cursor is behind the terminator.
   False: the lexer goes on. */
static inline bool x12i_scan(x12i_lexer *lexer, const char *base, const char **place)
{
    const x12i_scan_bytes *scan = &lexer->scan;
    const char *cursor = *place;
    uint32_t *positions = lexer->positions, count = lexer->count;
    unsigned nested = 0, odd = 0;
    bool done = false;
    while (count + X12I_SCAN_WIDTH <= lexer->capacity) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)cursor);
        unsigned inner = x12i_scan_mask(_mm_or_si128(x12i_scan_same(bytes, scan->component), x12i_scan_same(bytes, scan->repetition)));
        unsigned separators = inner | x12i_scan_mask(x12i_scan_same(bytes, scan->element));
        __m128i ends = _mm_or_si128(x12i_scan_same(bytes, scan->terminator), _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8('\r')), bytes));
        unsigned stops = x12i_scan_mask(ends) | (x12i_scan_mask(bytes) & scan->high);
        unsigned before = (stops - 1) & ~stops; /* all where nothing stops */
        nested |= inner & before;
        odd |= x12i_scan_odd(bytes) & before;
        for (separators &= before; separators != 0; separators &= separators - 1)
            positions[count++] = (uint32_t)(cursor - base) + (uint32_t)__builtin_ctz(separators);
        if (stops != 0) {
            cursor += __builtin_ctz(stops);
            done = (unsigned char)*cursor == *scan->terminator;
            break;
        }
        cursor += X12I_SCAN_WIDTH;
    }
    lexer->count = count;
    lexer->nested |= nested != 0;
    lexer->plain &= done && odd == 0;
    *place = cursor + done;
    return done;
}

#else

static inline bool x12i_scan(x12i_lexer *lexer, const char *base, const char **place)
{
    (void)base;
    (void)place;
    return lexer->plain = false;
}

#endif

#endif
