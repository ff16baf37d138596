#include "convert/csv_reader.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "convert/csv_lexer.h"
#include "convert/csv_writer.h"
#include "diagnostic/diagnostic.h"
#include "wire/source.h"

enum { DEFAULT_ROW_LIMIT = 16 << 20 };

/* A cell within the row at hand, from its front on: without its quotes. */
typedef struct span {
    size_t start;
    size_t length;
    bool quoted;
    bool escaped; /* it has doubled quotes */
} span;

struct x12i_csv_reader {
    x12i_csv_reader_options options;
    x12i_source source; /* the row at hand stands at its front */
    x12i_csv_lexer lexer;
    x12i_csv_row row;
    x12i_buffer spans;  /* of span */
    x12i_buffer cells;  /* of x12_text */
    x12i_buffer copies; /* of cells that do not stand as they are in the input */
    size_t taken;       /* of the row at hand */
    uint32_t line;      /* in which it begins */
    uint64_t line_offset; /* where that line begins */
    x12_status status;
};

static const char *front(const x12i_csv_reader *reader)
{
    return reader->source.data + reader->source.start;
}

static size_t available(const x12i_csv_reader *reader)
{
    return reader->source.end - reader->source.start;
}

static bool fail(x12i_csv_reader *reader, x12_status status)
{
    reader->status = status;
    return false;
}

/* --- where things stand --- */

/* Goes on from `from` to `to` within the row; both line breaks of CR LF are one. */
static void count_lines(const x12i_csv_reader *reader, size_t from, size_t to, uint32_t *line, uint64_t *line_offset)
{
    const char *data = front(reader);
    for (size_t at = from; at < to; at++) {
        bool pair = data[at] == '\r' && at + 1 < available(reader) && data[at + 1] == '\n';
        if ((data[at] != '\n' && data[at] != '\r') || pair)
            continue;
        ++*line;
        *line_offset = reader->source.offset + at + 1;
    }
}

static x12_position position_at(const x12i_csv_reader *reader, size_t at)
{
    uint32_t line = reader->line;
    uint64_t line_offset = reader->line_offset;
    count_lines(reader, 0, at, &line, &line_offset);
    uint64_t offset = reader->source.offset + at;
    return (x12_position){.offset = offset, .line = line, .column = (uint32_t)(offset - line_offset) + 1, .table = reader->options.table, .row = reader->row.number};
}

x12_position x12i_csv_reader_position(const x12i_csv_reader *reader, size_t index)
{
    const span *spans = (const span *)(const void *)reader->spans.data;
    return position_at(reader, index < reader->row.count ? spans[index].start - spans[index].quoted : 0);
}

static bool refuse(x12i_csv_reader *reader, x12_finding_code code, size_t at, x12_status status)
{
    x12i_raise(reader->options.findings, code, position_at(reader, at));
    return fail(reader, status);
}

/* --- cells --- */

static bool read_more(x12i_csv_reader *reader)
{
    if (available(reader) > reader->options.row_limit)
        return refuse(reader, X12_FINDING_CSV_ROW_TOO_LONG, 0, X12_ERROR_LIMIT);
    x12_status status = x12i_source_more(&reader->source);
    return status == X12_OK || fail(reader, status);
}

X12I_APART static bool look_further(x12i_csv_reader *reader, size_t at, unsigned char *class)
{
    while (available(reader) <= at && !reader->source.at_end)
        if (!read_more(reader))
            return false;
    bool there = available(reader) > at;
    unsigned char found = there ? reader->lexer.class_of[(unsigned char)front(reader)[at]] : X12I_CSV_SENTINEL;
    *class = there && found == X12I_CSV_SENTINEL ? X12I_CSV_PLAIN : found;
    return true;
}

/* The class of the byte at `at`; SENTINEL at the end of the input. False when that failed. Behind what was read stands a NUL. */
static inline bool look_at(x12i_csv_reader *reader, size_t at, unsigned char *class)
{
    *class = reader->lexer.class_of[(unsigned char)front(reader)[at]];
    return *class != X12I_CSV_SENTINEL || look_further(reader, at, class);
}

typedef x12i_csv_lexed lex_function(const x12i_csv_lexer *lexer, const char **place, const char *end);

