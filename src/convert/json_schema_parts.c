#include "convert/json_labels.h"
#include "convert/json_schema.h"

/* "CLP02", or "C003-2" for a component. */
static void put_place(x12i_schema *s, const char *id, unsigned number)
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
    x12i_schema_put(s, "description", text);
}

static void put_value(x12i_schema *s, bool empty)
{
    x12i_schema_put(s, "type", "string");
    if (!empty)
        x12i_schema_put_word(s, "minLength", "1");
}

static void put_composite(x12i_schema *s, const x12i_parts *parts, bool empty)
{
    x12i_schema_open_object(s);
    x12i_schema_put_parts(s, parts);
    x12i_schema_close_object(s);
    if (!empty)
        x12i_schema_put_word(s, "minProperties", "1");
}

/* What a code means, beside it. */
static void put_label(x12i_schema *s, const x12i_field *field, x12i_key key, bool list)
{
    char name[X12I_JSON_NAME_MAX];
    if (!x12i_json_is_labeled(field) || x12i_json_label_key(key, name) == NULL)
        return;
    if (list) {
        x12i_schema_open_list(s, name);
        x12i_schema_put(s, "type", "string");
        x12i_schema_close_list(s);
    } else {
        x12i_schema_put_typed(s, name, "string");
    }
}

static void put_field(x12i_schema *s, const x12i_parts *parts, const x12i_field *field)
{
    if (field->shape <= X12I_DERIVED)
        return;
    bool repeated = field->shape == X12I_REPEATED_VALUE || field->shape == X12I_REPEATED_COMPOSITE;
    if (repeated)
        x12i_schema_open_list(s, field->name);
    else
        x12i_schema_open_in(s, field->name, '{');
    put_place(s, parts->id, (unsigned)(field - parts->fields) + 1);
    if (field->shape == X12I_VALUE || field->shape == X12I_REPEATED_VALUE)
        put_value(s, repeated);
    else
        put_composite(s, field->parts, repeated);
    x12i_schema_close_in(s, '}');
    if (repeated)
        x12i_schema_close_in(s, '}');
    put_label(s, field, field->key, repeated);
}

/* A part of a run's item, as the first of its turns in which the guide uses it. */
static void put_run_part(x12i_schema *s, const x12i_parts *parts, const x12i_run *run, unsigned index)
{
    for (unsigned turn = 0; turn < run->maximum; turn++) {
        const x12i_field *field = &parts->fields[run->first - 1u + turn * run->stride + index];
        if (field->shape <= X12I_DERIVED)
            continue;
        put_field(s, parts, field);
        return;
    }
}

static void put_run(x12i_schema *s, const x12i_parts *parts, const x12i_run *run)
{
    const x12i_field *first = &parts->fields[run->first - 1];
    x12i_schema_open_list(s, run->name);
    if (!run->bare) {
        x12i_schema_open_object(s);
        for (unsigned i = 0; i < run->stride; i++)
            put_run_part(s, parts, run, i);
        x12i_schema_close_object(s);
    } else if (first->parts != NULL) {
        put_composite(s, first->parts, true);
    } else {
        put_place(s, parts->id, run->first);
        put_value(s, true);
    }
    x12i_schema_close_list(s);
    if (run->bare && first->parts == NULL)
        put_label(s, first, run->key, true);
}

void x12i_schema_put_parts(x12i_schema *s, const x12i_parts *parts)
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
