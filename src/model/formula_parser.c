/* The grammar of formulas: one function for each of its levels, from the tightest to the loosest. */
#include "model/formula_names.h"
#include "model/formula_nodes.h"

enum { DEEPEST = 64 };

/* ---- Texts, numbers, names ---- */

/* The text of the word at hand, which lives as long as the formula. */
static bool keep_text(x12i_formula_parser *parser, x12_text *kept)
{
    x12_text text = parser->word.text;
    char *copy = x12_arena_allocate(parser->arena, text.length + 1);
    if (copy == NULL) {
        x12i_formula_no_memory(parser);
        return false;
    }
    *kept = (x12_text){memcpy(copy, text.data, text.length), text.length};
    return true;
}

static x12i_node *parse_text(x12i_formula_parser *parser)
{
    x12i_node *node = x12i_new_node(parser, X12I_CONSTANT, X12I_STRING);
    if (node == NULL || !keep_text(parser, &node->constant.text))
        return NULL;
    node->constant.kind = X12I_STRING;
    x12i_formula_advance(parser);
    return node;
}

static x12i_node *parse_number(x12i_formula_parser *parser)
{
    x12i_node *node = x12i_new_node(parser, X12I_CONSTANT, X12I_NUMBER);
    x12_text text;
    if (node == NULL || !keep_text(parser, &text))
        return NULL;
    node->constant.kind = X12I_NUMBER;
    node->constant.number = x12_decimal_parse(text);
    if (!node->constant.number.valid)
        x12i_formula_refuse(parser, "a number has 18 digits at the most");
    x12i_formula_advance(parser);
    return node;
}

static x12i_node *parse_value(x12i_formula_parser *parser)
{
    const x12i_lexeme start = parser->word;
    const x12i_path *path = x12i_parse_path(parser);
    if (path == NULL)
        return NULL;
    bool single = x12i_path_value(path) != NULL;
    if (path->many || !single)
        parser->word = start;
    if (path->many)
        x12i_formula_refuse(parser, "this may have several values: say sum(...), count(...), first(...) or join(..., \" \")");
    else if (!single)
        x12i_formula_refuse(parser, "this is no single value: say which part of it, or has(...)");
    return x12i_make_path_node(parser, X12I_VALUE_OF, x12i_type_of_path(path), path);
}

static x12i_node *parse_given(x12i_formula_parser *parser)
{
    const x12i_formula_subject *subject = parser->subject;
    for (unsigned i = 0; i < subject->given_count; i++) {
        if (!x12i_is_text(parser->word.text, subject->givens[i]))
            continue;
        x12i_node *node = x12i_new_node(parser, X12I_GIVEN, X12I_STRING);
        if (node != NULL)
            node->number = (uint16_t)i;
        parser->used_givens |= 1u << i;
        x12i_formula_advance(parser);
        return node;
    }
    return NULL;
}

/* What is neither of the guide nor given: of the item at hand its text, and its place in the list. */
static x12i_node *parse_of_item(x12i_formula_parser *parser)
{
    bool inside = parser->scope->outer != NULL, bare = inside && parser->scope->loop == NULL && parser->scope->parts == NULL;
    if (bare && x12i_formula_at(parser, "item")) {
        parser->level = 0;
        parser->of_item = true;
        x12i_formula_advance(parser);
        return x12i_make_node(parser, X12I_ITEM, X12I_STRING, NULL, NULL);
    }
    if (inside && x12i_formula_at(parser, "position")) {
        parser->level = 0;
        parser->of_item = true;
        x12i_formula_advance(parser);
        return x12i_make_node(parser, X12I_POSITION, X12I_NUMBER, NULL, NULL);
    }
    return NULL;
}

