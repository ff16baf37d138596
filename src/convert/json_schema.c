/* The JSON Schema of what json_writer.c writes, told from the same tables. */
#include <remedi/json.h>

#include "base/arena.h"
#include "convert/json_schema.h"

static void begin_definition(x12i_schema *s, const char *name)
{
    *s->out++ = '\n';
    x12i_schema_open_in(s, name, '{');
}

static void put_flags(x12i_schema *s)
{
    x12i_schema_put_typed(s, "before", "string");
    x12i_schema_put_true(s, "unterminated");
    x12i_schema_put_true(s, "missing");
    x12i_schema_put_typed(s, "after", "string");
}

static void define_note(x12i_schema *s)
{
    begin_definition(s, "note");
    x12i_schema_put(s, "description", "What the names alone could not give back of a segment");
    x12i_schema_open_object(s);
    x12i_schema_put_typed(s, "asSent", "string");
    put_flags(s);
    x12i_schema_close_object(s);
    x12i_schema_put_word(s, "minProperties", "1");
    x12i_schema_close_in(s, '}');
}

static void put_strings(x12i_schema *s)
{
    x12i_schema_put(s, "type", "array");
    x12i_schema_put_word(s, "minItems", "1");
    x12i_schema_put_typed(s, "items", "string");
}

static void define_elements(x12i_schema *s)
{
    static const char *const required[] = {"elements"};
    begin_definition(s, "elements");
    x12i_schema_put(s, "description", "A segment without names: its id and elements as sent");
    x12i_schema_open_in(s, "anyOf", '[');
    x12i_schema_open_item(s);
    put_strings(s);
    x12i_schema_close_in(s, '}');
    x12i_schema_open_item(s);
    x12i_schema_open_object(s);
    x12i_schema_open_in(s, "elements", '{');
    put_strings(s);
    x12i_schema_close_in(s, '}');
    put_flags(s);
    x12i_schema_close_object(s);
    x12i_schema_put_required(s, required, 1);
    x12i_schema_close_in(s, '}');
    x12i_schema_close_in(s, ']');
    x12i_schema_close_in(s, '}');
}

/* Bytes that belong to no segment. */
static void put_bytes(x12i_schema *s)
{
    static const char *const required[] = {"bytes", "record"};
    x12i_schema_open_object(s);
    if (s->lines)
        x12i_schema_put_constant(s, "record", "bytes");
    x12i_schema_put_typed(s, "bytes", "string");
    x12i_schema_put_typed(s, "charset", "string");
    x12i_schema_put_true(s, "byteOrderMark");
    x12i_schema_close_object(s);
    x12i_schema_put_required(s, required, s->lines ? 2 : 1);
}

static void put_stray_line(x12i_schema *s)
{
    static const char *const required[] = {"record", "segments"};
    x12i_schema_open_object(s);
    x12i_schema_put_constant(s, "record", "segments");
    x12i_schema_put_list_of(s, "segments", "elements");
    x12i_schema_close_object(s);
    x12i_schema_put_required(s, required, 2);
}

/* Loops that are handed out one by one have lines; only in a document are they part of another object. */
static bool is_part(const x12i_schema *s, const x12_loop_type *type)
{
    return !s->lines || !(type->streamed || type->record);
}

static void define_loops(x12i_schema *s, const x12i_guide *guide)
{
    char name[X12I_SCHEMA_NAME];
    for (unsigned i = 0; i < guide->loop_count; i++) {
        if (!is_part(s, guide->loops[i]))
            continue;
        x12i_schema_definition_name(name, sizeof name, guide->loops[i]);
        begin_definition(s, name);
        x12i_schema_put_loop(s, guide->loops[i], X12I_WHOLE, false);
        x12i_schema_close_in(s, '}');
    }
}

static bool is_wanted(const x12i_guide *guide, const x12i_guide *only)
{
    return only == NULL || guide == only;
}

static void define_transaction(x12i_schema *s, const x12i_guide *only)
{
    begin_definition(s, "transaction");
    x12i_schema_open_in(s, "anyOf", '[');
    for (size_t i = 0; i < x12i_guide_count; i++) {
        if (!is_wanted(x12i_guides[i], only))
            continue;
        x12i_schema_open_item(s);
        x12i_schema_put_loop_reference(s, x12i_guides[i]->loops[0]);
        x12i_schema_close_in(s, '}');
    }
    if (only == NULL) {
        x12i_schema_open_item(s);
        x12i_schema_put_loop(s, &x12i_unnamed_type, X12I_WHOLE, false);
        x12i_schema_close_in(s, '}');
    }
    x12i_schema_close_in(s, ']');
    x12i_schema_close_in(s, '}');
}

