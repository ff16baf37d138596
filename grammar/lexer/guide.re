/* The lexer of the guide language. */
#include "guide/guide_lexer.h"

x12i_token x12i_guide_token(x12i_guide_lexer *lexer)
{
    const char *cursor = lexer->cursor, *marker = cursor, *start;
    x12i_token_kind kind;
    for (;;) {
        start = cursor;
    /*!re2c
        re2c:api = custom;
        re2c:api:style = free-form;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYPEEK = "(unsigned char)(cursor < lexer->end ? *cursor : 0)";
        re2c:define:YYSKIP = "++cursor;";
        re2c:define:YYBACKUP = "marker = cursor;";
        re2c:define:YYRESTORE = "cursor = marker;";
        re2c:yyfill:enable = 0;

        blank  = [ \t\r]+;
        word   = [^ \t\r\n#{}";\x00]+;
        string = ["] [^"\n\x00]* ["];

        blank            { continue; }
        "#" [^\n\x00]*   { continue; }
        word             { kind = X12I_TOKEN_WORD; break; }
        string           { kind = X12I_TOKEN_STRING; break; }
        "{"              { kind = X12I_TOKEN_OPEN; break; }
        "}"              { kind = X12I_TOKEN_CLOSE; break; }
        [\n;]            { kind = X12I_TOKEN_STOP; break; }
        [\x00]           { kind = start < lexer->end ? X12I_TOKEN_BAD : X12I_TOKEN_END; cursor = start < lexer->end ? cursor : lexer->end; break; }
        *                { kind = X12I_TOKEN_BAD; break; }
    */
    }
    bool quoted = kind == X12I_TOKEN_STRING;
    x12i_token token = {kind, start + quoted, (size_t)(cursor - start) - 2u * quoted, {lexer->file, lexer->line, (unsigned)(start - lexer->line_start) + 1}};
    if (kind == X12I_TOKEN_STOP && *start == '\n') {
        lexer->line++;
        lexer->line_start = cursor;
    }
    lexer->cursor = cursor;
    return token;
}
