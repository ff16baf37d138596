/* The JSON Schema of what json_writer.c writes, told from the same tables. */
#include <remedi/json.h>

#include "base/arena.h"
#include "convert/json_names.h"
#include "convert/json_output.h"

typedef struct schema {
    x12i_json_output json;
    char *out;
    bool lines;
} schema;

/* A loop's object: whole, or as the line that starts it, or the line that ends it. */
typedef enum portion { WHOLE, START, END } portion;

static void open_in(schema *s, const char *name, char bracket)
{
    s->out = x12i_json_put_name(&s->json, s->out, name);
    s->out = x12i_json_open(&s->json, s->out, bracket);
}

static void open_item(schema *s)
{
    s->out = x12i_json_open(&s->json, s->out, '{');
}

static void close_in(schema *s, char bracket)
{
    s->out = x12i_json_close(&s->json, s->out, bracket);
}

static void put(schema *s, const char *name, const char *value)
{
    s->out = x12i_json_put_named(&s->json, s->out, name, x12i_json_string(value));
}

static void put_word(schema *s, const char *name, const char *word)
{
    s->out = x12i_json_put_name(&s->json, s->out, name);
    s->out = x12i_json_room(&s->json, s->out);
    for (; *word != '\0'; word++)
        *s->out++ = *word;
    *s->out++ = ',';
}

/* --- pieces --- */

static void put_reference(schema *s, const char *name)
{
    char text[128] = "#/$defs/";
    strncat(text, name, sizeof text - strlen(text) - 1);
    put(s, "$ref", text);
}

static void put_referring(schema *s, const char *name, const char *definition)
{
    open_in(s, name, '{');
    put_reference(s, definition);
    close_in(s, '}');
}

static void put_constant(schema *s, const char *name, const char *value)
{
    open_in(s, name, '{');
    put(s, "const", value);
    close_in(s, '}');
}

static void put_typed(schema *s, const char *name, const char *type)
{
    open_in(s, name, '{');
    put(s, "type", type);
    close_in(s, '}');
}

static void put_true(schema *s, const char *name)
{
    open_in(s, name, '{');
    s->out = x12i_json_put_true(&s->json, s->out, "const");
    close_in(s, '}');
}

static void put_count(schema *s, const char *name)
{
    open_in(s, name, '{');
    put(s, "type", "string");
    put(s, "pattern", "^[0-9]+$");
    close_in(s, '}');
}

/* An object that has no other members than those that follow. */
static void open_object(schema *s)
{
    put(s, "type", "object");
    put_word(s, "additionalProperties", "false");
    open_in(s, "properties", '{');
}

static void close_object(schema *s)
{
    close_in(s, '}');
}

static void open_list(schema *s, const char *name)
{
    open_in(s, name, '{');
    put(s, "type", "array");
    put_word(s, "minItems", "1");
    open_in(s, "items", '{');
}

static void close_list(schema *s)
{
    close_in(s, '}');
    close_in(s, '}');
}

static void put_list_of(schema *s, const char *name, const char *definition)
{
    open_list(s, name);
    put_reference(s, definition);
    close_list(s);
}

/* --- elements --- */

static void put_parts(schema *s, const x12i_parts *parts);

/* "CLP02", or "C003-2" for a component. */
static void put_place(schema *s, const char *id, unsigned number)
{
    char text[32] = "";
    bool composite = id[0] == 'C' && id[1] >= '0' && id[1] <= '9';
    strncat(text, id, sizeof text - 8);
    char *end = text + strlen(text);
    if (composite)
        *end++ = '-';
    if (!composite || number > 9)
        *end++ = (char)('0' + number / 10);
    *end++ = (char)('0' + number % 10);
    *end = '\0';
    put(s, "description", text);
}

static void put_value(schema *s, bool empty)
{
    put(s, "type", "string");
    if (!empty)
        put_word(s, "minLength", "1");
}

