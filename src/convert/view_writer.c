/* The rows of a view, from events. */
#include "convert/csv_writer.h"
#include "convert/view.h"
#include "diagnostic/diagnostic.h"
#include "model/formula_walk.h"
#include "model/structure.h"
#include <remedi/guide.h>
#include <stdio.h>

enum { RECORD_DIGITS = 24 };

/* Cells side by side that last equally long: but for those of a row they are spelled once, and then copied. */
typedef struct cell_span {
    unsigned first; /* among the chosen columns */
    unsigned end;
    x12i_lasting lasting;
    uint64_t spelled; /* the writer's serial number of what `text` is of; 0: of nothing yet */
    x12i_buffer text;
} cell_span;

typedef struct row_spans {
    cell_span *items;
    unsigned count;
    const x12i_formula **cells; /* of the chosen columns */
    uint8_t *alike;             /* how many cells from this one on are sums of the same amounts */
} row_spans;

struct x12_view_writer {
    const x12_view *view;
    row_spans spans[X12I_MOST_ROW_KINDS];
    uint64_t serials[X12I_OF_LOOPS + 1]; /* of what is at hand */
    x12_view_writer_options options;
    x12i_csv_writer csv;
    x12i_evaluation evaluation;
    x12_text givens[X12I_GIVEN_COUNT];
    uint64_t record;
    char record_text[RECORD_DIGITS];
};

static void write_header(x12_view_writer *writer)
{
    const char *name;
    for (size_t i = 0; (name = x12_view_column(writer->view, i, NULL)) != NULL; i++)
        x12i_csv_put_string(&writer->csv, name);
    x12i_csv_end_row(&writer->csv);
}

/* ---- Spans ---- */

static x12i_lasting lasting_of(const x12i_row_kind *kind, const x12i_formula *formula)
{
    if (formula == NULL)
        return X12I_OF_LOOPS;
    const x12_loop_type *type = kind->type;
    unsigned level = x12i_formula_level(formula);
    if (level == 0 || type->streamed)
        return X12I_OF_ROW;
    for (; level > 0 && type != NULL; level--)
        type = x12_loop_parent(type);
    bool outside = type == NULL || type->streamed;
    if (outside && !x12i_formula_uses(formula, X12I_GIVEN_RECORD))
        return X12I_OF_LOOPS;
    return outside || type->record ? X12I_OF_RECORD : X12I_OF_ROW;
}

/* Lists of what each chosen column has; false when out of memory. */
static bool make_spans(x12_view_writer *writer, row_spans *spans)
{
    const x12_allocator *allocator = writer->options.allocator;
    unsigned count = writer->view->chosen_count;
    spans->items = x12i_allocate(allocator, count * sizeof *spans->items);
    spans->cells = x12i_allocate(allocator, count * sizeof *spans->cells);
    spans->alike = x12i_allocate(allocator, count * sizeof *spans->alike);
    return spans->items != NULL && spans->cells != NULL && spans->alike != NULL;
}

static void free_spans(x12_view_writer *writer, row_spans *spans)
{
    const x12_allocator *allocator = writer->options.allocator;
    unsigned count = writer->view->chosen_count;
    for (unsigned i = 0; i < spans->count; i++)
        x12i_buffer_free(&spans->items[i].text);
    x12i_release(allocator, spans->items, count * sizeof *spans->items);
    x12i_release(allocator, spans->cells, count * sizeof *spans->cells);
    x12i_release(allocator, spans->alike, count * sizeof *spans->alike);
}

static uint8_t count_alike(const x12i_formula *const *cells, unsigned left)
{
    uint8_t count = 1;
    while (cells[0] != NULL && count < left && count < X12I_MOST_SUMS && cells[count] != NULL && x12i_are_sums_alike(cells[0], cells[count]))
        count++;
    return count;
}

static bool find_spans(x12_view_writer *writer, unsigned index)
{
    const x12_view *view = writer->view;
    row_spans *spans = &writer->spans[index];
    const x12i_row_kind *kind = view->kinds[index];
    if (!make_spans(writer, spans))
        return false;
    for (unsigned i = 0; i < view->chosen_count; i++) {
        spans->cells[i] = kind->cells[view->chosen[i]];
        x12i_lasting lasting = lasting_of(kind, spans->cells[i]);
        if (i == 0 || spans->items[spans->count - 1].lasting != lasting)
            spans->items[spans->count++] = (cell_span){.first = i, .lasting = lasting, .text = {.allocator = writer->options.allocator}};
        spans->items[spans->count - 1].end = i + 1;
    }
    for (unsigned i = 0; i < spans->count; i++)
        for (unsigned j = spans->items[i].first; j < spans->items[i].end; j++)
            spans->alike[j] = count_alike(&spans->cells[j], spans->items[i].end - j);
    return true;
}

