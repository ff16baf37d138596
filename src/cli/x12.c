/* remedi x12: JSON or tables to X12. */
#include "cli/batch.h"
#include "cli/clock.h"
#include "cli/events.h"
#include "cli/profile.h"
#include "cli/strict.h"
#include <remedi/writer.h>
#include <stdio.h>

/* The character set is known only once the first event is. */
static x12_status open_writer(x12_writer **writer, const cli_events *events, cli_output *output, const cli_batch *batch, cli_report *report)
{
    const x12_writer_options options = {.findings = cli_findings(report), .charset = cli_events_charset(events),
                                        .byte_order_mark = cli_events_have_bom(events), .date = batch->date};
    return x12_writer_open(writer, cli_writing(output), &options);
}

static x12_status copy_events(cli_events *events, cli_output *output, const cli_batch *batch, cli_report *report)
{
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = cli_next_event(events, &event);
    if (status == X12_OK)
        status = open_writer(&writer, events, output, batch, report);
    while (status == X12_OK) {
        status = x12_writer_write(writer, &event);
        if (status == X12_OK)
            status = cli_next_event(events, &event);
    }
    if (status == X12_END && writer != NULL)
        status = x12_writer_finish(writer);
    x12_writer_free(writer);
    return status == X12_ERROR_REFUSED ? X12_ERROR_FORMAT : status; /* X12 cannot carry it: no better than what is no JSON */
}

/* The same, but not where there is anything to tell of. */
static x12_status copy_strictly(cli_events *events, cli_output *output, const cli_batch *batch, cli_report *report)
{
    int64_t begin = cli_written(output);
    x12_status status = copy_events(events, output, batch, report);
    if ((status == X12_OK || status == X12_END) && report->count == 0)
        status = cli_check_written(output, begin, report);
    return status == X12_OK && report->count != 0 ? X12_ERROR_REFUSED : status;
}

static x12_status open_events(cli_events *events, const cli_batch *batch, const cli_file *file, cli_input *input, cli_report *report)
{
    if (batch->context != NULL)
        return cli_open_profiled(events, batch->context, input, report);
    if (file->tables)
        return cli_open_tables(events, input, NULL, report);
    return cli_open_json(events, input, batch->arguments->values[CLI_STRICT] == NULL, report); /* what --strict tells is more than these */
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    if (file->walked && batch->context == NULL && !cli_begins_json(input)) {
        report->foreign = true;
        return X12_ERROR_FORMAT;
    }
    cli_events events;
    x12_status status = open_events(&events, batch, file, input, report);
    if (status == X12_OK)
        status = (batch->arguments->values[CLI_STRICT] ? copy_strictly : copy_events)(&events, output, batch, report);
    cli_close_events(&events);
    return status;
}

/* What is wrong in tables may show only at their end: nothing is written then. */
static bool has_tables(const cli_arguments *arguments)
{
    for (size_t i = 0; i < arguments->operand_count; i++)
        if (cli_is_tables(arguments->operands[i]))
            return true;
    return false;
}

static int run_batch(const cli_arguments *arguments, cli_profile *profile)
{
    bool held = arguments->values[CLI_STRICT] != NULL || profile != NULL || has_tables(arguments);
    cli_batch batch = {.arguments = arguments, .translate = translate, .held = held, .suffix = ".x12", .strips = true, .context = profile};
    if (!cli_choose_date(arguments->values[CLI_DATE], &batch.date))
        return CLI_USAGE;
    return cli_run_batch(&batch);
}

static int run(const cli_arguments *arguments)
{
    cli_profile profile;
    if (arguments->values[CLI_PROFILE_TEMPLATE] != NULL)
        return cli_print_template(arguments->values[CLI_PROFILE_TEMPLATE]);
    if (arguments->values[CLI_PROFILE] == NULL)
        return run_batch(arguments, NULL);
    int code = cli_read_profile(&profile, arguments);
    if (code == CLI_FINE)
        code = run_batch(arguments, &profile);
    return cli_close_profile(&profile) || code != CLI_FINE ? code : CLI_UNWRITABLE;
}

const cli_command cli_x12 = {
    .name = "x12",
    .summary = "Makes X12 from JSON, from CSV tables or from rows",
    .usage = "[OPTION...] [FILE...]\n       remedi x12 --profile FILE [--keep-going REJECTS] [ROWS...]\n       remedi x12 --profile-template 837P",
    .details = "FILE is JSON as remedi json writes it, a document or lines, or made by hand: what can be worked out of the envelope\n"
               "may be left out. A folder that remedi csv --tables made is read as one; any other stands for all JSON below it, and -\n"
               "or nothing for stdin. The interchanges of several files follow each other; with -o and a folder each gets a file of\n"
               "its own, NAME without .json, or NAME.x12.\n"
               "With a profile, ROWS are CSV with a row for each service line or inquiry: doc/rows.md tells the columns.\n",
    .options = 1ull << CLI_DATE | 1ull << CLI_FORMAT | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_OUTPUT | 1ull << CLI_PROFILE | 1ull << CLI_PROFILE_TEMPLATE | 1ull << CLI_KEEP_GOING | 1ull << CLI_STRICT,
    .run = run,
};