static void put_composite(schema *s, const x12i_parts *parts, bool empty)
{
    open_object(s);
    put_parts(s, parts);
    close_object(s);
    if (!empty)
        put_word(s, "minProperties", "1");
}

static void put_field(schema *s, const x12i_parts *parts, const x12i_field *field)
{
    if (field->shape <= X12I_DERIVED)
        return;
    bool repeated = field->shape == X12I_REPEATED_VALUE || field->shape == X12I_REPEATED_COMPOSITE;
    if (repeated)
        open_list(s, field->name);
    else
        open_in(s, field->name, '{');
    put_place(s, parts->id, (unsigned)(field - parts->fields) + 1);
    if (field->shape == X12I_VALUE || field->shape == X12I_REPEATED_VALUE)
        put_value(s, repeated);
    else
        put_composite(s, field->parts, repeated);
    close_in(s, '}');
    if (repeated)
        close_in(s, '}');
}

/* A part of a run's item, as the first of its turns in which the guide uses it. */
static void put_run_part(schema *s, const x12i_parts *parts, const x12i_run *run, unsigned index)
{
    for (unsigned turn = 0; turn < run->maximum; turn++) {
        const x12i_field *field = &parts->fields[run->first - 1u + turn * run->stride + index];
        if (field->shape <= X12I_DERIVED)
            continue;
        put_field(s, parts, field);
        return;
    }
}

static void put_run(schema *s, const x12i_parts *parts, const x12i_run *run)
{
    const x12i_field *first = &parts->fields[run->first - 1];
    open_list(s, run->name);
    if (!run->bare) {
        open_object(s);
        for (unsigned i = 0; i < run->stride; i++)
            put_run_part(s, parts, run, i);
        close_object(s);
    } else if (first->parts != NULL) {
        put_composite(s, first->parts, true);
    } else {
        put_place(s, parts->id, run->first);
        put_value(s, true);
    }
    close_list(s);
}

static void put_parts(schema *s, const x12i_parts *parts)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        if (field->run == 0) {
            put_field(s, parts, field);
            continue;
        }
        const x12i_run *run = &parts->runs[field->run - 1];
        put_run(s, parts, run);
        i += (unsigned)run->stride * run->maximum - 1;
    }
}

/* --- loops --- */

/* "835.5.claim": no loop name is unique in its guide. */
static void definition_name(char *name, size_t size, const x12_loop_type *type)
{
    x12i_buffer text = {.data = name, .capacity = size - 1};
    if (type->guide == &x12i_envelope) {
        x12i_buffer_add_string(&text, type->name);
    } else {
        x12i_buffer_add_string(&text, type->guide->prefix);
        x12i_buffer_add_byte(&text, '.');
        x12i_buffer_add_number(&text, type->index);
        x12i_buffer_add_byte(&text, '.');
        x12i_buffer_add_string(&text, type->name);
    }
    name[text.length] = '\0';
}

enum { NAME_SIZE = 120 };

static void put_loop_reference(schema *s, const x12_loop_type *type)
{
    char name[NAME_SIZE];
    definition_name(name, sizeof name, type);
    put_reference(s, name);
}

static void put_note_of(schema *s, const x12i_slot *slot)
{
    put_referring(s, slot->note, "note");
}

static void put_segment(schema *s, const x12i_slot *slot)
{
    open_object(s);
    put_parts(s, slot->parts);
    open_in(s, "x12", '{');
    open_object(s);
    put_note_of(s, slot);
    close_object(s);
    put_word(s, "minProperties", "1");
    close_in(s, '}');
    close_object(s);
}

static void put_slot(schema *s, const x12i_slot *slot)
{
    bool listed = slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS;
    if (slot->kind == X12I_SLOT_INLINE) {
        put_parts(s, slot->parts);
        return;
    }
    if (listed)
        open_list(s, slot->name);
    else
        open_in(s, slot->name, '{');
    if (slot->loop != NULL)
        put_loop_reference(s, slot->loop);
    else
        put_segment(s, slot);
    close_in(s, '}');
    if (listed)
        close_in(s, '}');
}

