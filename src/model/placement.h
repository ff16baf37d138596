/* Where the guide has a place for a segment. */
#ifndef REMEDI_MODEL_PLACEMENT_H
#define REMEDI_MODEL_PLACEMENT_H

#include "model/decode.h"

/* The column of next[] for a segment with this id (x12i_pack), or -1: no loop of the guide knows the id. */
int x12i_symbol_of(const x12i_guide *guide, uint32_t id, const x12i_tokens *tokens, const x12i_delimiters *delimiters);
/* The column of the id with any other qualifier: where one more than allowed may still find a place. -1: none. */
int x12i_symbol_of_id(const x12i_guide *guide, uint32_t id);

/* The entry of next[]: 0, or 1 + slot, perhaps with X12I_IMPLIED. */
static inline unsigned x12i_next(const x12_loop_type *type, int symbol)
{
    return type->guide->next[(size_t)type->index * type->guide->symbol_count + (size_t)symbol];
}

/* The id of a segment: its text up to the first delimiter. */
static inline x12_text x12i_id_of(const x12i_tokens *tokens)
{
    return (x12_text){tokens->text, tokens->count ? tokens->positions[0] : tokens->length};
}
static inline uint32_t x12i_packed_id(const x12i_tokens *tokens)
{
    x12_text id = x12i_id_of(tokens);
    return x12i_pack(id.data, id.length);
}
bool x12i_is_id(x12_text id);

/* Element `part`, or its component `component` (1-based; 0: the element as a whole); empty where it was not sent. */
x12_text x12i_part_of(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component);

#endif
