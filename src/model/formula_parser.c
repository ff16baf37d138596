/* The grammar of formulas: one function for each of its levels, from the loosest to the tightest. */
#include "model/formula_parser.h"
#include "base/nearest.h"
#include "model/formula_names.h"
#include "model/formula_values.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 64, LARGEST = 1000 };

/* ---- Words ---- */

void x12i_formula_advance(x12i_formula_parser *parser)
{
    parser->word = x12i_formula_lexeme(&parser->lexer);
}

void x12i_formula_parser_begin(x12i_formula_parser *parser, x12_text source, x12i_formula_error *error)
{
    *parser = (x12i_formula_parser){.lexer = x12i_formula_lexer_of(source), .error = error};
    *error = (x12i_formula_error){0};
    x12i_formula_advance(parser);
}

static bool is_word(x12_text text, const char *word)
{
    return strlen(word) == text.length && memcmp(text.data, word, text.length) == 0;
}

bool x12i_formula_at(const x12i_formula_parser *parser, const char *word)
{
    return (parser->word.kind == X12I_LEXEME_NAME || parser->word.kind == X12I_LEXEME_SIGN) && is_word(parser->word.text, word);
}

bool x12i_formula_accept(x12i_formula_parser *parser, const char *word)
{
    bool there = x12i_formula_at(parser, word);
    if (there)
        x12i_formula_advance(parser);
    return there;
}

/* ---- Refusing ---- */

static bool begin_refusal(x12i_formula_parser *parser)
{
    if (parser->failed)
        return false;
    parser->failed = true;
    parser->error->line = parser->word.line;
    parser->error->column = parser->word.column;
    return true;
}

void x12i_formula_refuse(x12i_formula_parser *parser, const char *text)
{
    if (begin_refusal(parser))
        snprintf(parser->error->text, sizeof parser->error->text, "%s", text);
}

void x12i_formula_refuse_name(x12i_formula_parser *parser, const char *what, x12_text name, const char *nearest)
{
    int shown = name.length < X12I_LONGEST_WORD ? (int)name.length : X12I_LONGEST_WORD;
    if (!begin_refusal(parser))
        return;
    snprintf(parser->error->text, sizeof parser->error->text, *nearest ? "there is no %s %.*s; did you mean %s?" : "there is no %s %.*s", what, shown, name.data, nearest);
}

void x12i_formula_no_memory(x12i_formula_parser *parser)
{
    x12i_formula_refuse(parser, "out of memory");
    parser->error->memory = true;
}

static bool expect(x12i_formula_parser *parser, const char *sign)
{
    char text[64];
    if (x12i_formula_accept(parser, sign))
        return true;
    snprintf(text, sizeof text, "%s is missing here", sign);
    x12i_formula_refuse(parser, text);
    return false;
}

/* ---- Nodes ---- */

static x12i_node *new_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type)
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

static const x12i_node *make(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_node *first, const x12i_node *second)
{
    x12i_node *node = parser->failed ? NULL : new_node(parser, operation, type);
    if (node == NULL)
        return NULL;
    node->first = first;
    node->second = second;
    if (first != NULL && type == X12I_TRUTH && (second != NULL || operation == X12I_NOT))
        note_quick(parser, node);
    return node;
}

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
    x12i_node *node = new_node(parser, X12I_CONSTANT, X12I_STRING);
    if (node == NULL || !keep_text(parser, &node->constant.text))
        return NULL;
    node->constant.kind = X12I_STRING;
    x12i_formula_advance(parser);
    return node;
}

static const x12i_node *parse_number(x12i_formula_parser *parser)
{
    x12i_node *node = new_node(parser, X12I_CONSTANT, X12I_NUMBER);
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

/* What the value of a path is compared as. */
static x12i_result_kind type_of_path(const x12i_path *path)
{
    const x12i_path_step *value = x12i_path_value(path);
    if (value == NULL || value->type <= X12I_CODE)
        return X12I_STRING;
    return value->type <= X12I_INTEGER ? X12I_NUMBER : X12I_DATED;
}

static x12i_node *make_path_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_path *path)
{
    x12i_node *node = path && !parser->failed ? new_node(parser, operation, type) : NULL;
    if (node == NULL)
        return NULL;
    node->path = path;
    node->direct = operation == X12I_VALUE_OF && path->hops == 0 && path->ups == 0 && path->step_count == 1 && type == X12I_STRING &&
                   path->steps[0].kind == X12I_EMBEDDED && path->steps[0].filter == NULL;
    return node;
}

