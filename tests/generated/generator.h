/* What the files of the generator share. */
#ifndef TESTS_GENERATOR_H
#define TESTS_GENERATOR_H

#include "chance.h"
#include "made.h"

enum { ROOM = 20000 /* bytes, after which nothing optional is added */, MOST_PARTS = 64 };

/* What has been decided about a hierarchical level or loop, and what is in it. */
typedef struct situation {
    uint32_t level;      /* the number of the level; 0: none is open */
    bool patient;        /* the level's subject is the patient: what is asked, claimed or answered stands here */
    bool children;       /* lower levels follow */
    bool settled;        /* it was answered or rejected here: nothing more follows below */
    unsigned adjudications; /* in a claim: how many payers have adjudicated each line */
} situation;

typedef struct generator {
    chance chance;
    made *made;
    x12i_buffer *out; /* the text of `made` */
    uint32_t loop;    /* the open one */
    uint32_t levels;
    situation now;
    bool old_codes;   /* ICD-9, and dates of its time; else ICD-10 */
    bool accents;     /* letters beyond ASCII here and there */
    unsigned turn;    /* a slot is repeated: with which of its qualifiers now */
} generator;

/* The parts of a segment or composite while they are written: where each begins and ends in `out`. */
typedef struct parts_so_far {
    const x12i_slot *slot;
    const x12i_parts *parts;
    size_t start[MOST_PARTS + 1], end[MOST_PARTS + 1];
} parts_so_far;

static inline x12_text so_far(const generator *g, const parts_so_far *written, unsigned part)
{
    return (x12_text){g->out->data + written->start[part], (uint32_t)(written->end[part] - written->start[part])};
}

/* Most strings differ in their first character. */
static inline bool is_string(const char *left, const char *right)
{
    return left[0] == right[0] && strcmp(left, right) == 0;
}

static inline bool is_element(const x12i_field *field, const char *number)
{
    return field->data_element != NULL && is_string(field->data_element, number);
}

static inline bool is_text(x12_text text, const char *string)
{
    return text.length == strlen(string) && memcmp(text.data, string, text.length) == 0;
}

/* values.c: a value of part `part`, as the parts before it allow. */
void add_value(generator *g, const parts_so_far *written, unsigned part);

/* lists.c: a code of an external list; false where the list is unknown: any value will do. */
bool add_listed(generator *g, const char *list);
/* The list that holds the values of part `part`; NULL: none. `name` is room for it. */
enum { LIST_NAME = 32 };
x12_text next_word(const char **at); /* of such choices: "{ XX npi XV plan-id }" */
const char *list_by(x12_text qualifier, const char *choices, char name[LIST_NAME]);
const char *list_of(const generator *g, const parts_so_far *written, unsigned part, char name[LIST_NAME]);

/* parts.c: a segment of the slot. */
void add_segment(generator *g, const x12i_slot *slot);

/* situations.c: what the guides say in prose. */
typedef enum presence { MAY_BE, MUST_BE, CANNOT_BE } presence;
void enter_level(generator *g, const x12_loop_type *type);
void leave_loop(generator *g, const x12_loop_type *type, situation around);
presence presence_of_slot(const generator *g, const x12_loop_type *type, const x12i_slot *slot);
presence presence_of_part(const generator *g, const parts_so_far *written, unsigned part);
/* The one value that fits here; NULL: any. */
const char *value_of_part(const generator *g, const parts_so_far *written, unsigned part);
void note_segment(generator *g, const made_segment *segment);

/* settle.c: totals, counts and what else hangs together over several segments. */
void settle(generator *g);

#endif
