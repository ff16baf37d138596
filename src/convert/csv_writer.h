/* CSV text (RFC 4180) as it is made, cell by cell. */
#ifndef REMEDI_CONVERT_CSV_WRITER_H
#define REMEDI_CONVERT_CSV_WRITER_H

#include "base/buffer.h"
#include "base/short_text.h"
#include <remedi/io.h>
#include <remedi/status.h>
#include <remedi/types.h>

enum { X12I_RAW_CELLS = 64 };

/* Zeroed, then opened. Errors stay: asked at the end of a row, or of all.
   Cells are put side by side as they come; then there is one look at all of them whether any needs quotes. */
typedef struct x12i_csv_writer {
    x12i_buffer buffer;
    x12_output output;
    size_t row; /* where the row at hand begins in the buffer */
    size_t raw; /* and its cells that were not looked at yet */
    unsigned raw_cells;
    size_t ends[X12I_RAW_CELLS]; /* of those: behind the comma */
    bool excel; /* for a spreadsheet: byte order mark, CR LF, and no cell that it would run as a formula */
    x12_status status;
} x12i_csv_writer;

x12_status x12i_csv_open(x12i_csv_writer *writer, x12_output output, bool excel, const x12_allocator *allocator);
/* Forgets what was not handed on yet. */
static inline void x12i_csv_drop(x12i_csv_writer *writer)
{
    writer->buffer.length = writer->row = writer->raw = 0;
}
/* Frees its memory, without flushing. */
void x12i_csv_close(x12i_csv_writer *writer);

/* Looks at the cells: what stands in the buffer then is as it will be. */
void x12i_csv_settle_cells(x12i_csv_writer *writer);
static inline void x12i_csv_settle(x12i_csv_writer *writer)
{
    if (writer->raw_cells != 0)
        x12i_csv_settle_cells(writer);
}

/* Ends the cell that was put at the end of the buffer since the last one. */
static X12I_WITHIN void x12i_csv_end_cell(x12i_csv_writer *writer)
{
    x12i_buffer_add_byte(&writer->buffer, ',');
    writer->ends[writer->raw_cells++] = writer->buffer.length;
    if (writer->raw_cells == X12I_RAW_CELLS)
        x12i_csv_settle(writer);
}

/* A cell as it is, with quotes where it needs them; an empty text is an empty cell. */
static inline void x12i_csv_put(x12i_csv_writer *writer, x12_text cell)
{
    x12i_buffer_add_text(&writer->buffer, cell.data, cell.length);
    x12i_csv_end_cell(writer);
}

/* Puts cells once more that stand in the buffer from `start` on. */
void x12i_csv_repeat(x12i_csv_writer *writer, size_t start, size_t length);

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
