/* JSON text as it is read: a window that moves over the input, and the syntax of what stands in it. */
#ifndef REMEDI_CONVERT_JSON_LEXER_H
#define REMEDI_CONVERT_JSON_LEXER_H

#include "guide/descriptor.h"
#include <remedi/arena.h>
#include <remedi/io.h>
#include <remedi/status.h>
#include <string.h>

typedef enum x12i_json_token {
    X12I_JSON_TEXT,    /* a string that is what it says */
    X12I_JSON_ESCAPED, /* a string with escapes or stand-ins for bytes: see x12i_json_unescape */
    X12I_JSON_TRUE,
    X12I_JSON_OTHER,   /* false, null, a number: nothing that X12 has a use for */
    X12I_JSON_END,
    X12I_JSON_WRONG
} x12i_json_token;

typedef struct x12i_json_lexer {
    const unsigned char *token;  /* where the last token begins: kept in the window */
    const unsigned char *cursor;
    const unsigned char *marker;
    const unsigned char *limit;  /* a NUL stands here, and readable bytes behind it */
    unsigned char *data;
    size_t capacity;
    size_t maximum;              /* the window grows no further */
    x12_input input;
    const x12_allocator *allocator;
    bool ended;
    x12_status status;           /* why a fill failed */
    uint64_t offset;             /* of data */
    uint64_t line_offset;        /* where the line that data stands in begins */
    uint32_t line;
} x12i_json_lexer;

x12_status x12i_json_lexer_open(x12i_json_lexer *lexer, x12_input input, const x12_allocator *allocator, size_t maximum);
void x12i_json_lexer_close(x12i_json_lexer *lexer);
/* More bytes after the limit; the token at hand stays. False at the end, or with status set. */
bool x12i_json_fill(x12i_json_lexer *lexer);
x12i_json_token x12i_json_scan(x12i_json_lexer *lexer);
/* Where `place` in the window stands in the input. */
void x12i_json_locate(const x12i_json_lexer *lexer, const unsigned char *place, uint64_t *offset, uint32_t *line, uint32_t *column);

/* The inside of the string that was scanned last. */
static inline x12_text x12i_json_scanned(const x12i_json_lexer *lexer)
{
    return (x12_text){(const char *)lexer->token + 1, (uint32_t)(lexer->cursor - lexer->token - 2)};
}
/* Writes what an ESCAPED string says to `out`, which has room for the whole string; false for half of a surrogate pair. */
bool x12i_json_unescape(x12_text string, char *out, size_t *length);

/* The next byte that is no blank, unconsumed; -1 at the end. */
int x12i_json_peek_slow(x12i_json_lexer *lexer);
static inline int x12i_json_peek(x12i_json_lexer *lexer)
{
    return *lexer->cursor > ' ' ? *lexer->cursor : x12i_json_peek_slow(lexer);
}
static inline bool x12i_json_take(x12i_json_lexer *lexer, char byte)
{
    if (x12i_json_peek(lexer) != byte)
        return false;
    lexer->cursor++;
    return true;
}

typedef enum x12i_json_step { X12I_JSON_STEP_WRONG, X12I_JSON_STEP_ITEM, X12I_JSON_STEP_DONE } x12i_json_step;
/* Within a list ('[', ']') or object ('{', '}') whose opening bracket is consumed: goes to the next item or key, which stands at the
   cursor then, or consumes the closing bracket. *first is true before the first one, and is cleared. */
x12i_json_step x12i_json_next_slow(x12i_json_lexer *lexer, char closing, bool *first);
static inline x12i_json_step x12i_json_next(x12i_json_lexer *lexer, char closing, bool *first)
{
    const unsigned char *cursor = lexer->cursor;
    if (*first || cursor[0] != ',' || cursor[1] <= ' ' || cursor[1] == (unsigned char)closing) /* behind the limit stands a NUL */
        return x12i_json_next_slow(lexer, closing, first);
    lexer->cursor++;
    return X12I_JSON_STEP_ITEM;
}

/* Whether two texts of `length` bytes, at least 4, are the same: in words that overlap. */
static inline bool x12i_json_same(const void *left, const void *right, size_t length)
{
    const char *a = left, *b = right;
    uint64_t x, y;
    uint32_t s, t;
    for (size_t i = 0; i + sizeof x <= length; i += sizeof x) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x != y)
            return false;
    }
    if (length >= sizeof x) {
        memcpy(&x, a + length - sizeof x, sizeof x);
        memcpy(&y, b + length - sizeof y, sizeof y);
        return x == y;
    }
    memcpy(&s, a + length - sizeof s, sizeof s);
    memcpy(&t, b + length - sizeof t, sizeof t);
    return s == t;
}

/* Consumes the key at the cursor, when it is this one and spelled without blanks. */
static inline bool x12i_json_match(x12i_json_lexer *lexer, const x12i_key *key)
{
    size_t length = key->length;
    if (memcmp(lexer->cursor, key->text, 4) != 0 || (size_t)(lexer->limit - lexer->cursor) < length || !x12i_json_same(lexer->cursor, key->text, length))
        return false;
    lexer->cursor += length;
    return true;
}

#endif