static x12i_node *parse_name(x12i_formula_parser *parser)
{
    x12i_formula_lexer ahead = parser->lexer;
    x12i_lexeme next = x12i_formula_lexeme(&ahead);
    if (next.kind == X12I_LEXEME_SIGN && x12i_is_text(next.text, "("))
        return x12i_parse_function(parser, parser->word.text);
    x12i_beginning beginning;
    x12i_find_beginning(parser->scope, parser->word.text, &beginning);
    x12i_node *node = beginning.at ? NULL : parse_given(parser);
    if (beginning.at == NULL && node == NULL && !parser->failed)
        node = parse_of_item(parser);
    return node || parser->failed ? node : parse_value(parser);
}

/* ---- Operators ---- */

static x12i_node *parse_primary(x12i_formula_parser *parser)
{
    x12i_node *node;
    switch (parser->word.kind) {
    case X12I_LEXEME_STRING:
        return parse_text(parser);
    case X12I_LEXEME_NUMBER:
        return parse_number(parser);
    case X12I_LEXEME_NAME:
        return parse_name(parser);
    case X12I_LEXEME_SIGN:
        if (!x12i_formula_accept(parser, "("))
            break;
        node = x12i_parse_expression(parser);
        return node && x12i_formula_expect(parser, ")") ? node : NULL;
    case X12I_LEXEME_BAD:
        x12i_formula_refuse(parser, *parser->word.text.data == '"' ? "a text ends on its line, with a quotation mark" : "this character belongs to no formula");
        return NULL;
    default:
        break;
    }
    x12i_formula_refuse(parser, "a name, a number, a \"text\" or ( is missing here");
    return NULL;
}

static x12i_node *parse_signed(x12i_formula_parser *parser)
{
    if (parser->depth == DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    parser->depth++;
    x12i_node *node = x12i_formula_accept(parser, "-") ? x12i_make_node(parser, X12I_NEGATE, X12I_NUMBER, parse_signed(parser), NULL) : parse_primary(parser);
    parser->depth--;
    return node;
}

static x12i_node *parse_product(x12i_formula_parser *parser)
{
    x12i_node *node = parse_signed(parser);
    while (node && x12i_formula_accept(parser, "*"))
        node = x12i_make_node(parser, X12I_MULTIPLY, X12I_NUMBER, node, parse_signed(parser));
    return node;
}

static x12i_node *parse_sum(x12i_formula_parser *parser)
{
    x12i_node *node = parse_product(parser);
    while (node && (x12i_formula_at(parser, "+") || x12i_formula_at(parser, "-"))) {
        x12i_operation operation = x12i_formula_accept(parser, "+") ? X12I_ADD : X12I_SUBTRACT;
        if (operation == X12I_SUBTRACT)
            x12i_formula_advance(parser);
        node = x12i_make_node(parser, operation, X12I_NUMBER, node, parse_product(parser));
    }
    return node;
}

static x12i_node *parse_joined(x12i_formula_parser *parser)
{
    x12i_node *node = parse_sum(parser);
    if (node == NULL || !x12i_formula_at(parser, "&"))
        return node;
    x12i_part parts[X12I_MOST_PARTS];
    unsigned count = 0;
    bool added = x12i_add_joined(parser, parts, &count, node);
    while (added && x12i_formula_accept(parser, "&"))
        added = x12i_add_joined(parser, parts, &count, parse_sum(parser));
    return added ? x12i_make_parts_node(parser, X12I_JOINED, X12I_STRING, parts, count) : NULL;
}

static x12i_node *parse_set(x12i_formula_parser *parser, x12i_node *of)
{
    x12i_node *chain = NULL, *last = NULL;
    if (!x12i_formula_expect(parser, "("))
        return NULL;
    do {
        if (parser->word.kind != X12I_LEXEME_STRING) {
            x12i_formula_refuse(parser, "a \"text\" or ) is missing here, as in groupCode in (\"PR\" \"CO\")");
            return NULL;
        }
        x12i_node *text = parse_text(parser);
        if (text == NULL)
            return NULL;
        if (last != NULL)
            last->next = text;
        chain = chain ? chain : text;
        last = text;
        x12i_formula_accept(parser, ",");
    } while (!x12i_formula_accept(parser, ")"));
    return x12i_make_node(parser, X12I_AMONG, X12I_TRUTH, of, chain);
}

static x12i_node *parse_comparison(x12i_formula_parser *parser)
{
    static const struct {
        const char *sign;
        x12i_operation operation;
    } signs[] = {{"=", X12I_EQUAL}, {"!=", X12I_NOT_EQUAL}, {"<", X12I_LESS}, {"<=", X12I_LESS_EQUAL}, {">", X12I_GREATER}, {">=", X12I_GREATER_EQUAL}};
    x12i_node *node = parse_joined(parser);
    if (node == NULL)
        return NULL;
    if (x12i_formula_accept(parser, "in"))
        return parse_set(parser, node);
    for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++)
        if (x12i_formula_accept(parser, signs[i].sign))
            return x12i_make_node(parser, signs[i].operation, X12I_TRUTH, node, parse_joined(parser));
    return node;
}

