/* A set of texts, to see which comes twice. It keeps hashes alone, and no more than X12I_TEXTS_KEPT of them. */
#ifndef REMEDI_BASE_TEXT_SET_H
#define REMEDI_BASE_TEXT_SET_H

#include <remedi/arena.h>
#include <remedi/types.h>

enum { X12I_TEXTS_KEPT = 1 << 20, X12I_FEW_TEXTS = 8 };

/* All zero: empty. Open addressing over hashes of 64 bits, none of which is 0. */
typedef struct x12i_text_set {
    uint64_t *hashes; /* NULL: those in `few` */
    size_t capacity;
    size_t count;
    uint64_t few[X12I_FEW_TEXTS];
} x12i_text_set;

/* Adds `text`; *twice says whether it was there already. A set that is full keeps no other. False when out of memory, which comes from `arena`. */
bool x12i_text_set_add(x12i_text_set *set, x12_arena *arena, x12_text text, bool *twice);
static inline bool x12i_text_set_is_full(const x12i_text_set *set)
{
    return set->count == X12I_TEXTS_KEPT;
}
/* The same by a hash: of texts that are put together, each of which goes on from the hash of those before it (0: none). */
uint64_t x12i_text_hash(uint64_t before, x12_text text);
bool x12i_text_set_add_hash(x12i_text_set *set, x12_arena *arena, uint64_t hash, bool *twice);
bool x12i_text_set_has(const x12i_text_set *set, uint64_t hash);
/* Empties it; its memory stays for those to come. */
void x12i_text_set_clear(x12i_text_set *set);

#endif
