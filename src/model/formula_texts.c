/* Texts that formulas put together. */
#include "base/short_text.h"
#include "model/formula_values.h"
#include <string.h>

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

/* False for nothing. */
static X12I_WITHIN bool append_text(x12i_buffer *joined, const x12_text *text)
{
    uint64_t words[2];
    if (text->length == 0)
        return false;
    if (text->length > X12I_SHORT_TEXT || !x12i_buffer_reserve(joined, X12I_SHORT_TEXT)) {
        x12i_buffer_add(joined, text->data, text->length);
        return true;
    }
    x12i_copy_short(joined->data + joined->length, text->data, text->length, words);
    joined->length += text->length;
    return true;
}

static inline const x12_text *fixed_text(const x12i_node *node, const x12i_scope *scope)
{
    for (unsigned hops = node->hops; hops > 0; hops--)
        scope = scope->outer;
    return (const x12_text *)(const void *)((const char *)scope->base + node->offset);
}

/* Adds what the node says to the text that is being put together; false where it is missing. */
static bool append(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope);

/* The same of a link in a chain: most are a text of the item, or a constant, which by itself says nothing. */
static X12I_WITHIN bool append_link(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    if (node->fixed)
        return append_text(&run->evaluation->joined, fixed_text(node, scope));
    if (node->operation != X12I_CONSTANT)
        return append(run, node, scope);
    if (node->type == X12I_STRING)
        append_text(&run->evaluation->joined, &node->constant.text);
    else
        append(run, node, scope);
    return false;
}

/* Missing where all but its constants is. */
static bool append_chain(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    size_t start = run->evaluation->joined.length;
    bool sent = false;
    for (const x12i_node *link = node->first; link != NULL; link = link->next)
        sent |= append_link(run, link->first, scope);
    if (!sent)
        run->evaluation->joined.length = start;
    return sent;
}

/* The same with blanks between. */
static bool append_words(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_buffer *joined = &run->evaluation->joined;
    size_t start = joined->length;
    bool sent = false;
    for (const x12i_node *link = node->first; link != NULL; link = link->next) {
        size_t before = joined->length;
        bool blank = before != start;
        if (blank)
            x12i_buffer_add_byte(joined, ' ');
        sent |= append_link(run, link->first, scope);
        if (blank && joined->length == before + 1)
            joined->length = before;
    }
    if (!sent)
        joined->length = start;
    return sent;
}

typedef struct joining {
    const x12i_formula_run *run;
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
        append_text(joined, &text);
    }
    if (joined->length == before + between)
        joined->length = before;
    return true;
}

static bool append_items(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    joining join = {run, node, run->evaluation->joined.length};
    x12i_walk_path(&(x12i_walk){run->evaluation, node->path, &join, append_item}, scope);
    return run->evaluation->joined.length != join.start;
}

static bool append(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope)
{
    x12i_buffer *joined = &run->evaluation->joined;
    x12i_result part;
    switch ((x12i_operation)node->operation) {
    case X12I_VALUE_OF:
        if (node->fixed)
            return append_text(joined, fixed_text(node, scope));
        x12i_run_node(run, node, scope, &part);
        break;
    case X12I_CONSTANT:
        if (node->type == X12I_STRING)
            return append_text(joined, &node->constant.text);
        part = node->constant;
        break;
    case X12I_JOINED:
        return append_chain(run, node, scope);
    case X12I_WORDS:
        return append_words(run, node, scope);
    case X12I_JOIN:
        return append_items(run, node, scope);
    default:
        x12i_run_node(run, node, scope, &part);
    }
    const x12_text text = x12i_result_text(run->evaluation, &part);
    append_text(joined, &text);
    return part.kind != X12I_MISSING;
}

void x12i_put_together(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    size_t start = run->evaluation->joined.length;
    bool sent = append(run, node, scope);
    result->kind = X12I_MISSING;
    if (sent)
        finish_joined(run->evaluation, start, result);
}

/* The same where nothing else is evaluated with it: the text stays where it is. */
void x12i_put_alone(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result)
{
    x12i_buffer *joined = &run->evaluation->joined;
    bool sent = append(run, node, scope);
    run->evaluation->failed |= joined->failed || joined->length > UINT32_MAX;
    result->kind = sent && !run->evaluation->failed ? X12I_STRING : X12I_MISSING;
    result->text = (x12_text){joined->data, (uint32_t)joined->length};
}
