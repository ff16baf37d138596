/* remedi check: is this X12 right? */
#include "cli/advice.h"
#include "cli/check_show.h"
#include "cli/code_store.h"
#include <remedi/codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CODES = 10000 };

typedef struct checking {
    const cli_arguments *arguments;
    cli_report *report;
    uint8_t found[MOST_CODES / 8]; /* a bit for each code that was told of */
} checking;

static void handle(void *context, const x12_finding *finding)
{
    checking *at = context;
    x12_finding told = *finding;
    x12_finding_handler next = cli_findings(at->report);
    if (!cli_check_keeps(at->arguments, &told))
        return;
    if ((unsigned)told.code < MOST_CODES)
        at->found[told.code / 8] |= (uint8_t)(1u << told.code % 8);
    next.handle(next.context, &told);
}

static bool has_format(const cli_arguments *arguments, const char *name)
{
    return arguments->values[CLI_CHECK_FORMAT] != NULL && strcmp(arguments->values[CLI_CHECK_FORMAT], name) == 0;
}

static x12_status check_events(x12_check *check, cli_annotation *annotation)
{
    x12_event event;
    x12_status status;
    bool kept = true;
    while ((status = x12_check_next(check, &event)) == X12_OK && kept)
        kept = annotation == NULL || cli_annotation_flush(annotation, &event);
    if (annotation != NULL && kept)
        kept = cli_annotation_flush(annotation, NULL);
    return !kept ? X12_ERROR_MEMORY : status == X12_END ? X12_OK : status;
}

static void add_count(x12i_buffer *out, unsigned long count, const char *name, bool last)
{
    cli_add_format(out, "%lu %s%s%s", count, name, count == 1 ? "" : "s", last ? "" : ", ");
}

/* What to do about each code that was told of. */
static void add_advice(x12i_buffer *out, const checking *at)
{
    const x12_finding_type *type;
    for (size_t i = 0; (type = x12_finding_type_at(i)) != NULL; i++) {
        bool found = (at->found[type->code / 8] >> type->code % 8 & 1) != 0;
        const char *advice = found ? cli_advice_for(type->name) : NULL;
        if (advice != NULL)
            cli_add_format(out, "  %s: %s\n", type->name, advice);
    }
}

/* What was found in one file, for people. */
static void put_summary(const checking *at, cli_output *output)
{
    const cli_report *report = at->report;
    x12i_buffer text = {0};
    if (report->count == 0 || (report->foreign && report->walked))
        return;
    x12i_buffer_add_string(&text, report->file);
    x12i_buffer_add_string(&text, ": ");
    add_count(&text, report->severities[X12_ERROR], "error", false);
    add_count(&text, report->severities[X12_WARNING], "warning", false);
    add_count(&text, report->severities[X12_NOTE], "note", true);
    if (report->count > report->limit)
        cli_add_format(&text, ", of which %lu are not shown", report->count - report->limit);
    x12i_buffer_add_byte(&text, '\n');
    add_advice(&text, at);
    cli_write(output, text.data, text.length);
    x12i_buffer_free(&text);
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    (void)file;
    const cli_arguments *arguments = batch->arguments;
    const char *level = arguments->values[CLI_LEVEL];
    checking at = {.arguments = arguments, .report = report};
    cli_annotation *annotation = NULL;
    const cli_check_context *context = batch->context;
    x12_check_options options = {.reader = {.findings = {&at, handle}, .charset = arguments->values[CLI_CHARSET]}, .level = level ? (unsigned)(*level - '0') : 0,
                                 .codes = context->codes, .sent = context->sent, .differences = arguments->values[CLI_DIFFERENCES] != NULL};
    x12_check *check = NULL;
    x12_watcher watcher = {0};
    if (has_format(arguments, "edi")) {
        if ((annotation = cli_annotation_new(output, report)) == NULL)
            return X12_ERROR_MEMORY;
        watcher = cli_annotation_watcher(annotation);
        options.watcher = &watcher;
    }
    x12_status status = x12_check_open(&check, cli_reading(input), &options);
    if (status == X12_OK)
        status = check_events(check, annotation);
    x12_check_free(check);
    cli_annotation_free(annotation);
    if (annotation != NULL || has_format(arguments, "text") || arguments->values[CLI_CHECK_FORMAT] == NULL)
        put_summary(&at, output);
    return output->reason != 0 ? X12_ERROR_OUTPUT : status;
}

static void show_text(cli_report *report, const x12_finding *finding)
{
    x12i_buffer text = {0};
    cli_add_finding_text(&text, report, finding);
    cli_write(report->output, text.data, text.length);
    x12i_buffer_free(&text);
}

