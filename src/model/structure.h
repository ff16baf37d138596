/* Building loops: new ones, their parts, what has no place, and the order they came in. */
#ifndef REMEDI_MODEL_STRUCTURE_H
#define REMEDI_MODEL_STRUCTURE_H

#include "base/arena.h"
#include "model/model.h"

enum { X12I_MAXIMUM_DEPTH = 24 };

/* The loops of the envelope, from the outside; the last stands for all that are within a transaction. */
enum { X12I_INTERCHANGE, X12I_GROUP, X12I_TRANSACTION, X12I_ENVELOPE_LOOPS };

/* A loop that is open: parts are still coming. */
typedef struct x12i_frame {
    x12_loop *loop;  /* NULL: one more than its parent can hold; its segments stay unmapped in the nearest loop that is kept */
    const x12_loop_type *type;
    x12i_mark mark;  /* the arena before it */
    uint16_t last;   /* slot of its last part; slot_count: unmapped */
    bool streamed;   /* handed out in parts */
    bool started;    /* streamed: its own fields were handed out */
    bool ended;      /* its trailer has come */
    bool children;   /* streamed: a loop or stray segment within it was handed out */
    bool disordered;
    uint16_t *sequence; /* the slot of each part after the first; kept for the next frame at this depth */
    size_t sequence_count;
    size_t sequence_capacity;
    x12_text control;   /* the header's control number; of a hierarchical level the id that its HL gives it */
    uint32_t level;     /* the number of a hierarchical level within the transaction; 0: no level, or its HL is missing */
    uint64_t count;     /* transaction: segments; group: transactions; interchange: groups */
} x12i_frame;

/* The slot's segment pointer in the struct that holds its fields: of a segment struct the first member. */
static inline const x12_segment **x12i_segment_at(const x12i_slot *slot, void *owner)
{
    return (const x12_segment **)(void *)((char *)owner + slot->segment_offset);
}

/* One more zeroed item at the end of the list, which may move. Lists have room for 4, 16, 64 ... items. NULL when out of memory. */
void *x12i_append_item(x12_arena *arena, x12i_list *list, size_t size);
/* The loops below those of a list, which is complete and does not move any more, find their parents again. */
void x12i_adopt_children_of(const x12i_list *loops, size_t size);
/* A zeroed loop struct within `parent` (NULL: none); NULL when out of memory. */
x12_loop *x12i_new_loop(x12_arena *arena, const x12_loop_type *type, x12_loop *parent);
void *x12i_add_own_segment(x12_arena *arena, x12_loop *loop, const x12i_slot *slot, bool *full);
/* The place for one more item of a segment slot: the loop itself (inline) or a struct of its own. NULL with *full set where the slot
   holds one already; NULL without when out of memory. */
static inline void *x12i_add_segment(x12_arena *arena, x12_loop *loop, const x12i_slot *slot, bool *full)
{
    *full = slot->kind == X12I_SLOT_INLINE && *x12i_segment_at(slot, loop) != NULL;
    if (slot->kind == X12I_SLOT_INLINE)
        return *full ? NULL : loop;
    return x12i_add_own_segment(arena, loop, slot, full);
}
/* The same for a loop slot. */
x12_loop *x12i_add_loop(x12_arena *arena, x12_loop *loop, const x12i_slot *slot, bool *full);
/* Whether a pointer slot already holds its one loop. */
bool x12i_holds_loop(const x12_loop *loop, const x12i_slot *slot);
bool x12i_add_unmapped(x12_arena *arena, x12_loop *loop, const x12_segment *segment);

/* Makes room to note one more part; false when out of memory. */
bool x12i_grow_sequence(x12i_frame *frame, const x12_allocator *allocator);
/* Notes that a part of `slot` (slot_count: unmapped) came; whether in order is the caller's to see. False when out of memory. */
static inline bool x12i_note_part(x12i_frame *frame, const x12_allocator *allocator, unsigned slot)
{
    frame->last = (uint16_t)slot;
    if (frame->sequence_count == frame->sequence_capacity && !x12i_grow_sequence(frame, allocator))
        return false;
    frame->sequence[frame->sequence_count++] = (uint16_t)slot;
    return true;
}
/* Keeps the order that was noted in the loop, where it is not the guide's. */
bool x12i_keep_order(x12i_frame *frame, x12_arena *arena);

/* Whether the slot's loops are handed out one by one, where their parent is. */
static inline bool x12i_is_apart(const x12i_slot *slot)
{
    return slot->loop != NULL && (slot->loop->streamed || slot->loop->record);
}

#endif
