/* Findings, as people and programs read them on stderr. */
#ifndef REMEDI_CLI_REPORT_H
#define REMEDI_CLI_REPORT_H

#include "cli/options.h"
#include <remedi/finding.h>
#include <remedi/status.h>

typedef struct cli_report {
    const char *file;     /* the input, as findings name it */
    bool json;
    bool color;
    bool walked;          /* the input was found in a folder: it need not be what is looked for */
    unsigned long limit;
    unsigned long count;  /* findings of this input */
    unsigned long errors; /* of severity error, of all inputs */
    bool failed;          /* the finding that says why the input cannot be used was told */
    bool foreign;         /* the input is something else */
    int reason;           /* errno of the read or write that failed; 0: none */
    unsigned long severities[3]; /* findings of this input, by x12_severity */
    x12_severity fail_on; /* the least severity that counts as an error */
    struct cli_output *output; /* where findings go; NULL: stderr */
    void (*show)(struct cli_report *report, const x12_finding *finding); /* NULL: as text or JSON, a line each */
    void *context;        /* of `show` */
} cli_report;

/* False, and said on stderr, where --format or --max-findings are wrong. */
bool cli_report_open(cli_report *report, const cli_arguments *arguments);
/* The handler of a library's handle. */
x12_finding_handler cli_findings(cli_report *report);
/* The same for a file that is read beside others: only of why it cannot be read to its end. */
x12_finding_handler cli_ending_findings(cli_report *report);
void cli_report_begin(cli_report *report, const char *file, bool walked);
/* Sees that a status which is an error was told of, says how many findings were not shown, and returns the exit code. */
int cli_report_end(cli_report *report, x12_status status);
/* A finding of the command itself about `file`, with errno's `reason`. */
void cli_report_failure(cli_report *report, x12_finding_code code, const char *file, int reason);

#endif
