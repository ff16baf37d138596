#include "cli/input.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool add_file(cli_files *files, char *path, size_t name, bool walked)
{
    if (files->count == files->capacity) {
        size_t capacity = files->capacity ? 2 * files->capacity : 16;
        cli_file *items = realloc(files->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        files->items = items;
        files->capacity = capacity;
    }
    files->items[files->count++] = (cli_file){.path = path, .name = path + name, .walked = walked};
    return true;
}

static char *join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    const char *between = length != 0 && folder[length - 1] == '/' ? "" : "/";
    char *path = malloc(length + strlen(name) + 2);
    if (path != NULL)
        strcat(strcat(strcpy(path, folder), between), name);
    return path;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

/* The names in an open folder, sorted, without hidden ones. NULL with errno set when that failed. */
static char **read_names(DIR *folder, size_t *count)
{
    char **names = malloc(sizeof *names);
    struct dirent *entry;
    *count = 0;
    while (names != NULL && (errno = 0, entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        char **more = realloc(names, (*count + 1) * sizeof *names);
        char *name = more ? strdup(entry->d_name) : NULL;
        names = more ? more : names;
        if (name == NULL) {
            errno = ENOMEM;
            break;
        }
        names[(*count)++] = name;
    }
    if (errno != 0 && names != NULL) {
        int reason = errno;
        free_names(names, *count);
        errno = reason;
        return NULL;
    }
    if (names != NULL)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}

static int walk(cli_files *files, const char *path, size_t name, cli_report *report);

/* One entry of a folder: links to folders are not followed, they could go in circles. 0, or errno. */
static int take_entry(cli_files *files, char *path, size_t name, cli_report *report)
{
    struct stat status;
    int reason = 0;
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        reason = walk(files, path, name, report);
    } else if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        if (add_file(files, path, name, true))
            return 0;
        reason = ENOMEM;
    }
    free(path);
    return reason;
}

/* 0, or errno of what was reported. */
static int walk(cli_files *files, const char *path, size_t name, cli_report *report)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    char **names = folder ? read_names(folder, &count) : NULL;
    int reason = names ? 0 : errno;
    if (folder != NULL)
        closedir(folder);
    if (reason != 0)
        cli_report_failure(report, X12_FINDING_INPUT_FAILED, path, reason);
    for (size_t i = 0; i < count && names != NULL && reason == 0; i++) {
        char *inner = join(path, names[i]);
        reason = inner ? take_entry(files, inner, name, report) : ENOMEM;
    }
    if (names != NULL)
        free_names(names, count);
    return reason;
}

static size_t last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

bool cli_is_tables(const char *path)
{
    struct stat status;
    char *inner = join(path, "interchanges.csv");
    bool is = inner != NULL && stat(inner, &status) == 0 && S_ISREG(status.st_mode);
    free(inner);
    return is;
}

static bool take_tables(cli_files *files, const char *operand)
{
    char *path = strdup(operand);
    for (size_t length = path ? strlen(path) : 0; length > 1 && path[length - 1] == '/'; length--)
        path[length - 1] = '\0';
    if (path == NULL || !add_file(files, path, last_part(path), false))
        return false;
    return files->items[files->count - 1].tables = true;
}

static bool take_operand(cli_files *files, const char *operand, cli_report *report)
{
    struct stat status;
    if (cli_is_tables(operand))
        return take_tables(files, operand);
    if (strcmp(operand, "-") != 0 && stat(operand, &status) == 0 && S_ISDIR(status.st_mode)) {
        size_t length = strlen(operand);
        files->folders = true;
        return walk(files, operand, length + (operand[length - 1] != '/'), report) == 0;
    }
    char *path = strdup(operand);
    return path != NULL && add_file(files, path, last_part(operand), false);
}

bool cli_find_files(cli_files *files, const cli_arguments *arguments, cli_report *report)
{
    *files = (cli_files){0};
    bool found = arguments->operand_count != 0 || take_operand(files, "-", report);
    for (size_t i = 0; i < arguments->operand_count && found; i++)
        found = take_operand(files, arguments->operands[i], report);
    return found;
}

void cli_free_files(cli_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->items[i].path);
    free(files->items);
}

static ptrdiff_t read_file(cli_input *input, void *buffer, size_t size)
{
    ssize_t count;
    do
        count = read(input->descriptor, buffer, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        input->report->reason = errno;
    return count;
}

char cli_first_byte(cli_input *input)
{
    ptrdiff_t size = read_file(input, input->first, sizeof input->first);
    input->first_size = size > 0 ? (size_t)size : 0;
    for (size_t i = 0; i < input->first_size; i++)
        if (strchr(" \t\r\n", input->first[i]) == NULL)
            return input->first[i];
    return '\0';
}

static ptrdiff_t read_bytes(void *context, void *buffer, size_t size)
{
    cli_input *input = context;
    size_t left = input->first_size - input->first_used;
    if (left == 0)
        return read_file(input, buffer, size);
    size = left < size ? left : size;
    memcpy(buffer, input->first + input->first_used, size);
    input->first_used += size;
    return (ptrdiff_t)size;
}

bool cli_begins_json(cli_input *input)
{
    char first = cli_first_byte(input);
    return first == '{' || first == '[';
}

x12_input cli_reading(cli_input *input)
{
    return (x12_input){input, read_bytes};
}

bool cli_open_input(cli_input *input, const cli_file *file, cli_report *report)
{
    bool standard = strcmp(file->path, "-") == 0;
    const char *shown = standard ? "stdin" : file->path;
    cli_report_begin(report, shown, file->walked);
    *input = (cli_input){.descriptor = standard ? STDIN_FILENO : open(file->path, O_RDONLY | O_CLOEXEC), .report = report, .tables = file->tables};
    if (input->descriptor < 0)
        cli_report_failure(report, X12_FINDING_INPUT_FAILED, shown, errno);
    return input->descriptor >= 0;
}

void cli_close_input(cli_input *input)
{
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
}
