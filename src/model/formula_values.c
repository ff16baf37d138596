#include "model/formula_values.h"
#include "model/values.h"
#include <string.h>

#define SUM_END INT64_C(1000000000000000000) /* the first that takes 19 digits */

x12_arena *x12i_scratch_of(x12i_evaluation *evaluation)
{
    if (evaluation->scratch == NULL) {
        evaluation->scratch = x12_arena_new(evaluation->allocator);
        if (evaluation->scratch != NULL)
            evaluation->empty = x12i_arena_mark(evaluation->scratch);
    }
    return evaluation->scratch;
}

char *x12i_take_more_scratch(x12i_evaluation *evaluation, size_t size)
{
    x12_arena *scratch = x12i_scratch_of(evaluation);
    char *taken = scratch ? x12i_arena_take(scratch, size) : NULL;
    evaluation->failed |= taken == NULL;
    return taken;
}

void x12i_evaluation_free(x12i_evaluation *evaluation)
{
    x12_arena_free(evaluation->scratch);
    x12i_buffer_free(&evaluation->joined);
    evaluation->scratch = NULL;
}

/* ---- Values ---- */

static void read_dated(x12i_evaluation *evaluation, const x12i_path_step *step, const void *value, x12i_result *result)
{
    char *iso = x12i_take_scratch(evaluation, X12I_ISO_MAX);
    size_t length = iso ? x12i_value_to_iso(step->type, value, iso) : 0;
    *result = (x12i_result){.kind = length ? X12I_DATED : X12I_STRING, .text = *(const x12_text *)value};
    if (length != 0)
        result->text = (x12_text){iso, (uint32_t)length};
}

void x12i_read_value(x12i_evaluation *evaluation, const x12i_path_step *step, const void *value, x12i_result *result)
{
    const x12_text *text = value;
    result->kind = X12I_MISSING;
    if (text->length == 0)
        return;
    if (step->type <= X12I_CODE) {
        result->kind = X12I_STRING;
        result->text = *text;
    } else if (step->type <= X12I_INTEGER) {
        result->kind = X12I_NUMBER;
        result->number = *(const x12_decimal *)value;
    } else {
        read_dated(evaluation, step, value, result);
    }
}

void x12i_item_value(x12i_evaluation *evaluation, const x12i_scope *item, x12i_result *result)
{
    result->kind = X12I_MISSING;
    if (item->step != NULL && item->step->value)
        x12i_read_value(evaluation, item->step, item->base, result);
}

bool x12i_is_value(const x12i_scope *item)
{
    return item->step != NULL && item->step->value && ((const x12_text *)item->base)->length != 0;
}

enum { LONGEST_MOMENT = 10 }; /* CCYY-MM-DD */

static uint32_t find_byte(x12_text text, char byte)
{
    const char *found = memchr(text.data, byte, text.length);
    return found ? (uint32_t)(found - text.data) : text.length;
}

x12_text x12i_cut_period(x12_text iso, bool end)
{
    if (iso.length <= LONGEST_MOMENT)
        return iso;
    uint32_t slash = find_byte(iso, '/');
    if (end && slash < iso.length)
        iso = (x12_text){iso.data + slash + 1, iso.length - slash - 1};
    else
        iso.length = slash;
    iso.length = find_byte(iso, 'T');
    return iso;
}

size_t x12i_end_to_iso(x12i_value_type type, const void *value, bool end, char *out)
{
    const x12_text cut = x12i_cut_period((x12_text){out, (uint32_t)x12i_value_to_iso(type, value, out)}, end);
    memmove(out, cut.data, cut.length);
    return cut.length;
}

/* ---- Numbers ---- */

bool x12i_result_number(const x12i_result *result, x12_decimal *number)
{
    if (result->kind == X12I_STRING) {
        *number = x12_decimal_parse(result->text);
        return number->valid;
    }
    if (result->kind != X12I_NUMBER)
        return false;
    *number = result->number;
    if (!number->valid && number->length != 0)
        x12i_decimal_read(number);
    return number->valid;
}

const x12_decimal x12i_zero = {.data = "0", .length = 1, .valid = true};

/* As a coefficient of that scale; false where the gap is no small one, or the number is too large. */
static bool rescale(const x12_decimal *number, unsigned scale, int64_t *coefficient)
{
    static const int64_t powers[] = {1, 10, 100, 1000, 10000};
    unsigned gap = scale - number->scale;
    if (gap >= sizeof powers / sizeof *powers || number->coefficient >= SUM_END / powers[4] || number->coefficient <= -SUM_END / powers[4])
        return false;
    *coefficient = number->coefficient * powers[gap];
    return true;
}

bool x12i_add_number(x12_decimal *sum, const x12_decimal *term)
{
    int64_t left = sum->coefficient, right = term->coefficient;
    if (left == 0 || right == 0) {
        *sum = left == 0 ? *term : *sum;
        return true;
    }
    sum->data = NULL;
    sum->length = 0;
    if (sum->scale < term->scale ? !rescale(sum, term->scale, &left) : sum->scale > term->scale && !rescale(term, sum->scale, &right))
        return x12_decimal_add(sum, sum, term) == X12_OK;
    if (left + right <= -SUM_END || left + right >= SUM_END)
        return x12_decimal_add(sum, sum, term) == X12_OK;
    sum->scale = sum->scale < term->scale ? term->scale : sum->scale;
    sum->coefficient = left + right;
    return true;
}

/* ---- Tallies ---- */

static void tally_amount(x12i_evaluation *evaluation, const x12i_node *node, x12i_tally *tally, const x12i_scope *item)
{
    x12i_result amount;
    x12_decimal number;
    if (node->first != NULL)
        x12i_run_node(&(x12i_formula_run){evaluation, NULL}, node->first, item, &amount);
    else
        x12i_item_value(evaluation, item, &amount);
    if (amount.kind == X12I_MISSING) {
        const x12i_path_step *value = node->first && node->first->operation == X12I_VALUE_OF ? x12i_path_value(node->first->path) : NULL;
        tally->unknown |= value ? value->wanted : x12i_is_lacking(item);
        return;
    }
    if (!x12i_result_number(&amount, &number) || !x12i_add_number(&tally->sum, &number))
        tally->unknown = true;
}

static void tally_condition(x12i_evaluation *evaluation, const x12i_node *node, x12i_tally *tally, const x12i_scope *item)
{
    x12i_truth told = x12i_ask(&(x12i_formula_run){evaluation, NULL}, node->first, item);
    tally->count += told == X12I_HOLDS;
    tally->unknown |= told == X12I_UNTOLD;
    tally->against |= told == X12I_FAILS;
}

void x12i_tally_item(x12i_evaluation *evaluation, const x12i_node *node, x12i_tally *tally, const x12i_scope *item)
{
    if (node->operation == X12I_SUM)
        tally_amount(evaluation, node, tally, item);
    else if (node->operation == X12I_COUNT || node->operation == X12I_HAS)
        tally->count += x12i_is_there(item);
    else if (node->operation == X12I_UNIQUE)
        x12i_meet_item(evaluation, node, tally->met, item);
    else
        tally_condition(evaluation, node, tally, item);
}