static void put_order(schema *s, const x12_loop_type *type)
{
    open_list(s, "order");
    open_in(s, "enum", '[');
    for (unsigned i = 0; i <= type->slot_count; i++)
        s->out = x12i_json_put_text(&s->json, s->out, x12i_json_string(x12i_json_part_name(type, i)));
    close_in(s, ']');
    close_list(s);
}

static void put_notes(schema *s, const char *key, const x12_loop_type *type, unsigned first, unsigned last, bool order)
{
    while (first < last && type->slots[first].kind != X12I_SLOT_INLINE)
        first++;
    if (first == last && !order)
        return;
    open_in(s, key, '{');
    open_object(s);
    for (; first < last; first++)
        if (type->slots[first].kind == X12I_SLOT_INLINE)
            put_note_of(s, &type->slots[first]);
    if (order)
        put_order(s, type);
    close_object(s);
    put_word(s, "minProperties", "1");
    close_in(s, '}');
}

static void put_syntax(schema *s)
{
    put_typed(s, "charset", "string");
    put_true(s, "byteOrderMark");
    put_typed(s, "elementSeparator", "string");
    put_typed(s, "segmentTerminator", "string");
    put_typed(s, "lineBreak", "string");
}

static void put_identity(schema *s, const x12_loop_type *type)
{
    if (type->guide == NULL) {
        put_typed(s, "transaction", "string");
    } else {
        put_constant(s, "transaction", type->guide->transaction);
        put_constant(s, "guide", type->guide->id);
    }
}

static void put_head(schema *s, const x12_loop_type *type)
{
    unsigned end = x12i_json_head_end(type);
    if (x12i_is_interchange(type))
        put_syntax(s);
    if (x12i_is_transaction(type))
        put_identity(s, type);
    if (type->streamed)
        put_true(s, "continued");
    for (unsigned i = 0; i < end; i++)
        if (!type->streamed || !x12i_json_is_apart(&type->slots[i]))
            put_slot(s, &type->slots[i]);
    if (type->slot_count == 0)
        return;
    put_list_of(s, "unmapped", "elements");
    put_notes(s, "x12", type, 0, end, true);
}

static void put_tail(schema *s, const x12_loop_type *type, const char *notes)
{
    unsigned first = x12i_json_head_end(type);
    for (unsigned i = first; i < type->slot_count; i++)
        put_slot(s, &type->slots[i]);
    put_notes(s, notes, type, first, type->slot_count, false);
}

/* What a loop hands out one by one. */
static void put_children(schema *s, const x12_loop_type *type)
{
    for (unsigned i = 0; i < x12i_json_head_end(type); i++)
        if (x12i_json_is_apart(&type->slots[i]))
            put_slot(s, &type->slots[i]);
    if (x12i_is_group(type))
        put_list_of(s, "transactions", "transaction");
    if (type->guide == NULL || type->guide == &x12i_envelope)
        put_list_of(s, "segments", "elements");
}

static void put_record_name(schema *s, const x12_loop_type *type, const char *end)
{
    char name[NAME_SIZE] = "";
    strncat(name, x12i_json_record_name(type), sizeof name - 8);
    put_constant(s, "record", strcat(name, end));
}

static void put_required(schema *s, const char *const *names, size_t count)
{
    open_in(s, "required", '[');
    for (size_t i = 0; i < count; i++)
        s->out = x12i_json_put_text(&s->json, s->out, x12i_json_string(names[i]));
    close_in(s, ']');
}

/* What is always there: who left out what else in the X12 leaves it out here too. */
static void put_loop_required(schema *s, const x12_loop_type *type, portion which, bool line)
{
    const char *names[3];
    size_t count = 0;
    if (line)
        names[count++] = "record";
    if (x12i_is_transaction(type) && which == END)
        names[count++] = "recordCount";
    if (x12i_is_transaction(type) && which != END) {
        names[count++] = "transaction";
        if (type->guide != NULL)
            names[count++] = "guide";
    }
    if (count != 0)
        put_required(s, names, count);
}

