#include "cli/report.h"
#include "diagnostic/diagnostic.h"
#include "cli/finding_text.h"
#include "cli/output.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put(const cli_report *report, x12i_buffer *text)
{
    if (report->output != NULL)
        cli_write(report->output, text->data, text->length);
    else if (text->length != 0)
        fwrite(text->data, 1, text->length, stderr);
    x12i_buffer_free(text);
}

static void show(cli_report *report, const x12_finding *finding)
{
    x12i_buffer text = {0};
    if (report->show != NULL) {
        report->show(report, finding);
        return;
    }
    (report->json ? cli_add_finding_json : cli_add_finding_text)(&text, report, finding);
    put(report, &text);
}

static void handle(void *context, const x12_finding *finding)
{
    cli_report *report = context;
    if (finding->code == X12_FINDING_NOT_X12) {
        report->foreign = true;
        if (report->walked)
            return;
    }
    report->failed = report->failed || finding->code == X12_FINDING_INPUT_FAILED;
    report->severities[finding->severity]++;
    report->errors += finding->severity >= report->fail_on;
    if (report->count++ < report->limit || report->failed)
        show(report, finding);
}

x12_finding_handler cli_findings(cli_report *report)
{
    return (x12_finding_handler){report, handle};
}

static void handle_ending(void *context, const x12_finding *finding)
{
    if (x12i_ends_reading(finding))
        handle(context, finding);
}

x12_finding_handler cli_ending_findings(cli_report *report)
{
    return (x12_finding_handler){report, handle_ending};
}

static bool parse_limit(cli_report *report, const char *value)
{
    char *end;
    errno = 0;
    report->limit = strtoul(value, &end, 10);
    return value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
}

bool cli_report_open(cli_report *report, const cli_arguments *arguments)
{
    const char *format = arguments->values[CLI_FORMAT], *limit = arguments->values[CLI_MAX_FINDINGS];
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    *report = (cli_report){.limit = 100, .fail_on = X12_ERROR};
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0) {
        fputs("remedi: --format is text or json\n", stderr);
        return false;
    }
    if (limit != NULL && !parse_limit(report, limit)) {
        fputs("remedi: --max-findings needs a number\n", stderr);
        return false;
    }
    report->json = format != NULL && strcmp(format, "json") == 0;
    report->color = isatty(STDERR_FILENO) && (no_color == NULL || *no_color == '\0') && (terminal == NULL || strcmp(terminal, "dumb") != 0);
    return true;
}

void cli_report_begin(cli_report *report, const char *file, bool walked)
{
    report->file = file;
    report->walked = walked;
    report->count = 0;
    memset(report->severities, 0, sizeof report->severities);
    report->failed = report->foreign = false;
    report->reason = 0;
}

void cli_report_failure(cli_report *report, x12_finding_code code, const char *file, int reason)
{
    const x12_finding finding = {.code = code, .severity = X12_ERROR, .text = x12_finding_text(code)};
    report->file = file;
    report->reason = reason;
    report->errors++;
    show(report, &finding);
}

static void say_hidden(const cli_report *report)
{
    x12i_buffer text = {0};
    (report->json ? cli_add_hidden_json : cli_add_hidden_text)(&text, report);
    put(report, &text);
}

int cli_report_end(cli_report *report, x12_status status)
{
    const char *file = report->file;
    if (report->count > report->limit && !report->failed && report->show == NULL)
        say_hidden(report);
    if (report->foreign && report->walked)
        return CLI_FINE;
    if (status == X12_ERROR_INPUT && !report->failed)
        cli_report_failure(report, X12_FINDING_INPUT_FAILED, file, report->reason);
    if (status == X12_ERROR_MEMORY)
        cli_report_failure(report, X12_FINDING_NO_MEMORY, file, 0);
    switch (status) {
    case X12_OK:
    case X12_END:
        return report->errors ? CLI_NO : CLI_FINE;
    case X12_ERROR_REFUSED:
        return CLI_NO;
    case X12_ERROR_OUTPUT:
        return CLI_UNWRITABLE;
    default:
        return CLI_UNREADABLE;
    }
}
