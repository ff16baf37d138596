/* remedi show: X12 for people to look at, every byte of it. */
#include "cli/batch.h"
#include "cli/summary.h"
#include "cli/text.h"
#include <inttypes.h>
#include <remedi/envelope.h>
#include <remedi/guide.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 32, INDENT = 2, MARGIN = 19, LOOP_WIDTH = 24, ELEMENT_WIDTH = 9, NAME_WIDTH = 32 };

typedef struct view {
    cli_output *output;
    bool tree;
    const char *title;    /* of the file, until it was shown; NULL: none */
    const x12_loop_type *open[DEEPEST]; /* tree: the loops that the last segment was in */
    unsigned depth;
    const char *segment;  /* id of the one whose elements are shown; empty for one without a place */
    uint64_t junk_offset; /* of the bytes that are handed out next */
    cli_report *report;
} view;

static void put(view *shown, const char *string)
{
    cli_write(shown->output, string, strlen(string));
}

static void put_spaces(view *shown, size_t count)
{
    for (; count > 0; count--)
        cli_write(shown->output, " ", 1);
}

static void put_padded(view *shown, const char *string, size_t width)
{
    size_t length = strlen(string);
    put(shown, string);
    put_spaces(shown, length < width ? width - length : 0);
}

static void put_escaped(view *shown, const char *data, size_t size)
{
    char escaped[CLI_ESCAPE_MAX];
    size_t length;
    while (size != 0) {
        size_t taken = cli_escape(data, size, escaped, &length);
        cli_write(shown->output, escaped, length);
        data += taken;
        size -= taken;
    }
}

static void put_quoted(view *shown, const char *name, const char *data, size_t size)
{
    put(shown, name);
    put(shown, "\"");
    put_escaped(shown, data, size);
    put(shown, "\"\n");
}

static void put_title(view *shown)
{
    if (shown->title != NULL) {
        put(shown, "== ");
        put_escaped(shown, shown->title, strlen(shown->title));
        put(shown, "\n");
    }
    shown->title = NULL;
}

static void put_raw(view *shown, const x12_segment *segment)
{
    put_escaped(shown, segment->raw, segment->raw_length);
    put(shown, segment->flags & X12_SEGMENT_UNTERMINATED ? "  (not terminated)\n" : "\n");
}

/* --- segments with their elements --- */

static bool is_transaction(const x12_loop_type *type)
{
    const x12_loop_type *parent = x12_loop_parent(type);
    return parent != NULL && x12_loop_parent(parent) != NULL && x12_loop_parent(x12_loop_parent(parent)) == NULL;
}

/* "2000/2100": the ids from below the transaction, or the one id of a loop around that. */
static size_t put_path(view *shown, const x12_loop_type *type)
{
    const x12_loop_type *parent = x12_loop_parent(type);
    size_t width = strlen(x12_loop_id(type));
    if (!is_transaction(type) && parent != NULL && x12_loop_parent(parent) != NULL && !is_transaction(parent)) {
        width += put_path(shown, parent) + 1;
        put(shown, "/");
    }
    put(shown, x12_loop_id(type));
    return width;
}

static void show_element(void *context, const x12_element *element)
{
    view *shown = context;
    char place[64], *end = place + sprintf(place, "%.8s%02u", shown->segment, element->element);
    if (element->repetition != 0)
        end += sprintf(end, "(%u)", element->repetition);
    if (element->component != 0)
        sprintf(end, "-%u", element->component);
    put_spaces(shown, MARGIN);
    put_padded(shown, place, ELEMENT_WIDTH);
    put_padded(shown, element->name, NAME_WIDTH);
    put_quoted(shown, " ", element->value.data, element->value.length);
}

static void put_note(view *shown, const char *name, const char *data, size_t size)
{
    put_spaces(shown, MARGIN);
    put_quoted(shown, name, data, size);
}

