#include <remedi/json.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "convert/json_names.h"
#include "convert/json_labels.h"
#include "convert/json_echo.h"

enum { MAXIMUM_DEPTH = 32, FLUSH_SIZE = 1 << 16 };

/* A loop that has started: which list of its children is open. */
typedef struct open_loop {
    const x12_loop_type *type;
    const char *list; /* its key; NULL: none */
} open_loop;

struct x12_json_writer {
    x12i_json_output json;
    x12_output output;
    x12_json_writer_options options;
    open_loop loops[MAXIMUM_DEPTH];
    unsigned depth;
    bool begun;
    bool charset_told;
    uint64_t records;          /* of the transaction that is open, or was last */
    uint32_t segment_count;
    x12_status status;
    x12i_json_echo echo;
    const char *list_before;   /* what list was open before the record that the echo has begun, */
    char byte_before;          /* and the last byte, a comma that a bracket may have taken back */
};

/* --- lists of children, in a document --- */

static char *close_list(x12_json_writer *writer, char *out, open_loop *loop)
{
    if (loop->list != NULL)
        out = x12i_json_close(&writer->json, out, ']');
    loop->list = NULL;
    return out;
}

static char *begin_document(x12_json_writer *writer, char *out)
{
    if (writer->begun)
        return out;
    writer->begun = true;
    out = x12i_json_open(&writer->json, out, '{');
    out = x12i_json_put_name(&writer->json, out, "interchanges");
    return x12i_json_open(&writer->json, out, '[');
}

/* Goes to where the next child of the innermost loop stands: in the list `name`, which opens here unless it is open. */
static char *enter_list(x12_json_writer *writer, char *out, const char *name, bool single)
{
    open_loop *top = writer->depth ? &writer->loops[writer->depth - 1] : NULL;
    if (top == NULL) {
        out = begin_document(writer, out);
    } else if (top->list == NULL || top->list != name) {
        out = close_list(writer, out, top);
        out = x12i_json_put_name(&writer->json, out, name);
        if (single)
            return out;
        out = x12i_json_open(&writer->json, out, '[');
        top->list = name;
    }
    *out++ = '\n';
    return out;
}

static const char stray_list[] = "segments", transaction_list[] = "transactions";

/* The object of a loop: a line of its own, or an item of its parent's list. */
static char *open_object(x12_json_writer *writer, char *out, const x12_loop_type *type)
{
    if (!writer->options.lines) {
        const x12i_slot *slot = writer->depth ? x12i_slot_of(writer->loops[writer->depth - 1].type, type) : NULL;
        out = enter_list(writer, out, slot ? slot->name : transaction_list, slot && slot->kind == X12I_SLOT_LOOP);
        return x12i_json_open(&writer->json, out, '{');
    }
    out = x12i_json_open(&writer->json, out, '{');
    return x12i_json_put_named(&writer->json, out, "record", x12i_string_text(x12i_json_record_name(type)));
}

static char *close_object(x12_json_writer *writer, char *out)
{
    out = x12i_json_close(&writer->json, out, '}');
    if (writer->options.lines)
        out[-1] = '\n';
    return out;
}

/* --- the interchange's own --- */

static char *put_character(x12_json_writer *writer, char *out, const char *name, uint32_t code_point)
{
    char text[4];
    size_t length = code_point ? x12i_utf8_encode(code_point, text) : 0;
    return length ? x12i_json_put_named(&writer->json, out, name, (x12_text){text, (uint32_t)length}) : out;
}

static char *put_syntax(x12_json_writer *writer, char *out, const x12_syntax *syntax)
{
    out = put_character(writer, out, "elementSeparator", syntax->element);
    out = put_character(writer, out, "segmentTerminator", syntax->segment);
    if (syntax->element != 0 && syntax->component == 0)
        out = x12i_json_put_true(&writer->json, out, "noComponentSeparator");
    if (syntax->line_break.data != NULL)
        out = x12i_json_put_named(&writer->json, out, "lineBreak", syntax->line_break);
    return out;
}