static const x12i_node *parse_value(x12i_formula_parser *parser)
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
    return make_path_node(parser, X12I_VALUE_OF, type_of_path(path), path);
}

/* ---- Functions ---- */

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
    {"either", X12I_EITHER, X12I_MISSING, SEVERAL},
    {"first", X12I_FIRST, X12I_MISSING, EACH},
    {"from", X12I_FROM, X12I_DATED, ONE_VALUE},
    {"has", X12I_HAS, X12I_TRUTH, ONE_PATH},
    {"join", X12I_JOIN, X12I_STRING, EACH_JOINED},
    {"line", X12I_LINE, X12I_NUMBER, ONE_PATH},
    {"offset", X12I_OFFSET, X12I_NUMBER, ONE_PATH},
    {"sum", X12I_SUM, X12I_NUMBER, EACH},
    {"to", X12I_TO, X12I_DATED, ONE_VALUE},
    {"words", X12I_WORDS, X12I_STRING, SEVERAL},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const function *find_function(x12i_formula_parser *parser, x12_text name)
{
    const char *names[FUNCTION_COUNT];
    char word[X12I_LONGEST_WORD + 1];
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        names[i] = functions[i].name;
        if (is_word(name, names[i]))
            return &functions[i];
    }
    snprintf(word, sizeof word, "%.*s", name.length < sizeof word ? (int)name.length : 0, name.data);
    const char *nearest = x12i_nearest(word, names, FUNCTION_COUNT);
    x12i_formula_refuse_name(parser, "function", name, nearest ? nearest : "");
    return NULL;
}

/* An expression about each item of the path, whose names come first. */
static const x12i_node *parse_template(x12i_formula_parser *parser, const x12i_path *path, bool condition)
{
    const x12i_names *scope = parser->scope;
    parser->scope = path->end;
    parser->inside++;
    const x12i_node *node = condition ? x12i_parse_condition(parser) : x12i_parse_expression(parser);
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
        x12i_formula_refuse(parser, "the loops here come one by one: only sum, count, has, any and all work across them");
    else if (parser->gathering_count == X12I_MOST_GATHERED)
        x12i_formula_refuse(parser, "no more than 16 sums over loops that come one by one");
    else
        parser->gathering[parser->gathering_count++] = node;
    node->number = (uint16_t)parser->gathering_count;
}

/* Whether a sum needs to look at nothing but codes and amounts. */
static bool is_quick_sum(const x12i_node *node)
{
    const x12i_path_step *value = x12i_path_value(node->path);
    bool quick = node->operation == X12I_SUM && node->first == NULL && value && (value->type == X12I_DECIMAL || value->type == X12I_INTEGER);
    for (unsigned i = 0; quick && i < node->path->step_count; i++)
        quick = node->path->steps[i].filter == NULL || (node->path->steps[i].filter->condition && !node->path->steps[i].value);
    return quick;
}

static const x12i_node *parse_each(x12i_formula_parser *parser, const function *called)
{
    const x12i_path *path = x12i_parse_path(parser);
    x12i_node *node = make_path_node(parser, called->operation, called->type, path);
    if (node == NULL)
        return NULL;
    const x12i_node *one = NULL, *two = NULL;
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
    node->quick = is_quick_sum(node);
    if (node->type == X12I_MISSING)
        node->type = node->first ? node->first->type : (uint8_t)type_of_path(path);
    return node;
}

/* offset() and line() alone are those of the loop at hand. */
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
    return path;
}

/* One value to be chained with others: what it says may stand in no other chain. */
static x12i_node *make_link(x12i_formula_parser *parser, const x12i_node *said)
{
    return (x12i_node *)(uintptr_t)(said ? make(parser, X12I_JOINED, said->type, said, NULL) : NULL);
}

