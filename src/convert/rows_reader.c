#include <remedi/rows.h>

#include "base/nearest.h"
#include "convert/csv_reader.h"
#include "convert/csv_writer.h"
#include "convert/loops.h"
#include "convert/places.h"
#include "convert/rows_build.h"
#include "convert/rows_check.h"
#include "convert/values.h"
#include "diagnostic/diagnostic.h"
#include "model/structure.h"

enum { BATCH_LIMIT = 64 << 20 };

/* A loop above the records that has started. */
typedef struct open_level {
    x12_loop *loop;        /* NULL: the rows have none of this level */
    const x12_text *cells; /* of the row that began it */
    x12i_mark mark;
} open_level;

struct x12_rows_reader {
    x12_rows_reader_options options;
    x12i_rows rows;
    x12_arena *declared;    /* what rows is made of */
    x12i_csv_reader *csv;
    const x12i_csv_row *row; /* the one at hand; NULL: no more */
    int columns[X12I_ROWS_COLUMNS]; /* of each column the cell of a row, -1: none */
    size_t cell_count;
    bool told[X12I_ROWS_COLUMNS]; /* of which columns of the row at hand something is wrong */
    x12_arena *batch_arena;
    x12i_mark batch_bottom;
    x12i_list batch;        /* of x12i_rows_row: those of one record */
    bool batch_bad;
    x12_arena *arena;       /* of what is handed out */
    open_level open[X12I_ROWS_LEVELS];
    unsigned depth;         /* levels above the records that are settled */
    bool has_release;
    x12i_mark release;
    x12_syntax syntax;
    x12i_csv_writer rejects;
    bool has_rejects;
    bool bad;               /* some row was, and nobody takes the rejected */
    x12_status status;
};

static bool fail(x12_rows_reader *reader, x12_status status)
{
    if (reader->status == X12_OK)
        reader->status = status;
    return false;
}

/* --- the header --- */

static bool refuse_header(x12_rows_reader *reader, x12_finding_code code, x12_position position)
{
    x12i_raise(&reader->options.findings, code, position);
    return fail(reader, X12_ERROR_FORMAT);
}

static bool refuse_column(x12_rows_reader *reader, size_t cell)
{
    const char *names[X12I_ROWS_COLUMNS];
    char word[X12I_LONGEST_WORD + 1] = "";
    x12_text name = reader->row->cells[cell];
    for (unsigned i = 0; i < reader->rows.column_count; i++)
        names[i] = reader->rows.columns[i].name;
    if (name.length <= X12I_LONGEST_WORD)
        memcpy(word, name.data, name.length);
    x12_position position = x12i_csv_reader_position(reader->csv, cell);
    position.nearest = x12i_nearest(word, names, reader->rows.column_count);
    return refuse_header(reader, X12_FINDING_CSV_UNKNOWN_COLUMN, position);
}

static bool read_header(x12_rows_reader *reader)
{
    const x12i_rows *rows = &reader->rows;
    reader->cell_count = reader->row->count;
    for (unsigned i = 0; i < rows->column_count; i++)
        reader->columns[i] = -1;
    for (size_t cell = 0; cell < reader->cell_count; cell++) {
        int column = x12i_rows_column_named(rows, reader->row->cells[cell]);
        if (column < 0)
            return refuse_column(reader, cell);
        x12_position position = x12i_csv_reader_position(reader->csv, cell);
        position.path = rows->columns[column].name;
        if (reader->columns[column] >= 0)
            return refuse_header(reader, X12_FINDING_CSV_DUPLICATE_COLUMN, position);
        reader->columns[column] = (int)cell;
    }
    for (unsigned i = 0; i < rows->column_count; i++)
        if (rows->columns[i].required && reader->columns[i] < 0)
            return refuse_header(reader, X12_FINDING_CSV_MISSING_COLUMN, (x12_position){.line = 1, .column = 1, .row = 1, .path = rows->columns[i].name});
    return true;
}

/* --- rows --- */

/* A finding at a column of the row at hand: its record is bad. */
static void mark_bad(x12_rows_reader *reader, unsigned column, x12_finding_code code)
{
    int cell = reader->columns[column];
    x12_position position = x12i_csv_reader_position(reader->csv, cell >= 0 ? (size_t)cell : 0);
    position.path = reader->rows.columns[column].name;
    if (reader->told[column])
        return; /* one mistake, one finding */
    reader->told[column] = true;
    x12i_raise(&reader->options.findings, code, position);
    reader->batch_bad = true;
}

