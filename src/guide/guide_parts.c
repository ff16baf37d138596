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

/* A name comes first in its line, and begins with a small letter. */
static const char *read_name(x12i_parser *parser)
{
    bool keyword = x12i_at_attribute(parser) || x12i_at_word(parser, "by") || x12i_at_word(parser, "only");
    bool name = parser->token.kind == X12I_TOKEN_WORD && parser->token.text[0] >= 'a' && parser->token.text[0] <= 'z' && !keyword;
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
        x12i_read_attributes(parser, part);
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
        x12i_read_attributes(parser, part);
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
