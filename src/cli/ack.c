/* remedi ack: X12 to the answers that its sender gets. */
#include "cli/batch.h"
#include "cli/clock.h"
#include "cli/code_store.h"
#include <errno.h>
#include <remedi/ack.h>
#include <remedi/check.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct ack_context {
    x12_ack_options options; /* its control number moves on from file to file */
    x12_codes *codes;
} ack_context;

static x12_status take_events(x12_ack *ack, x12_check *check)
{
    x12_event event;
    x12_status status;
    while ((status = x12_check_next(check, &event)) == X12_OK)
        if ((status = x12_ack_event(ack, &event)) != X12_OK)
            return status;
    return status == X12_END ? x12_ack_finish(ack) : status;
}

static x12_status check_file(x12_ack *ack, cli_input *input, const cli_batch *batch)
{
    const ack_context *context = batch->context;
    const x12_watcher watcher = {ack, x12_ack_placed};
    const x12_check_options options = {.reader = {.findings = x12_ack_findings(ack), .charset = batch->arguments->values[CLI_CHARSET]},
                                       .level = context->options.level, .codes = context->codes, .watcher = &watcher};
    x12_check *check = NULL;
    x12_status status = x12_check_open(&check, cli_reading(input), &options);
    if (status == X12_OK)
        status = take_events(ack, check);
    x12_check_free(check);
    return status;
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    (void)file;
    x12_ack_options *options = &((ack_context *)batch->context)->options;
    unsigned long before = report->errors; /* only what is refused decides the exit status */
    x12_ack *ack = NULL;
    options->findings = cli_findings(report);
    x12_status status = x12_ack_open(&ack, cli_writing(output), options);
    if (status == X12_OK) {
        status = check_file(ack, input, batch);
        x12_ack_result result = x12_ack_results(ack);
        options->control_number = result.control_number;
        report->errors = before + (result.rejected_interchanges + result.rejected_transactions + result.rejected_claims != 0);
    }
    x12_ack_free(ack);
    return status;
}

/* The number that an option gives, `fallback` where it was not given; 0, and said on stderr, where it is none from 1 to `largest`. */
static unsigned long number_option(const cli_arguments *arguments, cli_option option, const char *name, unsigned long fallback, unsigned long largest)
{
    const char *value = arguments->values[option];
    char *end;
    if (value == NULL)
        return fallback;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (*value >= '0' && *value <= '9' && *end == '\0' && errno == 0 && number >= 1 && number <= largest)
        return number;
    fprintf(stderr, "remedi ack: --%s needs a number from 1 to %lu\n", name, largest);
    return 0;
}

static bool read_options(x12_ack_options *options, const cli_arguments *arguments)
{
    bool none = arguments->values[CLI_999] == NULL && arguments->values[CLI_277CA] == NULL && arguments->values[CLI_TA1] == NULL;
    options->kinds |= arguments->values[CLI_999] || none ? X12_ACK_999 : 0;
    options->kinds |= arguments->values[CLI_277CA] ? X12_ACK_277CA : 0;
    options->kinds |= arguments->values[CLI_TA1] ? X12_ACK_TA1 : 0;
    options->bad_values = arguments->values[CLI_BAD_VALUES] != NULL;
    options->level = (unsigned)number_option(arguments, CLI_LEVEL, "level", 7, 7);
    options->error_limit = (unsigned)number_option(arguments, CLI_MAX_ERRORS, "max-errors", 100, 1000000);
    options->control_number = (uint32_t)number_option(arguments, CLI_CONTROL_NUMBER, "control-number", 1, 999999999);
    return options->level != 0 && options->error_limit != 0 && options->control_number != 0 && cli_choose_date(arguments->values[CLI_DATE], &options->date);
}

static int run(const cli_arguments *arguments)
{
    ack_context context = {0};
    const cli_batch batch = {.arguments = arguments, .translate = translate, .suffix = ".ack", .context = &context};
    cli_report report;
    int code = CLI_UNREADABLE;
    if (!read_options(&context.options, arguments) || !cli_report_open(&report, arguments))
        return CLI_USAGE;
    if (cli_open_codes(&context.codes, arguments, &report))
        code = cli_run_batch(&batch);
    x12_codes_free(context.codes);
    return code;
}

const cli_command cli_ack = {
    .name = "ack",
    .summary = "Makes the answers to the sender: TA1, 999, 277CA",
    .usage = "[OPTION...] [FILE...]",
    .details = "Without --ta1, --999 and --277ca: a 999 for each functional group. A TA1 is made, too, for an interchange that asks for it\n"
               "(ISA14) or is refused. The answers to an interchange follow each other, with its sender and receiver swapped and in its\n"
               "own delimiters; acknowledgments themselves are never answered. Findings that no answer tells of go to stderr. Errors\n"
               "refuse, warnings are only told of. Exit status 1: something was refused.\n",
    .options = 1ull << CLI_277CA | 1ull << CLI_999 | 1ull << CLI_BAD_VALUES | 1ull << CLI_CHARSET | 1ull << CLI_CODES | 1ull << CLI_CONTROL_NUMBER | 1ull << CLI_DATE | 1ull << CLI_FORMAT |
               1ull << CLI_LEVEL | 1ull << CLI_MAX_ERRORS | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_OUTPUT | 1ull << CLI_TA1,
    .run = run,
};
