#include "convert/json_lexer.h"

/* The scalars of JSON (RFC 8259), from the cursor on. Brackets, colons and commas are single bytes that need no lexer. */
x12i_json_token x12i_json_scan(x12i_json_lexer *lexer)
{
    lexer->token = lexer->cursor;
    /*!re2c
        re2c:eof = 0;
        re2c:flags:tags = 0;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYCURSOR = lexer->cursor;
        re2c:define:YYMARKER = lexer->marker;
        re2c:define:YYLIMIT = lexer->limit;
        re2c:define:YYFILL = "x12i_json_fill(lexer)";
        re2c:define:YYFILL:naked = 1;

        ascii    = [\x20-\x7f] \ ["\\];
        tail     = [\x80-\xbf];
        wide     = [\xc2-\xdf] tail
                 | "\xe0" [\xa0-\xbf] tail
                 | [\xe1-\xec\xee] tail{2}
                 | "\xed" [\x80-\x9f] tail
                 | "\xef" ([\x80-\xbf] \ [\x9e\x9f]) tail
                 | "\xf0" [\x90-\xbf] tail{2}
                 | [\xf1-\xf3] tail{3}
                 | "\xf4" [\x80-\x8f] tail{2};
        stand_in = "\xef" [\x9e\x9f] tail;
        escape   = "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4});
        integer  = "0" | [1-9] [0-9]*;
        number   = "-"? integer ("." [0-9]+)? ([eE] [-+]? [0-9]+)?;

        ["] (ascii | wide)* ["]                     { return X12I_JSON_TEXT; }
        ["] (ascii | wide | stand_in | escape)* ["] { return X12I_JSON_ESCAPED; }
        "true"                                      { return X12I_JSON_TRUE; }
        "false" | "null" | number                   { return X12I_JSON_OTHER; }
        $                                           { return X12I_JSON_END; }
        *                                           { return X12I_JSON_WRONG; }
    */
}