static char *put_charset(x12_json_writer *writer, char *out)
{
    if (writer->charset_told)
        return out;
    writer->charset_told = true;
    const char *charset = writer->options.charset;
    if (charset != NULL && strcmp(charset, "UTF-8") != 0)
        out = x12i_json_put_named(&writer->json, out, "charset", x12i_string_text(charset));
    if (writer->options.byte_order_mark)
        out = x12i_json_put_true(&writer->json, out, "byteOrderMark");
    return out;
}

static void use_syntax(x12_json_writer *writer, const x12_syntax *syntax)
{
    uint32_t element = syntax != NULL && syntax->element ? syntax->element : '*';
    writer->json.separator_length = x12i_utf8_encode(element, writer->json.separator);
}

/* --- events --- */

static char *start_loop(x12_json_writer *writer, char *out, const x12_event *event)
{
    const x12_loop_type *type = event->loop->type;
    if (writer->depth == MAXIMUM_DEPTH) {
        writer->status = X12_ERROR_USAGE;
        return out;
    }
    out = open_object(writer, out, type);
    if (x12i_is_interchange(type)) {
        out = put_charset(writer, out);
        use_syntax(writer, event->syntax);
    }
    if (x12i_is_transaction(type))
        writer->records = writer->segment_count = 0;
    out = x12i_json_put_head(&writer->json, out, event->loop);
    if (event->syntax != NULL)
        out = put_syntax(writer, out, event->syntax);
    out = x12i_json_put_head_notes(&writer->json, out, event->loop);
    writer->loops[writer->depth++] = (open_loop){.type = type};
    return writer->options.lines ? close_object(writer, out) : out;
}

static char *put_number(x12_json_writer *writer, char *out, const char *name, uint64_t number)
{
    char digits[20];
    x12i_buffer text = {.data = digits, .capacity = sizeof digits};
    x12i_buffer_add_number(&text, number);
    return x12i_json_put_named(&writer->json, out, name, (x12_text){digits, (uint32_t)text.length});
}

/* How many came, so that lines which were lost show. */
static char *put_counts(x12_json_writer *writer, char *out, const x12_loop *loop)
{
    const x12_loop_type *type = loop->type;
    uint32_t segments = writer->segment_count;
    if (type->slot_count != 0) {
        const x12i_slot *trailer = &type->slots[type->slot_count - 1];
        const x12_segment *segment = *(const x12_segment *const *)(const void *)((const char *)loop + trailer->segment_offset);
        segments = segment != NULL ? segment->number : 0;
    }
    if (segments != 0)
        out = put_number(writer, out, "segmentCount", segments);
    return put_number(writer, out, "recordCount", writer->records);
}

static char *put_end_line(x12_json_writer *writer, char *out, const x12_loop *loop)
{
    const x12_loop_type *type = loop->type;
    size_t start = (size_t)(out - writer->json.buffer.data);
    out = x12i_json_open(&writer->json, out, '{');
    out = x12i_json_put_name(&writer->json, out, "record");
    out = x12i_json_put_text(&writer->json, out, x12i_string_text(x12i_json_record_name(type)));
    memcpy(out - 2, "End\",", 5);
    out += 3;
    size_t inside = (size_t)(out - writer->json.buffer.data);
    out = x12i_json_put_tail(&writer->json, out, loop, "x12");
    if (x12i_is_transaction(type))
        out = put_counts(writer, out, loop);
    bool always = x12i_is_transaction(type) || x12i_is_group(type) || x12i_is_interchange(type);
    if ((size_t)(out - writer->json.buffer.data) == inside && !always)
        return writer->json.buffer.data + start;
    return close_object(writer, out);
}

