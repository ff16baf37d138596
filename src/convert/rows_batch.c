#include "base/nearest.h"
#include "base/text.h"
#include "convert/places.h"
#include "convert/rows_check.h"
#include "convert/rows_reader.h"
#include "diagnostic/diagnostic.h"

enum { BATCH_LIMIT = 64 << 20 };

/* --- the header --- */

static bool refuse_header(x12_rows_reader *reader, x12_finding_code code, x12_position position)
{
    x12i_raise(&reader->options.findings, code, position);
    return x12i_rows_fail(reader, X12_ERROR_FORMAT);
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
        if (same && !x12i_same_text(row->cells[i], row->cells[column]))
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
        if (!column->ignored && row->cells[i].length != 0 && x12i_rows_place_of(&reader->rows, column, row)->level == level && !x12i_same_text(row->cells[i], before[i]))
            mark_bad(reader, i, X12_FINDING_CSV_DIFFERS);
    }
}

x12_text *x12i_rows_copy(x12_arena *arena, const x12_text *texts, size_t count)
{
    x12_text *copies = x12_arena_allocate(arena, count * sizeof *copies);
    for (size_t i = 0; i < count && copies != NULL; i++) {
        char *text = x12i_arena_take(arena, texts[i].length + 1u);
        if (text == NULL)
            return NULL;
        if (texts[i].length != 0)
            memcpy(text, texts[i].data, texts[i].length);
        copies[i] = (x12_text){text, texts[i].length};
    }
    return copies;
}

/* A copy of the row at hand. False when out of memory. */
static bool copy_row(x12_rows_reader *reader, x12i_rows_row *copy)
{
    const x12i_csv_row *row = reader->row;
    x12_text *raw = x12i_rows_copy(reader->batch_arena, row->cells, row->count);
    x12_text *cells = x12_arena_allocate(reader->batch_arena, reader->rows.column_count * sizeof *cells);
    if (raw == NULL || cells == NULL)
        return x12i_rows_fail(reader, X12_ERROR_MEMORY);
    for (unsigned i = 0; i < reader->rows.column_count; i++)
        if (reader->columns[i] >= 0 && (size_t)reader->columns[i] < row->count)
            cells[i] = raw[reader->columns[i]];
    *copy = (x12i_rows_row){cells, raw, row->count};
    return true;
}

static bool is_of_batch(const x12_rows_reader *reader, const x12i_rows_row *row)
{
    const x12i_rows *rows = &reader->rows;
    const x12i_rows_row *first = x12i_rows_batched(reader, 0);
    for (unsigned level = X12I_ROWS_DECLARED; level <= rows->record; level++)
        if (rows->levels[level].each || !x12i_rows_has_open(rows, level, row, first->cells, x12i_rows_has_level(rows, level, first)))
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
            check_shared(reader, row, level, x12i_rows_batched(reader, 0)->cells);
        else if (level < rows->record && level < reader->depth && x12i_rows_has_open(rows, level, row, reader->open[level].cells, reader->open[level].loop != NULL))
            check_shared(reader, row, level, reader->open[level].cells);
        else if (level < rows->record)
            break; /* what stands below is new */
    }
}

static bool advance(x12_rows_reader *reader)
{
    x12_status status = x12i_csv_reader_next(reader->csv, &reader->row);
    return status == X12_OK || status == X12_END || x12i_rows_fail(reader, status);
}

bool x12i_rows_begin(x12_rows_reader *reader)
{
    x12_status status = x12i_csv_reader_next(reader->csv, &reader->row);
    if (status == X12_END)
        return refuse_header(reader, X12_FINDING_CSV_NO_HEADER, (x12_position){.line = 1, .column = 1, .row = 1});
    return status == X12_OK ? read_header(reader) && advance(reader) : x12i_rows_fail(reader, status);
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
            return x12i_rows_fail(reader, X12_ERROR_MEMORY);
        *added = row;
        check_row(reader, &row);
        if (x12i_arena_used_since(reader->batch_arena, reader->batch_bottom) > BATCH_LIMIT) {
            x12i_raise(&reader->options.findings, X12_FINDING_RECORD_TOO_LARGE, x12i_csv_reader_position(reader->csv, 0));
            return x12i_rows_fail(reader, X12_ERROR_LIMIT);
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
        return x12i_rows_fail(reader, X12_ERROR_MEMORY);
    if (!reader->has_rejects)
        reject_header(reader);
    reader->has_rejects = true;
    for (size_t i = 0; i < reader->batch.count; i++) {
        for (size_t cell = 0; cell < x12i_rows_batched(reader, i)->raw_count; cell++)
            x12i_csv_put(&reader->rejects, x12i_rows_batched(reader, i)->raw[cell]);
        x12i_csv_end_row(&reader->rejects);
    }
    return reader->rejects.status == X12_OK || x12i_rows_fail(reader, reader->rejects.status);
}

bool x12i_rows_next_batch(x12_rows_reader *reader)
{
    for (;;) {
        x12i_arena_release(reader->batch_arena, reader->batch_bottom);
        if (!read_batch(reader))
            return false;
        if (reader->batch.count == 0)
            return !reader->bad || x12i_rows_fail(reader, X12_ERROR_FORMAT);
        if (!reader->batch_bad && !reader->bad)
            return true;
        if (reader->options.rejects.write == NULL)
            reader->bad = true; /* the rest is only checked */
        else if (!reject_batch(reader))
            return false;
    }
}
