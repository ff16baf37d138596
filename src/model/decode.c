#include "base/compiler.h"
#include "base/value.h"
#include "diagnostic/diagnostic.h"
#include "model/decode_with.h"
#include <string.h>

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

x12_text x12i_format_qualifier(const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    const x12i_field *format = &parts->fields[field->format_part - 1];
    if (format->shape == X12I_VALUE && x12i_text_at(owner, format)->length != 0)
        return *x12i_text_at(owner, format);
    return (x12_text){format->fill_text, format->fill_text ? (uint32_t)strlen(format->fill_text) : 0};
}

/* Fills in what the text says; false where it is no real date, time or period. */
static bool read_dated(const x12i_field *field, void *value, x12_text qualifier)
{
    switch (field->type) {
    case X12I_DATE:
        x12i_date_read(value);
        return ((const x12_date *)value)->month != 0;
    case X12I_TIME:
        x12i_time_read(value);
        return ((const x12_time *)value)->valid;
    default:
        x12i_period_read(value, qualifier);
        return ((const x12_period *)value)->format != X12_PERIOD_TEXT;
    }
}

/* A date, time or period stands in JSON in its ISO spelling: what comes back from there may be another text, where six digits were sent for
   eight, or what looks like the ISO spelling of a date. */
X12I_APART static void decode_dated(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner)
{
    char iso[X12I_ISO_MAX], back[X12I_ISO_MAX];
    x12_text *text = (x12_text *)(owner + field->offset), spelling = *text;
    x12_text qualifier = field->type == X12I_PERIOD ? x12i_format_qualifier(parts, field, owner) : (x12_text){0};
    bool valid = read_dated(field, text, qualifier);
    if (valid && (field->type != X12I_DATE || text->length == field->maximum_length))
        return;
    if (valid)
        spelling = (x12_text){iso, (uint32_t)x12i_date_to_iso((const x12_date *)text, iso)};
    size_t length = from_iso(field, spelling, qualifier, back);
    if (field->type == X12I_PERIOD && qualifier.length == 0 && x12i_period_guess(spelling).length != 0)
        decoder->exact = false; /* a format would be made up for it */
    if (length == 0 && !valid)
        return; /* it stands in JSON as it is */
    x12_text returned = length ? (x12_text){back, (uint32_t)length} : spelling;
    decoder->exact = false;
    if (!decoder->as_json)
        return;
    char *kept = x12i_arena_take(decoder->arena, returned.length);
    if (kept == NULL)
        decoder->failed = true;
    else
        *text = (x12_text){memcpy(kept, returned.data, returned.length), returned.length};
}

