/* remedi check from inside: which findings are told of, and how. */
#ifndef REMEDI_CLI_CHECK_SHOW_H
#define REMEDI_CLI_CHECK_SHOW_H

#include "cli/batch.h"
#include "cli/finding_text.h"
#include <remedi/check.h>

/* What stays the same for all files. */
typedef struct cli_check_context {
    const struct x12_codes *codes;
    const x12_sent *sent; /* NULL: not known */
    bool begun; /* sarif: a result was written */
} cli_check_context;

/* check_filter.c: --off, --only, --as */

/* False, and said on stderr, where one of the codes or severities is none. */
bool cli_check_filter_is_right(const cli_arguments *arguments);
/* Whether the finding is told of; its severity may change. What says that a file cannot be checked always is. */
bool cli_check_keeps(const cli_arguments *arguments, x12_finding *finding);

/* check_sent.c: what --of names, a file or a folder; NULL without it. False, and said on stderr, where that cannot be read */
bool cli_read_sent(x12_sent **sent, const cli_arguments *arguments, cli_report *report);

/* check_rules.c: --rules */
void cli_check_list_rules(cli_output *output);

/* check_sarif.c: one SARIF document for all files */
void cli_sarif_frame(const cli_batch *batch, cli_output *output, cli_report *report, bool begins);

/* check_edi.c: the file, with each finding under its segment */

typedef struct cli_annotation cli_annotation;
/* NULL when out of memory. It sets the report's `show`. */
cli_annotation *cli_annotation_new(cli_output *output, cli_report *report);
void cli_annotation_free(cli_annotation *annotation);
x12_watcher cli_annotation_watcher(cli_annotation *annotation);
/* Writes the segments that have come, each with its findings. False when out of memory. */
bool cli_annotation_flush(cli_annotation *annotation, const x12_event *event);

#endif
