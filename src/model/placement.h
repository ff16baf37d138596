/* Where the guide has a place for a segment. */
#ifndef REMEDI_MODEL_PLACEMENT_H
#define REMEDI_MODEL_PLACEMENT_H

#include "base/compiler.h"
#include "model/decode.h"

static inline const x12i_symbol *x12i_find_symbol(const x12i_guide *guide, uint32_t id, uint32_t qualifier)
{
    for (uint32_t at = x12i_symbol_hash(id, qualifier);; at++) {
        const x12i_symbol *symbol = &guide->symbols[at & guide->symbol_mask];
        if (symbol->id == 0)
            return NULL;
        if (symbol->id == id && symbol->qualifier == qualifier)
            return symbol;
    }
}

/* What stands between two delimiters. */
static inline x12_text x12i_between(const x12i_tokens *tokens, uint32_t delimiter, uint32_t next)
{
    uint32_t start = tokens->positions[delimiter] + 1;
    return (x12_text){tokens->text + start, tokens->positions[next] - start};
}

/* Element `part`, or its component `component` (1-based; 0: the element as a whole); empty where it was not sent. */
x12_text x12i_part_of_nested(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component);
static inline x12_text x12i_part_of(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component)
{
    if (tokens->nested)
        return x12i_part_of_nested(tokens, delimiters, part, component);
    return part <= tokens->count && component <= 1 ? x12i_between(tokens, part - 1, part) : (x12_text){0};
}

/* The same of a segment that was kept; only as a whole. */
x12_text x12i_element_of(const x12_segment *segment, const x12i_delimiters *delimiters, unsigned element);

/* x12i_pack, and x12i_pack_qualifier, of a text behind which X12I_SLACK bytes can be read. */
static X12I_WITHIN uint32_t x12i_pack_input(const char *text, uint32_t length)
{
    static const uint32_t masks[] = {0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF};
    if (length - 1 >= sizeof(uint32_t))
        return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t word = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    word &= masks[length];
    return word > masks[length - 1] ? word : 0;
}
static X12I_WITHIN uint32_t x12i_pack_input_qualifier(const char *text, uint32_t length)
{
    return length <= sizeof(uint32_t) ? x12i_pack_input(text, length) : x12i_pack_qualifier(text, length);
}

/* The symbol of a segment of the input with this id (x12i_pack), or -1: no loop of the guide knows the id. */
static X12I_WITHIN int x12i_symbol_of(const x12i_guide *guide, uint32_t id, const x12i_tokens *tokens, const x12i_delimiters *delimiters)
{
    const x12i_symbol *symbol = id == 0 ? NULL : x12i_find_symbol(guide, id, 0);
    if (symbol == NULL || symbol->part == 0)
        return symbol ? symbol->symbol : -1;
    x12_text qualifier = x12i_part_of(tokens, delimiters, symbol->part, symbol->component);
    uint32_t packed = x12i_pack_input_qualifier(qualifier.data, qualifier.length);
    const x12i_symbol *exact = packed == 0 ? NULL : x12i_find_symbol(guide, id, packed);
    return exact ? exact->symbol : symbol->symbol;
}

/* The symbol of the id with any other qualifier: where one more than allowed may still find a place. -1: none. */
static inline int x12i_symbol_of_id(const x12i_guide *guide, uint32_t id)
{
    const x12i_symbol *symbol = id == 0 ? NULL : x12i_find_symbol(guide, id, 0);
    return symbol ? symbol->symbol : -1;
}

/* What an entry of next[] says. */
static inline unsigned x12i_next_slot(unsigned entry)
{
    return (entry & X12I_NEXT_SLOT) - 1;
}
static inline unsigned x12i_next_ends(unsigned entry)
{
    return entry >> X12I_NEXT_ENDS_SHIFT & X12I_NEXT_ENDS;
}

/* The id of a segment: its text up to the first delimiter. */
static inline x12_text x12i_id_of(const x12i_tokens *tokens)
{
    return (x12_text){tokens->text, tokens->count ? tokens->positions[0] : tokens->length};
}
/* Of a segment of the input: packed. */
static inline uint32_t x12i_packed_id(const x12i_tokens *tokens)
{
    x12_text id = x12i_id_of(tokens);
    return x12i_pack_input(id.data, id.length);
}
bool x12i_is_id(x12_text id);

#endif