/* Goes on at *at to where the cell, or the run within quotes, ends; X12I_CSV_MORE: at the end of the input. */
static bool lex(x12i_csv_reader *reader, lex_function *function, size_t *at, x12i_csv_lexed *lexed)
{
    for (;;) {
        const char *place = front(reader) + *at;
        *lexed = function(&reader->lexer, &place, reader->source.data + reader->source.end);
        *at = (size_t)(place - front(reader));
        if (*lexed != X12I_CSV_MORE || reader->source.at_end)
            return true;
        if (!read_more(reader))
            return false;
    }
}

static bool read_plain(x12i_csv_reader *reader, span *cell, size_t *at)
{
    x12i_csv_lexed lexed;
    *cell = (span){.start = *at};
    bool done = lex(reader, x12i_csv_lex_plain, at, &lexed);
    cell->length = *at - cell->start;
    return done;
}

static bool read_quoted(x12i_csv_reader *reader, span *cell, size_t *at)
{
    x12i_csv_lexed lexed;
    unsigned char next;
    *cell = (span){.start = ++*at, .quoted = true};
    for (;;) {
        if (!lex(reader, x12i_csv_lex_quoted, at, &lexed))
            return false;
        if (lexed == X12I_CSV_MORE)
            return refuse(reader, X12_FINDING_CSV_UNCLOSED, cell->start - 1, X12_ERROR_FORMAT);
        cell->length = *at - cell->start;
        if (!look_at(reader, ++*at, &next))
            return false;
        if (next != X12I_CSV_QUOTE)
            break;
        cell->escaped = true;
        ++*at;
    }
    return next != X12I_CSV_PLAIN || refuse(reader, X12_FINDING_CSV_QUOTE, *at, X12_ERROR_FORMAT);
}

static span *add_span(x12i_csv_reader *reader)
{
    if (!x12i_buffer_reserve(&reader->spans, sizeof(span))) {
        fail(reader, X12_ERROR_MEMORY);
        return NULL;
    }
    span *cell = (span *)(void *)(reader->spans.data + reader->spans.length);
    reader->spans.length += sizeof *cell;
    return cell;
}

/* --- rows --- */

/* Behind the line break at *at. */
static bool skip_break(x12i_csv_reader *reader, size_t *at, unsigned char class)
{
    unsigned char next;
    ++*at;
    if (class != X12I_CSV_RETURN)
        return true;
    if (!look_at(reader, *at, &next))
        return false;
    *at += next == X12I_CSV_NEWLINE;
    return true;
}

/* The spans of the row at the front, which takes reader->taken bytes with its line break. */
static bool read_spans(x12i_csv_reader *reader)
{
    size_t at = 0;
    unsigned char class = X12I_CSV_DELIMITER;
    reader->spans.length = 0;
    while (class == X12I_CSV_DELIMITER) {
        span *cell = add_span(reader);
        if (cell == NULL || !look_at(reader, at, &class))
            return false;
        if (!(class == X12I_CSV_QUOTE ? read_quoted(reader, cell, &at) : read_plain(reader, cell, &at)) || !look_at(reader, at, &class))
            return false;
        at += class == X12I_CSV_DELIMITER;
    }
    if (class != X12I_CSV_SENTINEL && !skip_break(reader, &at, class))
        return false;
    reader->taken = at;
    return true;
}

static char *copy_unescaped(const char *data, size_t length, char *out)
{
    for (size_t i = 0; i < length; i++) {
        *out++ = data[i];
        i += data[i] == '"';
    }
    return out;
}

/* Gives the cell a text of its own, in the room of reader->copies. */
static x12_text copy_cell(x12i_csv_reader *reader, const span *cell)
{
    char *start = reader->copies.data + reader->copies.length, *end = start;
    const char *data = front(reader) + cell->start;
    if (cell->escaped) {
        end = copy_unescaped(data, cell->length, start);
    } else {
        memcpy(start, data, cell->length);
        end += cell->length;
    }
    if (reader->source.single != NULL) {
        char *wide = end;
        end += x12i_charset_widen(reader->source.single, start, (size_t)(end - start), wide);
        start = wide;
    }
    reader->copies.length = (size_t)(end - reader->copies.data);
    return (x12_text){start, (uint32_t)(end - start)};
}

