/* Word by word, and what is wrong with one. */
#include "base/nearest.h"
#include "model/formula_nodes.h"
#include <stdio.h>

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

bool x12i_formula_at(const x12i_formula_parser *parser, const char *word)
{
    return (parser->word.kind == X12I_LEXEME_NAME || parser->word.kind == X12I_LEXEME_SIGN) && x12i_is_text(parser->word.text, word);
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

bool x12i_formula_expect(x12i_formula_parser *parser, const char *sign)
{
    char text[64];
    if (x12i_formula_accept(parser, sign))
        return true;
    snprintf(text, sizeof text, "%s is missing here", sign);
    x12i_formula_refuse(parser, text);
    return false;
}
