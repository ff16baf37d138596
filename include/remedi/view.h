/* Flat views: one CSV table of the rows that people post and total from. What its rows and columns are is declared in a text (doc/csv.md);
   there is one for each transaction, and a program may bring its own. */
#ifndef REMEDI_VIEW_H
#define REMEDI_VIEW_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_view x12_view;

enum { X12_VIEW_ERROR_MAX = 256 };

/* What is wrong with a declaration or a choice of columns, and what to write instead. Speaks of these alone, never of data. */
typedef struct x12_view_error {
    unsigned line;   /* of the declaration, from 1; 0: it is not in one */
    unsigned column; /* in bytes, from 1 */
    char text[X12_VIEW_ERROR_MAX];
} x12_view_error;

/* The names of the views that are built in, "835": one for each index from 0; NULL behind the last. */
const char *x12_view_name(size_t index);
/* The name of the view that is built in for transactions of this type; NULL: none is. */
const char *x12_view_for(const x12_loop_type *transaction);

/* Reads a view that is built in, or the declaration that `text` is, which need not live on. The caller frees `*view`. X12_ERROR_USAGE where there is no
   such view, or it is declared wrongly: `error` (NULL: nobody asks) says why. */
x12_status x12_view_open(x12_view **view, const char *name, const x12_allocator *allocator, x12_view_error *error);
x12_status x12_view_declare(x12_view **view, const char *text, size_t length, const x12_allocator *allocator, x12_view_error *error);
/* Frees the view; no writer may use it any more. NULL is allowed. */
void x12_view_free(x12_view *view);

/* What its rows are. This string and the following live as long as the view. */
const char *x12_view_title(const x12_view *view);
/* Its columns in order: name and description. NULL behind the last. */
const char *x12_view_column(const x12_view *view, size_t index, const char **description);
/* From now on only these columns, in this order: "trace_number,paid". X12_ERROR_USAGE where one is unknown, or named twice. */
x12_status x12_view_choose(x12_view *view, const char *columns, x12_view_error *error);

typedef struct x12_view_writer x12_view_writer;

/* All zero means the defaults. */
typedef struct x12_view_writer_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the writer */
    x12_finding_handler findings;   /* of transactions that have no rows in this view */
    bool excel; /* a byte order mark, CR LF, and an apostrophe before what a spreadsheet would run as a formula */
} x12_view_writer_options;

/* Opens a writer of the view's rows, which begin with a header. NULL options: defaults. The caller frees `*writer`. */
x12_status x12_view_writer_open(x12_view_writer **writer, const x12_view *view, x12_output output, const x12_view_writer_options *options);
/* The name of the file that the events to come are read from; NULL: none. It must live until the next call, or as long as the writer is written to. */
void x12_view_writer_begin(x12_view_writer *writer, const char *file);
/* Writes the rows of one event, of any reader. */
x12_status x12_view_writer_write(x12_view_writer *writer, const x12_event *event);
/* Hands on what is left; more may follow. */
x12_status x12_view_writer_finish(x12_view_writer *writer);
/* Frees the writer, without flushing. NULL is allowed. */
void x12_view_writer_free(x12_view_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
