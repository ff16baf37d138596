/* What follows from the parts of a segment: codes in order, what is fixed or filled in; and what is refused. */
#include "guide/guide_parser.h"
#include <stdlib.h>
#include <string.h>

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_codes(x12i_words *codes)
{
    if (codes->count > 1)
        qsort((void *)codes->items, codes->count, sizeof *codes->items, compare_words);
}

static void check_codes(x12i_parser *parser, const x12i_gpart *part)
{
    for (size_t i = 0; i < part->codes.count; i++) {
        size_t length = strlen(part->codes.items[i]);
        if (length < part->minimum || length > part->maximum)
            x12i_parse_fail(parser, part->place, "the code %s does not fit the element's length", part->codes.items[i]);
        if (i > 0 && strcmp(part->codes.items[i], part->codes.items[i - 1]) == 0)
            x12i_parse_fail(parser, part->place, "the code %s stands twice", part->codes.items[i]);
    }
}

/* The part that `rules` say is sent together with this one, as P0809 does; 0: none. */
static unsigned pair_of(const x12i_gparts *parts, const x12i_gpart *part)
{
    unsigned number = (unsigned)(part - parts->parts) + 1;
    for (const char *rule = parts->rules ? parts->rules : ""; *rule != '\0'; rule++) {
        if (*rule != 'P' || strspn(rule + 1, "0123456789") != 4)
            continue;
        unsigned first = (unsigned)((rule[1] - '0') * 10 + rule[2] - '0'), second = (unsigned)((rule[3] - '0') * 10 + rule[4] - '0');
        unsigned other = number == first ? second : number == second ? first : 0;
        bool value = other != 0 && other <= parts->count && parts->parts[other - 1].usage != X12I_NOT_USED && parts->parts[other - 1].shape == X12I_VALUE;
        if (value && parts->parts[other - 1].run == 0)
            return other;
    }
    return 0;
}

/* A part that can only say one thing need not be said by people. */
static void fill_single_code(const x12i_gparts *parts, x12i_gpart *part)
{
    if (part->shape != X12I_VALUE || part->codes.count != 1 || part->fill != X12I_FILL_NONE || part->run != 0)
        return;
    part->pair = part->usage == X12I_SITUATIONAL ? pair_of(parts, part) : 0;
    if (part->usage == X12I_REQUIRED || part->pair != 0) {
        part->fill = part->pair ? X12I_FILL_PAIRED : X12I_FILL_TEXT;
        part->fill_text = part->codes.items[0];
    }
}

static void resolve_part(x12i_parser *parser, const x12i_gparts *parts, x12i_gpart *part)
{
    sort_codes(&part->codes);
    if (part->usage == X12I_NOT_USED) {
        part->shape = X12I_UNUSED;
        part->fill = X12I_FILL_NONE;
        return;
    }
    if (part->composite == NULL)
        check_codes(parser, part);
    if (part->shape == X12I_FIXED && part->codes.count != 1)
        x12i_parse_fail(parser, part->place, "a fixed part wants one code", NULL);
    else if (part->shape == X12I_FIXED)
        part->fill_text = part->codes.items[0];
    fill_single_code(parts, part);
    if (part->run != 0 && (part->fill != X12I_FILL_NONE || part->shape == X12I_FIXED))
        x12i_parse_fail(parser, part->place, "nothing can be fixed in the items of a run, or filled into them", NULL);
    bool bare = part->run != 0 && parts->runs[part->run - 1].bare;
    if (bare && part->type > X12I_CODE && part->type != X12I_INTEGER) /* text, also of numbers that only point at something, as in C004 */
        x12i_parse_fail(parser, part->place, "the items of a run without a name are text: name them", NULL);
    if (part->name == NULL && part->shape != X12I_FIXED && part->shape != X12I_DERIVED && !bare)
        x12i_parse_fail(parser, part->place, "an element of %s that is used needs a name", parts->id);
    if (part->composite != NULL)
        x12i_resolve_parts(parser, part->composite);
}

void x12i_resolve_parts(x12i_parser *parser, x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        resolve_part(parser, parts, &parts->parts[i]);
}

/* A single qualifier is fixed; several are the element's codes. */
static void apply_qualifier(x12i_parser *parser, x12i_gslot *slot)
{
    if (slot->qualifier_part == 0 || slot->qualifier_part > slot->parts->count)
        return;
    x12i_gpart *part = &slot->parts->parts[slot->qualifier_part - 1];
    bool item = part->run != 0 || part->repetitions != 1;
    if (slot->qualifier_component != 0) {
        if (part->composite == NULL || slot->qualifier_component > part->composite->count) {
            x12i_parse_fail(parser, slot->place, "%s has no such component", slot->id);
            return;
        }
        part = &part->composite->parts[slot->qualifier_component - 1];
    }
    part->codes = slot->qualifiers;
    part->usage = X12I_REQUIRED;
    if (slot->qualifiers.count == 1 && !item)
        part->shape = X12I_FIXED;
}

void x12i_resolve_slot(x12i_parser *parser, x12i_gslot *slot)
{
    if (parser->failed)
        return;
    sort_codes(&slot->qualifiers);
    apply_qualifier(parser, slot);
    x12i_resolve_parts(parser, slot->parts);
    if (slot->qualifier_part != 0)
        return;
    slot->qualifier_part = slot->parts->qualifier_part;
    slot->qualifier_component = slot->parts->qualifier_component;
}
