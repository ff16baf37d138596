#include "convert/view_cells.h"
#include "convert/values.h"
#include "model/formula_walk.h"
#include <remedi/decimal.h>

/* Room for short pieces of as many cells as are looked at together. */
enum { ROOM = X12I_RAW_CELLS * (X12I_ISO_MAX + 1) };

/* Where to go on, behind what stands in the row; NULL when out of memory. */
static inline char *make_room(x12i_buffer *row)
{
    return x12i_buffer_reserve(row, ROOM) ? row->data + row->length : NULL;
}

/* Each of these puts something at `out`, and gives back where that ends. */

X12I_APART static char *put_formula(x12i_cell_writer *writer, const x12i_formula *formula, const x12i_scope *scope, char *out)
{
    x12i_buffer *row = &writer->csv.buffer;
    row->length = (size_t)(out - row->data);
    x12i_spell(&writer->evaluation, formula, scope, NULL, row);
    return make_room(row);
}

X12I_APART static char *put_long(x12i_cell_writer *writer, const x12_text *text, char *out)
{
    x12i_buffer *row = &writer->csv.buffer;
    row->length = (size_t)(out - row->data);
    x12i_buffer_add(row, text->data, text->length);
    return make_room(row);
}

static X12I_WITHIN char *put_text(x12i_cell_writer *writer, const x12_text *text, char *out)
{
    uint64_t words[2];
    if (text->length > X12I_SHORT_TEXT)
        return put_long(writer, text, out);
    if (text->length != 0)
        x12i_copy_short(out, text->data, text->length, words);
    return out + text->length;
}

X12I_APART static char *put_dated(x12i_cell_writer *writer, x12i_value_type type, const x12_text *text, char *out)
{
    size_t length = text->length ? x12i_value_to_iso(type, text, out) : 0;
    return length != 0 ? out + length : put_text(writer, text, out);
}

static inline char *end_cell(x12i_cell_writer *writer, size_t *end, char *out)
{
    *out++ = ',';
    *end = (size_t)(out - writer->csv.buffer.data);
    return out;
}

/* One by one where they cannot be worked out together. The last one's cell is not ended yet. */
X12I_APART static char *put_sums(x12i_cell_writer *writer, const x12i_piece *piece, const x12i_scope *scope, size_t *end, char *out)
{
    x12_decimal numbers[X12I_MOST_SUMS];
    bool told = x12i_sum_up(piece->sums, scope, numbers);
    for (unsigned i = 0; i <= piece->more && out != NULL; i++) {
        if (i > 0)
            out = end_cell(writer, end++, out);
        if (!told)
            out = put_formula(writer, piece->formulas[i], scope, out);
        else if (numbers[i].length != 0)
            out = put_text(writer, &(x12_text){numbers[i].data, numbers[i].length}, out);
        else
            out += x12_decimal_format(&numbers[i], out);
    }
    return out;
}

static X12I_WITHIN char *put_piece(x12i_cell_writer *writer, const x12i_piece *piece, const void *place, const x12i_scope *scope, size_t *end, char *out)
{
    switch ((x12i_piece_kind)piece->kind) {
    case X12I_TEXT_PIECE:
        return place ? put_text(writer, place, out) : out;
    case X12I_DATED_PIECE:
        return place ? put_dated(writer, (x12i_value_type)piece->type, place, out) : out;
    case X12I_LIST_PIECE:
        return place && ((const x12i_list *)place)->count != 0 ? put_formula(writer, *piece->formulas, scope, out) : out;
    case X12I_FORMULA_PIECE:
        return put_formula(writer, *piece->formulas, scope, out);
    case X12I_SUMS_PIECE:
        return put_sums(writer, piece, scope, end, out);
    case X12I_NO_PIECE:
        break;
    }
    return out;
}

/* Of several values that a cell may have, those behind the first that was sent. */
static inline const x12i_piece *skip_others(const x12i_piece *piece, const x12_text *place)
{
    while (!piece->ends && place != NULL && place->length != 0)
        piece++;
    return piece;
}

static void put_pieces(x12i_cell_writer *writer, const x12i_piece *piece, const x12i_piece *last, const x12i_scope *scope)
{
    x12i_csv_writer *csv = &writer->csv;
    char *out = make_room(&csv->buffer);
    size_t *end = csv->ends; /* of the cell at hand */
    const char *base = scope->base;
    for (unsigned from = 0; piece < last && out != NULL; piece++) {
        if (piece->spot.from != from) {
            from = piece->spot.from;
            base = x12i_spot_base(&piece->spot, scope);
        }
        const void *place = x12i_at_spot(&piece->spot, base);
        out = put_piece(writer, piece, place, scope, end, out);
        piece = skip_others(piece, place);
        if (!piece->ends || out == NULL)
            continue;
        end += piece->more;
        out = end_cell(writer, end++, out);
    }
    csv->raw_cells = (unsigned)(end - csv->ends);
    csv->buffer.length = out ? (size_t)(out - csv->buffer.data) : csv->buffer.length;
}

static void spell_span(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_scope *scope)
{
    span->start = writer->csv.buffer.length;
    put_pieces(writer, span->first, span->end, scope);
    x12i_csv_settle(&writer->csv);
    span->length = writer->csv.buffer.length - span->start;
    span->spelled = writer->serials[span->lasting];
}

static inline bool is_spelled(const x12i_cell_writer *writer, const x12i_cell_span *span)
{
    return span->spelled == writer->serials[span->lasting];
}

/* Copies the spans that are spelled and stand side by side, from the row before. Gives back the one behind them. */
static x12i_cell_span *copy_spans(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_cell_span *end)
{
    size_t start = span->start, length = 0;
    for (; span < end && is_spelled(writer, span) && span->start == start + length; span++) {
        span->start = writer->csv.buffer.length + length;
        length += span->length;
    }
    x12i_csv_repeat(&writer->csv, start, length);
    return span;
}

/* Where rows were handed on, or memory ran out, there is nothing to copy. */
static void forget_spans(x12i_cell_writer *writer)
{
    const x12i_buffer *rows = &writer->csv.buffer;
    if (rows->length != 0 && !rows->failed)
        return;
    for (unsigned lasting = 0; lasting < X12I_OF_ROW; lasting++)
        writer->serials[lasting]++;
}

void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope)
{
    x12i_cell_span *span = cells->spans, *end = span + cells->count;
    forget_spans(writer);
    writer->serials[X12I_OF_ROW]++;
    while (span < end) {
        if (is_spelled(writer, span))
            span = copy_spans(writer, span, end);
        else
            spell_span(writer, span++, scope);
    }
    x12i_csv_end_row(&writer->csv);
}