static bool equals(x12_text a, x12_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static int check_words(const x12i_rows_column *column, const x12i_place_found *place, x12_text text)
{
    int code = 0;
    for (uint32_t end = 0, start; end < text.length && code == 0; end++) {
        for (start = end; end < text.length && text.data[end] != ' ';)
            end++;
        if (end > start)
            code = x12i_rows_check(column, place, (x12_text){text.data + start, end - start});
    }
    return code;
}

/* Whether an earlier column says something else for the same place. */
static bool contradicts(const x12i_rows *rows, unsigned column, const x12i_rows_row *row)
{
    const x12i_rows_place *place = x12i_rows_place_of(rows, &rows->columns[column], row);
    for (unsigned i = 0; i < column; i++) {
        const x12i_rows_place *other = x12i_rows_place_of(rows, &rows->columns[i], row);
        bool same = !rows->columns[i].ignored && row->cells[i].length != 0 && other->level == place->level && strcmp(other->path, place->path) == 0;
        if (same && !equals(row->cells[i], row->cells[column]))
            return true;
    }
    return false;
}

static void check_cell(x12_rows_reader *reader, unsigned index, const x12i_rows_row *row)
{
    const x12i_rows *rows = &reader->rows;
    const x12i_rows_column *column = &rows->columns[index];
    x12_text text = row->cells[index];
    if (!x12i_rows_has_value(column, text)) {
        if (column->required && text.length == 0)
            mark_bad(reader, index, X12_FINDING_CSV_REQUIRED);
        return;
    }
    const x12i_rows_place *place = x12i_rows_place_of(rows, column, row);
    const x12i_rows_level *level = &rows->levels[place->level];
    if (!x12i_rows_has_level(rows, place->level, row)) {
        if (level->unless_column != (int)index) /* else it says just that there is no such loop */
            mark_bad(reader, (unsigned)level->unless_column, X12_FINDING_CSV_REQUIRED);
        return;
    }
    x12i_place_found found;
    x12i_is_place(level->type, place->path, &found);
    int code = column->words ? check_words(column, &found, text) : x12i_rows_check(column, &found, text);
    if (code == 0 && column->to_of < 0 && !column->words && contradicts(rows, index, row))
        code = X12_FINDING_CSV_DIFFERS;
    if (code != 0)
        mark_bad(reader, index, (x12_finding_code)code);
}

/* Values of the loops that a row shares with one before it must be the same, or left out. */
static void check_shared(x12_rows_reader *reader, const x12i_rows_row *row, unsigned level, const x12_text *before)
{
    for (unsigned i = 0; i < reader->rows.column_count; i++) {
        const x12i_rows_column *column = &reader->rows.columns[i];
        if (!column->ignored && row->cells[i].length != 0 && x12i_rows_place_of(&reader->rows, column, row)->level == level && !equals(row->cells[i], before[i]))
            mark_bad(reader, i, X12_FINDING_CSV_DIFFERS);
    }
}

/* A copy of the row at hand. False when out of memory. */
static bool copy_row(x12_rows_reader *reader, x12i_rows_row *copy)
{
    const x12i_csv_row *row = reader->row;
    x12_text *raw = x12_arena_allocate(reader->batch_arena, row->count * sizeof *raw);
    x12_text *cells = x12_arena_allocate(reader->batch_arena, reader->rows.column_count * sizeof *cells);
    bool copied = raw != NULL && cells != NULL;
    for (size_t i = 0; i < row->count && copied; i++) {
        char *text = x12i_arena_take(reader->batch_arena, row->cells[i].length + 1u);
        copied = text != NULL;
        if (copied)
            raw[i] = (x12_text){memcpy(text, row->cells[i].data, row->cells[i].length), row->cells[i].length};
    }
    for (unsigned i = 0; i < reader->rows.column_count && copied; i++)
        if (reader->columns[i] >= 0 && (size_t)reader->columns[i] < row->count)
            cells[i] = raw[reader->columns[i]];
    *copy = (x12i_rows_row){cells, raw, row->count};
    return copied || fail(reader, X12_ERROR_MEMORY);
}

static const x12i_rows_row *batch_row(const x12_rows_reader *reader, size_t index)
{
    return (const x12i_rows_row *)reader->batch.items + index;
}

/* Whether a row has the loop of this level that is open, or neither has one. */
static bool has_open(const x12i_rows *rows, unsigned level, const x12i_rows_row *row, const x12_text *cells, bool open)
{
    bool has = x12i_rows_has_level(rows, level, row);
    return has == open && (!has || x12i_rows_same_keys(&rows->levels[level], row->cells, cells));
}

static bool is_of_batch(const x12_rows_reader *reader, const x12i_rows_row *row)
{
    const x12i_rows *rows = &reader->rows;
    const x12i_rows_row *first = batch_row(reader, 0);
    for (unsigned level = X12I_ROWS_DECLARED; level <= rows->record; level++)
        if (rows->levels[level].each || !has_open(rows, level, row, first->cells, x12i_rows_has_level(rows, level, first)))
            return false;
    return true;
}

/* Checks a row against those before it: of its record, or of the loops around it that go on. */
static void check_row(x12_rows_reader *reader, const x12i_rows_row *row)
{
    const x12i_rows *rows = &reader->rows;
    if (row->raw_count != reader->cell_count) {
        x12i_raise(&reader->options.findings, X12_FINDING_CSV_CELL_COUNT, x12i_csv_reader_position(reader->csv, reader->cell_count));
        reader->batch_bad = true;
        return;
    }
    memset(reader->told, 0, sizeof reader->told);
    for (unsigned i = 0; i < rows->column_count; i++)
        check_cell(reader, i, row);
    for (unsigned level = X12I_ROWS_DECLARED; level <= rows->record; level++) {
        if (reader->batch.count > 1)
            check_shared(reader, row, level, batch_row(reader, 0)->cells);
        else if (level < rows->record && level < reader->depth && has_open(rows, level, row, reader->open[level].cells, reader->open[level].loop != NULL))
            check_shared(reader, row, level, reader->open[level].cells);
        else if (level < rows->record)
            break; /* what stands below is new */
    }
}

static bool advance(x12_rows_reader *reader)
{
    x12_status status = x12i_csv_reader_next(reader->csv, &reader->row);
    return status == X12_OK || status == X12_END || fail(reader, status);
}

/* The rows of the next record; none at the end. */
static bool read_batch(x12_rows_reader *reader)
{
    reader->batch = (x12i_list){0};
    reader->batch_bad = false;
    while (reader->row != NULL) {
        x12i_rows_row row;
        if (!copy_row(reader, &row))
            return false;
        if (reader->batch.count != 0 && !is_of_batch(reader, &row))
            return true;
        x12i_rows_row *added = x12i_append_item(reader->batch_arena, &reader->batch, sizeof *added);
        if (added == NULL)
            return fail(reader, X12_ERROR_MEMORY);
        *added = row;
        check_row(reader, &row);
        if (x12i_arena_used_since(reader->batch_arena, reader->batch_bottom) > BATCH_LIMIT) {
            x12i_raise(&reader->options.findings, X12_FINDING_RECORD_TOO_LARGE, x12i_csv_reader_position(reader->csv, 0));
            return fail(reader, X12_ERROR_LIMIT);
        }
        if (!advance(reader))
            return false;
    }
    return true;
}

/* --- rows that are rejected --- */

static void reject_header(x12_rows_reader *reader)
{
    for (size_t cell = 0; cell < reader->cell_count; cell++)
        for (unsigned i = 0; i < reader->rows.column_count; i++)
            if (reader->columns[i] == (int)cell)
                x12i_csv_put_string(&reader->rejects, reader->rows.columns[i].name);
    x12i_csv_end_row(&reader->rejects);
}

static bool reject_batch(x12_rows_reader *reader)
{
    if (!reader->has_rejects && x12i_csv_open(&reader->rejects, reader->options.rejects, false, reader->options.allocator) != X12_OK)
        return fail(reader, X12_ERROR_MEMORY);
    if (!reader->has_rejects)
        reject_header(reader);
    reader->has_rejects = true;
    for (size_t i = 0; i < reader->batch.count; i++) {
        for (size_t cell = 0; cell < batch_row(reader, i)->raw_count; cell++)
            x12i_csv_put(&reader->rejects, batch_row(reader, i)->raw[cell]);
        x12i_csv_end_row(&reader->rejects);
    }
    return reader->rejects.status == X12_OK || fail(reader, reader->rejects.status);
}

/* The rows of the next record that is right. */
static bool read_good_batch(x12_rows_reader *reader)
{
    for (;;) {
        x12i_arena_release(reader->batch_arena, reader->batch_bottom);
        if (!read_batch(reader))
            return false;
        if (reader->batch.count == 0)
            return !reader->bad || fail(reader, X12_ERROR_FORMAT);
        if (!reader->batch_bad && !reader->bad)
            return true;
        if (reader->options.rejects.write == NULL)
            reader->bad = true; /* the rest is only checked */
        else if (!reject_batch(reader))
            return false;
    }
}

/* --- events --- */

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

static const x12_text *copy_cells(x12_rows_reader *reader, const x12i_rows_row *row)
{
    unsigned count = reader->rows.column_count;
    x12_text *cells = x12_arena_allocate(reader->arena, count * sizeof *cells);
    for (unsigned i = 0; i < count && cells != NULL; i++) {
        char *text = x12i_arena_take(reader->arena, row->cells[i].length + 1u);
        if (text == NULL)
            return NULL;
        if (row->cells[i].length != 0)
            memcpy(text, row->cells[i].data, row->cells[i].length);
        cells[i] = (x12_text){text, row->cells[i].length};
    }
    return cells;
}

/* Starts the next level above the records, where the row has it. */
static bool start_level(x12_rows_reader *reader, const x12i_rows_row *row, x12_event *event)
{
    unsigned level = reader->depth++;
    open_level *open = &reader->open[level];
    *open = (open_level){.mark = x12i_arena_mark(reader->arena)};
    if (!x12i_rows_has_level(&reader->rows, level, row))
        return false;
    x12i_rows_builder builder = {.rows = &reader->rows, .arena = reader->arena};
    open->loop = x12i_new_loop(reader->arena, reader->rows.levels[level].type, loop_above(reader, level));
    open->cells = open->loop ? copy_cells(reader, row) : NULL;
    if (open->cells != NULL)
        x12i_rows_fill(&builder, level, open->loop, row);
    if (open->cells == NULL || builder.failed)
        return fail(reader, X12_ERROR_MEMORY);
    if (level == X12I_ROWS_INTERCHANGE) {
        x12i_take_separators(&reader->syntax, false, open->loop);
        event->syntax = &reader->syntax;
    }
    return show(event, X12_LOOP_START, open->loop);
}

static bool end_level(x12_rows_reader *reader, x12_event *event)
{
    open_level *open = &reader->open[--reader->depth];
    if (open->loop == NULL)
        return false;
    release_later(reader, open->mark);
    return show(event, X12_LOOP_END, open->loop);
}

static bool make_record(x12_rows_reader *reader, x12_event *event)
{
    x12i_mark mark = x12i_arena_mark(reader->arena);
    x12i_rows_builder builder = {.rows = &reader->rows, .arena = reader->arena};
    x12_loop *record = x12i_rows_build(&builder, loop_above(reader, reader->rows.record), batch_row(reader, 0), reader->batch.count);
    release_later(reader, mark);
    reader->batch.count = 0;
    return record != NULL ? show(event, X12_RECORD, record) : fail(reader, X12_ERROR_MEMORY);
}

/* How many of the levels that are settled hold the row. */
static unsigned shared_depth(const x12_rows_reader *reader, const x12i_rows_row *row)
{
    unsigned level = 0;
    while (level < reader->depth && has_open(&reader->rows, level, row, reader->open[level].cells, reader->open[level].loop != NULL))
        level++;
    return level;
}

/* One step; true when it made an event. */
static bool step(x12_rows_reader *reader, x12_event *event)
{
    if (reader->batch.count == 0 && !read_good_batch(reader))
        return false;
    if (reader->batch.count == 0)
        return reader->depth != 0 ? end_level(reader, event) : fail(reader, X12_END);
    const x12i_rows_row *row = batch_row(reader, 0);
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
    if (status == X12_OK)
        status = x12i_csv_reader_next(reader->csv, &reader->row);
    if (status == X12_END)
        return refuse_header(reader, X12_FINDING_CSV_NO_HEADER, (x12_position){.line = 1, .column = 1, .row = 1});
    return status == X12_OK ? read_header(reader) && advance(reader) : fail(reader, status);
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
        fail(made, X12_ERROR_MEMORY);
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
