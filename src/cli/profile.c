#include "cli/profile.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROFILE_LIMIT = 1 << 20 };

static ptrdiff_t read_nothing(void *context, void *buffer, size_t size)
{
    (void)context;
    (void)buffer;
    (void)size;
    return 0;
}

/* Whether it is wrong shows when it is used. */
static int check(const cli_profile *profile, const char *name)
{
    x12_rows_reader *reader;
    x12_rows_error error = {0};
    if (x12_rows_reader_open(&reader, (x12_input){NULL, read_nothing}, profile->text, profile->length, NULL, &error) != X12_ERROR_USAGE)
        return CLI_FINE;
    fputs(name, stderr);
    if (error.line != 0)
        fprintf(stderr, ":%u", error.line);
    fprintf(stderr, ": error: %s\n", error.text);
    return CLI_USAGE;
}

int cli_read_profile(cli_profile *profile, const cli_arguments *arguments)
{
    const char *name = arguments->values[CLI_PROFILE];
    *profile = (cli_profile){.text = malloc(PROFILE_LIMIT), .rejects = arguments->values[CLI_KEEP_GOING], .descriptor = -1};
    FILE *file = profile->text ? fopen(name, "rb") : NULL;
    if (file != NULL)
        profile->length = fread(profile->text, 1, PROFILE_LIMIT, file);
    bool read = file != NULL && !ferror(file);
    if (!read)
        fprintf(stderr, "remedi x12: %s: %s\n", name, strerror(errno));
    if (file != NULL)
        fclose(file);
    return read ? check(profile, name) : CLI_UNREADABLE;
}

bool cli_close_profile(cli_profile *profile)
{
    free(profile->text);
    if (profile->descriptor >= 0 && close(profile->descriptor) != 0)
        profile->failed = true;
    if (profile->failed)
        fprintf(stderr, "remedi x12: %s: the rejected rows could not be written\n", profile->rejects);
    return !profile->failed;
}

/* Readable by nobody else: it holds patients' data. */
static bool write_rejects(void *context, const void *data, size_t size)
{
    cli_profile *profile = context;
    const char *left = data;
    if (profile->descriptor < 0)
        profile->descriptor = open(profile->rejects, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (size != 0 && profile->descriptor >= 0) {
        ssize_t count = write(profile->descriptor, left, size);
        if (count < 0 && errno != EINTR)
            break;
        left += count > 0 ? count : 0;
        size -= count > 0 ? (size_t)count : 0;
    }
    profile->failed |= size != 0;
    return size == 0;
}

x12_status cli_open_profiled(cli_events *events, cli_profile *profile, cli_input *input, cli_report *report)
{
    const x12_output rejects = {profile, profile->rejects ? write_rejects : NULL};
    return cli_open_rows(events, input, (x12_text){profile->text, (uint32_t)profile->length}, rejects, report);
}

int cli_print_template(const char *name)
{
    const char *text = x12_rows_template(name);
    if (text == NULL) {
        fputs("remedi x12: there is no such profile; there are:", stderr);
        for (size_t i = 0; (name = x12_rows_name(i)) != NULL; i++)
            fprintf(stderr, " %s", name);
        fputc('\n', stderr);
        return CLI_USAGE;
    }
    fputs(text, stdout);
    return fflush(stdout) == 0 ? CLI_FINE : CLI_UNWRITABLE;
}
