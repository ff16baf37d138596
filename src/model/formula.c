/* Formulas at work. */
#include "model/formula.h"
#include "base/compiler.h"
#include "model/formula_values.h"
#include <remedi/decimal.h>
#include <limits.h>
#include <string.h>

/* One evaluation of a formula. */
typedef struct formula_run {
    x12i_evaluation *evaluation;
    const struct x12i_gathered *gathered;
} formula_run;

static void evaluate(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result);

static bool evaluate_number(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *number)
{
    x12i_result result;
    evaluate(run, node, scope, &result);
    return x12i_result_number(&result, number);
}

/* ---- Arithmetic ---- */

X12I_APART static void calculate(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
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

X12I_APART static void negate(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
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

X12I_APART static void compare(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_result left, right;
    x12_decimal left_number, right_number;
    evaluate(run, node->first, scope, &left);
    evaluate(run, node->second, scope, &right);
    if (node->first->type != X12I_NUMBER && node->second->type != X12I_NUMBER) {
        compare_as_text(run->evaluation, node, &left, &right, result);
        return;
    }
    result->kind = X12I_UNKNOWN;
    if (x12i_result_number(&left, &left_number) && x12i_result_number(&right, &right_number))
        x12i_set_truth(result, accepts(node, x12_decimal_compare(&left_number, &right_number)));
}

X12I_APART static void find_among(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    evaluate(run, node->first, scope, result);
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
X12I_APART static void conclude(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    bool decisive = node->operation == X12I_OR;
    x12i_result left;
    evaluate(run, node->first, scope, &left);
    *result = left;
    if (left.kind == X12I_TRUTH && left.truth == decisive)
        return;
    evaluate(run, node->second, scope, result);
    if (result->kind == X12I_TRUTH && result->truth == decisive)
        return;
    if (left.kind != X12I_TRUTH || result->kind != X12I_TRUTH)
        result->kind = X12I_UNKNOWN;
}

X12I_APART static void choose(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    evaluate(run, node->first, scope, result);
    if (result->kind != X12I_TRUTH) {
        result->kind = X12I_UNKNOWN;
        return;
    }
    const x12i_node *chosen = result->truth ? node->second : node->third;
    result->kind = X12I_MISSING;
    if (chosen != NULL)
        evaluate(run, chosen, scope, result);
}

/* ---- Texts put together ---- */

/* What was joined since `start`, where it stays until the next evaluation. */
static void finish_joined(x12i_evaluation *evaluation, size_t start, x12i_result *result)
{
    x12i_buffer *joined = &evaluation->joined;
    size_t length = joined->length - start;
    char *text = x12i_take_scratch(evaluation, length + 1);
    joined->length = start;
    evaluation->failed |= joined->failed || length > UINT32_MAX;
    result->kind = X12I_MISSING;
    if (text == NULL || evaluation->failed)
        return;
    if (length != 0)
        memcpy(text, joined->data + start, length);
    *result = (x12i_result){.kind = X12I_STRING, .text = {text, (uint32_t)length}};
}

static bool append_text(const formula_run *run, const x12_text *text)
{
    if (text == NULL || text->length == 0)
        return false;
    x12i_buffer_add(&run->evaluation->joined, text->data, text->length);
    return true;
}

/* Adds what the node says to the text that is being put together; false where it is missing. */
static bool append(const formula_run *run, const x12i_node *node, const x12i_scope *scope);

/* Missing where all but its constants is. */
static bool append_chain(const formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_buffer *joined = &run->evaluation->joined;
    size_t start = joined->length;
    bool sent = false;
    for (const x12i_node *link = node->first; link != NULL; link = link->next) {
        size_t before = joined->length;
        bool blank = node->operation == X12I_WORDS && before != start;
        if (blank)
            x12i_buffer_add_byte(joined, ' ');
        sent |= append(run, link->first, scope) && link->first->operation != X12I_CONSTANT;
        if (blank && joined->length == before + 1)
            joined->length = before;
    }
    if (!sent)
        joined->length = start;
    return sent;
}

/* The template of an item; without one, its value. */
static void evaluate_item(const formula_run *run, const x12i_node *node, const x12i_scope *item, x12i_result *result)
{
    if (node->first != NULL)
        evaluate(run, node->first, item, result);
    else
        x12i_item_value(run->evaluation, item, result);
}

typedef struct joining {
    const formula_run *run;
    const x12i_node *node;
    size_t start;
} joining;

static bool append_item(void *context, const x12i_scope *item)
{
    joining *join = context;
    x12i_buffer *joined = &join->run->evaluation->joined;
    size_t before = joined->length, between = before != join->start ? join->node->second->constant.text.length : 0;
    x12i_buffer_add(joined, join->node->second->constant.text.data, between);
    x12i_result part;
    if (join->node->first != NULL) {
        append(join->run, join->node->first, item);
    } else {
        x12i_item_value(join->run->evaluation, item, &part);
        const x12_text text = x12i_result_text(join->run->evaluation, &part);
        append_text(join->run, &text);
    }
    if (joined->length == before + between)
        joined->length = before;
    return true;
}

static bool append_items(const formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    joining join = {run, node, run->evaluation->joined.length};
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &join, append_item}, scope);
    return run->evaluation->joined.length != join.start;
}

static bool append(const formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_result part;
    switch ((x12i_operation)node->operation) {
    case X12I_CONSTANT:
        part = node->constant;
        break;
    case X12I_VALUE_OF:
        if (!node->path->sifted && node->type != X12I_DATED)
            return append_text(run, x12i_path_single(node->path, scope));
        evaluate(run, node, scope, &part);
        break;
    case X12I_JOINED:
    case X12I_WORDS:
        return append_chain(run, node, scope);
    case X12I_JOIN:
        return append_items(run, node, scope);
    default:
        evaluate(run, node, scope, &part);
    }
    x12_text text = x12i_result_text(run->evaluation, &part);
    x12i_buffer_add(&run->evaluation->joined, text.data, text.length);
    return part.kind != X12I_MISSING;
}

static bool is_put_together(const x12i_node *node)
{
    return node->operation == X12I_JOINED || node->operation == X12I_WORDS || node->operation == X12I_JOIN;
}

X12I_APART static void put_together(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    size_t start = run->evaluation->joined.length;
    bool sent = append(run, node, scope);
    result->kind = X12I_MISSING;
    if (sent)
        finish_joined(run->evaluation, start, result);
}

/* The same where nothing else is evaluated with it: the text stays where it is. */
X12I_APART static void put_alone(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_buffer *joined = &run->evaluation->joined;
    bool sent = append(run, node, scope);
    run->evaluation->failed |= joined->failed || joined->length > UINT32_MAX;
    result->kind = sent && !run->evaluation->failed ? X12I_STRING : X12I_MISSING;
    result->text = (x12_text){joined->data, (uint32_t)joined->length};
}

X12I_APART static void find_either(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    result->kind = X12I_MISSING;
    for (const x12i_node *link = node->first; link != NULL && result->kind == X12I_MISSING; link = link->next)
        evaluate(run, link->first, scope, result);
}

/* ---- Over many ---- */

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

static void conclude_tally(const x12i_node *node, const x12i_tally *tally, x12i_result *result)
{
    x12_decimal count;
    bool any = node->operation == X12I_ANY;
    switch ((x12i_operation)node->operation) {
    case X12I_COUNT:
        count = x12_decimal_make((int64_t)tally->count, 0);
        x12i_set_number(result, &count);
        break;
    case X12I_HAS:
        x12i_set_truth(result, tally->count != 0);
        break;
    case X12I_SUM:
        result->kind = tally->unknown ? X12I_UNKNOWN : X12I_NUMBER;
        result->number = tally->sum;
        break;
    default:
        x12i_set_truth(result, any ? tally->count != 0 : !tally->against);
        if (tally->unknown && result->truth != any)
            result->kind = X12I_UNKNOWN;
    }
}

X12I_APART static void tally(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    tallying at = {run->evaluation, node, {.sum = x12i_zero}};
    if (node->number != 0 && run->gathered != NULL)
        at.tally = run->gathered->tallies[node->number - 1];
    else if (node->quick && x12i_sum_quickly(node, scope, &result->number)) {
        result->kind = X12I_NUMBER;
        return;
    }
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &at, tally_item}, scope);
    conclude_tally(node, &at.tally, result);
}