static void begin_loops(x12_view_writer *writer)
{
    writer->serials[X12I_OF_RECORD]++;
    writer->serials[X12I_OF_LOOPS]++;
    writer->givens[X12I_GIVEN_RECORD] = (x12_text){NULL, 0};
}

x12_status x12_view_writer_open(x12_view_writer **writer, const x12_view *view, x12_output output, const x12_view_writer_options *options)
{
    const x12_view_writer_options defaults = {0};
    options = options ? options : &defaults;
    x12_view_writer *made = x12i_allocate(options->allocator, sizeof *made);
    *writer = made;
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->view = view;
    made->options = *options;
    made->evaluation.allocator = made->evaluation.joined.allocator = options->allocator;
    made->evaluation.givens = made->givens;
    begin_loops(made);
    x12_status status = x12i_csv_open(&made->csv, output, options->excel, options->allocator);
    for (unsigned i = 0; status == X12_OK && i < view->kind_count; i++)
        if (!find_spans(made, i))
            status = X12_ERROR_MEMORY;
    if (status == X12_OK)
        write_header(made);
    return status;
}

void x12_view_writer_free(x12_view_writer *writer)
{
    if (writer == NULL)
        return;
    for (unsigned i = 0; i < writer->view->kind_count; i++)
        free_spans(writer, &writer->spans[i]);
    x12i_evaluation_free(&writer->evaluation);
    x12i_csv_close(&writer->csv);
    x12i_release(writer->options.allocator, writer, sizeof *writer);
}

void x12_view_writer_begin(x12_view_writer *writer, const char *file)
{
    begin_loops(writer);
    writer->givens[X12I_GIVEN_FILE] = (x12_text){file, file ? (uint32_t)strlen(file) : 0};
}

x12_status x12_view_writer_finish(x12_view_writer *writer)
{
    return x12i_csv_finish(&writer->csv);
}

/* ---- Rows ---- */

static void write_cell(x12_view_writer *writer, const x12i_formula *formula, const x12i_scope *scope)
{
    const x12_text *plain = formula ? x12i_text_at_once(formula, scope) : NULL;
    x12i_result result;
    result.kind = X12I_MISSING;
    if (plain == NULL && formula != NULL)
        x12i_evaluate(&writer->evaluation, formula, scope, NULL, &result);
    x12i_csv_put(&writer->csv, plain ? *plain : x12i_result_text(&writer->evaluation, &result));
}

/* Sums of the same amounts, by one walk over them. False where it does not work. */
static bool write_sums(x12_view_writer *writer, const x12i_formula *const *formulas, unsigned count, const x12i_scope *scope)
{
    x12_decimal sums[X12I_MOST_SUMS];
    if (!x12i_sum_together(formulas, count, scope, sums))
        return false;
    for (unsigned i = 0; i < count; i++) {
        const x12i_result result = {.kind = X12I_NUMBER, .number = sums[i]};
        bool spelled = sums[i].length != 0;
        x12i_csv_put(&writer->csv, spelled ? (x12_text){sums[i].data, sums[i].length} : x12i_result_text(&writer->evaluation, &result));
    }
    return true;
}

static void write_cells(x12_view_writer *writer, const row_spans *spans, const cell_span *span, const x12i_scope *scope)
{
    for (unsigned i = span->first; i < span->end; i++) {
        unsigned alike = spans->alike[i];
        if (alike > 1 && write_sums(writer, &spans->cells[i], alike, scope))
            i += alike - 1;
        else
            write_cell(writer, spans->cells[i], scope);
    }
}

/* Cells that were spelled before, or are now to be kept for the rows to come. */
static void write_lasting_cells(x12_view_writer *writer, const row_spans *spans, cell_span *span, const x12i_scope *scope)
{
    x12i_buffer *row = &writer->csv.buffer;
    if (span->spelled == writer->serials[span->lasting]) {
        x12i_buffer_add(row, span->text.data, span->text.length);
        return;
    }
    size_t start = row->length;
    write_cells(writer, spans, span, scope);
    span->text.length = 0;
    if (!row->failed)
        x12i_buffer_add(&span->text, row->data + start, row->length - start);
    span->spelled = writer->serials[span->lasting];
    writer->evaluation.failed |= span->text.failed;
}

static void write_row(x12_view_writer *writer, const row_spans *spans, const x12i_scope *scope)
{
    for (unsigned i = 0; i < spans->count; i++) {
        if (spans->items[i].lasting == X12I_OF_ROW)
            write_cells(writer, spans, &spans->items[i], scope);
        else
            write_lasting_cells(writer, spans, &spans->items[i], scope);
    }
    x12i_csv_end_row(&writer->csv);
}

static void write_row_when(x12_view_writer *writer, unsigned index, const x12i_scope *scope)
{
    const x12i_row_kind *kind = writer->view->kinds[index];
    x12i_result result = {.kind = X12I_TRUTH, .truth = true};
    if (kind->when != NULL)
        x12i_evaluate(&writer->evaluation, kind->when, scope, NULL, &result);
    if (result.kind == X12I_TRUTH && result.truth)
        write_row(writer, &writer->spans[index], scope);
}

