/* The parser of formulas, for those whose files have formulas in them: it goes word by word, and stops behind a formula's last one. */
#ifndef REMEDI_MODEL_FORMULA_PARSER_H
#define REMEDI_MODEL_FORMULA_PARSER_H

#include "model/formula_lexer.h"
#include "model/formula_tree.h"

enum { X12I_MOST_GATHERED = 16 };

typedef struct x12i_formula_parser {
    x12i_formula_lexer lexer;
    x12i_lexeme word; /* the next one */
    x12i_formula_error *error;
    bool failed;
    /* Of the formula that is being read: */
    x12_arena *arena;
    const x12i_formula_subject *subject;
    const x12i_names *base;  /* names of what the whole formula is about */
    const x12i_names *scope; /* names of what is being read, within filters and templates */
    const x12i_path *first_path;
    const x12i_node *gathering[X12I_MOST_GATHERED];
    unsigned gathering_count;
    unsigned level;
    unsigned used_givens; /* one bit for each */
    bool of_item;
    unsigned depth;
    unsigned size;
    unsigned inside; /* filters and templates around what is being read */
} x12i_formula_parser;

/* Takes the first word of `source`. */
void x12i_formula_parser_begin(x12i_formula_parser *parser, x12_text source, x12i_formula_error *error);
/* Goes to the next word. */
void x12i_formula_advance(x12i_formula_parser *parser);
/* Whether the next word is this name, or this sign. */
bool x12i_formula_at(const x12i_formula_parser *parser, const char *word);
/* Goes beyond it, if the next word is that. */
bool x12i_formula_accept(x12i_formula_parser *parser, const char *word);
/* The parser has failed, at the next word: what is wrong there, `%.*s` for `text`. Only the first of these is kept. */
void x12i_formula_refuse(x12i_formula_parser *parser, const char *text);
void x12i_formula_refuse_name(x12i_formula_parser *parser, const char *what, x12_text name, const char *nearest);
void x12i_formula_no_memory(x12i_formula_parser *parser);

/* Reads the formula, or path, that the next words are. NULL: refused. */
const x12i_formula *x12i_formula_parse(x12i_formula_parser *parser, const x12i_formula_subject *subject);
const x12i_path *x12i_path_parse(x12i_formula_parser *parser, const x12i_formula_subject *subject);

/* Within a formula: a path, or a whole expression. NULL: refused. */
const x12i_path *x12i_parse_path(x12i_formula_parser *parser);
x12i_node *x12i_parse_expression(x12i_formula_parser *parser);
/* A condition. */
x12i_node *x12i_parse_condition(x12i_formula_parser *parser);

#endif
