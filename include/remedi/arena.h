/* Memory that is given back all at once, or down to a mark. */
#ifndef REMEDI_ARENA_H
#define REMEDI_ARENA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where all memory comes from. `resize` behaves as realloc does (NULL block: new; size 0: free, returns NULL).
   It may fail at any call: every function of the library then answers X12_ERROR_MEMORY and leaks nothing. */
typedef struct x12_allocator {
    void *context;
    void *(*resize)(void *context, void *block, size_t old_size, size_t new_size);
} x12_allocator;

typedef struct x12_arena x12_arena;

/* A new arena, owned by the caller; NULL `allocator` means malloc's family. Returns NULL when out of memory. */
x12_arena *x12_arena_new(const x12_allocator *allocator);
/* Frees the arena and everything in it. NULL is allowed. */
void x12_arena_free(x12_arena *arena);
/* `size` zeroed bytes, aligned for any type, that live as long as the arena or until a release below them.
   Returns NULL when out of memory. */
void *x12_arena_allocate(x12_arena *arena, size_t size);

#ifdef __cplusplus
}
#endif
#endif
