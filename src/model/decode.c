#include "model/decode.h"
#include "base/value.h"
#include "diagnostic/diagnostic.h"
#include <string.h>

/* A stretch of the text, with the delimiters inside it: positions[first] to positions[last - 1]. */
typedef struct span {
    uint32_t start;
    uint32_t end;
    uint32_t first;
    uint32_t last;
} span;

static bool equals(const char *text, size_t length, const char *string)
{
    return strlen(string) == length && memcmp(text, string, length) == 0;
}

/* The text that the ISO spelling `iso` stands for; length 0 where it is none. */
static size_t from_iso(const x12i_field *field, x12_text iso, x12_text qualifier, char *out)
{
    switch (field->type) {
    case X12I_DATE:
        return x12i_date_from_iso(iso, field->maximum_length, out);
    case X12I_TIME:
        return x12i_time_from_iso(iso, out);
    default:
        return x12i_period_from_iso(iso, qualifier, out);
    }
}

static x12_text format_qualifier(const x12i_parts *parts, const x12i_field *field, const char *owner)
{
    const x12i_field *format = &parts->fields[field->format_part - 1];
    if (format->shape == X12I_VALUE)
        return *x12i_text_at(owner, format);
    return (x12_text){format->fill_text, format->fill_text ? (uint32_t)strlen(format->fill_text) : 0};
}

/* Fills in what the text says; returns the length of its ISO spelling. */
static size_t read_dated(const x12i_field *field, void *value, x12_text qualifier, char *iso)
{
    switch (field->type) {
    case X12I_DATE:
        x12i_date_read(value);
        return x12i_date_to_iso(value, iso);
    case X12I_TIME:
        x12i_time_read(value);
        return x12i_time_to_iso(value, iso);
    default:
        x12i_period_read(value, qualifier);
        return x12i_period_to_iso(value, iso);
    }
}

/* A date, time or period stands in JSON in its ISO spelling: what comes back from there may be another text, where six digits were sent for
   eight, or what looks like the ISO spelling of a date. */
static void decode_dated(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner)
{
    char iso[X12I_ISO_MAX], back[X12I_ISO_MAX];
    x12_text *text = (x12_text *)(owner + field->offset);
    x12_text qualifier = field->type == X12I_PERIOD ? format_qualifier(parts, field, owner) : (x12_text){0};
    size_t length = read_dated(field, text, qualifier, iso);
    if (length != 0 && (field->type != X12I_DATE || text->length == field->maximum_length))
        return;
    length = from_iso(field, length ? (x12_text){iso, (uint32_t)length} : *text, qualifier, back);
    if (length == 0)
        return;
    decoder->exact = false;
    if (!decoder->as_json)
        return;
    char *kept = x12i_arena_take(decoder->arena, length);
    if (kept == NULL)
        decoder->failed = true;
    else
        *text = (x12_text){memcpy(kept, back, length), (uint32_t)length};
}

static void decode_value(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner, const char *text, uint32_t length)
{
    if (field->padded) {
        if (length != field->minimum_length)
            decoder->exact = false;
        while (length > 0 && text[length - 1] == ' ')
            length--;
    }
    if (length == 0) {
        if (field->fill != X12I_FILL_NONE)
            decoder->exact = false;
        return;
    }
    x12_text *value = (x12_text *)(owner + field->offset);
    value->data = text;
    value->length = length;
    decoder->stored++;
    if (field->type <= X12I_CODE)
        return;
    if (field->type <= X12I_INTEGER)
        x12i_decimal_read((x12_decimal *)value);
    else
        decode_dated(decoder, parts, field, owner);
}

static bool matches_derived(const x12i_decoder *decoder, const x12i_field *field, const char *text, uint32_t length)
{
    const x12_text *expected = field->fill == X12I_FILL_COUNT ? &decoder->expected_count : &decoder->expected_control;
    return expected->length == length && (length == 0 || memcmp(expected->data, text, length) == 0);
}

static void raise_extra(x12i_decoder *decoder)
{
    decoder->exact = false;
    if (decoder->findings)
        x12i_raise(decoder->findings, X12_FINDING_EXTRA_ELEMENT, decoder->position);
}

/* Cuts the empty parts off the end; the fields cannot say how many there were. */
static span without_empty_end(x12i_decoder *decoder, const x12i_tokens *tokens, span whole, char separator)
{
    while (whole.last > whole.first) {
        uint32_t position = tokens->positions[whole.last - 1];
        if (position + 1 != whole.end || tokens->text[position] != separator)
            break;
        whole.end = position;
        whole.last--;
        decoder->exact = false;
    }
    return whole;
}

static uint32_t count_parts(const x12i_tokens *tokens, span whole, char separator)
{
    uint32_t count = 1;
    for (uint32_t i = whole.first; i < whole.last; i++)
        count += tokens->text[tokens->positions[i]] == separator;
    return count;
}

/* The next part of `rest`, which shrinks to what follows it. */
static inline span take_part(const x12i_tokens *tokens, span *rest, char separator)
{
    span part = *rest;
    uint32_t i = rest->first;
    while (i < rest->last && tokens->text[tokens->positions[i]] != separator)
        i++;
    part.last = i;
    if (i < rest->last) {
        part.end = tokens->positions[i];
        rest->start = part.end + 1;
        rest->first = i + 1;
    } else {
        rest->start = rest->end + 1;
    }
    return part;
}

static inline bool has_parts(const span *rest)
{
    return rest->start <= rest->end;
}

static void *new_items(x12i_decoder *decoder, x12i_list *list, size_t count, size_t size)
{
    list->items = x12_arena_allocate(decoder->arena, count * size);
    if (list->items == NULL) {
        decoder->failed = true;
        return NULL;
    }
    list->count = count;
    return list->items;
}

