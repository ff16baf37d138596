/* Any bytes as CSV: the same rows in pieces of any size. And as tables, each of which begins with a line "== NAME": where they make X12, it comes back from
   tables of its own. */
#include "../tables.h"
#include "convert/csv_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static x12_status read_rows(const char *data, size_t size, size_t chunk, target *rows)
{
    source from = {data, size, chunk};
    const x12_finding_handler findings = {rows, note_finding};
    const x12i_csv_reader_options options = {.findings = &findings, .row_limit = 1 << 20};
    x12i_csv_reader *reader;
    const x12i_csv_row *row;
    x12_status status = x12i_csv_reader_open(&reader, (x12_input){&from, read_chunk}, &options);
    while (status == X12_OK && (status = x12i_csv_reader_next(reader, &row)) == X12_OK)
        for (size_t i = 0; i < row->count; i++) {
            const x12_position position = x12i_csv_reader_position(reader, i);
            const uint64_t facts[] = {position.offset, position.line, position.column, position.row, row->cells[i].length};
            append(rows, facts, sizeof facts);
            append(rows, row->cells[i].data, row->cells[i].length);
        }
    x12i_csv_reader_free(reader);
    return status;
}

static void as_rows(const char *data, size_t size)
{
    target whole = {0}, pieces = {0};
    x12_status status = read_rows(data, size, 0, &whole);
    require(read_rows(data, size, 1 + size % 13, &pieces) == status);
    require(same(&whole, pieces.data, pieces.size));
    free(whole.data);
    free(pieces.data);
}

/* Where the next line begins with "== "; `end` where none does. */
static const char *next_table(const char *at, const char *end)
{
    for (; end - at >= 3; at++) {
        if (memcmp(at, "== ", 3) == 0)
            return at;
        at = memchr(at, '\n', (size_t)(end - at));
        if (at == NULL)
            break;
    }
    return end;
}

static void take_tables(table_texts *tables, const char *data, size_t size)
{
    const char *end = size ? data + size : data;
    for (const char *at = next_table(data, end), *next; at < end && tables->count < MOST_TABLES; at = next) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        next = line ? next_table(line + 1, end) : end;
        if (line == NULL || (size_t)(line - at) - 3 >= TABLE_NAME_MAX)
            continue;
        table_text *table = &tables->items[tables->count++];
        *table = (table_text){0};
        memcpy(table->name, at + 3, (size_t)(line - at) - 3);
        append(&table->text, line + 1, (size_t)(next - line) - 1);
    }
}

static void as_tables(const char *data, size_t size)
{
    table_texts *tables = calloc(1, sizeof *tables);
    target x12 = {0}, again = {0};
    require(tables != NULL);
    take_tables(tables, data, size);
    const flow how = {.chunk = 1 + size % 61, .record_limit = 1 << 20};
    x12_status status = from_tables(tables, &how, &x12);
    require(from_tables(tables, &(flow){.record_limit = 1 << 20}, &again) == status);
    require(status != X12_END || same(&x12, again.data, again.size));
    free_tables(tables);
    if (status == X12_END && to_tables(&x12, &(flow){0}, false, tables) == X12_END)
        by_tables(&x12, &how, size % 2 != 0);
    free_tables(tables);
    free(tables);
    free(x12.data);
    free(again.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_rows((const char *)data, size);
    as_tables((const char *)data, size);
    return 0;
}
