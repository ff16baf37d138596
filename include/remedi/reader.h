/* Reading X12. */
#ifndef REMEDI_READER_H
#define REMEDI_READER_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_reader x12_reader;

/* All zero means the defaults. */
typedef struct x12_reader_options {
    const x12_allocator *allocator;  /* NULL: malloc's family; must outlive the reader */
    x12_finding_handler findings;    /* handle NULL: nobody listens */
    const char *charset;             /* NULL: told apart by the first bytes; else "UTF-8", "ISO-8859-1", "windows-1252",
                                        "IBM037", "IBM1047", "UTF-16LE", "UTF-16BE" or what iconv knows */
    size_t segment_limit;            /* bytes of one segment; 0: 1 MiB */
    size_t record_limit;             /* bytes of memory for one record; 0: 64 MiB */
    bool numbers_as_text;            /* decimals keep their text alone, coefficient 0 and not valid: for who only passes values on */
    bool whole_transactions;         /* one RECORD event a transaction, with everything below it, instead of its parts */
} x12_reader_options;

/* Opens a reader on `input`, which is read as events are asked for. The caller frees `*reader`; NULL options: defaults. */
x12_status x12_reader_open(x12_reader **reader, x12_input input, const x12_reader_options *options);
/* The next event: X12_OK, X12_END after the last, or an error, after which every call gives the same error. */
x12_status x12_reader_next(x12_reader *reader, x12_event *event);
/* The character set that the input was found to be in; "UTF-8" until the first event. Lives as long as the reader. */
const char *x12_reader_charset(const x12_reader *reader);
/* Whether the input began with a byte order mark. */
bool x12_reader_has_bom(const x12_reader *reader);
/* Frees the reader and every struct that it handed out. NULL is allowed. */
void x12_reader_free(x12_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
