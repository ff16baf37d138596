/* Formulas at work. */
#include "model/formula.h"
#include "base/compiler.h"
#include "model/formula_values.h"
#include <remedi/decimal.h>
#include <limits.h>
#include <string.h>

static bool evaluate_number(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *number)
{
    x12i_result result;
    x12i_run_node(run, node, scope, &result);
    return x12i_result_number(&result, number);
}

/* ---- Arithmetic ---- */

X12I_APART static void calculate(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12_decimal left, right, number = {0};
    result->kind = X12I_UNKNOWN;
    if (!evaluate_number(run, node->first, scope, &left) || !evaluate_number(run, node->second, scope, &right))
        return;
    if (node->operation == X12I_SUBTRACT)
        right.coefficient = -right.coefficient;
    if (node->operation == X12I_MULTIPLY ? x12_decimal_multiply(&number, &left, &right) != X12_OK : !x12i_add_number(&left, &right))
        return;
    x12i_set_number(result, node->operation == X12I_MULTIPLY ? &number : &left);
}

X12I_APART static void negate(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12_decimal number;
    result->kind = X12I_UNKNOWN;
    if (!evaluate_number(run, node->first, scope, &number))
        return;
    number.coefficient = -number.coefficient;
    x12i_set_number(result, &number);
}

/* ---- Comparing ---- */

static int compare_texts(x12_text left, x12_text right)
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

static void compare_as_text(x12i_evaluation *evaluation, const x12i_node *node, const x12i_result *left, const x12i_result *right, x12i_result *result)
{
    bool dated = node->first->type == X12I_DATED || node->second->type == X12I_DATED;
    bool told = node->operation <= X12I_NOT_EQUAL ? is_text(left) && is_text(right) : is_ordered(node->first, left, dated) && is_ordered(node->second, right, dated);
    result->kind = X12I_UNKNOWN;
    if (told)
        x12i_set_truth(result, accepts(node, compare_texts(x12i_result_text(evaluation, left), x12i_result_text(evaluation, right))));
}

X12I_APART static void compare(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_result left, right;
    x12_decimal left_number, right_number;
    x12i_run_node(run, node->first, scope, &left);
    x12i_run_node(run, node->second, scope, &right);
    if (node->first->type != X12I_NUMBER && node->second->type != X12I_NUMBER) {
        compare_as_text(run->evaluation, node, &left, &right, result);
        return;
    }
    result->kind = X12I_UNKNOWN;
    if (x12i_result_number(&left, &left_number) && x12i_result_number(&right, &right_number))
        x12i_set_truth(result, accepts(node, x12_decimal_compare(&left_number, &right_number)));
}

X12I_APART static void find_among(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_run_node(run, node->first, scope, result);
    if (result->kind == X12I_UNKNOWN)
        return;
    x12_text text = x12i_result_text(run->evaluation, result);
    bool found = false;
    for (const x12i_node *one = node->second; one != NULL && !found; one = one->next)
        found = text.length == one->constant.text.length && memcmp(text.data, one->constant.text.data, text.length) == 0 && text.length != 0;
    x12i_set_truth(result, found);
}

/* ---- Conditions ---- */

/* Of three values: what one side decides need not be known of the other. */
X12I_APART static void conclude(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    bool decisive = node->operation == X12I_OR;
    x12i_result left;
    x12i_run_node(run, node->first, scope, &left);
    *result = left;
    if (left.kind == X12I_TRUTH && left.truth == decisive)
        return;
    x12i_run_node(run, node->second, scope, result);
    if (result->kind == X12I_TRUTH && result->truth == decisive)
        return;
    if (left.kind != X12I_TRUTH || result->kind != X12I_TRUTH)
        result->kind = X12I_UNKNOWN;
}

X12I_APART static void choose(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_run_node(run, node->first, scope, result);
    if (result->kind != X12I_TRUTH) {
        result->kind = X12I_UNKNOWN;
        return;
    }
    const x12i_node *chosen = result->truth ? node->second : node->third;
    result->kind = X12I_MISSING;
    if (chosen != NULL)
        x12i_run_node(run, chosen, scope, result);
}

X12I_APART static void find_either(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    result->kind = X12I_MISSING;
    for (const x12i_node *link = node->first; link != NULL && result->kind == X12I_MISSING; link = link->next)
        x12i_run_node(run, link->first, scope, result);
}

/* ---- All of it ---- */

X12I_APART static void take_given(const x12i_evaluation *evaluation, unsigned number, x12i_result *result)
{
    result->text = evaluation->givens[number];
    result->kind = result->text.data ? X12I_STRING : X12I_MISSING;
}

