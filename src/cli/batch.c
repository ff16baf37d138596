#include "cli/batch.h"
#include "wire/charset.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat status;
    return path != NULL && ((*path != '\0' && path[strlen(path) - 1] == '/') || (stat(path, &status) == 0 && S_ISDIR(status.st_mode)));
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

/* Translates one file to the output that is open. `*keep` is cleared when what was written is not all of it. */
static int translate_file(const cli_batch *batch, const cli_file *file, cli_output *output, cli_report *report, bool *keep)
{
    cli_input input;
    *keep = false;
    if (!cli_open_input(&input, file, report))
        return CLI_UNREADABLE;
    x12_status status = batch->translate(batch, file, &input, output, report);
    *keep = status == X12_OK;
    cli_close_input(&input);
    return cli_report_end(report, status);
}

static void frame(const cli_batch *batch, cli_output *output, cli_report *report, bool begins)
{
    if (batch->frame != NULL)
        batch->frame(batch, output, report, begins);
}

/* All files to one output, up to the first that fails. */
static int join_files(const cli_batch *batch, const cli_files *files, cli_output *output, cli_report *report)
{
    int code = CLI_FINE;
    bool keep = true;
    if (!cli_open_output(output, batch->arguments->values[CLI_OUTPUT], batch->held, report))
        return CLI_UNWRITABLE;
    frame(batch, output, report, true);
    for (size_t i = 0; i < files->count && keep; i++) {
        code = worse(code, translate_file(batch, &files->items[i], output, report, &keep));
        keep = keep || batch->goes_on || (report->foreign && report->walked);
    }
    frame(batch, output, report, false);
    return cli_close_output(output, keep, report) ? code : CLI_UNWRITABLE;
}

/* --- one output for each input, in a folder --- */

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);
    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

static const char *base_name(const cli_file *file)
{
    return strcmp(file->path, "-") == 0 ? "stdin" : file->name;
}

/* Where the translation of `file` goes; the caller frees it. */
static char *target_of(const cli_batch *batch, const cli_file *file)
{
    const char *folder = batch->arguments->values[CLI_OUTPUT], *name = base_name(file), *suffix = batch->suffix;
    size_t length = strlen(name);
    const char *stripped = !batch->strips ? NULL : ends_with(name, ".json") ? ".json" : ends_with(name, ".jsonl") ? ".jsonl" : NULL;
    if (stripped != NULL) {
        length -= strlen(stripped);
        suffix = "";
    }
    char *target = malloc(strlen(folder) + length + strlen(suffix) + 2);
    if (target == NULL)
        return NULL;
    strcpy(target, folder);
    if (!ends_with(folder, "/"))
        strcat(target, "/");
    strncat(target, name, length);
    return strcat(target, suffix);
}

static int translate_apart(const cli_batch *batch, const cli_file *file, char *target, cli_output *output, cli_report *report)
{
    bool keep;
    if (!cli_make_folders(target)) {
        cli_report_failure(report, X12_FINDING_OUTPUT_FAILED, target, errno);
        return CLI_UNWRITABLE;
    }
    if (!cli_open_output(output, target, false, report))
        return CLI_UNWRITABLE;
    frame(batch, output, report, true);
    int code = translate_file(batch, file, output, report, &keep);
    frame(batch, output, report, false);
    keep = keep || batch->goes_on;
    return cli_close_output(output, keep, report) ? code : CLI_UNWRITABLE;
}

static int compare_targets(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_twins(char *const *targets, size_t count)
{
    char **sorted = malloc(count * sizeof *sorted + 1);
    bool twins = sorted == NULL;
    if (sorted != NULL && count != 0) {
        memcpy(sorted, targets, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_targets);
    }
    for (size_t i = 1; i < count && !twins; i++)
        twins = strcmp(sorted[i - 1], sorted[i]) == 0;
    free(sorted);
    return twins;
}

static int split_files(const cli_batch *batch, const cli_files *files, cli_output *output, cli_report *report)
{
    char **targets = calloc(files->count + 1, sizeof *targets);
    int code = targets ? CLI_FINE : CLI_UNWRITABLE;
    for (size_t i = 0; i < files->count && code == CLI_FINE; i++)
        if ((targets[i] = target_of(batch, &files->items[i])) == NULL)
            code = CLI_UNWRITABLE;
    if (code != CLI_FINE) {
        cli_report_failure(report, X12_FINDING_NO_MEMORY, batch->arguments->values[CLI_OUTPUT], 0);
    } else if (has_twins(targets, files->count)) {
        fputs("remedi: two inputs have the same name: their outputs need folders of their own\n", stderr);
        code = CLI_USAGE;
    }
    for (size_t i = 0; i < files->count && code != CLI_USAGE && code != CLI_UNWRITABLE; i++)
        code = worse(code, translate_apart(batch, &files->items[i], targets[i], output, report));
    for (size_t i = 0; i < files->count && targets != NULL; i++)
        free(targets[i]);
    free(targets);
    return code;
}

static int run_files(const cli_batch *batch, const cli_files *files, cli_output *output, cli_report *report)
{
    if (is_folder(batch->arguments->values[CLI_OUTPUT]))
        return split_files(batch, files, output, report);
    if (!batch->apart || (files->count == 1 && !files->folders))
        return join_files(batch, files, output, report);
    fputs("remedi: several inputs do not make one document: use --lines, or -o with a folder for their outputs\n", stderr);
    return CLI_USAGE;
}

static bool is_charset(const char *name)
{
    if (name == NULL || x12i_is_utf8_name(name) || x12i_single_byte_charset(name) != NULL)
        return true;
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    return converter != (iconv_t)-1;
}

int cli_run_batch(const cli_batch *batch)
{
    cli_report report;
    cli_files files;
    int code = CLI_UNREADABLE;
    if (!cli_report_open(&report, batch->arguments))
        return CLI_USAGE;
    if (!is_charset(batch->arguments->values[CLI_CHARSET])) {
        fputs("remedi: --charset names no known character set; iconv -l lists them\n", stderr);
        return CLI_USAGE;
    }
    cli_output *output = malloc(sizeof *output);
    bool found = cli_find_files(&files, batch->arguments, &report);
    if (output == NULL)
        cli_report_failure(&report, X12_FINDING_NO_MEMORY, "remedi", 0);
    else if (found)
        code = run_files(batch, &files, output, &report);
    cli_free_files(&files);
    free(output);
    return code;
}