static void put_loop(schema *s, const x12_loop_type *type, portion which, bool line)
{
    open_object(s);
    if (line)
        put_record_name(s, type, which == END ? "End" : "");
    if (which != END)
        put_head(s, type);
    if (which == WHOLE && type->streamed)
        put_children(s, type);
    if (which == WHOLE && type->streamed)
        put_tail(s, type, "x12End");
    if (which == END)
        put_tail(s, type, "x12");
    if (which == END && x12i_is_transaction(type)) {
        put_count(s, "segmentCount");
        put_count(s, "recordCount");
    }
    close_object(s);
    put_loop_required(s, type, which, line);
}

/* --- definitions --- */

static void begin_definition(schema *s, const char *name)
{
    *s->out++ = '\n';
    open_in(s, name, '{');
}

static void put_flags(schema *s)
{
    put_typed(s, "before", "string");
    put_true(s, "unterminated");
    put_true(s, "missing");
    put_typed(s, "after", "string");
}

static void define_note(schema *s)
{
    begin_definition(s, "note");
    put(s, "description", "What the names alone could not give back of a segment");
    open_object(s);
    put_typed(s, "asSent", "string");
    put_flags(s);
    close_object(s);
    put_word(s, "minProperties", "1");
    close_in(s, '}');
}

static void put_strings(schema *s)
{
    put(s, "type", "array");
    put_word(s, "minItems", "1");
    put_typed(s, "items", "string");
}

static void define_elements(schema *s)
{
    static const char *const required[] = {"elements"};
    begin_definition(s, "elements");
    put(s, "description", "A segment without names: its id and elements as sent");
    open_in(s, "anyOf", '[');
    open_item(s);
    put_strings(s);
    close_in(s, '}');
    open_item(s);
    open_object(s);
    open_in(s, "elements", '{');
    put_strings(s);
    close_in(s, '}');
    put_flags(s);
    close_object(s);
    put_required(s, required, 1);
    close_in(s, '}');
    close_in(s, ']');
    close_in(s, '}');
}

/* Bytes that belong to no segment. */
static void put_bytes(schema *s)
{
    static const char *const required[] = {"bytes", "record"};
    open_object(s);
    if (s->lines)
        put_constant(s, "record", "bytes");
    put_typed(s, "bytes", "string");
    put_typed(s, "charset", "string");
    put_true(s, "byteOrderMark");
    close_object(s);
    put_required(s, required, s->lines ? 2 : 1);
}

static void put_stray_line(schema *s)
{
    static const char *const required[] = {"record", "segments"};
    open_object(s);
    put_constant(s, "record", "segments");
    put_list_of(s, "segments", "elements");
    close_object(s);
    put_required(s, required, 2);
}

/* Loops that are handed out one by one have lines; only in a document are they part of another object. */
static bool is_part(const schema *s, const x12_loop_type *type)
{
    return !s->lines || !(type->streamed || type->record);
}

static void define_loops(schema *s, const x12i_guide *guide)
{
    char name[NAME_SIZE];
    for (unsigned i = 0; i < guide->loop_count; i++) {
        if (!is_part(s, guide->loops[i]))
            continue;
        definition_name(name, sizeof name, guide->loops[i]);
        begin_definition(s, name);
        put_loop(s, guide->loops[i], WHOLE, false);
        close_in(s, '}');
    }
}

static bool is_wanted(const x12i_guide *guide, const x12i_guide *only)
{
    return only == NULL || guide == only;
}

