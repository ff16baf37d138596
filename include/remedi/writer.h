/* Writing X12: the events of a reader of X12, JSON, tables or rows, as they came or with values changed. What a program makes anew it gives as JSON
   (json.h) or rows (rows.h), whose readers make the structs. */
#ifndef REMEDI_WRITER_H
#define REMEDI_WRITER_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_writer x12_writer;

/* All zero means the defaults. */
typedef struct x12_writer_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the writer */
    x12_finding_handler findings;   /* handle NULL: nobody listens */
    const char *charset;            /* NULL: UTF-8 */
    bool byte_order_mark;
    int64_t date;                   /* seconds since 1970 UTC, for envelope dates that were left out; 0: 1970-01-01 */
} x12_writer_options;

/* Opens a writer on `output`. The caller frees `*writer`. */
x12_status x12_writer_open(x12_writer **writer, x12_output output, const x12_writer_options *options);
/* Writes one event. Envelope segments, counts, control numbers and dates that were left out are filled in. */
x12_status x12_writer_write(x12_writer *writer, const x12_event *event);
/* Closes what is open and flushes. */
x12_status x12_writer_finish(x12_writer *writer);
/* Frees the writer, without flushing. NULL is allowed. */
void x12_writer_free(x12_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
