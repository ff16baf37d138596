#include "model/placement.h"
#include "base/compiler.h"

static inline const x12i_symbol *find_symbol(const x12i_guide *guide, uint32_t id, uint32_t qualifier)
{
    uint32_t at = x12i_symbol_hash(id, qualifier);
    for (;; at++) {
        const x12i_symbol *symbol = &guide->symbols[at & guide->symbol_mask];
        if (symbol->id == 0)
            return NULL;
        if (symbol->id == id && symbol->qualifier == qualifier)
            return symbol;
    }
}

static uint32_t next_separator(const x12i_tokens *tokens, uint32_t from, char separator)
{
    while (from < tokens->count && tokens->text[tokens->positions[from]] != separator)
        from++;
    return from;
}

static inline x12_text between(const x12i_tokens *tokens, uint32_t delimiter, uint32_t next)
{
    uint32_t start = tokens->positions[delimiter] + 1;
    return (x12_text){tokens->text + start, tokens->positions[next] - start};
}

X12I_APART static x12_text part_of_nested(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component)
{
    uint32_t at = 0;
    for (unsigned i = 1; i < part && at < tokens->count; i++)
        at = next_separator(tokens, at + 1, (char)delimiters->element);
    if (at >= tokens->count)
        return (x12_text){0};
    uint32_t end = next_separator(tokens, at + 1, (char)delimiters->element);
    if (component == 0)
        return between(tokens, at, end);
    for (unsigned i = 1; i < component && at < end; i++)
        at = next_separator(tokens, at + 1, (char)delimiters->component);
    if (at >= end)
        return (x12_text){0};
    uint32_t stop = next_separator(tokens, at + 1, (char)delimiters->component);
    return between(tokens, at, stop < end ? stop : end);
}

static inline x12_text part_of(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component)
{
    if (tokens->nested)
        return part_of_nested(tokens, delimiters, part, component);
    return part <= tokens->count && component <= 1 ? between(tokens, part - 1, part) : (x12_text){0};
}

x12_text x12i_part_of(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component)
{
    return part_of(tokens, delimiters, part, component);
}

int x12i_symbol_of_id(const x12i_guide *guide, uint32_t id)
{
    const x12i_symbol *symbol = id == 0 ? NULL : find_symbol(guide, id, 0);
    return symbol ? symbol->symbol : -1;
}

int x12i_symbol_of(const x12i_guide *guide, uint32_t id, const x12i_tokens *tokens, const x12i_delimiters *delimiters)
{
    const x12i_symbol *symbol = id == 0 ? NULL : find_symbol(guide, id, 0);
    if (symbol == NULL)
        return -1;
    if (symbol->part == 0)
        return symbol->symbol;
    x12_text qualifier = part_of(tokens, delimiters, symbol->part, symbol->component);
    uint32_t packed = x12i_pack(qualifier.data, qualifier.length);
    const x12i_symbol *exact = packed == 0 ? NULL : find_symbol(guide, id, packed);
    return exact ? exact->symbol : symbol->symbol;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool x12i_is_id(x12_text id)
{
    if (id.length < 2 || id.length > 3 || !is_capital(id.data[0]))
        return false;
    for (uint32_t i = 1; i < id.length; i++)
        if (!is_capital(id.data[i]) && !(id.data[i] >= '0' && id.data[i] <= '9'))
            return false;
    return true;
}
