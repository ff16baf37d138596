#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath */
#endif

#include "cli/output.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file to remove when a signal ends the program. Changed only while those signals are held back. */
static char *volatile unfinished;

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};

static void remove_unfinished(int number)
{
    if (unfinished != NULL)
        unlink(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

static sigset_t hold_signals(void)
{
    sigset_t set, before;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        sigaddset(&set, endings[i]);
    sigprocmask(SIG_BLOCK, &set, &before);
    return before;
}

static void watch_signals(void)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct sigaction action, before;
        memset(&action, 0, sizeof action);
        action.sa_handler = remove_unfinished;
        sigemptyset(&action.sa_mask);
        if (sigaction(endings[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(endings[i], &action, NULL);
    }
}

static char *join(const char *front, const char *back)
{
    char *joined = malloc(strlen(front) + strlen(back) + 1);
    return joined ? strcat(strcpy(joined, front), back) : NULL;
}

bool cli_make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool there = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!there)
            return false;
    }
    return true;
}

/* mkstemp makes it readable by nobody else: it holds patients' data. */
static bool open_temporary(cli_output *output)
{
    watch_signals();
    sigset_t before = hold_signals();
    output->temporary = join(output->path, ".XXXXXX");
    output->descriptor = output->temporary ? mkstemp(output->temporary) : -1;
    if (output->descriptor >= 0)
        unfinished = output->temporary;
    int reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    return output->descriptor >= 0;
}

/* Devices and pipes are written to; a link's own target is replaced. */
static bool open_file(cli_output *output, const char *path)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (exists && !S_ISREG(status.st_mode)) {
        output->descriptor = open(path, O_WRONLY | O_CLOEXEC);
        return output->descriptor >= 0;
    }
    output->path = exists ? realpath(path, NULL) : strdup(path);
    return output->path != NULL && open_temporary(output);
}

static bool open_held(cli_output *output)
{
    const char *folder = getenv("TMPDIR");
    output->path = join(folder && *folder ? folder : "/tmp", "/remedi");
    if (output->path == NULL || !open_temporary(output))
        return false;
    unlink(output->temporary);
    unfinished = NULL;
    return true;
}

static void forget(cli_output *output)
{
    unfinished = NULL;
    free(output->temporary);
    free(output->path);
    output->temporary = output->path = NULL;
}

bool cli_open_output(cli_output *output, const char *path, bool held, cli_report *report)
{
    output->shown = path ? path : "stdout";
    output->path = output->temporary = NULL;
    output->held = held && path == NULL;
    output->reason = 0;
    output->used = 0;
    output->descriptor = STDOUT_FILENO;
    bool opened = path ? open_file(output, path) : !held || open_held(output);
    if (!opened) {
        cli_report_failure(report, X12_FINDING_OUTPUT_FAILED, output->shown, errno);
        forget(output);
    }
    return opened;
}

static bool write_all(cli_output *output, int descriptor, const char *data, size_t size)
{
    while (size != 0 && output->reason == 0) {
        ssize_t count = write(descriptor, data, size);
        if (count < 0 && errno != EINTR)
            output->reason = errno;
        if (count > 0) {
            data += count;
            size -= (size_t)count;
        }
    }
    return output->reason == 0;
}

static bool flush(cli_output *output)
{
    size_t size = output->used;
    output->used = 0;
    return write_all(output, output->descriptor, output->buffer, size);
}

bool cli_write(cli_output *output, const void *data, size_t size)
{
    if (size > sizeof output->buffer - output->used && !flush(output))
        return false;
    if (size > sizeof output->buffer)
        return write_all(output, output->descriptor, data, size);
    memcpy(output->buffer + output->used, data, size);
    output->used += size;
    return output->reason == 0;
}

int64_t cli_written(cli_output *output)
{
    bool file = output->temporary != NULL;
    return file && flush(output) ? (int64_t)lseek(output->descriptor, 0, SEEK_CUR) : -1;
}

static bool write_bytes(void *context, const void *data, size_t size)
{
    return cli_write(context, data, size);
}

x12_output cli_writing(cli_output *output)
{
    return (x12_output){output, write_bytes};
}

/* What was held back, to stdout. */
static void release_held(cli_output *output)
{
    ssize_t count = 1;
    if (lseek(output->descriptor, 0, SEEK_SET) != 0)
        output->reason = errno;
    while (count != 0 && output->reason == 0) {
        count = read(output->descriptor, output->buffer, sizeof output->buffer);
        if (count > 0)
            write_all(output, STDOUT_FILENO, output->buffer, (size_t)count);
        else if (count < 0 && errno != EINTR)
            output->reason = errno;
    }
}

static void note_failure(cli_output *output, int result)
{
    if (result != 0 && output->reason == 0)
        output->reason = errno;
}

/* Under its final name, or away. */
static void settle_temporary(cli_output *output, bool keep)
{
    sigset_t before = hold_signals();
    if (keep && output->reason == 0)
        note_failure(output, rename(output->temporary, output->path));
    if (!keep || output->reason != 0)
        unlink(output->temporary);
    unfinished = NULL;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

bool cli_close_output(cli_output *output, bool keep, cli_report *report)
{
    bool named = output->temporary != NULL && !output->held;
    if (keep || !named)
        flush(output);
    if (output->held && keep)
        release_held(output);
    if (output->descriptor != STDOUT_FILENO)
        note_failure(output, close(output->descriptor));
    if (keep && (output->held || output->descriptor == STDOUT_FILENO))
        note_failure(output, close(STDOUT_FILENO));
    if (named)
        settle_temporary(output, keep);
    bool written = output->reason == 0;
    if (!written)
        cli_report_failure(report, X12_FINDING_OUTPUT_FAILED, output->shown, output->reason);
    forget(output);
    return written;
}
