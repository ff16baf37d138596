/* Formulas over what a path leads to: sums and the like, the first item, and where it stands. */
#include "model/formula_values.h"
#include <remedi/decimal.h>

typedef struct tallying {
    x12i_evaluation *evaluation;
    const x12i_node *node;
    x12i_tally tally;
} tallying;

static bool tally_item(void *context, const x12i_scope *item)
{
    tallying *at = context;
    x12i_tally_item(at->evaluation, at->node, &at->tally, item);
    return at->node->operation != X12I_HAS || at->tally.count == 0;
}

static x12i_tally tally_all(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    tallying at = {run->evaluation, node, {.sum = x12i_zero}};
    if (node->number != 0 && run->gathered != NULL)
        at.tally = run->gathered->tallies[node->number - 1];
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &at, tally_item}, scope);
    return at.tally;
}

bool x12i_tally_number(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *number)
{
    bool gathered = node->number != 0 && run->gathered != NULL;
    if (node->sums != NULL && !gathered && x12i_sum_up(node->sums, scope, number))
        return true;
    if (node->operation == X12I_COUNT && node->path->listed) {
        *number = x12_decimal_make((int64_t)x12i_count_listed(node->path, scope), 0);
        return true;
    }
    const x12i_tally tally = tally_all(run, node, scope);
    *number = node->operation == X12I_COUNT ? x12_decimal_make((int64_t)tally.count, 0) : tally.sum;
    return !tally.unknown;
}

/* What one of them decides need not be known of the others. */
x12i_truth x12i_ask_tally(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    const x12i_tally tally = tally_all(run, node, scope);
    bool some = node->operation != X12I_ALL, decided = some ? tally.count != 0 : tally.against;
    if (tally.unknown && !decided)
        return X12I_UNTOLD;
    return decided == some ? X12I_HOLDS : X12I_FAILS;
}

void x12i_item_result(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *item, x12i_result *result)
{
    if (node->first != NULL)
        x12i_run_node(run, node->first, item, result);
    else
        x12i_item_value(run->evaluation, item, result);
}

typedef struct finding_first {
    const x12i_formula_run *run;
    const x12i_node *node;
    x12i_result *result;
} finding_first;

static bool take_first(void *context, const x12i_scope *item)
{
    finding_first *search = context;
    x12i_item_result(search->run, search->node, item, search->result);
    return search->result->kind == X12I_MISSING;
}

void x12i_find_first(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    finding_first search = {run, node, result};
    result->kind = X12I_MISSING;
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &search, take_first}, scope);
}

static bool take_place(void *context, const x12i_scope *item)
{
    *(x12i_place *)context = x12i_place_of(item);
    return false;
}

/* Its first item's. */
static bool find_place(x12i_evaluation *evaluation, const x12i_path *path, const x12i_scope *scope, x12i_place *place)
{
    if (path->step_count != 0 || path->ups != 0)
        return !x12i_walk_path(&(x12i_walk){evaluation, path, place, take_place}, scope);
    return !take_place(place, scope);
}

/* Where a path would go on that has no items: in the last of its steps that has some. */
static x12i_place place_of_none(x12i_evaluation *evaluation, const x12i_path *path, const x12i_scope *scope)
{
    x12i_place place;
    x12i_path shorter = *path;
    while (shorter.step_count > 0) {
        const x12i_slot *slot = path->steps[--shorter.step_count].slot;
        if (!find_place(evaluation, &shorter, scope, &place))
            continue;
        if (slot != NULL) {
            place.loop = slot->loop ? slot->loop : place.loop;
            place.slot = slot->loop ? slot->loop->slots : slot;
            place.absent = true;
        }
        return place;
    }
    return x12i_place_of(scope);
}

static x12i_place place_of_path(x12i_evaluation *evaluation, const x12i_path *path, const x12i_scope *scope)
{
    x12i_place place;
    if (path == NULL)
        return x12i_place_of(scope);
    return find_place(evaluation, path, scope, &place) ? place : place_of_none(evaluation, path, scope);
}

x12i_place x12i_formula_place(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope)
{
    return place_of_path(evaluation, formula->first_path, scope);
}

x12i_place x12i_formula_fault(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered)
{
    const x12i_formula_run run = {evaluation, gathered};
    const x12i_node *part = formula->root;
    while (part->operation == X12I_AND) {
        x12i_result first;
        x12i_run_node(&run, part->first, scope, &first);
        part = first.kind == X12I_TRUTH && first.truth ? part->second : part->first;
    }
    x12i_place second;
    if (part->operation == X12I_UNIQUE && x12i_find_second(&run, part, scope, &second))
        return second;
    return place_of_path(evaluation, part->operation == X12I_HAS ? part->path : formula->first_path, scope);
}

/* Nothing that was made by hand stands anywhere. */
bool x12i_tell_place(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, uint64_t *number)
{
    x12i_place place;
    const x12_segment *segment = NULL;
    if (node->path->step_count == 0 && node->path->ups == 0)
        segment = x12i_segment_of(scope);
    else if (find_place(run->evaluation, node->path, scope, &place))
        segment = place.segment;
    if (segment == NULL || segment->line == 0)
        return false;
    *number = node->operation == X12I_LINE ? segment->line : segment->offset;
    return true;
}
