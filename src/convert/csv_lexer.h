/* From a cell's first byte to what ends it. */
#ifndef REMEDI_CONVERT_CSV_LEXER_H
#define REMEDI_CONVERT_CSV_LEXER_H

/* What a byte is to the lexer. A NUL is SENTINEL: it may be the end of what was read. */
enum { X12I_CSV_SENTINEL, X12I_CSV_PLAIN, X12I_CSV_DELIMITER, X12I_CSV_QUOTE, X12I_CSV_RETURN, X12I_CSV_NEWLINE };

typedef struct x12i_csv_lexer {
    unsigned char class_of[256];
} x12i_csv_lexer;

typedef enum x12i_csv_lexed {
    X12I_CSV_CELL, /* at the delimiter; within quotes at the next quote */
    X12I_CSV_ROW,  /* at a line break */
    X12I_CSV_MORE  /* at the NUL behind what was read */
} x12i_csv_lexed;

void x12i_csv_lexer_delimiter(x12i_csv_lexer *lexer, char delimiter);

/* Go on at *place, up to what they answer. A NUL that stands at `end` is not of the input. */
x12i_csv_lexed x12i_csv_lex_plain(const x12i_csv_lexer *lexer, const char **place, const char *end);
x12i_csv_lexed x12i_csv_lex_quoted(const x12i_csv_lexer *lexer, const char **place, const char *end);

#endif
