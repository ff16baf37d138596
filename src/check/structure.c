#include "base/compiler.h"
#include "check/check.h"

/* The segment that opens the loop; NULL where it was not sent. */
static const x12_segment *first_segment(const x12_loop *loop)
{
    const x12i_slot *slot = loop->type->slots;
    const void *owner = slot->kind == X12I_SLOT_INLINE ? (const void *)loop : *(void *const *)(const void *)((const char *)loop + slot->offset);
    const x12_segment *segment = owner ? *x12i_segment_at(slot, (void *)(uintptr_t)owner) : NULL;
    return segment != NULL && !(segment->flags & X12_SEGMENT_MISSING) ? segment : NULL;
}

/* Where a loop begins: at its own first segment, or at that of the nearest loop around it that has one. */
static const x12_segment *beginning_of(const x12_loop *loop)
{
    const x12_segment *segment = NULL;
    for (; loop != NULL && segment == NULL && loop->type->slot_count != 0; loop = loop->parent)
        segment = first_segment(loop);
    return segment;
}

static bool is_loop(const x12i_slot *slot)
{
    return slot->loop != NULL;
}

/* What a level lacks may stand below one that names a false parent; a level without its HL lacks more than is known. */
static bool is_of_orphan(const x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    return check->orphans && ((is_loop(slot) && slot->loop->level) || (loop->type->level && first_segment(loop) == NULL));
}

X12I_APART static void raise_missing(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    if (is_of_orphan(check, loop, slot))
        return;
    x12_position position = x12i_check_missing(beginning_of(loop), is_loop(slot) ? slot->loop : loop->type, slot);
    x12i_check_raise(check, is_loop(slot) ? X12_FINDING_LOOP_MISSING : X12_FINDING_SEGMENT_MISSING, &position);
}

/* The items of a list slot. */
static const x12i_list *list_of(const x12_loop *loop, const x12i_slot *slot)
{
    return (const x12i_list *)(const void *)((const char *)loop + slot->offset);
}

static const char *item_of(const x12_loop *loop, const x12i_slot *slot, size_t index)
{
    size_t size = is_loop(slot) ? slot->loop->size : slot->parts->size;
    return (const char *)list_of(loop, slot)->items + index * size;
}

static void check_count(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    if (slot->maximum == 0 || list_of(loop, slot)->count <= slot->maximum)
        return;
    const char *item = item_of(loop, slot, slot->maximum);
    const x12_segment *segment = is_loop(slot) ? beginning_of((const x12_loop *)(const void *)item) : *(const x12_segment *const *)(const void *)item;
    x12_position position = x12i_check_position(segment, is_loop(slot) ? slot->loop : loop->type, slot->segment);
    x12i_check_raise(check, is_loop(slot) ? X12_FINDING_TOO_MANY_LOOPS : X12_FINDING_TOO_MANY, &position);
}

static void check_whole(x12_check *check, const x12_loop *loop);

static void check_loops(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    if (slot->kind == X12I_SLOT_LOOP)
        check_whole(check, *(const x12_loop *const *)(const void *)((const char *)loop + slot->offset));
    else
        for (size_t i = 0; i < list_of(loop, slot)->count; i++)
            check_whole(check, (const x12_loop *)(const void *)item_of(loop, slot, i));
}

X12I_APART static void check_filled(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    if (slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS)
        check_count(check, loop, slot);
    if (is_loop(slot))
        check_loops(check, loop, slot);
}

/* Most hold nothing, and need not. A first segment that is missing was told when the loop was opened. */
static inline void check_slot(x12_check *check, const x12_loop *loop, unsigned index)
{
    const x12i_slot *slot = &loop->type->slots[index];
    if (x12i_is_filled(loop, index))
        check_filled(check, loop, slot);
    else if (slot->usage == X12I_REQUIRED && index != 0)
        raise_missing(check, loop, slot);
}

static void check_whole(x12_check *check, const x12_loop *loop)
{
    uint32_t told_before = check->told;
    if (loop->type->closed)
        return;
    for (unsigned i = 0; i < loop->type->counted_count; i++)
        check_slot(check, loop, loop->type->counted[i]);
    if (loop->type->rule_count != 0)
        x12i_check_rules(check, loop, told_before);
}

/* --- loops that are handed out in parts --- */

static uint32_t count_held(const x12_loop *loop, const x12i_slot *slot)
{
    return slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS ? (uint32_t)list_of(loop, slot)->count : 1;
}

