#include "model/writer_state.h"

static bool is_trailer(const x12i_slot *slot)
{
    return slot->parts->field_count != 0 && slot->parts->fields[0].fill == X12I_FILL_COUNT;
}

/* What the trailer of this loop says: the parts before it, and the control number of its header. */
static void derive_trailer(x12_writer *writer, const x12_loop *loop)
{
    unsigned level = x12i_level_of(loop->type);
    writer->encoder.count = level == X12I_TRANSACTION ? writer->count[level] + 1 : writer->count[level];
    writer->encoder.same_control = x12i_text_of(&writer->control[level]);
}

/* HL04 comes last in its segment, before the terminator. */
static void put_fields(x12_writer *writer, const x12_segment *segment)
{
    bool open = writer->starting && writer->encoder.told_children && !(segment != NULL && (segment->flags & X12_SEGMENT_UNTERMINATED));
    if (open)
        x12i_sink_keep(writer->sink, true);
    x12i_put_segment(writer, segment, writer->fields.data, writer->fields.length);
    if (open)
        writer->children_at = x12i_sink_end(writer->sink) - 2;
}

static void write_fields(x12_writer *writer, const x12_loop *loop, const x12i_slot *slot, const void *owner, bool required)
{
    const x12_segment *segment = *x12i_segment_at(slot, (void *)(uintptr_t)owner);
    if (segment != NULL && (segment->flags & X12_SEGMENT_MISSING)) {
        x12i_keep_after(writer, segment);
        return;
    }
    if (is_trailer(slot))
        derive_trailer(writer, loop);
    writer->encoder.position = (x12_position){.loop = loop->type->id};
    writer->fields.length = 0;
    x12i_encode(&writer->encoder, slot->parts, owner, &writer->fields);
    if (writer->fields.failed)
        x12i_writer_fail(writer, X12_ERROR_MEMORY);
    else if (writer->encoder.refused)
        x12i_writer_fail(writer, X12_ERROR_REFUSED);
    else if (segment != NULL && (segment->flags & X12_SEGMENT_AS_SENT))
        x12i_put_as_sent(writer, slot, slot->parts->size ? slot->parts->size : loop->type->size, segment);
    else if (writer->encoder.stored != 0 || required)
        put_fields(writer, segment);
}

static void write_loop(x12_writer *writer, const x12_loop *loop, uint64_t ordinal);

static size_t part_count(const x12_loop *loop, unsigned index)
{
    if (index == loop->type->slot_count)
        return loop->unmapped.count;
    const x12i_slot *slot = &loop->type->slots[index];
    const char *place = (const char *)loop + slot->offset;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        return index == 0 || is_trailer(slot) || x12i_is_present(loop, index);
    case X12I_SLOT_SEGMENTS:
    case X12I_SLOT_LOOPS:
        return ((const x12i_list *)(const void *)place)->count;
    default:
        return *(void *const *)(const void *)place != NULL;
    }
}

static void write_part(x12_writer *writer, const x12_loop *loop, unsigned index, size_t item)
{
    if (index == loop->type->slot_count) {
        x12i_put_unnamed(writer, loop->unmapped.items[item]);
        return;
    }
    const x12i_slot *slot = &loop->type->slots[index];
    const void *place = (const char *)loop + slot->offset;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        write_fields(writer, loop, slot, loop, (index == 0 && !loop->continued) || is_trailer(slot));
        break;
    case X12I_SLOT_SEGMENT:
        write_fields(writer, loop, slot, *(void *const *)place, true);
        break;
    case X12I_SLOT_SEGMENTS:
        write_fields(writer, loop, slot, (const char *)((const x12i_list *)place)->items + item * slot->parts->size, true);
        break;
    case X12I_SLOT_LOOP:
        write_loop(writer, *(x12_loop *const *)place, 1);
        break;
    case X12I_SLOT_LOOPS:
        write_loop(writer, (const x12_loop *)(const void *)((const char *)((const x12i_list *)place)->items + item * slot->loop->size), item + 1);
        break;
    }
}

/* Whether the slot holds nothing, and nothing is filled in: most of the slots of most loops. */
static inline bool is_nothing(const x12_loop *loop, unsigned index)
{
    if (index == 0 || index == loop->type->slot_count || x12i_is_present(loop, index))
        return false;
    const x12i_slot *slot = &loop->type->slots[index];
    return slot->kind != X12I_SLOT_INLINE || !is_trailer(slot);
}

