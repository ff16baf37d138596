#include "convert/json_labels.h"
#include "model/structure.h"

/* --- which slot a key stands for --- */

static bool found(x12i_json_place *place, unsigned slot, int part)
{
    place->slot = slot;
    place->part = part < 0 ? 0 : (unsigned)part;
    place->next_slot = part < 0 ? slot + 1 : slot;
    place->next_part = part < 0 ? 0 : (unsigned)part + 1;
    return true;
}

static bool match_slot(x12i_json_builder *builder, const x12_loop_type *type, x12i_json_place *place)
{
    unsigned from = place->next_part;
    for (unsigned i = place->next_slot; i < type->slot_count; i++, from = 0) {
        const x12i_slot *slot = &type->slots[i];
        if (slot->kind != X12I_SLOT_INLINE) {
            if (x12i_json_match(&builder->lexer, &slot->key))
                return found(place, i, -1);
            continue;
        }
        int part = x12i_json_match_part(builder, slot->parts, from);
        if (part >= 0)
            return found(place, i, part);
    }
    return false;
}

static bool named_slot(const x12i_json_builder *builder, const x12_loop_type *type, x12i_json_place *place)
{
    for (unsigned i = 0; i < type->slot_count; i++) {
        const x12i_slot *slot = &type->slots[i];
        if (slot->kind != X12I_SLOT_INLINE) {
            if (x12i_json_key_names(builder, &slot->key))
                return found(place, i, -1);
            continue;
        }
        int part = x12i_json_named_part(builder, slot->parts);
        if (part >= 0)
            return found(place, i, part);
    }
    return false;
}

/* --- what stands in a slot --- */

static bool read_segment_item(x12i_json_builder *builder, const void *context, void *item)
{
    const x12i_slot *slot = context;
    return x12i_json_read_object(builder, slot->parts, item, slot);
}

typedef struct loop_list {
    const x12_loop_type *type;
    x12_loop *parent;
} loop_list;

static bool read_loop_item(x12i_json_builder *builder, const void *context, void *item)
{
    const loop_list *list = context;
    x12_loop *loop = item;
    loop->type = list->type;
    loop->parent = list->parent;
    return x12i_json_begin(builder, '{') && x12i_json_read_loop(builder, loop, true);
}

static bool read_loops(x12i_json_builder *builder, const x12i_slot *slot, x12_loop *parent, x12i_list *list)
{
    loop_list context = {slot->loop, parent};
    if (!x12i_json_read_list(builder, list, slot->loop->size, read_loop_item, &context))
        return false;
    x12i_adopt_children_of(list, slot->loop->size);
    return true;
}

/* A struct of its own for a slot that holds one. */
static void *new_single(x12i_json_builder *builder, void **place, size_t size)
{
    if (*place != NULL) {
        x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
        return NULL;
    }
    return *place = x12i_json_allocate(builder, size);
}

static bool read_slot_value(x12i_json_builder *builder, const x12i_slot *slot, unsigned part, x12_loop *loop)
{
    void *place = (char *)loop + slot->offset, *single;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        return x12i_json_read_part(builder, slot->parts, part, loop);
    case X12I_SLOT_SEGMENT:
        single = new_single(builder, place, slot->parts->size);
        return single != NULL && x12i_json_read_object(builder, slot->parts, single, slot);
    case X12I_SLOT_SEGMENTS:
        return x12i_json_read_list(builder, place, slot->parts->size, read_segment_item, slot);
    case X12I_SLOT_LOOP:
        single = new_single(builder, place, slot->loop->size);
        return single != NULL && read_loop_item(builder, &(loop_list){slot->loop, loop}, single);
    case X12I_SLOT_LOOPS:
        return read_loops(builder, slot, loop, place);
    }
    return false;
}

static bool read_slot(x12i_json_builder *builder, const x12i_slot *slot, unsigned part, x12_loop *loop)
{
    if (slot->name == NULL)
        return read_slot_value(builder, slot, part, loop);
    if (!x12i_json_enter(builder, slot->name, 0) || !read_slot_value(builder, slot, part, loop))
        return false;
    x12i_json_leave(builder);
    return true;
}

/* --- members --- */

/* The periods of the loop's own fields; of those behind its lists of children, once these came. */
static bool settle(x12i_json_builder *builder, x12_loop *loop, const x12i_json_place *place)
{
    const unsigned from = place->started ? x12i_first_tail(loop->type) : 0, end = loop->type->slot_count;
    for (unsigned i = place->has_periods ? x12i_next_present(loop, from, end) : end; i < end; i = x12i_next_present(loop, i + 1, end)) {
        const x12i_slot *slot = &loop->type->slots[i];
        if (slot->kind == X12I_SLOT_INLINE && slot->parts->has_periods && !x12i_json_settle_periods(builder, slot->parts, loop, slot))
            return false;
    }
    return true;
}

