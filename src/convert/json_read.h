/* JSON to structs: the reader's work within one loop. All functions answer false when they failed; then status says why, and the finding
   is raised. */
#ifndef REMEDI_CONVERT_JSON_READ_H
#define REMEDI_CONVERT_JSON_READ_H

#include "base/arena.h"
#include "convert/json_lexer.h"
#include "diagnostic/diagnostic.h"
#include "model/flaws.h"
#include "model/forbidden.h"

enum { X12I_JSON_NAME_MAX = 64 };

/* One step of the way to a value. */
typedef struct x12i_json_way {
    const char *name; /* NULL: an item of the list before it */
    size_t index;
} x12i_json_way;

typedef struct x12i_json_builder {
    x12i_json_lexer lexer;
    x12_arena *arena;
    x12i_mark mark;       /* where the record at hand begins */
    size_t record_limit;
    x12_finding_handler findings;
    x12i_json_way *way;
    size_t depth;
    size_t depth_limit;
    bool numbers_as_text; /* decimals are not worked out */
    bool flaws;           /* are told of; `of_guide`: those against the guide, too, and not only those against X12 */
    bool of_guide;
    bool plain;           /* the text that was last asked for what X12 can carry is printable ASCII */
    char key[X12I_JSON_NAME_MAX]; /* the last key that no table was asked for, ended by NUL; empty for one that is too long */
    x12i_forbidden forbidden;     /* by the interchange's delimiters, once these are known */
    uint8_t place;                /* where the values at hand stand: X12I_IN_ELEMENT, ... */
    char separator[4];            /* the interchange's element separator, in UTF-8 */
    size_t separator_length;
    x12_status status;
} x12i_json_builder;

/* Raises the finding, at the place and path where the reader stands. */
void x12i_json_raise(const x12i_json_builder *builder, x12_finding_code code);
/* The same, and fails. Always false. */
bool x12i_json_fail(x12i_json_builder *builder, x12_finding_code code);
/* Another type of value than belongs here, or no value at all. Always false. */
bool x12i_json_fail_type(x12i_json_builder *builder);

/* Whether X12 can carry the string just scanned, as `text`; else it fails there. */
bool x12i_json_can_carry(x12i_json_builder *builder, x12_text text, unsigned place);

/* Tells what is wrong with a value that X12 can carry, which was seen to just now. `format`: see x12i_find_flaws. */
void x12i_json_tell_flaws(const x12i_json_builder *builder, const x12i_field *field, x12_text text, x12_text format);

static inline bool x12i_json_enter(x12i_json_builder *builder, const char *name, size_t index)
{
    if (builder->depth == builder->depth_limit)
        return x12i_json_fail(builder, X12_FINDING_JSON_TOO_DEEP);
    builder->way[builder->depth++] = (x12i_json_way){name, index};
    return true;
}
static inline void x12i_json_leave(x12i_json_builder *builder)
{
    builder->depth--;
}

/* Zeroed memory that counts for the record at hand; NULL when that failed. */
void *x12i_json_allocate(x12i_json_builder *builder, size_t size);
/* '[' or '{'. */
bool x12i_json_begin(x12i_json_builder *builder, char bracket);
/* As x12i_json_next, with `*more` for whether there is an item or key. */
bool x12i_json_more(x12i_json_builder *builder, char closing, bool *first, bool *more);
/* Scans the key at the cursor into builder->key, and its colon. */
bool x12i_json_read_key(x12i_json_builder *builder);
/* As x12i_json_more in an object; reads the key that there is. */
bool x12i_json_next_key(x12i_json_builder *builder, bool *first, bool *more);
/* Scans the key, but leaves it where it is. */
bool x12i_json_peek_key(x12i_json_builder *builder);
static inline bool x12i_json_key_is(const x12i_json_builder *builder, const char *name)
{
    return strcmp(builder->key, name) == 0;
}
static inline bool x12i_json_key_names(const x12i_json_builder *builder, const x12i_key *key)
{
    return strlen(builder->key) + 3u == key->length && memcmp(builder->key, key->text + 1, key->length - 3u) == 0;
}
/* Scans a string; its text stands in the window, or in the arena where it had escapes. */
bool x12i_json_scan_text(x12i_json_builder *builder, x12_text *text);
/* A string, kept. The empty one has data too. */
bool x12i_json_read_text(x12i_json_builder *builder, x12_text *text);
bool x12i_json_keep(x12i_json_builder *builder, x12_text *text);
/* true; nothing else will do. */
bool x12i_json_read_true(x12i_json_builder *builder);

/* Reads one item into `item`, which is zeroed. */
typedef bool x12i_json_read_item(x12i_json_builder *builder, const void *context, void *item);
/* A list of structs of `size` bytes. Items move while the list grows. */
bool x12i_json_read_list(x12i_json_builder *builder, x12i_list *list, size_t size, x12i_json_read_item *read, const void *context);

/* Parts of a segment, composite or run's item. Each key is looked for from `from` on first, for keys mostly come in order.
   Index of the part that a list's or value's key stands for, consumed, or -1. */
int x12i_json_match_part(x12i_json_builder *builder, const x12i_parts *parts, unsigned from);
int x12i_json_named_part(const x12i_json_builder *builder, const x12i_parts *parts);
bool x12i_json_read_part(x12i_json_builder *builder, const x12i_parts *parts, unsigned index, void *owner);
/* Periods, which only the whole object says the format of. */
bool x12i_json_settle_periods(x12i_json_builder *builder, const x12i_parts *parts, void *owner, const x12i_slot *slot);
/* {...}; `slot` is given for a segment's struct, which may have a note. */
bool x12i_json_read_object(x12i_json_builder *builder, const x12i_parts *parts, void *owner, const x12i_slot *slot);

/* Where the reading of a loop's object stands. */
typedef struct x12i_json_place {
    unsigned slot;  /* what was found last */
    unsigned part;
    unsigned next_slot; /* where the next key is looked for first */
    unsigned next_part;
    unsigned child; /* 1 + slot of the list of children that came last */
    bool first;     /* no key has come yet */
    bool has_periods; /* among the loop's own fields, perhaps */
    bool started;   /* what stands before the lists of children was handed out */
    bool noted;     /* the notes of what stands before the lists came */
    bool end_noted; /* and of what follows them */
} x12i_json_place;

typedef enum x12i_json_found {
    X12I_JSON_FOUND_NOTHING, /* failed */
    X12I_JSON_FOUND_END,     /* the closing brace, consumed */
    X12I_JSON_FOUND_CHILDREN, /* the key of loops that are handed out one by one: place->slot */
    X12I_JSON_FOUND_OTHER    /* a key that no table knows: builder->key */
} x12i_json_found;

/* Reads members into the loop, up to something that is the caller's. */
x12i_json_found x12i_json_read_members(x12i_json_builder *builder, x12_loop *loop, x12i_json_place *place);
/* The loop with everything below it, to the closing brace. The opening one is consumed, and where `first` is false a key too. */
bool x12i_json_read_loop(x12i_json_builder *builder, x12_loop *loop, bool first);

/* The value of `x12` in a segment's own object. */
bool x12i_json_read_note(x12i_json_builder *builder, const x12i_slot *slot, void *owner);
/* The value of `x12` in a loop's object; notes of slots before `first` come too late. */
bool x12i_json_read_notes(x12i_json_builder *builder, x12_loop *loop, unsigned first);
/* A segment without a place: an item of `unmapped` or `segments`. `item`: const x12_segment **. */
bool x12i_json_read_elements(x12i_json_builder *builder, const void *context, void *item);

#endif
