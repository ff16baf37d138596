#include "model/writer_state.h"
#include "base/text.h"
#include "diagnostic/diagnostic.h"
#include "model/decode.h"
#include <string.h>

void x12i_writer_fail(x12_writer *writer, x12_status status)
{
    if (writer->status != X12_OK)
        return;
    writer->status = status;
    if (status == X12_ERROR_FORMAT)
        x12i_raise(&writer->options.findings, X12_FINDING_JSON_CHARACTER, (x12_position){0});
}

void x12i_put(x12_writer *writer, const char *data, size_t length)
{
    char *room = length ? x12i_sink_room(writer->sink, length) : NULL;
    if (length != 0 && room == NULL) {
        x12i_writer_fail(writer, X12_ERROR_MEMORY);
    } else if (length != 0) {
        memcpy(room, data, length);
        x12i_sink_put(writer->sink, length);
    }
}

/* Where a byte stands in a text, which may be nothing at NULL. */
static const char *find(x12_text text, char byte)
{
    return text.length ? memchr(text.data, byte, text.length) : NULL;
}

/* The next element of what is left; empty when there is none. */
static x12_text take_element(x12_text *rest, char separator)
{
    x12_text element = *rest;
    const char *end = find(*rest, separator);
    if (end == NULL) {
        *rest = (x12_text){0};
        return element;
    }
    element.length = (uint32_t)(end - rest->data);
    rest->data = end + 1;
    rest->length -= element.length + 1;
    return element;
}

/* What stands behind the id of a segment, which any delimiter ends. */
static x12_text without_id(x12_text segment, const x12i_delimiters *delimiters)
{
    bool ended = false;
    for (; segment.length != 0 && !ended; segment.data++, segment.length--) {
        unsigned char byte = (unsigned char)*segment.data;
        ended = byte != '\0' && (byte == delimiters->element || byte == delimiters->component || byte == delimiters->repetition);
    }
    return segment;
}

/* Keeps the control number of a header, for its trailer: as it reads, not as lines broke it. */
static void keep_control(x12_writer *writer, x12_text segment)
{
    x12_text element = {0};
    segment = without_id(segment, &writer->encoder.delimiters);
    for (unsigned part = 1; part <= writer->control_part; part++)
        element = take_element(&segment, (char)writer->encoder.delimiters.element);
    for (uint32_t i = 0; i < element.length; i++)
        if (element.data[i] != '\r' && element.data[i] != '\n')
            x12i_buffer_add_byte(&writer->control[writer->control_level], element.data[i]);
    writer->control_part = 0;
}

static void use_line_break(x12_writer *writer)
{
    x12_text due = writer->line_break_due;
    writer->line_break_length = due.length < sizeof writer->line_break ? due.length : 0;
    memcpy(writer->line_break, due.data, writer->line_break_length);
    writer->line_break_due = (x12_text){0};
}

void x12i_keep_after(x12_writer *writer, const x12_segment *segment)
{
    if (segment == NULL || !(segment->flags & X12_SEGMENT_AFTER))
        return;
    writer->has_after = true;
    writer->after.length = 0;
    x12i_buffer_add(&writer->after, segment->after, segment->after_length);
}

/* What stands before a segment of which nothing is noted. */
static x12_text usual_break(const x12_writer *writer)
{
    return (x12_text){writer->line_break, writer->first ? 0 : (uint32_t)writer->line_break_length};
}

static void put_parts(x12_writer *writer, x12_text before, const char *text, size_t length, bool terminated)
{
    size_t size = before.length + length + terminated;
    char *room = size ? x12i_sink_room(writer->sink, size) : NULL;
    if (room == NULL) {
        if (size != 0)
            x12i_writer_fail(writer, X12_ERROR_MEMORY);
        return;
    }
    if (before.length != 0)
        memcpy(room, before.data, before.length);
    if (length != 0)
        memcpy(room + before.length, text, length);
    if (terminated)
        room[size - 1] = writer->terminator;
    x12i_sink_put(writer->sink, size);
}

