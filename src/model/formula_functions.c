/* The functions of formulas: sum(...), join(...) and so on. */
#include "base/nearest.h"
#include "model/formula_nodes.h"
#include "model/formula_values.h"
#include <stdio.h>

typedef enum argument_kind { ONE_VALUE, ONE_PATH, SEVERAL, EACH, EACH_CONDITION, EACH_JOINED } argument_kind;

typedef struct function {
    const char *name;
    x12i_operation operation;
    x12i_result_kind type; /* MISSING: that of what it is given */
    argument_kind arguments;
} function;

static const function functions[] = {
    {"all", X12I_ALL, X12I_TRUTH, EACH_CONDITION},
    {"any", X12I_ANY, X12I_TRUTH, EACH_CONDITION},
    {"count", X12I_COUNT, X12I_NUMBER, ONE_PATH},
    {"digits", X12I_DIGITS, X12I_NUMBER, ONE_VALUE},
    {"either", X12I_EITHER, X12I_MISSING, SEVERAL},
    {"first", X12I_FIRST, X12I_MISSING, EACH},
    {"from", X12I_FROM, X12I_DATED, ONE_VALUE},
    {"has", X12I_HAS, X12I_TRUTH, ONE_PATH},
    {"join", X12I_JOIN, X12I_STRING, EACH_JOINED},
    {"line", X12I_LINE, X12I_NUMBER, ONE_PATH},
    {"offset", X12I_OFFSET, X12I_NUMBER, ONE_PATH},
    {"sum", X12I_SUM, X12I_NUMBER, EACH},
    {"to", X12I_TO, X12I_DATED, ONE_VALUE},
    {"unique", X12I_UNIQUE, X12I_TRUTH, EACH},
    {"words", X12I_WORDS, X12I_STRING, SEVERAL},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const function *find_function(x12i_formula_parser *parser, x12_text name)
{
    const char *names[FUNCTION_COUNT];
    char word[X12I_LONGEST_WORD + 1];
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        names[i] = functions[i].name;
        if (x12i_is_text(name, names[i]))
            return &functions[i];
    }
    snprintf(word, sizeof word, "%.*s", name.length < sizeof word ? (int)name.length : 0, name.data);
    const char *nearest = x12i_nearest(word, names, FUNCTION_COUNT);
    x12i_formula_refuse_name(parser, "function", name, nearest ? nearest : "");
    return NULL;
}

/* An expression about each item of the path, whose names come first. */
static x12i_node *parse_template(x12i_formula_parser *parser, const x12i_path *path, bool condition)
{
    const x12i_names *scope = parser->scope;
    parser->scope = path->end;
    parser->inside++;
    x12i_node *node = condition ? x12i_parse_condition(parser) : x12i_parse_expression(parser);
    parser->inside--;
    parser->scope = scope;
    return node;
}

/* A path that goes through loops which are handed out apart has its values gathered as they come. */
static void note_gathering(x12i_formula_parser *parser, x12i_node *node)
{
    if (node->path->crossing == 0)
        return;
    if (node->operation == X12I_FIRST || node->operation == X12I_JOIN || node->operation == X12I_OFFSET || node->operation == X12I_LINE)
        x12i_formula_refuse(parser, "the loops here come one by one: only sum, count, has, any, all and unique work across them");
    else if (parser->gathering_count == X12I_MOST_GATHERED)
        x12i_formula_refuse(parser, "no more than 16 sums over loops that come one by one");
    else
        parser->gathering[parser->gathering_count++] = node;
    node->number = (uint16_t)parser->gathering_count;
}

/* Whether each of its items stands in one of a list that the loop at hand has: then there are no more items than in the list. */
static bool is_of_one_list(const x12i_path *path)
{
    bool one = path->hops == 0 && path->ups == 0 && path->crossing == 0 && path->step_count != 0 && path->steps[0].kind == X12I_LISTED;
    for (unsigned i = 1; i < path->step_count; i++)
        one &= path->steps[i].kind != X12I_LISTED;
    return one;
}