static char *end_loop(x12_json_writer *writer, char *out, const x12_loop *loop)
{
    if (writer->depth == 0) {
        writer->status = X12_ERROR_USAGE;
        return out;
    }
    open_loop *top = &writer->loops[--writer->depth];
    if (writer->options.lines)
        return put_end_line(writer, out, loop);
    out = close_list(writer, out, top);
    out = x12i_json_put_tail(&writer->json, out, loop, "x12End");
    return close_object(writer, out);
}

static char *put_record(x12_json_writer *writer, char *out, const x12_loop *loop, bool spelled)
{
    if (spelled)
        out = writer->echo.out;
    else
        out = x12i_json_put_loop(&writer->json, open_object(writer, out, loop->type), loop);
    writer->records++;
    return close_object(writer, out);
}

static char *put_stray(x12_json_writer *writer, char *out, const x12_segment *segment)
{
    writer->segment_count = segment->number;
    if (!writer->options.lines)
        return x12i_json_put_elements(&writer->json, enter_list(writer, out, stray_list, false), segment);
    out = x12i_json_open(&writer->json, out, '{');
    out = x12i_json_put_named(&writer->json, out, "record", x12i_string_text(stray_list));
    out = x12i_json_put_name(&writer->json, out, stray_list);
    out = x12i_json_put_elements(&writer->json, x12i_json_open(&writer->json, out, '['), segment);
    return close_object(writer, x12i_json_close(&writer->json, out, ']'));
}

static char *put_bytes(x12_json_writer *writer, char *out, x12_text bytes)
{
    if (!writer->options.lines)
        out = enter_list(writer, out, NULL, false);
    out = x12i_json_open(&writer->json, out, '{');
    if (writer->options.lines)
        out = x12i_json_put_named(&writer->json, out, "record", x12i_string_text("bytes"));
    out = x12i_json_put_named(&writer->json, out, "bytes", bytes);
    return close_object(writer, put_charset(writer, out));
}

/* Hands on what is ready, but for the last byte, which may be a comma to take back. */
static void flush(x12_json_writer *writer, size_t kept)
{
    x12i_buffer *buffer = &writer->json.buffer;
    if (buffer->length <= kept)
        return;
    size_t size = buffer->length - kept;
    if (!writer->output.write(writer->output.context, buffer->data, size))
        writer->status = X12_ERROR_OUTPUT;
    memmove(buffer->data, buffer->data + size, kept);
    buffer->length = kept;
}

/* Takes back what was spelled of a record. */
static void drop_echo(x12_json_writer *writer)
{
    if (!writer->echo.begun)
        return;
    writer->echo.begun = false;
    writer->json.buffer.length = writer->echo.start;
    writer->json.buffer.data[writer->echo.start - 1] = writer->byte_before;
    writer->loops[writer->depth - 1].list = writer->list_before;
}

/* Whether the event's record stands behind the buffer's text already. What else stands there is of no use. */
static bool take_echo(x12_json_writer *writer, const x12_event *event)
{
    x12i_json_echo *echo = &writer->echo;
    if (!echo->begun)
        return false;
    if (event->kind != X12_RECORD || !echo->complete || echo->record != event->loop) {
        drop_echo(writer);
        return false;
    }
    echo->begun = false;
    writer->json.buffer.length = echo->start;
    return true;
}

x12_status x12_json_writer_write(x12_json_writer *writer, const x12_event *event)
{
    x12i_buffer *buffer = &writer->json.buffer;
    const bool spelled = take_echo(writer, event);
    char *out = x12i_json_room(&writer->json, buffer->data + buffer->length);
    bool inside = writer->depth != 0 || writer->options.lines;
    x12i_json_use_segment(&writer->json, NULL);
    if (writer->status != X12_OK)
        return writer->status;
    switch (event->kind) {
    case X12_LOOP_START:
        out = start_loop(writer, out, event);
        break;
    case X12_RECORD:
        out = put_record(writer, out, event->loop, spelled);
        break;
    case X12_LOOP_END:
        out = end_loop(writer, out, event->loop);
        break;
    case X12_SEGMENT:
        if (inside)
            out = put_stray(writer, out, event->segment);
        else
            writer->status = X12_ERROR_USAGE;
        break;
    case X12_BYTES:
        if (writer->depth == 0)
            out = put_bytes(writer, out, event->bytes);
        else
            writer->status = X12_ERROR_USAGE;
        break;
    }
    buffer->length = (size_t)(out - buffer->data);
    if (buffer->failed)
        writer->status = X12_ERROR_MEMORY;
    else if (buffer->length >= FLUSH_SIZE)
        flush(writer, 1);
    return writer->status;
}

