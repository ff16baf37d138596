#include "convert/json_schema.h"

/* "835.5.claim": no loop name is unique in its guide. */
void x12i_schema_definition_name(char *name, size_t size, const x12_loop_type *type)
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

void x12i_schema_put_loop_reference(x12i_schema *s, const x12_loop_type *type)
{
    char name[X12I_SCHEMA_NAME];
    x12i_schema_definition_name(name, sizeof name, type);
    x12i_schema_put_reference(s, name);
}

static void put_note_of(x12i_schema *s, const x12i_slot *slot)
{
    x12i_schema_put_referring(s, slot->note, "note");
}

static void put_segment(x12i_schema *s, const x12i_slot *slot)
{
    x12i_schema_open_object(s);
    x12i_schema_put_parts(s, slot->parts);
    x12i_schema_open_in(s, "x12", '{');
    x12i_schema_open_object(s);
    put_note_of(s, slot);
    x12i_schema_close_object(s);
    x12i_schema_put_word(s, "minProperties", "1");
    x12i_schema_close_in(s, '}');
    x12i_schema_close_object(s);
}

static void put_slot(x12i_schema *s, const x12i_slot *slot)
{
    bool listed = slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS;
    if (slot->kind == X12I_SLOT_INLINE) {
        x12i_schema_put_parts(s, slot->parts);
        return;
    }
    if (listed)
        x12i_schema_open_list(s, slot->name);
    else
        x12i_schema_open_in(s, slot->name, '{');
    if (slot->loop != NULL)
        x12i_schema_put_loop_reference(s, slot->loop);
    else
        put_segment(s, slot);
    x12i_schema_close_in(s, '}');
    if (listed)
        x12i_schema_close_in(s, '}');
}

static void put_order(x12i_schema *s, const x12_loop_type *type)
{
    x12i_schema_open_list(s, "order");
    x12i_schema_open_in(s, "enum", '[');
    for (unsigned i = 0; i <= type->slot_count; i++)
        s->out = x12i_json_put_text(&s->json, s->out, x12i_string_text(x12i_part_name(type, i)));
    x12i_schema_close_in(s, ']');
    x12i_schema_close_list(s);
}

static void put_notes(x12i_schema *s, const char *key, const x12_loop_type *type, unsigned first, unsigned last, bool order)
{
    while (first < last && type->slots[first].kind != X12I_SLOT_INLINE)
        first++;
    if (first == last && !order)
        return;
    x12i_schema_open_in(s, key, '{');
    x12i_schema_open_object(s);
    for (; first < last; first++)
        if (type->slots[first].kind == X12I_SLOT_INLINE)
            put_note_of(s, &type->slots[first]);
    if (order)
        put_order(s, type);
    x12i_schema_close_object(s);
    x12i_schema_put_word(s, "minProperties", "1");
    x12i_schema_close_in(s, '}');
}

static void put_syntax(x12i_schema *s)
{
    x12i_schema_put_typed(s, "charset", "string");
    x12i_schema_put_true(s, "byteOrderMark");
    x12i_schema_put_typed(s, "elementSeparator", "string");
    x12i_schema_put_typed(s, "segmentTerminator", "string");
    x12i_schema_put_true(s, "noComponentSeparator");
    x12i_schema_put_typed(s, "lineBreak", "string");
}

static void put_identity(x12i_schema *s, const x12_loop_type *type)
{
    if (type->guide == NULL) {
        x12i_schema_put_typed(s, "transaction", "string");
    } else {
        x12i_schema_put_constant(s, "transaction", type->guide->transaction);
        x12i_schema_put_constant(s, "guide", type->guide->id);
    }
}

static void put_head(x12i_schema *s, const x12_loop_type *type)
{
    unsigned end = x12i_head_end(type);
    if (x12i_is_interchange(type))
        put_syntax(s);
    if (x12i_is_transaction(type))
        put_identity(s, type);
    if (type->streamed)
        x12i_schema_put_true(s, "continued");
    for (unsigned i = 0; i < end; i++)
        if (!type->streamed || !x12i_is_apart(&type->slots[i]))
            put_slot(s, &type->slots[i]);
    if (type->slot_count == 0)
        return;
    x12i_schema_put_list_of(s, "unmapped", "elements");
    put_notes(s, "x12", type, 0, end, true);
}

static void put_tail(x12i_schema *s, const x12_loop_type *type, const char *notes)
{
    unsigned first = x12i_head_end(type);
    for (unsigned i = first; i < type->slot_count; i++)
        put_slot(s, &type->slots[i]);
    put_notes(s, notes, type, first, type->slot_count, false);
}

/* What a loop hands out one by one. */
static void put_children(x12i_schema *s, const x12_loop_type *type)
{
    for (unsigned i = 0; i < x12i_head_end(type); i++)
        if (x12i_is_apart(&type->slots[i]))
            put_slot(s, &type->slots[i]);
    if (x12i_is_group(type))
        x12i_schema_put_list_of(s, "transactions", "transaction");
    if (type->guide == NULL || type->guide == &x12i_envelope)
        x12i_schema_put_list_of(s, "segments", "elements");
}

static void put_record_name(x12i_schema *s, const x12_loop_type *type, const char *end)
{
    char name[X12I_SCHEMA_NAME] = "";
    strncat(name, x12i_json_record_name(type), sizeof name - 8);
    x12i_schema_put_constant(s, "record", strcat(name, end));
}

/* What is always there: who left out what else in the X12 leaves it out here too. */
static void put_loop_required(x12i_schema *s, const x12_loop_type *type, x12i_portion which, bool line)
{
    const char *names[3];
    size_t count = 0;
    if (line)
        names[count++] = "record";
    if (x12i_is_transaction(type) && which == X12I_END)
        names[count++] = "recordCount";
    if (x12i_is_transaction(type) && which != X12I_END) {
        names[count++] = "transaction";
        if (type->guide != NULL)
            names[count++] = "guide";
    }
    if (count != 0)
        x12i_schema_put_required(s, names, count);
}

void x12i_schema_put_loop(x12i_schema *s, const x12_loop_type *type, x12i_portion which, bool line)
{
    x12i_schema_open_object(s);
    if (line)
        put_record_name(s, type, which == X12I_END ? "End" : "");
    if (which != X12I_END)
        put_head(s, type);
    if (which == X12I_WHOLE && type->streamed)
        put_children(s, type);
    if (which == X12I_WHOLE && type->streamed)
        put_tail(s, type, "x12End");
    if (which == X12I_END)
        put_tail(s, type, "x12");
    if (which == X12I_END && x12i_is_transaction(type)) {
        x12i_schema_put_count(s, "segmentCount");
        x12i_schema_put_count(s, "recordCount");
    }
    x12i_schema_close_object(s);
    put_loop_required(s, type, which, line);
}
