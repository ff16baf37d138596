/* Whole formulas, from their text. */
#include "model/formula_nodes.h"
#include <limits.h>

/* What is known of the loop at hand stands outermost, then what leads to each item. */
static bool begin(x12i_formula_parser *parser, const x12i_formula_subject *subject)
{
    x12i_names *names = x12_arena_allocate(subject->arena, sizeof *names);
    parser->arena = subject->arena;
    parser->subject = subject;
    parser->first_path = NULL;
    parser->gathering_count = parser->depth = parser->size = parser->inside = 0;
    parser->level = UINT_MAX;
    parser->used_givens = 0;
    parser->of_item = false;
    if (names == NULL) {
        x12i_formula_no_memory(parser);
        return false;
    }
    names->loop = subject->loop;
    parser->base = parser->scope = subject->each ? subject->each->end : names;
    return true;
}

static const x12i_node *const *keep_gathering(x12i_formula_parser *parser)
{
    const x12i_node **kept = x12_arena_allocate(parser->arena, (parser->gathering_count + 1) * sizeof *kept);
    if (kept != NULL)
        memcpy(kept, parser->gathering, parser->gathering_count * sizeof *kept);
    return kept;
}

const x12i_formula *x12i_formula_parse(x12i_formula_parser *parser, const x12i_formula_subject *subject)
{
    x12i_node *root = begin(parser, subject) ? x12i_parse_expression(parser) : NULL;
    if (root == NULL)
        return NULL;
    x12i_formula *formula = x12_arena_allocate(parser->arena, sizeof *formula);
    const x12i_node *const *gathering = keep_gathering(parser);
    if (formula == NULL || gathering == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    *formula = (x12i_formula){.root = root, .loop = subject->loop, .first_path = parser->first_path, .gathering = gathering, .gathering_count = parser->gathering_count,
                              .level = parser->level, .used_givens = parser->used_givens, .of_item = parser->of_item};
    return formula;
}

const x12i_path *x12i_path_parse(x12i_formula_parser *parser, const x12i_formula_subject *subject)
{
    return begin(parser, subject) ? x12i_parse_path(parser) : NULL;
}

/* Behind it nothing may stand. */
static bool ends(x12i_formula_parser *parser)
{
    if (parser->word.kind == X12I_LEXEME_END)
        return true;
    x12i_formula_refuse(parser, "this goes on where it should end: an operator is missing, or a bracket");
    return false;
}

const x12i_formula *x12i_formula_compile(const x12i_formula_subject *subject, x12_text source, x12i_formula_error *error)
{
    x12i_formula_parser parser;
    x12i_formula_parser_begin(&parser, source, error);
    const x12i_formula *formula = x12i_formula_parse(&parser, subject);
    return formula && ends(&parser) ? formula : NULL;
}

const x12i_path *x12i_path_compile(const x12i_formula_subject *subject, x12_text source, x12i_formula_error *error)
{
    x12i_formula_parser parser;
    x12i_formula_parser_begin(&parser, source, error);
    const x12i_path *path = x12i_path_parse(&parser, subject);
    return path && ends(&parser) ? path : NULL;
}
