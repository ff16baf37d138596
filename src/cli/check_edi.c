#include "cli/check_show.h"
#include "cli/text.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A segment that waits for its findings: some of them come only when its record ends. */
typedef struct held_segment {
    uint64_t offset;
    size_t start; /* of its text */
    size_t length;
} held_segment;

struct cli_annotation {
    cli_output *output;
    cli_report *report;
    x12i_buffer text;     /* of the segments, escaped */
    x12i_buffer segments; /* held_segment, in the order of the file */
    x12i_buffer findings; /* x12_finding, as they came */
};

static void show(cli_report *report, const x12_finding *finding)
{
    cli_annotation *annotation = report->context;
    x12i_buffer_add(&annotation->findings, (const char *)finding, sizeof *finding);
}

static void placed(void *context, const x12_placed *placed)
{
    cli_annotation *annotation = context;
    held_segment held = {.offset = placed->segment->offset, .start = annotation->text.length};
    cli_add_escaped(&annotation->text, placed->segment->raw, placed->segment->raw_length);
    held.length = annotation->text.length - held.start;
    x12i_buffer_add(&annotation->segments, (const char *)&held, sizeof held);
}

cli_annotation *cli_annotation_new(cli_output *output, cli_report *report)
{
    cli_annotation *made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->output = output;
    made->report = report;
    report->show = show;
    report->context = made;
    return made;
}

void cli_annotation_free(cli_annotation *annotation)
{
    if (annotation == NULL)
        return;
    annotation->report->show = NULL;
    x12i_buffer_free(&annotation->text);
    x12i_buffer_free(&annotation->segments);
    x12i_buffer_free(&annotation->findings);
    free(annotation);
}

x12_watcher cli_annotation_watcher(cli_annotation *annotation)
{
    return (x12_watcher){annotation, placed};
}

static void put(cli_annotation *annotation, x12i_buffer *line)
{
    cli_write(annotation->output, line->data, line->length);
    x12i_buffer_free(line);
}

/* "  ^ error E4010 CLM05-3, loop 2300: ..."; a segment that is no longer at hand is named by its line. */
static void put_finding(cli_annotation *annotation, const x12_finding *finding, bool above)
{
    x12i_buffer line = {0};
    const x12_position *position = &finding->position;
    cli_add_format(&line, "  ^ %s %s ", cli_severity_name(finding->severity), x12_finding_name(finding->code));
    cli_add_place(&line, position);
    if (position->loop != NULL)
        cli_add_format(&line, "%sloop %s", position->segment ? ", " : "", position->loop);
    if (above && position->line != 0)
        cli_add_format(&line, ", above at %" PRIu32 ":%" PRIu32, position->line, position->column);
    x12i_buffer_add_string(&line, ": ");
    x12i_buffer_add_string(&line, finding->text);
    x12i_buffer_add_byte(&line, '\n');
    put(annotation, &line);
}

static void put_findings_at(cli_annotation *annotation, uint64_t offset)
{
    x12_finding *findings = (x12_finding *)(void *)annotation->findings.data;
    for (size_t i = 0; i < annotation->findings.length / sizeof *findings; i++) {
        if (findings[i].position.offset != offset || findings[i].text == NULL)
            continue;
        put_finding(annotation, &findings[i], false);
        findings[i].text = NULL;
    }
}

/* Those of segments that were written before. */
static void put_late_findings(cli_annotation *annotation)
{
    const x12_finding *findings = (const x12_finding *)(void *)annotation->findings.data;
    for (size_t i = 0; i < annotation->findings.length / sizeof *findings; i++)
        if (findings[i].text != NULL)
            put_finding(annotation, &findings[i], true);
}

static void put_segments(cli_annotation *annotation)
{
    const held_segment *segments = (const held_segment *)(void *)annotation->segments.data;
    for (size_t i = 0; i < annotation->segments.length / sizeof *segments; i++) {
        cli_write(annotation->output, annotation->text.data + segments[i].start, segments[i].length);
        cli_write(annotation->output, "\n", 1);
        if (annotation->findings.length != 0)
            put_findings_at(annotation, segments[i].offset);
    }
}

bool cli_annotation_flush(cli_annotation *annotation, const x12_event *event)
{
    x12i_buffer bytes = {0};
    put_segments(annotation);
    put_late_findings(annotation);
    if (event != NULL && event->kind == X12_BYTES) {
        cli_add_escaped(&bytes, event->bytes.data, event->bytes.length);
        x12i_buffer_add_byte(&bytes, '\n');
        put(annotation, &bytes);
    }
    annotation->text.length = annotation->segments.length = annotation->findings.length = 0;
    return !annotation->text.failed && !annotation->segments.failed && !annotation->findings.failed;
}
