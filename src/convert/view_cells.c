#include "convert/view_cells.h"
#include "model/formula_walk.h"
#include <limits.h>
#include <remedi/guide.h>

/* How long a cell is the same: as long as the loop of this depth is; no longer than its row. */
enum { OF_ROW = X12I_MAXIMUM_DEPTH, OF_ALL = 0 };

/* Of cells that are not worth a copy, and of bytes that are copied in one go. */
enum { FEW = 3, PIECE = 32 };

/* ---- Making them ---- */

static unsigned lasting_of(const x12_view *view, const x12i_row_kind *kind, const x12i_formula *formula)
{
    const x12_loop_type *type = kind->type;
    unsigned level = x12i_formula_level(formula);
    bool numbered = x12i_formula_uses(formula, X12I_GIVEN_RECORD);
    if (type->streamed || (level == 0 && (kind->each == NULL || x12i_formula_is_of_item(formula))))
        return OF_ROW;
    for (; level > 0 && type != NULL && !(numbered && type->record); level--)
        type = x12_loop_parent(type);
    return type == NULL || type->streamed ? OF_ALL : view->loops[type->index].depth;
}

/* How long those of the cells from `first` to before `end` last that are beside these; whatever is no shorter than they last themselves: OF_ROW. */
static unsigned lasting_beside(const unsigned *lasting, unsigned first, unsigned end, unsigned count)
{
    unsigned before = first > 0 && lasting[first - 1] > lasting[first] ? lasting[first - 1] : OF_ROW;
    unsigned behind = end < count && lasting[end] > lasting[first] ? lasting[end] : OF_ROW;
    return before < behind ? before : behind;
}

static bool are_plain(const x12i_cell *cell, const x12i_cell *end)
{
    while (cell < end && cell->shortcut.kind != X12I_NO_SHORTCUT && cell->shortcut.kind != X12I_OF_LIST)
        cell++;
    return cell == end;
}

/* A copy takes longer than a few plain cells do: those go with what is beside them, though that lasts shorter. */
static void join_few(const x12i_cell *cells, unsigned *lasting, unsigned count)
{
    for (unsigned first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && lasting[end] == lasting[first];)
            end++;
        unsigned beside = lasting_beside(lasting, first, end, count);
        bool join = end - first <= FEW && count > end - first && are_plain(&cells[first], &cells[end]);
        for (unsigned i = first; i < end && join; i++)
            lasting[i] = beside;
    }
}

/* An empty cell lasts as long as the one before it. */
static void find_lasting(const x12_view *view, const x12i_row_kind *kind, const x12i_cell *cells, unsigned *lasting)
{
    for (unsigned i = 0; i < view->chosen_count; i++) {
        if (cells[i].formula != NULL)
            lasting[i] = lasting_of(view, kind, cells[i].formula);
        else
            lasting[i] = i > 0 ? lasting[i - 1] : OF_ALL;
    }
    join_few(cells, lasting, view->chosen_count);
}

/* Sums side by side, where that is more than one. */
static void find_sums(const x12i_cell_span *span, x12i_cell *cell, x12_arena *arena)
{
    const x12i_formula *formulas[X12I_MOST_SUMS];
    unsigned count = 0;
    for (const x12i_cell *at = cell; at < span->end && count < X12I_MOST_SUMS; at++)
        formulas[count++] = at->formula;
    const x12i_sums *sums = x12i_sums_make(arena, formulas, count);
    cell->sums = sums != NULL && x12i_sums_count(sums) > 1 ? sums : NULL;
}

bool x12i_make_cells(x12i_cells *cells, const x12_view *view, const x12i_row_kind *kind, x12_arena *arena)
{
    unsigned lasting[X12I_MOST_COLUMNS], count = view->chosen_count;
    x12i_cell *made = x12_arena_allocate(arena, count * sizeof *made);
    cells->spans = x12_arena_allocate(arena, count * sizeof *cells->spans);
    if (made == NULL || cells->spans == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        made[i].formula = kind->cells[view->chosen[i]];
        made[i].shortcut = made[i].formula ? made[i].formula->shortcut : (x12i_shortcut){.kind = X12I_NOTHING};
    }
    find_lasting(view, kind, made, lasting);
    for (unsigned first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && lasting[end] == lasting[first];)
            end++;
        cells->spans[cells->count] = (x12i_cell_span){.first = &made[first], .end = &made[end], .lasting = lasting[first]};
        for (unsigned i = first; i < end; i++)
            find_sums(&cells->spans[cells->count], &made[i], arena);
        cells->count++;
    }
    return true;
}

/* ---- Writing them ---- */

/* What is no short text, or has to be worked out. */
X12I_APART static void write_cell(x12i_cell_writer *writer, const x12i_cell *cell, const x12_text *plain, const x12i_scope *scope)
{
    x12i_result result;
    if (plain == NULL)
        x12i_evaluate(&writer->evaluation, cell->formula, scope, NULL, &result);
    x12i_csv_put(&writer->csv, plain ? *plain : x12i_result_text(&writer->evaluation, &result));
}

