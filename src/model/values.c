#include "model/values.h"

#include "base/utf8.h"
#include <string.h>

enum { NEXT_LINE = 0x85 }; /* EBCDIC's line end, the one delimiter beyond ASCII */

size_t x12i_value_to_iso(x12i_value_type type, const void *value, char *out)
{
    switch (type) {
    case X12I_DATE:
        return x12i_date_to_iso(value, out);
    case X12I_TIME:
        return x12i_time_to_iso(value, out);
    case X12I_PERIOD:
        return x12i_period_to_iso(value, out);
    default:
        return 0;
    }
}

x12_text x12i_value_from_iso(const x12i_field *field, x12_text text, char *sent)
{
    size_t length = 0;
    if (field->type == X12I_DATE)
        length = x12i_date_from_iso(text, field->maximum_length, sent);
    else if (field->type == X12I_TIME)
        length = x12i_time_from_iso(text, sent);
    return length != 0 ? (x12_text){sent, (uint32_t)length} : text;
}

void x12i_value_interpret(x12i_value_type type, void *value)
{
    switch (type) {
    case X12I_DECIMAL:
    case X12I_INTEGER:
        x12i_decimal_read(value);
        break;
    case X12I_DATE:
        x12i_date_read(value);
        break;
    case X12I_TIME:
        x12i_time_read(value);
        break;
    case X12I_TEXT:
    case X12I_CODE:
    case X12I_PERIOD:
        break;
    }
}

x12_text x12i_period_sent(const x12_period *period, x12_text *qualifier, x12_text *format, char *sent)
{
    x12_text text = {period->data, period->length};
    if (qualifier->length == 0 && format != NULL)
        *format = *qualifier = x12i_period_guess(text);
    size_t length = x12i_period_from_iso(text, *qualifier, sent);
    return length != 0 ? (x12_text){sent, (uint32_t)length} : text;
}

static uint32_t first_character(x12_text text)
{
    if (text.length == 0)
        return 0;
    size_t length = x12i_utf8_length((const unsigned char *)text.data, text.length);
    return length ? x12i_utf8_decode((const unsigned char *)text.data) : X12I_BYTE_BASE + (uint32_t)(unsigned char)text.data[0];
}

bool x12i_delimiter_of(x12_text text, uint32_t *code_point)
{
    *code_point = first_character(text);
    size_t length = *code_point == NEXT_LINE ? 2 : 1;
    return length == text.length && (*code_point < 0x80 || *code_point == NEXT_LINE);
}

static bool may_separate(uint32_t character)
{
    uint32_t small = character | 0x20;
    return character < 0x80 && character != ' ' && !(character >= '0' && character <= '9') && !(small >= 'a' && small <= 'z');
}

/* What a separator is when nobody said: of two the first that is no other delimiter. */
static uint32_t usual_separator(const x12_syntax *syntax, const char choices[2])
{
    bool taken = (unsigned char)choices[0] == syntax->element || (unsigned char)choices[0] == syntax->segment;
    return (unsigned char)choices[taken];
}

/* Repetition and component separator are elements of the ISA. Before version 4020, or in a dirty ISA, something else may stand there,
   or nothing; where an ISA made by hand leaves them out, they are the usual ones. */
void x12i_take_separators(x12_syntax *syntax, bool no_component_separator, const x12_loop *loop)
{
    const x12i_slot *slot = &loop->type->slots[0];
    const x12_segment *isa = *(const x12_segment *const *)(const void *)((const char *)loop + slot->segment_offset);
    bool by_hand = isa == NULL || !(isa->flags & (X12_SEGMENT_AS_SENT | X12_SEGMENT_MISSING));
    for (unsigned i = 0; i < slot->parts->field_count; i++) {
        const x12i_field *field = &slot->parts->fields[i];
        bool repetition = field->fill == X12I_FILL_REPETITION;
        if (!repetition && field->fill != X12I_FILL_COMPONENT)
            continue;
        x12_text text = *x12i_text_at(loop, field);
        bool unsaid = by_hand && text.length == 0;
        uint32_t character = unsaid ? usual_separator(syntax, repetition ? "^!" : ":>") : first_character(text);
        if (repetition ? text.length > 1 : no_component_separator) /* where more stands in ISA11, none is meant */
            character = 0;
        *(repetition ? &syntax->repetition : &syntax->component) = may_separate(character) ? character : 0;
    }
    if (syntax->repetition == syntax->component)
        syntax->repetition = 0;
}

bool x12i_has_line_break(x12_text raw)
{
    return raw.length != 0 && (memchr(raw.data, '\n', raw.length) != NULL || memchr(raw.data, '\r', raw.length) != NULL);
}

void x12i_take_without_breaks(x12_segment *segment, char *room)
{
    segment->text = room;
    for (uint32_t i = 0; i < segment->raw_length; i++)
        if (segment->raw[i] != '\r' && segment->raw[i] != '\n')
            *room++ = segment->raw[i];
    segment->length = (uint32_t)(room - segment->text);
    segment->flags |= X12_SEGMENT_AS_SENT;
}