static void define_transaction(schema *s, const x12i_guide *only)
{
    begin_definition(s, "transaction");
    open_in(s, "anyOf", '[');
    for (size_t i = 0; i < x12i_guide_count; i++) {
        if (!is_wanted(x12i_guides[i], only))
            continue;
        open_item(s);
        put_loop_reference(s, x12i_guides[i]->loops[0]);
        close_in(s, '}');
    }
    if (only == NULL) {
        open_item(s);
        put_loop(s, &x12i_unnamed_type, WHOLE, false);
        close_in(s, '}');
    }
    close_in(s, ']');
    close_in(s, '}');
}

static void define_all(schema *s, const x12i_guide *only)
{
    open_in(s, "$defs", '{');
    define_note(s);
    define_elements(s);
    define_loops(s, &x12i_envelope);
    if (!s->lines)
        define_transaction(s, only);
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (is_wanted(x12i_guides[i], only))
            define_loops(s, x12i_guides[i]);
    close_in(s, '}');
}

/* --- a document, or a line --- */

static void put_document(schema *s)
{
    static const char *const required[] = {"interchanges"};
    open_object(s);
    open_in(s, "interchanges", '{');
    put(s, "type", "array");
    open_in(s, "items", '{');
    open_in(s, "anyOf", '[');
    open_item(s);
    put_loop_reference(s, x12i_envelope.loops[0]);
    close_in(s, '}');
    open_item(s);
    put_bytes(s);
    close_in(s, '}');
    close_in(s, ']');
    close_in(s, '}');
    close_in(s, '}');
    close_object(s);
    put_required(s, required, 1);
}

static void put_line(schema *s, const x12_loop_type *type, portion which)
{
    *s->out++ = '\n';
    open_item(s);
    put_loop(s, type, which, true);
    close_in(s, '}');
}

static void put_lines_of(schema *s, const x12_loop_type *type)
{
    if (type->record && !type->streamed)
        put_line(s, type, WHOLE);
    if (!type->streamed)
        return;
    put_line(s, type, START);
    if (x12i_json_head_end(type) < type->slot_count || x12i_is_transaction(type))
        put_line(s, type, END);
}

static void put_any_line(schema *s, const x12i_guide *only)
{
    open_in(s, "anyOf", '[');
    for (unsigned i = 0; i < x12i_envelope.loop_count; i++)
        put_lines_of(s, x12i_envelope.loops[i]);
    open_item(s);
    put_stray_line(s);
    close_in(s, '}');
    open_item(s);
    put_bytes(s);
    close_in(s, '}');
    if (only == NULL)
        put_lines_of(s, &x12i_unnamed_type);
    for (size_t i = 0; i < x12i_guide_count; i++)
        for (unsigned j = 0; j < x12i_guides[i]->loop_count && is_wanted(x12i_guides[i], only); j++)
            put_lines_of(s, x12i_guides[i]->loops[j]);
    close_in(s, ']');
}

static x12_status write_out(schema *s, x12_output output)
{
    s->out[-1] = '\n';
    if (s->json.buffer.failed)
        return X12_ERROR_MEMORY;
    return output.write(output.context, s->json.buffer.data, (size_t)(s->out - s->json.buffer.data)) ? X12_OK : X12_ERROR_OUTPUT;
}

x12_status x12_json_schema(x12_output output, const char *guide, bool lines, const x12_allocator *allocator)
{
    schema s = {.lines = lines};
    const x12i_guide *only = guide ? x12i_find_guide(x12i_json_string(guide)) : NULL;
    if (guide != NULL && only == NULL)
        return X12_ERROR_USAGE;
    s.json.buffer.allocator = allocator;
    if (x12i_json_open_output(&s.json, 2 * X12I_JSON_ROOM) == NULL)
        return X12_ERROR_MEMORY;
    s.out = x12i_json_open(&s.json, s.json.buffer.data, '{');
    put(&s, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put(&s, "title", lines ? "A line of remedi json --lines" : "A document of remedi json");
    if (lines)
        put_any_line(&s, only);
    else
        put_document(&s);
    define_all(&s, only);
    close_in(&s, '}');
    x12_status status = write_out(&s, output);
    x12i_buffer_free(&s.json.buffer);
    return status;
}
