/* Conditions in formulas: what holds, what fails, and what cannot be told. */
#include "base/compiler.h"
#include "model/formula_values.h"
#include <remedi/decimal.h>
#include <string.h>

static x12i_truth truth_of(bool holds)
{
    return holds ? X12I_HOLDS : X12I_FAILS;
}

static int order_of(x12_text left, x12_text right)
{
    uint32_t shorter = left.length < right.length ? left.length : right.length;
    int order = shorter ? memcmp(left.data, right.data, shorter) : 0;
    return order ? order : (left.length > right.length) - (left.length < right.length);
}

static bool accepts(const x12i_node *node, int order)
{
    switch ((x12i_operation)node->operation) {
    case X12I_EQUAL:
        return order == 0;
    case X12I_NOT_EQUAL:
        return order != 0;
    case X12I_LESS:
        return order < 0;
    case X12I_LESS_EQUAL:
        return order <= 0;
    case X12I_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* Whether its text can be set before or after others: of what should be a date, only a real one. */
static bool is_ordered(const x12i_node *node, const x12i_result *result, bool dated)
{
    return result->kind == X12I_DATED || (result->kind == X12I_STRING && (!dated || node->operation == X12I_CONSTANT));
}

static bool is_text(const x12i_result *result)
{
    return result->kind == X12I_STRING || result->kind == X12I_DATED || result->kind == X12I_MISSING;
}

X12I_APART static x12i_truth compare_texts(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_result left, right;
    x12i_run_node(run, node->first, scope, &left);
    x12i_run_node(run, node->second, scope, &right);
    bool dated = node->first->type == X12I_DATED || node->second->type == X12I_DATED;
    bool told = node->operation <= X12I_NOT_EQUAL ? is_text(&left) && is_text(&right) : is_ordered(node->first, &left, dated) && is_ordered(node->second, &right, dated);
    return told ? truth_of(accepts(node, order_of(x12i_result_text(run->evaluation, &left), x12i_result_text(run->evaluation, &right)))) : X12I_UNTOLD;
}

X12I_APART static x12i_truth compare(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12_decimal room[2];
    if (node->first->type != X12I_NUMBER && node->second->type != X12I_NUMBER)
        return compare_texts(run, node, scope);
    const x12_decimal *left = x12i_number_of(run, node->first, scope, &room[0]), *right = left ? x12i_number_of(run, node->second, scope, &room[1]) : NULL;
    return right ? truth_of(accepts(node, x12_decimal_compare(left, right))) : X12I_UNTOLD;
}

X12I_APART static x12i_truth find_among(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_result result;
    x12i_run_node(run, node->first, scope, &result);
    if (result.kind == X12I_UNKNOWN)
        return X12I_UNTOLD;
    x12_text text = x12i_result_text(run->evaluation, &result);
    bool found = false;
    for (const x12i_node *one = node->second; one != NULL && !found; one = one->next)
        found = text.length == one->constant.text.length && memcmp(text.data, one->constant.text.data, text.length) == 0 && text.length != 0;
    return truth_of(found);
}

/* Of three values: what one side decides need not be known of the other. */
X12I_APART static x12i_truth conclude(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_truth decisive)
{
    x12i_truth left = x12i_ask(run, node->first, scope);
    if (left == decisive)
        return left;
    x12i_truth right = x12i_ask(run, node->second, scope);
    return left == X12I_UNTOLD && right != decisive ? X12I_UNTOLD : right;
}

static x12i_truth turn_round(x12i_truth truth)
{
    return truth == X12I_UNTOLD ? truth : truth_of(truth == X12I_FAILS);
}

/* What another operation gives is a truth, or cannot be told. */
X12I_APART static x12i_truth run_apart(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_result result;
    x12i_run_node(run, node, scope, &result);
    return result.kind == X12I_TRUTH ? truth_of(result.truth) : X12I_UNTOLD;
}

x12i_truth x12i_ask(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    if (node->condition != NULL)
        return truth_of(x12i_holds_quick(node->condition, scope->base));
    switch ((x12i_operation)node->operation) {
    case X12I_EQUAL:
    case X12I_NOT_EQUAL:
    case X12I_LESS:
    case X12I_LESS_EQUAL:
    case X12I_GREATER:
    case X12I_GREATER_EQUAL:
        return compare(run, node, scope);
    case X12I_AMONG:
        return find_among(run, node, scope);
    case X12I_AND:
        return conclude(run, node, scope, X12I_FAILS);
    case X12I_OR:
        return conclude(run, node, scope, X12I_HOLDS);
    case X12I_NOT:
        return turn_round(x12i_ask(run, node->first, scope));
    case X12I_HAS:
        if (!node->path->sifted && node->path->step_count != 0)
            return truth_of(x12i_leads_to_something(node->path, scope));
        if (node->path->listed)
            return truth_of(x12i_count_listed(node->path, scope) != 0);
        return x12i_ask_tally(run, node, scope);
    case X12I_ANY:
    case X12I_ALL:
        return x12i_ask_tally(run, node, scope);
    case X12I_UNIQUE:
        if (node->one_list && ((const x12i_list *)(const void *)((const char *)scope->base + node->path->steps[0].offset))->count < 2)
            return X12I_HOLDS;
        return x12i_ask_unique(run, node, scope);
    default:
        return run_apart(run, node, scope);
    }
}

bool x12i_holds(x12i_evaluation *evaluation, const x12i_node *condition, const x12i_scope *scope)
{
    return x12i_ask(&(x12i_formula_run){evaluation, NULL}, condition, scope) == X12I_HOLDS;
}

x12i_truth x12i_formula_ask(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered)
{
    x12i_release_scratch(evaluation);
    return x12i_ask(&(x12i_formula_run){evaluation, gathered}, formula->root, scope);
}
