/* What formulas say as text, put at the end of a buffer. */
#include "model/formula_values.h"
#include "base/short_text.h"
#include "base/value.h"

/* False for nothing. */
static X12I_WITHIN bool add_text(x12i_buffer *out, const x12_text *text)
{
    x12i_buffer_add_text(out, text->data, text->length);
    return text->length != 0;
}

size_t x12i_to_iso(const x12i_path_step *step, const void *value, char *out)
{
    switch ((x12i_value_type)step->type) {
    case X12I_DATE:
        return x12i_date_to_iso(value, out);
    case X12I_TIME:
        return x12i_time_to_iso(value, out);
    default:
        return x12i_period_to_iso(value, out);
    }
}

/* Of a value, where its step leads. */
static X12I_WITHIN bool spell_value(const x12i_path_step *step, const void *value, x12i_buffer *out)
{
    const x12_text *text = value;
    if (step->type <= X12I_INTEGER || text->length == 0 || !x12i_buffer_reserve(out, X12I_ISO_MAX))
        return add_text(out, text);
    size_t length = x12i_to_iso(step, value, out->data + out->length);
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

/* A link in a chain: most are a value, or a constant, which by itself says nothing. */
static X12I_WITHIN bool spell_link(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    if (node->operation == X12I_VALUE_OF && !node->path->sifted)
        return spell_single(node->path, scope, out);
    if (node->operation == X12I_CONSTANT && node->type == X12I_STRING)
        add_text(out, &node->constant.text);
    else
        return x12i_spell_node(run, node, scope, out) && node->operation != X12I_CONSTANT;
    return false;
}

/* Missing where all but its constants is. */
X12I_APART static bool spell_chain(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    size_t start = out->length;
    bool sent = false;
    for (const x12i_node *link = node->first; link != NULL; link = link->next)
        sent |= spell_link(run, link->first, scope, out);
    if (!sent)
        out->length = start;
    return sent;
}

/* The same with blanks between. */
X12I_APART static bool spell_words(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    size_t start = out->length;
    bool sent = false;
    for (const x12i_node *link = node->first; link != NULL; link = link->next) {
        size_t before = out->length;
        bool blank = before != start;
        if (blank)
            x12i_buffer_add_byte(out, ' ');
        sent |= spell_link(run, link->first, scope, out);
        if (blank && out->length == before + 1)
            out->length = before;
    }
    if (!sent)
        out->length = start;
    return sent;
}

X12I_APART static bool spell_either(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    const x12i_node *link = node->first;
    while (link != NULL && !x12i_spell_node(run, link->first, scope, out))
        link = link->next;
    return link != NULL;
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
    return of->node->first ? x12i_spell_node(of->run, of->node->first, item, of->out) : spell_item_value(item, of->out);
}

static bool spell_if_first(void *context, const x12i_scope *item)
{
    return !spell_item(context, item);
}

static bool spell_joined(void *context, const x12i_scope *item)
{
    const spelling *of = context;
    size_t before = of->out->length;
    bool between = before != of->start && add_text(of->out, &of->node->second->constant.text);
    size_t behind = of->out->length;
    spell_item(of, item);
    if (between && of->out->length == behind)
        of->out->length = before;
    return true;
}

X12I_APART static bool spell_items(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out)
{
    spelling of = {run, node, out, out->length};
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &of, node->operation == X12I_JOIN ? spell_joined : spell_if_first}, scope);
    return out->length != of.start;
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
        return spell_chain(run, node, scope, out);
    case X12I_WORDS:
        return spell_words(run, node, scope, out);
    case X12I_EITHER:
        return spell_either(run, node, scope, out);
    case X12I_JOIN:
    case X12I_FIRST:
        return spell_items(run, node, scope, out);
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