static bool read_unmapped(x12i_json_builder *builder, x12_loop *loop)
{
    x12i_list list = {(void *)loop->unmapped.items, loop->unmapped.count};
    if (!x12i_json_enter(builder, "unmapped", 0) || !x12i_json_read_list(builder, &list, sizeof(x12_segment *), x12i_json_read_elements, NULL))
        return false;
    loop->unmapped = (x12_segment_list){list.items, list.count};
    x12i_json_leave(builder);
    return true;
}

/* `x12` among what stands before the lists of children, `x12End` (in lines `x12` too) behind them. */
static bool read_loop_notes(x12i_json_builder *builder, x12_loop *loop, x12i_json_place *place)
{
    bool end = place->started || x12i_json_key_is(builder, "x12End");
    bool *noted = end ? &place->end_noted : &place->noted;
    if (*noted)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    *noted = true;
    if (!x12i_json_enter(builder, "x12", 0) || !x12i_json_read_notes(builder, loop, place->started ? x12i_first_tail(loop->type) : 0))
        return false;
    x12i_json_leave(builder);
    return true;
}

/* The keys that every loop knows. False with status OK: it is none of them. */
static bool read_common(x12i_json_builder *builder, x12_loop *loop, x12i_json_place *place)
{
    if (x12i_json_key_is(builder, "x12") || x12i_json_key_is(builder, "x12End"))
        return read_loop_notes(builder, loop, place);
    bool unmapped = x12i_json_key_is(builder, "unmapped");
    if (!unmapped && !x12i_json_key_is(builder, "continued"))
        return false;
    if (place->started)
        return x12i_json_fail(builder, X12_FINDING_JSON_KEY_ORDER);
    if (unmapped)
        return read_unmapped(builder, loop);
    if (loop->continued)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    return loop->continued = x12i_json_read_true(builder);
}

/* The name of a code beside it. */
static bool skip_label(x12i_json_builder *builder, const x12_loop_type *type)
{
    for (unsigned i = 0; i < type->slot_count && builder->status == X12_OK; i++)
        if (type->slots[i].kind == X12I_SLOT_INLINE && x12i_json_skip_label(builder, type->slots[i].parts))
            return true;
    return false;
}

/* Children that are handed out come in the guide's order, and behind them only what X12 sends there. */
static bool in_order(x12i_json_builder *builder, const x12_loop_type *type, x12i_json_place *place, bool children)
{
    if (!type->streamed)
        return true;
    if (children && place->slot + 1 == place->child)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    unsigned least = children ? place->child : x12i_first_tail(type);
    if (place->started && place->slot < least)
        return x12i_json_fail(builder, X12_FINDING_JSON_KEY_ORDER);
    return true;
}

static x12i_json_found found_slot(x12i_json_builder *builder, x12_loop *loop, x12i_json_place *place)
{
    const x12i_slot *slot = &loop->type->slots[place->slot];
    bool children = loop->type->streamed && x12i_is_apart(slot);
    if (!in_order(builder, loop->type, place, children))
        return X12I_JSON_FOUND_NOTHING;
    if (children) {
        place->child = place->slot + 1;
        return X12I_JSON_FOUND_CHILDREN;
    }
    place->has_periods |= slot->kind == X12I_SLOT_INLINE && slot->parts->has_periods;
    return read_slot(builder, slot, place->part, loop) ? X12I_JSON_FOUND_END : X12I_JSON_FOUND_NOTHING;
}

x12i_json_found x12i_json_read_members(x12i_json_builder *builder, x12_loop *loop, x12i_json_place *place)
{
    bool more;
    while (x12i_json_more(builder, '}', &place->first, &more)) {
        if (!more)
            return settle(builder, loop, place) ? X12I_JSON_FOUND_END : X12I_JSON_FOUND_NOTHING;
        if (!match_slot(builder, loop->type, place)) {
            if (!x12i_json_read_key(builder))
                break;
            if (!named_slot(builder, loop->type, place)) {
                if (skip_label(builder, loop->type) || read_common(builder, loop, place))
                    continue;
                return builder->status != X12_OK ? X12I_JSON_FOUND_NOTHING : X12I_JSON_FOUND_OTHER;
            }
        }
        x12i_json_found result = found_slot(builder, loop, place);
        if (result != X12I_JSON_FOUND_END)
            return result == X12I_JSON_FOUND_CHILDREN && !settle(builder, loop, place) ? X12I_JSON_FOUND_NOTHING : result;
    }
    return X12I_JSON_FOUND_NOTHING;
}

bool x12i_json_read_loop(x12i_json_builder *builder, x12_loop *loop, bool first)
{
    x12i_json_place place = {.first = first};
    x12i_json_found result = x12i_json_read_members(builder, loop, &place);
    if (result == X12I_JSON_FOUND_OTHER)
        return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    return result == X12I_JSON_FOUND_END;
}
