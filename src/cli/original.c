/* The claims of a file that was sent, by where they stand in it. */
#include "cli/input.h"
#include "cli/summary.h"
#include <remedi/guide.h>
#include <remedi/reader.h>
#include <stdlib.h>
#include <string.h>

/* A value in the buffer of all values. */
typedef struct kept {
    size_t start;
    uint32_t length;
} kept;

typedef struct claim {
    kept group, transaction, number; /* GS06, ST02, CLM01 or CLP01 */
    uint32_t first, last;            /* its segments */
} claim;

struct cli_original {
    x12i_buffer values;
    x12i_buffer claims;        /* of struct claim */
    kept group, transaction;   /* that are open */
    const x12_loop_type *open; /* the loop of the last claim; NULL: it has ended */
};

typedef struct wanted {
    cli_original *original;
    unsigned element;
    kept found;
} wanted;

static void take_element(void *context, const x12_element *element)
{
    wanted *search = context;
    if (element->element != search->element || element->component > 1 || element->repetition > 1)
        return;
    search->found = (kept){search->original->values.length, element->value.length};
    x12i_buffer_add(&search->original->values, element->value.data, element->value.length);
}

static kept keep(cli_original *original, const x12_placed *placed, unsigned element)
{
    wanted search = {original, element, {0}};
    x12_each_element(placed, &search, take_element);
    return search.found;
}

static claim *last_claim(const cli_original *original)
{
    return (claim *)(void *)(original->claims.data + original->claims.length) - 1;
}

static void place(void *context, const x12_placed *placed)
{
    cli_original *original = context;
    const char *id = placed->place ? x12_place_segment(placed->place) : "";
    if (strcmp(id, "GS") == 0) {
        original->group = keep(original, placed, 6);
    } else if (strcmp(id, "ST") == 0) {
        original->transaction = keep(original, placed, 2);
    } else if (strcmp(id, "CLM") == 0 || strcmp(id, "CLP") == 0) {
        const claim begun = {original->group, original->transaction, keep(original, placed, 1), placed->segment->number, 0};
        x12i_buffer_add(&original->claims, (const char *)&begun, sizeof begun);
        original->open = placed->loop;
    }
    if (original->open != NULL && x12_loop_is_within(placed->loop, original->open) && !original->claims.failed)
        last_claim(original)->last = placed->segment->number;
    else
        original->open = NULL;
}

static x12_status read_all(x12_reader *reader)
{
    x12_event event;
    x12_status status;
    while ((status = x12_reader_next(reader, &event)) == X12_OK)
        ;
    return status;
}

cli_original *cli_read_original(const char *path, cli_report *report)
{
    cli_original *original = calloc(1, sizeof *original);
    const cli_file file = {.path = (char *)(uintptr_t)path, .name = path};
    const x12_watcher watcher = {original, place};
    const x12_reader_options options = {.findings = cli_ending_findings(report)};
    cli_input input;
    x12_reader *reader = NULL;
    if (original == NULL || !cli_open_input(&input, &file, report)) {
        free(original);
        return NULL;
    }
    x12_status status = x12_reader_open(&reader, cli_reading(&input), &options);
    if (status == X12_OK) {
        x12_reader_watch(reader, &watcher);
        status = read_all(reader);
    }
    x12_reader_free(reader);
    cli_close_input(&input);
    if (original->values.failed || original->claims.failed)
        status = X12_ERROR_MEMORY;
    if (status == X12_END)
        return original;
    cli_report_end(report, status);
    cli_free_original(original);
    return NULL;
}

void cli_free_original(cli_original *original)
{
    if (original == NULL)
        return;
    x12i_buffer_free(&original->values);
    x12i_buffer_free(&original->claims);
    free(original);
}

static bool is_same(const cli_original *original, kept value, x12_text text)
{
    return value.length == text.length && (text.length == 0 || memcmp(original->values.data + value.start, text.data, text.length) == 0);
}

x12_text cli_find_claim(const cli_original *original, x12_text group, x12_text transaction, uint64_t segment_number)
{
    const claim *claims = (const claim *)(const void *)original->claims.data;
    for (size_t i = 0; i < original->claims.length / sizeof *claims; i++)
        if (is_same(original, claims[i].group, group) && is_same(original, claims[i].transaction, transaction) &&
            segment_number >= claims[i].first && segment_number <= claims[i].last)
            return (x12_text){original->values.data + claims[i].number.start, claims[i].number.length};
    return (x12_text){0};
}