/* Only conditions can be joined by `and`, asked, and so on. */
static x12i_node *as_condition(x12i_formula_parser *parser, x12i_node *node)
{
    if (node != NULL && node->type != X12I_TRUTH) {
        x12i_formula_refuse(parser, "a condition must stand before this: compare with something, or ask has(...)");
        return NULL;
    }
    return node;
}

static x12i_node *parse_not(x12i_formula_parser *parser)
{
    if (!x12i_formula_at(parser, "not"))
        return parse_comparison(parser);
    if (parser->depth == DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    x12i_formula_advance(parser);
    parser->depth++;
    x12i_node *node = as_condition(parser, parse_not(parser));
    parser->depth--;
    return node ? x12i_make_node(parser, X12I_NOT, X12I_TRUTH, node, NULL) : NULL;
}

static x12i_node *parse_and(x12i_formula_parser *parser)
{
    x12i_node *node = parse_not(parser);
    while (node && x12i_formula_at(parser, "and") && as_condition(parser, node)) {
        x12i_formula_advance(parser);
        node = x12i_make_node(parser, X12I_AND, X12I_TRUTH, node, as_condition(parser, parse_not(parser)));
    }
    return node;
}

static x12i_node *parse_or(x12i_formula_parser *parser)
{
    x12i_node *node = parse_and(parser);
    while (node && x12i_formula_at(parser, "or") && as_condition(parser, node)) {
        x12i_formula_advance(parser);
        node = x12i_make_node(parser, X12I_OR, X12I_TRUTH, node, as_condition(parser, parse_and(parser)));
    }
    return node;
}

static x12i_node *parse_if(x12i_formula_parser *parser)
{
    x12i_formula_advance(parser);
    x12i_node *asked = x12i_parse_condition(parser);
    x12i_node *then = asked && x12i_formula_expect(parser, "then") ? x12i_parse_expression(parser) : NULL;
    x12i_node *otherwise = then && x12i_formula_accept(parser, "else") ? x12i_parse_expression(parser) : NULL;
    x12i_node *node = then && !parser->failed ? x12i_new_node(parser, X12I_IF, X12I_STRING) : NULL;
    if (node == NULL)
        return NULL;
    node->first = asked;
    node->second = then;
    node->third = otherwise;
    if (otherwise == NULL || otherwise->type == then->type)
        node->type = then->type;
    return node;
}

x12i_node *x12i_parse_expression(x12i_formula_parser *parser)
{
    if (parser->depth >= DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    parser->depth++;
    x12i_node *node = x12i_formula_at(parser, "if") ? parse_if(parser) : parse_or(parser);
    parser->depth--;
    return parser->failed ? NULL : node;
}

x12i_node *x12i_parse_condition(x12i_formula_parser *parser)
{
    return as_condition(parser, x12i_parse_expression(parser));
}
