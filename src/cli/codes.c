/* remedi codes: which code sets are at hand, and loading more. */
#include "cli/code_store.h"
#include "cli/finding_text.h"
#include "cli/output.h"
#include "cli/text.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct store {
    const cli_arguments *arguments;
    cli_report report;
    cli_output output;
    char *folder;
} store;

static int refuse(const char *message)
{
    fprintf(stderr, "remedi codes: %s\n", message);
    return CLI_USAGE;
}

static const x12_code_set *find_set(const char *name)
{
    const char *names[256];
    size_t count = 0;
    const x12_code_set *set = x12_code_set_find((x12_text){name, (uint32_t)strlen(name)});
    for (; set == NULL && count < sizeof names / sizeof *names && x12_code_set_at(count) != NULL; count++)
        names[count] = x12_code_set_name(x12_code_set_at(count));
    const char *nearest = set ? NULL : cli_nearest(name, names, count);
    if (nearest != NULL)
        fprintf(stderr, "remedi codes: there is no such code set; did you mean %s?\n", nearest);
    else if (set == NULL)
        refuse("there is no such code set; remedi codes list names them");
    return set;
}

/* --- list --- */

static void add_day(x12i_buffer *out, uint32_t day)
{
    if (day == 0)
        x12i_buffer_add_string(out, "any day   ");
    else
        cli_add_format(out, "%04" PRIu32 "-%02" PRIu32 "-%02" PRIu32, day / 10000, day / 100 % 100, day % 100);
}

static void add_editions(x12i_buffer *out, const x12_codes *codes, const x12_code_set *set)
{
    x12_codes_edition edition;
    for (size_t i = 0; x12_codes_edition_at(codes, i, &edition); i++) {
        if (edition.set != set)
            continue;
        cli_add_format(out, "%-28s %7zu  ", x12_code_set_name(set), edition.size);
        add_day(out, edition.first_day);
        x12i_buffer_add_string(out, "  ");
        cli_add_escaped(out, edition.source.data, edition.source.length);
        x12i_buffer_add_byte(out, '\n');
    }
}

static void add_set(x12i_buffer *out, const x12_codes *codes, const x12_code_set *set)
{
    static const char *const kinds[] = {"shape only", "built in", "built in", "built in"};
    cli_add_format(out, "%-28s %7zu  %-10s  %s\n", x12_code_set_name(set), x12_code_set_size(set), kinds[x12_code_set_list(set)], x12_code_set_title(set));
    add_editions(out, codes, set);
}

static int list(store *at)
{
    x12_codes *codes;
    x12i_buffer text = {0};
    const x12_code_set *set;
    if (at->arguments->operand_count > 1)
        return refuse("list takes no names");
    if (!cli_open_codes(&codes, at->arguments, &at->report)) {
        x12_codes_free(codes);
        return CLI_UNREADABLE;
    }
    x12i_buffer_add_string(&text, "SET                            CODES  FROM        WHAT\n");
    for (size_t i = 0; (set = x12_code_set_at(i)) != NULL; i++)
        add_set(&text, codes, set);
    bool opened = cli_open_output(&at->output, at->arguments->values[CLI_OUTPUT], false, &at->report);
    bool written = opened && cli_write(&at->output, text.data, text.length);
    x12i_buffer_free(&text);
    x12_codes_free(codes);
    return opened && cli_close_output(&at->output, written, &at->report) ? CLI_FINE : CLI_UNWRITABLE;
}

/* --- add and remove --- */

static char *edition_path(const store *at, const x12_code_set *set, uint32_t day)
{
    size_t size = strlen(at->folder) + strlen(x12_code_set_name(set)) + 32;
    char *path = malloc(size);
    if (path == NULL)
        return NULL;
    if (day != 0)
        snprintf(path, size, "%s/%s-%08" PRIu32 ".codes", at->folder, x12_code_set_name(set), day);
    else
        snprintf(path, size, "%s/%s.codes", at->folder, x12_code_set_name(set));
    return path;
}

static void say_added(const x12_codes *codes, const char *path)
{
    x12_codes_edition edition;
    x12i_buffer text = {0};
    if (!x12_codes_edition_at(codes, 0, &edition))
        return;
    cli_add_format(&text, "%s: %zu codes in ", x12_code_set_name(edition.set), edition.size);
    cli_add_escaped(&text, path, strlen(path));
    x12i_buffer_add_byte(&text, '\n');
    fwrite(text.data, 1, text.length, stdout);
    x12i_buffer_free(&text);
}

/* Reads back what was written: what cannot be loaded is not there. */
static bool verify(store *at, char *path)
{
    x12_codes *codes = NULL;
    bool loaded = x12_codes_open(&codes, NULL) == X12_OK && cli_load_codes(codes, &(cli_file){.path = path, .name = path}, &at->report);
    if (loaded)
        say_added(codes, path);
    x12_codes_free(codes);
    return loaded;
}

