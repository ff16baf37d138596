#include "cli/events.h"
#include "cli/tables.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A table that is written: opened anew for each piece, for there may be more of them than files that may be open. */
typedef struct table_file {
    struct table_file *next;
    struct new_folder *folder;
    char path[];
} table_file;

/* The folder under its temporary name, until all is written. */
typedef struct new_folder {
    const char *shown;  /* as it was asked for */
    char *path;
    char *temporary;
    table_file *files;  /* the last one first */
    table_file *folders;
    int reason;         /* errno of what failed */
} new_folder;

static bool fail(new_folder *folder)
{
    if (folder->reason == 0)
        folder->reason = errno;
    return false;
}

static bool write_piece(void *context, const void *data, size_t size)
{
    table_file *file = context;
    int descriptor = open(file->path, O_WRONLY | O_APPEND | O_CLOEXEC);
    const char *left = data;
    if (descriptor < 0)
        return fail(file->folder);
    while (size != 0) {
        ssize_t count = write(descriptor, left, size);
        if (count < 0 && errno != EINTR)
            break;
        left += count > 0 ? count : 0;
        size -= count > 0 ? (size_t)count : 0;
    }
    bool done = size == 0 || fail(file->folder);
    return close(descriptor) == 0 ? done : fail(file->folder);
}

static table_file *remember(new_folder *folder, table_file **list, const char *name, size_t length, const char *suffix)
{
    size_t before = strlen(folder->temporary);
    table_file *file = malloc(sizeof *file + before + 1 + length + strlen(suffix) + 1);
    if (file == NULL) {
        fail(folder);
        return NULL;
    }
    *file = (table_file){.next = *list, .folder = folder};
    sprintf(file->path, "%s/%.*s%s", folder->temporary, (int)length, name, suffix);
    return *list = file;
}

/* The folder of a guide's tables. */
static bool make_guide_folder(new_folder *folder, const char *name, const char *slash)
{
    table_file *made = remember(folder, &folder->folders, name, (size_t)(slash - name), "");
    return made != NULL && (mkdir(made->path, 0700) == 0 || errno == EEXIST || fail(folder));
}

/* It is readable by nobody else: it holds patients' data. */
static bool open_table(void *context, const char *name, x12_output *output)
{
    new_folder *folder = context;
    const char *slash = strchr(name, '/');
    if (slash != NULL && !make_guide_folder(folder, name, slash))
        return false;
    table_file *file = remember(folder, &folder->files, name, strlen(name), ".csv");
    int descriptor = file ? open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (descriptor < 0)
        return fail(folder);
    *output = (x12_output){file, write_piece};
    return close(descriptor) == 0 || fail(folder);
}

/* --- the folder --- */

static bool open_new_folder(new_folder *folder, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    *folder = (new_folder){.shown = path, .path = malloc(length + 1), .temporary = malloc(length + sizeof ".XXXXXX")};
    if (folder->path == NULL || folder->temporary == NULL)
        return fail(folder);
    sprintf(folder->path, "%.*s", (int)length, path);
    sprintf(folder->temporary, "%s.XXXXXX", folder->path);
    if (rmdir(folder->path) != 0 && errno != ENOENT)
        return fail(folder); /* something is there, and not an empty folder */
    if (mkdtemp(folder->temporary) != NULL)
        return true;
    fail(folder);
    free(folder->temporary);
    folder->temporary = NULL;
    return false;
}

static void forget(table_file **list, bool remove_them)
{
    for (table_file *file; (file = *list) != NULL;) {
        *list = file->next;
        if (remove_them)
            remove(file->path);
        free(file);
    }
}

/* Under its final name, or away. */
static bool close_new_folder(new_folder *folder, bool keep)
{
    keep = keep && folder->reason == 0 && (rename(folder->temporary, folder->path) == 0 || fail(folder));
    forget(&folder->files, !keep);
    forget(&folder->folders, !keep);
    if (!keep && folder->temporary != NULL)
        rmdir(folder->temporary);
    free(folder->temporary);
    free(folder->path);
    return folder->reason == 0;
}

/* --- the inputs --- */

static x12_status copy_events(cli_events *events, const cli_file *file, x12_tables_writer *writer)
{
    x12_event event;
    x12_status status;
    while ((status = cli_next_event(events, &event)) == X12_OK) {
        x12_tables_writer_begin(writer, strcmp(file->path, "-") == 0 ? NULL : file->name, cli_events_charset(events), cli_events_have_bom(events));
        if ((status = x12_tables_writer_write(writer, &event)) != X12_OK)
            return status;
    }
    return status;
}

static int read_input(const cli_arguments *arguments, const cli_file *file, x12_tables_writer *writer, cli_report *report, bool *keep)
{
    cli_input input;
    cli_events events;
    *keep = false;
    if (!cli_open_input(&input, file, report))
        return CLI_UNREADABLE;
    x12_status status = cli_open_events(&events, &input, arguments->values[CLI_CHARSET], report);
    if (status == X12_OK)
        status = copy_events(&events, file, writer);
    *keep = status == X12_END || (report->foreign && report->walked);
    cli_close_events(&events);
    cli_close_input(&input);
    return cli_report_end(report, status);
}

static int read_inputs(const cli_arguments *arguments, const cli_files *files, x12_tables_writer *writer, cli_report *report, bool *keep)
{
    int code = CLI_FINE;
    for (size_t i = 0; i < files->count && *keep; i++) {
        int one = read_input(arguments, &files->items[i], writer, report, keep);
        code = one > code ? one : code;
    }
    if (*keep && x12_tables_writer_finish(writer) != X12_OK) {
        *keep = false;
        code = CLI_UNWRITABLE;
    }
    return code;
}

static int write_folder(const cli_arguments *arguments, const cli_files *files, new_folder *folder, cli_report *report)
{
    const x12_tables_writer_options options = {.excel = arguments->values[CLI_EXCEL] != NULL};
    x12_tables_writer *writer = NULL;
    bool keep = x12_tables_writer_open(&writer, (x12_tables_output){folder, open_table}, &options) == X12_OK;
    int code = keep ? read_inputs(arguments, files, writer, report, &keep) : CLI_UNWRITABLE;
    x12_tables_writer_free(writer);
    if (!close_new_folder(folder, keep)) {
        cli_report_failure(report, X12_FINDING_OUTPUT_FAILED, folder->shown, folder->reason);
        return CLI_UNWRITABLE;
    }
    return code;
}

int cli_write_tables(const cli_arguments *arguments)
{
    cli_report report;
    cli_files files;
    new_folder folder;
    int code = CLI_UNREADABLE;
    if (!cli_report_open(&report, arguments))
        return CLI_USAGE;
    if (arguments->values[CLI_OUTPUT] != NULL) {
        fputs("remedi csv: --tables names the folder itself: leave out -o\n", stderr);
        return CLI_USAGE;
    }
    if (cli_find_files(&files, arguments, &report)) {
        if (open_new_folder(&folder, arguments->values[CLI_TABLES])) {
            code = write_folder(arguments, &files, &folder, &report);
        } else {
            cli_report_failure(&report, X12_FINDING_OUTPUT_FAILED, folder.shown, folder.reason);
            close_new_folder(&folder, false);
            code = CLI_UNWRITABLE;
        }
    }
    cli_free_files(&files);
    return code;
}
