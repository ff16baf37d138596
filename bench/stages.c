/* The stages of reading, each alone: stages lexer|tokens|records < X12. For the benchmark only: it looks behind the public interface. */
#include "wire/wire.h"
#include <remedi/reader.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static ptrdiff_t read_input(void *context, void *buffer, size_t size)
{
    (void)context;
    return read(STDIN_FILENO, buffer, size);
}

static const x12_input input = {NULL, read_input};

static x12_status count_segments(unsigned long long *count, bool lexer_only)
{
    x12i_wire *wire;
    x12i_wire_options options = {.segment_limit = 1 << 20, .lexer_only = lexer_only};
    x12i_wire_item item = {.kind = X12I_WIRE_SEGMENT};
    x12_status status = x12i_wire_open(&wire, input, &options);
    if (status != X12_OK)
        return status;
    while (item.kind != X12I_WIRE_END && (status = x12i_wire_next(wire, &item)) == X12_OK)
        *count += item.kind == X12I_WIRE_SEGMENT;
    x12i_wire_free(wire);
    return status;
}

static x12_status count_records(unsigned long long *count)
{
    x12_reader *reader;
    x12_event event;
    x12_status status = x12_reader_open(&reader, input, NULL);
    if (status != X12_OK)
        return status;
    while ((status = x12_reader_next(reader, &event)) == X12_OK)
        *count += event.kind == X12_RECORD;
    x12_reader_free(reader);
    return status == X12_END ? X12_OK : status;
}

int main(int argc, char **argv)
{
    unsigned long long count = 0;
    const char *stage = argc > 1 ? argv[1] : "";
    x12_status status = X12_ERROR_USAGE;
    if (strcmp(stage, "lexer") == 0 || strcmp(stage, "tokens") == 0)
        status = count_segments(&count, strcmp(stage, "lexer") == 0);
    else if (strcmp(stage, "records") == 0)
        status = count_records(&count);
    if (status != X12_OK) {
        fprintf(stderr, "stages: %s\n", x12_status_text(status));
        return 1;
    }
    printf("%llu\n", count);
    return 0;
}