void x12i_put_segment(x12_writer *writer, const x12_segment *segment, const char *text, size_t length)
{
    uint32_t flags = segment ? segment->flags : 0;
    x12_text before = flags & X12_SEGMENT_BEFORE ? (x12_text){segment->before, segment->before_length} : usual_break(writer);
    put_parts(writer, before, text, length, !(flags & X12_SEGMENT_UNTERMINATED));
    if (writer->control_part != 0)
        keep_control(writer, (x12_text){text, (uint32_t)length});
    writer->first = (flags & X12_SEGMENT_UNTERMINATED) != 0;
    if (writer->line_break_due.data != NULL)
        use_line_break(writer);
    x12i_keep_after(writer, segment);
    writer->count[X12I_TRANSACTION]++;
}

void x12i_put_unnamed(x12_writer *writer, const x12_segment *segment)
{
    x12i_put_segment(writer, segment, segment->raw, segment->raw_length);
}

x12_text x12i_text_of(const x12i_buffer *buffer)
{
    return (x12_text){buffer->data, (uint32_t)buffer->length};
}

/* Element by element: as it was sent where the fields still say the same, else what the fields say. */
static void merge_elements(x12_writer *writer, x12_text raw)
{
    char separator = (char)writer->encoder.delimiters.element;
    x12_text fields = x12i_text_of(&writer->fields), sent = x12i_text_of(&writer->sent);
    size_t end = 0;
    writer->merged.length = 0;
    for (bool more = true, first = true; more; first = false) {
        more = find(fields, separator) || find(raw, separator);
        bool has_raw = raw.data != NULL;
        x12_text field = take_element(&fields, separator), before = take_element(&sent, separator), as_sent = take_element(&raw, separator);
        if (!first)
            x12i_buffer_add_byte(&writer->merged, separator);
        x12_text chosen = has_raw && x12i_same_text(field, before) ? as_sent : field;
        x12i_buffer_add(&writer->merged, chosen.data, chosen.length);
        end = chosen.length || has_raw ? writer->merged.length : end;
    }
    writer->merged.length = end;
}

/* What the fields of the segment as sent would be written as; `as_json`: by way of JSON. False when out of memory. */
static bool encode_sent(x12_writer *writer, const x12i_slot *slot, size_t size, const x12_segment *segment, bool as_json)
{
    x12i_mark mark = x12i_arena_mark(writer->scratch);
    uint32_t *positions = x12i_arena_take(writer->scratch, (segment->length + 1) * sizeof *positions);
    char *text = x12i_arena_take(writer->scratch, segment->length + X12I_SLACK);
    void *owner = x12_arena_allocate(writer->scratch, size);
    bool done = false;
    if (positions != NULL && text != NULL && owner != NULL) {
        memcpy(text, segment->text, segment->length);
        x12i_decoder decoder = {.arena = writer->scratch, .delimiters = &writer->encoder.delimiters, .as_json = as_json};
        x12i_tokens tokens = x12i_tokenise(text, segment->length, decoder.delimiters, positions);
        done = x12i_decode(&decoder, slot->parts, owner, &tokens, segment, NULL);
        writer->sent.length = 0;
        if (done)
            x12i_encode(&writer->encoder, slot->parts, owner, &writer->sent);
    }
    x12i_arena_release(writer->scratch, mark);
    return done && !writer->sent.failed;
}

void x12i_put_as_sent(x12_writer *writer, const x12i_slot *slot, size_t size, const x12_segment *segment)
{
    unsigned stored = writer->encoder.stored;
    for (int as_json = 0; as_json <= 1; as_json++) {
        if (!encode_sent(writer, slot, size, segment, as_json)) {
            x12i_writer_fail(writer, X12_ERROR_MEMORY);
            return;
        }
        if (stored == 0 && writer->encoder.stored != 0)
            return;
        if (x12i_same_text(x12i_text_of(&writer->fields), x12i_text_of(&writer->sent))) {
            x12i_put_unnamed(writer, segment);
            return;
        }
    }
    merge_elements(writer, (x12_text){segment->raw, segment->raw_length});
    x12i_put_segment(writer, segment, writer->merged.data, writer->merged.length);
}
