#include "cli/code_store.h"
#include "codes/loaded.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *join(const char *front, const char *back)
{
    char *joined = malloc(strlen(front) + strlen(back) + 1);
    return joined ? strcat(strcpy(joined, front), back) : NULL;
}

static const char *filled(const char *value)
{
    return value != NULL && *value != '\0' ? value : NULL;
}

char *cli_codes_folder(const cli_arguments *arguments, cli_report *report)
{
    const char *given = arguments->values[CLI_CODES], *named = filled(getenv("REMEDI_CODES")), *data = filled(getenv("XDG_DATA_HOME")), *home = filled(getenv("HOME"));
    char *path = given   ? strdup(given)
                 : named ? strdup(named)
                 : data  ? join(data, "/remedi/codes")
                         : join(home ? home : "", "/.local/share/remedi/codes");
    if (path == NULL)
        cli_report_failure(report, X12_FINDING_NO_MEMORY, "codes", 0);
    return path;
}

bool cli_read_day(const char *text, uint32_t *day)
{
    *day = x12i_read_day((x12_text){text, (uint32_t)strlen(text)});
    return *day != 0;
}

/* NAME.codes or NAME-CCYYMMDD.codes. */
static bool is_edition_of(const char *name, const char *set)
{
    size_t length = strlen(set);
    const char *end = name + length;
    if (strncmp(name, set, length) != 0)
        return false;
    if (*end == '-' && strlen(end) > 9 && strspn(end + 1, "0123456789") == 8)
        end += 9;
    return strcmp(end, ".codes") == 0;
}

static bool is_store_file(const char *name, const x12_code_set *set)
{
    if (set != NULL)
        return is_edition_of(name, x12_code_set_name(set));
    for (size_t i = 0; (set = x12_code_set_at(i)) != NULL; i++)
        if (is_edition_of(name, x12_code_set_name(set)))
            return true;
    return false;
}

bool cli_find_editions(cli_files *files, const char *folder, const x12_code_set *set, cli_report *report)
{
    struct stat status;
    char *operand = (char *)(uintptr_t)folder;
    const cli_arguments only = {.operands = &operand, .operand_count = 1};
    size_t kept = 0;
    *files = (cli_files){0};
    if (stat(folder, &status) != 0 && errno == ENOENT)
        return true;
    if (!cli_find_files(files, &only, report))
        return false;
    for (size_t i = 0; i < files->count; i++) {
        if (is_store_file(files->items[i].name, set))
            files->items[kept++] = files->items[i];
        else
            free(files->items[i].path);
    }
    files->count = kept;
    return true;
}

bool cli_load_codes(x12_codes *codes, const cli_file *file, cli_report *report)
{
    const x12_codes_options options = {.findings = cli_findings(report)};
    cli_input input;
    if (!cli_open_input(&input, &(cli_file){.path = file->path, .name = file->name}, report))
        return false;
    x12_status status = x12_codes_load(codes, cli_reading(&input), &options);
    cli_close_input(&input);
    cli_report_end(report, status);
    return status == X12_OK;
}

static bool load_all(x12_codes *codes, const char *folder, cli_report *report)
{
    cli_files files;
    bool right = cli_find_editions(&files, folder, NULL, report);
    for (size_t i = 0; i < files.count && right; i++)
        right = cli_load_codes(codes, &files.items[i], report);
    cli_free_files(&files);
    return right;
}

bool cli_open_codes(x12_codes **codes, const cli_arguments *arguments, cli_report *report)
{
    char *folder = cli_codes_folder(arguments, report);
    bool right = folder != NULL;
    *codes = NULL;
    if (right && x12_codes_open(codes, NULL) != X12_OK) {
        cli_report_failure(report, X12_FINDING_NO_MEMORY, "codes", 0);
        right = false;
    }
    right = right && load_all(*codes, folder, report);
    free(folder);
    return right;
}
