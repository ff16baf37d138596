/* Rules across segments: their formulas are kept as they are. */
#include "guide/guide_parser.h"
#include <remedi/finding.h>
#include <string.h>

/* The number of the finding that the rule raises, "E6101" in the registry. */
static unsigned read_code(x12i_parser *parser)
{
    x12i_place place = parser->token.place;
    const char *word = x12i_take_any(parser, "the code of a finding");
    const x12_finding_type *type;
    for (size_t i = 0; word != NULL && (type = x12_finding_type_at(i)) != NULL; i++)
        if (strcmp(type->name, word) == 0)
            return type->code;
    x12i_parse_fail(parser, place, "the registry has no finding %s", word);
    return 0;
}

/* What stands between { and }, as it is. */
static const char *read_formula(x12i_parser *parser)
{
    x12i_guide_lexer *lexer = &parser->lexer;
    if (parser->token.kind != X12I_TOKEN_OPEN) {
        x12i_parse_fail(parser, parser->token.place, "expected { and a formula here", NULL);
        return NULL;
    }
    const char *start = lexer->cursor, *end = memchr(start, '}', (size_t)(lexer->end - start));
    if (end == NULL) {
        x12i_parse_fail(parser, parser->token.place, "the formula has no end", NULL);
        return NULL;
    }
    for (const char *at = start; at < end; at++)
        if (*at == '\n') {
            lexer->line++;
            lexer->line_start = at + 1;
        }
    lexer->cursor = end + 1;
    x12i_advance(parser);
    return x12i_keep(parser, start, (size_t)(end - start));
}

/* One or two codes. */
static void read_unless(x12i_parser *parser, x12i_grule *rule)
{
    rule->unless[0] = read_code(parser);
    if (parser->token.kind == X12I_TOKEN_WORD && !x12i_at_word(parser, "each") && !x12i_at_word(parser, "when"))
        rule->unless[1] = read_code(parser);
}

bool x12i_read_rule(x12i_parser *parser, x12i_gloop *loop)
{
    x12i_grule rule = {.place = parser->token.place, .balance = x12i_take_word(parser, "balance")};
    if (!rule.balance && !x12i_take_word(parser, "rule"))
        return false;
    rule.code = read_code(parser);
    if (x12i_take_word(parser, "unless"))
        read_unless(parser, &rule);
    if (x12i_take_word(parser, "each"))
        rule.each = read_formula(parser);
    if (x12i_take_word(parser, "when"))
        rule.when = read_formula(parser);
    rule.formula = read_formula(parser);
    x12i_grule *added = X12I_APPEND(parser, loop->rules, loop->rule_count);
    if (added != NULL)
        *added = rule;
    return true;
}
