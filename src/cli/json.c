/* remedi json: X12 to JSON. */
#include "cli/batch.h"
#include "cli/code_store.h"
#include "cli/events.h"
#include <remedi/guide.h>
#include <remedi/json.h>
#include <stdio.h>
#include <stdlib.h>

/* The character set is known only once the first event is. */
static x12_status open_writer(x12_json_writer **writer, const cli_events *events, cli_output *output, const cli_batch *batch)
{
    const cli_arguments *arguments = batch->arguments;
    const x12_json_writer_options options = {.lines = arguments->values[CLI_LINES] != NULL,
                                             .charset = cli_events_charset(events),
                                             .byte_order_mark = cli_events_have_bom(events),
                                             .names = arguments->values[CLI_NAMES] != NULL,
                                             .codes = batch->context};
    return x12_json_writer_open(writer, cli_writing(output), &options);
}

static x12_status copy_events(cli_events *events, cli_output *output, const cli_batch *batch)
{
    x12_json_writer *writer = NULL;
    x12_event event;
    x12_status status = cli_next_event(events, &event);
    if (status == X12_OK)
        status = open_writer(&writer, events, output, batch);
    if (status == X12_OK && events->x12 != NULL)
        x12_json_writer_follow(writer, events->x12);
    while (status == X12_OK) {
        status = x12_json_writer_write(writer, &event);
        if (status == X12_OK)
            status = cli_next_event(events, &event);
    }
    if (status == X12_END && writer != NULL)
        status = x12_json_writer_finish(writer);
    x12_json_writer_free(writer);
    return status;
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    const char *charset = batch->arguments->values[CLI_CHARSET];
    cli_events events;
    x12_status status = file->tables ? cli_open_tables(&events, input, charset, report) : cli_open_x12(&events, input, charset, report);
    if (status == X12_OK)
        status = copy_events(&events, output, batch);
    cli_close_events(&events);
    return status;
}

/* Which guides there are, for who named another. */
static int refuse_guide(const char *name)
{
    const char *known[64];
    size_t count = 0;
    while (count < sizeof known / sizeof *known && x12_guide_name(count) != NULL) {
        known[count] = x12_guide_name(count);
        count++;
    }
    const char *nearest = cli_nearest(name, known, count);
    fputs("remedi json: there is no guide of that name; ", stderr);
    if (nearest != NULL) {
        fprintf(stderr, "did you mean %s?\n", nearest);
        return CLI_USAGE;
    }
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s%s", i ? ", " : "there are: ", known[i]);
    fputc('\n', stderr);
    return CLI_USAGE;
}

static int write_schema(const cli_arguments *arguments, cli_output *output, cli_report *report)
{
    const char *guide = arguments->operand_count ? arguments->operands[0] : NULL;
    if (!cli_open_output(output, arguments->values[CLI_OUTPUT], false, report))
        return CLI_UNWRITABLE;
    cli_report_begin(report, output->shown, false);
    x12_status status = x12_json_schema(cli_writing(output), guide, arguments->values[CLI_LINES] != NULL, NULL);
    if (!cli_close_output(output, status == X12_OK, report))
        return CLI_UNWRITABLE;
    return status == X12_ERROR_USAGE ? refuse_guide(guide) : cli_report_end(report, status);
}

static int run_schema(const cli_arguments *arguments)
{
    cli_report report;
    cli_output *output = malloc(sizeof *output);
    int code = output && cli_report_open(&report, arguments) ? CLI_FINE : CLI_USAGE;
    if (arguments->operand_count > 1) {
        fputs("remedi json: --schema takes one name, as in remedi json --schema 835\n", stderr);
        code = CLI_USAGE;
    }
    if (code == CLI_FINE)
        code = write_schema(arguments, output, &report);
    free(output);
    return code;
}

static int run_with_names(cli_batch *batch)
{
    cli_report report;
    x12_codes *codes = NULL;
    if (!cli_report_open(&report, batch->arguments))
        return CLI_USAGE;
    int code = CLI_UNREADABLE;
    if (cli_open_codes(&codes, batch->arguments, &report)) {
        batch->context = codes;
        code = cli_run_batch(batch);
    }
    x12_codes_free(codes);
    return code;
}

static int run(const cli_arguments *arguments)
{
    if (arguments->values[CLI_SCHEMA] != NULL)
        return run_schema(arguments);
    bool lines = arguments->values[CLI_LINES] != NULL;
    cli_batch batch = {.arguments = arguments, .translate = translate, .apart = !lines, .suffix = lines ? ".jsonl" : ".json"};
    return arguments->values[CLI_NAMES] != NULL ? run_with_names(&batch) : cli_run_batch(&batch);
}

const cli_command cli_json = {
    .name = "json",
    .summary = "Translates X12 to JSON",
    .usage = "[OPTION...] [FILE...]\n       remedi json --schema [--lines] [835]",
    .details = "FILE is X12, told by its content and not by its name; a folder stands for all X12 files below it, and - or nothing\n"
               "for stdin. One FILE makes one document. Several need --lines, which puts the lines of all files in one stream, or\n"
               "-o with a folder, where each gets a file of its own, NAME.json (or NAME.jsonl). remedi x12 makes the same X12 again.\n",
    .options = 1ull << CLI_CHARSET | 1ull << CLI_CODES | 1ull << CLI_FORMAT | 1ull << CLI_LINES | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_NAMES | 1ull << CLI_OUTPUT |
               1ull << CLI_SCHEMA,
    .run = run,
};
