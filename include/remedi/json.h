/* JSON out and in: one document, or one line for each event. */
#ifndef REMEDI_JSON_H
#define REMEDI_JSON_H

#include <remedi/arena.h>
#include <remedi/codes.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/reader.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_json_writer x12_json_writer;

/* All zero means the defaults. */
typedef struct x12_json_writer_options {
    const x12_allocator *allocator;
    bool lines;          /* one line for each event instead of one document */
    const char *charset; /* of the X12 input, noted in the JSON where it is not UTF-8; NULL: UTF-8 */
    bool byte_order_mark;
    bool names;             /* beside each code what it means, where that is known: `statusCodeName`. Readers pass over it */
    const x12_codes *codes; /* for `names`: the code sets to look in, which must outlive the writer; NULL: those that are built in */
} x12_json_writer_options;

/* Opens a writer on `output`. The caller frees `*writer`. */
x12_status x12_json_writer_open(x12_json_writer **writer, x12_output output, const x12_json_writer_options *options);
x12_status x12_json_writer_write(x12_json_writer *writer, const x12_event *event);
/* For JSON that is made of X12 as it comes: the writer spells records while `reader` reads them, which takes less time; what it writes is the same. From
   here on every event of the reader goes to this writer, in order and unchanged. Either may be freed first. */
void x12_json_writer_follow(x12_json_writer *writer, x12_reader *reader);
/* Ends the document and flushes. */
x12_status x12_json_writer_finish(x12_json_writer *writer);
/* Frees the writer, without flushing. NULL is allowed. */
void x12_json_writer_free(x12_json_writer *writer);

typedef struct x12_json_reader x12_json_reader;

/* All zero means the defaults. */
typedef struct x12_json_reader_options {
    const x12_allocator *allocator;
    x12_finding_handler findings;
    size_t record_limit; /* bytes of memory for one record; 0: 64 MiB */
    size_t depth_limit;  /* nesting; 0: 64 */
    bool numbers_as_text; /* decimals keep their text alone, coefficient 0 and not valid: for who only passes values on */
    bool flaws;           /* tells of values that the guide forbids: too long, not listed, no real date. They are read all the same */
} x12_json_reader_options;

/* Opens a reader of a document or of lines: it sees which. The caller frees `*reader`. */
x12_status x12_json_reader_open(x12_json_reader **reader, x12_input input, const x12_json_reader_options *options);
/* The next event, the same that the X12 reader would give: X12_OK, X12_END after the last, or an error, which stays. */
x12_status x12_json_reader_next(x12_json_reader *reader, x12_event *event);
/* The character set and byte order mark that the JSON asks the X12 to be written with; known after the first event. */
const char *x12_json_reader_charset(const x12_json_reader *reader);
bool x12_json_reader_has_bom(const x12_json_reader *reader);
/* Frees the reader and every struct that it handed out. NULL is allowed. */
void x12_json_reader_free(x12_json_reader *reader);

/* Writes the JSON Schema (2020-12) of what the JSON writer makes: of a document, or of one line. `guide` is the short name of a guide
   ("835") or its id, for documents that hold nothing else; NULL: of everything. X12_ERROR_USAGE where there is no such guide. */
x12_status x12_json_schema(x12_output output, const char *guide, bool lines, const x12_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
