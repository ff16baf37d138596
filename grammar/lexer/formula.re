/* The lexer of formulas and views. */
#include "model/formula_lexer.h"

x12i_lexeme x12i_formula_lexeme(x12i_formula_lexer *lexer)
{
    const char *cursor = lexer->cursor, *marker = cursor, *start;
    x12i_lexeme_kind kind;
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

        name   = [A-Za-z_] [A-Za-z0-9_]*;
        word   = [0-9]+ [A-Za-z] [A-Za-z0-9]*;
        number = [0-9]+ ("." [0-9]+)?;
        string = ["] [^"\n\x00]* ["];

        [ \t\r]+             { continue; }
        [\n]                 { lexer->line++; lexer->line_start = cursor; continue; }
        "#" [^\n\x00]*       { continue; }
        name                 { kind = X12I_LEXEME_NAME; break; }
        word                 { kind = X12I_LEXEME_WORD; break; }
        number               { kind = X12I_LEXEME_NUMBER; break; }
        string               { kind = X12I_LEXEME_STRING; break; }
        [()[\],.+*&=<>-]     { kind = X12I_LEXEME_SIGN; break; }
        "!=" | "<=" | ">="   { kind = X12I_LEXEME_SIGN; break; }
        [\x00]               { kind = start < lexer->end ? X12I_LEXEME_BAD : X12I_LEXEME_END; cursor = start < lexer->end ? cursor : lexer->end; break; }
        *                    { kind = X12I_LEXEME_BAD; break; }
    */
    }
    bool quoted = kind == X12I_LEXEME_STRING;
    lexer->cursor = cursor;
    return (x12i_lexeme){kind, {start + quoted, (uint32_t)(cursor - start) - 2u * quoted}, lexer->line, (unsigned)(start - lexer->line_start) + 1};
}
