/* The segment lexer. The delimiters are data, chosen by each interchange: the automaton reads byte classes, not bytes. */
#include "wire/lexer.h"
#include <string.h>

static void scan_for(x12i_lexer *lexer, unsigned char bytes[16], unsigned char byte, int class, unsigned char terminator)
{
    memset(bytes, lexer->class_of[byte] == class ? byte : terminator, 16);
}

void x12i_lexer_delimiters(x12i_lexer *lexer, const x12i_delimiters *delimiters, bool single_byte)
{
    memset(lexer->class_of, X12I_CLASS_PLAIN, sizeof lexer->class_of);
    if (single_byte)
        memset(lexer->class_of + 0x80, X12I_CLASS_HIGH, 0x80);
    lexer->class_of['\r'] = lexer->class_of['\n'] = X12I_CLASS_LINE_BREAK;
    lexer->class_of[delimiters->repetition] = X12I_CLASS_INNER;
    lexer->class_of[delimiters->component] = X12I_CLASS_INNER;
    lexer->class_of[0] = X12I_CLASS_SENTINEL;
    lexer->class_of[delimiters->element] = X12I_CLASS_ELEMENT;
    lexer->class_of[delimiters->segment] = X12I_CLASS_TERMINATOR;
    scan_for(lexer, lexer->scan.element, delimiters->element, X12I_CLASS_ELEMENT, delimiters->segment);
    scan_for(lexer, lexer->scan.component, delimiters->component, X12I_CLASS_INNER, delimiters->segment);
    scan_for(lexer, lexer->scan.repetition, delimiters->repetition, X12I_CLASS_INNER, delimiters->segment);
    memset(lexer->scan.terminator, delimiters->segment, sizeof lexer->scan.terminator);
    lexer->scan.high = single_byte ? ~0u : 0;
}

x12i_lexed x12i_lex(x12i_lexer *lexer, const char *base, const char **place, const char *end)
{
    const unsigned char *class_of = lexer->class_of;
    const unsigned char *cursor = (const unsigned char *)*place;
    uint32_t *positions = lexer->positions;
    uint32_t count = lexer->count;
    x12i_lexed result;

    for (;;) {
    /*!re2c
        re2c:api = custom;
        re2c:api:style = free-form;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYPEEK = "class_of[*cursor]";
        re2c:define:YYSKIP = "++cursor;";
        re2c:yyfill:enable = 0;
        re2c:flags:bit-vectors = 1; /* most bytes are plain: one test keeps the loop */

        plain = [\x01]*;

        plain [\x02] {
            if (count == lexer->capacity) {
                cursor--;
                result = X12I_LEXED_FULL;
                break;
            }
            positions[count++] = (uint32_t)((const char *)cursor - 1 - base);
            continue;
        }
        plain [\x03] {
            result = X12I_LEXED_TERMINATOR;
            break;
        }
        plain [\x04] {
            result = X12I_LEXED_LINE_BREAK;
            break;
        }
        plain [\x05] {
            if (count == lexer->capacity) {
                cursor--;
                result = X12I_LEXED_FULL;
                break;
            }
            lexer->nested = true;
            positions[count++] = (uint32_t)((const char *)cursor - 1 - base);
            continue;
        }
        plain [\x06-\xff] {
            lexer->high = true;
            continue;
        }
        plain [\x00] {
            if ((const char *)cursor <= end)
                continue; /* a NUL of the input itself */
            cursor--;
            result = X12I_LEXED_END;
            break;
        }
    */
    }
    lexer->count = count;
    *place = (const char *)cursor;
    return result;
}
