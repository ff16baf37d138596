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

#ifdef __cplusplus
}
#endif
#endif
