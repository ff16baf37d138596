/* JSON in, JSON out, and in again: whatever the reader takes, the writer's text of it must come back as the same text. */
#include "../flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static x12_status rewrite(const char *json, size_t size, size_t chunk, bool lines, target *out)
{
    source from = {json, size, chunk};
    x12_json_reader_options reading = {.record_limit = 1 << 20, .flaws = true};
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
    x12_status status = rewrite(first->data, first->size, chunk, lines, &second);
    require(status == X12_OK && same(&second, wanted->data, wanted->size));
    free(second.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    target document = {0}, lines = {0};
    x12_status status = rewrite((const char *)data, size, 1 + size % 61, false, &document);
    if (status == X12_OK) {
        expect_same(&document, 1 << 16, false, &document);
        require(rewrite(document.data, document.size, 7, true, &lines) == X12_OK);
        expect_same(&lines, 5, false, &document);
    }
    free(document.data);
    free(lines.data);
    return 0;
}