typedef struct finding_first {
    const formula_run *run;
    const x12i_node *node;
    x12i_result *result;
} finding_first;

static bool take_first(void *context, const x12i_scope *item)
{
    finding_first *search = context;
    evaluate_item(search->run, search->node, item, search->result);
    return search->result->kind == X12I_MISSING;
}

X12I_APART static void find_first(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    finding_first search = {run, node, result};
    result->kind = X12I_MISSING;
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &search, take_first}, scope);
}

/* ---- Where things stand ---- */

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

x12i_place x12i_formula_place(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope)
{
    x12i_place place;
    if (formula->first_path != NULL && find_place(evaluation, formula->first_path, scope, &place))
        return place;
    return x12i_place_of(scope);
}

/* Nothing that was made by hand stands anywhere. */
X12I_APART static void tell_place(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_place place;
    result->kind = X12I_MISSING;
    if (!find_place(run->evaluation, node->path, scope, &place) || place.segment == NULL || place.segment->line == 0)
        return;
    x12_decimal number = x12_decimal_make(node->operation == X12I_LINE ? (int64_t)place.segment->line : (int64_t)place.segment->offset, 0);
    x12i_set_number(result, &number);
}

/* ---- All of it ---- */

X12I_APART static void take_given(const x12i_evaluation *evaluation, unsigned number, x12i_result *result)
{
    result->text = evaluation->givens[number];
    result->kind = result->text.data ? X12I_STRING : X12I_MISSING;
}

