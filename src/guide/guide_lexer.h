/* The words of a guide file. */
#ifndef REMEDI_GUIDE_LEXER_H
#define REMEDI_GUIDE_LEXER_H

#include "guide/guide_model.h"

typedef enum x12i_token_kind {
    X12I_TOKEN_WORD,
    X12I_TOKEN_STRING, /* without its quotes */
    X12I_TOKEN_OPEN,
    X12I_TOKEN_CLOSE,
    X12I_TOKEN_STOP,   /* the end of a line, or ";" */
    X12I_TOKEN_END,
    X12I_TOKEN_BAD
} x12i_token_kind;

typedef struct x12i_token {
    x12i_token_kind kind;
    const char *text;
    size_t length;
    x12i_place place;
} x12i_token;

typedef struct x12i_guide_lexer {
    const char *file;
    const char *cursor;
    const char *end;
    const char *line_start;
    unsigned line;
} x12i_guide_lexer;

x12i_token x12i_guide_token(x12i_guide_lexer *lexer);

#endif
