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

/* Whether anything is there: of a value or composite, that something was sent. */
bool x12i_is_there(const x12i_scope *item);
/* Whether anything is there at the end of a path that is not sifted. */
bool x12i_leads_to_something(const x12i_path *path, const x12i_scope *scope);
/* How many are in the list at its end. */
size_t x12i_count_listed(const x12i_path *path, const x12i_scope *scope);
/* Whether a value that was not sent should have been: the guide requires it, and what holds it is there. */
bool x12i_is_lacking(const x12i_scope *item);

#endif
