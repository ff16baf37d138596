/* Paths at work: from a scope to what stands at their ends. */
#ifndef REMEDI_MODEL_FORMULA_WALK_H
#define REMEDI_MODEL_FORMULA_WALK_H

#include "base/compiler.h"
#include "model/formula_tree.h"

typedef struct x12i_walk {
    x12i_evaluation *evaluation;
    const x12i_path *path;
    void *context;
    bool (*visit)(void *context, const x12i_scope *item);
} x12i_walk;

/* Where a step leads from `base`: how many items there are, and the first of them. */
static inline size_t x12i_find_items(const x12i_path_step *step, const void *base, const void **first)
{
    const void *place = (const char *)base + step->offset;
    *first = place;
    if (step->kind == X12I_EMBEDDED)
        return 1;
    *first = *(const void *const *)place; /* a list begins with that, too */
    return *first == NULL ? 0 : step->kind == X12I_POINTED ? 1 : ((const x12i_list *)place)->count;
}

/* The same as scopes; and on to the next. */
static inline size_t x12i_begin_items(const x12i_path_step *step, const x12i_scope *outer, x12i_scope *item)
{
    *item = (x12i_scope){.outer = outer, .step = step};
    return x12i_find_items(step, outer->base, &item->base);
}

static inline void x12i_next_item(x12i_scope *item)
{
    item->index++;
    item->base = (const char *)item->base + item->step->size;
}

/* Hands out each item; false where `visit` said so. */
bool x12i_walk_path(const x12i_walk *walk, const x12i_scope *scope);
/* The same from the item of step `step` - 1 on: what leads there has been walked. */
bool x12i_walk_on(const x12i_walk *walk, unsigned step, const x12i_scope *item);

/* Where the path begins; `base` NULL: there is no such loop. */
x12i_scope x12i_path_start(const x12i_path *path, const x12i_scope *scope);
/* Where the value of a path stands that is not sifted; NULL: what holds it is not there. */
const void *x12i_path_single(const x12i_path *path, const x12i_scope *scope);

/* Where the path begins that the spot is of; NULL: there is no such loop. */
static inline const char *x12i_spot_base(const x12i_spot *spot, const x12i_scope *scope)
{
    if (spot->from == 0)
        return scope->base;
    for (unsigned hops = spot->from % X12I_UP; hops > 0; hops--)
        scope = scope->outer;
    const void *base = scope->base;
    for (unsigned ups = spot->from / X12I_UP; ups > 0 && base != NULL; ups--)
        base = ((const x12_loop *)base)->parent;
    return base;
}

/* What stands at the spot, from there; NULL: nothing does. */
static inline const void *x12i_at_spot(const x12i_spot *spot, const char *base)
{
    if (base == NULL)
        return NULL;
    base += spot->offset;
    if (!spot->pointed)
        return base;
    base = *(const char *const *)(const void *)base;
    return base ? base + spot->behind : NULL;
}

/* The segment of x12i_place_of. */
const x12_segment *x12i_segment_of(const x12i_scope *item);

/* False where a list that the path goes through first has no items. */
static inline bool x12i_may_lead_on(const x12i_path *path, const x12i_scope *scope)
{
    x12i_spot spot;
    if (!x12i_list_spot(path, &spot))
        return true;
    const x12i_list *list = x12i_at_spot(&spot, x12i_spot_base(&spot, scope));
    return list != NULL && list->count != 0;
}

/* Whether anything is there: of a value or composite, that something was sent. */
bool x12i_is_there(const x12i_scope *item);
/* Whether anything is there at the end of a path that is not sifted. */
bool x12i_leads_to_something(const x12i_path *path, const x12i_scope *scope);
/* How many are in the list at its end. */
size_t x12i_count_listed(const x12i_path *path, const x12i_scope *scope);
/* Whether a value that was not sent should have been: the guide requires it, and what holds it is there. */
bool x12i_is_lacking(const x12i_scope *item);

#endif
