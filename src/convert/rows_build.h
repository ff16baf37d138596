/* Rows, read and right, to the loops that they are of. */
#ifndef REMEDI_CONVERT_ROWS_BUILD_H
#define REMEDI_CONVERT_ROWS_BUILD_H

#include "convert/rows.h"

/* A row's values by column; empty: length 0. */
typedef struct x12i_rows_row {
    const x12_text *cells;
    const x12_text *raw;  /* as they stand in the file */
    size_t raw_count;
} x12i_rows_row;

typedef struct x12i_rows_builder {
    const x12i_rows *rows;
    x12_arena *arena;
    x12_decimal sums[X12I_ROWS_COLUMNS];
    bool failed; /* out of memory */
} x12i_rows_builder;

/* Whether the row has a loop of this level. */
static inline bool x12i_rows_has_level(const x12i_rows *rows, unsigned level, const x12i_rows_row *row)
{
    const x12i_rows_level *is = &rows->levels[level];
    if (is->unless_column < 0)
        return true;
    x12_text cell = row->cells[is->unless_column];
    return cell.length != 0 && (cell.length != strlen(is->unless) || memcmp(cell.data, is->unless, cell.length) != 0);
}

/* Whether the row has a value in this column that goes somewhere. */
static inline bool x12i_rows_has_value(const x12i_rows_column *column, x12_text cell)
{
    bool unsaid = column->unsaid != NULL && cell.length == strlen(column->unsaid) && memcmp(cell.data, column->unsaid, cell.length) == 0;
    return cell.length != 0 && !column->ignored && !unsaid;
}

/* Where the row's value of a column goes. */
static inline const x12i_rows_place *x12i_rows_place_of(const x12i_rows *rows, const x12i_rows_column *column, const x12i_rows_row *row)
{
    bool second = column->place_count == 2 && !x12i_rows_has_level(rows, column->places[0].level, row);
    return &column->places[second];
}

/* Whether two rows have the same loop of a level, by its keys. */
bool x12i_rows_same_keys(const x12i_rows_level *level, const x12_text *left, const x12_text *right);
/* Gives a new loop of a level what the row, the profile and the declaration say of it. */
void x12i_rows_fill(x12i_rows_builder *builder, unsigned level, x12_loop *loop, const x12i_rows_row *row);
/* A record of several rows. NULL when out of memory. */
x12_loop *x12i_rows_build(x12i_rows_builder *builder, x12_loop *parent, const x12i_rows_row *batch, size_t count);

#endif
