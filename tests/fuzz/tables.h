/* X12 to tables in memory, and back, for fuzz targets and tests. */
#ifndef REMEDI_TESTS_TABLES_H
#define REMEDI_TESTS_TABLES_H

#include "flow.h"
#include <remedi/csv.h>
#include <stdio.h>

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

/* One more X12 file to the tables; X12_END when all went well. */
static inline x12_status add_to_tables(const target *x12, size_t chunk, x12_tables_writer *writer)
{
    source from = {x12->data, x12->size, chunk};
    const x12_reader_options reading = {.numbers_as_text = true};
    x12_reader *reader;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        x12_tables_writer_begin(writer, NULL, x12_reader_charset(reader), x12_reader_has_bom(reader));
        status = x12_tables_writer_write(writer, &event);
    }
    x12_reader_free(reader);
    return status;
}

static inline x12_status to_tables(const target *x12, size_t chunk, bool excel, table_texts *tables)
{
    const x12_tables_writer_options options = {.excel = excel};
    x12_tables_writer *writer;
    require(x12_tables_writer_open(&writer, (x12_tables_output){tables, add_table}, &options) == X12_OK);
    x12_status status = add_to_tables(x12, chunk, writer);
    if (status == X12_END)
        require(x12_tables_writer_finish(writer) == X12_OK);
    x12_tables_writer_free(writer);
    return status;
}

/* Tables to X12; X12_END when all went well. */
static inline x12_status from_tables(table_texts *tables, target *x12, x12_finding_handler findings)
{
    const x12_tables_reader_options reading = {.findings = findings};
    x12_tables_reader *reader;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_tables_reader_open(&reader, (x12_tables_input){tables, open_table}, &reading);
    while (status == X12_OK && (status = x12_tables_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.findings = findings, .charset = x12_tables_reader_charset(reader), .byte_order_mark = x12_tables_reader_has_bom(reader)};
        if (writer == NULL)
            status = x12_writer_open(&writer, (x12_output){x12, append}, &writing);
        if (status == X12_OK)
            status = x12_writer_write(writer, &event);
    }
    if (status == X12_END && writer != NULL)
        status = x12_writer_finish(writer) == X12_OK ? X12_END : X12_ERROR_OUTPUT;
    x12_writer_free(writer);
    x12_tables_reader_free(reader);
    return status;
}

static inline void show_table_finding(void *context, const x12_finding *finding)
{
    (void)context;
    const x12_position *at = &finding->position;
    fprintf(stderr, "%s %s row %u %s: %s\n", x12_finding_name(finding->code), at->table ? at->table : "", at->row, at->path ? at->path : "", finding->text);
}

/* X12 that is read to its end comes back from tables as the same bytes. */
static inline void by_tables(const target *x12, size_t chunk, bool excel)
{
    table_texts *tables = calloc(1, sizeof *tables);
    target back = {0};
    require(tables != NULL);
    tables->chunk = chunk;
    require(to_tables(x12, chunk, excel, tables) == X12_END);
    require(from_tables(tables, &back, (x12_finding_handler){NULL, show_table_finding}) == X12_END);
    require(same(&back, x12->data, x12->size));
    free_tables(tables);
    free(tables);
    free(back.data);
}

#endif
