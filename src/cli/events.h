/* Events of an input: X12, JSON, a folder of tables, or rows. */
#ifndef REMEDI_CLI_EVENTS_H
#define REMEDI_CLI_EVENTS_H

#include "cli/input.h"
#include <remedi/csv.h>
#include <remedi/json.h>
#include <remedi/reader.h>
#include <remedi/rows.h>

typedef struct cli_events {
    x12_reader *x12;
    x12_json_reader *json;
    x12_tables_reader *tables;
    x12_rows_reader *rows;     /* one of the four */
    struct cli_table_files *files;
} cli_events;

/* Each begins with nothing open; cli_close_events is due in any case. `charset` is that of X12 or of tables, or NULL. */
x12_status cli_open_x12(cli_events *events, cli_input *input, const char *charset, cli_report *report);
/* `flaws`: values that the guide forbids are told of. */
x12_status cli_open_json(cli_events *events, cli_input *input, bool flaws, cli_report *report);
x12_status cli_open_tables(cli_events *events, cli_input *input, const char *charset, cli_report *report);
/* Rows with a profile; `rejects` with write NULL: a bad row is an error. */
x12_status cli_open_rows(cli_events *events, cli_input *input, x12_text profile, x12_output rejects, cli_report *report);
/* Whichever it is, told by its content; in a folder that is walked only X12 is looked for, which JSON may be made of. */
x12_status cli_open_events(cli_events *events, cli_input *input, const char *charset, cli_report *report);

x12_status cli_next_event(cli_events *events, x12_event *event);
/* How the X12 is or was written; known once the first event is. */
const char *cli_events_charset(const cli_events *events);
bool cli_events_have_bom(const cli_events *events);
void cli_close_events(cli_events *events);

#endif
