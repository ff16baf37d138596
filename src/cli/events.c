#include "cli/events.h"

x12_status cli_open_events(cli_events *events, cli_input *input, const char *charset, cli_report *report)
{
    *events = (cli_events){NULL, NULL};
    if (cli_begins_json(input)) {
        const x12_json_reader_options options = {.findings = cli_findings(report)};
        return x12_json_reader_open(&events->json, cli_reading(input), &options);
    }
    const x12_reader_options options = {.findings = cli_findings(report), .charset = charset, .numbers_as_text = true};
    return x12_reader_open(&events->x12, cli_reading(input), &options);
}

x12_status cli_next_event(cli_events *events, x12_event *event)
{
    return events->json ? x12_json_reader_next(events->json, event) : x12_reader_next(events->x12, event);
}

void cli_close_events(cli_events *events)
{
    x12_json_reader_free(events->json);
    x12_reader_free(events->x12);
}
