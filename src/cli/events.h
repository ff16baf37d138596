/* Events of an input, X12 or JSON: told by its content. */
#ifndef REMEDI_CLI_EVENTS_H
#define REMEDI_CLI_EVENTS_H

#include "cli/input.h"
#include <remedi/json.h>
#include <remedi/reader.h>

typedef struct cli_events {
    x12_reader *x12;
    x12_json_reader *json; /* one of the two */
} cli_events;

/* `charset` is that of X12, or NULL. */
x12_status cli_open_events(cli_events *events, cli_input *input, const char *charset, cli_report *report);
x12_status cli_next_event(cli_events *events, x12_event *event);
void cli_close_events(cli_events *events);

#endif