static uint32_t without_padding(x12i_decoder *decoder, const x12i_field *field, const char *text, uint32_t length)
{
    if (length != field->minimum_length)
        decoder->exact = false;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

/* The usual date: a real one, in as many digits as there may be. */
static inline bool read_usual_date(const x12i_field *field, x12_date *date)
{
    if (field->type != X12I_DATE || date->length != field->maximum_length)
        return false;
    x12i_date_read(date);
    return date->month != 0;
}

void x12i_interpret(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner)
{
    if (read_usual_date(field, (x12_date *)(owner + field->offset)))
        return;
    if (field->type > X12I_INTEGER)
        decode_dated(decoder, parts, field, owner);
    else if (field->type > X12I_CODE)
        x12i_decimal_read((x12_decimal *)(owner + field->offset));
}

static bool matches_derived(const x12i_decoder *decoder, const x12i_field *field, const char *text, uint32_t length)
{
    bool count = field->fill == X12I_FILL_COUNT || field->fill == X12I_FILL_LEVEL;
    const x12_text *expected = count ? &decoder->expected_count : &decoder->expected_control;
    return expected->length == length && (length == 0 || memcmp(expected->data, text, length) == 0);
}

static void raise_extra(x12i_decoder *decoder)
{
    decoder->exact = false;
    if (decoder->findings == NULL)
        return;
    x12_position position = x12i_segment_position(decoder->segment);
    position.loop = decoder->loop;
    position.segment = decoder->id;
    position.element = decoder->element;
    x12i_raise(decoder->findings, X12_FINDING_EXTRA_ELEMENT, position);
}

/* Findings name the element, also those within a composite. */
static inline void set_element(x12i_decoder *decoder, char separator, unsigned number)
{
    if (separator == (char)decoder->delimiters->element)
        decoder->element = (uint8_t)(number < 255 ? number : 255);
}

x12i_span x12i_without_empty_end(x12i_decoder *decoder, const x12i_tokens *tokens, x12i_span whole, char separator)
{
    for (; x12i_ends_empty(tokens, whole, separator); whole.last--) {
        whole.end = tokens->positions[whole.last - 1];
        decoder->exact = false;
    }
    return whole;
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

static void decode_components(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span whole);

static void decode_composite(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span part)
{
    bool stored = decoder->stored;
    decoder->stored = false;
    decode_components(decoder, parts, owner, tokens, part);
    if (!decoder->stored)
        decoder->exact = false;
    decoder->stored |= stored;
}

static void decode_repeated(x12i_decoder *decoder, const x12i_field *field, char *owner, const x12i_tokens *tokens, x12i_span part)
{
    char separator = (char)decoder->delimiters->repetition;
    size_t size = field->shape == X12I_REPEATED_VALUE ? sizeof(x12_text) : field->parts->size;
    x12i_span whole = x12i_ends_empty(tokens, part, separator) ? x12i_without_empty_end(decoder, tokens, part, separator) : part;
    char *item = new_items(decoder, (x12i_list *)(owner + field->offset), x12i_count_parts(tokens, whole, separator), size);
    x12i_span one = x12i_before_first(&whole);
    for (; item && x12i_next_part(tokens, &one, &whole, separator); item += size) {
        if (one.start == one.end)
            continue;
        if (field->shape == X12I_REPEATED_COMPOSITE) {
            decode_composite(decoder, field->parts, item, tokens, one);
            continue;
        }
        *(x12_text *)item = (x12_text){tokens->text + one.start, one.end - one.start};
        decoder->stored = true;
    }
}

static void decode_shaped(x12i_decoder *decoder, const x12i_field *field, char *owner, const x12i_tokens *tokens, const x12i_span *part)
{
    const char *text = tokens->text + part->start;
    uint32_t length = part->end - part->start;
    switch ((x12i_shape)field->shape) {
    case X12I_VALUE:
        break;
    case X12I_FIXED:
        if (!x12i_is_string(field->fill_text, text, length))
            decoder->exact = false;
        break;
    case X12I_DERIVED:
        decoder->stored = true; /* a trailer shows without any value */
        if (!matches_derived(decoder, field, text, length))
            decoder->exact = false;
        break;
    case X12I_UNUSED:
        if (length != 0)
            raise_extra(decoder);
        break;
    case X12I_COMPOSITE:
        if (length != 0)
            decode_composite(decoder, field->parts, owner + field->offset, tokens, *part);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        if (length != 0)
            decode_repeated(decoder, field, owner, tokens, *part);
        break;
    }
}

static inline void decode_part(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner, const x12i_tokens *tokens, const x12i_span *part)
{
    const char *text = tokens->text + part->start;
    uint32_t length = part->end - part->start;
    if (field->padded)
        length = without_padding(decoder, field, text, length);
    if (field->shape == X12I_VALUE)
        x12i_decode_value(decoder, parts, field, owner, (x12_text){text, length});
    else
        decode_shaped(decoder, field, owner, tokens, part);
}

/* Decodes the items of the run that begins with `part`, which then is its last one. Returns how many parts those were. */
static uint32_t decode_run(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *fields, char *owner, const x12i_tokens *tokens, x12i_span *part, const x12i_span *whole, char separator)
{
    const x12i_run *run = &parts->runs[fields->run - 1];
    uint32_t left = x12i_count_parts(tokens, (x12i_span){part->start, whole->end, part->first, whole->last}, separator);
    uint32_t most = (uint32_t)run->stride * run->maximum, taken = left < most ? left : most;
    char *item = new_items(decoder, (x12i_list *)(owner + run->offset), (taken + run->stride - 1u) / run->stride, run->item_size);
    for (uint32_t i = 0, inside = 0; item != NULL; inside++) {
        if (inside == run->stride) {
            inside = 0;
            item += run->item_size;
        }
        decode_part(decoder, parts, &fields[i], item, tokens, part);
        if (++i == taken)
            break;
        x12i_next_part(tokens, part, whole, separator);
    }
    return taken;
}

uint32_t x12i_decode_other(x12i_decoder *decoder, const x12i_parts *parts, uint32_t index, char *owner, const x12i_tokens *tokens, x12i_span *part, const x12i_span *whole, char separator)
{
    const x12i_field *field = &parts->fields[index];
    set_element(decoder, separator, index + 1);
    if (index == parts->field_count) {
        raise_extra(decoder);
        return 0;
    }
    if (field->run != 0)
        return decode_run(decoder, parts, field, owner, tokens, part, whole, separator);
    if (field->shape == X12I_COMPOSITE)
        decode_composite(decoder, field->parts, owner + field->offset, tokens, *part);
    else
        decode_part(decoder, parts, field, owner, tokens, part);
    return 1;
}

bool x12i_lacks_pair(const x12i_parts *parts, const char *owner)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        if (field->fill == X12I_FILL_PAIRED && x12i_text_at(owner, field)->length == 0 && x12i_text_at(owner, &parts->fields[field->pair - 1])->length != 0)
            return true;
    }
    return false;
}

static const x12i_echo no_echo = {NULL, NULL, NULL};

X12I_APART static void decode_components(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span whole)
{
    x12i_decode_parts(decoder, parts, owner, tokens, whole, (char)decoder->delimiters->component, true, NULL, no_echo, NULL);
}

bool x12i_decode(x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop)
{
    x12i_decode_with(decoder, parts, owner, tokens, segment, loop, NULL, no_echo, NULL);
    return !decoder->failed;
}

x12i_tokens x12i_tokenise(const char *text, uint32_t length, const x12i_delimiters *delimiters, uint32_t *positions)
{
    x12i_tokens tokens = {.text = text, .positions = positions, .length = length};
    for (uint32_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool inner = byte != 0 && (byte == delimiters->component || byte == delimiters->repetition);
        if (byte == delimiters->element || inner)
            positions[tokens.count++] = i;
        tokens.nested |= inner;
    }
    positions[tokens.count] = length;
    return tokens;
}
