/* The rows of a view, from events. */
#include "convert/view_cells.h"
#include "diagnostic/diagnostic.h"
#include "model/formula_walk.h"
#include <remedi/guide.h>

enum { RECORD_DIGITS = 24 };

struct x12_view_writer {
    const x12_view *view;
    x12_arena *arena;
    x12i_cells kinds[X12I_MOST_ROW_KINDS];
    x12_view_writer_options options;
    x12i_cell_writer cells;
    x12_text givens[X12I_GIVEN_COUNT];
    uint64_t record;
    char record_text[RECORD_DIGITS];
};

static void write_header(x12_view_writer *writer)
{
    const char *name;
    for (size_t i = 0; (name = x12_view_column(writer->view, i, NULL)) != NULL; i++)
        x12i_csv_put_string(&writer->cells.csv, name);
    x12i_csv_end_row(&writer->cells.csv);
}

static void begin_loops(x12_view_writer *writer)
{
    writer->cells.serials[0]++;
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
    made->arena = x12_arena_new(options->allocator);
    x12i_evaluation *evaluation = &made->cells.evaluation;
    evaluation->allocator = evaluation->joined.allocator = options->allocator;
    evaluation->givens = made->givens;
    begin_loops(made);
    x12_status status = made->arena ? x12i_csv_open(&made->cells.csv, output, options->excel, options->allocator) : X12_ERROR_MEMORY;
    for (unsigned i = 0; status == X12_OK && i < view->kind_count; i++)
        if (!x12i_plan_cells(&made->kinds[i], view, view->kinds[i], made->arena))
            status = X12_ERROR_MEMORY;
    if (status == X12_OK)
        write_header(made);
    return status;
}

void x12_view_writer_free(x12_view_writer *writer)
{
    if (writer == NULL)
        return;
    x12_arena_free(writer->arena);
    x12i_evaluation_free(&writer->cells.evaluation);
    x12i_csv_close(&writer->cells.csv);
    x12i_release(writer->options.allocator, writer, sizeof *writer);
}

void x12_view_writer_begin(x12_view_writer *writer, const char *file)
{
    begin_loops(writer);
    writer->givens[X12I_GIVEN_FILE] = (x12_text){file, file ? (uint32_t)strlen(file) : 0};
}

x12_status x12_view_writer_finish(x12_view_writer *writer)
{
    return x12i_csv_finish(&writer->cells.csv);
}

/* ---- Rows ---- */

static void write_row(x12_view_writer *writer, const x12i_row_kind *kind, const x12i_scope *scope)
{
    if (kind->when == NULL || x12i_formula_ask(&writer->cells.evaluation, kind->when, scope, NULL) == X12I_HOLDS)
        x12i_write_cells(&writer->cells, &writer->kinds[kind->index], scope);
}

typedef struct row_walk {
    x12_view_writer *writer;
    const x12i_row_kind *kind;
    bool found;
} row_walk;

static bool write_item(void *context, const x12i_scope *item)
{
    row_walk *walk = context;
    walk->found = true;
    write_row(walk->writer, walk->kind, item);
    return true;
}

static void write_rows(x12_view_writer *writer, const x12i_row_kind *kind, const x12_loop *loop)
{
    x12i_scope scope = x12i_scope_of(loop);
    if (kind->each == NULL) {
        write_row(writer, kind, &scope);
        return;
    }
    row_walk walk = {writer, kind, false};
    if (x12i_may_lead_on(kind->each, &scope))
        x12i_path_each(&writer->cells.evaluation, kind->each, loop, &walk, write_item);
    if (walk.found || kind->nothing == NULL)
        return;
    x12i_scope start = x12i_path_start(kind->each, &scope);
    const x12i_scope nothing = {.base = kind->nothing, .outer = &start, .step = kind->each->steps};
    write_row(writer, kind, &nothing);
}

static void write_own_rows(x12_view_writer *writer, const x12_loop *loop, bool at_end)
{
    for (const x12i_row_kind *kind = writer->view->loops[loop->type->index].kinds[at_end]; kind != NULL; kind = kind->next)
        write_rows(writer, kind, loop);
}

static void write_loop(x12_view_writer *writer, const x12_loop *loop);

/* The loops within `loop`, of its slots from `first` to before `end`. */
static void write_children(x12_view_writer *writer, const x12_loop *loop, unsigned first, unsigned end)
{
    const x12i_view_loop *mapped = &writer->view->loops[loop->type->index];
    for (unsigned i = 0; i < mapped->slot_count; i++) {
        const x12i_slot *slot = &loop->type->slots[mapped->slots[i]];
        if (mapped->slots[i] < first || mapped->slots[i] >= end)
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
    x12i_buffer number = {.data = writer->record_text, .capacity = sizeof writer->record_text};
    x12i_buffer_add_number(&number, ++writer->record);
    writer->givens[X12I_GIVEN_RECORD] = (x12_text){number.data, (uint32_t)number.length};
}

/* A loop that is whole; one that is mostly handed out in parts is so only where transactions are kept whole. */
static void write_loop(x12_view_writer *writer, const x12_loop *loop)
{
    if (loop->type->streamed)
        begin_loops(writer);
    else
        writer->cells.serials[writer->view->loops[loop->type->index].depth]++;
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
    if (writer->cells.evaluation.failed)
        writer->cells.csv.status = X12_ERROR_MEMORY;
    return writer->cells.csv.status;
}
