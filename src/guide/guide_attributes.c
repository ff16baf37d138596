/* What an element's line says behind its number and name. */
#include "guide/guide_parser.h"
#include <string.h>

static bool has_lengths(const x12i_parser *parser)
{
    x12i_guide_lexer ahead = parser->lexer;
    x12i_token next = x12i_guide_token(&ahead);
    return next.kind == X12I_TOKEN_WORD && memchr(next.text, '/', next.length) != NULL;
}

/* TYPE min/max */
static bool read_type(x12i_parser *parser, x12i_gpart *part)
{
    static const struct {
        const char *word;
        x12i_value_type type;
    } types[] = {{"AN", X12I_TEXT}, {"ID", X12I_CODE}, {"R", X12I_DECIMAL}, {"N0", X12I_INTEGER}, {"DT", X12I_DATE}, {"TM", X12I_TIME}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!x12i_at_word(parser, types[i].word) || !has_lengths(parser))
            continue;
        x12i_advance(parser);
        part->type = types[i].type;
        part->shape = X12I_VALUE;
        unsigned *length = &part->minimum;
        for (size_t k = 0; k < parser->token.length; k++) {
            char c = parser->token.text[k];
            if (c == '/')
                length = &part->maximum;
            else if (c >= '0' && c <= '9' && *length < 10000)
                *length = *length * 10 + (unsigned)(c - '0');
            else
                x12i_parse_fail(parser, parser->token.place, "expected lengths as in 1/50", NULL);
        }
        x12i_advance(parser);
        return true;
    }
    return false;
}

/* `list NAME`, or `list by PART { CODE NAME ... }`, kept as it stands. */
static void read_list(x12i_parser *parser, x12i_gpart *part)
{
    if (!x12i_at_word(parser, "by")) {
        part->list = x12i_take_any(parser, "the name of a code list");
        return;
    }
    const char *start = parser->token.text;
    x12i_advance(parser);
    x12i_take_any(parser, "the number of an element");
    x12i_take(parser, X12I_TOKEN_OPEN, "{");
    while (parser->token.kind == X12I_TOKEN_WORD)
        x12i_advance(parser);
    const char *end = parser->token.text;
    if (x12i_take(parser, X12I_TOKEN_CLOSE, "}"))
        part->list = x12i_keep(parser, start, (size_t)(end - start) + 1);
}

typedef struct fill_word {
    const char *word;
    x12i_fill fill;
} fill_word;

static bool take_fill(x12i_parser *parser, x12i_gpart *part, const fill_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (x12i_take_word(parser, words[i].word)) {
            part->fill = words[i].fill;
            return true;
        }
    return false;
}

static void read_fill(x12i_parser *parser, x12i_gpart *part)
{
    static const fill_word words[] = {{"text", X12I_FILL_TEXT}, {"date", X12I_FILL_DATE}, {"time", X12I_FILL_TIME}, {"control", X12I_FILL_CONTROL}, {"ordinal", X12I_FILL_ORDINAL},
                                      {"repetition-separator", X12I_FILL_REPETITION}, {"component-separator", X12I_FILL_COMPONENT}, {"group-code", X12I_FILL_GROUP_CODE},
                                      {"guide", X12I_FILL_GUIDE}, {"children", X12I_FILL_CHILDREN}};
    if (!take_fill(parser, part, words, sizeof words / sizeof *words))
        x12i_parse_fail(parser, parser->token.place, "fill with text, date, time, control, ordinal, repetition-separator, component-separator, group-code, guide or children", NULL);
    else if (part->fill == X12I_FILL_TEXT)
        part->fill_text = x12i_take_any(parser, "the text to fill in");
}

static void read_derived(x12i_parser *parser, x12i_gpart *part)
{
    static const fill_word words[] = {{"count", X12I_FILL_COUNT}, {"control", X12I_FILL_SAME_CONTROL}, {"level", X12I_FILL_LEVEL}, {"parent", X12I_FILL_PARENT}};
    part->shape = X12I_DERIVED;
    part->name = NULL;
    if (!take_fill(parser, part, words, sizeof words / sizeof *words))
        x12i_parse_fail(parser, parser->token.place, "derived is count, control, level or parent", NULL);
}

static void read_composite(x12i_parser *parser, x12i_gpart *part)
{
    x12i_place place = parser->token.place;
    const char *id = x12i_take_any(parser, "the id of a composite");
    const x12i_gparts *known = x12i_find_parts(parser->dictionary.composites, parser->dictionary.composite_count, id);
    if (known == NULL) {
        x12i_parse_fail(parser, place, "no composite %s stands above", id);
        return;
    }
    if (part->composite != NULL)
        x12i_parse_fail(parser, place, "an element is one composite: %s is one too many", id);
    bool nested = parser->inside_composite;
    for (size_t i = 0; i < known->count; i++)
        nested = nested || known->parts[i].composite != NULL;
    if (nested)
        x12i_parse_fail(parser, place, "no composite has a composite in it: %s", id);
    if (parser->failed)
        return;
    part->composite = x12i_copy_parts(parser, known);
    part->shape = X12I_COMPOSITE;
}

