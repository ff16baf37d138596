/* What the files of the guide reader share: the parser's state, and how it takes words. */
#ifndef REMEDI_GUIDE_PARSER_H
#define REMEDI_GUIDE_PARSER_H

#include "guide/guide_lexer.h"

/* What the dictionary holds. */
typedef struct x12i_dictionary {
    x12i_gparts **segments, **composites;
    size_t segment_count, composite_count;
    x12i_gslot *other_loops; /* `other loop`: the segment that opens it is slots[0] of its loop */
    size_t other_loop_count;
    struct x12i_named_codes {
        const char *name;
        x12i_words codes;
    } *lists;
    size_t list_count;
} x12i_dictionary;

typedef struct x12i_parser {
    x12_arena *arena;
    x12i_guide_lexer lexer;
    x12i_token token; /* the one at hand */
    x12i_dictionary dictionary;
    x12i_guide_error *error;
    bool inside_composite; /* its components are being read */
    bool failed;
} x12i_parser;

/* Only the first failure is kept. `format` may hold one %s. Returns false. */
bool x12i_parse_fail(x12i_parser *parser, x12i_place place, const char *format, const char *word);

void x12i_advance(x12i_parser *parser);
bool x12i_at_word(const x12i_parser *parser, const char *word);
/* Takes the word if it is there. */
bool x12i_take_word(x12i_parser *parser, const char *word);
/* Takes any word; NULL, and failed, where there is none. */
const char *x12i_take_any(x12i_parser *parser, const char *what);
unsigned x12i_take_count(x12i_parser *parser);
const char *x12i_take_string(x12i_parser *parser);
bool x12i_take(x12i_parser *parser, x12i_token_kind kind, const char *what);
void x12i_skip_stops(x12i_parser *parser);
char *x12i_keep(x12i_parser *parser, const char *text, size_t length);

/* One more zeroed item in an array of the arena, which has room for the next power of two. */
void *x12i_append(x12i_parser *parser, void *items, size_t *count, size_t size);
#define X12I_APPEND(parser, items, count) ((items) = x12i_append(parser, items, &(count), sizeof *(items)), (items) ? &(items)[(count) - 1] : NULL)

void x12i_add_code(x12i_parser *parser, x12i_words *words, const char *code);

/* guide_parts.c: element lines. `amend`: of what the dictionary has; else the parts are new. */
void x12i_read_parts(x12i_parser *parser, x12i_gparts *parts, bool amend);
x12i_gparts *x12i_find_parts(x12i_gparts **all, size_t count, const char *id);
/* A copy that can be amended; composites within it too. */
x12i_gparts *x12i_copy_parts(x12i_parser *parser, const x12i_gparts *parts);

/* guide_attributes.c: what a line says of its element */
void x12i_read_attributes(x12i_parser *parser, x12i_gpart *part);
/* Whether a word that begins an attribute is at hand. */
bool x12i_at_attribute(const x12i_parser *parser);
void x12i_read_codes(x12i_parser *parser, x12i_words *codes);

/* guide_slots.c: slots and loops */
void x12i_read_slots(x12i_parser *parser, x12i_gloop *loop);

/* guide_rules.c: a rule or balance of the loop; false where none is at hand */
bool x12i_read_rule(x12i_parser *parser, x12i_gloop *loop);

/* guide_resolve_parts.c: what follows from what was said of a segment */
void x12i_resolve_parts(x12i_parser *parser, x12i_gparts *parts);
void x12i_resolve_slot(x12i_parser *parser, x12i_gslot *slot);

/* guide_resolve.c: and of the guide */
void x12i_resolve_guide(x12i_parser *parser, x12i_gguide *guide);

#endif
