/* Stretches of a segment's text: going through the parts between its delimiters. */
#ifndef REMEDI_MODEL_SPAN_H
#define REMEDI_MODEL_SPAN_H

#include "wire/wire.h"

/* A stretch of the text, with the delimiters inside it: positions[first] to positions[last - 1]. */
typedef struct x12i_span {
    uint32_t start;
    uint32_t end;
    uint32_t first;
    uint32_t last;
} x12i_span;

static inline x12_text x12i_span_text(const x12i_tokens *tokens, const x12i_span *span)
{
    return (x12_text){tokens->text + span->start, span->end - span->start};
}

static inline uint32_t x12i_count_parts(const x12i_tokens *tokens, x12i_span whole, char separator)
{
    uint32_t count = 1 + whole.last - whole.first;
    for (uint32_t i = whole.first; tokens->nested && i < whole.last; i++)
        count -= tokens->text[tokens->positions[i]] != separator;
    return count;
}

/* Goes from part to part: `part` becomes the one behind it. False at the end. A stretch always has a first part. */
static inline bool x12i_next_part(const x12i_tokens *tokens, x12i_span *part, const x12i_span *whole, char separator)
{
    if (part->end == whole->end)
        return false;
    uint32_t next = part->first = part->last + 1;
    while (tokens->nested && next < whole->last && tokens->text[tokens->positions[next]] != separator)
        next++;
    part->start = part->end + 1;
    part->end = tokens->positions[next];
    part->last = next;
    return true;
}

/* What x12i_next_part takes to the first part. */
static inline x12i_span x12i_before_first(const x12i_span *whole)
{
    return (x12i_span){.end = whole->start - 1, .last = whole->first - 1};
}

#endif