/* An apostrophe that a writer put before what a spreadsheet would run. */
static x12_text without_guard(const x12i_csv_reader *reader, x12_text text)
{
    if (!reader->source.byte_order_mark || !x12i_csv_is_guarded(text))
        return text;
    return (x12_text){text.data + 1, text.length - 1};
}

static bool make_cells(x12i_csv_reader *reader)
{
    const span *spans = (const span *)(const void *)reader->spans.data;
    size_t count = reader->spans.length / sizeof *spans;
    reader->cells.length = reader->copies.length = 0;
    /* unescaped, and widened to three times as many bytes at most: in one place that does not move */
    if (!x12i_buffer_reserve(&reader->cells, count * sizeof(x12_text)) || !x12i_buffer_reserve(&reader->copies, 4 * reader->taken + 1))
        return fail(reader, X12_ERROR_MEMORY);
    x12_text *cells = (x12_text *)(void *)reader->cells.data;
    for (size_t i = 0; i < count; i++) {
        bool as_is = !spans[i].escaped && reader->source.single == NULL;
        cells[i] = as_is ? (x12_text){front(reader) + spans[i].start, (uint32_t)spans[i].length} : copy_cell(reader, &spans[i]);
        cells[i] = without_guard(reader, cells[i]);
    }
    reader->row.cells = cells;
    reader->row.count = count;
    return true;
}

static void drop_row(x12i_csv_reader *reader)
{
    count_lines(reader, 0, reader->taken, &reader->line, &reader->line_offset);
    x12i_source_skip(&reader->source, reader->taken);
    reader->taken = 0;
    reader->row.count = 0;
}

static bool is_blank(const x12i_csv_reader *reader)
{
    const span *cell = (const span *)(const void *)reader->spans.data;
    return reader->spans.length == sizeof *cell && cell->length == 0 && !cell->quoted;
}

x12_status x12i_csv_reader_next(x12i_csv_reader *reader, const x12i_csv_row **row)
{
    unsigned char class;
    *row = NULL;
    while (reader->status == X12_OK) {
        drop_row(reader);
        if (!look_at(reader, 0, &class))
            break;
        if (available(reader) == 0) {
            fail(reader, X12_END);
            break;
        }
        reader->row.number++;
        if (!read_spans(reader) || is_blank(reader))
            continue;
        if (make_cells(reader))
            *row = &reader->row;
        break;
    }
    return reader->status;
}

/* --- the reader --- */

/* The delimiter that the first row shows: of what is there of it, and outside of quotes. */
static char find_delimiter(const x12i_csv_reader *reader)
{
    bool semicolon = false, tab = false, quoted = false;
    const char *data = front(reader);
    for (size_t at = 0; at < available(reader); at++) {
        quoted ^= data[at] == '"';
        if (quoted)
            continue;
        if (data[at] == ',')
            return ',';
        if (data[at] == '\r' || data[at] == '\n')
            break;
        semicolon |= data[at] == ';';
        tab |= data[at] == '\t';
    }
    return semicolon == tab ? ',' : semicolon ? ';' : '\t';
}

x12_status x12i_csv_reader_open(x12i_csv_reader **reader, x12_input input, const x12i_csv_reader_options *options)
{
    *reader = NULL;
    x12i_csv_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    if (made->options.row_limit == 0)
        made->options.row_limit = DEFAULT_ROW_LIMIT;
    made->source = (x12i_source){.input = input, .allocator = options->allocator, .findings = options->findings};
    made->spans.allocator = made->cells.allocator = made->copies.allocator = options->allocator;
    made->line = 1;
    x12_status status = x12i_source_open(&made->source, options->charset);
    if (status != X12_OK) {
        x12i_csv_reader_free(made);
        return status;
    }
    made->line_offset = made->source.offset;
    x12i_csv_lexer_delimiter(&made->lexer, options->delimiter ? options->delimiter : find_delimiter(made));
    *reader = made;
    return X12_OK;
}

void x12i_csv_reader_free(x12i_csv_reader *reader)
{
    if (reader == NULL)
        return;
    const x12_allocator *allocator = reader->options.allocator;
    x12i_buffer_free(&reader->spans);
    x12i_buffer_free(&reader->cells);
    x12i_buffer_free(&reader->copies);
    x12i_source_close(&reader->source);
    x12i_release(allocator, reader, sizeof *reader);
}