static void take_value(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    result->kind = X12I_MISSING;
    if (node->path->sifted) {
        x12i_find_first(run, node, scope, result);
        return;
    }
    const void *value = x12i_path_single(node->path, scope);
    if (value != NULL)
        x12i_read_value(run->evaluation, x12i_path_value(node->path), value, result);
}

void x12i_run_node(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12_decimal number;
    switch ((x12i_operation)node->operation) {
    case X12I_CONSTANT:
        *result = node->constant;
        break;
    case X12I_VALUE_OF:
        take_value(run, node, scope, result);
        break;
    case X12I_GIVEN:
        take_given(run->evaluation, node->number, result);
        break;
    case X12I_ITEM:
        x12i_item_value(run->evaluation, scope, result);
        break;
    case X12I_POSITION:
        number = x12_decimal_make((int64_t)scope->index + 1, 0);
        x12i_set_number(result, &number);
        break;
    case X12I_ADD:
    case X12I_SUBTRACT:
    case X12I_MULTIPLY:
        calculate(run, node, scope, result);
        break;
    case X12I_NEGATE:
        negate(run, node, scope, result);
        break;
    case X12I_JOINED:
    case X12I_WORDS:
    case X12I_JOIN:
        x12i_put_together(run, node, scope, result);
        break;
    case X12I_EITHER:
        find_either(run, node, scope, result);
        break;
    case X12I_EQUAL:
    case X12I_NOT_EQUAL:
    case X12I_LESS:
    case X12I_LESS_EQUAL:
    case X12I_GREATER:
    case X12I_GREATER_EQUAL:
        compare(run, node, scope, result);
        break;
    case X12I_AMONG:
        find_among(run, node, scope, result);
        break;
    case X12I_AND:
    case X12I_OR:
        conclude(run, node, scope, result);
        break;
    case X12I_NOT:
        x12i_run_node(run, node->first, scope, result);
        if (result->kind == X12I_TRUTH)
            result->truth = !result->truth;
        break;
    case X12I_IF:
        choose(run, node, scope, result);
        break;
    case X12I_SUM:
    case X12I_COUNT:
    case X12I_ANY:
    case X12I_ALL:
    case X12I_HAS:
        x12i_run_tally(run, node, scope, result);
        break;
    case X12I_FIRST:
        x12i_find_first(run, node, scope, result);
        break;
    case X12I_FROM:
    case X12I_TO:
        x12i_run_node(run, node->first, scope, result);
        x12i_cut_period(result, node->operation == X12I_TO);
        break;
    case X12I_OFFSET:
    case X12I_LINE:
        x12i_tell_place(run, node, scope, result);
        break;
    }
}

void x12i_evaluate_node(x12i_evaluation *evaluation, const x12i_node *node, const x12i_scope *scope, const struct x12i_gathered *gathered, x12i_result *result)
{
    x12i_run_node(&(x12i_formula_run){evaluation, gathered}, node, scope, result);
}

bool x12i_holds(x12i_evaluation *evaluation, const x12i_node *condition, const x12i_scope *scope)
{
    if (condition->condition != NULL)
        return x12i_holds_quick(condition->condition, scope->base);
    x12i_result result;
    x12i_evaluate_node(evaluation, condition, scope, NULL, &result);
    return result.kind == X12I_TRUTH && result.truth;
}

void x12i_evaluate(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12i_result *result)
{
    const x12i_formula_run run = {evaluation, gathered};
    x12i_release_scratch(evaluation);
    if (x12i_is_put_together(formula->root))
        x12i_put_alone(&run, formula->root, scope, result);
    else
        x12i_run_node(&run, formula->root, scope, result);
}

bool x12i_formula_difference(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12_decimal *difference)
{
    const x12i_node *root = formula->root;
    const x12i_formula_run run = {evaluation, gathered};
    x12_decimal left, right;
    x12i_release_scratch(evaluation);
    return root->operation >= X12I_EQUAL && root->operation <= X12I_GREATER_EQUAL && evaluate_number(&run, root->first, scope, &left) &&
           evaluate_number(&run, root->second, scope, &right) && x12_decimal_subtract(difference, &left, &right) == X12_OK;
}

unsigned x12i_formula_level(const x12i_formula *formula)
{
    return formula->level;
}

bool x12i_formula_is_of_item(const x12i_formula *formula)
{
    return formula->of_item;
}

bool x12i_formula_uses(const x12i_formula *formula, unsigned given)
{
    return (formula->used_givens >> given & 1) != 0;
}