static void take_value(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    result->kind = X12I_MISSING;
    if (node->path->sifted) {
        find_first(run, node, scope, result);
        return;
    }
    const void *value = x12i_path_single(node->path, scope);
    if (value != NULL)
        x12i_read_value(run->evaluation, x12i_path_value(node->path), value, result);
}

static void evaluate(const formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
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
        put_together(run, node, scope, result);
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
        evaluate(run, node->first, scope, result);
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
        tally(run, node, scope, result);
        break;
    case X12I_FIRST:
        find_first(run, node, scope, result);
        break;
    case X12I_FROM:
    case X12I_TO:
        evaluate(run, node->first, scope, result);
        x12i_cut_period(result, node->operation == X12I_TO);
        break;
    case X12I_OFFSET:
    case X12I_LINE:
        tell_place(run, node, scope, result);
        break;
    }
}

void x12i_evaluate_node(x12i_evaluation *evaluation, const x12i_node *node, const x12i_scope *scope, const struct x12i_gathered *gathered, x12i_result *result)
{
    evaluate(&(formula_run){evaluation, gathered}, node, scope, result);
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
    const formula_run run = {evaluation, gathered};
    x12i_release_scratch(evaluation);
    if (is_put_together(formula->root))
        put_alone(&run, formula->root, scope, result);
    else
        evaluate(&run, formula->root, scope, result);
}

bool x12i_formula_difference(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12_decimal *difference)
{
    const x12i_node *root = formula->root;
    const formula_run run = {evaluation, gathered};
    x12_decimal left, right;
    x12i_release_scratch(evaluation);
    return root->operation >= X12I_EQUAL && root->operation <= X12I_GREATER_EQUAL && evaluate_number(&run, root->first, scope, &left) &&
           evaluate_number(&run, root->second, scope, &right) && x12_decimal_subtract(difference, &left, &right) == X12_OK;
}

unsigned x12i_formula_level(const x12i_formula *formula)
{
    return formula->level;
}

bool x12i_formula_uses(const x12i_formula *formula, unsigned given)
{
    return (formula->used_givens >> given & 1) != 0;
}
