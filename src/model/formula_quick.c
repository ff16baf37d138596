/* What nearly all formulas do most of the time, by a shorter way: filters that ask a code of an item, and sums of amounts. */
#include "base/value.h"
#include "model/formula_values.h"

static bool is_same(const x12_text *text, const x12_text *other)
{
    if (text->length != other->length)
        return false;
    for (uint32_t i = 0; i < text->length; i++)
        if (text->data[i] != other->data[i])
            return false;
    return true;
}

bool x12i_holds_quick(const x12i_node *condition, const void *base)
{
    if (condition->operation == X12I_NOT)
        return !x12i_holds_quick(condition->first, base);
    const x12_text *text = (const x12_text *)(const void *)((const char *)base + condition->first->path->steps[0].offset);
    if (condition->operation != X12I_AMONG)
        return is_same(text, &condition->second->constant.text) == (condition->operation == X12I_EQUAL);
    bool found = false;
    for (const x12i_node *one = condition->second; one != NULL && !found && text->length != 0; one = one->next)
        found = is_same(text, &one->constant.text);
    return found;
}

static bool add_value(const x12i_path_step *step, const x12_decimal *value, x12_decimal *sum)
{
    x12_decimal number = *value;
    if (number.length == 0)
        return !step->wanted;
    if (!number.valid)
        x12i_decimal_read(&number);
    return number.valid && x12i_add_number(sum, &number);
}

/* Of all that `step` and those behind it lead to. */
static bool add_from(const x12i_path_step *step, const void *base, x12_decimal *sum)
{
    const x12i_list one = {(char *)(uintptr_t)base + step->offset, 1}, *list = &one;
    const x12i_list pointed = {step->kind == X12I_POINTED ? *(void *const *)one.items : NULL, 1};
    if (step->kind == X12I_POINTED)
        list = &pointed;
    else if (step->kind == X12I_LISTED)
        list = one.items;
    const char *item = list->items;
    for (size_t i = 0; item != NULL && i < list->count; i++, item += step->size) {
        if (step->filter != NULL && !x12i_holds_quick(step->filter, item))
            continue;
        if (step->value ? !add_value(step, (const x12_decimal *)(const void *)item, sum) : !add_from(step + 1, item, sum))
            return false;
    }
    return true;
}

bool x12i_sum_quickly(const x12i_node *node, const x12i_scope *scope, x12_decimal *sum)
{
    x12i_scope start = x12i_path_start(node->path, scope);
    *sum = x12i_zero;
    return start.base == NULL || add_from(node->path->steps, start.base, sum);
}
