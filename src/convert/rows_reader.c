#include "convert/loops.h"
#include "convert/rows_reader.h"
#include "model/values.h"

static void release_later(x12_rows_reader *reader, x12i_mark mark)
{
    reader->release = mark;
    reader->has_release = true;
}

static bool show(x12_event *event, x12_event_kind kind, x12_loop *loop)
{
    event->kind = kind;
    event->loop = loop;
    return true;
}

/* The loop that a level stands in. */
static x12_loop *loop_above(const x12_rows_reader *reader, unsigned level)
{
    while (level > 0 && reader->open[level - 1].loop == NULL)
        level--;
    return level > 0 ? reader->open[level - 1].loop : NULL;
}

/* Starts the next level above the records, where the row has it. */
static bool start_level(x12_rows_reader *reader, const x12i_rows_row *row, x12_event *event)
{
    unsigned level = reader->depth++;
    x12i_rows_open_level *open = &reader->open[level];
    *open = (x12i_rows_open_level){.mark = x12i_arena_mark(reader->arena)};
    if (!x12i_rows_has_level(&reader->rows, level, row))
        return false;
    x12i_rows_builder builder = {.rows = &reader->rows, .arena = reader->arena};
    open->loop = x12i_new_loop(reader->arena, reader->rows.levels[level].type, loop_above(reader, level));
    open->cells = open->loop ? x12i_rows_copy(reader->arena, row->cells, reader->rows.column_count) : NULL;
    if (open->cells != NULL)
        x12i_rows_fill(&builder, level, open->loop, row);
    if (open->cells == NULL || builder.failed)
        return x12i_rows_fail(reader, X12_ERROR_MEMORY);
    if (level == X12I_ROWS_INTERCHANGE) {
        x12i_take_separators(&reader->syntax, false, open->loop);
        event->syntax = &reader->syntax;
    }
    return show(event, X12_LOOP_START, open->loop);
}

static bool end_level(x12_rows_reader *reader, x12_event *event)
{
    x12i_rows_open_level *open = &reader->open[--reader->depth];
    if (open->loop == NULL)
        return false;
    release_later(reader, open->mark);
    return show(event, X12_LOOP_END, open->loop);
}

static bool make_record(x12_rows_reader *reader, x12_event *event)
{
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12i_rows_builder builder = {.rows = &reader->rows, .arena = reader->arena};
    x12_loop *record = x12i_rows_build(&builder, loop_above(reader, reader->rows.record), x12i_rows_batched(reader, 0), reader->batch.count);
    release_later(reader, mark);
    reader->batch.count = 0;
    return record != NULL ? show(event, X12_RECORD, record) : x12i_rows_fail(reader, X12_ERROR_MEMORY);
}

/* How many of the levels that are settled hold the row. */
static unsigned shared_depth(const x12_rows_reader *reader, const x12i_rows_row *row)
{
    unsigned level = 0;
    while (level < reader->depth && x12i_rows_has_open(&reader->rows, level, row, reader->open[level].cells, reader->open[level].loop != NULL))
        level++;
    return level;
}

/* One step; true when it made an event. */
static bool step(x12_rows_reader *reader, x12_event *event)
{
    if (reader->batch.count == 0 && !x12i_rows_next_batch(reader))
        return false;
    if (reader->batch.count == 0)
        return reader->depth != 0 ? end_level(reader, event) : x12i_rows_fail(reader, X12_END);
    const x12i_rows_row *row = x12i_rows_batched(reader, 0);
    if (reader->depth > shared_depth(reader, row))
        return end_level(reader, event);
    return reader->depth < reader->rows.record ? start_level(reader, row, event) : make_record(reader, event);
}

x12_status x12_rows_reader_next(x12_rows_reader *reader, x12_event *event)
{
    if (reader->has_release)
        x12i_arena_release(reader->arena, reader->release);
    reader->has_release = false;
    *event = (x12_event){0};
    while (reader->status == X12_OK && !step(reader, event))
        ;
    if (reader->status == X12_END && reader->has_rejects && x12i_csv_finish(&reader->rejects) != X12_OK)
        reader->status = reader->rejects.status;
    return reader->status;
}

/* --- the reader --- */

static bool open_rows(x12_rows_reader *reader, x12_input input)
{
    const x12i_csv_reader_options options = {.allocator = reader->options.allocator, .findings = &reader->options.findings,
                                             .charset = reader->options.charset, .delimiter = reader->options.delimiter};
    x12_status status = x12i_csv_reader_open(&reader->csv, input, &options);
    return status == X12_OK ? x12i_rows_begin(reader) : x12i_rows_fail(reader, status);
}

x12_status x12_rows_reader_open(x12_rows_reader **reader, x12_input input, const char *profile, size_t length, const x12_rows_reader_options *options, x12_rows_error *error)
{
    static const x12_rows_reader_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *reader = NULL;
    x12_rows_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    made->declared = made->rows.arena = x12_arena_new(options->allocator);
    made->batch_arena = x12_arena_new(options->allocator);
    made->arena = x12_arena_new(options->allocator);
    if (made->declared == NULL || made->batch_arena == NULL || made->arena == NULL)
        x12i_rows_fail(made, X12_ERROR_MEMORY);
    else
        made->batch_bottom = x12i_arena_mark(made->batch_arena);
    if (made->status == X12_OK)
        made->status = x12i_rows_read(&made->rows, profile, length, error);
    if (made->status == X12_OK)
        open_rows(made, input);
    x12_status status = made->status;
    if (status != X12_OK) {
        x12_rows_reader_free(made);
        return status;
    }
    *reader = made;
    return X12_OK;
}

void x12_rows_reader_free(x12_rows_reader *reader)
{
    if (reader == NULL)
        return;
    const x12_allocator *allocator = reader->options.allocator;
    if (reader->has_rejects)
        x12i_csv_close(&reader->rejects);
    x12i_csv_reader_free(reader->csv);
    x12_arena_free(reader->declared);
    x12_arena_free(reader->batch_arena);
    x12_arena_free(reader->arena);
    x12i_release(allocator, reader, sizeof *reader);
}
