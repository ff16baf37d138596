#include "model/encode.h"
#include "base/value.h"
#include "diagnostic/diagnostic.h"
#include <string.h>

void x12i_encoder_delimiters(x12i_encoder *encoder, const x12i_delimiters *delimiters)
{
    encoder->delimiters = *delimiters;
    x12i_forbid(&encoder->forbidden, delimiters);
}

static void refuse(x12i_encoder *encoder, x12_finding_code code)
{
    encoder->refused = true;
    if (encoder->findings)
        x12i_raise(encoder->findings, code, encoder->position);
}

/* Copies and looks at each byte in one go: most values are short. */
static inline void add_value(x12i_encoder *encoder, x12i_buffer *out, x12_text text, unsigned place)
{
    unsigned seen = 0;
    if (!x12i_buffer_reserve(out, text.length))
        return;
    char *end = out->data + out->length;
    for (uint32_t i = 0; i < text.length; i++) {
        end[i] = text.data[i];
        seen |= encoder->forbidden.places[(unsigned char)text.data[i]];
    }
    out->length += text.length;
    if ((seen & place) && x12i_holds_forbidden(&encoder->forbidden, text, place))
        refuse(encoder, X12_FINDING_JSON_DELIMITER);
}

static void add_padded_number(x12i_buffer *out, uint64_t number, unsigned width)
{
    char digits[20];
    unsigned length = 0;
    do
        digits[sizeof digits - ++length] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    for (unsigned i = length; i < width; i++)
        x12i_buffer_add_byte(out, '0');
    x12i_buffer_add(out, digits + sizeof digits - length, length);
}

static void add_padding(x12i_buffer *out, const x12i_field *field, uint32_t length)
{
    for (; field->padded && length < field->minimum_length; length++)
        x12i_buffer_add_byte(out, ' ');
}

static void add_separator(x12i_buffer *out, unsigned char byte)
{
    x12i_buffer_add_byte(out, byte ? (char)byte : 'U'); /* U: none, as in ISA11 before version 4020 */
}

/* The number that is filled in. */
static uint64_t number_to_fill(const x12i_encoder *encoder, const x12i_field *field)
{
    const uint64_t numbers[] = {[X12I_FILL_CONTROL] = encoder->control, [X12I_FILL_ORDINAL] = encoder->ordinal, [X12I_FILL_COUNT] = encoder->count,
                                [X12I_FILL_LEVEL] = encoder->level, [X12I_FILL_PARENT] = encoder->parent_level};
    return numbers[field->fill];
}

/* What stands in a part that was left out. */
static void add_fill(x12i_encoder *encoder, x12i_buffer *out, const x12i_field *field)
{
    switch ((x12i_fill)field->fill) {
    case X12I_FILL_NONE:
        break;
    case X12I_FILL_TEXT:
    case X12I_FILL_PAIRED:
        x12i_buffer_add_string(out, field->fill_text);
        break;
    case X12I_FILL_DATE:
        x12i_buffer_add_string(out, encoder->date + (field->maximum_length == 6 ? 2 : 0));
        break;
    case X12I_FILL_TIME:
        x12i_buffer_add_string(out, encoder->time);
        break;
    case X12I_FILL_CONTROL:
    case X12I_FILL_ORDINAL:
    case X12I_FILL_COUNT:
    case X12I_FILL_LEVEL:
    case X12I_FILL_PARENT:
        if (field->fill != X12I_FILL_PARENT || encoder->parent_level != 0)
            add_padded_number(out, number_to_fill(encoder, field), field->minimum_length);
        break;
    case X12I_FILL_SAME_CONTROL:
        x12i_buffer_add(out, encoder->same_control.data, encoder->same_control.length);
        break;
    case X12I_FILL_CHILDREN:
        x12i_buffer_add_byte(out, encoder->has_children ? '1' : '0');
        encoder->told_children = true;
        break;
    case X12I_FILL_REPETITION:
        add_separator(out, encoder->delimiters.repetition);
        break;
    case X12I_FILL_COMPONENT:
        add_separator(out, encoder->delimiters.component);
        break;
    case X12I_FILL_GROUP_CODE:
        if (encoder->guide)
            x12i_buffer_add_string(out, encoder->guide->group);
        break;
    case X12I_FILL_GUIDE:
        if (encoder->guide)
            x12i_buffer_add_string(out, encoder->guide->id);
        break;
    }
}

static void add_text(x12i_encoder *encoder, x12i_buffer *out, const x12i_field *field, x12_text text, unsigned place)
{
    if (text.length == 0) {
        size_t before = out->length;
        add_fill(encoder, out, field);
        add_padding(out, field, (uint32_t)(out->length - before));
        return;
    }
    encoder->stored++;
    if (x12i_is_delimiter(field))
        x12i_buffer_add(out, text.data, text.length);
    else
        add_value(encoder, out, text, place);
    add_padding(out, field, text.length);
}

static void encode_parts(x12i_encoder *encoder, const x12i_parts *parts, const char *owner, x12i_buffer *out, char separator);

