/* Element lines: of the dictionary, and of guides, which amend it. */
#include "guide/guide_parser.h"
#include "base/arena.h"
#include <string.h>

static bool is_number(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return length > 0;
}

/* "01" or "02-19". */
static bool read_numbers(x12i_parser *parser, unsigned *first, unsigned *last)
{
    const char *text = parser->token.text, *dash = memchr(text, '-', parser->token.length);
    size_t length = parser->token.length, front = dash ? (size_t)(dash - text) : length;
    if (!is_number(text, front) || (dash && !is_number(dash + 1, length - front - 1)) || front > 2 || length > 5)
        return x12i_parse_fail(parser, parser->token.place, "expected the number of an element here", NULL);
    *first = *last = 0;
    for (size_t i = 0; i < front; i++)
        *first = *first * 10 + (unsigned)(text[i] - '0');
    for (size_t i = front + 1; dash && i < length; i++)
        *last = *last * 10 + (unsigned)(text[i] - '0');
    if (!dash)
        *last = *first;
    if (*first == 0 || *last < *first || *last > 99)
        return x12i_parse_fail(parser, parser->token.place, "elements are numbered from 1, upwards", NULL);
    x12i_advance(parser);
    return true;
}

x12i_gparts *x12i_find_parts(x12i_gparts **all, size_t count, const char *id)
{
    for (size_t i = 0; id != NULL && i < count; i++)
        if (all[i]->id != NULL && strcmp(all[i]->id, id) == 0)
            return all[i];
    return NULL;
}

x12i_gparts *x12i_copy_parts(x12i_parser *parser, const x12i_gparts *parts)
{
    x12i_gparts *copy = x12i_arena_take(parser->arena, sizeof *copy);
    x12i_gpart *items = x12i_arena_take(parser->arena, (parts->count + 1) * sizeof *items);
    x12i_grun *runs = x12i_arena_take(parser->arena, (parts->run_count + 1) * sizeof *runs);
    if (copy == NULL || items == NULL || runs == NULL) {
        x12i_parse_fail(parser, parser->token.place, "out of memory", NULL);
        return NULL;
    }
    *copy = *parts;
    copy->parts = items;
    copy->runs = runs;
    if (parts->run_count != 0)
        memcpy(runs, parts->runs, parts->run_count * sizeof *runs);
    for (size_t i = 0; i < parts->count; i++) {
        items[i] = parts->parts[i];
        if (items[i].composite != NULL && (items[i].composite = x12i_copy_parts(parser, items[i].composite)) == NULL)
            return NULL;
    }
    return copy;
}

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

static void read_fill(x12i_parser *parser, x12i_gpart *part)
{
    static const struct {
        const char *word;
        x12i_fill fill;
    } fills[] = {{"date", X12I_FILL_DATE}, {"time", X12I_FILL_TIME}, {"control", X12I_FILL_CONTROL}, {"ordinal", X12I_FILL_ORDINAL},
                 {"repetition-separator", X12I_FILL_REPETITION}, {"component-separator", X12I_FILL_COMPONENT}, {"group-code", X12I_FILL_GROUP_CODE}, {"guide", X12I_FILL_GUIDE}, {"children", X12I_FILL_CHILDREN}};
    if (x12i_take_word(parser, "text")) {
        part->fill = X12I_FILL_TEXT;
        part->fill_text = x12i_take_any(parser, "the text to fill in");
        return;
    }
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        if (x12i_take_word(parser, fills[i].word)) {
            part->fill = fills[i].fill;
            return;
        }
    x12i_parse_fail(parser, parser->token.place, "fill with text, date, time, control, ordinal, repetition-separator, component-separator, group-code, guide or children", NULL);
}

static void read_derived(x12i_parser *parser, x12i_gpart *part)
{
    part->shape = X12I_DERIVED;
    part->name = NULL;
    if (x12i_take_word(parser, "count"))
        part->fill = X12I_FILL_COUNT;
    else if (x12i_take_word(parser, "control"))
        part->fill = X12I_FILL_SAME_CONTROL;
    else if (x12i_take_word(parser, "level"))
        part->fill = X12I_FILL_LEVEL;
    else if (x12i_take_word(parser, "parent"))
        part->fill = X12I_FILL_PARENT;
    else
        x12i_parse_fail(parser, parser->token.place, "derived is count, control, level or parent", NULL);
}

