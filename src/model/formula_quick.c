/* What nearly all formulas do most of the time, by a shorter way: filters that ask a code of an item, and sums of amounts. */
#include "base/value.h"
#include "model/formula_values.h"
#include <limits.h>

static bool add_code(x12i_quick *quick, const x12_text *text)
{
    if (text->length == 0 || text->length > X12I_LONGEST_CODE || quick->count == X12I_MOST_CODES)
        return false;
    quick->codes[quick->count++] = x12i_code_of(text);
    return true;
}

bool x12i_make_quick(const x12i_node *condition, x12i_quick *quick)
{
    const x12i_node *asked = condition->first, *code = condition->second;
    *quick = (x12i_quick){.unless = condition->operation == X12I_NOT_EQUAL};
    if (condition->operation == X12I_NOT && asked->condition != NULL) {
        *quick = *asked->condition;
        quick->unless = !quick->unless;
        return true;
    }
    bool compares = condition->operation == X12I_EQUAL || condition->operation == X12I_NOT_EQUAL;
    if (!(compares || condition->operation == X12I_AMONG) || !asked->fixed || asked->hops != 0 || asked->type != X12I_STRING)
        return false;
    quick->offset = asked->offset;
    if (compares)
        return code->operation == X12I_CONSTANT && code->type == X12I_STRING && add_code(quick, &code->constant.text);
    bool fits = true;
    for (; code != NULL && fits; code = code->next)
        fits = add_code(quick, &code->constant.text);
    return fits;
}

static bool holds_for(const x12i_quick *quick, uint64_t code)
{
    bool found = false;
    for (unsigned i = 0; i < quick->count && !found; i++)
        found = code == quick->codes[i];
    return found != quick->unless;
}

static uint64_t code_at(const void *base, unsigned offset)
{
    return x12i_code_of((const x12_text *)(const void *)((const char *)base + offset));
}

bool x12i_holds_quick(const x12i_quick *quick, const void *base)
{
    return holds_for(quick, code_at(base, quick->offset));
}

/* One walk for several sums: a bit in `wanted` for each that still wants the items at hand. */
typedef struct sum_walk {
    const x12i_path_step *const *steps; /* of each sum: alike but for their filters */
    x12_decimal *sums;
} sum_walk;

/* Mostly all filters ask for the same code. */
static unsigned sift(const sum_walk *walk, unsigned step, const void *item, unsigned wanted)
{
    unsigned left = wanted, offset = UINT_MAX;
    uint64_t code = 0;
    for (unsigned i = 0; wanted >> i != 0; i++) {
        const x12i_node *filter = walk->steps[i][step].filter;
        if ((wanted >> i & 1) == 0 || filter == NULL)
            continue;
        if (filter->condition->offset != offset) {
            offset = filter->condition->offset;
            code = code_at(item, offset);
        }
        if (!holds_for(filter->condition, code))
            left &= ~(1u << i);
    }
    return left;
}

static bool add_value(const sum_walk *walk, const x12i_path_step *step, const x12_decimal *value, unsigned wanted)
{
    x12_decimal number = *value;
    if (number.length == 0)
        return !step->wanted;
    if (!number.valid)
        x12i_decimal_read(&number);
    bool told = number.valid;
    for (unsigned i = 0; told && wanted >> i != 0; i++)
        if ((wanted >> i & 1) != 0)
            told = x12i_add_number(&walk->sums[i], &number);
    return told;
}

static bool add_from(const sum_walk *walk, unsigned index, const void *base, unsigned wanted);

/* Of what an item holds, to which the step before this one led. */
static inline bool add_item(const sum_walk *walk, unsigned index, const char *item, unsigned wanted)
{
    const x12i_path_step *step = &walk->steps[0][index];
    if (step->value && step->kind == X12I_EMBEDDED)
        return add_value(walk, step, (const x12_decimal *)(const void *)(item + step->offset), wanted);
    return add_from(walk, index, item, wanted);
}

/* Of all that the step and those behind it lead to. */
static bool add_from(const sum_walk *walk, unsigned index, const void *base, unsigned wanted)
{
    const x12i_path_step *step = &walk->steps[0][index];
    const void *place = (const char *)base + step->offset;
    const char *item = place;
    size_t count = 1;
    if (step->value)
        return add_value(walk, step, place, wanted);
    if (step->kind == X12I_POINTED) {
        item = *(const char *const *)place;
    } else if (step->kind == X12I_LISTED) {
        item = ((const x12i_list *)place)->items;
        count = ((const x12i_list *)place)->count;
    }
    for (size_t i = 0; item != NULL && i < count; i++, item += step->size) {
        unsigned left = sift(walk, index, item, wanted);
        if (left != 0 && !add_item(walk, index + 1, item, left))
            return false;
    }
    return true;
}

bool x12i_sum_quickly(const x12i_node *node, const x12i_scope *scope, x12_decimal *sum)
{
    const x12i_path_step *steps = node->path->steps;
    const sum_walk walk = {&steps, sum};
    x12i_scope start = x12i_path_start(node->path, scope);
    *sum = x12i_zero;
    return start.base == NULL || add_from(&walk, 0, start.base, 1);
}

static bool are_steps_alike(const x12i_path_step *one, const x12i_path_step *other)
{
    return one->kind == other->kind && one->offset == other->offset && one->size == other->size;
}

bool x12i_are_sums_alike(const x12i_formula *one, const x12i_formula *other)
{
    const x12i_node *node = one->root, *against = other->root;
    if (node->operation != X12I_SUM || against->operation != X12I_SUM || !node->quick || !against->quick || node->number != 0 || against->number != 0)
        return false;
    const x12i_path *path = node->path, *beside = against->path;
    bool alike = path->step_count == beside->step_count && path->hops == beside->hops && path->ups == beside->ups;
    for (unsigned i = 0; alike && i < path->step_count; i++)
        alike = are_steps_alike(&path->steps[i], &beside->steps[i]);
    return alike;
}

bool x12i_sum_together(const x12i_formula *const *formulas, unsigned count, const x12i_scope *scope, x12_decimal *sums)
{
    const x12i_path_step *steps[X12I_MOST_SUMS];
    const sum_walk walk = {steps, sums};
    for (unsigned i = 0; i < count; i++) {
        steps[i] = formulas[i]->root->path->steps;
        sums[i] = x12i_zero;
    }
    x12i_scope start = x12i_path_start(formulas[0]->root->path, scope);
    return start.base == NULL || add_from(&walk, 0, start.base, (1u << count) - 1);
}
