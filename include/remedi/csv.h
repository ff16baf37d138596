/* CSV out and in: every kind of loop a table of its own, of which the same X12 can be made again. doc/csv.md tells the tables. */
#ifndef REMEDI_CSV_H
#define REMEDI_CSV_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_tables_writer x12_tables_writer;

/* Where tables go. `open` is asked for each table once, when its first row comes; `name` is "interchanges" or, of a guide's own, "835/claims". It
   answers false where that cannot be. What it gives must take writes until the writer is freed. */
typedef struct x12_tables_output {
    void *context;
    bool (*open)(void *context, const char *name, x12_output *output);
} x12_tables_output;

/* All zero means the defaults. */
typedef struct x12_tables_writer_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the writer */
    bool excel; /* a byte order mark, CR LF, and an apostrophe before what a spreadsheet would run as a formula */
} x12_tables_writer_options;

/* Opens a writer; NULL options: defaults. The caller frees `*writer`. */
x12_status x12_tables_writer_open(x12_tables_writer **writer, x12_tables_output output, const x12_tables_writer_options *options);
/* What the events to come are read from: the name of the file (NULL: none) and its character set (NULL: UTF-8), noted with each interchange.
   The strings must live until the next call, or as long as the writer is written to. */
void x12_tables_writer_begin(x12_tables_writer *writer, const char *file, const char *charset, bool byte_order_mark);
/* Writes one event, of any reader. Rows are numbered on over all inputs. */
x12_status x12_tables_writer_write(x12_tables_writer *writer, const x12_event *event);
/* Hands on what is left. X12_ERROR_USAGE where a loop is still open. */
x12_status x12_tables_writer_finish(x12_tables_writer *writer);
/* Frees the writer, without flushing. NULL is allowed. */
void x12_tables_writer_free(x12_tables_writer *writer);

typedef struct x12_tables_reader x12_tables_reader;

/* Where tables come from. `open` is asked for each table that there may be, once: X12_OK with its input, X12_END where there is none, or an error.
   Many inputs are read at a time; they must be there until the reader is freed. */
typedef struct x12_tables_input {
    void *context;
    x12_status (*open)(void *context, const char *name, x12_input *input);
} x12_tables_input;

/* All zero means the defaults. */
typedef struct x12_tables_reader_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the reader */
    x12_finding_handler findings;
    const char *charset;            /* of the tables; NULL: UTF-8, or what a byte order mark says */
    char delimiter;                 /* 0: a comma, or else the semicolon or tab that alone stands in the header */
    size_t record_limit;            /* bytes of memory for one record; 0: 64 MiB */
} x12_tables_reader_options;

/* Opens a reader; NULL options: defaults. The caller frees `*reader`. On an error the findings say what is wrong. */
x12_status x12_tables_reader_open(x12_tables_reader **reader, x12_tables_input input, const x12_tables_reader_options *options);
/* Tells that there is a table of this name ("835/claims"): where it then gets no place in the document, that is found. False where no guide has such
   a table; then *nearest becomes the name of one that was probably meant, or NULL. */
bool x12_tables_reader_expect(x12_tables_reader *reader, const char *name, const char **nearest);
/* The next event, the same that the X12 reader would give: X12_OK, X12_END after the last, or an error, which stays. */
x12_status x12_tables_reader_next(x12_tables_reader *reader, x12_event *event);
/* The character set and byte order mark that the X12 is to be written with. */
const char *x12_tables_reader_charset(const x12_tables_reader *reader);
bool x12_tables_reader_has_bom(const x12_tables_reader *reader);
/* Frees the reader and every struct that it handed out. NULL is allowed. */
void x12_tables_reader_free(x12_tables_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