static const x12i_node *parse_several(x12i_formula_parser *parser, const function *called)
{
    x12i_node *last = make_link(parser, x12i_parse_expression(parser));
    x12i_node *node = last ? new_node(parser, called->operation, called->type ? called->type : (x12i_result_kind)last->type) : NULL;
    if (node == NULL)
        return NULL;
    node->first = last;
    while (last != NULL && x12i_formula_accept(parser, ",")) {
        x12i_node *next = make_link(parser, x12i_parse_expression(parser));
        last->next = next;
        last = next;
        if (next != NULL && called->type == X12I_MISSING && next->type != node->type)
            node->type = X12I_STRING;
    }
    return last ? node : NULL;
}

static const x12i_node *parse_arguments(x12i_formula_parser *parser, const function *called)
{
    if (called->arguments >= EACH)
        return parse_each(parser, called);
    if (called->arguments == SEVERAL)
        return parse_several(parser, called);
    if (called->arguments == ONE_PATH) {
        bool place = called->operation == X12I_OFFSET || called->operation == X12I_LINE;
        return make_path_node(parser, called->operation, called->type, place ? parse_place(parser) : x12i_parse_path(parser));
    }
    const x12i_node *of = x12i_parse_expression(parser);
    if (of != NULL && of->type != X12I_DATED)
        x12i_formula_refuse(parser, "only a date or period has a beginning and an end");
    return make(parser, called->operation, called->type, of, NULL);
}

static const x12i_node *parse_function(x12i_formula_parser *parser, x12_text name)
{
    const function *called = find_function(parser, name);
    if (called == NULL)
        return NULL;
    x12i_formula_advance(parser);
    x12i_formula_advance(parser);
    const x12i_node *node = parse_arguments(parser, called);
    if (node == NULL || !expect(parser, ")"))
        return NULL;
    if (node->path != NULL)
        note_gathering(parser, (x12i_node *)(uintptr_t)node);
    return node;
}

/* ---- Names ---- */

static const x12i_node *parse_given(x12i_formula_parser *parser)
{
    const x12i_formula_subject *subject = parser->subject;
    for (unsigned i = 0; i < subject->given_count; i++) {
        if (!is_word(parser->word.text, subject->givens[i]))
            continue;
        x12i_node *node = new_node(parser, X12I_GIVEN, X12I_STRING);
        if (node != NULL)
            node->number = (uint16_t)i;
        parser->used_givens |= 1u << i;
        x12i_formula_advance(parser);
        return node;
    }
    return NULL;
}

/* What is neither of the guide nor given: of the item at hand its text, and its place in the list. */
static const x12i_node *parse_of_item(x12i_formula_parser *parser)
{
    bool inside = parser->scope->outer != NULL, bare = inside && parser->scope->loop == NULL && parser->scope->parts == NULL;
    if (bare && x12i_formula_at(parser, "item")) {
        parser->level = 0;
        x12i_formula_advance(parser);
        return make(parser, X12I_ITEM, X12I_STRING, NULL, NULL);
    }
    if (inside && x12i_formula_at(parser, "position")) {
        parser->level = 0;
        x12i_formula_advance(parser);
        return make(parser, X12I_POSITION, X12I_NUMBER, NULL, NULL);
    }
    return NULL;
}

static const x12i_node *parse_name(x12i_formula_parser *parser)
{
    x12i_formula_lexer ahead = parser->lexer;
    x12i_lexeme next = x12i_formula_lexeme(&ahead);
    if (next.kind == X12I_LEXEME_SIGN && is_word(next.text, "("))
        return parse_function(parser, parser->word.text);
    x12i_beginning beginning;
    x12i_find_beginning(parser->scope, parser->word.text, &beginning);
    const x12i_node *node = beginning.at ? NULL : parse_given(parser);
    if (beginning.at == NULL && node == NULL && !parser->failed)
        node = parse_of_item(parser);
    return node || parser->failed ? node : parse_value(parser);
}

/* ---- Operators ---- */

static const x12i_node *parse_primary(x12i_formula_parser *parser)
{
    const x12i_node *node;
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
        return node && expect(parser, ")") ? node : NULL;
    case X12I_LEXEME_BAD:
        x12i_formula_refuse(parser, *parser->word.text.data == '"' ? "a text ends on its line, with a quotation mark" : "this character belongs to no formula");
        return NULL;
    default:
        break;
    }
    x12i_formula_refuse(parser, "a name, a number, a \"text\" or ( is missing here");
    return NULL;
}

