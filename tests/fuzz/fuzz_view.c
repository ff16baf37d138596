/* Any bytes as the declaration of a view, a NUL, and X12 whose rows it makes: refused with a place and a reason, or run to the end. */
#include <remedi/reader.h>
#include <remedi/view.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct source {
    const uint8_t *data;
    size_t size;
} source;

static ptrdiff_t take(void *context, void *buffer, size_t size)
{
    source *from = context;
    size_t taken = size < from->size ? size : from->size;
    memcpy(buffer, from->data, taken);
    from->data += taken;
    from->size -= taken;
    return (ptrdiff_t)taken;
}

static bool drop(void *context, const void *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return true;
}

/* The same in parts or whole, numbers read or left as text: only that nothing breaks is looked at. */
static void write_rows(const x12_view *view, source x12, bool whole, bool excel)
{
    const x12_reader_options options = {.whole_transactions = whole, .numbers_as_text = whole, .record_limit = 1 << 20};
    const x12_view_writer_options writer_options = {.excel = excel};
    x12_reader *reader = NULL;
    x12_view_writer *writer = NULL;
    x12_event event;
    if (x12_reader_open(&reader, (x12_input){&x12, take}, &options) == X12_OK && x12_view_writer_open(&writer, view, (x12_output){NULL, drop}, &writer_options) == X12_OK) {
        x12_view_writer_begin(writer, "fuzz");
        while (x12_reader_next(reader, &event) == X12_OK && x12_view_writer_write(writer, &event) == X12_OK)
            continue;
        x12_view_writer_finish(writer);
    }
    x12_view_writer_free(writer);
    x12_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    size_t length = nul ? (size_t)(nul - data) : size;
    x12_view *view;
    x12_view_error error;
    x12_status status = x12_view_declare(&view, (const char *)data, length, NULL, &error);
    if (status == X12_ERROR_USAGE && (error.line == 0 || error.text[0] == '\0'))
        abort();
    if (status == X12_OK && nul != NULL) {
        const source x12 = {nul + 1, size - length - 1};
        write_rows(view, x12, false, false);
        write_rows(view, x12, true, true);
    }
    x12_view_free(view);
    return 0;
}
