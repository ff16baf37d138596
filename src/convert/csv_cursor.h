/* Tables as they are read: each stands at one row, and goes on when that row has found its place. */
#ifndef REMEDI_CONVERT_CSV_CURSOR_H
#define REMEDI_CONVERT_CSV_CURSOR_H

#include <remedi/csv.h>
#include <remedi/decimal.h>

#include "convert/csv_reader.h"
#include "convert/csv_tables.h"

typedef struct x12i_csv_cursor {
    const x12i_csv_table *table;
    x12i_csv_reader *text;   /* NULL: there is no such table */
    const x12i_csv_row *row; /* the one at hand; NULL: no more */
    uint16_t *columns;       /* of the table, for each cell of the header */
    unsigned column_count;
    x12_text *values;        /* of the row at hand, by column of the table */
    unsigned filled;         /* how many columns of the guide have a value */
    x12_decimal id;
    x12_decimal parent;      /* not valid: the table has none */
} x12i_csv_cursor;

/* The tables of one guide, or of the envelope. */
typedef struct x12i_csv_set {
    x12i_csv_plan *plan;
    x12i_csv_cursor *cursors; /* by the table's index */
    bool complete;            /* all of them were asked for */
} x12i_csv_set;

/* What is read from. All functions answer false when they failed; then status says why, and the finding is raised. */
typedef struct x12i_csv_tables {
    x12_tables_input input;
    x12_tables_reader_options options;
    x12_arena *plans; /* of the plans and cursors */
    x12_arena *arena; /* of what is handed out */
    x12i_mark mark;   /* where the record at hand begins */
    x12i_csv_set envelope;
    x12i_csv_set *guides;
    x12_decimal last; /* the id of the row that was taken last */
    x12_status status;
} x12i_csv_tables;

bool x12i_csv_make_set(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_guide *guide);
/* Goes to the first row of a table. */
bool x12i_csv_begin_table(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_table *table, x12_input input);
/* Asks for those that were not asked for yet. */
bool x12i_csv_complete_set(x12i_csv_tables *tables, x12i_csv_set *set);
void x12i_csv_close_set(x12i_csv_set *set);

static inline x12i_csv_cursor *x12i_csv_cursor_of(const x12i_csv_set *set, const x12i_csv_table *table)
{
    return &set->cursors[table->index];
}
static inline x12i_csv_cursor *x12i_csv_special_cursor(const x12i_csv_tables *tables, x12i_csv_special special)
{
    return &tables->envelope.cursors[special];
}

static inline bool x12i_csv_is_below(const x12i_csv_cursor *cursor, const x12_decimal *id)
{
    return cursor->row != NULL && cursor->parent.coefficient == id->coefficient && cursor->parent.scale == id->scale;
}

/* The row at hand is the next of the document: its id must be greater than all before it. */
bool x12i_csv_take(x12i_csv_tables *tables, const x12i_csv_cursor *cursor);
/* Goes to the next row. What was kept of the one at hand must be copied. */
bool x12i_csv_advance(x12i_csv_tables *tables, x12i_csv_cursor *cursor);
/* Raises a finding at a column of the row at hand. Always false. */
bool x12i_csv_refuse(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, x12_finding_code code, unsigned column);
bool x12i_csv_fail(x12i_csv_tables *tables, x12_status status);

#endif
