/* The words of formulas, and of the views and rules that are written in them. */
#ifndef REMEDI_MODEL_FORMULA_LEXER_H
#define REMEDI_MODEL_FORMULA_LEXER_H

#include <remedi/types.h>

typedef enum x12i_lexeme_kind {
    X12I_LEXEME_END,
    X12I_LEXEME_BAD,    /* one byte that belongs to no formula, or a text that does not end on its line */
    X12I_LEXEME_NAME,   /* a letter first: letters, digits, _ */
    X12I_LEXEME_WORD,   /* a digit first, then letters: a loop's id, 2010AA */
    X12I_LEXEME_NUMBER,
    X12I_LEXEME_STRING, /* without its quotes */
    X12I_LEXEME_SIGN    /* ( ) [ ] , . + - * & = != < <= > >= */
} x12i_lexeme_kind;

typedef struct x12i_lexeme {
    x12i_lexeme_kind kind;
    x12_text text;
    unsigned line;   /* from 1 */
    unsigned column; /* in bytes, from 1 */
} x12i_lexeme;

typedef struct x12i_formula_lexer {
    const char *cursor;
    const char *end;
    const char *line_start;
    unsigned line;
} x12i_formula_lexer;

static inline x12i_formula_lexer x12i_formula_lexer_of(x12_text source)
{
    return (x12i_formula_lexer){source.data, source.data + source.length, source.data, 1};
}

/* The next word; # begins a comment, to the end of the line. */
x12i_lexeme x12i_formula_lexeme(x12i_formula_lexer *lexer);

#endif
