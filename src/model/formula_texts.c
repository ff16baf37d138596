/* What formulas say as text, put at the end of a buffer. */
#include "model/formula_values.h"
#include "model/values.h"
#include "base/short_text.h"

/* False for nothing. */
static X12I_WITHIN bool add_text(x12i_buffer *out, const x12_text *text)
{
    x12i_buffer_add_text(out, text->data, text->length);
    return text->length != 0;
}

/* Of a value, where its step leads. */
static X12I_WITHIN bool spell_value(const x12i_path_step *step, const void *value, x12i_buffer *out)
{
    const x12_text *text = value;
    if (step->type <= X12I_INTEGER || text->length == 0 || !x12i_buffer_reserve(out, X12I_ISO_MAX))
        return add_text(out, text);
    size_t length = x12i_value_to_iso(step->type, value, out->data + out->length);
    out->length += length;
    return length != 0 || add_text(out, text);
}

X12I_APART static bool spell_item_value(const x12i_scope *item, x12i_buffer *out)
{
    return item->step != NULL && item->step->value && spell_value(item->step, item->base, out);
}

X12I_APART static bool spell_single(const x12i_path *path, const x12i_scope *scope, x12i_buffer *out)
{
    const void *value = x12i_path_single(path, scope);
    return value != NULL && spell_value(x12i_path_value(path), value, out);
}

void x12i_spell_number(const x12_decimal *number, x12i_buffer *out)
{
    if (number->length != 0)
        x12i_buffer_add_text(out, number->data, number->length);
    else if (x12i_buffer_reserve(out, X12_DECIMAL_SIZE))
        out->length += x12_decimal_format(number, out->data + out->length);
}

X12I_APART static bool spell_result(const x12i_result *result, x12i_buffer *out)
{
    switch (result->kind) {
    case X12I_STRING:
    case X12I_DATED:
        add_text(out, &result->text);
        return true;
    case X12I_NUMBER:
        x12i_spell_number(&result->number, out);
        return true;
    case X12I_TRUTH:
        x12i_buffer_add_string(out, result->truth ? "true" : "false");
        return true;
    case X12I_UNKNOWN:
        x12i_buffer_add_byte(out, '?');
        return true;
    case X12I_MISSING:
        break;
    }
    return false;
}

/* Most parts are short texts: those that come first are put side by side, without a look at the buffer. The first that is not is given back. */
static X12I_WITHIN const x12i_part *spell_texts(const x12i_part *part, const x12i_part *end, const x12i_scope *scope, x12i_buffer *out, bool *sent)
{
    uint64_t words[2];
    if (!x12i_buffer_reserve(out, (size_t)(end - part) * (X12I_SHORT_CONSTANT + X12I_SHORT_TEXT)))
        return part;
    char *at = out->data + out->length;
    for (; part < end && part->kind <= X12I_TEXT_PART; part++) {
        const x12_text *text = part->kind == X12I_TEXT_PART ? x12i_at_spot(&part->spot, x12i_spot_base(&part->spot, scope)) : NULL;
        uint32_t length = text ? text->length : 0;
        if (length > X12I_SHORT_TEXT)
            break;
        memcpy(at, part->constant, X12I_SHORT_CONSTANT);
        at += part->constant_length;
        if (length != 0)
            x12i_copy_short(at, text->data, length, words);
        at += length;
        *sent |= length != 0;
    }
    out->length = (size_t)(at - out->data);
    return part;
}

/* Constants by themselves say nothing. */
static bool spell_part(const x12i_formula_run *run, const x12i_part *part, const x12i_scope *scope, x12i_buffer *out)
{
    x12i_buffer_add(out, part->constant, part->constant_length);
    return part->kind != X12I_CONSTANT_PART && x12i_spell_node(run, part->node, scope, out) && part->node->operation != X12I_CONSTANT;
}

/* Missing where all but its constants is. */
X12I_APART static bool spell_joined(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    size_t start = out->length;
    bool sent = false;
    for (const x12i_part *part = node->parts, *end = part + node->part_count; part < end;) {
        part = spell_texts(part, end, scope, out, &sent);
        if (part < end)
            sent |= spell_part(run, part++, scope, out);
    }
    if (!sent)
        out->length = start;
    return sent;
}

/* The same with blanks between. */
X12I_APART static bool spell_words(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    size_t start = out->length;
    bool sent = false;
    for (unsigned i = 0; i < node->part_count; i++) {
        size_t before = out->length;
        bool blank = before != start;
        if (blank)
            x12i_buffer_add_byte(out, ' ');
        sent |= spell_part(run, &node->parts[i], scope, out);
        if (blank && out->length == before + 1)
            out->length = before;
    }
    if (!sent)
        out->length = start;
    return sent;
}

X12I_APART static bool spell_either(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    unsigned i = 0;
    while (i < node->part_count && !x12i_spell_node(run, node->parts[i].node, scope, out))
        i++;
    return i < node->part_count;
}

X12I_APART static bool spell_chosen(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    x12i_truth asked = x12i_ask(run, node->first, scope);
    const x12i_node *chosen = asked == X12I_HOLDS ? node->second : node->third;
    if (asked == X12I_UNTOLD)
        return spell_result(&(x12i_result){.kind = X12I_UNKNOWN}, out);
    return chosen != NULL && x12i_spell_node(run, chosen, scope, out);
}

/* The items of a path, of which each is spelled, or the first. */
typedef struct spelling {
    const x12i_formula_run *run;
    const x12i_node *node;
    x12i_buffer *out;
    size_t start;
} spelling;

