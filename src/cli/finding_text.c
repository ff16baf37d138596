#include "cli/finding_text.h"
#include "cli/text.h"
#include <inttypes.h>
#include <remedi/decimal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *cli_severity_name(x12_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

void cli_add_format(x12i_buffer *out, const char *format, ...)
{
    char text[256];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (length > 0)
        x12i_buffer_add(out, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

void cli_add_place(x12i_buffer *out, const x12_position *position)
{
    if (position->segment != NULL)
        x12i_buffer_add_string(out, position->segment);
    if (position->qualifier != NULL)
        cli_add_format(out, "*%s", position->qualifier);
    if (position->element != 0)
        cli_add_format(out, position->segment ? "%02u" : "element %u", position->element);
    if (position->component != 0)
        cli_add_format(out, "-%u", position->component);
}

/* Whether it stands anywhere in a file: what is only about to be written does not. */
static bool has_offset(const x12_position *position)
{
    return position->line != 0 || position->offset != 0;
}

static void add_address(x12i_buffer *out, const x12_position *position)
{
    const char *between = " (";
    if (has_offset(position)) {
        cli_add_format(out, "%sbyte %" PRIu64, between, position->offset);
        between = ", ";
    }
    if (position->row != 0)
        cli_add_format(out, ", row %" PRIu32, position->row);
    if (position->segment_number != 0) {
        cli_add_format(out, "%ssegment %" PRIu32, between, position->segment_number);
        between = ", ";
    }
    if (position->loop != NULL) {
        cli_add_format(out, "%sloop %s", between, position->loop);
        between = ", ";
    }
    if (position->segment != NULL || position->element != 0)
        x12i_buffer_add_string(out, between);
    cli_add_place(out, position);
    if (position->repetition > 1)
        cli_add_format(out, ", repetition %u", position->repetition);
    if (position->path != NULL && *position->path != '\0') {
        x12i_buffer_add_string(out, ", ");
        x12i_buffer_add_string(out, position->path);
    }
    if (position->nearest != NULL)
        cli_add_format(out, ", did you mean %s?", position->nearest);
}

static void add_trigger(x12i_buffer *out, const x12_position *trigger)
{
    x12i_buffer_add_string(out, "; because of ");
    cli_add_place(out, trigger);
    cli_add_format(out, " in segment %" PRIu32, trigger->segment_number);
}

/* What the findings of the command itself do not have. */
static bool has_address(const x12_position *position)
{
    return has_offset(position) || position->loop != NULL;
}

/* A table is a file of its own in the folder that is read. */
static void add_file(x12i_buffer *out, const cli_report *report, const char *table)
{
    cli_add_escaped(out, report->file, strlen(report->file));
    if (table != NULL)
        cli_add_format(out, "/%s.csv", table);
}

static const char *spelled(const x12_decimal *amount, char text[X12_DECIMAL_SIZE])
{
    x12_decimal_format(amount, text);
    return text;
}

void cli_add_finding_text(x12i_buffer *out, const cli_report *report, const x12_finding *finding)
{
    static const char *const colors[] = {"\033[36m", "\033[35m", "\033[31m"};
    char amount[X12_DECIMAL_SIZE];
    add_file(out, report, finding->position.table);
    if (finding->position.line != 0)
        cli_add_format(out, ":%" PRIu32 ":%" PRIu32, finding->position.line, finding->position.column);
    cli_add_format(out, ": %s%s[%s]%s: ", report->color ? colors[finding->severity] : "", cli_severity_name(finding->severity), x12_finding_name(finding->code),
                   report->color ? "\033[0m" : "");
    x12i_buffer_add_string(out, finding->text);
    if (report->reason != 0)
        cli_add_format(out, ": %s", strerror(report->reason));
    if (finding->difference != NULL)
        cli_add_format(out, ", by %s", spelled(finding->difference, amount));
    if (has_address(&finding->position)) {
        add_address(out, &finding->position);
        if (finding->trigger != NULL)
            add_trigger(out, finding->trigger);
        x12i_buffer_add_byte(out, ')');
    }
    x12i_buffer_add_byte(out, '\n');
}

void cli_add_member(x12i_buffer *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    cli_add_format(out, ",\"%s\":\"", name);
    cli_add_escaped(out, value, strlen(value));
    x12i_buffer_add_byte(out, '"');
}

static void add_number(x12i_buffer *out, const char *name, uint64_t value)
{
    if (value != 0)
        cli_add_format(out, ",\"%s\":%" PRIu64, name, value);
}

static void add_place_members(x12i_buffer *out, const x12_position *position)
{
    add_number(out, "segmentNumber", position->segment_number);
    cli_add_member(out, "loop", position->loop);
    cli_add_member(out, "segment", position->segment);
    cli_add_member(out, "qualifier", position->qualifier);
    add_number(out, "element", position->element);
    add_number(out, "component", position->component);
    add_number(out, "repetition", position->repetition);
    cli_add_member(out, "dataElement", position->data_element);
}

static void add_trigger_member(x12i_buffer *out, const x12_position *trigger)
{
    cli_add_format(out, ",\"trigger\":{\"line\":%" PRIu32 ",\"column\":%" PRIu32 ",\"offset\":%" PRIu64, trigger->line, trigger->column, trigger->offset);
    add_place_members(out, trigger);
    x12i_buffer_add_byte(out, '}');
}

void cli_add_finding_json(x12i_buffer *out, const cli_report *report, const x12_finding *finding)
{
    const x12_position *position = &finding->position;
    char amount[X12_DECIMAL_SIZE];
    cli_add_format(out, "{\"code\":\"%s\",\"severity\":\"%s\"", x12_finding_name(finding->code), cli_severity_name(finding->severity));
    add_number(out, "level", finding->level);
    cli_add_member(out, "message", finding->text);
    cli_add_member(out, "reason", report->reason ? strerror(report->reason) : NULL);
    x12i_buffer_add_string(out, ",\"file\":\"");
    add_file(out, report, position->table);
    x12i_buffer_add_byte(out, '"');
    add_number(out, "line", position->line);
    add_number(out, "column", position->column);
    if (has_offset(position))
        cli_add_format(out, ",\"offset\":%" PRIu64, position->offset);
    add_place_members(out, position);
    add_number(out, "row", position->row);
    cli_add_member(out, "path", position->path);
    cli_add_member(out, "nearest", position->nearest);
    if (finding->difference != NULL)
        cli_add_format(out, ",\"computed\":{\"difference\":\"%s\"}", spelled(finding->difference, amount));
    if (finding->trigger != NULL)
        add_trigger_member(out, finding->trigger);
    x12i_buffer_add_string(out, "}\n");
}

void cli_add_hidden_text(x12i_buffer *out, const cli_report *report)
{
    add_file(out, report, NULL);
    cli_add_format(out, ": and %lu more\n", report->count - report->limit);
}

void cli_add_hidden_json(x12i_buffer *out, const cli_report *report)
{
    cli_add_format(out, "{\"notShown\":%lu", report->count - report->limit);
    cli_add_member(out, "file", report->file);
    x12i_buffer_add_string(out, "}\n");
}