static const x12i_node *parse_signed(x12i_formula_parser *parser)
{
    if (parser->depth == DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    parser->depth++;
    const x12i_node *node = x12i_formula_accept(parser, "-") ? make(parser, X12I_NEGATE, X12I_NUMBER, parse_signed(parser), NULL) : parse_primary(parser);
    parser->depth--;
    return node;
}

static const x12i_node *parse_product(x12i_formula_parser *parser)
{
    const x12i_node *node = parse_signed(parser);
    while (node && x12i_formula_accept(parser, "*"))
        node = make(parser, X12I_MULTIPLY, X12I_NUMBER, node, parse_signed(parser));
    return node;
}

static const x12i_node *parse_sum(x12i_formula_parser *parser)
{
    const x12i_node *node = parse_product(parser);
    while (node && (x12i_formula_at(parser, "+") || x12i_formula_at(parser, "-"))) {
        x12i_operation operation = x12i_formula_accept(parser, "+") ? X12I_ADD : X12I_SUBTRACT;
        if (operation == X12I_SUBTRACT)
            x12i_formula_advance(parser);
        node = make(parser, operation, X12I_NUMBER, node, parse_product(parser));
    }
    return node;
}

static const x12i_node *parse_joined(x12i_formula_parser *parser)
{
    const x12i_node *node = parse_sum(parser);
    if (node == NULL || !x12i_formula_at(parser, "&"))
        return node;
    x12i_node *last = make_link(parser, node);
    const x12i_node *joined = last ? make(parser, X12I_JOINED, X12I_STRING, last, NULL) : NULL;
    while (last && x12i_formula_accept(parser, "&")) {
        x12i_node *next = make_link(parser, parse_sum(parser));
        last->next = next;
        last = next;
    }
    return last ? joined : NULL;
}

static const x12i_node *parse_set(x12i_formula_parser *parser, const x12i_node *of)
{
    x12i_node *chain = NULL, **end = &chain;
    if (!expect(parser, "("))
        return NULL;
    do {
        if (parser->word.kind != X12I_LEXEME_STRING) {
            x12i_formula_refuse(parser, "a \"text\" or ) is missing here, as in groupCode in (\"PR\" \"CO\")");
            return NULL;
        }
        *end = parse_text(parser);
        if (*end == NULL)
            return NULL;
        end = (x12i_node **)(uintptr_t)&(*end)->next;
        x12i_formula_accept(parser, ",");
    } while (!x12i_formula_accept(parser, ")"));
    return make(parser, X12I_AMONG, X12I_TRUTH, of, chain);
}

static const x12i_node *parse_comparison(x12i_formula_parser *parser)
{
    static const struct {
        const char *sign;
        x12i_operation operation;
    } signs[] = {{"=", X12I_EQUAL}, {"!=", X12I_NOT_EQUAL}, {"<", X12I_LESS}, {"<=", X12I_LESS_EQUAL}, {">", X12I_GREATER}, {">=", X12I_GREATER_EQUAL}};
    const x12i_node *node = parse_joined(parser);
    if (node == NULL)
        return NULL;
    if (x12i_formula_accept(parser, "in"))
        return parse_set(parser, node);
    for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++)
        if (x12i_formula_accept(parser, signs[i].sign))
            return make(parser, signs[i].operation, X12I_TRUTH, node, parse_joined(parser));
    return node;
}

/* Only conditions can be joined by `and`, asked, and so on. */
static const x12i_node *as_condition(x12i_formula_parser *parser, const x12i_node *node)
{
    if (node != NULL && node->type != X12I_TRUTH) {
        x12i_formula_refuse(parser, "a condition must stand before this: compare with something, or ask has(...)");
        return NULL;
    }
    return node;
}