static void add_composite(x12i_encoder *encoder, const x12i_parts *parts, const char *owner, x12i_buffer *out)
{
    unsigned stored = encoder->stored;
    size_t length = out->length;
    encode_parts(encoder, parts, owner, out, (char)encoder->delimiters.component);
    if (encoder->stored == stored)
        out->length = length;
}

static void add_repetitions(x12i_encoder *encoder, const x12i_field *field, const char *owner, x12i_buffer *out)
{
    const x12i_list *list = (const x12i_list *)(owner + field->offset);
    size_t end = out->length;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            x12i_buffer_add_byte(out, (char)encoder->delimiters.repetition);
        size_t start = out->length;
        if (field->shape == X12I_REPEATED_VALUE)
            add_text(encoder, out, field, ((const x12_text *)list->items)[i], X12I_IN_REPETITION);
        else
            add_composite(encoder, field->parts, (const char *)list->items + i * field->parts->size, out);
        if (out->length > start)
            end = out->length;
    }
    out->length = end;
}

static void add_part(x12i_encoder *encoder, const x12i_field *field, const char *owner, x12i_buffer *out, unsigned place)
{
    switch ((x12i_shape)field->shape) {
    case X12I_UNUSED:
        break;
    case X12I_FIXED:
        x12i_buffer_add_string(out, field->fill_text);
        break;
    case X12I_DERIVED:
        add_fill(encoder, out, field);
        break;
    case X12I_VALUE:
        add_text(encoder, out, field, *x12i_text_at(owner, field), place);
        break;
    case X12I_COMPOSITE:
        add_composite(encoder, field->parts, owner + field->offset, out);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        add_repetitions(encoder, field, owner, out);
        break;
    }
}

/* The list item of part `number`; NULL when the list is shorter. */
static const char *item_of(const x12i_run *run, const char *owner, unsigned number)
{
    const x12i_list *list = (const x12i_list *)(owner + run->offset);
    size_t index = (size_t)(number - run->first) / run->stride;
    return index < list->count ? (const char *)list->items + index * run->item_size : NULL;
}

static void refuse_long_runs(x12i_encoder *encoder, const x12i_parts *parts, const char *owner)
{
    for (unsigned i = 0; i < parts->run_count; i++)
        if (((const x12i_list *)(owner + parts->runs[i].offset))->count > parts->runs[i].maximum)
            refuse(encoder, X12_FINDING_TOO_MANY);
}

static inline void add_separators(x12i_buffer *out, char separator, unsigned count)
{
    for (; count > 0; count--)
        x12i_buffer_add_byte(out, separator);
}

/* Whether nothing is filled in for a part without a value. */
static inline bool leaves_empty(const x12i_parts *parts, const x12i_field *field, const char *owner)
{
    if (field->fill != X12I_FILL_PAIRED)
        return field->fill == X12I_FILL_NONE;
    return x12i_text_at(owner, &parts->fields[field->pair - 1])->length == 0;
}

/* Separators are put when a value follows: empty parts at the end leave none. */
static void encode_parts(x12i_encoder *encoder, const x12i_parts *parts, const char *owner, x12i_buffer *out, char separator)
{
    bool elements = separator == (char)encoder->delimiters.element;
    unsigned last = parts->last_used > parts->last_filled ? parts->last_used : parts->last_filled, due = 0;
    for (unsigned number = 1; number <= last; number++) {
        const x12i_field *field = &parts->fields[number - 1];
        due += elements || number > 1;
        if (field->plain && !x12i_is_delimiter(field)) {
            x12_text text = *x12i_text_at(owner, field);
            if (text.length == 0 && leaves_empty(parts, field, owner))
                continue;
            if (text.length != 0) {
                if (elements)
                    encoder->position.element = (uint8_t)number;
                encoder->stored++;
                add_separators(out, separator, due);
                add_value(encoder, out, text, elements ? X12I_IN_ELEMENT : X12I_IN_COMPONENT);
                due = 0;
                continue;
            }
        }
        const char *item = field->run == 0 ? owner : item_of(&parts->runs[field->run - 1], owner, number);
        if (item == NULL) { /* and so it is for all that is left of the run */
            const x12i_run *run = &parts->runs[field->run - 1];
            unsigned end = run->first + (unsigned)run->stride * run->maximum - 1;
            due += end - number;
            number = end;
            continue;
        }
        if (elements)
            encoder->position.element = (uint8_t)number;
        size_t end = out->length;
        add_separators(out, separator, due);
        size_t start = out->length;
        add_part(encoder, field, item, out, elements ? X12I_IN_ELEMENT : X12I_IN_COMPONENT);
        if (out->length > start)
            due = 0;
        else
            out->length = end;
    }
    if (parts->run_count != 0)
        refuse_long_runs(encoder, parts, owner);
}

void x12i_encode(x12i_encoder *encoder, const x12i_parts *parts, const void *owner, x12i_buffer *out)
{
    encoder->stored = 0;
    encoder->told_children = false;
    encoder->position.segment = parts->id;
    encoder->position.element = 0;
    x12i_buffer_add_string(out, parts->id);
    encode_parts(encoder, parts, owner, out, (char)encoder->delimiters.element);
}
