#include "cli/events.h"
#include "cli/tables.h"
#include <stdlib.h>

x12_status cli_open_x12(cli_events *events, cli_input *input, const char *charset, cli_report *report)
{
    const x12_reader_options options = {.findings = cli_findings(report), .charset = charset, .numbers_as_text = true};
    *events = (cli_events){0};
    return x12_reader_open(&events->x12, cli_reading(input), &options);
}

x12_status cli_open_json(cli_events *events, cli_input *input, bool flaws, cli_report *report)
{
    const x12_json_reader_options options = {.findings = cli_findings(report), .numbers_as_text = true, .flaws = flaws};
    *events = (cli_events){0};
    return x12_json_reader_open(&events->json, cli_reading(input), &options);
}

x12_status cli_open_tables(cli_events *events, cli_input *input, const char *charset, cli_report *report)
{
    const x12_tables_reader_options options = {.findings = cli_findings(report), .charset = charset};
    *events = (cli_events){.files = cli_find_tables(input)};
    if (events->files == NULL)
        return X12_ERROR_MEMORY;
    x12_status status = x12_tables_reader_open(&events->tables, cli_reading_tables(events->files), &options);
    return status == X12_OK ? cli_expect_tables(events->files, events->tables, report) : status;
}

x12_status cli_open_rows(cli_events *events, cli_input *input, x12_text profile, x12_output rejects, cli_report *report)
{
    const x12_rows_reader_options options = {.findings = cli_findings(report), .rejects = rejects};
    *events = (cli_events){0};
    return x12_rows_reader_open(&events->rows, cli_reading(input), profile.data, profile.length, &options, NULL);
}

x12_status cli_open_events(cli_events *events, cli_input *input, const char *charset, cli_report *report)
{
    if (input->tables)
        return cli_open_tables(events, input, charset, report);
    return !report->walked && cli_begins_json(input) ? cli_open_json(events, input, false, report) : cli_open_x12(events, input, charset, report);
}

x12_status cli_next_event(cli_events *events, x12_event *event)
{
    if (events->rows != NULL)
        return x12_rows_reader_next(events->rows, event);
    if (events->tables != NULL)
        return x12_tables_reader_next(events->tables, event);
    return events->json != NULL ? x12_json_reader_next(events->json, event) : x12_reader_next(events->x12, event);
}

const char *cli_events_charset(const cli_events *events)
{
    if (events->rows != NULL)
        return NULL;
    if (events->tables != NULL)
        return x12_tables_reader_charset(events->tables);
    return events->json != NULL ? x12_json_reader_charset(events->json) : x12_reader_charset(events->x12);
}

bool cli_events_have_bom(const cli_events *events)
{
    if (events->rows != NULL)
        return false;
    if (events->tables != NULL)
        return x12_tables_reader_has_bom(events->tables);
    return events->json != NULL ? x12_json_reader_has_bom(events->json) : x12_reader_has_bom(events->x12);
}

void cli_close_events(cli_events *events)
{
    x12_rows_reader_free(events->rows);
    x12_tables_reader_free(events->tables);
    x12_json_reader_free(events->json);
    x12_reader_free(events->x12);
    cli_forget_tables(events->files);
}