static x12i_node *parse_each(x12i_formula_parser *parser, const function *called)
{
    const x12i_path *path = x12i_parse_path(parser);
    x12i_node *node = x12i_make_path_node(parser, called->operation, called->type, path);
    if (node == NULL)
        return NULL;
    x12i_node *one = NULL, *two = NULL;
    if (x12i_formula_accept(parser, ","))
        one = parse_template(parser, path, called->arguments == EACH_CONDITION);
    if (one != NULL && called->arguments == EACH_JOINED && x12i_formula_accept(parser, ","))
        two = x12i_parse_expression(parser);
    bool joined = called->arguments == EACH_JOINED;
    node->first = joined && two == NULL ? NULL : one;
    node->second = two ? two : one;
    if (joined && node->second && (node->second->operation != X12I_CONSTANT || node->second->type != X12I_STRING))
        x12i_formula_refuse(parser, "what stands between is a \"text\"");
    if (one == NULL && called->arguments >= EACH_CONDITION)
        x12i_formula_refuse(parser, joined ? "join wants a text to stand between, as in join(modifiers, \" \")" : "a condition is missing, as in any(services, paidAmount < 0)");
    if (node->first == NULL && x12i_path_value(path) == NULL)
        x12i_formula_refuse(parser, "this has no value of its own: say what of each is meant, as in sum(services, paidAmount)");
    node->sums = x12i_sums_of_nodes(parser->arena, (const x12i_node *const[]){node}, 1);
    node->one_list = is_of_one_list(path);
    if (node->type == X12I_MISSING)
        node->type = node->first ? node->first->type : (uint8_t)x12i_type_of_path(path);
    return node;
}

/* Whether an item stands in a segment of its own, and not in one of the loop's. */
static bool has_own_segment(const x12i_path *each)
{
    bool own = false;
    for (unsigned i = 0; i < each->step_count; i++)
        own |= x12i_is_slot_step(&each->steps[i]);
    return own;
}

/* offset() and line() alone are those of the loop or item at hand. */
static const x12i_path *parse_place(x12i_formula_parser *parser)
{
    if (!x12i_formula_at(parser, ")"))
        return x12i_parse_path(parser);
    x12i_path *path = x12_arena_allocate(parser->arena, sizeof *path);
    if (path == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    path->end = parser->scope;
    parser->level = 0;
    parser->of_item |= parser->inside != 0 || (parser->subject->each != NULL && has_own_segment(parser->subject->each));
    return path;
}

static x12i_node *parse_several(x12i_formula_parser *parser, const function *called)
{
    x12i_part parts[X12I_MOST_PARTS];
    unsigned count = 0;
    bool added;
    do
        added = x12i_add_part(parser, parts, &count, x12i_parse_expression(parser));
    while (added && x12i_formula_accept(parser, ","));
    x12i_result_kind type = called->type || !added ? called->type : (x12i_result_kind)parts[0].node->type;
    for (unsigned i = 1; i < count && called->type == X12I_MISSING; i++)
        type = parts[i].node->type == type ? type : X12I_STRING;
    return added ? x12i_make_parts_node(parser, called->operation, type, parts, count) : NULL;
}

static x12i_node *parse_arguments(x12i_formula_parser *parser, const function *called)
{
    if (called->arguments >= EACH)
        return parse_each(parser, called);
    if (called->arguments == SEVERAL)
        return parse_several(parser, called);
    if (called->arguments == ONE_PATH) {
        bool place = called->operation == X12I_OFFSET || called->operation == X12I_LINE;
        return x12i_make_path_node(parser, called->operation, called->type, place ? parse_place(parser) : x12i_parse_path(parser));
    }
    x12i_node *of = x12i_parse_expression(parser);
    if (of != NULL && of->type != X12I_DATED && called->type == X12I_DATED)
        x12i_formula_refuse(parser, "only a date or period has a beginning and an end");
    return x12i_make_node(parser, called->operation, called->type, of, NULL);
}

x12i_node *x12i_parse_function(x12i_formula_parser *parser, x12_text name)
{
    const function *called = find_function(parser, name);
    if (called == NULL)
        return NULL;
    x12i_formula_advance(parser);
    x12i_formula_advance(parser);
    x12i_node *node = parse_arguments(parser, called);
    if (node == NULL || !x12i_formula_expect(parser, ")"))
        return NULL;
    if (node->path != NULL)
        note_gathering(parser, node);
    return node;
}
