#include "base/text_set.h"
#include <string.h>

enum { TEXT_END = 0xFF }; /* no text has it where it is UTF-8 */

uint64_t x12i_text_hash(uint64_t before, x12_text text)
{
    uint64_t hash = before ^ 14695981039346656037u;
    for (uint32_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    return (hash ^ TEXT_END) * 1099511628211u | 1;
}

static size_t place_of(const uint64_t *hashes, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)(hash >> 8) & (capacity - 1);
    while (hashes[at] != 0 && hashes[at] != hash)
        at = (at + 1) & (capacity - 1);
    return at;
}

/* The table that was too small stays in the arena: together they are no more than twice the last one. */
static bool grow(x12i_text_set *set, x12_arena *arena)
{
    size_t capacity = set->capacity ? 2 * set->capacity : 8 * X12I_FEW_TEXTS, from = set->hashes ? set->capacity : set->count;
    const uint64_t *before = set->hashes ? set->hashes : set->few;
    uint64_t *hashes = x12_arena_allocate(arena, capacity * sizeof *hashes);
    if (hashes == NULL)
        return false;
    for (size_t i = 0; i < from; i++)
        if (before[i] != 0)
            hashes[place_of(hashes, capacity, before[i])] = before[i];
    set->hashes = hashes;
    set->capacity = capacity;
    return true;
}

static bool is_among_few(const x12i_text_set *set, uint64_t hash)
{
    bool found = false;
    for (size_t i = 0; i < set->count; i++)
        found |= set->few[i] == hash;
    return found;
}

bool x12i_text_set_has(const x12i_text_set *set, uint64_t hash)
{
    return set->hashes ? set->hashes[place_of(set->hashes, set->capacity, hash)] != 0 : is_among_few(set, hash);
}

bool x12i_text_set_add_hash(x12i_text_set *set, x12_arena *arena, uint64_t hash, bool *twice)
{
    bool cramped = set->hashes == NULL ? set->count == X12I_FEW_TEXTS : set->count >= set->capacity / 2;
    if (cramped && !x12i_text_set_is_full(set) && !grow(set, arena))
        return false;
    *twice = x12i_text_set_has(set, hash);
    if (*twice || x12i_text_set_is_full(set))
        return true;
    if (set->hashes != NULL)
        set->hashes[place_of(set->hashes, set->capacity, hash)] = hash;
    else
        set->few[set->count] = hash;
    set->count++;
    return true;
}

bool x12i_text_set_add(x12i_text_set *set, x12_arena *arena, x12_text text, bool *twice)
{
    return x12i_text_set_add_hash(set, arena, x12i_text_hash(0, text), twice);
}

void x12i_text_set_clear(x12i_text_set *set)
{
    if (set->hashes != NULL && set->count != 0)
        memset(set->hashes, 0, set->capacity * sizeof *set->hashes);
    set->count = 0;
}