static void begin_record(x12i_scribe *scribe, const x12_loop *record)
{
    x12i_json_echo *echo = (x12i_json_echo *)(void *)scribe;
    x12_json_writer *writer = (x12_json_writer *)(void *)((char *)echo - offsetof(x12_json_writer, echo));
    drop_echo(writer);
    const size_t start = writer->json.buffer.length;
    if (writer->depth == 0 || start == 0 || writer->status != X12_OK)
        return;
    writer->byte_before = writer->json.buffer.data[start - 1];
    writer->list_before = writer->loops[writer->depth - 1].list;
    char *out = x12i_json_room(&writer->json, writer->json.buffer.data + start);
    x12i_json_echo_begin(echo, start, open_object(writer, out, record->type), record);
}

void x12_json_writer_follow(x12_json_writer *writer, x12_reader *reader)
{
    if (writer->options.names)
        return;
    x12i_json_echo_open(&writer->echo, &writer->json);
    writer->echo.scribe.begin = begin_record;
    x12i_reader_scribe(reader, &writer->echo.scribe);
}

x12_status x12_json_writer_finish(x12_json_writer *writer)
{
    x12i_buffer *buffer = &writer->json.buffer;
    drop_echo(writer);
    if (writer->status == X12_OK && writer->depth != 0)
        writer->status = X12_ERROR_USAGE;
    if (writer->status != X12_OK)
        return writer->status;
    if (!writer->options.lines) {
        char *out = begin_document(writer, x12i_json_room(&writer->json, buffer->data + buffer->length));
        out = x12i_json_close(&writer->json, out, ']');
        out = x12i_json_close(&writer->json, out, '}');
        out[-1] = '\n';
        buffer->length = (size_t)(out - buffer->data);
    }
    if (buffer->failed)
        writer->status = X12_ERROR_MEMORY;
    else
        flush(writer, 0);
    return writer->status;
}

static x12i_json_labels *open_labels(const x12_json_writer_options *options)
{
    x12i_json_labels *labels = x12i_allocate(options->allocator, sizeof *labels);
    if (labels != NULL)
        labels->codes = options->codes;
    return labels;
}

x12_status x12_json_writer_open(x12_json_writer **writer, x12_output output, const x12_json_writer_options *options)
{
    static const x12_json_writer_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *writer = NULL;
    x12_json_writer *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->output = output;
    made->options = *options;
    made->json.buffer.allocator = options->allocator;
    use_syntax(made, NULL);
    if (options->names)
        made->json.labels = open_labels(options);
    if ((options->names && made->json.labels == NULL) || x12i_json_open_output(&made->json, 2 * FLUSH_SIZE) == NULL) {
        x12_json_writer_free(made);
        return X12_ERROR_MEMORY;
    }
    *writer = made;
    return X12_OK;
}

void x12_json_writer_free(x12_json_writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->echo.scribe.reader != NULL)
        x12i_reader_scribe(writer->echo.scribe.reader, NULL);
    const x12_allocator *allocator = writer->options.allocator;
    x12i_buffer_free(&writer->json.buffer);
    x12i_release(allocator, writer->json.labels, sizeof(x12i_json_labels));
    x12i_release(allocator, writer, sizeof *writer);
}
