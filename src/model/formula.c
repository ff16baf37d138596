/* Formulas at work. */
#include "model/formula.h"
#include "base/compiler.h"
#include "model/formula_values.h"
#include <remedi/decimal.h>
#include <limits.h>
#include <string.h>

/* ---- Arithmetic ---- */

/* What is worked out has no spelling. */
static void copy_number(x12_decimal *number, const x12_decimal *from, bool negative)
{
    *number = (x12_decimal){.scale = from->scale, .valid = true, .coefficient = negative ? -from->coefficient : from->coefficient};
}

static bool calculate(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *number)
{
    x12_decimal room, term;
    const x12_decimal *left = x12i_number_of(run, node->first, scope, number);
    if (left == NULL)
        return false;
    copy_number(number, left, node->operation == X12I_NEGATE);
    if (node->operation == X12I_NEGATE)
        return true;
    const x12_decimal *right = x12i_number_of(run, node->second, scope, &room);
    if (right == NULL)
        return false;
    copy_number(&term, right, node->operation == X12I_SUBTRACT);
    return node->operation == X12I_MULTIPLY ? x12_decimal_multiply(number, number, &term) == X12_OK : x12i_add_number(number, &term);
}

const x12_decimal *x12i_work_out(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *room)
{
    x12i_result result;
    switch ((x12i_operation)node->operation) {
    case X12I_ADD:
    case X12I_SUBTRACT:
    case X12I_MULTIPLY:
    case X12I_NEGATE:
        return calculate(run, node, scope, room) ? room : NULL;
    case X12I_SUM:
    case X12I_COUNT:
        return x12i_tally_number(run, node, scope, room) ? room : NULL;
    default:
        x12i_run_node(run, node, scope, &result);
        return x12i_result_number(&result, room) ? room : NULL;
    }
}

/* ---- Choosing ---- */

X12I_APART static void choose(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_truth asked = x12i_ask(run, node->first, scope);
    const x12i_node *chosen = asked == X12I_HOLDS ? node->second : node->third;
    result->kind = asked == X12I_UNTOLD ? X12I_UNKNOWN : X12I_MISSING;
    if (asked == X12I_UNTOLD)
        return;
    if (chosen != NULL)
        x12i_run_node(run, chosen, scope, result);
}

X12I_APART static void find_either(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    result->kind = X12I_MISSING;
    for (unsigned i = 0; i < node->part_count && result->kind == X12I_MISSING; i++)
        x12i_run_node(run, node->parts[i].node, scope, result);
}

/* 0: anything else stands in it, too. */
X12I_APART static void count_digits(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_run_node(run, node->first, scope, result);
    if (result->kind == X12I_MISSING || result->kind == X12I_UNKNOWN)
        return;
    const x12_text text = x12i_result_text(run->evaluation, result);
    uint32_t count = 0;
    while (count < text.length && text.data[count] >= '0' && text.data[count] <= '9')
        count++;
    const x12_decimal number = x12_decimal_make(count == text.length ? count : 0, 0);
    x12i_set_number(result, &number);
}

/* ---- All of it ---- */

X12I_APART static void take_given(const x12i_evaluation *evaluation, unsigned number, x12i_result *result)
{
    result->text = evaluation->givens[number];
    result->kind = result->text.data ? X12I_STRING : X12I_MISSING;
}

static void tell_position(const x12i_scope *scope, x12i_result *result)
{
    const x12_decimal number = x12_decimal_make((int64_t)scope->index + 1, 0);
    x12i_set_number(result, &number);
}

static void tell_place(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    uint64_t place = 0;
    result->kind = x12i_tell_place(run, node, scope, &place) ? X12I_NUMBER : X12I_MISSING;
    result->number = (x12_decimal){.coefficient = (int64_t)place, .valid = true};
}

/* The beginning or the end of a period. */
static void cut_period(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_run_node(run, node->first, scope, result);
    if (result->kind == X12I_DATED)
        result->text = x12i_cut_period(result->text, node->operation == X12I_TO);
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
        tell_position(scope, result);
        break;
    case X12I_ADD:
    case X12I_SUBTRACT:
    case X12I_MULTIPLY:
    case X12I_NEGATE:
    case X12I_SUM:
    case X12I_COUNT:
        result->kind = x12i_work_out(run, node, scope, &result->number) ? X12I_NUMBER : X12I_UNKNOWN;
        break;
    case X12I_JOINED:
    case X12I_WORDS:
    case X12I_JOIN:
        x12i_put_together(run, node, scope, result);
        break;
    case X12I_EITHER:
        find_either(run, node, scope, result);
        break;
    case X12I_IF:
        choose(run, node, scope, result);
        break;
    case X12I_FIRST:
        x12i_find_first(run, node, scope, result);
        break;
    case X12I_FROM:
    case X12I_TO:
        cut_period(run, node, scope, result);
        break;
    case X12I_DIGITS:
        count_digits(run, node, scope, result);
        break;
    case X12I_OFFSET:
    case X12I_LINE:
        tell_place(run, node, scope, result);
        break;
    default: /* a condition */
        x12i_set_told(result, x12i_ask(run, node, scope));
        break;
    }
}

bool x12i_formula_difference(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12_decimal *difference)
{
    const x12i_node *root = formula->root;
    const x12i_formula_run run = {evaluation, gathered};
    x12_decimal room[2];
    x12i_release_scratch(evaluation);
    if (root->operation < X12I_EQUAL || root->operation > X12I_GREATER_EQUAL)
        return false;
    const x12_decimal *left = x12i_number_of(&run, root->first, scope, &room[0]), *right = x12i_number_of(&run, root->second, scope, &room[1]);
    return left != NULL && right != NULL && x12_decimal_subtract(difference, left, right) == X12_OK;
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
