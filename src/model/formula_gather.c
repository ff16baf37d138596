/* Sums and the like over loops that are handed out one by one. */
#include "model/formula_values.h"

bool x12i_formula_gathers(const x12i_formula *formula)
{
    return formula->gathering_count != 0;
}

/* The loops whose items a path's values are taken from, as they come by. */
static const x12_loop_type *gathered_type(const x12i_node *node)
{
    return node->path->steps[node->path->crossing - 1].slot->loop;
}

bool x12i_formula_gathers_from(const x12i_formula *formula, const x12_loop_type *type)
{
    for (unsigned i = 0; i < formula->gathering_count; i++)
        if (gathered_type(formula->gathering[i]) == type)
            return true;
    return false;
}

/* To those of its tallies that are unique()'s. */
static bool give_sets(x12i_gathered *gathered, x12_arena *arena)
{
    for (unsigned i = 0; i < gathered->formula->gathering_count; i++) {
        if (gathered->formula->gathering[i]->operation != X12I_UNIQUE)
            continue;
        x12i_met *met = gathered->tallies[i].met = x12_arena_allocate(arena, sizeof *met);
        if (met == NULL)
            return false;
        met->arena = arena;
    }
    return true;
}

x12i_gathered *x12i_gathered_new(const x12i_formula *formula, x12_arena *arena)
{
    x12i_gathered *gathered = x12_arena_allocate(arena, sizeof *gathered);
    x12i_tally *tallies = x12_arena_allocate(arena, (formula->gathering_count + 1) * sizeof *tallies);
    if (gathered == NULL || tallies == NULL)
        return NULL;
    *gathered = (x12i_gathered){formula, tallies};
    if (!give_sets(gathered, arena))
        return NULL;
    x12i_gather_begin(gathered);
    return gathered;
}

void x12i_gather_begin(x12i_gathered *gathered)
{
    for (unsigned i = 0; i < gathered->formula->gathering_count; i++) {
        x12i_met *met = gathered->tallies[i].met;
        gathered->tallies[i] = (x12i_tally){.sum = x12i_zero, .met = met};
        if (met != NULL)
            x12i_forget_met(met);
    }
}

typedef struct gathering {
    x12i_evaluation *evaluation;
    const x12i_node *node;
    x12i_tally *tally;
} gathering;

/* That there is one, no other changes. */
static bool is_decided(const x12i_node *node, const x12i_tally *tally)
{
    return node->operation == X12I_HAS && tally->count != 0;
}

static bool gather_item(void *context, const x12i_scope *item)
{
    gathering *at = context;
    x12i_tally_item(at->evaluation, at->node, at->tally, item);
    return !is_decided(at->node, at->tally);
}

/* The loops that the path leads through, from the formula's own to the one at hand; false where these are others. */
static bool find_loops(const x12i_path *path, const x12_loop *loop, const x12_loop **loops)
{
    for (unsigned step = path->crossing; step > 0; step--, loop = loop->parent) {
        if (loop == NULL || loop->type != path->steps[step - 1].slot->loop)
            return false;
        loops[step] = loop;
    }
    loops[0] = loop;
    return loop != NULL;
}

/* The scopes that a walk from the formula's loop would have made, and then on with the walk. */
static void gather_from(x12i_evaluation *evaluation, const x12i_node *node, x12i_tally *tally, const x12_loop *loop)
{
    gathering at = {evaluation, node, tally};
    const x12i_walk walk = {evaluation, node->path, &at, gather_item};
    const x12_loop *loops[X12I_MOST_STEPS + 1];
    x12i_scope scopes[X12I_MOST_STEPS + 2];
    unsigned crossing = node->path->crossing;
    x12i_release_scratch(evaluation);
    if (!find_loops(node->path, loop, loops))
        return;
    scopes[0] = x12i_scope_of(loops[0]);
    scopes[1] = (x12i_scope){.base = loops[0], .outer = &scopes[0], .same = &scopes[0]};
    for (unsigned step = 1; step <= crossing; step++) {
        const x12i_path_step *taken = &node->path->steps[step - 1];
        scopes[step + 1] = (x12i_scope){.base = loops[step], .outer = &scopes[step], .step = taken};
        if (taken->filter != NULL && !x12i_holds(evaluation, taken->filter, &scopes[step + 1]))
            return;
    }
    x12i_walk_on(&walk, crossing, &scopes[crossing + 1]);
}

/* A loop that goes on with another was counted with it, and so was what its filters ask for; what it holds itself was not. */
static bool is_counted_already(const x12i_node *node, const x12_loop *loop)
{
    return loop->continued && node->path->crossing == node->path->step_count;
}

void x12i_gather(x12i_evaluation *evaluation, x12i_gathered *gathered, const x12_event *event)
{
    if (event->kind != X12_RECORD && event->kind != X12_LOOP_END)
        return;
    const x12i_formula *formula = gathered->formula;
    for (unsigned i = 0; i < formula->gathering_count; i++) {
        const x12i_node *node = formula->gathering[i];
        if (gathered_type(node) == event->loop->type && !is_decided(node, &gathered->tallies[i]) && !is_counted_already(node, event->loop))
            gather_from(evaluation, node, &gathered->tallies[i], event->loop);
    }
}