static int convert(store *at, const cli_file *file, const x12_codes_publication *publication, char *path)
{
    const x12_codes_options options = {.findings = cli_findings(&at->report)};
    cli_input input;
    if (!cli_open_input(&input, file, &at->report))
        return CLI_UNREADABLE;
    if (!cli_make_folders(path)) {
        cli_report_failure(&at->report, X12_FINDING_OUTPUT_FAILED, path, errno);
        cli_close_input(&input);
        return CLI_UNWRITABLE;
    }
    bool opened = cli_open_output(&at->output, path, false, &at->report);
    x12_status status = opened ? x12_codes_convert(cli_writing(&at->output), cli_reading(&input), publication, &options) : X12_ERROR_OUTPUT;
    cli_close_input(&input);
    int code = opened ? cli_report_end(&at->report, status) : CLI_UNWRITABLE;
    if (opened && !cli_close_output(&at->output, status == X12_OK, &at->report))
        code = CLI_UNWRITABLE;
    return code;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The name of the file, as a remark; none where it would not fit into a line. */
static const char *source_of(const char *path)
{
    const char *name = last_part(path);
    for (const char *at = name; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            return NULL;
    return name;
}

static int add(store *at, uint32_t day)
{
    char **operands = at->arguments->operands;
    if (at->arguments->operand_count != 3)
        return refuse("add takes a set and a file, as in remedi codes add icd10cm icd10cm_order_2026.txt --from 2025-10-01");
    const x12_code_set *set = find_set(operands[1]);
    if (set == NULL)
        return CLI_USAGE;
    char *path = edition_path(at, set, day);
    if (path == NULL) {
        cli_report_failure(&at->report, X12_FINDING_NO_MEMORY, operands[2], 0);
        return CLI_UNREADABLE;
    }
    const x12_codes_publication publication = {x12_code_set_name(set), day, source_of(operands[2])};
    int code = convert(at, &(cli_file){.path = operands[2], .name = last_part(operands[2])}, &publication, path);
    if (code == CLI_FINE && !verify(at, path))
        code = CLI_UNREADABLE;
    free(path);
    return code;
}

/* Whether the file is the edition of `day`; 0: every one is meant. */
static bool is_meant(const store *at, const x12_code_set *set, uint32_t day, const char *path)
{
    char *only = day ? edition_path(at, set, day) : NULL;
    bool meant = day == 0 || (only != NULL && strcmp(last_part(only), last_part(path)) == 0);
    free(only);
    return meant;
}

static int remove_editions(store *at, uint32_t day)
{
    cli_files files;
    size_t removed = 0;
    int code = CLI_FINE;
    if (at->arguments->operand_count != 2)
        return refuse("remove takes a set, as in remedi codes remove icd10cm");
    const x12_code_set *set = find_set(at->arguments->operands[1]);
    if (set == NULL)
        return CLI_USAGE;
    if (!cli_find_editions(&files, at->folder, set, &at->report))
        code = CLI_UNREADABLE;
    for (size_t i = 0; i < files.count && code == CLI_FINE; i++) {
        if (!is_meant(at, set, day, files.items[i].path))
            continue;
        removed++;
        if (unlink(files.items[i].path) == 0)
            continue;
        cli_report_failure(&at->report, X12_FINDING_OUTPUT_FAILED, files.items[i].path, errno);
        code = CLI_UNWRITABLE;
    }
    cli_free_files(&files);
    if (code == CLI_FINE && removed == 0) {
        fprintf(stderr, "remedi codes: no such edition of %s is loaded\n", x12_code_set_name(set));
        return CLI_NO;
    }
    return code;
}

static int run_command(store *at)
{
    const char *from = at->arguments->values[CLI_FROM], *command = at->arguments->operand_count ? at->arguments->operands[0] : "list";
    uint32_t day = 0;
    if (from != NULL && !cli_read_day(from, &day))
        return refuse("--from needs a day, as in --from 2025-10-01");
    if (strcmp(command, "list") == 0)
        return list(at);
    if (strcmp(command, "add") == 0)
        return add(at, day);
    if (strcmp(command, "remove") == 0)
        return remove_editions(at, day);
    return refuse("say list, add or remove");
}

static int run(const cli_arguments *arguments)
{
    store *at = malloc(sizeof *at);
    int code = CLI_USAGE;
    if (at == NULL || !cli_report_open(&at->report, arguments)) {
        free(at);
        return code;
    }
    at->arguments = arguments;
    at->folder = cli_codes_folder(arguments, &at->report);
    if (at->folder != NULL)
        code = run_command(at);
    free(at->folder);
    free(at);
    return code;
}

const cli_command cli_codes = {
    .name = "codes",
    .summary = "Lists the code sets at hand, and loads official publications",
    .usage = "[list] [OPTION...]\n       remedi codes add SET FILE [--from YYYY-MM-DD] [OPTION...]\n       remedi codes remove SET [--from YYYY-MM-DD] [OPTION...]",
    .details = "Built in are lists that are free of rights and small, with labels of our own, and the shapes of all others. `add` verifies\n"
               "an official file (ICD-10-CM and ICD-10-PCS order or code file, HCPCS fixed width, NUCC taxonomy CSV, or a CSV with the\n"
               "columns code, label, valid_from, valid_to) and keeps it as an edition of its set; the same edition added again replaces\n"
               "it. A code is looked up in the edition of its date of service. FILE may be - for stdin.\n",
    .options = 1ull << CLI_CODES | 1ull << CLI_FORMAT | 1ull << CLI_FROM | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_OUTPUT,
    .run = run,
};