static void define_all(x12i_schema *s, const x12i_guide *only)
{
    x12i_schema_open_in(s, "$defs", '{');
    define_note(s);
    define_elements(s);
    define_loops(s, &x12i_envelope);
    if (!s->lines)
        define_transaction(s, only);
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (is_wanted(x12i_guides[i], only))
            define_loops(s, x12i_guides[i]);
    x12i_schema_close_in(s, '}');
}

/* --- a document, or a line --- */

static void put_document(x12i_schema *s)
{
    static const char *const required[] = {"interchanges"};
    x12i_schema_open_object(s);
    x12i_schema_open_in(s, "interchanges", '{');
    x12i_schema_put(s, "type", "array");
    x12i_schema_open_in(s, "items", '{');
    x12i_schema_open_in(s, "anyOf", '[');
    x12i_schema_open_item(s);
    x12i_schema_put_loop_reference(s, x12i_envelope.loops[0]);
    x12i_schema_close_in(s, '}');
    x12i_schema_open_item(s);
    put_bytes(s);
    x12i_schema_close_in(s, '}');
    x12i_schema_close_in(s, ']');
    x12i_schema_close_in(s, '}');
    x12i_schema_close_in(s, '}');
    x12i_schema_close_object(s);
    x12i_schema_put_required(s, required, 1);
}

static void put_line(x12i_schema *s, const x12_loop_type *type, x12i_portion which)
{
    *s->out++ = '\n';
    x12i_schema_open_item(s);
    x12i_schema_put_loop(s, type, which, true);
    x12i_schema_close_in(s, '}');
}

static void put_lines_of(x12i_schema *s, const x12_loop_type *type)
{
    if (type->record && !type->streamed)
        put_line(s, type, X12I_WHOLE);
    if (!type->streamed)
        return;
    put_line(s, type, X12I_START);
    if (x12i_head_end(type) < type->slot_count || x12i_is_transaction(type))
        put_line(s, type, X12I_END);
}

static void put_any_line(x12i_schema *s, const x12i_guide *only)
{
    x12i_schema_open_in(s, "anyOf", '[');
    for (unsigned i = 0; i < x12i_envelope.loop_count; i++)
        put_lines_of(s, x12i_envelope.loops[i]);
    x12i_schema_open_item(s);
    put_stray_line(s);
    x12i_schema_close_in(s, '}');
    x12i_schema_open_item(s);
    put_bytes(s);
    x12i_schema_close_in(s, '}');
    if (only == NULL)
        put_lines_of(s, &x12i_unnamed_type);
    for (size_t i = 0; i < x12i_guide_count; i++)
        for (unsigned j = 0; j < x12i_guides[i]->loop_count && is_wanted(x12i_guides[i], only); j++)
            put_lines_of(s, x12i_guides[i]->loops[j]);
    x12i_schema_close_in(s, ']');
}

static x12_status write_out(x12i_schema *s, x12_output output)
{
    s->out[-1] = '\n';
    if (s->json.buffer.failed)
        return X12_ERROR_MEMORY;
    return output.write(output.context, s->json.buffer.data, (size_t)(s->out - s->json.buffer.data)) ? X12_OK : X12_ERROR_OUTPUT;
}

x12_status x12_json_schema(x12_output output, const char *guide, bool lines, const x12_allocator *allocator)
{
    x12i_schema s = {.lines = lines};
    const x12i_guide *only = guide ? x12i_find_guide(x12i_string_text(guide), (x12_text){0}) : NULL;
    if (guide != NULL && only == NULL)
        return X12_ERROR_USAGE;
    s.json.buffer.allocator = allocator;
    if (x12i_json_open_output(&s.json, 2 * X12I_JSON_ROOM) == NULL)
        return X12_ERROR_MEMORY;
    s.out = x12i_json_open(&s.json, s.json.buffer.data, '{');
    x12i_schema_put(&s, "$schema", "https://json-schema.org/draft/2020-12/schema");
    x12i_schema_put(&s, "title", lines ? "A line of remedi json --lines" : "A document of remedi json");
    if (lines)
        put_any_line(&s, only);
    else
        put_document(&s);
    define_all(&s, only);
    x12i_schema_close_in(&s, '}');
    x12_status status = write_out(&s, output);
    x12i_buffer_free(&s.json.buffer);
    return status;
}
