#include "model/structure.h"
#include <string.h>

x12_loop *x12i_new_loop(x12_arena *arena, const x12_loop_type *type, x12_loop *parent)
{
    x12_loop *loop = x12_arena_allocate(arena, type->size);
    if (loop != NULL) {
        loop->type = type;
        loop->parent = parent;
    }
    return loop;
}

/* Whether a list of so many is full: there is room for 4, 16, 64 ... */
static inline bool is_full(size_t count)
{
    return (count & (count - 1)) == 0 && (count & (SIZE_MAX / 3)) == count && count != 1;
}

void *x12i_append_item(x12_arena *arena, x12i_list *list, size_t size)
{
    size_t count = list->count;
    if (is_full(count)) {
        char *items = x12i_arena_take(arena, (count ? 4 * count : 4) * size);
        if (items == NULL)
            return NULL;
        if (count != 0)
            memcpy(items, list->items, count * size);
        list->items = items;
    }
    list->count++;
    return memset((char *)list->items + count * size, 0, size);
}

static void *slot_place(x12_loop *loop, const x12i_slot *slot)
{
    return (char *)loop + slot->offset;
}

void *x12i_add_own_segment(x12_arena *arena, x12_loop *loop, const x12i_slot *slot, bool *full)
{
    void **place = slot_place(loop, slot);
    if (slot->kind == X12I_SLOT_SEGMENTS)
        return x12i_append_item(arena, (x12i_list *)place, slot->parts->size);
    *full = *place != NULL;
    return *full ? NULL : (*place = x12_arena_allocate(arena, slot->parts->size));
}

bool x12i_holds_loop(const x12_loop *loop, const x12i_slot *slot)
{
    return slot->kind == X12I_SLOT_LOOP && *(void *const *)((const char *)loop + slot->offset) != NULL;
}

/* The loops below one that has moved find it again. */
static void adopt_children(x12_loop *loop)
{
    for (unsigned i = 0; i < loop->type->counted_count; i++) {
        const x12i_slot *slot = &loop->type->slots[loop->type->counted[i]];
        void *place = (char *)loop + slot->offset;
        if (slot->kind == X12I_SLOT_LOOP && *(x12_loop **)place != NULL)
            (*(x12_loop **)place)->parent = loop;
        const x12i_list *list = place;
        for (size_t k = 0; slot->kind == X12I_SLOT_LOOPS && k < list->count; k++)
            ((x12_loop *)(void *)((char *)list->items + k * slot->loop->size))->parent = loop;
    }
}

void x12i_adopt_children_of(const x12i_list *loops, size_t size)
{
    for (size_t i = 0; i < loops->count; i++)
        adopt_children((x12_loop *)(void *)((char *)loops->items + i * size));
}

x12_loop *x12i_add_loop(x12_arena *arena, x12_loop *loop, const x12i_slot *slot, bool *full)
{
    *full = x12i_holds_loop(loop, slot);
    if (*full)
        return NULL;
    if (slot->kind == X12I_SLOT_LOOP)
        return *(x12_loop **)slot_place(loop, slot) = x12i_new_loop(arena, slot->loop, loop);
    x12i_list *list = slot_place(loop, slot), before = *list;
    x12_loop *item = x12i_append_item(arena, list, slot->loop->size);
    if (item == NULL)
        return NULL;
    if (list->items != before.items && before.count != 0)
        x12i_adopt_children_of(&(x12i_list){list->items, before.count}, slot->loop->size);
    item->type = slot->loop;
    item->parent = loop;
    return item;
}

bool x12i_add_unmapped(x12_arena *arena, x12_loop *loop, const x12_segment *segment)
{
    const x12_segment **place = x12i_append_item(arena, (x12i_list *)(void *)&loop->unmapped, sizeof *place);
    if (place != NULL)
        *place = segment;
    return place != NULL;
}

bool x12i_grow_sequence(x12i_frame *frame, const x12_allocator *allocator)
{
    size_t capacity = frame->sequence_capacity ? 2 * frame->sequence_capacity : 64;
    size_t unit = sizeof *frame->sequence;
    uint16_t *sequence = x12i_resize(allocator, frame->sequence, frame->sequence_capacity * unit, capacity * unit);
    if (sequence == NULL)
        return false;
    frame->sequence = sequence;
    frame->sequence_capacity = capacity;
    return true;
}

bool x12i_keep_order(x12i_frame *frame, x12_arena *arena)
{
    if (!frame->disordered)
        return true;
    size_t size = frame->sequence_count * sizeof *frame->sequence;
    uint16_t *order = x12i_arena_take(arena, size);
    if (order == NULL)
        return false;
    memcpy(order, frame->sequence, size);
    frame->loop->order = order;
    frame->loop->order_count = (uint32_t)frame->sequence_count;
    return true;
}
