/* A guide as its file says it, with everything that the dictionary adds filled in. */
#ifndef REMEDI_GUIDE_MODEL_H
#define REMEDI_GUIDE_MODEL_H

#include "guide/descriptor.h"
#include <remedi/arena.h>

typedef struct x12i_place {
    const char *file;
    unsigned line;
    unsigned column;
} x12i_place;

typedef struct x12i_words {
    const char **items;
    size_t count;
} x12i_words;

struct x12i_gparts;

/* An element or component. */
typedef struct x12i_gpart {
    x12i_place place;
    const char *name;          /* NULL: none */
    x12i_shape shape;
    x12i_value_type type;
    x12i_usage usage;
    unsigned minimum, maximum; /* length, as the dictionary has it */
    unsigned narrowed;         /* `max N`; 0: not */
    unsigned repetitions;      /* 1; 0: no limit */
    bool padded;
    unsigned format_part;
    x12i_fill fill;
    const char *fill_text;
    unsigned pair;             /* FILL_PAIRED */
    const char *element;       /* data element */
    const char *list;          /* external code list, "npi" or "by 03 XX=npi" */
    x12i_words codes;
    struct x12i_gparts *composite;
    unsigned run;              /* 0, or 1 + index */
} x12i_gpart;

typedef struct x12i_grun {
    const char *name;
    unsigned first, stride, maximum;
    bool bare;
    bool required;
} x12i_grun;

/* A segment or composite: parts[n - 1] is part n. */
typedef struct x12i_gparts {
    x12i_place place;
    const char *id;
    const char *title;
    const char *rules;
    const char *other;         /* name of the implied slot for unknown qualifiers */
    unsigned qualifier_part, qualifier_component;
    x12i_gpart *parts;
    size_t count;
    x12i_grun *runs;
    size_t run_count;
} x12i_gparts;

/* A rule across segments: see x12i_rule. */
typedef struct x12i_grule {
    x12i_place place;
    bool balance;
    unsigned code;
    unsigned unless[2];
    const char *each, *when, *formula;
} x12i_grule;

struct x12i_gloop;

typedef struct x12i_gslot {
    x12i_place place;
    const char *id;            /* of the segment; of a loop: its own */
    const char *name;          /* NULL: inline */
    const char *singular;
    x12i_usage usage;
    unsigned maximum;          /* 0: no limit */
    bool list;                 /* in its struct: what may come again, and what is handed out apart, which nobody counts */
    bool other;
    unsigned order;
    unsigned qualifier_part, qualifier_component;
    x12i_words qualifiers;     /* count 0: none */
    x12i_gparts *parts;        /* segment */
    struct x12i_gloop *loop;   /* loop */
} x12i_gslot;

typedef struct x12i_gloop {
    const char *id;
    const char *singular;
    const char *path;
    const char *like;          /* path of the loop whose slots it has; NULL: its own */
    bool record, streamed, other, closed;
    size_t records_at;         /* slots before the records that no slot names (envelope); (size_t)-1: none */
    x12i_gslot *slots;
    size_t count;
    x12i_grule *rules;
    size_t rule_count;
    struct x12i_gloop *parent;
    size_t index;
} x12i_gloop;

typedef struct x12i_gguide {
    const char *id, *title, *transaction, *group, *prefix, *purpose, *telltale, *root_name;
    x12i_gloop *root;
    x12i_gloop **loops;        /* all of them, root first, in the order of the file */
    size_t loop_count;
} x12i_gguide;

enum { X12I_GUIDE_MESSAGE = 200 };

typedef struct x12i_guide_error {
    x12i_place place;
    char message[X12I_GUIDE_MESSAGE];
} x12i_guide_error;

typedef struct x12i_guide_source {
    const char *file;
    const char *text;
    size_t length;
} x12i_guide_source;

/* Reads a guide against the dictionary; everything lives in `arena`. NULL, with `error` filled in, where something is wrong. */
x12i_gguide *x12i_guide_read(x12_arena *arena, const x12i_guide_source *dictionary, const x12i_guide_source *guide, x12i_guide_error *error);

#endif
