/* Rows to structs. */
#ifndef REMEDI_CONVERT_CSV_ROWS_H
#define REMEDI_CONVERT_CSV_ROWS_H

#include "convert/csv_cursor.h"

/* A zeroed struct for a row of this shape. NULL when that failed. */
void *x12i_csv_new(x12i_csv_tables *tables, size_t size);
/* Copies a cell. A cell's text is never NULL. */
bool x12i_csv_keep(x12i_csv_tables *tables, x12_text *text);

/* Takes the row at hand into `row`, with the notes on its parts before `parts` and, of a loop, on itself; and what the loop has no place for. */
bool x12i_csv_read_row(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row, unsigned parts);
/* The same for notes on parts that come behind the loops that are handed out one by one; `id` is the row's. */
bool x12i_csv_read_part_notes(x12i_csv_tables *tables, const x12i_csv_shape *shape, void *row, const x12_decimal *id, unsigned from, unsigned to);
/* What stands below the row in these lists, but for loops that are handed out one by one where `apart` says so. */
bool x12i_csv_read_lists(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row, const x12_decimal *id, unsigned from, unsigned to, bool apart);
/* The row at hand with everything below it. */
bool x12i_csv_read_tree(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row);
/* The row at hand of a table of segments as they were sent, with its notes. NULL when that failed. */
x12_segment *x12i_csv_read_raw(x12i_csv_tables *tables, x12i_csv_cursor *cursor);

#endif
