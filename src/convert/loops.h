/* How JSON and CSV see a loop: what comes before the loops that are handed out one by one, and what after them. */
#ifndef REMEDI_CONVERT_LOOPS_H
#define REMEDI_CONVERT_LOOPS_H

#include "base/text.h"
#include "model/structure.h"
#include <string.h>

/* The slot of `parent` that holds loops of this type; NULL: none, as for a group's transactions. */
static inline const x12i_slot *x12i_slot_of(const x12_loop_type *parent, const x12_loop_type *type)
{
    for (unsigned i = 0; i < parent->slot_count; i++)
        if (parent->slots[i].loop == type)
            return &parent->slots[i];
    return NULL;
}

/* The first slot that X12 sends after the loops that are handed out one by one. A group's are not in its own tables. */
static inline unsigned x12i_first_tail(const x12_loop_type *type)
{
    return x12i_is_group(type) ? 1 : type->first_tail;
}

/* The first slot that is not of the head: what is written before the loops that are handed out one by one. */
static inline unsigned x12i_head_end(const x12_loop_type *type)
{
    return type->streamed ? x12i_first_tail(type) : type->slot_count;
}

/* What `order` calls a part. */
static inline const char *x12i_part_name(const x12_loop_type *type, unsigned index)
{
    if (index >= type->slot_count)
        return "unmapped";
    return type->slots[index].kind == X12I_SLOT_INLINE ? type->slots[index].note : type->slots[index].name;
}

#endif
