/* CSV text (RFC 4180) as it is made, cell by cell. */
#ifndef REMEDI_CONVERT_CSV_WRITER_H
#define REMEDI_CONVERT_CSV_WRITER_H

#include "base/buffer.h"
#include "base/short_text.h"
#include <remedi/io.h>
#include <remedi/status.h>
#include <remedi/types.h>

/* Zeroed, then opened. Errors stay: asked at the end of a row, or of all. */
typedef struct x12i_csv_writer {
    x12i_buffer buffer;
    x12_output output;
    size_t row; /* where the row at hand begins in the buffer */
    bool excel; /* for a spreadsheet: byte order mark, CR LF, and no cell that it would run as a formula */
    x12_status status;
} x12i_csv_writer;

x12_status x12i_csv_open(x12i_csv_writer *writer, x12_output output, bool excel, const x12_allocator *allocator);
/* Frees its memory, without flushing. */
void x12i_csv_close(x12i_csv_writer *writer);

/* Whether one of eight bytes asks for quotes, or may: a comma, a quote, a control byte, or one beyond ASCII. */
static inline bool x12i_csv_needs_care(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t comma = (bytes ^ (ones * ',')) - ones, quote = (bytes ^ (ones * '"')) - ones, control = bytes - ones * 0x20;
    return ((bytes | comma | quote | control) & (ones << 7)) != 0;
}

/* Any cell. */
void x12i_csv_put_any(x12i_csv_writer *writer, x12_text cell);

/* Copies 1 to X12I_SHORT_TEXT bytes, and says whether they need care. */
static X12I_WITHIN bool x12i_csv_copy_short(char *out, const char *cell, uint32_t length)
{
    uint64_t words[2];
    x12i_copy_short(out, cell, length, words);
    return x12i_csv_needs_care(words[0]) || x12i_csv_needs_care(words[1]);
}

/* A cell as it is, with quotes where it needs them; an empty text is an empty cell. */
static X12I_WITHIN void x12i_csv_put(x12i_csv_writer *writer, x12_text cell)
{
    x12i_buffer *buffer = &writer->buffer;
    if (cell.length > X12I_SHORT_TEXT || writer->excel || !x12i_buffer_reserve(buffer, X12I_SHORT_TEXT + 1)) {
        x12i_csv_put_any(writer, cell);
        return;
    }
    char *out = buffer->data + buffer->length;
    if (cell.length != 0 && x12i_csv_copy_short(out, cell.data, cell.length)) {
        x12i_csv_put_any(writer, cell);
        return;
    }
    out[cell.length] = ',';
    buffer->length += cell.length + 1;
}

static inline void x12i_csv_put_string(x12i_csv_writer *writer, const char *cell)
{
    x12i_csv_put(writer, (x12_text){cell, (uint32_t)strlen(cell)});
}

/* Empty cells. */
void x12i_csv_put_blanks(x12i_csv_writer *writer, unsigned count);
void x12i_csv_put_number(x12i_csv_writer *writer, uint64_t number);

/* Whether a cell was guarded by an apostrophe, as a writer for spreadsheets does it. */
bool x12i_csv_is_guarded(x12_text cell);

/* Ends the row that the cells since the last one make. */
x12_status x12i_csv_end_row(x12i_csv_writer *writer);
/* Hands on what is left. */
x12_status x12i_csv_finish(x12i_csv_writer *writer);

#endif