static void show_segment(view *shown, const x12_placed *placed)
{
    const x12_segment *segment = placed->segment;
    char where[64];
    const char *name = placed->place ? x12_place_name(placed->place) : "(no place)";
    sprintf(where, "%10" PRIu64 " %6" PRIu32 "  ", segment->offset, segment->number);
    if (segment->flags & X12_SEGMENT_BEFORE)
        put_note(shown, "before this: ", segment->before, segment->before_length);
    put(shown, where);
    size_t width = put_path(shown, placed->loop) + 1;
    put(shown, " ");
    put_padded(shown, name ? name : "", width < LOOP_WIDTH ? LOOP_WIDTH - width : 0);
    put(shown, "  ");
    put_raw(shown, segment);
    shown->segment = placed->place ? x12_place_segment(placed->place) : "";
    x12_each_element(placed, shown, show_element);
}

/* --- the tree --- */

/* The loops from the interchange to `type`. */
static unsigned list_loops(const x12_loop_type *type, const x12_loop_type **loops)
{
    const x12_loop_type *parent = x12_loop_parent(type);
    unsigned depth = parent ? list_loops(parent, loops) : 0;
    if (depth == DEEPEST)
        return depth;
    loops[depth] = type;
    return depth + 1;
}

static void show_loop(view *shown, const x12_loop_type *type, unsigned depth)
{
    const char *guide = is_transaction(type) ? x12_loop_guide(type) : NULL;
    put_spaces(shown, depth * INDENT);
    put(shown, x12_loop_id(type));
    put(shown, " ");
    put(shown, x12_loop_name(type));
    put(shown, guide ? " " : "");
    put(shown, guide ? guide : "");
    put(shown, "\n");
}

/* Whether the segment begins a new loop, even where the last one was of the same kind. */
static bool opens_loop(const x12_placed *placed)
{
    return placed->place ? x12_place_opens(placed->place, placed->loop) : is_transaction(placed->loop) && x12_loop_guide(placed->loop) == NULL && placed->segment->number == 1;
}

static void show_branch(view *shown, const x12_placed *placed)
{
    const x12_loop_type *loops[DEEPEST];
    unsigned depth = list_loops(placed->loop, loops), same = 0;
    while (same < depth && same < shown->depth && loops[same] == shown->open[same])
        same++;
    if (same == depth && opens_loop(placed))
        same--;
    for (; same < depth; same++) {
        show_loop(shown, loops[same], same);
        shown->open[same] = loops[same];
    }
    shown->depth = depth;
    put_spaces(shown, depth * INDENT);
    put_raw(shown, placed->segment);
}

/* --- what the reader tells --- */

static void placed(void *context, const x12_placed *placed)
{
    view *shown = context;
    put_title(shown);
    if (shown->tree)
        show_branch(shown, placed);
    else
        show_segment(shown, placed);
}

/* Only the finding says where bytes without a segment stand. */
static void handle(void *context, const x12_finding *finding)
{
    view *shown = context;
    x12_finding_handler next = cli_findings(shown->report);
    if (finding->code == X12_FINDING_JUNK)
        shown->junk_offset = finding->position.offset;
    next.handle(next.context, finding);
}

static void show_bytes(view *shown, x12_text bytes)
{
    char offset[32];
    put_title(shown);
    shown->depth = 0;
    sprintf(offset, "%10" PRIu64 "  ", shown->junk_offset);
    put(shown, shown->tree ? "" : offset);
    put_quoted(shown, "bytes of no segment: ", bytes.data, bytes.length);
}

static void show_after(view *shown, const x12_loop *loop)
{
    const x12_segment *trailer = ((const x12_interchange *)(const void *)loop)->iea_segment;
    if (trailer != NULL && (trailer->flags & X12_SEGMENT_AFTER))
        put_note(shown, "after the last: ", trailer->after, trailer->after_length);
}

static x12_status show_events(view *shown, x12_reader *reader)
{
    x12_event event;
    x12_status status;
    while ((status = x12_reader_next(reader, &event)) == X12_OK && shown->output->reason == 0) {
        if (event.kind == X12_BYTES)
            show_bytes(shown, event.bytes);
        else if (event.kind == X12_LOOP_END && x12_loop_parent(event.loop->type) == NULL)
            show_after(shown, event.loop);
    }
    if (shown->output->reason != 0)
        return X12_ERROR_OUTPUT;
    return status == X12_END ? X12_OK : status;
}

