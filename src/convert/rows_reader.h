/* The reader of rows from inside: the rows of one record at a time, checked, and the loops that are open. */
#ifndef REMEDI_CONVERT_ROWS_READER_H
#define REMEDI_CONVERT_ROWS_READER_H

#include "convert/csv_reader.h"
#include "convert/csv_writer.h"
#include "convert/rows_build.h"
#include "model/structure.h"

/* A loop above the records that has started. */
typedef struct x12i_rows_open_level {
    x12_loop *loop;        /* NULL: the rows have none of this level */
    const x12_text *cells; /* of the row that began it */
    x12i_mark mark;
} x12i_rows_open_level;

struct x12_rows_reader {
    x12_rows_reader_options options;
    x12i_rows rows;
    x12_arena *declared;    /* what rows is made of */
    x12i_csv_reader *csv;
    const x12i_csv_row *row; /* the one at hand; NULL: no more */
    int columns[X12I_ROWS_COLUMNS]; /* of each column the cell of a row, -1: none */
    size_t cell_count;
    bool told[X12I_ROWS_COLUMNS]; /* of which columns of the row at hand something is wrong */
    x12_arena *batch_arena;
    x12i_mark batch_bottom;
    x12i_list batch;        /* of x12i_rows_row: those of one record */
    bool batch_bad;
    x12_arena *arena;       /* of what is handed out */
    x12i_rows_open_level open[X12I_ROWS_LEVELS];
    unsigned depth;         /* levels above the records that are settled */
    bool has_release;
    x12i_mark release;
    x12_syntax syntax;
    x12i_csv_writer rejects;
    bool has_rejects;
    bool bad;               /* some row was, and nobody takes the rejected */
    x12_status status;
};

/* The first failure stays. Always false. */
static inline bool x12i_rows_fail(x12_rows_reader *reader, x12_status status)
{
    if (reader->status == X12_OK)
        reader->status = status;
    return false;
}

/* A row of the record at hand. */
static inline const x12i_rows_row *x12i_rows_batched(const x12_rows_reader *reader, size_t index)
{
    return (const x12i_rows_row *)reader->batch.items + index;
}

/* Whether a row has the loop of this level that began with `cells`, or where that has none (`open` false), none either. */
static inline bool x12i_rows_has_open(const x12i_rows *rows, unsigned level, const x12i_rows_row *row, const x12_text *cells, bool open)
{
    bool has = x12i_rows_has_level(rows, level, row);
    return has == open && (!has || x12i_rows_same_keys(&rows->levels[level], row->cells, cells));
}

/* Copies of texts; NULL when out of memory. */
x12_text *x12i_rows_copy(x12_arena *arena, const x12_text *texts, size_t count);

/* rows_batch.c. Both answer false when they failed, and the reader knows why. */

/* The header, and the first row. */
bool x12i_rows_begin(x12_rows_reader *reader);
/* The rows of the next record that is right; none at the end. */
bool x12i_rows_next_batch(x12_rows_reader *reader);

#endif