void x12i_write_slots(x12_writer *writer, const x12_loop *loop, unsigned from, unsigned to)
{
    for (unsigned index = from; index < to; index++) {
        size_t count = is_nothing(loop, index) ? 0 : part_count(loop, index);
        for (size_t item = 0; item < count && writer->status == X12_OK; item++)
            write_part(writer, loop, index, item);
    }
}

/* How far each slot of a loop in its own order is written, and how often `order` still names it. */
typedef struct progress {
    uint32_t written;
    uint32_t named;
} progress;

static void write_rest(x12_writer *writer, const x12_loop *loop, unsigned index, progress *slot)
{
    for (size_t count = part_count(loop, index); slot->written < count && writer->status == X12_OK; slot->written++)
        write_part(writer, loop, index, slot->written);
}

/* The parts as `order` names them; those that it does not name at the guide's place. */
static void write_in_order(x12_writer *writer, const x12_loop *loop, unsigned to, progress *slots)
{
    unsigned unnamed = 0; /* slots below this that `order` does not name are written */
    if (!loop->continued)
        slots[0].named++;
    for (uint32_t i = 0; i < loop->order_count; i++)
        slots[loop->order[i]].named++;
    if (!loop->continued) {
        slots[0].named--;
        write_part(writer, loop, 0, slots[0].written++);
    }
    for (uint32_t i = 0; i < loop->order_count; i++) {
        unsigned index = loop->order[i];
        for (; unnamed < index && unnamed < to; unnamed++)
            if (slots[unnamed].named == 0)
                write_rest(writer, loop, unnamed, &slots[unnamed]);
        if (slots[index].written < part_count(loop, index))
            write_part(writer, loop, index, slots[index].written++);
        if (--slots[index].named == 0)
            write_rest(writer, loop, index, &slots[index]);
    }
    for (unsigned index = 0; index < to; index++)
        write_rest(writer, loop, index, &slots[index]);
    write_rest(writer, loop, loop->type->slot_count, &slots[loop->type->slot_count]);
}

void x12i_write_own(x12_writer *writer, const x12_loop *loop, unsigned to)
{
    if (loop->order == NULL) {
        x12i_write_slots(writer, loop, 0, to);
        x12i_write_slots(writer, loop, loop->type->slot_count, loop->type->slot_count + 1u);
        return;
    }
    x12i_mark mark = x12i_arena_mark(writer->scratch);
    progress *slots = x12_arena_allocate(writer->scratch, (loop->type->slot_count + 1u) * sizeof *slots);
    if (slots == NULL)
        x12i_writer_fail(writer, X12_ERROR_MEMORY);
    else
        write_in_order(writer, loop, to, slots);
    x12i_arena_release(writer->scratch, mark);
}

static bool has_levels(const x12_loop *loop)
{
    for (unsigned i = 0; i < loop->type->slot_count; i++)
        if (loop->type->slots[i].loop != NULL && loop->type->slots[i].loop->level && part_count(loop, i) != 0)
            return true;
    return false;
}

void x12i_open_level(x12_writer *writer, const x12_loop *loop)
{
    if (!loop->type->level || writer->level_depth == X12I_MAXIMUM_DEPTH)
        return;
    unsigned depth = writer->level_depth++;
    if (loop->continued)
        return; /* it keeps the number that it had */
    const x12_segment *header = *x12i_segment_at(&loop->type->slots[0], (void *)(uintptr_t)loop);
    bool missing = header != NULL && (header->flags & X12_SEGMENT_MISSING);
    writer->open_levels[depth] = missing ? 0 : ++writer->levels;
    writer->encoder.level = writer->open_levels[depth];
    writer->encoder.parent_level = depth > 0 ? writer->open_levels[depth - 1] : 0;
    writer->encoder.has_children = has_levels(loop);
}

void x12i_close_level(x12_writer *writer, const x12_loop *loop)
{
    if (loop->type->level && writer->level_depth > 0)
        writer->level_depth--;
}

static void write_loop(x12_writer *writer, const x12_loop *loop, uint64_t ordinal)
{
    writer->encoder.ordinal = ordinal;
    x12i_open_level(writer, loop);
    x12i_write_own(writer, loop, loop->type->slot_count);
    x12i_close_level(writer, loop);
}