static void decode_parts(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, span whole, char separator);

static void decode_composite(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, span part)
{
    unsigned stored = decoder->stored;
    decode_parts(decoder, parts, owner, tokens, part, (char)decoder->delimiters->component);
    if (decoder->stored == stored)
        decoder->exact = false;
}

static void decode_repeated(x12i_decoder *decoder, const x12i_field *field, char *owner, const x12i_tokens *tokens, span part)
{
    char separator = (char)decoder->delimiters->repetition;
    size_t size = field->shape == X12I_REPEATED_VALUE ? sizeof(x12_text) : field->parts->size;
    span rest = without_empty_end(decoder, tokens, part, separator);
    char *item = new_items(decoder, (x12i_list *)(owner + field->offset), count_parts(tokens, rest, separator), size);
    for (; item && has_parts(&rest); item += size) {
        span repetition = take_part(tokens, &rest, separator);
        if (repetition.start == repetition.end)
            continue;
        if (field->shape == X12I_REPEATED_COMPOSITE) {
            decode_composite(decoder, field->parts, item, tokens, repetition);
            continue;
        }
        *(x12_text *)item = (x12_text){tokens->text + repetition.start, repetition.end - repetition.start};
        decoder->stored++;
    }
}

static void decode_part(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner, const x12i_tokens *tokens, span part)
{
    const char *text = tokens->text + part.start;
    uint32_t length = part.end - part.start;
    switch ((x12i_shape)field->shape) {
    case X12I_VALUE:
        decode_value(decoder, parts, field, owner, text, length);
        break;
    case X12I_FIXED:
        if (!equals(text, length, field->fill_text))
            decoder->exact = false;
        break;
    case X12I_DERIVED:
        decoder->stored++; /* a trailer shows without any value */
        if (!matches_derived(decoder, field, text, length))
            decoder->exact = false;
        break;
    case X12I_UNUSED:
        if (length != 0)
            raise_extra(decoder);
        break;
    case X12I_COMPOSITE:
        if (length != 0)
            decode_composite(decoder, field->parts, owner + field->offset, tokens, part);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        if (length != 0)
            decode_repeated(decoder, field, owner, tokens, part);
        break;
    }
}

/* The list item that part `number` of a run belongs to; the list is made when its first part comes. */
static char *run_item(x12i_decoder *decoder, const x12i_run *run, char *owner, unsigned number, uint32_t parts_left)
{
    x12i_list *list = (x12i_list *)(owner + run->offset);
    if (number == run->first) {
        size_t count = (parts_left + run->stride - 1u) / run->stride;
        if (!new_items(decoder, list, count < run->maximum ? count : run->maximum, run->item_size))
            return NULL;
    }
    return (char *)list->items + (size_t)((number - run->first) / run->stride) * run->item_size;
}

/* Whether the encoder would fill in a part that was not sent. */
static bool omits_a_fill(const x12i_parts *parts, unsigned sent)
{
    for (unsigned number = sent + 1; number <= parts->field_count; number++) {
        const x12i_field *field = &parts->fields[number - 1];
        if (field->fill == X12I_FILL_NONE && field->shape != X12I_FIXED)
            continue;
        if (field->run == 0)
            return true;
        const x12i_run *run = &parts->runs[field->run - 1];
        if (sent >= run->first && (number - run->first) / run->stride <= (sent - run->first) / run->stride)
            return true;
    }
    return false;
}

static void decode_parts(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, span whole, char separator)
{
    span rest = without_empty_end(decoder, tokens, whole, separator);
    bool elements = separator == (char)decoder->delimiters->element;
    unsigned number = 0;
    while (has_parts(&rest) && !decoder->failed) {
        span before = rest;
        span part = take_part(tokens, &rest, separator);
        number++;
        if (elements)
            decoder->position.element = (uint8_t)(number < 255 ? number : 255);
        if (number > parts->field_count) {
            raise_extra(decoder);
            break;
        }
        const x12i_field *field = &parts->fields[number - 1];
        char *item = owner;
        if (field->run != 0) {
            const x12i_run *run = &parts->runs[field->run - 1];
            uint32_t left = number == run->first ? count_parts(tokens, before, separator) : 0;
            item = run_item(decoder, run, owner, number, left);
            if (item == NULL)
                return;
        }
        decode_part(decoder, parts, field, item, tokens, part);
    }
    if (number < parts->field_count && omits_a_fill(parts, number))
        decoder->exact = false;
}

bool x12i_decode(x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, x12_position position)
{
    decoder->position = position;
    decoder->stored = 0;
    decoder->exact = true;
    if (tokens->count == 0) {
        decoder->exact = !omits_a_fill(parts, 0);
    } else {
        span whole = {tokens->positions[0] + 1, tokens->length, 1, tokens->count};
        if (whole.start == whole.end || tokens->text[tokens->positions[0]] != (char)decoder->delimiters->element)
            decoder->exact = false;
        decode_parts(decoder, parts, owner, tokens, whole, (char)decoder->delimiters->element);
    }
    if (parts->size == 0 && decoder->stored == 0)
        decoder->exact = false; /* an inline slot without a value would not show at all */
    return !decoder->failed;
}

x12i_tokens x12i_tokenise(const char *text, uint32_t length, const x12i_delimiters *delimiters, uint32_t *positions)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == delimiters->element || (byte == delimiters->component && byte != 0) || (byte == delimiters->repetition && byte != 0))
            positions[count++] = i;
    }
    return (x12i_tokens){text, positions, count, length};
}
