#include "model/formula_walk.h"
#include "model/formula_values.h"
#include "model/structure.h"

static const void *behind(const void *base, unsigned offset)
{
    return (const char *)base + offset;
}

x12i_scope x12i_path_start(const x12i_path *path, const x12i_scope *scope)
{
    const x12i_scope *at = scope;
    for (unsigned hops = path->hops; hops > 0; hops--)
        at = at->outer;
    return (x12i_scope){.base = x12i_spot_base(&path->spot, scope), .outer = scope, .same = path->ups == 0 ? at : NULL};
}

const void *x12i_path_single(const x12i_path *path, const x12i_scope *scope)
{
    const void *base = x12i_at_spot(&path->spot, x12i_spot_base(&path->spot, scope));
    for (unsigned i = path->spot.steps; i < path->step_count && base != NULL; i++) {
        base = behind(base, path->steps[i].offset);
        if (path->steps[i].kind == X12I_POINTED)
            base = *(const void *const *)base;
    }
    return base;
}

bool x12i_walk_on(const x12i_walk *walk, unsigned step, const x12i_scope *item)
{
    if (step == walk->path->step_count)
        return walk->visit(walk->context, item);
    x12i_scope next;
    for (size_t left = x12i_begin_items(&walk->path->steps[step], item, &next); left > 0; left--, x12i_next_item(&next))
        if ((next.step->filter == NULL || x12i_holds(walk->evaluation, next.step->filter, &next)) && !x12i_walk_on(walk, step + 1, &next))
            return false;
    return true;
}

bool x12i_walk_path(const x12i_walk *walk, const x12i_scope *scope)
{
    x12i_scope start = x12i_path_start(walk->path, scope);
    return start.base == NULL || x12i_walk_on(walk, 0, &start);
}

bool x12i_path_each(x12i_evaluation *evaluation, const x12i_path *path, const x12_loop *loop, void *context, bool (*visit)(void *context, const x12i_scope *item))
{
    x12i_scope scope = x12i_scope_of(loop);
    return x12i_walk_path(&(x12i_walk){evaluation, path, context, visit}, &scope);
}

/* ---- What is there, and what is not ---- */

static bool is_zero(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    while (size > 0 && *bytes == 0) {
        bytes++;
        size--;
    }
    return size == 0;
}

static const x12i_scope *itself(const x12i_scope *scope)
{
    while (scope->same != NULL)
        scope = scope->same;
    return scope;
}

static bool is_something(const x12i_path_step *step, const void *base)
{
    if (step == NULL || x12i_is_slot_step(step))
        return true;
    return step->value ? ((const x12_text *)base)->length != 0 : !is_zero(base, step->size);
}

bool x12i_is_there(const x12i_scope *item)
{
    return is_something(itself(item)->step, item->base);
}

bool x12i_leads_to_something(const x12i_path *path, const x12i_scope *scope)
{
    const void *base = x12i_path_single(path, scope);
    return base != NULL && is_something(path->step_count ? &path->steps[path->step_count - 1] : NULL, base);
}

size_t x12i_count_listed(const x12i_path *path, const x12i_scope *scope)
{
    const x12i_path_step *step = &path->steps[path->step_count - 1];
    const x12i_list *list = x12i_path_single(path, scope);
    if (list == NULL || x12i_is_slot_step(step))
        return list ? list->count : 0;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += is_something(step, behind(list->items, (unsigned)i * step->size));
    return count;
}

bool x12i_is_lacking(const x12i_scope *item)
{
    const x12i_path_step *step = item->step;
    if (step == NULL || !step->wanted)
        return false;
    const x12i_scope *holder = itself(item->outer);
    if (step->slot != NULL)
        return step->slot->usage == X12I_REQUIRED || *x12i_segment_at(step->slot, (void *)(uintptr_t)holder->base) != NULL;
    return x12i_is_there(holder);
}

/* ---- Where things stand ---- */

static const x12_segment *opening_segment(const x12_loop *loop)
{
    const x12i_slot *slot = loop->type->slot_count ? &loop->type->slots[0] : NULL;
    return slot != NULL && slot->kind == X12I_SLOT_INLINE ? *x12i_segment_at(slot, (void *)(uintptr_t)loop) : NULL;
}

static void place_in_loop(x12i_place *place, const x12_loop *loop, const x12i_slot *slot, const x12_segment *segment)
{
    place->loop = loop->type;
    place->slot = slot;
    place->absent = slot != NULL && segment == NULL;
    place->segment = segment ? segment : opening_segment(loop);
}

/* The number of a part, once it is known which part that is: what is within a composite comes first. */
static void note_part(x12i_place *place, unsigned number)
{
    place->component = place->element;
    place->element = (uint8_t)number;
}

const x12_segment *x12i_segment_of(const x12i_scope *item)
{
    return item->step == NULL && item->same == NULL ? opening_segment(item->base) : x12i_place_of(item).segment;
}

x12i_place x12i_place_of(const x12i_scope *item)
{
    x12i_place place = {0};
    unsigned within_item = 0; /* of a run */
    for (const x12i_scope *at = itself(item);;) {
        const x12i_path_step *step = at->step;
        if (step == NULL || (x12i_is_slot_step(step) && step->slot->loop != NULL)) {
            place_in_loop(&place, at->base, NULL, NULL);
            return place;
        }
        const x12i_scope *holder = itself(at->outer);
        if (x12i_is_slot_step(step)) {
            place_in_loop(&place, holder->base, step->slot, *(const x12_segment *const *)at->base);
            return place;
        }
        bool of_item = holder->step != NULL && holder->step->run != NULL && !holder->step->run->bare;
        if (step->run != NULL)
            note_part(&place, step->run->first + at->index * step->run->stride + within_item);
        else if (of_item)
            within_item = step->part;
        else
            note_part(&place, step->part);
        if (step->kind == X12I_LISTED && step->run == NULL)
            place.repetition = (uint16_t)(at->index + 1);
        if (step->slot != NULL) {
            place_in_loop(&place, holder->base, step->slot, *x12i_segment_at(step->slot, (void *)(uintptr_t)holder->base));
            return place;
        }
        at = holder;
    }
}