static const x12i_node *parse_not(x12i_formula_parser *parser)
{
    if (!x12i_formula_at(parser, "not"))
        return parse_comparison(parser);
    if (parser->depth == DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    x12i_formula_advance(parser);
    parser->depth++;
    const x12i_node *node = as_condition(parser, parse_not(parser));
    parser->depth--;
    return node ? make(parser, X12I_NOT, X12I_TRUTH, node, NULL) : NULL;
}

static const x12i_node *parse_and(x12i_formula_parser *parser)
{
    const x12i_node *node = parse_not(parser);
    while (node && x12i_formula_at(parser, "and") && as_condition(parser, node)) {
        x12i_formula_advance(parser);
        node = make(parser, X12I_AND, X12I_TRUTH, node, as_condition(parser, parse_not(parser)));
    }
    return node;
}

static const x12i_node *parse_or(x12i_formula_parser *parser)
{
    const x12i_node *node = parse_and(parser);
    while (node && x12i_formula_at(parser, "or") && as_condition(parser, node)) {
        x12i_formula_advance(parser);
        node = make(parser, X12I_OR, X12I_TRUTH, node, as_condition(parser, parse_and(parser)));
    }
    return node;
}

static const x12i_node *parse_if(x12i_formula_parser *parser)
{
    x12i_formula_advance(parser);
    const x12i_node *asked = x12i_parse_condition(parser);
    const x12i_node *then = asked && expect(parser, "then") ? x12i_parse_expression(parser) : NULL;
    const x12i_node *otherwise = then && x12i_formula_accept(parser, "else") ? x12i_parse_expression(parser) : NULL;
    x12i_node *node = then && !parser->failed ? new_node(parser, X12I_IF, X12I_STRING) : NULL;
    if (node == NULL)
        return NULL;
    node->first = asked;
    node->second = then;
    node->third = otherwise;
    if (otherwise == NULL || otherwise->type == then->type)
        node->type = then->type;
    return node;
}

const x12i_node *x12i_parse_expression(x12i_formula_parser *parser)
{
    if (parser->depth >= DEEPEST) {
        x12i_formula_refuse(parser, "this is nested too deep");
        return NULL;
    }
    parser->depth++;
    const x12i_node *node = x12i_formula_at(parser, "if") ? parse_if(parser) : parse_or(parser);
    parser->depth--;
    return parser->failed ? NULL : node;
}

const x12i_node *x12i_parse_condition(x12i_formula_parser *parser)
{
    return as_condition(parser, x12i_parse_expression(parser));
}

/* ---- Whole formulas ---- */

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

/* Nearly all columns are no more than one value, or speak of a list that is mostly empty. */
static void note_shortcut(x12i_formula *formula)
{
    const x12i_node *root = formula->root;
    const x12i_path *path = root->path;
    bool plain = root->operation == X12I_VALUE_OF && root->type != X12I_DATED, of_list = root->operation == X12I_JOIN || root->operation == X12I_FIRST;
    if (!(plain || of_list) || path->ups != 0 || path->step_count == 0)
        return;
    unsigned offset = 0, step = 0;
    for (; step < path->step_count && path->steps[step].kind == X12I_EMBEDDED && path->steps[step].filter == NULL; step++)
        offset += path->steps[step].offset;
    if (of_list && step < path->step_count && path->steps[step].kind == X12I_LISTED)
        formula->shortcut = X12I_OF_LIST;
    else if (plain && step == path->step_count)
        formula->shortcut = X12I_PLAIN;
    formula->hops = path->hops;
    formula->offset = (uint16_t)(offset + (formula->shortcut == X12I_OF_LIST ? path->steps[step].offset : 0));
}

const x12i_formula *x12i_formula_parse(x12i_formula_parser *parser, const x12i_formula_subject *subject)
{
    const x12i_node *root = begin(parser, subject) ? x12i_parse_expression(parser) : NULL;
    if (root == NULL)
        return NULL;
    x12i_formula *formula = x12_arena_allocate(parser->arena, sizeof *formula);
    const x12i_node *const *gathering = keep_gathering(parser);
    if (formula == NULL || gathering == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    *formula = (x12i_formula){.root = root, .loop = subject->loop, .first_path = parser->first_path, .gathering = gathering, .gathering_count = parser->gathering_count,
                              .level = parser->level, .used_givens = parser->used_givens};
    note_shortcut(formula);
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
