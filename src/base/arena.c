#include "base/arena.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 << 10, LARGEST_BLOCK = 1 << 20 };

/* A block's memory follows its header. */
typedef struct block {
    struct block *before;
    size_t size; /* of the memory */
    size_t full; /* bytes in the blocks before it */
} block;

static void *malloc_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size != 0)
        return realloc(memory, new_size);
    free(memory);
    return NULL;
}

static const x12_allocator malloc_allocator = {NULL, malloc_resize};

void *x12i_resize(const x12_allocator *allocator, void *memory, size_t old_size, size_t new_size)
{
    if (allocator == NULL)
        allocator = &malloc_allocator;
    return allocator->resize(allocator->context, memory, old_size, new_size);
}

void *x12i_allocate(const x12_allocator *allocator, size_t size)
{
    void *memory = x12i_resize(allocator, NULL, 0, size);
    return memory ? memset(memory, 0, size) : NULL;
}

void x12i_release(const x12_allocator *allocator, void *memory, size_t size)
{
    if (memory != NULL)
        x12i_resize(allocator, memory, size, 0);
}

static char *memory_of(block *b)
{
    return (char *)(b + 1);
}

static void release_block(x12_arena *arena, block *b)
{
    x12i_release(&arena->allocator, b, sizeof *b + b->size);
}

x12_arena *x12_arena_new(const x12_allocator *allocator)
{
    x12_arena *arena = x12i_allocate(allocator, sizeof *arena);
    if (arena != NULL)
        arena->allocator = allocator ? *allocator : malloc_allocator;
    return arena;
}

void x12_arena_free(x12_arena *arena)
{
    if (arena == NULL)
        return;
    for (block *b = arena->block, *before; b != NULL; b = before) {
        before = b->before;
        release_block(arena, b);
    }
    if (arena->spare != NULL)
        release_block(arena, arena->spare);
    x12_allocator allocator = arena->allocator;
    x12i_release(&allocator, arena, sizeof *arena);
}

/* A block for at least `size` bytes: the spare one, where it is large enough. */
static block *new_block(x12_arena *arena, size_t size)
{
    const block *current = arena->block;
    size_t wanted = current ? 2 * current->size : FIRST_BLOCK;
    wanted = wanted > LARGEST_BLOCK ? LARGEST_BLOCK : wanted;
    wanted = wanted < size ? size : wanted;
    block *spare = arena->spare;
    if (spare != NULL && spare->size >= size) {
        arena->spare = NULL;
        return spare;
    }
    block *made = wanted <= SIZE_MAX - sizeof *made ? x12i_resize(&arena->allocator, NULL, 0, sizeof *made + wanted) : NULL;
    if (made != NULL)
        made->size = wanted;
    return made;
}

/* Goes on in `current` (NULL: no block), of which `used` bytes are taken. */
static void use_block(x12_arena *arena, block *current, size_t used)
{
    arena->block = current;
    arena->full = current ? current->full : 0;
    arena->base = current ? memory_of(current) : NULL;
    arena->cursor = current ? arena->base + used : NULL;
    arena->end = current ? arena->base + current->size : NULL;
}

void *x12i_arena_take_slow(x12_arena *arena, size_t size)
{
    block *current = arena->block, *added = new_block(arena, size);
    if (added == NULL)
        return NULL;
    added->before = current;
    added->full = current ? current->full + current->size : 0;
    use_block(arena, added, size);
    return arena->base;
}

void *x12_arena_allocate(x12_arena *arena, size_t size)
{
    void *memory = x12i_arena_take(arena, size);
    return memory ? memset(memory, 0, size) : NULL;
}

x12i_mark x12i_arena_mark(const x12_arena *arena)
{
    size_t used = (size_t)(arena->cursor - arena->base);
    return (x12i_mark){arena->block, used, arena->full + used};
}

static void keep_spare(x12_arena *arena, block *b)
{
    block *spare = arena->spare;
    if (spare != NULL && spare->size >= b->size) {
        release_block(arena, b);
        return;
    }
    if (spare != NULL)
        release_block(arena, spare);
    arena->spare = b;
}

void x12i_arena_release(x12_arena *arena, x12i_mark mark)
{
    while (arena->block != mark.block) {
        block *last = arena->block;
        arena->block = last->before;
        keep_spare(arena, last);
    }
    use_block(arena, arena->block, mark.used);
}
