/* What tests share: memory as input and output, memory that runs out, and the ways from X12 and JSON to each other. */
#ifndef TESTS_FLOW_H
#define TESTS_FLOW_H

#include <remedi/json.h>
#include <remedi/reader.h>
#include <remedi/writer.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct source {
    const char *data;
    size_t left, chunk;
} source;

typedef struct target {
    char *data;
    size_t size, capacity;
} target;

static inline ptrdiff_t read_chunk(void *context, void *buffer, size_t size)
{
    source *from = context;
    size_t taken = from->chunk != 0 && size > from->chunk ? from->chunk : size;
    taken = taken < from->left ? taken : from->left;
    if (taken == 0)
        return 0;
    memcpy(buffer, from->data, taken);
    from->data += taken;
    from->left -= taken;
    return (ptrdiff_t)taken;
}

static inline bool append(void *context, const void *data, size_t size)
{
    target *to = context;
    if (to->size + size > to->capacity) {
        size_t capacity = 2 * (to->size + size);
        char *grown = realloc(to->data, capacity);
        if (grown == NULL)
            return false;
        to->data = grown;
        to->capacity = capacity;
    }
    if (size > 0)
        memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

static inline target text_of(const char *text)
{
    size_t size = strlen(text);
    return (target){(char *)text, size, size};
}

static inline void require(bool truth)
{
    if (!truth)
        abort();
}

static inline target read_whole(const char *path)
{
    target text = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    require(file != NULL);
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;)
        append(&text, block, size);
    fclose(file);
    return text;
}

static inline bool same(const target *left, const void *data, size_t size)
{
    return left->size == size && (size == 0 || memcmp(left->data, data, size) == 0);
}

/* Fails the n-th allocation and all that follow; counts what is not given back. */
typedef struct rationed {
    long left, balance;
} rationed;

static inline void *ration(void *context, void *block, size_t old_size, size_t new_size)
{
    rationed *memory = context;
    (void)old_size;
    if (new_size == 0) {
        memory->balance -= block != NULL;
        free(block);
        return NULL;
    }
    if (memory->left-- <= 0)
        return NULL;
    memory->balance += block == NULL;
    return realloc(block, new_size);
}

/* Findings as bytes, to compare them. */
static inline void note_finding(void *context, const x12_finding *finding)
{
    const x12_position *at = &finding->position;
    const uint64_t facts[] = {finding->code, at->offset, at->line, at->column, at->segment_number, at->element, at->component, at->repetition};
    append(context, facts, sizeof facts);
    if (at->loop != NULL)
        append(context, at->loop, strlen(at->loop));
    if (at->segment != NULL)
        append(context, at->segment, strlen(at->segment));
}

/* How to go a way. All zero will do. */
typedef struct flow {
    size_t chunk;          /* bytes that the input gives at once; 0: what is asked for */
    bool lines;            /* JSON: a line for each event */
    bool apart;            /* JSON: the writer does not follow the reader */
    bool names;            /* JSON: what codes mean, beside them */
    const x12_codes *codes; /* for `names` */
    bool flaws;            /* JSON in: values that the guide forbids are told of */
    bool whole;            /* X12: a transaction at a time */
    size_t record_limit;
    const x12_allocator *allocator;
    x12_finding_handler findings;
} flow;

static inline x12_reader_options reading_x12(const flow *how)
{
    return (x12_reader_options){.allocator = how->allocator, .findings = how->findings, .whole_transactions = how->whole, .record_limit = how->record_limit};
}

/* An event to X12, through a writer that opens with the first. */
static inline x12_status write_x12(x12_writer **writer, const x12_writer_options *writing, target *x12, const x12_event *event)
{
    x12_status status = *writer == NULL ? x12_writer_open(writer, (x12_output){x12, append}, writing) : X12_OK;
    return status == X12_OK ? x12_writer_write(*writer, event) : status;
}

/* How all went, after `status`. */
static inline x12_status finish_x12(x12_writer *writer, x12_status status)
{
    x12_status finished = status == X12_END && writer != NULL ? x12_writer_finish(writer) : X12_OK;
    x12_writer_free(writer);
    return finished == X12_OK ? status : finished;
}