/* Findings are what was asked for: they go where the output goes. */
static void frame(const cli_batch *batch, cli_output *output, cli_report *report, bool begins)
{
    const cli_arguments *arguments = batch->arguments;
    report->output = begins ? output : NULL;
    report->show = NULL;
    report->fail_on = arguments->values[CLI_FAIL_ON] != NULL && strcmp(arguments->values[CLI_FAIL_ON], "warning") == 0 ? X12_WARNING : X12_ERROR;
    report->json = has_format(arguments, "json");
    if (has_format(arguments, "sarif"))
        cli_sarif_frame(batch, output, report, begins);
    else if (begins && !report->json)
        report->show = show_text;
    if (!begins)
        report->show = NULL;
}

/* False, and said on stderr, where `option` is given but is none of the words. */
static bool is_one_of(const cli_arguments *arguments, cli_option option, const char *name, const char *const *words, size_t count)
{
    const char *value = arguments->values[option];
    for (size_t i = 0; i < count && value != NULL; i++)
        if (strcmp(value, words[i]) == 0)
            return true;
    if (value == NULL)
        return true;
    fprintf(stderr, "remedi check: --%s is", name);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s %s", i == 0 ? "" : i + 1 == count ? " or" : ",", words[i]);
    fputs("\n", stderr);
    return false;
}

static int list_rules(const cli_arguments *arguments, cli_output *output)
{
    cli_report report;
    if (!cli_report_open(&report, arguments) || !cli_open_output(output, arguments->values[CLI_OUTPUT], false, &report))
        return CLI_UNWRITABLE;
    cli_check_list_rules(output);
    return cli_close_output(output, true, &report) ? CLI_FINE : CLI_UNWRITABLE;
}

static int run_rules(const cli_arguments *arguments)
{
    cli_output *output = malloc(sizeof *output);
    int code = output ? list_rules(arguments, output) : CLI_UNWRITABLE;
    free(output);
    return code;
}

static int run_files(const cli_arguments *arguments)
{
    cli_report report;
    x12_codes *codes = NULL;
    x12_sent *sent = NULL;
    int code = CLI_UNREADABLE;
    if (!cli_report_open(&report, arguments))
        return CLI_USAGE;
    if (cli_read_sent(&sent, arguments, &report) && cli_open_codes(&codes, arguments, &report)) {
        cli_check_context context = {.codes = codes, .sent = sent};
        const cli_batch batch = {.arguments = arguments, .translate = translate, .frame = frame, .goes_on = true, .context = &context, .suffix = ".txt"};
        code = cli_run_batch(&batch);
    }
    x12_codes_free(codes);
    x12_sent_free(sent);
    return code;
}

static int run(const cli_arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "sarif", "edi"}, *const severities[] = {"error", "warning"}, *const levels[] = {"1", "2", "3", "4", "5", "6", "7"};
    if (!is_one_of(arguments, CLI_CHECK_FORMAT, "format", formats, 4) || !is_one_of(arguments, CLI_FAIL_ON, "fail-on", severities, 2) ||
        !is_one_of(arguments, CLI_LEVEL, "level", levels, 7) || !cli_check_filter_is_right(arguments))
        return CLI_USAGE;
    if (arguments->operand_count == 0 && arguments->values[CLI_OF] != NULL && strcmp(arguments->values[CLI_OF], "-") == 0) {
        fputs("remedi check: stdin is one file: with --of - name the FILE that answers it\n", stderr);
        return CLI_USAGE;
    }
    return arguments->values[CLI_RULES] != NULL ? run_rules(arguments) : run_files(arguments);
}

const cli_command cli_check = {
    .name = "check",
    .summary = "Checks whether X12 is right",
    .usage = "[OPTION...] [FILE...]\n       remedi check --rules",
    .details = "Checks syntax, envelope and guide (SNIP levels 1 and 2), balances (3), rules across segments (4) and code sets (5).\n"
               "Findings go to stdout. FILE may be a folder, and - or nothing is stdin. No finding holds a value of the file; but --format\n"
               "edi shows the file itself. CODE is a finding's code, as E4010; --rules lists them. With --of SENT, whether FILE, a TA1, 999,\n"
               "271 or 277, repeats what it answers.\n",
    .options = 1ull << CLI_AS | 1ull << CLI_CHARSET | 1ull << CLI_CHECK_FORMAT | 1ull << CLI_CODES | 1ull << CLI_DIFFERENCES | 1ull << CLI_FAIL_ON | 1ull << CLI_LEVEL | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_OF | 1ull << CLI_OFF | 1ull << CLI_ONLY |
               1ull << CLI_OUTPUT | 1ull << CLI_RULES,
    .run = run,
};
