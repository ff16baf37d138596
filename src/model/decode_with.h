/* Decoding a segment, with an echo: what is told of each value as it is taken in. It is a template, in which the functions of the echo stand in the
   loop over the values; model/decode.c has the one without. */
#ifndef REMEDI_MODEL_DECODE_WITH_H
#define REMEDI_MODEL_DECODE_WITH_H

#include "model/decode.h"
#include "model/placement.h"
#include "model/span.h"

/* Each goes on at `out`, and returns where it stopped. NULL functions: nobody listens. */
typedef struct x12i_echo {
    char *(*text)(void *context, char *out, x12i_key key, x12_text text);
    char *(*dated)(void *context, char *out, x12i_key key, const x12i_field *field, const void *value);
    /* A composite, a list or a run, as it stands in its struct now. */
    char *(*other)(void *context, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner);
} x12i_echo;

/* decode.c: the rarer cases */

/* A date, time, period or number: what its text says. */
void x12i_interpret(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner);
/* Decodes a part that there is no short way for: `part`, or the run that begins with it. Returns how many parts those were; 0: the guide has no such part. */
uint32_t x12i_decode_other(x12i_decoder *decoder, const x12i_parts *parts, uint32_t index, char *owner, const x12i_tokens *tokens, x12i_span *part, const x12i_span *whole, char separator);
/* Whether a part would be filled in because of the one that it goes with. */
bool x12i_lacks_pair(const x12i_parts *parts, const char *owner);
/* Cuts the empty parts off the end; the fields cannot say how many there were. */
x12i_span x12i_without_empty_end(x12i_decoder *decoder, const x12i_tokens *tokens, x12i_span whole, char separator);

static inline bool x12i_ends_empty(const x12i_tokens *tokens, x12i_span whole, char separator)
{
    uint32_t position = whole.last > whole.first ? tokens->positions[whole.last - 1] : 0;
    return whole.last > whole.first && position + 1 == whole.end && tokens->text[position] == separator;
}

/* A part without a value, which something else may fill in. */
static inline void x12i_lack_value(x12i_decoder *decoder, unsigned fill)
{
    if (fill == X12I_FILL_PAIRED)
        decoder->unpaired = true;
    else if (fill != X12I_FILL_NONE)
        decoder->exact = false;
}

static inline bool x12i_is_string(const char *string, const char *text, uint32_t length)
{
    for (; length != 0 && *string != '\0' && *string == *text; length--, string++)
        text++;
    return length == 0 && *string == '\0';
}

static X12I_WITHIN bool x12i_is_fixed(const x12i_parts *parts, const x12i_intake *intake, const char *text, uint32_t length)
{
    if (intake->word != 0)
        return x12i_pack_input(text, length) == intake->word;
    return x12i_is_string(parts->fields[intake - parts->intakes].fill_text, text, length);
}

/* The parts of a stretch, as they are gone through. What is stored might alias the tokens, for all that a compiler knows: nothing is read twice. */
typedef struct x12i_way {
    const x12i_intake *intake; /* of the part at hand */
    const uint32_t *position;  /* of the delimiter behind it */
    const uint32_t *last;      /* of the last delimiter of all */
    uint32_t start;            /* of the part */
    char *out;                 /* of the echo */
} x12i_way;

/* Stores plain values, up to the first part that is none. Only where the delimiters are `nested` is one of them looked at. Returns whether there are more. */
static X12I_WITHIN bool x12i_decode_values(x12i_decoder *decoder, const x12i_parts *parts, x12i_way *at, char *owner, const char *text, unsigned kept, char separator,
                                           const bool nested, const x12i_echo echo, void *context)
{
    const x12i_intake *intake = at->intake;
    const uint32_t *position = at->position, *const last = at->last;
    uint32_t start = at->start;
    char *out = at->out;
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
            if (echo.text != NULL)
                out = echo.text(context, out, x12i_key_of(parts, intake), (x12_text){text + start, length});
        } else {
            x12i_lack_value(decoder, intake->fill);
        }
        intake++;
        if (position == last) {
            more = false;
            break;
        }
        position++;
        start = end + 1;
    }
    *at = (x12i_way){intake, position, last, start, out};
    return more;
}

