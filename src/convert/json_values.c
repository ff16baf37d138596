#include "convert/json_labels.h"
#include "model/values.h"

char *x12i_json_put_dated(x12i_json_output *output, char *out, const x12i_field *field, const void *value)
{
    size_t length = x12i_value_to_iso(field->type, value, out + 1);
    if (length == 0)
        return x12i_json_put_value(output, out, *(const x12_text *)value);
    return x12i_json_quote(out, (uint32_t)length);
}

/* {...}, for a composite; what it adds, and whether that is more than the brackets, is the caller's to see. */
static char *put_object(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner, bool *empty)
{
    out = x12i_json_open(output, out, '{');
    size_t inside = (size_t)(out - output->buffer.data);
    out = x12i_json_put_parts(output, out, parts, owner);
    *empty = (size_t)(out - output->buffer.data) == inside;
    return x12i_json_close(output, out, '}');
}

static char *put_composite(x12i_json_output *output, char *out, const x12i_field *field, const void *owner)
{
    size_t start = (size_t)(out - output->buffer.data);
    bool empty;
    out = x12i_json_put_key(output, out, field->key);
    out = put_object(output, out, field->parts, owner, &empty);
    return empty ? output->buffer.data + start : out;
}

/* One item of a list of values or composites, or of a run's items when `run` is given. */
static char *put_item(x12i_json_output *output, char *out, const x12i_field *field, const x12i_run *run, const void *item, bool *empty);

/* A list; empty items at its end do not show. */
static char *put_list(x12i_json_output *output, char *out, x12i_key key, const x12i_list *list, size_t item_size, const x12i_field *field, const x12i_run *run)
{
    size_t start = (size_t)(out - output->buffer.data), end = start;
    out = x12i_json_put_key(output, out, key);
    *out++ = '[';
    for (size_t i = 0; i < list->count; i++) {
        bool empty;
        const x12i_field *first = run != NULL && i < run->maximum ? field + i * run->stride : field;
        out = put_item(output, out, first, run, (const char *)list->items + i * item_size, &empty);
        if (!empty)
            end = (size_t)(out - output->buffer.data);
    }
    out = output->buffer.data + end;
    return end == start ? out : x12i_json_close(output, out, ']');
}

X12I_APART static char *put_shaped(x12i_json_output *output, char *out, const x12i_field *field, const char *place)
{
    switch ((x12i_shape)field->shape) {
    case X12I_COMPOSITE:
        return put_composite(output, out, field, place);
    case X12I_REPEATED_VALUE:
        return ((const x12i_list *)place)->count == 0 ? out : put_list(output, out, field->key, (const x12i_list *)place, sizeof(x12_text), field, NULL);
    case X12I_REPEATED_COMPOSITE:
        return ((const x12i_list *)place)->count == 0 ? out : put_list(output, out, field->key, (const x12i_list *)place, field->parts->size, field, NULL);
    default:
        return out;
    }
}

static X12I_WITHIN char *put_plain(x12i_json_output *output, char *out, const x12i_field *field, const void *owner)
{
    const void *value = x12i_text_at(owner, field);
    const x12_text text = *(const x12_text *)value; /* before anything is written, which might change it, for all that a compiler knows */
    const bool dated = field->type >= X12I_DATE;
    if (text.length == 0)
        return out;
    out = x12i_json_put_key(output, out, field->key);
    return dated ? x12i_json_put_dated(output, out, field, value) : x12i_json_put_value(output, out, text);
}

static X12I_WITHIN char *put_field(x12i_json_output *output, char *out, const x12i_field *field, const void *owner)
{
    if (field->shape == X12I_VALUE)
        return put_plain(output, out, field, owner);
    return put_shaped(output, out, field, (const char *)owner + field->offset);
}

X12I_APART static char *put_labeled_fields(x12i_json_output *output, char *out, const x12i_field *fields, unsigned count, const void *item)
{
    const x12i_parts parts = {.field_count = (uint8_t)count, .fields = fields};
    for (unsigned i = 0; i < count; i++) {
        out = put_field(output, out, &fields[i], item);
        out = x12i_json_put_label(output, out, &parts, &fields[i], item);
    }
    return out;
}

static char *put_run_item(x12i_json_output *output, char *out, const x12i_field *fields, unsigned stride, const void *item, bool *empty)
{
    out = x12i_json_open(output, out, '{');
    size_t inside = (size_t)(out - output->buffer.data);
    if (output->labels != NULL)
        out = put_labeled_fields(output, out, fields, stride, item);
    else
        for (unsigned i = 0; i < stride; i++)
            out = put_field(output, out, &fields[i], item);
    *empty = (size_t)(out - output->buffer.data) == inside;
    return x12i_json_close(output, out, '}');
}

static char *put_item(x12i_json_output *output, char *out, const x12i_field *field, const x12i_run *run, const void *item, bool *empty)
{
    if (run != NULL && !run->bare)
        return put_run_item(output, out, field, run->stride, item, empty);
    if (field->shape == X12I_COMPOSITE || field->shape == X12I_REPEATED_COMPOSITE)
        return put_object(output, out, field->parts, item, empty);
    *empty = ((const x12_text *)item)->length == 0;
    return x12i_json_put_text(output, out, *(const x12_text *)item);
}

/* A run, or a field that is no plain value; `*field` becomes the next one. */
static char *put_other(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner, const x12i_field **field)
{
    const x12i_field *first = *field;
    if (first->run == 0) {
        ++*field;
        return put_field(output, out, first, owner);
    }
    const x12i_run *run = &parts->runs[first->run - 1];
    const x12i_list *list = (const x12i_list *)(const void *)((const char *)owner + run->offset);
    *field += run->stride * run->maximum;
    return list->count == 0 ? out : put_list(output, out, run->key, list, run->item_size, first, run);
}

char *x12i_json_put_field(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    return put_other(output, out, parts, owner, &field);
}

X12I_APART static char *put_labeled_parts(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner)
{
    const x12i_field *field = parts->fields, *end = field + parts->last_used;
    while (field < end) {
        const x12i_field *put = field;
        out = put_other(output, out, parts, owner, &field);
        if (put->run != 0)
            out = x12i_json_put_run_labels(output, out, parts, &parts->runs[put->run - 1], owner);
        else
            out = x12i_json_put_label(output, out, parts, put, owner);
    }
    return out;
}

char *x12i_json_put_parts(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner)
{
    const x12i_field *field = parts->fields, *end = field + parts->last_used;
    if (output->labels != NULL)
        return put_labeled_parts(output, out, parts, owner);
    while (field < end) {
        if (field->plain)
            out = put_plain(output, out, field++, owner);
        else if (field->run == 0 && field->shape < X12I_VALUE)
            field++;
        else
            out = put_other(output, out, parts, owner, &field);
    }
    return out;
}
