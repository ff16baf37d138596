#include "model/decode.h"
#include "base/compiler.h"
#include "base/value.h"
#include "diagnostic/diagnostic.h"
#include "model/placement.h"
#include "model/span.h"
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

/* A date, time, period or number: what its text says. */
X12I_APART static void interpret(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner)
{
    if (read_usual_date(field, (x12_date *)(owner + field->offset)))
        return;
    if (field->type > X12I_INTEGER)
        decode_dated(decoder, parts, field, owner);
    else if (field->type > X12I_CODE)
        x12i_decimal_read((x12_decimal *)(owner + field->offset));
}

/* The types up to this one are kept as they are. */
static inline x12i_value_type last_kept(const x12i_decoder *decoder)
{
    return decoder->numbers_as_text ? X12I_INTEGER : X12I_CODE;
}

/* A part without a value, which something else may fill in. */
static inline void lack_value(x12i_decoder *decoder, unsigned fill)
{
    if (fill == X12I_FILL_PAIRED)
        decoder->unpaired = true;
    else if (fill != X12I_FILL_NONE)
        decoder->exact = false;
}

static inline void decode_value(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner, const char *text, uint32_t length)
{
    if (length == 0) {
        lack_value(decoder, field->fill);
        return;
    }
    x12_text *value = (x12_text *)(owner + field->offset);
    value->data = text;
    value->length = length;
    decoder->stored = true;
    if (field->type > last_kept(decoder))
        interpret(decoder, parts, field, owner);
}

