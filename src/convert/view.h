/* A view, read. */
#ifndef REMEDI_CONVERT_VIEW_H
#define REMEDI_CONVERT_VIEW_H

#include "model/formula.h"
#include <remedi/view.h>

enum { X12I_MOST_COLUMNS = 256, X12I_MOST_ROW_KINDS = 32 };

/* What a formula of a view may name beside the guide's names, in the order of their values. */
enum { X12I_GIVEN_FILE, X12I_GIVEN_RECORD, X12I_GIVEN_COUNT };

/* One kind of row: one for each loop of its type or, with `each`, for each item of that path. */
typedef struct x12i_row_kind {
    const char *name;               /* by which its cells are said; NULL: by the loop's id */
    const x12_loop_type *type;
    const x12i_path *each;
    const void *nothing;            /* the item that stands for none, where even then there is a row; NULL: then there is not */
    const x12i_formula *when;       /* NULL: always */
    bool at_end;                    /* it speaks of what comes after the loops that are handed out one by one */
    const x12i_formula *cells[X12I_MOST_COLUMNS]; /* NULL: empty */
    unsigned index;                 /* among the view's */
    struct x12i_row_kind *next;     /* of the same loop, and as late */
} x12i_row_kind;

/* What the view has of a loop of its guide. */
typedef struct x12i_view_loop {
    unsigned depth;                 /* how many loops of the guide are around it */
    x12i_row_kind *kinds[2];        /* of its own rows; then those at its end */
    uint16_t *slots;                /* of the loops within it that have rows, or hold such that do */
    unsigned slot_count;
} x12i_view_loop;

typedef struct x12i_column {
    const char *name;
    const char *description;
} x12i_column;

struct x12_view {
    x12_arena *arena;
    const x12i_guide *guide;
    const char *title;
    x12i_row_kind *kinds[X12I_MOST_ROW_KINDS];
    unsigned kind_count;
    x12i_column columns[X12I_MOST_COLUMNS];
    unsigned column_count;
    uint16_t chosen[X12I_MOST_COLUMNS]; /* the columns that are shown */
    unsigned chosen_count;
    x12i_view_loop *loops; /* by index of the loop's type */
};

/* The declarations that are built in: made by the build, of grammar/views/. */
typedef struct x12i_view_text {
    const char *name;
    const char *text;
} x12i_view_text;
extern const x12i_view_text x12i_view_texts[];
extern const size_t x12i_view_text_count;

/* Reads a declaration into a zeroed view that has its arena. */
x12_status x12i_view_read(x12_view *view, x12_text text, x12_view_error *error);

#endif
