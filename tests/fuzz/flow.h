/* What the targets share: memory as input and output, and the ways from X12 and JSON to each other. */
#ifndef FUZZ_FLOW_H
#define FUZZ_FLOW_H

#include <remedi/json.h>
#include <remedi/reader.h>
#include <remedi/writer.h>
#include <stdint.h>
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
    size_t taken = size < from->chunk ? size : from->chunk;
    taken = taken < from->left ? taken : from->left;
    if (taken > 0)
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

static inline void require(bool truth)
{
    if (!truth)
        abort();
}

static inline bool same(const target *left, const void *data, size_t size)
{
    return left->size == size && (size == 0 || memcmp(left->data, data, size) == 0);
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

/* X12 to JSON, read in pieces of `chunk` bytes; X12_END when all went well. */
static inline x12_status to_json(const target *x12, size_t chunk, bool lines, target *json, target *findings)
{
    source from = {x12->data, x12->size, chunk};
    const x12_reader_options reading = {.findings = {findings, note_finding}, .record_limit = 1 << 24};
    x12_reader *reader;
    x12_json_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        const x12_json_writer_options writing = {.lines = lines, .charset = x12_reader_charset(reader), .byte_order_mark = x12_reader_has_bom(reader)};
        if (writer == NULL)
            status = x12_json_writer_open(&writer, (x12_output){json, append}, &writing);
        if (status == X12_OK)
            status = x12_json_writer_write(writer, &event);
    }
    if (status == X12_END && writer != NULL)
        require(x12_json_writer_finish(writer) == X12_OK);
    x12_json_writer_free(writer);
    x12_reader_free(reader);
    return status;
}

/* JSON to X12; X12_END when all went well. */
static inline x12_status to_x12(const target *json, size_t chunk, target *x12)
{
    source from = {json->data, json->size, chunk};
    x12_json_reader *reader;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_json_reader_open(&reader, (x12_input){&from, read_chunk}, NULL);
    while (status == X12_OK && (status = x12_json_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.charset = x12_json_reader_charset(reader), .byte_order_mark = x12_json_reader_has_bom(reader)};
        if (writer == NULL)
            status = x12_writer_open(&writer, (x12_output){x12, append}, &writing);
        if (status == X12_OK)
            status = x12_writer_write(writer, &event);
    }
    if (status == X12_END && writer != NULL)
        require(x12_writer_finish(writer) == X12_OK);
    x12_writer_free(writer);
    x12_json_reader_free(reader);
    return status;
}

/* X12 to X12 through the structs; X12_END when all went well. */
static inline x12_status copy(const target *x12, size_t chunk, bool whole, target *out)
{
    source from = {x12->data, x12->size, chunk};
    const x12_reader_options reading = {.whole_transactions = whole};
    x12_reader *reader;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK) {
        const x12_writer_options writing = {.charset = x12_reader_charset(reader), .byte_order_mark = x12_reader_has_bom(reader)};
        if (writer == NULL)
            status = x12_writer_open(&writer, (x12_output){out, append}, &writing);
        if (status == X12_OK)
            status = x12_writer_write(writer, &event);
    }
    if (status == X12_END && writer != NULL)
        require(x12_writer_finish(writer) == X12_OK);
    x12_writer_free(writer);
    x12_reader_free(reader);
    return status;
}

/* X12 that is read to its end comes back from JSON as the same bytes. */
static inline void by_json(const target *x12, size_t chunk, bool lines)
{
    target json = {0}, findings = {0}, back = {0};
    require(to_json(x12, chunk, lines, &json, &findings) == X12_END);
    require(to_x12(&json, chunk, &back) == X12_END);
    require(same(&back, x12->data, x12->size));
    free(json.data);
    free(findings.data);
    free(back.data);
}

#endif