/* X12 to JSON; X12_END when all went well, as with all of them. */
static inline x12_status to_json(const target *x12, const flow *how, target *json)
{
    source from = {x12->data, x12->size, how->chunk};
    const x12_reader_options reading = reading_x12(how);
    x12_reader *reader = NULL;
    x12_json_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        const x12_json_writer_options writing = {
            .allocator = how->allocator, .lines = how->lines, .names = how->names, .codes = how->codes, .charset = x12_reader_charset(reader), .byte_order_mark = x12_reader_has_bom(reader)};
        if (writer == NULL)
            status = x12_json_writer_open(&writer, (x12_output){json, append}, &writing);
        if (status == X12_OK && !how->apart)
            x12_json_writer_follow(writer, reader);
        if (status == X12_OK)
            status = x12_json_writer_write(writer, &event);
    }
    x12_status finished = status == X12_END && writer != NULL ? x12_json_writer_finish(writer) : X12_OK;
    x12_json_writer_free(writer);
    x12_reader_free(reader);
    return finished == X12_OK ? status : finished;
}

static inline x12_status to_x12(const target *json, const flow *how, target *x12)
{
    source from = {json->data, json->size, how->chunk};
    const x12_json_reader_options reading = {.allocator = how->allocator, .findings = how->findings, .record_limit = how->record_limit, .flaws = how->flaws};
    x12_json_reader *reader = NULL;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_json_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_json_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.allocator = how->allocator, .findings = how->findings,
                                            .charset = x12_json_reader_charset(reader), .byte_order_mark = x12_json_reader_has_bom(reader)};
        status = write_x12(&writer, &writing, x12, &event);
    }
    status = finish_x12(writer, status);
    x12_json_reader_free(reader);
    return status;
}

/* X12 to X12 through the structs. */
static inline x12_status copy(const target *x12, const flow *how, target *out)
{
    source from = {x12->data, x12->size, how->chunk};
    const x12_reader_options reading = reading_x12(how);
    x12_reader *reader = NULL;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.allocator = how->allocator, .charset = x12_reader_charset(reader), .byte_order_mark = x12_reader_has_bom(reader)};
        status = write_x12(&writer, &writing, out, &event);
    }
    status = finish_x12(writer, status);
    x12_reader_free(reader);
    return status;
}

/* X12 that is read to its end comes back from the structs as the same bytes. */
static inline void by_structs(const target *x12, const flow *how)
{
    target copied = {0};
    require(copy(x12, how, &copied) == X12_END);
    require(same(&copied, x12->data, x12->size));
    free(copied.data);
}

/* And from JSON. */
static inline void by_json(const target *x12, const flow *how)
{
    flow alone = *how;
    target json = {0}, apart = {0}, back = {0};
    alone.apart = true;
    require(to_json(x12, how, &json) == X12_END);
    require(to_json(x12, &alone, &apart) == X12_END);
    require(same(&apart, json.data, json.size));
    require(to_x12(&json, how, &back) == X12_END);
    require(same(&back, x12->data, x12->size));
    free(json.data);
    free(apart.data);
    free(back.data);
}

/* No allocation that fails does harm, on any way: nothing leaks, and the status says it. */
static inline void by_starving(const target *x12, bool lines)
{
    for (rationed memory = {.left = 0};; memory.left++) {
        rationed left = memory;
        const x12_allocator allocator = {&left, ration};
        const flow how = {.lines = lines, .whole = !lines, .allocator = &allocator};
        target copied = {0}, json = {0}, back = {0};
        x12_status status = copy(x12, &how, &copied);
        status = status == X12_END ? to_json(x12, &how, &json) : status;
        status = status == X12_END ? to_x12(&json, &how, &back) : status;
        free(copied.data);
        free(json.data);
        free(back.data);
        require(left.balance == 0);
        require(status == X12_END || (status == X12_ERROR_MEMORY && left.left < 0)); /* and memory was refused */
        if (status == X12_END)
            return;
    }
}

#endif
