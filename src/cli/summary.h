/* What acknowledgments say, in plain words. */
#ifndef REMEDI_CLI_SUMMARY_H
#define REMEDI_CLI_SUMMARY_H

#include "base/buffer.h"
#include "cli/report.h"
#include <remedi/event.h>

/* A file that was sent: where its claims stand in it. */
typedef struct cli_original cli_original;

/* NULL, and reported, where it cannot be read. */
cli_original *cli_read_original(const char *path, cli_report *report);
void cli_free_original(cli_original *original);
/* The number of the claim that the segment is in, by the control numbers of group and transaction; empty where it is in none. */
x12_text cli_find_claim(const cli_original *original, x12_text group, x12_text transaction, uint64_t segment_number);

typedef struct cli_summary {
    x12i_buffer text;             /* what is still to be shown */
    const cli_original *original; /* NULL: none was given */
} cli_summary;

/* Adds what there is to say of an event. */
void cli_summarize(cli_summary *summary, const x12_event *event);
/* The same of a 277CA's loops. */
void cli_summarize_claims(cli_summary *summary, const x12_event *event);

/* ", accepted (A)": a code with what it means in its set. */
void cli_add_labelled(x12i_buffer *out, const char *set, x12_text code);
void cli_add_value(x12i_buffer *out, x12_text value);

#endif
