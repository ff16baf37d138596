#include "convert/json_names.h"
#include "convert/json_output.h"

static const void *place_of(const x12_loop *loop, const x12i_slot *slot)
{
    return (const char *)loop + slot->offset;
}

static X12I_WITHIN char *put_segment(x12i_json_output *output, char *out, const x12i_slot *slot, const void *owner)
{
    const x12_segment *segment = *(const x12_segment *const *)owner;
    x12i_json_use_segment(output, segment);
    out = x12i_json_open(output, out, '{');
    out = x12i_json_put_parts(output, out, slot->parts, owner);
    if (segment != NULL && (segment->flags & X12_SEGMENT_NOTED))
        out = x12i_json_put_note(output, out, slot, segment);
    return x12i_json_close(output, out, '}');
}

static char *put_loop_object(x12i_json_output *output, char *out, const x12_loop *loop)
{
    out = x12i_json_open(output, out, '{');
    out = x12i_json_put_loop(output, out, loop);
    return x12i_json_close(output, out, '}');
}

X12I_APART static char *put_list(x12i_json_output *output, char *out, const x12i_slot *slot, const x12i_list *list)
{
    out = x12i_json_put_key(output, out, slot->key);
    *out++ = '[';
    for (size_t i = 0; i < list->count; i++) {
        const char *items = list->items;
        if (slot->kind == X12I_SLOT_SEGMENTS)
            out = put_segment(output, out, slot, items + i * slot->parts->size);
        else
            out = put_loop_object(output, out, (const x12_loop *)(const void *)(items + i * slot->loop->size));
    }
    return x12i_json_close(output, out, ']');
}

/* A slot that is present. */
static X12I_WITHIN char *put_slot(x12i_json_output *output, char *out, const x12i_slot *slot, const x12_loop *loop)
{
    const void *place = place_of(loop, slot);
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        x12i_json_use_segment(output, *(const x12_segment *const *)(const void *)((const char *)loop + slot->segment_offset));
        return x12i_json_put_parts(output, out, slot->parts, loop);
    case X12I_SLOT_SEGMENT:
        out = x12i_json_put_key(output, out, slot->key);
        return put_segment(output, out, slot, *(const void *const *)place);
    case X12I_SLOT_LOOP:
        out = x12i_json_put_key(output, out, slot->key);
        return put_loop_object(output, out, *(const x12_loop *const *)place);
    case X12I_SLOT_SEGMENTS:
    case X12I_SLOT_LOOPS:
        return put_list(output, out, slot, place);
    }
    return out;
}

static char *put_identity(x12i_json_output *output, char *out, const x12_loop *loop)
{
    if (loop->type == &x12i_unnamed_type)
        return x12i_json_put_named(output, out, "transaction", ((const x12i_unnamed *)(const void *)loop)->transaction);
    out = x12i_json_put_named(output, out, "transaction", x12i_string_text(loop->type->guide->transaction));
    return x12i_json_put_named(output, out, "guide", x12i_string_text(loop->type->guide->id));
}

static char *put_unmapped(x12i_json_output *output, char *out, const x12_loop *loop)
{
    out = x12i_json_put_name(output, out, "unmapped");
    *out++ = '[';
    for (size_t i = 0; i < loop->unmapped.count; i++)
        out = x12i_json_put_elements(output, out, loop->unmapped.items[i]);
    return x12i_json_close(output, out, ']');
}

char *x12i_json_put_head(x12i_json_output *output, char *out, const x12_loop *loop)
{
    unsigned end = x12i_head_end(loop->type);
    if (x12i_is_transaction(loop->type))
        out = put_identity(output, out, loop);
    if (loop->continued)
        out = x12i_json_put_true(output, out, "continued");
    bool noted = false;
    for (unsigned i = x12i_next_present(loop, 0, end); i < end; i = x12i_next_present(loop, i + 1, end)) {
        const x12i_slot *slot = &loop->type->slots[i];
        if (loop->type->streamed && x12i_is_apart(slot))
            continue;
        out = put_slot(output, out, slot, loop);
        noted |= x12i_json_noted(loop, slot) != NULL;
    }
    if (loop->unmapped.count != 0)
        out = put_unmapped(output, out, loop);
    output->noted = noted;
    return out;
}

char *x12i_json_put_head_notes(x12i_json_output *output, char *out, const x12_loop *loop)
{
    if (!output->noted && loop->order == NULL)
        return out;
    return x12i_json_put_notes(output, out, "x12", loop, 0, x12i_head_end(loop->type), true);
}

char *x12i_json_put_tail(x12i_json_output *output, char *out, const x12_loop *loop, const char *notes)
{
    unsigned first = x12i_head_end(loop->type), end = loop->type->slot_count;
    for (unsigned i = first; i < end; i++)
        if (x12i_is_present(loop, i))
            out = put_slot(output, out, &loop->type->slots[i], loop);
    return x12i_json_put_notes(output, out, notes, loop, first, end, false);
}

char *x12i_json_put_loop(x12i_json_output *output, char *out, const x12_loop *loop)
{
    out = x12i_json_put_head(output, out, loop);
    out = x12i_json_put_head_notes(output, out, loop);
    if (!loop->type->streamed)
        return out;
    for (unsigned i = 0; i < x12i_head_end(loop->type); i++)
        if (x12i_is_present(loop, i) && x12i_is_apart(&loop->type->slots[i]))
            out = put_slot(output, out, &loop->type->slots[i], loop);
    return x12i_json_put_tail(output, out, loop, "x12End");
}
