/* The tables that a guide makes: what becomes a row and what a column, worked out from its descriptors. doc/csv.md says the rules. */
#ifndef REMEDI_CONVERT_CSV_TABLES_H
#define REMEDI_CONVERT_CSV_TABLES_H

#include "base/arena.h"
#include "convert/loops.h"

typedef struct x12i_csv_column {
    const char *name;
    struct x12i_csv_column *next;
    unsigned index;
} x12i_csv_column;

typedef struct x12i_csv_table {
    const char *name;     /* "835/claims" */
    const char **names;   /* of all columns */
    unsigned count;
    unsigned lead;        /* how many stand before those of the guide: `id` and the like */
    unsigned index;       /* in its plan */
    x12i_csv_column *columns; /* those of the guide, in order */
    struct x12i_csv_table *next;
} x12i_csv_table;

/* A struct that a row's struct holds itself, and not by a pointer. */
enum { X12I_CSV_WITHIN = 0xFFFF };

/* A value of a row, and where in the row's struct it is. */
typedef struct x12i_csv_cell {
    const x12i_csv_column *column;
    const x12i_field *field;  /* NULL: the item of a list of values, which is text */
    const x12i_parts *parts;  /* what `field` is part of */
    const x12i_slot *slot;    /* of the segment whose struct `pointer` points to */
    uint16_t pointer;         /* where the pointer to the struct stands; X12I_CSV_WITHIN */
    uint16_t owner;           /* offset in that struct of what `parts` describes */
    uint16_t offset;          /* and of the value */
    uint16_t index;           /* of its column */
    uint8_t type;             /* x12i_value_type */
} x12i_csv_cell;

struct x12i_csv_shape;

/* What has rows of its own below a row. */
typedef struct x12i_csv_list {
    const struct x12i_csv_shape *shape; /* of each item */
    const x12i_slot *slot;    /* of the segment whose struct `pointer` points to; of a list of loops or segments their own */
    uint16_t pointer;
    uint16_t offset;          /* of the x12i_list, or of the pointer to the one loop */
    bool single;              /* the one loop */
    bool apart;               /* its loops are handed out one by one, where their parent is */
} x12i_csv_list;

/* A segment of a row, which may have notes. */
typedef struct x12i_csv_part {
    const char *name;         /* as its notes call it */
    const x12i_slot *slot;
    uint16_t pointer;
    uint16_t offset;          /* of the const x12_segment * */
} x12i_csv_part;

/* What becomes a row: a loop, a segment of a list, an item of a run or repetition. */
typedef struct x12i_csv_shape {
    x12i_csv_table *table;
    const x12_loop_type *type; /* NULL: no loop */
    uint16_t size;             /* of its struct */
    x12i_csv_cell *cells;      /* in the order of the table's columns */
    x12i_csv_list *lists;      /* in the order of the guide */
    x12i_csv_part *parts;
    unsigned cell_count, list_count, part_count;
    unsigned head_lists;       /* how many of them come before the loops that are handed out one by one; the rest comes behind */
    unsigned head_parts;
    bool late;                 /* some of its columns come behind them: its row is complete only at the loop's end */
    struct x12i_csv_shape *next;
} x12i_csv_shape;

/* What no guide has a place for. Their columns are all lead. */
typedef enum x12i_csv_special {
    X12I_CSV_INTERCHANGES, /* the envelope's own table, with more lead than others */
    X12I_CSV_TRANSACTIONS, /* those without guide */
    X12I_CSV_SEGMENTS,     /* outside of a transaction, or in one without guide */
    X12I_CSV_UNMAPPED,
    X12I_CSV_NOTES,
    X12I_CSV_BYTES,
    X12I_CSV_SPECIALS
} x12i_csv_special;

/* The lead columns. */
enum { X12I_CSV_ID, X12I_CSV_PARENT };
enum { X12I_CSV_FILE = 1, X12I_CSV_CHARSET, X12I_CSV_MARK, X12I_CSV_ELEMENT, X12I_CSV_TERMINATOR, X12I_CSV_LINE_BREAK, X12I_CSV_NO_COMPONENT };
enum { X12I_CSV_TRANSACTION = 2, X12I_CSV_SEGMENT = 2, X12I_CSV_PART = 2, X12I_CSV_NOTE, X12I_CSV_VALUE };
enum { X12I_CSV_CONTENT = 1 };

/* The tables of one guide, or of the envelope with the special ones, which are the first of all. */
typedef struct x12i_csv_plan {
    x12_arena *arena;
    const x12i_guide *guide;
    x12i_csv_table *tables;
    unsigned table_count;
    x12i_csv_table *specials[X12I_CSV_SPECIALS];
    x12i_csv_shape **loops; /* by index of the loop's type */
    x12i_csv_shape *unnamed; /* the envelope's: of a transaction without guide */
    x12i_csv_shape *shapes;
    bool failed;
} x12i_csv_plan;

/* In `arena`, with which it lives. NULL when out of memory. */
x12i_csv_plan *x12i_csv_make_plan(x12_arena *arena, const x12i_guide *guide);

static inline const x12i_csv_shape *x12i_csv_shape_of(const x12i_csv_plan *plan, const x12_loop_type *type)
{
    return plan->loops[type->index];
}

/* The struct that a cell, list or part is in; NULL where there is none. */
static inline const char *x12i_csv_holder(const void *row, uint16_t pointer)
{
    return pointer == X12I_CSV_WITHIN ? row : *(const char *const *)(const void *)((const char *)row + pointer);
}

/* Line breaks and delimiters as words that a cell shows: "LF", "CRLF", "CR", "none"; any other text is itself. */
x12_text x12i_csv_spell_break(x12_text text);
x12_text x12i_csv_read_break(x12_text word);

#endif
