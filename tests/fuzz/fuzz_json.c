/* JSON in, JSON out, and in again: whatever the reader takes, the writer's text of it must come back as the same text. */
#include <remedi/json.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct source {
    const char *data;
    size_t left, chunk;
} source;

static ptrdiff_t read_chunk(void *context, void *buffer, size_t size)
{
    source *from = context;
    size_t taken = size < from->chunk ? size : from->chunk;
    taken = taken < from->left ? taken : from->left;
    memcpy(buffer, from->data, taken);
    from->data += taken;
    from->left -= taken;
    return (ptrdiff_t)taken;
}

typedef struct target {
    char *data;
    size_t size;
} target;

static bool append(void *context, const void *data, size_t size)
{
    target *to = context;
    char *grown = realloc(to->data, to->size + size + 1);
    if (grown == NULL)
        return false;
    memcpy(grown + to->size, data, size);
    to->data = grown;
    to->size += size;
    return true;
}

static x12_status copy(const char *json, size_t size, size_t chunk, bool lines, target *out)
{
    source from = {json, size, chunk};
    x12_json_reader_options reading = {.record_limit = 1 << 20};
    x12_json_reader *reader;
    x12_json_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_json_reader_open(&reader, (x12_input){&from, read_chunk}, &reading);
    if (status == X12_OK)
        status = x12_json_reader_next(reader, &event);
    if (status == X12_OK) {
        x12_json_writer_options writing = {.lines = lines, .charset = x12_json_reader_charset(reader), .byte_order_mark = x12_json_reader_has_bom(reader)};
        status = x12_json_writer_open(&writer, (x12_output){out, append}, &writing);
    }
    while (status == X12_OK) {
        status = x12_json_writer_write(writer, &event);
        if (status == X12_OK)
            status = x12_json_reader_next(reader, &event);
    }
    if (status == X12_END && writer != NULL)
        status = x12_json_writer_finish(writer);
    x12_json_reader_free(reader);
    x12_json_writer_free(writer);
    return status;
}

static void expect_same(const target *first, size_t chunk, bool lines, const target *wanted)
{
    target second = {0};
    x12_status status = copy(first->data, first->size, chunk, lines, &second);
    if (status != X12_OK || second.size != wanted->size || memcmp(second.data, wanted->data, wanted->size) != 0)
        abort();
    free(second.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    target document = {0}, lines = {0};
    x12_status status = copy((const char *)data, size, 1 + size % 61, false, &document);
    if (status == X12_OK) {
        expect_same(&document, 1 << 16, false, &document);
        if (copy(document.data, document.size, 7, true, &lines) != X12_OK)
            abort();
        expect_same(&lines, 5, false, &document);
    }
    free(document.data);
    free(lines.data);
    return 0;
}