/* A part holds no more than the slot may, but an earlier one may have held some. */
static void count_own(x12_check *check, const x12_loop *loop, unsigned index, uint32_t *count)
{
    const x12i_slot *slot = &loop->type->slots[index];
    uint32_t before = *count;
    *count += count_held(loop, slot);
    if (before == 0 || before > slot->maximum || *count <= slot->maximum || slot->maximum == 0 || is_loop(slot))
        return;
    const void *item = slot->kind == X12I_SLOT_SEGMENTS ? (const void *)item_of(loop, slot, slot->maximum - before)
                       : slot->kind == X12I_SLOT_INLINE ? (const void *)loop
                                                        : *(void *const *)(const void *)((const char *)loop + slot->offset);
    x12_position position = x12i_check_position(*x12i_segment_at(slot, (void *)(uintptr_t)item), loop->type, slot->segment);
    x12i_check_raise(check, X12_FINDING_TOO_MANY, &position);
}

/* The trailer of a part that goes on is still to come. */
static bool is_to_come(const x12_loop *loop, const x12i_slot *slot)
{
    return loop->goes_on && slot->kind == X12I_SLOT_INLINE && ((*x12i_segment_at(slot, (void *)(uintptr_t)loop))->flags & X12_SEGMENT_MISSING) != 0;
}

/* What stands in the loop's own struct, in front of what comes apart or behind it. */
static void check_own(x12_check *check, const x12_loop *loop, x12i_open_loop *open, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        if (x12i_is_apart(&loop->type->slots[i]) || !x12i_is_filled(loop, i) || is_to_come(loop, &loop->type->slots[i]))
            continue;
        check_slot(check, loop, i);
        if (i < X12I_COUNTED_SLOTS)
            count_own(check, loop, i, &open->counts[i]);
    }
}

static void check_missing(x12_check *check, const x12_loop *loop, const x12i_open_loop *open, unsigned index)
{
    const x12i_slot *slot = &loop->type->slots[index];
    if (slot->usage == X12I_REQUIRED && index != 0 && index < X12I_COUNTED_SLOTS && open->counts[index] == 0)
        raise_missing(check, loop, slot);
}

static void open_loop(x12_check *check, const x12_loop *loop)
{
    if (check->loop_count == X12I_MAXIMUM_DEPTH)
        return;
    x12i_open_loop *open = &check->loops[check->loop_count++];
    if (!loop->continued)
        *open = (x12i_open_loop){.type = loop->type, .told_before = check->told};
    check_own(check, loop, open, 0, loop->type->first_tail);
    for (unsigned i = 0; i < loop->type->first_tail && !loop->continued; i++)
        if (!x12i_is_apart(&loop->type->slots[i]))
            check_missing(check, loop, open, i);
}

static void close_loop(x12_check *check, const x12_loop *loop)
{
    if (check->loop_count > 0)
        check->loop_count--;
    x12i_open_loop *open = &check->loops[check->loop_count];
    check_own(check, loop, open, loop->type->first_tail, loop->type->slot_count);
    for (unsigned i = 0; i < loop->type->slot_count && !loop->goes_on; i++)
        if (i >= loop->type->first_tail || x12i_is_apart(&loop->type->slots[i]))
            check_missing(check, loop, open, i);
    if (!loop->goes_on && loop->type->rule_count != 0)
        x12i_check_rules(check, loop, open->told_before);
}

/* Counts a loop that came apart, in the one around it. */
static void count_loop(x12_check *check, const x12_loop *loop)
{
    x12i_open_loop *around = check->loop_count ? &check->loops[check->loop_count - 1] : NULL;
    bool implied = check->orphans && loop->type->level && first_segment(loop) == NULL;
    if (around == NULL || loop->parent == NULL || loop->parent->type != around->type || loop->continued || implied)
        return;
    for (unsigned i = 0; i < around->type->slot_count && i < X12I_COUNTED_SLOTS; i++) {
        const x12i_slot *slot = &around->type->slots[i];
        if (slot->loop != loop->type || ++around->counts[i] != slot->maximum + 1 || slot->maximum == 0)
            continue;
        x12_position position = x12i_check_position(beginning_of(loop), loop->type, slot->segment);
        x12i_check_raise(check, X12_FINDING_TOO_MANY_LOOPS, &position);
    }
}

static bool is_of_guide(const x12_loop *loop)
{
    return loop->type->guide != NULL && loop->type->guide != &x12i_envelope;
}

void x12i_check_structure(x12_check *check, const x12_event *event)
{
    const x12_loop *loop = event->loop;
    if (!is_of_guide(loop))
        return;
    if (event->kind != X12_LOOP_END)
        count_loop(check, loop);
    if (event->kind == X12_RECORD)
        check_whole(check, loop);
    else if (event->kind == X12_LOOP_START)
        open_loop(check, loop);
    else
        close_loop(check, loop);
}
