/* What formulas are made of. */
#include "model/formula_nodes.h"
#include "model/formula_values.h"

enum { LARGEST = 1000 };

x12i_node *x12i_new_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type)
{
    if (++parser->size > LARGEST) {
        x12i_formula_refuse(parser, "this formula is too long");
        return NULL;
    }
    x12i_node *node = x12_arena_allocate(parser->arena, sizeof *node);
    if (node == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    node->operation = (uint8_t)operation;
    node->type = (uint8_t)type;
    return node;
}

/* Most filters are no more than that, and are asked of every item. */
static void note_quick(x12i_formula_parser *parser, x12i_node *node)
{
    x12i_quick quick;
    if (!x12i_make_quick(node, &quick))
        return;
    x12i_quick *kept = x12_arena_allocate(parser->arena, sizeof *kept);
    if (kept == NULL) {
        x12i_formula_no_memory(parser);
        return;
    }
    *kept = quick;
    node->condition = kept;
}

x12i_node *x12i_make_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, x12i_node *first, x12i_node *second)
{
    x12i_node *node = parser->failed ? NULL : x12i_new_node(parser, operation, type);
    if (node == NULL)
        return NULL;
    node->first = first;
    node->second = second;
    if (first != NULL && type == X12I_TRUTH && (second != NULL || operation == X12I_NOT))
        note_quick(parser, node);
    return node;
}

/* What the value of a path is compared as. */
x12i_result_kind x12i_type_of_path(const x12i_path *path)
{
    const x12i_path_step *value = x12i_path_value(path);
    if (value == NULL || value->type <= X12I_CODE)
        return X12I_STRING;
    return value->type <= X12I_INTEGER ? X12I_NUMBER : X12I_DATED;
}

x12i_node *x12i_make_path_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_path *path)
{
    x12i_node *node = path && !parser->failed ? x12i_new_node(parser, operation, type) : NULL;
    if (node != NULL)
        node->path = path;
    return node;
}

/* One value to be chained with others: what it says may stand in no other chain. */
x12i_node *x12i_make_link(x12i_formula_parser *parser, x12i_node *said)
{
    return said ? x12i_make_node(parser, X12I_JOINED, said->type, said, NULL) : NULL;
}
