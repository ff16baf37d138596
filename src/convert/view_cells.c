#include "convert/view_cells.h"
#include "model/values.h"
#include "model/formula_values.h"
#include <remedi/decimal.h>

/* Room for short pieces of as many cells as are looked at together. */
enum { ROOM = X12I_RAW_CELLS * (X12I_ISO_MAX + 1) };

/* Where to go on, behind what stands in the row; when memory ran out, for nothing. */
static inline char *make_room(x12i_csv_writer *csv)
{
    if (!x12i_buffer_reserve(&csv->buffer, ROOM))
        x12i_csv_drop(csv);
    return csv->buffer.data + csv->buffer.length;
}

/* Each of these puts something at `out`, and gives back where that ends. */

X12I_APART static char *put_formula(x12i_cell_writer *writer, const x12i_formula *formula, const x12i_scope *scope, char *out)
{
    x12i_buffer *row = &writer->csv.buffer;
    row->length = (size_t)(out - row->data);
    x12i_spell_node(&(x12i_formula_run){&writer->evaluation, NULL}, formula->root, scope, row);
    return make_room(&writer->csv);
}

X12I_APART static char *put_place(x12i_cell_writer *writer, const x12i_scope *scope, char *out)
{
    x12i_buffer *row = &writer->csv.buffer;
    const x12_segment *segment = x12i_segment_of(scope);
    if (segment == NULL || segment->line == 0)
        return out; /* nothing that was made by hand stands anywhere */
    row->length = (size_t)(out - row->data);
    x12i_buffer_add_number(row, segment->offset);
    return make_room(&writer->csv);
}

X12I_APART static char *put_long(x12i_cell_writer *writer, const x12_text *text, char *out)
{
    x12i_buffer *row = &writer->csv.buffer;
    row->length = (size_t)(out - row->data);
    x12i_buffer_add(row, text->data, text->length);
    return make_room(&writer->csv);
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

X12I_APART static char *put_dated(x12i_cell_writer *writer, const x12i_piece *piece, const x12_text *text, char *out)
{
    const x12i_value_type type = (x12i_value_type)piece->type;
    size_t length = piece->cut ? x12i_end_to_iso(type, text, piece->cut == X12I_TO, out) : x12i_value_to_iso(type, text, out);
    return length != 0 ? out + length : put_text(writer, text, out);
}

static X12I_WITHIN char *end_cell(x12i_cell_writer *writer, size_t **end, char *out)
{
    *out++ = ',';
    *(*end)++ = (size_t)(out - writer->csv.buffer.data);
    return out;
}

static X12I_WITHIN char *put_number(x12i_cell_writer *writer, const x12_decimal *number, char *out)
{
    if (number->length == 1) { /* most are nothing added up */
        *out = *number->data;
        return out + 1;
    }
    if (number->length == 0)
        return out + x12_decimal_format(number, out);
    return put_text(writer, &(x12_text){number->data, number->length}, out);
}

/* One by one where they cannot be worked out together. The last one's cell is not ended yet. */
static X12I_WITHIN char *put_sums(x12i_cell_writer *writer, const x12i_piece *piece, const x12i_scope *scope, size_t **end, char *out)
{
    x12_decimal numbers[X12I_MOST_SUMS];
    bool told = x12i_sum_up(piece->sums, scope, numbers);
    for (unsigned i = 0;; i++) {
        out = told ? put_number(writer, &numbers[i], out) : put_formula(writer, piece->formulas[i], scope, out);
        if (i == piece->others)
            return out;
        out = end_cell(writer, end, out);
    }
}

/* A value, or nothing: then the next of its cell's, where there is one. */
static X12I_WITHIN char *put_value(x12i_cell_writer *writer, const x12i_piece **piece, const void *place, char *out)
{
    const x12_text *text = place;
    if (text == NULL || text->length == 0)
        return out;
    const x12i_piece *found = *piece;
    *piece += found->others;
    return found->kind == X12I_TEXT_PIECE ? put_text(writer, text, out) : put_dated(writer, found, text, out);
}

static void put_pieces(x12i_cell_writer *writer, const x12i_piece *piece, const x12i_scope *scope)
{
    x12i_csv_writer *csv = &writer->csv;
    char *out = make_room(csv);
    size_t *end = csv->ends; /* of the cell at hand */
    const char *base = scope->base;
    for (;; piece++) {
        const x12i_piece *at = piece;
        const void *place;
        switch ((x12i_piece_kind)at->kind) {
        case X12I_TURN_PIECE:
            base = x12i_spot_base(&at->spot, scope);
            continue;
        case X12I_BESIDE_PIECE:
            out = put_text(writer, (const void *)(base + at->spot.offset), out);
            while (piece[1].kind == X12I_BESIDE_PIECE)
                out = put_text(writer, (const void *)(base + (++piece)->spot.offset), end_cell(writer, &end, out));
            break;
        case X12I_TEXT_PIECE:
        case X12I_DATED_PIECE:
            out = put_value(writer, &piece, x12i_at_spot(&at->spot, base), out);
            if (piece == at && at->others != 0)
                continue;
            break;
        case X12I_GIVEN_PIECE:
            out = put_text(writer, &writer->evaluation.givens[at->type], out);
            break;
        case X12I_PLACE_PIECE:
            out = put_place(writer, scope, out);
            break;
        case X12I_LIST_PIECE:
            place = x12i_at_spot(&at->spot, base);
            if (place != NULL && ((const x12i_list *)place)->count != 0)
                out = put_formula(writer, *at->formulas, scope, out);
            break;
        case X12I_FORMULA_PIECE:
            out = put_formula(writer, *at->formulas, scope, out);
            break;
        case X12I_SUMS_PIECE:
            out = put_sums(writer, at, scope, &end, out);
            break;
        case X12I_NO_PIECE:
            break;
        case X12I_END_PIECE:
            csv->raw_cells = (unsigned)(end - csv->ends);
            csv->buffer.length = (size_t)(out - csv->buffer.data);
            return;
        }
        out = end_cell(writer, &end, out);
    }
}

static void spell_span(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_scope *scope)
{
    span->start = writer->csv.buffer.length;
    put_pieces(writer, span->pieces, scope);
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
    x12i_release_scratch(&writer->evaluation);
    writer->serials[X12I_OF_ROW]++;
    while (span < end) {
        if (is_spelled(writer, span))
            span = copy_spans(writer, span, end);
        else
            spell_span(writer, span++, scope);
    }
    x12i_csv_end_row(&writer->csv);
}
