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

/* One walk for several sums: a bit in `wanted` for each that still wants the items at hand. */
typedef struct sum_walk {
    const x12i_path_step *const *steps; /* of each sum: alike but for their filters */
    x12_decimal *sums;
} sum_walk;

static unsigned sift(const sum_walk *walk, unsigned step, const void *item, unsigned wanted)
{
    unsigned left = wanted;
    for (unsigned i = 0; wanted >> i != 0; i++) {
        const x12i_node *filter = walk->steps[i][step].filter;
        if ((wanted >> i & 1) != 0 && filter != NULL && !x12i_holds_quick(filter, item))
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

/* Of all that the step and those behind it lead to. */
static bool add_from(const sum_walk *walk, unsigned index, const void *base, unsigned wanted)
{
    const x12i_path_step *step = &walk->steps[0][index];
    const void *place = (const char *)base + step->offset;
    const char *item = place;
    size_t count = 1;
    if (step->kind == X12I_POINTED) {
        item = *(const char *const *)place;
    } else if (step->kind == X12I_LISTED) {
        item = ((const x12i_list *)place)->items;
        count = ((const x12i_list *)place)->count;
    }
    for (size_t i = 0; item != NULL && i < count; i++, item += step->size) {
        if (step->value) {
            if (!add_value(walk, step, (const x12_decimal *)(const void *)item, wanted))
                return false;
            continue;
        }
        unsigned left = sift(walk, index, item, wanted);
        if (left != 0 && !add_from(walk, index + 1, item, left))
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
