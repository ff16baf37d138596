/* remedi csv: the rows of X12 that people post and total from, or all of it in tables. */
#include "cli/batch.h"
#include "cli/events.h"
#include "cli/tables.h"
#include <remedi/view.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DECLARATION_LIMIT = 1 << 20 };

/* One table for all inputs that share an output. */
typedef struct csv_batch {
    cli_batch batch;
    x12_view *view;           /* NULL: the first transaction decides */
    bool asked;               /* it was asked for */
    x12_view_writer *writer;  /* NULL: nothing was written yet */
    int code;                 /* of what is no matter of one input */
} csv_batch;

/* ---- The view ---- */

static int refuse_view(const char *name, const x12_view_error *error)
{
    if (error->line != 0)
        fprintf(stderr, "%s:%u:%u: error: %s\n", name, error->line, error->column, error->text);
    else
        fprintf(stderr, "remedi csv: %s\n", error->text);
    return CLI_USAGE;
}

/* The whole file; NULL where it cannot be read, or is larger than any declaration. */
static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = file ? malloc(DECLARATION_LIMIT) : NULL;
    *length = text ? fread(text, 1, DECLARATION_LIMIT, file) : 0;
    bool whole = text && !ferror(file) && *length < DECLARATION_LIMIT;
    if (file != NULL)
        fclose(file);
    if (whole)
        return text;
    free(text);
    return NULL;
}

/* The view that is built in under this name, or that the file of this name declares. */
static int open_view(x12_view **view, const char *name)
{
    x12_view_error error;
    size_t length = 0;
    if (x12_view_open(view, name, NULL, &error) == X12_OK)
        return CLI_FINE;
    char *text = read_file(name, &length);
    if (text == NULL) {
        fprintf(stderr, "remedi csv: --view names neither a view (%s) nor a file that can be read\n", error.text);
        return CLI_USAGE;
    }
    x12_status status = x12_view_declare(view, text, length, NULL, &error);
    free(text);
    return status == X12_OK ? CLI_FINE : refuse_view(name, &error);
}

static int choose_columns(x12_view *view, const char *columns)
{
    x12_view_error error;
    return columns == NULL || x12_view_choose(view, columns, &error) == X12_OK ? CLI_FINE : refuse_view("--columns", &error);
}

static int open_chosen(csv_batch *csv, const char *name)
{
    int code = open_view(&csv->view, name);
    return code == CLI_FINE ? choose_columns(csv->view, csv->batch.arguments->values[CLI_COLUMNS]) : code;
}

/* ---- Rows ---- */

static x12_status open_writer(csv_batch *csv, const cli_file *file, cli_output *output, cli_report *report)
{
    const x12_view_writer_options options = {.findings = cli_findings(report), .excel = csv->batch.arguments->values[CLI_EXCEL] != NULL};
    x12_status status = X12_OK;
    if (csv->writer == NULL)
        status = x12_view_writer_open(&csv->writer, csv->view, cli_writing(output), &options);
    if (status == X12_OK)
        x12_view_writer_begin(csv->writer, strcmp(file->path, "-") == 0 ? NULL : file->path);
    return status;
}

/* The view that is built in for the first transaction that has one. */
static int settle_view(csv_batch *csv, const x12_event *event)
{
    const char *name = event->loop ? x12_view_for(event->loop->type) : NULL;
    return name ? open_chosen(csv, name) : CLI_FINE;
}

static x12_status write_events(csv_batch *csv, cli_events *events, const cli_file *file, cli_output *output, cli_report *report)
{
    x12_event event;
    x12_status status = csv->view ? open_writer(csv, file, output, report) : X12_OK;
    while (status == X12_OK && (status = cli_next_event(events, &event)) == X12_OK) {
        if (csv->view == NULL) {
            csv->code = settle_view(csv, &event);
            if (csv->code != CLI_FINE)
                return X12_ERROR_USAGE;
            if (csv->view != NULL)
                status = open_writer(csv, file, output, report);
        }
        if (status == X12_OK && csv->writer != NULL)
            status = x12_view_writer_write(csv->writer, &event);
    }
    if (status == X12_END)
        status = csv->writer ? x12_view_writer_finish(csv->writer) : X12_OK;
    return status;
}