static X12I_WITHIN bool spell_item(const spelling *of, const x12i_scope *item)
{
    const x12i_node *node = of->node->first;
    if (node == NULL)
        return spell_item_value(item, of->out);
    return node->operation == X12I_JOINED ? spell_joined(of->run, node, item, of->out) : x12i_spell_node(of->run, node, item, of->out);
}

static X12I_WITHIN void spell_one_more(const spelling *of, const x12i_scope *item)
{
    size_t before = of->out->length;
    bool between = before != of->start && add_text(of->out, &of->node->second->constant.text);
    size_t behind = of->out->length;
    spell_item(of, item);
    if (between && of->out->length == behind)
        of->out->length = before;
}

/* All that the steps from `index` on lead to. False: no more is wanted. */
static bool spell_from(const spelling *of, unsigned index, const x12i_scope *outer)
{
    const x12i_path *path = of->node->path;
    x12i_scope item;
    for (size_t left = x12i_begin_items(&path->steps[index], outer, &item); left > 0; left--, x12i_next_item(&item)) {
        if (item.step->filter != NULL && !x12i_holds(of->run->evaluation, item.step->filter, &item))
            continue;
        if (index + 1 < path->step_count) {
            if (!spell_from(of, index + 1, &item))
                return false;
        } else if (of->node->operation == X12I_JOIN) {
            spell_one_more(of, &item);
        } else if (spell_item(of, &item)) {
            return false;
        }
    }
    return true;
}

X12I_APART static bool spell_items(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    const spelling of = {run, node, out, out->length};
    const x12i_scope start = x12i_path_start(node->path, scope);
    if (start.base != NULL)
        spell_from(&of, 0, &start);
    return out->length != of.start;
}

X12I_APART static bool spell_place(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    uint64_t number;
    bool told = x12i_tell_place(run, node, scope, &number);
    if (told)
        x12i_buffer_add_number(out, number);
    return told;
}

X12I_APART static bool spell_other(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    x12i_result result;
    x12i_run_node(run, node, scope, &result);
    return spell_result(&result, out);
}

/* The beginning or the end of a period: of one that stands in a field, without a result between. */
X12I_APART static bool spell_end(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    const x12i_node *of = node->first;
    if (of->operation != X12I_VALUE_OF || of->path->sifted)
        return spell_other(run, node, scope, out);
    const x12_text *value = x12i_path_single(of->path, scope);
    if (value == NULL || value->length == 0 || !x12i_buffer_reserve(out, X12I_ISO_MAX))
        return false;
    size_t length = x12i_end_to_iso(x12i_path_value(of->path)->type, value, node->operation == X12I_TO, out->data + out->length);
    out->length += length;
    return length != 0 || add_text(out, value);
}

bool x12i_spell_node(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    switch ((x12i_operation)node->operation) {
    case X12I_VALUE_OF:
        return node->path->sifted ? spell_items(run, node, scope, out) : spell_single(node->path, scope, out);
    case X12I_CONSTANT:
        return spell_result(&node->constant, out);
    case X12I_ITEM:
        return spell_item_value(scope, out);
    case X12I_JOINED:
        return spell_joined(run, node, scope, out);
    case X12I_WORDS:
        return spell_words(run, node, scope, out);
    case X12I_EITHER:
        return spell_either(run, node, scope, out);
    case X12I_IF:
        return spell_chosen(run, node, scope, out);
    case X12I_JOIN:
    case X12I_FIRST:
        return spell_items(run, node, scope, out);
    case X12I_FROM:
    case X12I_TO:
        return spell_end(run, node, scope, out);
    case X12I_OFFSET:
    case X12I_LINE:
        return spell_place(run, node, scope, out);
    default:
        return spell_other(run, node, scope, out);
    }
}

void x12i_spell(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12i_buffer *out)
{
    x12i_release_scratch(evaluation);
    x12i_spell_node(&(x12i_formula_run){evaluation, gathered}, formula->root, scope, out);
    evaluation->failed |= out->failed;
}

/* ---- Texts as results ---- */

/* What was put at the end of `joined` since `start` stays until the next evaluation. */
static x12_text keep(x12i_evaluation *evaluation, size_t start)
{
    x12i_buffer *joined = &evaluation->joined;
    size_t length = joined->length - start;
    char *text = x12i_take_scratch(evaluation, length + 1);
    joined->length = start;
    evaluation->failed |= joined->failed || length > UINT32_MAX;
    if (text == NULL || evaluation->failed)
        return (x12_text){NULL, 0};
    if (length != 0)
        memcpy(text, joined->data + start, length);
    return (x12_text){text, (uint32_t)length};
}

void x12i_put_together(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_evaluation *evaluation = run->evaluation;
    size_t start = evaluation->joined.length;
    bool sent = x12i_spell_node(run, node, scope, &evaluation->joined);
    result->kind = X12I_MISSING;
    if (!sent)
        return;
    result->text = keep(evaluation, start);
    result->kind = result->text.data ? X12I_STRING : X12I_MISSING;
}

x12_text x12i_result_text(x12i_evaluation *evaluation, const x12i_result *result)
{
    size_t start = evaluation->joined.length;
    if (result->kind == X12I_STRING || result->kind == X12I_DATED)
        return result->text;
    return spell_result(result, &evaluation->joined) ? keep(evaluation, start) : (x12_text){NULL, 0};
}