static inline bool is_text(const char *string, const char *text, uint32_t length)
{
    for (; length != 0 && *string != '\0' && *string == *text; length--, string++)
        text++;
    return length == 0 && *string == '\0';
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

static inline bool ends_empty(const x12i_tokens *tokens, x12i_span whole, char separator)
{
    uint32_t position = whole.last > whole.first ? tokens->positions[whole.last - 1] : 0;
    return whole.last > whole.first && position + 1 == whole.end && tokens->text[position] == separator;
}

/* Cuts the empty parts off the end; the fields cannot say how many there were. */
X12I_APART static x12i_span without_empty_end(x12i_decoder *decoder, const x12i_tokens *tokens, x12i_span whole, char separator)
{
    for (; ends_empty(tokens, whole, separator); whole.last--) {
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
    x12i_span whole = ends_empty(tokens, part, separator) ? without_empty_end(decoder, tokens, part, separator) : part;
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
        if (!is_text(field->fill_text, text, length))
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
        decode_value(decoder, parts, field, owner, text, length);
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

/* Decodes a part that decode_parts has no short way for: `part`, or the run that begins with it. Returns how many parts those were; 0: the guide has no such part. */
X12I_APART static uint32_t decode_other(x12i_decoder *decoder, const x12i_parts *parts, uint32_t index, char *owner, const x12i_tokens *tokens, x12i_span *part, const x12i_span *whole, char separator)
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

X12I_APART static bool lacks_pair(const x12i_parts *parts, const char *owner);

static X12I_WITHIN bool is_fixed(const x12i_parts *parts, const x12i_intake *intake, const char *text, uint32_t length)
{
    if (intake->word != 0)
        return x12i_pack_input(text, length) == intake->word;
    return is_text(parts->fields[intake - parts->intakes].fill_text, text, length);
}

/* The parts of a stretch, as decode_parts goes through them. What is stored might alias the tokens, for all that a compiler knows: nothing is read twice. */
typedef struct way {
    const x12i_intake *intake; /* of the part at hand */
    const uint32_t *position;  /* of the delimiter behind it */
    const uint32_t *last;      /* of the last delimiter of all */
    uint32_t start;            /* of the part */
} way;

/* Stores plain values, up to the first part that is none. Only where the delimiters are `nested` is one of them looked at. Returns whether there are more. */
static X12I_WITHIN bool decode_values(x12i_decoder *decoder, way *at, char *owner, const char *text, unsigned kept, char separator, const bool nested)
{
    const x12i_intake *intake = at->intake;
    const uint32_t *position = at->position, *const last = at->last;
    uint32_t start = at->start;
    bool more = true;
    while (intake->kind <= kept) {
        while (nested && position < last && text[*position] != separator)
            position++;
        const uint32_t end = *position, length = end - start;
        if (length != 0) {
            x12_text *value = (x12_text *)(owner + intake->offset);
            value->data = text + start; /* not the struct as a whole: a decimal has fields where a text is padded */
            value->length = length;
            decoder->stored = true;
        } else {
            lack_value(decoder, intake->fill);
        }
        intake++;
        if (position == last) {
            more = false;
            break;
        }
        position++;
        start = end + 1;
    }
    *at = (way){intake, position, last, start};
    return more;
}

/* Decodes the part at hand, whatever it is. False where the guide has no such part. */
static X12I_WITHIN bool decode_any(x12i_decoder *decoder, const x12i_parts *parts, way *at, char *owner, const x12i_tokens *tokens, const x12i_span *whole, char separator, const bool nested)
{
    const uint32_t *first = at->position;
    while (nested && at->position < at->last && tokens->text[*at->position] != separator)
        at->position++;
    const x12i_intake *intake = at->intake;
    const char *text = tokens->text + at->start;
    const uint32_t length = *at->position - at->start;
    uint32_t taken = 1;
    if (intake->kind == X12I_INTAKE_FIXED) {
        if (!is_fixed(parts, intake, text, length))
            decoder->exact = false;
    } else if (intake->kind <= X12I_INTAKE_DATED) {
        decode_value(decoder, parts, &parts->fields[intake - parts->intakes], owner, text, length);
    } else if (intake->kind > X12I_INTAKE_OPTIONAL || length != 0) {
        x12i_span part = {at->start, at->start + length, (uint32_t)(first - tokens->positions), (uint32_t)(at->position - tokens->positions)};
        taken = decode_other(decoder, parts, (uint32_t)(intake - parts->intakes), owner, tokens, &part, whole, separator);
        at->position = tokens->positions + part.last;
    }
    at->intake += taken;
    return taken != 0;
}

static X12I_WITHIN void decode_parts(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span whole, char separator, const bool nested)
{
    const unsigned kept = decoder->numbers_as_text ? X12I_INTAKE_NUMBER : X12I_INTAKE_TEXT;
    if (ends_empty(tokens, whole, separator))
        whole = without_empty_end(decoder, tokens, whole, separator);
    way at = {parts->intakes, tokens->positions + whole.first, tokens->positions + whole.last, whole.start};
    while (decode_values(decoder, &at, owner, tokens->text, kept, separator, nested)) {
        if (!decode_any(decoder, parts, &at, owner, tokens, &whole, separator, nested) || at.position == at.last)
            break;
        at.start = *at.position++ + 1;
    }
    if (at.intake < parts->intakes + parts->last_filled)
        decoder->exact = false;
    if (decoder->unpaired && lacks_pair(parts, owner))
        decoder->exact = false;
}

/* Whether a part would be filled in because of the one that it goes with. */
X12I_APART static bool lacks_pair(const x12i_parts *parts, const char *owner)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        if (field->fill == X12I_FILL_PAIRED && x12i_text_at(owner, field)->length == 0 && x12i_text_at(owner, &parts->fields[field->pair - 1])->length != 0)
            return true;
    }
    return false;
}

X12I_APART static void decode_components(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span whole)
{
    decode_parts(decoder, parts, owner, tokens, whole, (char)decoder->delimiters->component, true);
}

bool x12i_decode(x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop)
{
    decoder->segment = segment;
    decoder->loop = loop;
    decoder->id = parts->id;
    decoder->stored = false;
    decoder->unpaired = false;
    decoder->exact = true;
    if (tokens->count == 0) {
        decoder->exact = parts->last_filled == 0;
    } else {
        const char separator = (char)decoder->delimiters->element;
        x12i_span whole = {tokens->positions[0] + 1, tokens->length, 1, tokens->count};
        if (whole.start == whole.end || tokens->text[tokens->positions[0]] != separator)
            decoder->exact = false;
        if (tokens->nested)
            decode_parts(decoder, parts, owner, tokens, whole, separator, true);
        else
            decode_parts(decoder, parts, owner, tokens, whole, separator, false);
    }
    if (parts->size == 0 && !decoder->stored)
        decoder->exact = false; /* an inline slot without a value would not show at all */
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
