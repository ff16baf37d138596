/* Any bytes as rows of each transaction, in pieces of any size: the same X12, which comes back from JSON. And as a profile. */
#include "../flow.h"
#include <remedi/rows.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static x12_status from_rows(const target *rows, const target *profile, size_t chunk, target *rejects, target *x12)
{
    source from = {rows->data, rows->size, chunk};
    const x12_rows_reader_options reading = {.rejects = {rejects, rejects ? append : NULL}};
    x12_rows_reader *reader = NULL;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_rows_reader_open(&reader, (x12_input){&from, read_chunk}, profile->data, profile->size, &reading, NULL);
    while (status == X12_OK && (status = x12_rows_reader_next(reader, &event)) == X12_OK)
        status = write_x12(&writer, NULL, x12, &event);
    status = finish_x12(writer, status);
    x12_rows_reader_free(reader);
    return status;
}

static void try_rows(const target *rows, const target *profile)
{
    target whole = {0}, pieces = {0}, good = {0}, rejects = {0};
    x12_status status = from_rows(rows, profile, 0, NULL, &whole);
    require(from_rows(rows, profile, 1 + rows->size % 13, NULL, &pieces) == status);
    if (status == X12_END) {
        require(same(&whole, pieces.data, pieces.size));
        if (whole.size != 0)
            by_json(&whole, &(flow){0});
    }
    from_rows(rows, profile, 7, &rejects, &good);
    free(whole.data);
    free(pieces.data);
    free(good.data);
    free(rejects.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const target rows = {(char *)(uintptr_t)data, size, size}, none = {0};
    const char *name;
    for (size_t i = 0; (name = x12_rows_name(i)) != NULL; i++) {
        const target template = text_of(x12_rows_template(name));
        try_rows(&rows, &template);
    }
    try_rows(&none, &rows);
    return 0;
}
