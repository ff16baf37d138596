/* The reader of JSON from inside: which loops are open, and where in them the text stands. */
#ifndef REMEDI_CONVERT_JSON_READER_H
#define REMEDI_CONVERT_JSON_READER_H

#include <remedi/json.h>

#include "convert/json_names.h"
#include "convert/json_read.h"
#include "model/values.h"

enum { X12I_JSON_MAXIMUM_LOOPS = 24 };

typedef enum x12i_json_state {
    X12I_JSON_IN_MEMBERS,  /* at a key, or the end, of the loop's object */
    X12I_JSON_IN_CHILDREN, /* in the list of its children, or at the only one */
    X12I_JSON_IN_SEGMENTS, /* in the list `segments` */
    X12I_JSON_CLOSED,      /* behind its object: its end is still to be told */
    X12I_JSON_OUTSIDE      /* it has no object around what follows: a line, or only implied */
} x12i_json_state;

/* A loop that has started, or is about to. */
typedef struct x12i_json_open_loop {
    x12_loop *loop;
    x12i_mark mark;
    x12i_json_place place;
    x12i_json_state state;
    bool line;            /* its object is a line: it ends with another one */
    bool implied;
    const x12i_slot *children; /* whose list is open; NULL: a group's transactions */
    bool single;
    bool first;           /* in the list */
    size_t index;
    size_t way;           /* how deep the path to it is */
} x12i_json_open_loop;

typedef enum x12i_json_arrival_kind { X12I_JSON_NEW_NOTHING, X12I_JSON_NEW_LOOP, X12I_JSON_NEW_RECORD, X12I_JSON_NEW_STRAY, X12I_JSON_NEW_BYTES, X12I_JSON_NEW_END } x12i_json_arrival_kind;

/* What the object at hand is. Other loops may have to end, or to be implied, before it finds its place. */
typedef struct x12i_json_arrival {
    x12i_json_arrival_kind kind;
    const x12_loop_type *type; /* of a loop or record */
    unsigned depth;            /* of an end: how deep its loop is open */
    bool line;
    bool first;                /* no key of it has come yet */
} x12i_json_arrival;

struct x12_json_reader {
    x12i_json_builder builder;
    const x12_allocator *allocator;
    x12i_json_open_loop loops[X12I_JSON_MAXIMUM_LOOPS];
    unsigned depth;
    x12i_json_arrival arrival;
    bool has_release;
    x12i_mark release;
    bool any;             /* a value was there */
    bool in_list;         /* on the outside: of interchanges, transactions or lines */
    bool in_document;     /* the list is that of `interchanges` */
    bool in_segments;     /* the list of a line of `segments` */
    bool first;
    size_t index;
    const x12i_guide *group_guide; /* of the transactions in a group that is only implied */
    char transaction[X12I_JSON_NAME_MAX]; /* ST01 of a transaction without guide */
    x12_syntax syntax;
    x12i_delimiters delimiters;
    bool no_component_separator; /* whatever ISA16 says */
    char charset[X12I_JSON_NAME_MAX];
    bool byte_order_mark;
    uint64_t record_count; /* of the transaction at hand */
    uint64_t segment_count;
};

static inline x12i_json_open_loop *x12i_json_top(x12_json_reader *reader)
{
    return reader->depth ? &reader->loops[reader->depth - 1] : NULL;
}

static inline bool x12i_json_show(x12_event *event, x12_event_kind kind, x12_loop *loop)
{
    event->kind = kind;
    event->loop = loop;
    return true;
}

static inline void x12i_json_release_later(x12_json_reader *reader, x12i_mark mark)
{
    reader->release = mark;
    reader->has_release = true;
}

/* What is read from here on lives until the next event. */
static inline void x12i_json_begin_passing(x12_json_reader *reader)
{
    reader->builder.mark = x12i_arena_mark(reader->builder.arena);
    x12i_json_release_later(reader, reader->builder.mark);
}

/* A new loop inside of the one on top; NULL when that failed. */
x12i_json_open_loop *x12i_json_push(x12_json_reader *reader, const x12_loop_type *type);
/* These end the loop on top, and start one that the text does not have. True: an event is made. */
bool x12i_json_pop(x12_json_reader *reader, x12_event *event);
bool x12i_json_imply(x12_json_reader *reader, const x12_loop_type *type, x12_event *event);
/* Makes an event of the record, or segment, that stands at the cursor. */
bool x12i_json_read_record(x12_json_reader *reader, const x12_loop_type *type, bool first, x12_event *event);
bool x12i_json_read_stray(x12_json_reader *reader, size_t index, x12_event *event);

/* Whether segments without a name may stand in such a loop. */
bool x12i_json_takes_segments(const x12_loop_type *type);
/* One step towards the place of what has arrived. True: an event is made. */
bool x12i_json_arrive(x12_json_reader *reader, x12_event *event);
/* One step outside of every loop's object. */
bool x12i_json_step_outside(x12_json_reader *reader, x12_event *event);

/* A name, ended by NUL; `name` has room for X12I_JSON_NAME_MAX. A longer one, which nothing has, is cut off. */
bool x12i_json_read_name(x12i_json_builder *builder, char *name);
/* The value of builder->key, where it is one of these. False with status OK: it is not. */
bool x12i_json_read_charset_key(x12_json_reader *reader);
bool x12i_json_read_interchange_key(x12_json_reader *reader);
bool x12i_json_read_count_key(x12_json_reader *reader, const x12_loop_type *type);
/* Once the transaction's own keys are read: whether its guide is its group's, and one of ours. */
void x12i_json_check_version(x12_json_reader *reader, const x12_loop *transaction);
/* The object at hand is a transaction: reads the keys by which it begins, which say its type. */
bool x12i_json_arrive_transaction(x12_json_reader *reader, bool line, bool first);

#endif
