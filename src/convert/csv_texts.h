/* Tables as they are written: the text of each begins with its first row, and all end together. */
#ifndef REMEDI_CONVERT_CSV_TEXTS_H
#define REMEDI_CONVERT_CSV_TEXTS_H

#include "convert/csv_tables.h"
#include "convert/csv_writer.h"
#include <remedi/csv.h>

/* A plan, and the text of each of its tables. */
typedef struct x12i_csv_text_set {
    x12i_csv_plan *plan;
    x12i_csv_writer *texts; /* by the table's index; without memory: not opened yet */
} x12i_csv_text_set;

typedef struct x12i_csv_texts {
    x12_tables_writer_options options;
    x12_tables_output output;
    x12_arena *arena;
    x12i_csv_text_set envelope;
    x12i_csv_text_set *guides;
    x12_status status;
} x12i_csv_texts;

x12_status x12i_csv_texts_open(x12i_csv_texts *texts, x12_tables_output output, const x12_tables_writer_options *options);
/* The first failure stays. */
void x12i_csv_texts_fail(x12i_csv_texts *texts, x12_status status);
/* The tables of a loop's guide; NULL when out of memory. */
x12i_csv_text_set *x12i_csv_text_set_of(x12i_csv_texts *texts, const x12_loop_type *type);
/* Begins a row with its id, and that of the row above; NULL when that failed. */
x12i_csv_writer *x12i_csv_begin_row(x12i_csv_texts *texts, x12i_csv_text_set *set, const x12i_csv_table *table, uint64_t id);
x12i_csv_writer *x12i_csv_begin_row_below(x12i_csv_texts *texts, x12i_csv_text_set *set, const x12i_csv_table *table, uint64_t id, uint64_t parent);
/* The same in a table of what no guide has a place for. */
x12i_csv_writer *x12i_csv_begin_special(x12i_csv_texts *texts, x12i_csv_special special, uint64_t id, uint64_t parent);
void x12i_csv_end_text_row(x12i_csv_texts *texts, x12i_csv_writer *text);
x12_status x12i_csv_texts_finish(x12i_csv_texts *texts);
void x12i_csv_texts_close(x12i_csv_texts *texts);

#endif
