/* The lexer of CSV. The delimiter is data: the automaton reads byte classes, not bytes. */
#include "convert/csv_lexer.h"
#include <string.h>

void x12i_csv_lexer_delimiter(x12i_csv_lexer *lexer, char delimiter)
{
    memset(lexer->class_of, X12I_CSV_PLAIN, sizeof lexer->class_of);
    lexer->class_of['\r'] = X12I_CSV_RETURN;
    lexer->class_of['\n'] = X12I_CSV_NEWLINE;
    lexer->class_of['"'] = X12I_CSV_QUOTE;
    lexer->class_of[(unsigned char)delimiter] = X12I_CSV_DELIMITER;
    lexer->class_of[0] = X12I_CSV_SENTINEL;
}

/*!re2c
    re2c:api = custom;
    re2c:api:style = free-form;
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYPEEK = "class_of[*cursor]";
    re2c:define:YYSKIP = "++cursor;";
    re2c:yyfill:enable = 0;
    re2c:flags:bit-vectors = 1; /* most bytes are plain: one test keeps the loop */
*/

x12i_csv_lexed x12i_csv_lex_plain(const x12i_csv_lexer *lexer, const char **place, const char *end)
{
    const unsigned char *class_of = lexer->class_of;
    const unsigned char *cursor = (const unsigned char *)*place;
    x12i_csv_lexed result;

    for (;;) {
    /*!re2c
        inside = [\x01\x03]*; /* a quote within such a cell is itself */

        inside [\x02] {
            result = X12I_CSV_CELL;
            break;
        }
        inside [\x04\x05] {
            result = X12I_CSV_ROW;
            break;
        }
        inside [\x06-\xff] {
            continue;
        }
        inside [\x00] {
            if ((const char *)cursor <= end)
                continue; /* a NUL of the input itself */
            result = X12I_CSV_MORE;
            break;
        }
    */
    }
    *place = (const char *)cursor - 1;
    return result;
}

x12i_csv_lexed x12i_csv_lex_quoted(const x12i_csv_lexer *lexer, const char **place, const char *end)
{
    const unsigned char *class_of = lexer->class_of;
    const unsigned char *cursor = (const unsigned char *)*place;
    x12i_csv_lexed result;

    for (;;) {
    /*!re2c
        within = [\x01\x02\x04\x05]*;

        within [\x03] {
            result = X12I_CSV_CELL;
            break;
        }
        within [\x06-\xff] {
            continue;
        }
        within [\x00] {
            if ((const char *)cursor <= end)
                continue;
            result = X12I_CSV_MORE;
            break;
        }
    */
    }
    *place = (const char *)cursor - 1;
    return result;
}
