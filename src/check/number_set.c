#include "check/number_set.h"
#include "base/arena.h"
#include <string.h>

/* Zeros in front do not tell numbers apart. */
static uint64_t hash_of(x12_text number)
{
    uint64_t hash = 14695981039346656037u;
    uint32_t start = 0;
    while (start + 1 < number.length && number.data[start] == '0')
        start++;
    for (uint32_t i = start; i < number.length; i++)
        hash = (hash ^ (unsigned char)number.data[i]) * 1099511628211u;
    return hash | 1;
}

static uint64_t *place_of(uint64_t *hashes, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)(hash >> 8) & (capacity - 1);
    while (hashes[at] != 0 && hashes[at] != hash)
        at = (at + 1) & (capacity - 1);
    return &hashes[at];
}

static bool grow(x12i_number_set *set, const x12_allocator *allocator)
{
    size_t capacity = set->capacity ? 2 * set->capacity : 64;
    uint64_t *hashes = x12i_resize(allocator, NULL, 0, capacity * sizeof *hashes);
    if (hashes == NULL)
        return false;
    memset(hashes, 0, capacity * sizeof *hashes);
    for (size_t i = 0; i < set->capacity; i++)
        if (set->hashes[i] != 0)
            *place_of(hashes, capacity, set->hashes[i]) = set->hashes[i];
    x12i_release(allocator, set->hashes, set->capacity * sizeof *hashes);
    set->hashes = hashes;
    set->capacity = capacity;
    return true;
}

bool x12i_number_set_add(x12i_number_set *set, const x12_allocator *allocator, x12_text number, bool *twice)
{
    uint64_t hash = hash_of(number);
    *twice = false;
    if (set->count >= set->capacity / 2 && set->count < X12I_NUMBERS_KEPT && !grow(set, allocator))
        return false;
    uint64_t *place = place_of(set->hashes, set->capacity, hash);
    *twice = *place != 0;
    if (*twice || set->count == X12I_NUMBERS_KEPT)
        return true;
    *place = hash;
    set->count++;
    return true;
}

void x12i_number_set_clear(x12i_number_set *set)
{
    if (set->count != 0)
        memset(set->hashes, 0, set->capacity * sizeof *set->hashes);
    set->count = 0;
}

void x12i_number_set_free(x12i_number_set *set, const x12_allocator *allocator)
{
    x12i_release(allocator, set->hashes, set->capacity * sizeof *set->hashes);
}