/* Each output is a table of its own. */
static void begin_table(const cli_batch *batch, cli_output *output, cli_report *report, bool begins)
{
    csv_batch *csv = batch->context;
    (void)output;
    (void)report;
    if (!begins)
        return;
    x12_view_writer_free(csv->writer);
    csv->writer = NULL;
    if (!csv->asked) {
        x12_view_free(csv->view);
        csv->view = NULL;
    }
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    csv_batch *csv = batch->context;
    cli_events events;
    x12_status status = cli_open_events(&events, input, batch->arguments->values[CLI_CHARSET], report);
    if (status == X12_OK)
        status = write_events(csv, &events, file, output, report);
    cli_close_events(&events);
    return status;
}

/* ---- The command ---- */

static void print_columns(const char *name, const x12_view *view)
{
    const char *column, *description;
    printf("%s: %s\n", name, x12_view_title(view));
    for (size_t i = 0; (column = x12_view_column(view, i, &description)) != NULL; i++)
        printf("  %-27s %s\n", column, description);
}

static int list_view(const char *name)
{
    x12_view *view = NULL;
    int code = open_view(&view, name);
    if (code == CLI_FINE)
        print_columns(name, view);
    x12_view_free(view);
    return code;
}

static int list_columns(const cli_arguments *arguments)
{
    const char *view = arguments->values[CLI_VIEW], *name;
    int code = CLI_FINE;
    if (view != NULL)
        return list_view(view);
    for (size_t i = 0; arguments->operand_count == 0 && (name = x12_view_name(i)) != NULL && code == CLI_FINE; i++)
        code = list_view(name);
    for (size_t i = 0; i < arguments->operand_count && code == CLI_FINE; i++)
        code = list_view(arguments->operands[i]);
    return code;
}

static int run(const cli_arguments *arguments)
{
    if (arguments->values[CLI_LIST_COLUMNS] != NULL)
        return list_columns(arguments);
    if (arguments->values[CLI_TABLES] != NULL)
        return cli_write_tables(arguments);
    csv_batch csv = {.batch = {.arguments = arguments, .translate = translate, .frame = begin_table, .suffix = ".csv", .context = &csv}};
    const char *view = arguments->values[CLI_VIEW];
    csv.asked = view != NULL;
    int code = view ? open_chosen(&csv, view) : CLI_FINE;
    if (code == CLI_FINE)
        code = cli_run_batch(&csv.batch);
    x12_view_writer_free(csv.writer);
    x12_view_free(csv.view);
    return csv.code ? csv.code : code;
}

const cli_command cli_csv = {
    .name = "csv",
    .summary = "Makes a table of X12: rows to post and total from",
    .usage = "[OPTION...] [FILE...]\n       remedi csv --list-columns [835]\n       remedi csv --tables DIR [--excel] [FILE...]",
    .details = "FILE is X12 or the JSON of remedi json, told by its content; a folder stands for all X12 files below it, and - or nothing\n"
               "for stdin. All files make one table, with the view of the first transaction: a remittance gives a row for each service\n"
               "line. With -o and a folder each file gets a table of its own, NAME.csv. --tables makes a new folder of all of them: a\n"
               "table for each kind of loop, with a column for each element, of which remedi x12 DIR makes the same X12 again.\n",
    .options = 1ull << CLI_CHARSET | 1ull << CLI_COLUMNS | 1ull << CLI_EXCEL | 1ull << CLI_FORMAT | 1ull << CLI_LIST_COLUMNS | 1ull << CLI_MAX_FINDINGS |
               1ull << CLI_OUTPUT | 1ull << CLI_TABLES | 1ull << CLI_VIEW,
    .run = run,
};
