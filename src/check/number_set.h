/* A set of control numbers, to see which comes twice. It keeps no more than X12I_NUMBERS_KEPT of them. */
#ifndef REMEDI_CHECK_NUMBER_SET_H
#define REMEDI_CHECK_NUMBER_SET_H

#include <remedi/arena.h>
#include <remedi/types.h>

enum { X12I_NUMBERS_KEPT = 1 << 20 };

/* Open addressing over hashes of 64 bits; 0: empty. */
typedef struct x12i_number_set {
    uint64_t *hashes;
    size_t capacity;
    size_t count;
} x12i_number_set;

/* Adds `number`; *twice says whether it was there already. False when out of memory. */
bool x12i_number_set_add(x12i_number_set *set, const x12_allocator *allocator, x12_text number, bool *twice);
void x12i_number_set_clear(x12i_number_set *set);
void x12i_number_set_free(x12i_number_set *set, const x12_allocator *allocator);

#endif