static void repeat_part(x12i_gpart *part, unsigned times)
{
    part->repetitions = times;
    part->shape = part->composite ? X12I_REPEATED_COMPOSITE : X12I_REPEATED_VALUE;
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

/* Takes one attribute that begins with a word of its own; false where the next word is none. */
static bool read_attribute(x12i_parser *parser, x12i_gpart *part)
{
    if (read_type(parser, part))
        return true;
    if (x12i_take_word(parser, "required")) {
        part->usage = X12I_REQUIRED;
    } else if (x12i_take_word(parser, "not")) {
        if (!x12i_take_word(parser, "used"))
            x12i_parse_fail(parser, parser->token.place, "expected used after not", NULL);
        part->usage = X12I_NOT_USED;
    } else if (x12i_take_word(parser, "composite")) {
        read_composite(parser, part);
    } else if (x12i_take_word(parser, "element")) {
        part->element = x12i_take_any(parser, "the number of a data element");
    } else if (x12i_take_word(parser, "list")) {
        read_list(parser, part);
    } else if (x12i_take_word(parser, "period")) {
        x12i_take_word(parser, "by");
        part->format_part = x12i_take_count(parser);
        part->type = X12I_PERIOD;
    } else if (x12i_take_word(parser, "padded")) {
        part->padded = true;
    } else if (x12i_take_word(parser, "fill")) {
        read_fill(parser, part);
    } else if (x12i_take_word(parser, "derived")) {
        read_derived(parser, part);
    } else if (x12i_take_word(parser, "fixed")) {
        part->codes = (x12i_words){0};
        x12i_add_code(parser, &part->codes, x12i_take_any(parser, "a code"));
        part->shape = X12I_FIXED;
        part->usage = X12I_REQUIRED;
    } else if (x12i_take_word(parser, "max")) {
        part->narrowed = x12i_take_count(parser);
    } else if (x12i_take_word(parser, "repeated")) {
        repeat_part(part, 0);
    } else if (x12i_take_word(parser, "up")) {
        x12i_take_word(parser, "to");
        repeat_part(part, x12i_take_count(parser));
    } else {
        return false;
    }
    return true;
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

static void read_attributes(x12i_parser *parser, x12i_gpart *part)
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

static bool at_keyword(const x12i_parser *parser)
{
    static const char *const words[] = {"required", "not", "composite", "element", "list", "period", "padded", "fill", "derived", "fixed", "max", "repeated", "up", "codes", "by", "only"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (x12i_at_word(parser, words[i]))
            return true;
    return false;
}

/* A name comes first in its line, and begins with a small letter. */
static const char *read_name(x12i_parser *parser)
{
    bool name = parser->token.kind == X12I_TOKEN_WORD && parser->token.text[0] >= 'a' && parser->token.text[0] <= 'z' && !at_keyword(parser);
    return name ? x12i_take_any(parser, "a name") : NULL;
}

static x12i_gpart *part_at(x12i_parser *parser, x12i_gparts *parts, unsigned number, bool amend)
{
    while (!amend && parts->count < number && !parser->failed) {
        x12i_gpart *added = X12I_APPEND(parser, parts->parts, parts->count);
        if (added != NULL)
            *added = (x12i_gpart){.place = parser->token.place, .repetitions = 1, .usage = X12I_SITUATIONAL};
    }
    if (number <= parts->count)
        return &parts->parts[number - 1];
    x12i_parse_fail(parser, parser->token.place, "%s has no such element", parts->id);
    return NULL;
}

/* What the parts of a run's item are, given once, holds for every item. */
static void spread_run(x12i_parser *parser, x12i_gparts *parts, const x12i_grun *run, unsigned index)
{
    for (unsigned i = run->stride; i < run->stride * run->maximum; i++) {
        x12i_gpart *part = &parts->parts[run->first - 1 + i];
        *part = parts->parts[run->first - 1 + i % run->stride];
        part->run = index + 1;
        if (part->composite != NULL)
            part->composite = x12i_copy_parts(parser, part->composite);
        if (part->usage == X12I_REQUIRED)
            part->usage = X12I_SITUATIONAL;
    }
    for (unsigned i = 0; i < run->stride; i++) {
        x12i_gpart *part = &parts->parts[run->first - 1 + i];
        part->run = index + 1;
        if (part->usage == X12I_REQUIRED && !run->required)
            part->usage = X12I_SITUATIONAL;
    }
}

static void read_item_parts(x12i_parser *parser, x12i_gparts *parts, x12i_grun *run, bool amend)
{
    x12i_take(parser, X12I_TOKEN_OPEN, "{");
    x12i_skip_stops(parser);
    while (parser->token.kind == X12I_TOKEN_WORD && !parser->failed) {
        unsigned first, last;
        x12i_place place = parser->token.place;
        if (!read_numbers(parser, &first, &last) || last != first || first > run->stride) {
            x12i_parse_fail(parser, place, "an item of this run has no such part", NULL);
            return;
        }
        x12i_gpart *part = &parts->parts[run->first - 2 + first];
        const char *name = read_name(parser);
        part->place = place;
        part->name = name ? name : amend ? part->name : NULL;
        part->usage = X12I_SITUATIONAL;
        read_attributes(parser, part);
        x12i_skip_stops(parser);
    }
    x12i_take(parser, X12I_TOKEN_CLOSE, "}");
}

static x12i_grun *run_at(x12i_parser *parser, x12i_gparts *parts, unsigned first, bool amend)
{
    for (size_t i = 0; i < parts->run_count; i++)
        if (parts->runs[i].first == first)
            return &parts->runs[i];
    if (amend)
        x12i_parse_fail(parser, parser->token.place, "the dictionary has no run that begins here", NULL);
    return amend ? NULL : X12I_APPEND(parser, parts->runs, parts->run_count);
}

/* Takes parts out of their run: elements that the guide does not use, until a line says otherwise. */
static void leave_run(x12i_gparts *parts, unsigned first, unsigned last)
{
    for (unsigned number = first; number <= last; number++) {
        x12i_gpart *part = &parts->parts[number - 1];
        part->usage = X12I_NOT_USED;
        part->run = 0;
        part->name = NULL;
    }
}

/* `01 principalDiagnosis only ...`: of the run that begins here the guide knows but the first element, which then is no list. */
static void drop_run(x12i_parser *parser, x12i_gparts *parts, unsigned first)
{
    x12i_grun *run = run_at(parser, parts, first, true);
    if (run == NULL)
        return;
    leave_run(parts, first, first + run->stride * run->maximum - 1);
    unsigned index = (unsigned)(run - parts->runs) + 1;
    memmove(run, run + 1, (parts->run_count - index) * sizeof *run);
    parts->run_count--;
    for (size_t i = 0; i < parts->count; i++)
        parts->parts[i].run -= parts->parts[i].run > index;
}

/* `02-19 reasons by 3 required { ... }`; in a guide it may end earlier than in the dictionary. */
static void read_run(x12i_parser *parser, x12i_gparts *parts, unsigned first, unsigned last, const char *name, bool amend)
{
    x12i_place place = parser->token.place;
    x12i_grun *run = run_at(parser, parts, first, amend);
    if (run == NULL || part_at(parser, parts, last, amend) == NULL)
        return;
    unsigned end = first + run->stride * run->maximum; /* of the dictionary's run */
    run->first = first;
    run->name = name ? name : run->name;
    if (x12i_take_word(parser, "by"))
        run->stride = x12i_take_count(parser);
    run->required = x12i_take_word(parser, "required");
    if (run->stride == 0 || (last - first + 1) % run->stride != 0) {
        x12i_parse_fail(parser, place, "the elements of a run make whole items", NULL);
        return;
    }
    if (amend)
        leave_run(parts, last + 1, end - 1);
    run->maximum = (last - first + 1) / run->stride;
    if (parser->token.kind == X12I_TOKEN_OPEN)
        read_item_parts(parser, parts, run, amend);
    if (parser->failed)
        return;
    run->bare = run->stride == 1 && parts->parts[first - 1].name == NULL;
    spread_run(parser, parts, run, (unsigned)(run - parts->runs));
}

/* A guide's line says all of usage and codes; the dictionary's is the default for what no line names. */
static void read_single(x12i_parser *parser, x12i_gparts *parts, unsigned first, unsigned last, const char *name, bool amend)
{
    for (unsigned number = first; number <= last && !parser->failed; number++) {
        x12i_parser start = *parser;
        x12i_gpart *part = part_at(parser, parts, number, amend);
        if (part == NULL)
            return;
        part->place = parser->token.place;
        part->name = name ? name : part->name;
        part->usage = X12I_SITUATIONAL;
        part->codes = (x12i_words){0};
        read_attributes(parser, part);
        if (number < last && !parser->failed) { /* the same line again for the next */
            parser->lexer = start.lexer;
            parser->token = start.token;
        }
    }
}

static void read_line(x12i_parser *parser, x12i_gparts *parts, bool amend)
{
    unsigned first, last;
    if (!read_numbers(parser, &first, &last))
        return;
    const char *name = read_name(parser);
    if (amend && x12i_take_word(parser, "only"))
        drop_run(parser, parts, first);
    bool run = x12i_at_word(parser, "by");
    for (size_t i = 0; amend && i < parts->run_count; i++)
        run = run || (parts->runs[i].first == first && last != first);
    if (run)
        read_run(parser, parts, first, last, name, amend);
    else
        read_single(parser, parts, first, last, name, amend);
}

void x12i_read_parts(x12i_parser *parser, x12i_gparts *parts, bool amend)
{
    x12i_take(parser, X12I_TOKEN_OPEN, "{");
    x12i_skip_stops(parser);
    while (parser->token.kind == X12I_TOKEN_WORD && !parser->failed) {
        read_line(parser, parts, amend);
        if (parser->token.kind != X12I_TOKEN_CLOSE && !parser->failed)
            x12i_take(parser, X12I_TOKEN_STOP, "the end of the line");
        x12i_skip_stops(parser);
    }
    x12i_take(parser, X12I_TOKEN_CLOSE, "}");
}
