/* What all commands that translate do around it: inputs one after the other, to one output or to one each. */
#ifndef REMEDI_CLI_BATCH_H
#define REMEDI_CLI_BATCH_H

#include "cli/input.h"
#include "cli/output.h"

typedef struct cli_batch {
    const cli_arguments *arguments;
    x12_status (*translate)(const struct cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report);
    bool apart;          /* two inputs cannot share an output */
    bool held;           /* stdout gets all or nothing */
    const char *suffix;  /* added to the name of an output in a folder */
    /* NULL, or called around all that goes to one output */
    void (*frame)(const struct cli_batch *batch, cli_output *output, cli_report *report, bool begins);
    bool goes_on;        /* a file that cannot be read does not end it */
    void *context;       /* the command's own */
    bool strips;         /* the name of a JSON input loses its .json or .jsonl instead */
    int64_t date;
} cli_batch;

/* Returns the exit code. */
int cli_run_batch(const cli_batch *batch);

#endif
