#include "cli/report.h"
#include "cli/text.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *severity_name(x12_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

static void print_address(const x12_position *position)
{
    fprintf(stderr, " (byte %" PRIu64, position->offset);
    if (position->row != 0)
        fprintf(stderr, ", row %" PRIu32, position->row);
    if (position->segment_number != 0)
        fprintf(stderr, ", segment %" PRIu32, position->segment_number);
    if (position->loop != NULL)
        fprintf(stderr, ", loop %s", position->loop);
    if (position->segment != NULL)
        fprintf(stderr, ", %s", position->segment);
    if (position->element != 0)
        fprintf(stderr, position->segment ? "%02u" : ", element %u", position->element);
    if (position->component != 0)
        fprintf(stderr, "-%u", position->component);
    if (position->repetition > 1)
        fprintf(stderr, ", repetition %u", position->repetition);
    if (position->path != NULL && *position->path != '\0')
        fprintf(stderr, ", %s", position->path);
    if (position->nearest != NULL)
        fprintf(stderr, ", did you mean %s?", position->nearest);
    fputc(')', stderr);
}

/* What the findings of the command itself do not have. */
static bool has_address(const x12_position *position)
{
    return position->line != 0 || position->offset != 0 || position->loop != NULL;
}

/* A table is a file of its own in the folder that is read. */
static void print_file(const cli_report *report, const x12_position *position)
{
    cli_print_escaped(stderr, report->file);
    if (position->table != NULL)
        fprintf(stderr, "/%s.csv", position->table);
}

static void print_text(const cli_report *report, const x12_finding *finding)
{
    static const char *const colors[] = {"\033[36m", "\033[35m", "\033[31m"};
    print_file(report, &finding->position);
    if (finding->position.line != 0)
        fprintf(stderr, ":%" PRIu32 ":%" PRIu32, finding->position.line, finding->position.column);
    fprintf(stderr, ": %s%s[%s]%s: %s", report->color ? colors[finding->severity] : "", severity_name(finding->severity), x12_finding_name(finding->code), report->color ? "\033[0m" : "",
            finding->text);
    if (report->reason != 0)
        fprintf(stderr, ": %s", strerror(report->reason));
    if (has_address(&finding->position))
        print_address(&finding->position);
    fputc('\n', stderr);
}

static void print_member(const char *name, const char *value)
{
    if (value == NULL)
        return;
    fprintf(stderr, ",\"%s\":\"", name);
    cli_print_escaped(stderr, value);
    fputc('"', stderr);
}

static void print_number(const char *name, uint64_t value)
{
    if (value != 0)
        fprintf(stderr, ",\"%s\":%" PRIu64, name, value);
}

static void print_json(const cli_report *report, const x12_finding *finding)
{
    const x12_position *position = &finding->position;
    fprintf(stderr, "{\"code\":\"%s\",\"severity\":\"%s\"", x12_finding_name(finding->code), severity_name(finding->severity));
    print_number("level", finding->level);
    print_member("message", finding->text);
    print_member("reason", report->reason ? strerror(report->reason) : NULL);
    fputs(",\"file\":\"", stderr);
    print_file(report, position);
    fputc('"', stderr);
    print_number("line", position->line);
    print_number("column", position->column);
    if (has_address(position))
        fprintf(stderr, ",\"offset\":%" PRIu64, position->offset);
    print_number("segmentNumber", position->segment_number);
    print_member("loop", position->loop);
    print_member("segment", position->segment);
    print_number("element", position->element);
    print_number("component", position->component);
    print_number("repetition", position->repetition);
    print_number("row", position->row);
    print_member("path", position->path);
    print_member("nearest", position->nearest);
    fputs("}\n", stderr);
}

static void print(const cli_report *report, const x12_finding *finding)
{
    if (report->json)
        print_json(report, finding);
    else
        print_text(report, finding);
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
    report->errors += finding->severity == X12_ERROR;
    if (report->count++ < report->limit || report->failed)
        print(report, finding);
}

x12_finding_handler cli_findings(cli_report *report)
{
    return (x12_finding_handler){report, handle};
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
    *report = (cli_report){.limit = 100};
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
    report->failed = report->foreign = false;
    report->reason = 0;
}

void cli_report_failure(cli_report *report, x12_finding_code code, const char *file, int reason)
{
    const x12_finding finding = {.code = code, .severity = X12_ERROR, .text = x12_finding_text(code)};
    report->file = file;
    report->reason = reason;
    report->errors++;
    print(report, &finding);
}

static void print_hidden(const cli_report *report)
{
    unsigned long hidden = report->count - report->limit;
    if (report->json) {
        fprintf(stderr, "{\"notShown\":%lu", hidden);
        print_member("file", report->file);
        fputs("}\n", stderr);
    } else {
        cli_print_escaped(stderr, report->file);
        fprintf(stderr, ": and %lu more\n", hidden);
    }
}

int cli_report_end(cli_report *report, x12_status status)
{
    const char *file = report->file;
    if (report->count > report->limit && !report->failed)
        print_hidden(report);
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