/* False where the sums cannot be worked out together. */
static bool write_sums(x12i_cell_writer *writer, const x12i_sums *sums, const x12i_scope *scope)
{
    x12_decimal numbers[X12I_MOST_SUMS];
    if (!x12i_sum_up(sums, scope, numbers))
        return false;
    for (unsigned i = 0; i < x12i_sums_count(sums); i++) {
        const x12i_result result = {.kind = X12I_NUMBER, .number = numbers[i]};
        bool spelled = numbers[i].length != 0;
        x12i_csv_put(&writer->csv, spelled ? (x12_text){numbers[i].data, numbers[i].length} : x12i_result_text(&writer->evaluation, &result));
    }
    return true;
}

/* What is no short text, or has to be worked out: one cell, or several sums. */
static const x12i_cell *write_long(x12i_cell_writer *writer, const x12i_cell *cell, const x12_text *plain, const x12i_scope *scope)
{
    if (cell->sums != NULL && write_sums(writer, cell->sums, scope))
        return cell + x12i_sums_count(cell->sums);
    write_cell(writer, cell, plain, scope);
    return cell + 1;
}

/* With room for what is not written yet, where that is short. */
static bool make_room(x12i_csv_writer *csv, const x12i_cell *cell, const x12i_cell *end)
{
    return !csv->excel && x12i_buffer_reserve(&csv->buffer, (size_t)(end - cell) * (X12I_SHORT_TEXT + 1));
}

/* Most cells are short texts, or empty: those that come first are put side by side, without a look at the buffer. The first that is not is
   given back, with its text where that can be seen. */
static X12I_WITHIN const x12i_cell *write_short(x12i_buffer *row, const x12i_cell *cell, const x12i_cell *end, const x12i_scope *scope, const x12_text **text)
{
    char *out = row->data + row->length;
    const char *base = NULL;
    unsigned from = UINT_MAX;
    for (; cell < end; cell++) {
        if (cell->shortcut.from != from) {
            from = cell->shortcut.from;
            base = x12i_shortcut_base(&cell->shortcut, scope);
        }
        *text = x12i_text_at_once(&cell->shortcut, base);
        if (*text == NULL || (*text)->length > X12I_SHORT_TEXT)
            break;
        if ((*text)->length != 0 && x12i_csv_copy_short(out, (*text)->data, (*text)->length))
            break;
        out += (*text)->length;
        *out++ = ',';
    }
    row->length = (size_t)(out - row->data);
    return cell;
}

static void write_span(x12i_cell_writer *writer, const x12i_cell_span *span, const x12i_scope *scope)
{
    const x12i_cell *cell = span->first, *end = span->end;
    const x12_text *text = NULL;
    while (cell < end) {
        if (make_room(&writer->csv, cell, end))
            cell = write_short(&writer->csv.buffer, cell, end, scope, &text);
        else
            text = x12i_text_at_once(&cell->shortcut, x12i_shortcut_base(&cell->shortcut, scope));
        if (cell < end)
            cell = write_long(writer, cell, text, scope);
    }
}

static void spell_span(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_scope *scope)
{
    span->start = writer->csv.buffer.length;
    write_span(writer, span, scope);
    span->length = writer->csv.buffer.length - span->start;
    span->spelled = writer->serials[span->lasting];
}

static inline bool is_spelled(const x12i_cell_writer *writer, const x12i_cell_span *span)
{
    return span->spelled == writer->serials[span->lasting];
}

/* The two may overlap. */
static inline void copy_piece(char *out, const char *data)
{
    char piece[PIECE];
    memcpy(piece, data, PIECE);
    memcpy(out, piece, PIECE);
}

/* Copies the spans that are spelled and stand side by side, from the row before. Gives back the one behind them. */
static x12i_cell_span *copy_spans(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_cell_span *end)
{
    x12i_buffer *row = &writer->csv.buffer;
    size_t start = span->start, length = 0;
    for (; span < end && is_spelled(writer, span) && span->start == start + length; span++) {
        span->start = row->length + length;
        length += span->length;
    }
    if (x12i_buffer_reserve(row, length + PIECE)) {
        for (size_t i = 0; i < length; i += PIECE)
            copy_piece(row->data + row->length + i, row->data + start + i);
        row->length += length;
    }
    return span;
}

/* Where rows were handed on, or memory ran out, there is nothing to copy. */
static void forget_spans(x12i_cell_writer *writer)
{
    const x12i_buffer *rows = &writer->csv.buffer;
    if (rows->length != 0 && !rows->failed)
        return;
    for (unsigned lasting = 0; lasting < OF_ROW; lasting++)
        writer->serials[lasting]++;
}

void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope)
{
    x12i_cell_span *span = cells->spans, *end = span + cells->count;
    forget_spans(writer);
    writer->serials[OF_ROW]++;
    while (span < end) {
        if (is_spelled(writer, span))
            span = copy_spans(writer, span, end);
        else
            spell_span(writer, span++, scope);
    }
    x12i_csv_end_row(&writer->csv);
}
