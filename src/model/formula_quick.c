/* Conditions that ask no more than a code of an item, as nearly all filters do. */
#include "model/formula_values.h"

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
    if (!(compares || condition->operation == X12I_AMONG) || !x12i_is_at_hand(asked) || asked->type != X12I_STRING)
        return false;
    quick->offset = asked->path->spot.offset;
    if (compares)
        return code->operation == X12I_CONSTANT && code->type == X12I_STRING && add_code(quick, &code->constant.text);
    bool fits = true;
    for (; code != NULL && fits; code = code->next)
        fits = add_code(quick, &code->constant.text);
    return fits;
}

bool x12i_quick_holds_for(const x12i_quick *quick, uint64_t code)
{
    bool found = false;
    for (unsigned i = 0; i < quick->count && !found; i++)
        found = code == quick->codes[i];
    return found != quick->unless;
}

bool x12i_holds_quick(const x12i_quick *quick, const void *base)
{
    return x12i_quick_holds_for(quick, x12i_code_at(base, quick->offset));
}
