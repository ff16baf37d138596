/* The arena from inside: marks, and what it has in use. */
#ifndef REMEDI_BASE_ARENA_H
#define REMEDI_BASE_ARENA_H

#include <remedi/arena.h>
#include <stdbool.h>
#include <stdint.h>

/* A place in the arena, to which it can go back. */
typedef struct x12i_mark {
    void *block;
    size_t used;
    size_t total;
} x12i_mark;

/* Not zeroed, aligned to 8. Inline in its fast case: see x12i_arena_take. NULL when out of memory. */
void *x12i_arena_take_slow(x12_arena *arena, size_t size);

struct x12_arena {
    char *base;   /* of the current block */
    char *cursor; /* next free byte of the current block, aligned to 8 */
    char *end;
    void *block;
    size_t full;  /* bytes in blocks before the current one */
    x12_allocator allocator;
    void *spare;  /* blocks released, kept for reuse */
};

static inline void *x12i_arena_take(x12_arena *arena, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (size <= (size_t)(arena->end - arena->cursor)) {
        void *memory = arena->cursor;
        arena->cursor += size;
        return memory;
    }
    return x12i_arena_take_slow(arena, size);
}

x12i_mark x12i_arena_mark(const x12_arena *arena);
/* Gives back everything taken since `mark`. Blocks are kept for reuse, one at the most beyond the mark's. */
void x12i_arena_release(x12_arena *arena, x12i_mark mark);
/* Bytes taken since `mark`. */
static inline size_t x12i_arena_used_since(const x12_arena *arena, x12i_mark mark)
{
    return arena->full + (size_t)(arena->cursor - arena->base) - mark.total;
}

/* An allocator's three uses; NULL allocator: malloc's family. */
void *x12i_allocate(const x12_allocator *allocator, size_t size); /* zeroed */
void *x12i_resize(const x12_allocator *allocator, void *block, size_t old_size, size_t new_size);
void x12i_release(const x12_allocator *allocator, void *block, size_t size);

#endif