typedef struct row_walk {
    x12_view_writer *writer;
    unsigned kind;
    bool found;
} row_walk;

static bool write_item(void *context, const x12i_scope *item)
{
    row_walk *walk = context;
    walk->found = true;
    write_row_when(walk->writer, walk->kind, item);
    return true;
}

static void write_rows(x12_view_writer *writer, unsigned index, const x12_loop *loop)
{
    const x12i_row_kind *kind = writer->view->kinds[index];
    x12i_scope scope = x12i_scope_of(loop);
    if (kind->each == NULL) {
        write_row_when(writer, index, &scope);
        return;
    }
    row_walk walk = {writer, index, false};
    x12i_path_each(&writer->evaluation, kind->each, loop, &walk, write_item);
    if (walk.found || kind->nothing == NULL)
        return;
    x12i_scope start = x12i_path_start(kind->each, &scope);
    const x12i_scope nothing = {.base = kind->nothing, .outer = &start, .step = kind->each->steps};
    write_row_when(writer, index, &nothing);
}

static void write_own_rows(x12_view_writer *writer, const x12_loop *loop, bool at_end)
{
    for (unsigned i = 0; i < writer->view->kind_count; i++) {
        const x12i_row_kind *kind = writer->view->kinds[i];
        if (kind->type == loop->type && kind->at_end == at_end)
            write_rows(writer, i, loop);
    }
}

static void write_loop(x12_view_writer *writer, const x12_loop *loop);

/* The loops within `loop`, of its slots from `first` to before `end`. */
static void write_children(x12_view_writer *writer, const x12_loop *loop, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end && writer->view->holds[loop->type->index]; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        if (slot->loop == NULL || !writer->view->leads[slot->loop->index])
            continue;
        const char *place = (const char *)loop + slot->offset;
        if (slot->kind == X12I_SLOT_LOOP && *(const void *const *)(const void *)place != NULL)
            write_loop(writer, *(const x12_loop *const *)(const void *)place);
        const x12i_list *list = (const x12i_list *)(const void *)place;
        for (size_t j = 0; slot->kind == X12I_SLOT_LOOPS && j < list->count; j++)
            write_loop(writer, (const x12_loop *)(const void *)((const char *)list->items + j * slot->loop->size));
    }
}

/* A claim may be asked for its number in the table. */
static void count_record(x12_view_writer *writer)
{
    writer->serials[X12I_OF_RECORD]++;
    int length = snprintf(writer->record_text, sizeof writer->record_text, "%llu", (unsigned long long)++writer->record);
    writer->givens[X12I_GIVEN_RECORD] = (x12_text){writer->record_text, (uint32_t)length};
}

/* A loop that is whole; one that is mostly handed out in parts is so only where transactions are kept whole. */
static void write_loop(x12_view_writer *writer, const x12_loop *loop)
{
    if (loop->type->streamed)
        begin_loops(writer);
    if (loop->type->record)
        count_record(writer);
    write_own_rows(writer, loop, false);
    write_children(writer, loop, 0, loop->type->slot_count);
    if (loop->type->streamed)
        begin_loops(writer);
    write_own_rows(writer, loop, true);
}

/* ---- Events ---- */

static void raise_no_rows(const x12_view_writer *writer, const x12_loop *transaction)
{
    const x12_segment *segment = transaction->type->slot_count ? *x12i_segment_at(&transaction->type->slots[0], (void *)(uintptr_t)transaction) : NULL;
    x12_position position = {.loop = transaction->type->id};
    if (segment != NULL && segment->line != 0)
        position = x12i_segment_position(segment);
    x12i_raise(&writer->options.findings, X12_FINDING_NO_ROWS, position);
}

static void write_event(x12_view_writer *writer, const x12_event *event)
{
    const x12_loop *loop = event->loop;
    switch (event->kind) {
    case X12_LOOP_START:
        begin_loops(writer);
        write_own_rows(writer, loop, false);
        write_children(writer, loop, 0, loop->type->first_tail);
        break;
    case X12_RECORD:
        write_loop(writer, loop);
        break;
    case X12_LOOP_END:
        begin_loops(writer);
        write_children(writer, loop, loop->type->first_tail, loop->type->slot_count);
        write_own_rows(writer, loop, true);
        break;
    default:
        break;
    }
}

x12_status x12_view_writer_write(x12_view_writer *writer, const x12_event *event)
{
    const x12_loop_type *type = event->loop ? event->loop->type : NULL;
    if (type != NULL && type->guide == writer->view->guide)
        write_event(writer, event);
    else if (event->kind == X12_LOOP_START && x12i_is_transaction(type) && !event->loop->continued)
        raise_no_rows(writer, event->loop);
    if (writer->evaluation.failed)
        writer->csv.status = X12_ERROR_MEMORY;
    return writer->csv.status;
}
