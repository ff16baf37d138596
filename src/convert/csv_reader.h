/* Rows of CSV (RFC 4180, and what else is called so), one a call. */
#ifndef REMEDI_CONVERT_CSV_READER_H
#define REMEDI_CONVERT_CSV_READER_H

#include <remedi/arena.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>
#include <remedi/types.h>

typedef struct x12i_csv_reader x12i_csv_reader;

typedef struct x12i_csv_reader_options {
    const x12_allocator *allocator;
    const x12_finding_handler *findings;
    const char *charset; /* NULL: told by the first bytes */
    const char *table;   /* for the findings' positions; may be NULL */
    char delimiter;      /* 0: a comma, or else the semicolon or tab that alone stands in the first row */
    size_t row_limit;    /* bytes; 0: 16 MiB */
} x12i_csv_reader_options;

typedef struct x12i_csv_row {
    const x12_text *cells; /* in UTF-8; data is never NULL */
    size_t count;          /* never 0: blank lines are no rows */
    uint32_t number;       /* as a spreadsheet counts: from 1, with blank lines */
} x12i_csv_row;

x12_status x12i_csv_reader_open(x12i_csv_reader **reader, x12_input input, const x12i_csv_reader_options *options);
/* The next row, which lives until the next call: X12_OK, X12_END, or an error, which stays. */
x12_status x12i_csv_reader_next(x12i_csv_reader *reader, const x12i_csv_row **row);
/* Where cell `index` of the row at hand stands. */
x12_position x12i_csv_reader_position(const x12i_csv_reader *reader, size_t index);
void x12i_csv_reader_free(x12i_csv_reader *reader);

#endif
