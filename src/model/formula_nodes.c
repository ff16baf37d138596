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

x12i_part x12i_part_of(const x12i_node *node)
{
    x12i_part part = {.kind = X12I_OTHER_PART, .node = node};
    if (node->operation != X12I_VALUE_OF || node->path->spot.steps != node->path->step_count)
        return part;
    part.spot = node->path->spot;
    part.type = x12i_path_value(node->path)->type;
    part.kind = part.type <= X12I_INTEGER ? X12I_TEXT_PART : X12I_DATED_PART;
    return part;
}

bool x12i_add_part(x12i_formula_parser *parser, x12i_part *parts, unsigned *count, const x12i_node *said)
{
    if (said == NULL)
        return false;
    if (*count == X12I_MOST_PARTS)
        x12i_formula_refuse(parser, "this puts too much together");
    else
        parts[(*count)++] = x12i_part_of(said);
    return !parser->failed;
}

/* A short constant goes before the next part, once there is one. */
bool x12i_add_joined(x12i_formula_parser *parser, x12i_part *parts, unsigned *count, const x12i_node *said)
{
    unsigned last = *count;
    if (!x12i_add_part(parser, parts, count, said))
        return false;
    x12i_part *part = &parts[last];
    if (said->operation == X12I_CONSTANT && said->type == X12I_STRING && said->constant.text.length <= X12I_SHORT_CONSTANT) {
        part->kind = X12I_CONSTANT_PART;
        part->constant_length = (uint8_t)said->constant.text.length;
        memcpy(part->constant, said->constant.text.data, said->constant.text.length);
    } else if (last > 0 && part[-1].kind == X12I_CONSTANT_PART) {
        part->constant_length = part[-1].constant_length;
        memcpy(part->constant, part[-1].constant, sizeof part->constant);
        part[-1] = *part;
        --*count;
    }
    return true;
}

x12i_node *x12i_make_parts_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_part *parts, unsigned count)
{
    x12i_node *node = x12i_new_node(parser, operation, type);
    x12i_part *kept = node ? x12_arena_allocate(parser->arena, count * sizeof *kept) : NULL;
    if (kept == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    memcpy(kept, parts, count * sizeof *kept);
    node->parts = kept;
    node->part_count = count;
    return node;
}
