/* Sixteen bytes of a segment at a time, as far as nothing is in them but plain bytes and separators: the segment lexer sees to all else. */
#ifndef REMEDI_WIRE_SEGMENT_SCAN_H
#define REMEDI_WIRE_SEGMENT_SCAN_H

#include "base/compiler.h"
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

/* Reads the whole segment that begins at `tokens->text`, into the lexer's positions; X12I_SCAN_WIDTH bytes can be read where the input ends, too, and the
   first is a NUL. False: the segment lexer has to see to it, from its first byte. */
static X12I_WITHIN bool x12i_scan(const x12i_lexer *lexer, x12i_tokens *tokens, bool *plain)
{
    const x12i_scan_bytes *scan = &lexer->scan;
    uint32_t *positions = lexer->positions, count = 0, at = 0;
    const uint32_t most = lexer->capacity - X12I_SCAN_WIDTH;
    unsigned nested = 0, odd = 0, stops = 0;
    for (; count <= most; at += X12I_SCAN_WIDTH) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(tokens->text + at));
        unsigned inner = x12i_scan_mask(_mm_or_si128(x12i_scan_same(bytes, scan->component), x12i_scan_same(bytes, scan->repetition)));
        unsigned separators = inner | x12i_scan_mask(x12i_scan_same(bytes, scan->element));
        __m128i ends = _mm_or_si128(x12i_scan_same(bytes, scan->terminator), _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8('\r')), bytes));
        stops = x12i_scan_mask(ends) | (x12i_scan_mask(bytes) & scan->high);
        unsigned before = (stops - 1) & ~stops; /* all where nothing stops */
        nested |= inner & before;
        odd |= x12i_scan_odd(bytes) & before;
        for (separators &= before; separators != 0; separators &= separators - 1)
            positions[count++] = at + (uint32_t)__builtin_ctz(separators);
        if (stops != 0)
            break;
    }
    at += stops ? (uint32_t)__builtin_ctz(stops) : 0;
    tokens->positions = positions;
    tokens->count = count;
    tokens->length = positions[count] = at;
    tokens->nested = nested != 0;
    *plain = odd == 0;
    return stops != 0 && (unsigned char)tokens->text[at] == *scan->terminator;
}

#else

static inline bool x12i_scan(const x12i_lexer *lexer, x12i_tokens *tokens, bool *plain)
{
    (void)lexer;
    (void)tokens;
    return *plain = false;
}

#endif

#endif