static x12_status translate(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    const cli_arguments *arguments = batch->arguments;
    view shown = {.output = output, .report = report, .tree = arguments->values[CLI_TREE] != NULL};
    const x12_watcher watcher = {&shown, placed};
    const x12_reader_options options = {.findings = {&shown, handle}, .charset = arguments->values[CLI_CHARSET]};
    x12_reader *reader = NULL;
    if (file->walked || arguments->operand_count > 1)
        shown.title = file->path;
    x12_status status = x12_reader_open(&reader, cli_reading(input), &options);
    if (status == X12_OK) {
        x12_reader_watch(reader, &watcher);
        status = show_events(&shown, reader);
    }
    x12_reader_free(reader);
    return status;
}

/* --- acknowledgments in words --- */

typedef struct summary_batch {
    cli_batch batch;
    cli_summary summary;
} summary_batch;

static x12_status summarize_events(cli_summary *summary, x12_reader *reader, cli_output *output)
{
    x12_event event;
    x12_status status;
    while ((status = x12_reader_next(reader, &event)) == X12_OK) {
        summary->text.length = 0;
        cli_summarize(summary, &event);
        if (summary->text.failed)
            return X12_ERROR_MEMORY;
        if (summary->text.length != 0 && !cli_write(output, summary->text.data, summary->text.length))
            return X12_ERROR_OUTPUT;
    }
    return status == X12_END ? X12_OK : status;
}

static x12_status summarize(const cli_batch *batch, const cli_file *file, cli_input *input, cli_output *output, cli_report *report)
{
    const cli_arguments *arguments = batch->arguments;
    cli_summary *summary = &((summary_batch *)(uintptr_t)batch)->summary;
    const x12_reader_options options = {.findings = cli_findings(report), .charset = arguments->values[CLI_CHARSET]};
    view titled = {.output = output, .title = file->walked || arguments->operand_count > 1 ? file->path : NULL};
    x12_reader *reader = NULL;
    put_title(&titled);
    x12_status status = x12_reader_open(&reader, cli_reading(input), &options);
    if (status == X12_OK)
        status = summarize_events(summary, reader, output);
    x12_reader_free(reader);
    return status;
}

static int run_summary(const cli_arguments *arguments)
{
    summary_batch batch = {.batch = {.arguments = arguments, .translate = summarize, .suffix = ".txt"}};
    const char *path = arguments->values[CLI_OF];
    cli_report report;
    cli_original *original = NULL;
    if (!cli_report_open(&report, arguments))
        return CLI_USAGE;
    if (path != NULL && (original = cli_read_original(path, &report)) == NULL)
        return CLI_UNREADABLE;
    batch.summary.original = original;
    int code = cli_run_batch(&batch.batch);
    x12i_buffer_free(&batch.summary.text);
    cli_free_original(original);
    return code;
}

static int run(const cli_arguments *arguments)
{
    const cli_batch batch = {.arguments = arguments, .translate = translate, .suffix = ".txt"};
    if (arguments->values[CLI_OF] != NULL && arguments->values[CLI_SUMMARY] == NULL) {
        fputs("remedi show: --of goes with --summary\n", stderr);
        return CLI_USAGE;
    }
    return arguments->values[CLI_SUMMARY] ? run_summary(arguments) : cli_run_batch(&batch);
}

const cli_command cli_show = {
    .name = "show",
    .summary = "Shows X12 segment by segment",
    .usage = "[OPTION...] [FILE...]",
    .details = "For each segment: byte offset, number, loop and name of its place, the segment as sent; below it each element that was\n"
               "sent, with its number (repetition), -component and its name in JSON. Characters that a terminal would obey are\n"
               "escaped. FILE may be a folder, and - or nothing is stdin. With --summary, what a TA1, 999 or 277CA says in words.\n",
    .options = 1ull << CLI_OF | 1ull << CLI_SUMMARY | 1ull << CLI_CHARSET | 1ull << CLI_FORMAT | 1ull << CLI_MAX_FINDINGS | 1ull << CLI_OUTPUT | 1ull << CLI_TREE,
    .run = run,
};
