#include "cli/tables.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_LIMIT = 512 };

/* A table that is read: opened anew for each piece, for there may be more of them than files that may be open. */
typedef struct table_file {
    struct table_file *next;
    cli_table_files *folder;
    off_t offset;
    char name[]; /* "835/claims.csv" */
} table_file;

struct cli_table_files {
    cli_input *input;
    table_file *first;
};

cli_table_files *cli_find_tables(cli_input *input)
{
    cli_table_files *files = malloc(sizeof *files);
    if (files != NULL)
        *files = (cli_table_files){.input = input};
    return files;
}

void cli_forget_tables(cli_table_files *files)
{
    while (files != NULL && files->first != NULL) {
        table_file *next = files->first->next;
        free(files->first);
        files->first = next;
    }
    free(files);
}

static ptrdiff_t read_piece(void *context, void *buffer, size_t size)
{
    table_file *file = context;
    cli_input *input = file->folder->input;
    int descriptor = openat(input->descriptor, file->name, O_RDONLY | O_CLOEXEC);
    ssize_t count = -1;
    if (descriptor >= 0)
        do
            count = pread(descriptor, buffer, size, file->offset);
        while (count < 0 && errno == EINTR);
    if (count < 0)
        input->report->reason = errno;
    else
        file->offset += count;
    if (descriptor >= 0)
        close(descriptor);
    return count;
}

static x12_status open_table(void *context, const char *name, x12_input *input)
{
    cli_table_files *files = context;
    size_t length = strlen(name);
    table_file *file = malloc(sizeof *file + length + sizeof ".csv");
    if (file == NULL)
        return X12_ERROR_MEMORY;
    *file = (table_file){.next = files->first, .folder = files};
    strcpy(file->name, name);
    strcpy(file->name + length, ".csv");
    files->first = file;
    *input = (x12_input){file, read_piece};
    if (faccessat(files->input->descriptor, file->name, F_OK, 0) == 0)
        return X12_OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return X12_END;
    files->input->report->reason = errno;
    return X12_ERROR_INPUT;
}

x12_tables_input cli_reading_tables(cli_table_files *files)
{
    return (x12_tables_input){files, open_table};
}

/* --- which there are --- */

/* "835/claims" of "claims.csv" in folder "835/"; false where it is no CSV file. */
static bool table_name(const char *folder, const char *entry, char name[NAME_LIMIT])
{
    size_t length = strlen(entry);
    if (length <= 4 || strcmp(entry + length - 4, ".csv") != 0 || entry[0] == '.')
        return false;
    int written = snprintf(name, NAME_LIMIT, "%s%.*s", folder, (int)(length - 4), entry);
    return written > 0 && written < NAME_LIMIT;
}

static x12_status expect(x12_tables_reader *reader, const char *name, cli_report *report)
{
    const char *nearest;
    if (x12_tables_reader_expect(reader, name, &nearest))
        return X12_OK;
    const x12_finding_handler findings = cli_findings(report);
    const x12_finding finding = {.code = X12_FINDING_CSV_UNKNOWN_TABLE, .severity = X12_ERROR, .text = x12_finding_text(X12_FINDING_CSV_UNKNOWN_TABLE),
                                 .position = {.line = 1, .column = 1, .table = name, .nearest = nearest}};
    findings.handle(findings.context, &finding);
    return X12_ERROR_FORMAT;
}

static DIR *open_folder(int folder, const char *name)
{
    int descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *opened = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (opened == NULL && descriptor >= 0)
        close(descriptor);
    return opened;
}

/* The tables of one folder, and of those in it where `below` says so. */
static x12_status expect_folder(int parent, const char *path, bool below, x12_tables_reader *reader, cli_report *report)
{
    DIR *folder = open_folder(parent, path);
    x12_status status = folder != NULL ? X12_OK : X12_ERROR_INPUT;
    char name[NAME_LIMIT];
    if (folder == NULL)
        report->reason = errno;
    for (struct dirent *entry; status == X12_OK && (entry = readdir(folder)) != NULL;) {
        struct stat facts;
        if (fstatat(dirfd(folder), entry->d_name, &facts, 0) != 0)
            continue;
        if (S_ISREG(facts.st_mode) && table_name(below ? "" : path, entry->d_name, name)) {
            status = expect(reader, name, report);
        } else if (S_ISDIR(facts.st_mode) && below && entry->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/", entry->d_name);
            status = expect_folder(parent, name, false, reader, report);
        }
    }
    if (folder != NULL)
        closedir(folder);
    return status;
}

x12_status cli_expect_tables(cli_table_files *files, x12_tables_reader *reader, cli_report *report)
{
    return expect_folder(files->input->descriptor, ".", true, reader, report);
}
