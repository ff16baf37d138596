/* Slots and loops. */
#include "guide/guide_parser.h"
#include "base/arena.h"
#include <string.h>

enum { NO_RECORDS = -1 };

/* `required`, `repeated`, `up to N`: what slots and loops have in common. */
static bool read_occurrence(x12i_parser *parser, x12i_gslot *slot)
{
    if (x12i_take_word(parser, "required")) {
        slot->usage = X12I_REQUIRED;
    } else if (x12i_take_word(parser, "repeated")) {
        slot->maximum = 0;
    } else if (x12i_take_word(parser, "up")) {
        x12i_take_word(parser, "to");
        slot->maximum = x12i_take_count(parser);
    } else if (x12i_take_word(parser, "each")) {
        slot->singular = x12i_take_any(parser, "a name");
    } else {
        return false;
    }
    return true;
}

/* "REF01" or "HI01-1" after the segment's own id. */
static void read_qualifier_place(x12i_parser *parser, x12i_gslot *slot)
{
    x12i_place place = parser->token.place;
    const char *word = x12i_take_any(parser, "an element, as in REF01");
    size_t length = strlen(slot->id);
    if (word == NULL || strncmp(word, slot->id, length) != 0 || strlen(word) < length + 2) {
        x12i_parse_fail(parser, place, "a slot is told apart by an element of its own segment, as in REF01", NULL);
        return;
    }
    unsigned *number = &slot->qualifier_part;
    for (const char *c = word + length; *c != '\0'; c++) {
        if (*c == '-')
            number = &slot->qualifier_component;
        else if (*c >= '0' && *c <= '9' && *number < 100)
            *number = *number * 10 + (unsigned)(*c - '0');
        else
            x12i_parse_fail(parser, place, "expected an element, as in REF01 or HI01-1", NULL);
    }
}

static void read_when(x12i_parser *parser, x12i_gslot *slot)
{
    read_qualifier_place(parser, slot);
    if (!x12i_take_word(parser, "in"))
        x12i_take_word(parser, "=");
    x12i_read_codes(parser, &slot->qualifiers);
    if (slot->qualifiers.count == 0)
        x12i_parse_fail(parser, slot->place, "when needs at least one code", NULL);
}

static void read_segment_slot(x12i_parser *parser, x12i_gslot *slot)
{
    slot->id = x12i_take_any(parser, "a segment id");
    slot->maximum = 1;
    slot->usage = X12I_SITUATIONAL;
    const x12i_gparts *known = x12i_find_parts(parser->dictionary.segments, parser->dictionary.segment_count, slot->id);
    if (known == NULL) {
        x12i_parse_fail(parser, slot->place, "the dictionary has no segment %s", slot->id);
        return;
    }
    slot->parts = x12i_copy_parts(parser, known);
    slot->name = x12i_take_any(parser, "a name, or . for a slot that is part of its loop");
    if (slot->name != NULL && strcmp(slot->name, ".") == 0)
        slot->name = NULL;
    while (!parser->failed && read_occurrence(parser, slot))
        continue;
    if (x12i_take_word(parser, "when"))
        read_when(parser, slot);
    if (parser->token.kind == X12I_TOKEN_OPEN && !parser->failed)
        x12i_read_parts(parser, slot->parts, true);
    if (slot->name == NULL && slot->maximum != 1)
        x12i_parse_fail(parser, slot->place, "only what occurs once can be part of its loop", NULL);
    x12i_resolve_slot(parser, slot);
}

static void read_loop_slot(x12i_parser *parser, x12i_gslot *slot)
{
    x12i_gloop *loop = x12_arena_allocate(parser->arena, sizeof *loop);
    if (loop == NULL) {
        x12i_parse_fail(parser, slot->place, "out of memory", NULL);
        return;
    }
    slot->loop = loop;
    slot->maximum = 1;
    slot->usage = X12I_SITUATIONAL;
    loop->records_at = (size_t)NO_RECORDS;
    loop->id = slot->id = x12i_take_any(parser, "the id of the loop");
    slot->name = x12i_take_any(parser, "the name of the loop");
    while (!parser->failed) {
        if (x12i_take_word(parser, "record"))
            loop->record = true;
        else if (x12i_take_word(parser, "streamed"))
            loop->streamed = true;
        else if (!read_occurrence(parser, slot))
            break;
    }
    loop->singular = slot->singular;
    if (x12i_take_word(parser, "like"))
        loop->like = x12i_take_any(parser, "the path of a loop");
    else
        x12i_read_slots(parser, loop);
}

/* The slots of a loop, within braces; of the root, to the end of the file. */
void x12i_read_slots(x12i_parser *parser, x12i_gloop *loop)
{
    bool braces = parser->token.kind == X12I_TOKEN_OPEN;
    if (braces)
        x12i_advance(parser);
    x12i_skip_stops(parser);
    while (parser->token.kind == X12I_TOKEN_WORD && !parser->failed) {
        if (x12i_take_word(parser, "records")) {
            loop->records_at = loop->count;
            x12i_skip_stops(parser);
            continue;
        }
        if (x12i_read_rule(parser, loop)) {
            x12i_skip_stops(parser);
            continue;
        }
        x12i_gslot slot = {.place = parser->token.place};
        if (x12i_take_word(parser, "loop"))
            read_loop_slot(parser, &slot);
        else
            read_segment_slot(parser, &slot);
        x12i_gslot *added = X12I_APPEND(parser, loop->slots, loop->count);
        if (added != NULL)
            *added = slot;
        x12i_skip_stops(parser);
    }
    if (braces)
        x12i_take(parser, X12I_TOKEN_CLOSE, "}");
}
