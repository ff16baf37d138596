#include "convert/csv_writer.h"
#include "base/arena.h"
#include <remedi/decimal.h>

enum { FLUSH_SIZE = 1 << 16 };

x12_status x12i_csv_open(x12i_csv_writer *writer, x12_output output, bool excel, const x12_allocator *allocator)
{
    *writer = (x12i_csv_writer){.buffer = {.allocator = allocator}, .output = output, .excel = excel};
    if (!x12i_buffer_reserve(&writer->buffer, 2 * FLUSH_SIZE))
        return writer->status = X12_ERROR_MEMORY;
    if (excel)
        x12i_buffer_add_string(&writer->buffer, "\xEF\xBB\xBF");
    writer->row = writer->buffer.length;
    return X12_OK;
}

void x12i_csv_close(x12i_csv_writer *writer)
{
    x12i_buffer_free(&writer->buffer);
}

static bool needs_quotes(x12_text cell)
{
    uint64_t bytes;
    uint32_t at = 0;
    for (; at + sizeof bytes <= cell.length; at += sizeof bytes) {
        memcpy(&bytes, cell.data + at, sizeof bytes);
        if (x12i_csv_needs_care(bytes))
            break;
    }
    for (; at < cell.length; at++)
        if (cell.data[at] == ',' || cell.data[at] == '"' || cell.data[at] == '\r' || cell.data[at] == '\n')
            return true;
    return false;
}

/* Digits with a sign and a point: whatever a spreadsheet makes of them, it runs nothing. */
static bool is_number(x12_text cell)
{
    return x12_decimal_parse(cell).valid;
}

/* Whether a spreadsheet would take what follows the apostrophes for a formula. */
static bool hides_formula(x12_text cell)
{
    uint32_t at = 0;
    while (at < cell.length && cell.data[at] == '\'')
        at++;
    return at < cell.length && memchr("=+-@\t\r", cell.data[at], 6) != NULL;
}

/* A formula gets an apostrophe before it, and so does what has one already: taking one away always gives back what was there. */
static bool needs_guard(x12_text cell)
{
    return hides_formula(cell) && !is_number(cell);
}

bool x12i_csv_is_guarded(x12_text cell)
{
    return cell.length != 0 && cell.data[0] == '\'' && hides_formula(cell);
}

static void put_quoted(x12i_buffer *buffer, x12_text cell, bool guarded)
{
    x12i_buffer_add_byte(buffer, '"');
    if (guarded)
        x12i_buffer_add_byte(buffer, '\'');
    for (uint32_t i = 0; i < cell.length; i++) {
        if (cell.data[i] == '"')
            x12i_buffer_add_byte(buffer, '"');
        x12i_buffer_add_byte(buffer, cell.data[i]);
    }
    x12i_buffer_add_byte(buffer, '"');
}

void x12i_csv_put_any(x12i_csv_writer *writer, x12_text cell)
{
    x12i_buffer *buffer = &writer->buffer;
    bool guarded = writer->excel && needs_guard(cell);
    if (needs_quotes(cell)) {
        put_quoted(buffer, cell, guarded);
    } else {
        if (guarded)
            x12i_buffer_add_byte(buffer, '\'');
        x12i_buffer_add(buffer, cell.data, cell.length);
    }
    x12i_buffer_add_byte(buffer, ',');
}

void x12i_csv_put_blanks(x12i_csv_writer *writer, unsigned count)
{
    x12i_buffer *buffer = &writer->buffer;
    if (!x12i_buffer_reserve(buffer, count))
        return;
    memset(buffer->data + buffer->length, ',', count);
    buffer->length += count;
}

void x12i_csv_put_number(x12i_csv_writer *writer, uint64_t number)
{
    x12i_buffer_add_number(&writer->buffer, number);
    x12i_buffer_add_byte(&writer->buffer, ',');
}

static void flush(x12i_csv_writer *writer)
{
    if (writer->status == X12_OK && writer->buffer.length != 0 &&
        !writer->output.write(writer->output.context, writer->buffer.data, writer->buffer.length))
        writer->status = X12_ERROR_OUTPUT;
    writer->buffer.length = 0;
}

x12_status x12i_csv_end_row(x12i_csv_writer *writer)
{
    x12i_buffer *buffer = &writer->buffer;
    bool blank = buffer->length == writer->row + 1; /* a line without anything on it would be no row */
    buffer->length -= buffer->length > writer->row;
    if (blank)
        x12i_buffer_add_string(buffer, "\"\"");
    if (writer->excel)
        x12i_buffer_add_byte(buffer, '\r');
    x12i_buffer_add_byte(buffer, '\n');
    if (buffer->failed && writer->status == X12_OK)
        writer->status = X12_ERROR_MEMORY;
    if (buffer->length >= FLUSH_SIZE)
        flush(writer);
    writer->row = buffer->length;
    return writer->status;
}

x12_status x12i_csv_finish(x12i_csv_writer *writer)
{
    flush(writer);
    writer->row = 0;
    return writer->status;
}
