#include "convert/view_cells.h"
#include "model/formula_walk.h"
#include <limits.h>
#include <remedi/guide.h>

/* How long a cell is the same: as long as the loop of this depth is; no longer than its row. */
enum { OF_ROW = UINT_MAX, OF_ALL = 0 };

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

/* Where two cells side by side may be one span: an empty one lasts as long as any. */
static bool goes_on(const x12i_cells *cells, const x12i_cell *cell, unsigned lasting)
{
    return cells->count != 0 && (cell->formula == NULL || cells->spans[cells->count - 1].lasting == lasting);
}

static void add_cell(x12i_cells *cells, const x12i_cell *cell, unsigned lasting, const x12_allocator *allocator)
{
    if (!goes_on(cells, cell, lasting))
        cells->spans[cells->count++] = (x12i_cell_span){.first = cell, .lasting = lasting, .text = {.allocator = allocator}};
    cells->spans[cells->count - 1].end = cell + 1;
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
    x12i_cell *made = x12_arena_allocate(arena, view->chosen_count * sizeof *made);
    cells->spans = x12_arena_allocate(arena, view->chosen_count * sizeof *cells->spans);
    if (made == NULL || cells->spans == NULL)
        return false;
    for (unsigned i = 0; i < view->chosen_count; i++) {
        const x12i_formula *formula = kind->cells[view->chosen[i]];
        made[i].formula = formula;
        made[i].shortcut = formula ? formula->shortcut : (x12i_shortcut){.kind = X12I_NOTHING};
        add_cell(cells, &made[i], formula ? lasting_of(view, kind, formula) : OF_ALL, &arena->allocator);
    }
    for (unsigned i = 0, span = 0; i < view->chosen_count; i++) {
        span += cells->spans[span].end == &made[i];
        find_sums(&cells->spans[span], &made[i], arena);
    }
    return true;
}

void x12i_free_cells(x12i_cells *cells)
{
    for (unsigned i = 0; i < cells->count; i++)
        x12i_buffer_free(&cells->spans[i].text);
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
        x12i_csv_put(&writer->csv, x12i_result_text(&writer->evaluation, &result));
    }
    return true;
}

/* Where the next cells go, with room for them where all are short; NULL: they have to be written with care. */
static inline char *room_for(x12i_csv_writer *csv, size_t cells)
{
    bool room = !csv->excel && x12i_buffer_reserve(&csv->buffer, cells * (X12I_CSV_SHORT + 1));
    return room ? csv->buffer.data + csv->buffer.length : NULL;
}

/* Most cells are short texts, or empty. */
static void write_span(x12i_cell_writer *writer, const x12i_cell_span *span, const x12i_scope *scope)
{
    x12i_buffer *row = &writer->csv.buffer;
    char *out = room_for(&writer->csv, (size_t)(span->end - span->first));
    for (const x12i_cell *cell = span->first; cell < span->end; cell++) {
        const x12_text *text = x12i_text_at_once(&cell->shortcut, scope);
        if (out != NULL && text != NULL && text->length <= X12I_CSV_SHORT && (text->length == 0 || !x12i_csv_copy_short(out, text->data, text->length))) {
            out += text->length;
            *out++ = ',';
            continue;
        }
        row->length = out ? (size_t)(out - row->data) : row->length;
        if (cell->sums != NULL && write_sums(writer, cell->sums, scope))
            cell += x12i_sums_count(cell->sums) - 1;
        else
            write_cell(writer, cell, text, scope);
        out = room_for(&writer->csv, (size_t)(span->end - cell));
    }
    row->length = out ? (size_t)(out - row->data) : row->length;
}

/* Writes the span, and keeps it for the rows to come. */
static void spell_span(x12i_cell_writer *writer, x12i_cell_span *span, const x12i_scope *scope)
{
    x12i_buffer *row = &writer->csv.buffer;
    size_t start = row->length;
    write_span(writer, span, scope);
    span->text.length = 0;
    if (!row->failed)
        x12i_buffer_add(&span->text, row->data + start, row->length - start);
    span->spelled = writer->serials[span->lasting];
    writer->evaluation.failed |= span->text.failed;
}

void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope)
{
    for (x12i_cell_span *span = cells->spans, *end = span + cells->count; span < end; span++) {
        if (span->lasting == OF_ROW)
            write_span(writer, span, scope);
        else if (span->spelled != writer->serials[span->lasting])
            spell_span(writer, span, scope);
        else
            x12i_buffer_add(&writer->csv.buffer, span->text.data, span->text.length);
    }
    x12i_csv_end_row(&writer->csv);
}
