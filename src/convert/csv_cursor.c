#include "convert/csv_cursor.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnostic/diagnostic.h"

bool x12i_csv_fail(x12i_csv_tables *tables, x12_status status)
{
    if (tables->status == X12_OK)
        tables->status = status;
    return false;
}

static bool raise_at(x12i_csv_tables *tables, x12_finding_code code, x12_position position)
{
    x12i_raise(&tables->options.findings, code, position);
    return x12i_csv_fail(tables, X12_ERROR_FORMAT);
}

bool x12i_csv_refuse(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, x12_finding_code code, unsigned column)
{
    unsigned cell = 0;
    while (cell < cursor->column_count && cursor->columns[cell] != column)
        cell++;
    x12_position position = x12i_csv_reader_position(cursor->text, cell);
    position.path = cursor->table->names[column];
    return raise_at(tables, code, position);
}

/* --- rows --- */

static x12_decimal number_of(x12_text text)
{
    x12_decimal parsed = x12_decimal_parse(text);
    if (!parsed.valid || parsed.coefficient < 0)
        return (x12_decimal){0};
    return parsed.scale == 0 ? (x12_decimal){.valid = true, .coefficient = parsed.coefficient} : x12_decimal_make(parsed.coefficient, parsed.scale);
}

static bool has_parent(const x12i_csv_table *table)
{
    return strcmp(table->names[X12I_CSV_PARENT], "parent_id") == 0;
}

static bool check_order(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, const x12_decimal *before)
{
    int order = x12_decimal_compare(&cursor->id, before);
    if (order > 0)
        return true;
    return x12i_csv_refuse(tables, cursor, order == 0 ? X12_FINDING_CSV_DUPLICATE_ID : X12_FINDING_CSV_ID_ORDER, X12I_CSV_ID);
}

static bool read_ids(x12i_csv_tables *tables, x12i_csv_cursor *cursor)
{
    x12_decimal before = cursor->id;
    cursor->id = number_of(cursor->values[X12I_CSV_ID]);
    if (!cursor->id.valid)
        return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_ID, X12I_CSV_ID);
    if (has_parent(cursor->table)) {
        cursor->parent = number_of(cursor->values[X12I_CSV_PARENT]);
        if (!cursor->parent.valid)
            return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_ID, X12I_CSV_PARENT);
    }
    return !before.valid || check_order(tables, cursor, &before);
}

bool x12i_csv_advance(x12i_csv_tables *tables, x12i_csv_cursor *cursor)
{
    x12_status status = x12i_csv_reader_next(cursor->text, &cursor->row);
    if (status != X12_OK)
        return status == X12_END || x12i_csv_fail(tables, status);
    if (cursor->row->count != cursor->column_count)
        return raise_at(tables, X12_FINDING_CSV_CELL_COUNT, x12i_csv_reader_position(cursor->text, cursor->column_count));
    cursor->filled = 0;
    for (unsigned i = 0; i < cursor->column_count; i++) {
        unsigned column = cursor->columns[i];
        cursor->values[column] = cursor->row->cells[i];
        cursor->filled += column >= cursor->table->lead && cursor->row->cells[i].length != 0;
    }
    return read_ids(tables, cursor);
}

bool x12i_csv_take(x12i_csv_tables *tables, const x12i_csv_cursor *cursor)
{
    if (tables->last.valid && !check_order(tables, cursor, &tables->last))
        return false;
    tables->last = cursor->id;
    return true;
}

/* --- headers --- */

static int column_named(const x12i_csv_table *table, x12_text name)
{
    for (unsigned i = 0; i < table->count; i++)
        if (x12i_is_text(name, table->names[i]))
            return (int)i;
    return -1;
}

static bool refuse_column(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, unsigned cell)
{
    char word[X12I_LONGEST_WORD + 1] = "";
    x12_text name = cursor->row->cells[cell];
    if (name.length <= X12I_LONGEST_WORD)
        memcpy(word, name.data, name.length);
    x12_position position = x12i_csv_reader_position(cursor->text, cell);
    position.nearest = x12i_nearest(word, cursor->table->names, cursor->table->count);
    return raise_at(tables, X12_FINDING_CSV_UNKNOWN_COLUMN, position);
}

static bool read_header(x12i_csv_tables *tables, x12i_csv_cursor *cursor)
{
    const x12i_csv_table *table = cursor->table;
    cursor->columns = x12_arena_allocate(tables->plans, cursor->row->count * sizeof *cursor->columns);
    cursor->values = x12_arena_allocate(tables->plans, table->count * sizeof *cursor->values);
    if (cursor->columns == NULL || cursor->values == NULL)
        return x12i_csv_fail(tables, X12_ERROR_MEMORY);
    for (unsigned i = 0; i < cursor->row->count; i++) {
        int column = column_named(table, cursor->row->cells[i]);
        if (column < 0)
            return refuse_column(tables, cursor, i);
        if (cursor->values[column].data != NULL)
            return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_DUPLICATE_COLUMN, (unsigned)column);
        cursor->values[column] = cursor->row->cells[i];
        cursor->columns[cursor->column_count++] = (uint16_t)column;
    }
    for (unsigned i = 0; i <= X12I_CSV_PARENT; i++)
        if (cursor->values[i].data == NULL && (i == X12I_CSV_ID || has_parent(table)))
            return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_MISSING_COLUMN, i);
    return true;
}

/* --- tables --- */

bool x12i_csv_make_set(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_guide *guide)
{
    set->plan = x12i_csv_make_plan(tables->plans, guide);
    if (set->plan != NULL)
        set->cursors = x12_arena_allocate(tables->plans, set->plan->table_count * sizeof *set->cursors);
    return set->cursors != NULL || x12i_csv_fail(tables, X12_ERROR_MEMORY);
}

bool x12i_csv_begin_table(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_table *table, x12_input input)
{
    x12i_csv_cursor *cursor = x12i_csv_cursor_of(set, table);
    const x12i_csv_reader_options options = {.allocator = tables->options.allocator, .findings = &tables->options.findings,
                                             .charset = tables->options.charset ? tables->options.charset : "UTF-8", .table = table->name,
                                             .delimiter = tables->options.delimiter};
    cursor->table = table;
    x12_status status = x12i_csv_reader_open(&cursor->text, input, &options);
    if (status == X12_OK)
        status = x12i_csv_reader_next(cursor->text, &cursor->row);
    if (status == X12_END)
        return raise_at(tables, X12_FINDING_CSV_NO_HEADER, (x12_position){.line = 1, .column = 1, .row = 1, .table = table->name});
    if (status != X12_OK)
        return x12i_csv_fail(tables, status);
    return read_header(tables, cursor) && x12i_csv_advance(tables, cursor);
}

static bool open_table(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_table *table)
{
    x12_input input;
    x12_status status = tables->input.open(tables->input.context, table->name, &input);
    if (status == X12_OK)
        return x12i_csv_begin_table(tables, set, table, input);
    return status == X12_END || x12i_csv_fail(tables, status);
}

bool x12i_csv_complete_set(x12i_csv_tables *tables, x12i_csv_set *set)
{
    if (set->complete)
        return true;
    set->complete = true;
    for (const x12i_csv_table *table = set->plan->tables; table != NULL; table = table->next)
        if (x12i_csv_cursor_of(set, table)->table == NULL && !open_table(tables, set, table))
            return false;
    return true;
}

void x12i_csv_close_set(x12i_csv_set *set)
{
    for (unsigned i = 0; set->cursors != NULL && i < set->plan->table_count; i++)
        x12i_csv_reader_free(set->cursors[i].text);
}
