/* Where the result goes: stdout, or a file that is there whole or not at all. */
#ifndef REMEDI_CLI_OUTPUT_H
#define REMEDI_CLI_OUTPUT_H

#include "cli/report.h"
#include <remedi/io.h>

typedef struct cli_output {
    const char *shown; /* as findings name it */
    char *path;        /* what the temporary file is to be called in the end; NULL: written in place */
    char *temporary;
    int descriptor;
    bool held;         /* for stdout, but kept back until it is whole */
    int reason;        /* errno of the first write that failed */
    size_t used;
    char buffer[1 << 16];
} cli_output;

/* `path` NULL: stdout, through a file without name when `held`. False when it cannot be opened: reported. */
bool cli_open_output(cli_output *output, const char *path, bool held, cli_report *report);
x12_output cli_writing(cli_output *output);
bool cli_write(cli_output *output, const void *data, size_t size);
/* How many bytes it has, where it is a file that can be read again; -1: it is none, or cannot be written. */
int64_t cli_written(cli_output *output);
/* Ends it: under its final name when `keep`, else as if it had never been begun (but for what went to stdout already). False when it
   cannot be written: reported, once. */
bool cli_close_output(cli_output *output, bool keep, cli_report *report);
/* Makes the folders that `path` goes through, where they are missing. False, with errno set, when that fails. `path` is as before. */
bool cli_make_folders(char *path);

#endif