/* Stores a value, and works it out where it is to be. */
static inline void x12i_decode_value(x12i_decoder *decoder, const x12i_parts *parts, const x12i_field *field, char *owner, x12_text text)
{
    x12_text *value = (x12_text *)(owner + field->offset);
    if (text.length == 0) {
        x12i_lack_value(decoder, field->fill);
        return;
    }
    value->data = text.data;
    value->length = text.length;
    decoder->stored = true;
    if (field->type > (decoder->numbers_as_text ? X12I_INTEGER : X12I_CODE))
        x12i_interpret(decoder, parts, field, owner);
}

/* A plain value that is worked out. */
static X12I_WITHIN char *x12i_decode_worked(x12i_decoder *decoder, const x12i_parts *parts, const x12i_intake *intake, char *owner, x12_text text, char *out, const x12i_echo echo, void *context)
{
    const x12i_field *field = &parts->fields[intake - parts->intakes];
    x12i_decode_value(decoder, parts, field, owner, text);
    if (echo.text == NULL || text.length == 0)
        return out;
    if (intake->kind == X12I_INTAKE_DATED)
        return echo.dated(context, out, x12i_key_of(parts, intake), field, owner + intake->offset);
    return echo.text(context, out, x12i_key_of(parts, intake), text);
}

/* Decodes the part at hand, whatever it is. False where the guide has no such part. */
static X12I_WITHIN bool x12i_decode_any(x12i_decoder *decoder, const x12i_parts *parts, x12i_way *at, char *owner, const x12i_tokens *tokens, const x12i_span *whole, char separator,
                                        const bool nested, const x12i_echo echo, void *context)
{
    const uint32_t *first = at->position;
    while (nested && at->position < at->last && tokens->text[*at->position] != separator)
        at->position++;
    const x12i_intake *intake = at->intake;
    const x12_text text = {tokens->text + at->start, *at->position - at->start};
    const uint32_t index = (uint32_t)(intake - parts->intakes);
    uint32_t taken = 1;
    if (intake->kind == X12I_INTAKE_FIXED) {
        if (!x12i_is_fixed(parts, intake, text.data, text.length))
            decoder->exact = false;
    } else if (intake->kind <= X12I_INTAKE_DATED) {
        at->out = x12i_decode_worked(decoder, parts, intake, owner, text, at->out, echo, context);
    } else if (intake->kind > X12I_INTAKE_OPTIONAL || text.length != 0) {
        x12i_span part = {at->start, at->start + text.length, (uint32_t)(first - tokens->positions), (uint32_t)(at->position - tokens->positions)};
        taken = x12i_decode_other(decoder, parts, index, owner, tokens, &part, whole, separator);
        at->position = tokens->positions + part.last;
        if (echo.other != NULL && taken != 0)
            at->out = echo.other(context, at->out, parts, &parts->fields[index], owner);
    }
    at->intake += taken;
    return taken != 0;
}

static X12I_WITHIN char *x12i_decode_parts(x12i_decoder *decoder, const x12i_parts *parts, char *owner, const x12i_tokens *tokens, x12i_span whole, char separator,
                                           const bool nested, char *out, const x12i_echo echo, void *context)
{
    const unsigned kept = decoder->numbers_as_text ? X12I_INTAKE_NUMBER : X12I_INTAKE_TEXT;
    if (x12i_ends_empty(tokens, whole, separator))
        whole = x12i_without_empty_end(decoder, tokens, whole, separator);
    x12i_way at = {parts->intakes, tokens->positions + whole.first, tokens->positions + whole.last, whole.start, out};
    while (x12i_decode_values(decoder, parts, &at, owner, tokens->text, kept, separator, nested, echo, context)) {
        if (!x12i_decode_any(decoder, parts, &at, owner, tokens, &whole, separator, nested, echo, context) || at.position == at.last)
            break;
        at.start = *at.position++ + 1;
    }
    if (at.intake < parts->intakes + parts->last_filled)
        decoder->exact = false;
    if (decoder->unpaired && x12i_lacks_pair(parts, owner))
        decoder->exact = false;
    return at.out;
}

/* x12i_decode with an echo, from `out` on; returns where that stopped. */
static X12I_WITHIN char *x12i_decode_with(x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop,
                                          char *out, const x12i_echo echo, void *context)
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
            out = x12i_decode_parts(decoder, parts, owner, tokens, whole, separator, true, out, echo, context);
        else
            out = x12i_decode_parts(decoder, parts, owner, tokens, whole, separator, false, out, echo, context);
    }
    if (parts->size == 0 && !decoder->stored)
        decoder->exact = false; /* an inline slot without a value would not show at all */
    return out;
}

#endif
