#include "convert/csv_writer.h"
#include "base/arena.h"
#include <remedi/decimal.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { FLUSH_SIZE = 1 << 16, PIECE = 16 };

x12_status x12i_csv_open(x12i_csv_writer *writer, x12_output output, bool excel, const x12_allocator *allocator)
{
    *writer = (x12i_csv_writer){.buffer = {.allocator = allocator}, .output = output, .excel = excel};
    if (!x12i_buffer_reserve(&writer->buffer, 2 * FLUSH_SIZE))
        return writer->status = X12_ERROR_MEMORY;
    if (excel)
        x12i_buffer_add_string(&writer->buffer, "\xEF\xBB\xBF");
    writer->row = writer->raw = writer->buffer.length;
    return X12_OK;
}

void x12i_csv_close(x12i_csv_writer *writer)
{
    x12i_buffer_free(&writer->buffer);
}

static bool needs_quotes(x12_text cell)
{
    for (uint32_t i = 0; i < cell.length; i++)
        if (cell.data[i] == ',' || cell.data[i] == '"' || cell.data[i] == '\r' || cell.data[i] == '\n')
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

/* Needs room for each byte twice, and three more. */
static void put_with_care(x12i_csv_writer *writer, x12_text cell)
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

/* Puts the cells once more, behind those that were not looked at, and then in their place. Out of memory, a cell may have no end. */
X12I_APART static void put_all_with_care(x12i_csv_writer *writer)
{
    x12i_buffer *buffer = &writer->buffer;
    size_t start = writer->raw, end = buffer->length;
    if (buffer->failed || !x12i_buffer_reserve(buffer, 2 * (end - start) + 3 * writer->raw_cells))
        return;
    for (unsigned i = 0; i < writer->raw_cells; i++) {
        put_with_care(writer, (x12_text){buffer->data + start, (uint32_t)(writer->ends[i] - start - 1)});
        start = writer->ends[i];
    }
    memmove(buffer->data + writer->raw, buffer->data + end, buffer->length - end);
    buffer->length -= end - writer->raw;
}

#ifdef __SSE2__

enum { WIDTH = 16, MOST = WIDTH * UINT8_MAX };

/* Whether nothing in `length` bytes asks for quotes, or may, but for as many commas: no quote, no control byte, and none beyond ASCII. Sixteen bytes more
   can be read, and are blanks. */
static bool is_plain(const char *data, size_t length, unsigned commas)
{
    const __m128i none = _mm_setzero_si128();
    __m128i found = none, odd = none;
    for (size_t at = 0; at < length; at += WIDTH) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(data + at));
        odd = _mm_or_si128(odd, _mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes)); /* bytes from 0x80 on are negative */
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
        found = _mm_sub_epi8(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
    }
    found = _mm_sad_epu8(found, none);
    return _mm_movemask_epi8(odd) == 0 && (unsigned)(_mm_cvtsi128_si32(found) + _mm_extract_epi16(found, 4)) == commas;
}

#else

enum { WIDTH = 1, MOST = UINT16_MAX };

static bool is_plain(const char *data, size_t length, unsigned commas)
{
    bool plain = true;
    for (size_t at = 0; at < length && plain; at++) {
        commas -= data[at] == ',';
        plain = data[at] >= ' ' && data[at] < 0x7F && data[at] != '"';
    }
    return plain && commas == 0;
}

#endif

/* Whether no cell that was not looked at needs quotes. */
static inline bool are_plain(const x12i_csv_writer *writer)
{
    const x12i_buffer *buffer = &writer->buffer;
    size_t length = buffer->length - writer->raw;
    if (writer->excel || length > MOST || buffer->capacity - buffer->length < WIDTH)
        return false;
    memset(buffer->data + buffer->length, ' ', WIDTH);
    return is_plain(buffer->data + writer->raw, length, writer->raw_cells);
}

void x12i_csv_settle_cells(x12i_csv_writer *writer)
{
    if (!are_plain(writer))
        put_all_with_care(writer);
    writer->raw = writer->buffer.length;
    writer->raw_cells = 0;
}

void x12i_csv_repeat(x12i_csv_writer *writer, size_t start, size_t length)
{
    x12i_buffer *buffer = &writer->buffer;
    x12i_csv_settle(writer);
    if (!x12i_buffer_reserve(buffer, length + PIECE))
        return;
    char *out = buffer->data + buffer->length;
    const char *data = buffer->data + start;
    for (size_t i = 0; i < length; i += PIECE)
        memmove(out + i, data + i, PIECE);
    writer->raw = buffer->length += length;
}

void x12i_csv_put_blanks(x12i_csv_writer *writer, unsigned count)
{
    x12i_buffer *buffer = &writer->buffer;
    x12i_csv_settle(writer);
    if (!x12i_buffer_reserve(buffer, count))
        return;
    memset(buffer->data + buffer->length, ',', count);
    writer->raw = buffer->length += count;
}

void x12i_csv_put_number(x12i_csv_writer *writer, uint64_t number)
{
    x12i_buffer_add_number(&writer->buffer, number);
    x12i_csv_end_cell(writer);
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
    x12i_csv_settle(writer);
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
    writer->row = writer->raw = buffer->length;
    return writer->status;
}

x12_status x12i_csv_finish(x12i_csv_writer *writer)
{
    flush(writer);
    writer->row = writer->raw = 0;
    return writer->status;
}
