/* What tests share: X12 to tables in memory, and back. */
#ifndef TESTS_TABLES_H
#define TESTS_TABLES_H

#include "flow.h"
#include <remedi/csv.h>

enum { MOST_TABLES = 256, TABLE_NAME_MAX = 100 };

typedef struct table_text {
    char name[TABLE_NAME_MAX];
    target text;
    source from;
} table_text;

typedef struct table_texts {
    table_text items[MOST_TABLES];
    size_t count;
    size_t chunk; /* they are read in pieces of so many bytes */
} table_texts;

static inline bool add_table(void *context, const char *name, x12_output *output)
{
    table_texts *tables = context;
    require(tables->count < MOST_TABLES && strlen(name) < TABLE_NAME_MAX);
    table_text *added = &tables->items[tables->count++];
    *added = (table_text){0};
    strcpy(added->name, name);
    *output = (x12_output){&added->text, append};
    return true;
}

static inline table_text *find_table(table_texts *tables, const char *name)
{
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->items[i].name, name) == 0)
            return &tables->items[i];
    return NULL;
}

static inline x12_status open_table(void *context, const char *name, x12_input *input)
{
    table_texts *tables = context;
    table_text *found = find_table(tables, name);
    if (found == NULL)
        return X12_END;
    found->from = (source){found->text.data, found->text.size, tables->chunk};
    *input = (x12_input){&found->from, read_chunk};
    return X12_OK;
}

static inline void free_tables(table_texts *tables)
{
    for (size_t i = 0; i < tables->count; i++)
        free(tables->items[i].text.data);
    tables->count = 0;
}

/* One more X12 file to the tables; X12_END when all went well, as with all of them. */
static inline x12_status add_to_tables(const target *x12, const flow *how, x12_tables_writer *writer)
{
    source from = {x12->data, x12->size, how->chunk};
    const x12_reader_options reading = reading_x12(how);
    x12_reader *reader = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        x12_tables_writer_begin(writer, "some.x12", x12_reader_charset(reader), x12_reader_has_bom(reader));
        status = x12_tables_writer_write(writer, &event);
    }
    x12_reader_free(reader);
    return status;
}

static inline x12_status to_tables(const target *x12, const flow *how, bool excel, table_texts *tables)
{
    const x12_tables_writer_options options = {.allocator = how->allocator, .excel = excel};
    x12_tables_writer *writer = NULL;
    x12_status status = x12_tables_writer_open(&writer, (x12_tables_output){tables, add_table}, &options);
    if (status == X12_OK)
        status = add_to_tables(x12, how, writer);
    x12_status finished = status == X12_END ? x12_tables_writer_finish(writer) : X12_OK;
    x12_tables_writer_free(writer);
    return finished == X12_OK ? status : finished;
}

static inline x12_status from_tables(table_texts *tables, const flow *how, target *x12)
{
    const x12_tables_reader_options reading = {.allocator = how->allocator, .findings = how->findings, .record_limit = how->record_limit};
    x12_tables_reader *reader = NULL;
    x12_writer *writer = NULL;
    x12_event event;
    tables->chunk = how->chunk;
    x12_status status = x12_tables_reader_open(&reader, (x12_tables_input){tables, open_table}, &reading);
    while (status == X12_OK && (status = x12_tables_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.allocator = how->allocator, .findings = how->findings,
                                            .charset = x12_tables_reader_charset(reader), .byte_order_mark = x12_tables_reader_has_bom(reader)};
        status = write_x12(&writer, &writing, x12, &event);
    }
    status = finish_x12(writer, status);
    x12_tables_reader_free(reader);
    return status;
}

/* X12 that is read to its end comes back from tables as the same bytes. */
static inline void by_tables(const target *x12, const flow *how, bool excel)
{
    table_texts *tables = calloc(1, sizeof *tables);
    target back = {0};
    require(tables != NULL);
    require(to_tables(x12, how, excel, tables) == X12_END);
    require(from_tables(tables, how, &back) == X12_END);
    require(same(&back, x12->data, x12->size));
    free_tables(tables);
    free(tables);
    free(back.data);
}

#endif