static void read_required(x12i_parser *parser, x12i_gpart *part)
{
    (void)parser;
    part->usage = X12I_REQUIRED;
}

static void read_not_used(x12i_parser *parser, x12i_gpart *part)
{
    if (!x12i_take_word(parser, "used"))
        x12i_parse_fail(parser, parser->token.place, "expected used after not", NULL);
    part->usage = X12I_NOT_USED;
}

static void read_element(x12i_parser *parser, x12i_gpart *part)
{
    part->element = x12i_take_any(parser, "the number of a data element");
}

static void read_period(x12i_parser *parser, x12i_gpart *part)
{
    x12i_take_word(parser, "by");
    part->format_part = x12i_take_count(parser);
    part->type = X12I_PERIOD;
}

static void read_padded(x12i_parser *parser, x12i_gpart *part)
{
    (void)parser;
    part->padded = true;
}

static void read_fixed(x12i_parser *parser, x12i_gpart *part)
{
    part->codes = (x12i_words){0};
    x12i_add_code(parser, &part->codes, x12i_take_any(parser, "a code"));
    part->shape = X12I_FIXED;
    part->usage = X12I_REQUIRED;
}

static void read_narrowed(x12i_parser *parser, x12i_gpart *part)
{
    part->narrowed = x12i_take_count(parser);
}

static void read_repeated(x12i_parser *parser, x12i_gpart *part)
{
    (void)parser;
    part->repetitions = 0;
    part->shape = part->composite ? X12I_REPEATED_COMPOSITE : X12I_REPEATED_VALUE;
}

static void read_up_to(x12i_parser *parser, x12i_gpart *part)
{
    read_repeated(parser, part);
    x12i_take_word(parser, "to");
    part->repetitions = x12i_take_count(parser);
}

static const struct {
    const char *word;
    void (*read)(x12i_parser *parser, x12i_gpart *part);
} attributes[] = {
    {"required", read_required}, {"not", read_not_used}, {"composite", read_composite}, {"element", read_element}, {"list", read_list},
    {"period", read_period}, {"padded", read_padded}, {"fill", read_fill}, {"derived", read_derived}, {"fixed", read_fixed},
    {"max", read_narrowed}, {"repeated", read_repeated}, {"up", read_up_to},
};
enum { ATTRIBUTES = sizeof attributes / sizeof *attributes };

/* Takes one attribute that begins with a word of its own; false where the next word is none. */
static bool read_attribute(x12i_parser *parser, x12i_gpart *part)
{
    for (size_t i = 0; i < ATTRIBUTES; i++)
        if (x12i_take_word(parser, attributes[i].word)) {
            attributes[i].read(parser, part);
            return true;
        }
    return false;
}

bool x12i_at_attribute(const x12i_parser *parser)
{
    bool found = x12i_at_word(parser, "codes");
    for (size_t i = 0; i < ATTRIBUTES && !found; i++)
        found = x12i_at_word(parser, attributes[i].word);
    return found;
}

/* A code begins with a capital or a digit, or stands in quotes. */
static bool at_code(const x12i_parser *parser)
{
    char first = parser->token.length ? parser->token.text[0] : 'a';
    return parser->token.kind == X12I_TOKEN_STRING || (parser->token.kind == X12I_TOKEN_WORD && !(first >= 'a' && first <= 'z'));
}

void x12i_read_codes(x12i_parser *parser, x12i_words *codes)
{
    *codes = (x12i_words){0};
    if (!x12i_take_word(parser, "codes")) {
        while (at_code(parser))
            x12i_add_code(parser, codes, parser->token.kind == X12I_TOKEN_STRING ? x12i_take_string(parser) : x12i_take_any(parser, "a code"));
        return;
    }
    x12i_place place = parser->token.place;
    const char *name = x12i_take_any(parser, "the name of codes");
    for (size_t i = 0; name != NULL && i < parser->dictionary.list_count; i++)
        if (strcmp(parser->dictionary.lists[i].name, name) == 0) {
            *codes = parser->dictionary.lists[i].codes;
            return;
        }
    x12i_parse_fail(parser, place, "no codes %s stand in the dictionary", name);
}

static void read_components(x12i_parser *parser, x12i_gpart *part)
{
    parser->inside_composite = true;
    x12i_read_parts(parser, part->composite, true);
    parser->inside_composite = false;
}

void x12i_read_attributes(x12i_parser *parser, x12i_gpart *part)
{
    while (!parser->failed && (parser->token.kind == X12I_TOKEN_WORD || parser->token.kind == X12I_TOKEN_STRING)) {
        bool code = x12i_at_word(parser, "codes") || at_code(parser);
        if (code && !read_type(parser, part))
            x12i_read_codes(parser, &part->codes);
        else if (!code && !read_attribute(parser, part))
            x12i_parse_fail(parser, parser->token.place, "this word means nothing in an element's line", NULL);
    }
    if (parser->token.kind != X12I_TOKEN_OPEN)
        return;
    if (part->composite == NULL)
        x12i_parse_fail(parser, parser->token.place, "only a composite has components", NULL);
    else
        read_components(parser, part);
}
