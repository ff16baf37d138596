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

/* Handed out by itself, not with the loop that it lies in. */
static bool is_apart(const x12i_slot *slot)
{
    return is_loop(slot) && (slot->loop->record || slot->loop->streamed);
}

static bool holds(const x12_loop *loop, unsigned index)
{
    const x12i_slot *slot = &loop->type->slots[index];
    if (slot->kind == X12I_SLOT_INLINE)
        return *x12i_segment_at(slot, (void *)(uintptr_t)loop) != NULL;
    return x12i_is_present(loop, index);
}

static void raise_missing(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    x12_position position = x12i_check_position(beginning_of(loop), is_loop(slot) ? slot->loop : loop->type, slot->segment);
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

static void check_slots(x12_check *check, const x12_loop *loop, unsigned from, unsigned to);

static void check_whole(x12_check *check, const x12_loop *loop)
{
    if (loop->type->closed)
        return;
    check_slots(check, loop, 0, loop->type->slot_count);
    if (loop->type->rule_count != 0)
        x12i_check_rules(check, loop);
}

static void check_loops(x12_check *check, const x12_loop *loop, const x12i_slot *slot)
{
    if (slot->kind == X12I_SLOT_LOOP)
        check_whole(check, *(const x12_loop *const *)(const void *)((const char *)loop + slot->offset));
    else
        for (size_t i = 0; i < list_of(loop, slot)->count; i++)
            check_whole(check, (const x12_loop *)(const void *)item_of(loop, slot, i));
}

/* A first segment that is missing was told when the loop was opened. */
static void check_slots(x12_check *check, const x12_loop *loop, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        if (!holds(loop, i)) {
            if (slot->usage == X12I_REQUIRED && i != 0)
                raise_missing(check, loop, slot);
        } else {
            if (slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS)
                check_count(check, loop, slot);
            if (is_loop(slot))
                check_loops(check, loop, slot);
        }
    }
}

/* --- loops that are handed out in parts --- */

/* What stands in the loop's own struct when it starts. */
static void check_front(x12_check *check, const x12_loop *loop)
{
    for (unsigned i = 0; i < loop->type->first_tail; i++)
        if (!is_apart(&loop->type->slots[i]))
            check_slots(check, loop, i, i + 1);
}

static void open_loop(x12_check *check, const x12_loop *loop)
{
    if (check->loop_count == X12I_MAXIMUM_DEPTH)
        return;
    if (!loop->continued) {
        check->loops[check->loop_count] = (x12i_open_loop){.type = loop->type};
        check_front(check, loop);
    }
    check->loop_count++;
}

static void close_loop(x12_check *check, const x12_loop *loop)
{
    if (check->loop_count > 0)
        check->loop_count--;
    if (loop->goes_on)
        return;
    const uint32_t *counts = check->loops[check->loop_count].counts;
    for (unsigned i = 0; i < loop->type->slot_count; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        if (!is_apart(slot)) {
            if (i >= loop->type->first_tail)
                check_slots(check, loop, i, i + 1);
        } else if (slot->usage == X12I_REQUIRED && i < X12I_COUNTED_SLOTS && counts[i] == 0) {
            raise_missing(check, loop, slot);
        }
    }
    if (loop->type->rule_count != 0)
        x12i_check_rules(check, loop);
}

/* Counts a loop that came apart, in the one around it. */
static void count_loop(x12_check *check, const x12_loop *loop)
{
    x12i_open_loop *around = check->loop_count ? &check->loops[check->loop_count - 1] : NULL;
    if (around == NULL || loop->parent == NULL || loop->parent->type != around->type || loop->continued)
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
