#include "cli/check_show.h"
#include "cli/text.h"
#include <inttypes.h>
#include <string.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static void put(cli_output *output, x12i_buffer *text)
{
    cli_write(output, text->data, text->length);
    x12i_buffer_free(text);
}

static void add_rule(x12i_buffer *out, const x12_finding_type *type, bool first)
{
    cli_add_format(out, "%s\n{\"id\":\"%s\"", first ? "" : ",", type->name);
    x12i_buffer_add_string(out, ",\"shortDescription\":{\"text\":\"");
    cli_add_escaped(out, type->text, strlen(type->text));
    cli_add_format(out, "\"},\"defaultConfiguration\":{\"level\":\"%s\"},\"properties\":{\"snipLevel\":%u}}", cli_severity_name(type->severity), type->level);
}

static void add_head(x12i_buffer *out)
{
    const x12_finding_type *type;
    x12i_buffer_add_string(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"remedi\",\"version\":\""
                                PACKAGE_VERSION "\",\"rules\":[");
    for (size_t i = 0; (type = x12_finding_type_at(i)) != NULL; i++)
        add_rule(out, type, i == 0);
    x12i_buffer_add_string(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
}

/* A path as a URI: what is no letter or digit of a plain kind is percent-encoded. */
static void add_uri(x12i_buffer *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    if (strcmp(path, "-") == 0)
        path = "stdin";
    for (; *path != '\0'; path++) {
        if (strchr(plain, *path) != NULL)
            x12i_buffer_add_byte(out, *path);
        else
            cli_add_format(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

/* The place in the guide's terms: "2300/CLM05-3". */
static void add_logical_place(x12i_buffer *out, const x12_position *position)
{
    if (position->loop != NULL) {
        x12i_buffer_add_string(out, position->loop);
        x12i_buffer_add_byte(out, '/');
    }
    cli_add_place(out, position);
}

static size_t index_of(x12_finding_code code)
{
    size_t index = 0;
    while (x12_finding_type_at(index)->code != code)
        index++;
    return index;
}

/* The same finding keeps its fingerprint when lines or bytes before it change: what it is, and where in its transaction. */
static void add_fingerprint(x12i_buffer *out, const x12_finding *finding)
{
    const x12_position *position = &finding->position;
    cli_add_format(out, ",\"partialFingerprints\":{\"x12Place/v1\":\"%s:", x12_finding_name(finding->code));
    add_logical_place(out, position);
    cli_add_format(out, ":%" PRIu32 ":%u\"}}", position->segment_number, position->repetition);
}

static void add_location(x12i_buffer *out, const cli_report *report, const x12_position *position)
{
    x12i_buffer_add_string(out, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"");
    add_uri(out, report->file);
    x12i_buffer_add_string(out, "\"}");
    if (position->line != 0)
        cli_add_format(out, ",\"region\":{\"startLine\":%" PRIu32 ",\"startColumn\":%" PRIu32 ",\"byteOffset\":%" PRIu64 "}", position->line, position->column, position->offset);
    x12i_buffer_add_byte(out, '}');
    if (position->loop != NULL || position->segment != NULL) {
        x12i_buffer_add_string(out, ",\"logicalLocations\":[{\"fullyQualifiedName\":\"");
        add_logical_place(out, position);
        x12i_buffer_add_string(out, "\"}]");
    }
    x12i_buffer_add_string(out, "}]");
}

static void show(cli_report *report, const x12_finding *finding)
{
    x12i_buffer text = {0};
    cli_check_context *context = report->context;
    cli_add_format(&text, "%s\n{\"ruleId\":\"%s\",\"ruleIndex\":%zu,\"level\":\"%s\",\"message\":{\"text\":\"", context->begun ? "," : "", x12_finding_name(finding->code), index_of(finding->code),
                   cli_severity_name(finding->severity));
    context->begun = true;
    cli_add_escaped(&text, finding->text, strlen(finding->text));
    x12i_buffer_add_string(&text, "\"}");
    add_location(&text, report, &finding->position);
    add_fingerprint(&text, finding);
    put(report->output, &text);
}

void cli_sarif_frame(const cli_batch *batch, cli_output *output, cli_report *report, bool begins)
{
    x12i_buffer text = {0};
    if (begins) {
        report->show = show;
        report->context = batch->context;
        ((cli_check_context *)batch->context)->begun = false;
        add_head(&text);
    } else {
        x12i_buffer_add_string(&text, "\n]}]}\n");
    }
    put(output, &text);
}
