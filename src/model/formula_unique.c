/* Whether no two values are alike, and where the first stands that was there before. */
#include "model/formula_values.h"
#include <remedi/decimal.h>

/* What is compared: numbers in their shortest spelling, all else as text. Empty: it cannot be told. */
static x12_text text_of(x12i_evaluation *evaluation, const x12i_result *result, char *spelled)
{
    x12_decimal number;
    if (result->kind != X12I_NUMBER && result->kind != X12I_UNKNOWN)
        return x12i_result_text(evaluation, result);
    if (!x12i_result_number(result, &number))
        return (x12_text){NULL, 0};
    return (x12_text){spelled, (uint32_t)x12_decimal_format(&number, spelled)};
}

/* The loops that come one by one are gone when it is told of: a copy of its segment stays. */
static void keep_place(x12i_met *met, const x12i_scope *item)
{
    met->place = x12i_place_of(item);
    if (met->arena == NULL || met->place.segment == NULL)
        return;
    met->segment = *met->place.segment;
    met->segment.text = met->segment.raw = met->segment.before = met->segment.after = NULL;
    met->place.segment = &met->segment;
}

void x12i_meet_item(x12i_evaluation *evaluation, const x12i_node *node, x12i_met *met, const x12i_scope *item)
{
    x12i_result result;
    char spelled[X12_DECIMAL_SIZE];
    bool again = false;
    x12i_item_result(&(x12i_formula_run){evaluation, NULL}, node, item, &result);
    if (result.kind == X12I_MISSING)
        return;
    met->count++;
    x12_text text = text_of(evaluation, &result, spelled);
    x12_arena *arena = met->arena ? met->arena : x12i_scratch_of(evaluation);
    if (text.length != 0 && (arena == NULL || !x12i_text_set_add(&met->values, arena, text, &again)))
        evaluation->failed = true;
    met->unknown |= text.length == 0 || (!again && x12i_text_set_is_full(&met->values));
    if (again && !met->again)
        keep_place(met, item);
    met->again |= again;
}

void x12i_forget_met(x12i_met *met)
{
    x12i_text_set_clear(&met->values);
    met->count = 0;
    met->again = met->unknown = false;
}

typedef struct meeting {
    x12i_evaluation *evaluation;
    const x12i_node *node;
    x12i_met *met;
} meeting;

static bool meet(void *context, const x12i_scope *item)
{
    const meeting *at = context;
    x12i_meet_item(at->evaluation, at->node, at->met, item);
    return !at->met->again;
}

/* What came one by one, or else what is there now, in `room`. */
static const x12i_met *meet_all(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_met *room)
{
    const x12i_met *gathered = node->number != 0 && run->gathered != NULL ? run->gathered->tallies[node->number - 1].met : NULL;
    if (gathered != NULL && gathered->count != 0)
        return gathered;
    *room = (x12i_met){0};
    meeting at = {run->evaluation, node, room};
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &at, meet}, scope);
    return room;
}

/* Two that are alike decide, whatever cannot be told of others. */
x12i_truth x12i_ask_unique(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_met room;
    const x12i_met *met = meet_all(run, node, scope, &room);
    if (met->again)
        return X12I_FAILS;
    return met->unknown && met->count > 1 ? X12I_UNTOLD : X12I_HOLDS;
}

bool x12i_find_second(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_place *place)
{
    x12i_met room;
    const x12i_met *met = meet_all(run, node, scope, &room);
    *place = met->place;
    return met->again;
}
