/* From a segment's first byte to its terminator. */
#ifndef REMEDI_WIRE_LEXER_H
#define REMEDI_WIRE_LEXER_H

#include "wire/wire.h"

/* What a byte is to the lexer. A NUL is SENTINEL: it may be the end of what was read. */
enum { X12I_CLASS_SENTINEL, X12I_CLASS_PLAIN, X12I_CLASS_ELEMENT, X12I_CLASS_TERMINATOR, X12I_CLASS_LINE_BREAK, X12I_CLASS_INNER, X12I_CLASS_HIGH };

typedef enum x12i_lexed { X12I_LEXED_TERMINATOR, X12I_LEXED_LINE_BREAK, X12I_LEXED_END, X12I_LEXED_FULL } x12i_lexed;

/* For the scan: each byte sixteen times. The terminator stands for delimiters that there are not. */
typedef struct x12i_scan_bytes {
    unsigned char element[16];
    unsigned char component[16];
    unsigned char repetition[16];
    unsigned char terminator[16];
    unsigned high; /* all bits where bytes from 0x80 on are HIGH */
} x12i_scan_bytes;

typedef struct x12i_lexer {
    x12i_scan_bytes scan;
    unsigned char class_of[256];
    uint32_t *positions;
    uint32_t count;
    uint32_t capacity;
    bool high;   /* a byte of class HIGH was seen */
    bool nested; /* and one of class INNER: a component or repetition separator */
} x12i_lexer;

void x12i_lexer_delimiters(x12i_lexer *lexer, const x12i_delimiters *delimiters, bool single_byte);

/* Goes on at *cursor within the segment that begins at `base`, noting where delimiters stand. TERMINATOR, LINE_BREAK: *cursor is behind it.
   END: at `end`, more input is needed. FULL: there is no room for more positions; *cursor is at a delimiter. */
x12i_lexed x12i_lex(x12i_lexer *lexer, const char *base, const char **cursor, const char *end);

#endif
