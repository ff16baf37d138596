/* Rows in: one CSV table with a row for each service line or inquiry, as people and their programs have them, read as the events of a transaction. What else
   the X12 needs, who sends it and who bills, a profile says. doc/rows.md tells the columns. */
#ifndef REMEDI_ROWS_H
#define REMEDI_ROWS_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_rows_reader x12_rows_reader;

enum { X12_ROWS_ERROR_MAX = 256 };

/* What is wrong with a profile. */
typedef struct x12_rows_error {
    unsigned line; /* from 1; 0: of none */
    char text[X12_ROWS_ERROR_MAX];
} x12_rows_error;

/* All zero means the defaults. */
typedef struct x12_rows_reader_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the reader */
    x12_finding_handler findings;
    const char *charset;            /* of the rows; NULL: told by the first bytes */
    char delimiter;                 /* 0: a comma, or else the semicolon or tab that alone stands in the header */
    x12_output rejects;             /* where the rows of a claim or inquiry go in which one is bad; the good ones are handed out. write NULL: a bad row is an
                                       error, which stands at the end, when all of them were told */
} x12_rows_reader_options;

/* The transactions that rows can make, "837P": one for each index from 0; NULL behind the last. */
const char *x12_rows_name(size_t index);
/* A profile to fill in, with comments; NULL: there are no rows of such a transaction. */
const char *x12_rows_template(const char *name);

/* Opens a reader of rows with a profile, which need not live on. The caller frees `*reader`. X12_ERROR_USAGE where the profile is wrong: `error` says why. */
x12_status x12_rows_reader_open(x12_rows_reader **reader, x12_input input, const char *profile, size_t length, const x12_rows_reader_options *options, x12_rows_error *error);
/* The next event: X12_OK, X12_END after the last, or an error, which stays. */
x12_status x12_rows_reader_next(x12_rows_reader *reader, x12_event *event);
/* Frees the reader and every struct that it handed out. NULL is allowed. */
void x12_rows_reader_free(x12_rows_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
