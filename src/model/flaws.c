#include "model/flaws.h"
#include "base/text.h"
#include <string.h>

bool x12i_is_listed(const x12i_field *field, x12_text value)
{
    if (field->codes != NULL)
        return x12i_codes_hold(field->codes, value);
    return field->shape != X12I_FIXED || x12i_is_text(value, field->fill_text);
}

static void add(x12i_flaws *flaws, x12_finding_code code)
{
    flaws->codes[flaws->count++] = code;
}

/* Bytes that are no ASCII, and those that nothing may hold; `length` in characters. */
typedef struct characters {
    uint32_t length;
    bool beyond_ascii;
    bool forbidden;
} characters;

static characters look_at(x12_text value)
{
    unsigned char all = 0, least = 0x20;
    bool deleted = false;
    for (uint32_t i = 0; i < value.length; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        all |= byte;
        least = byte < least ? byte : least;
        deleted |= byte == 0x7F;
    }
    characters seen = {value.length, all >= 0x80, least < 0x20 || deleted};
    for (uint32_t i = 0; seen.beyond_ascii && i < value.length; i++) {
        seen.length -= ((unsigned char)value.data[i] & 0xC0) == 0x80;
        seen.forbidden |= (unsigned char)value.data[i] == 0xC2 && i + 1 < value.length && (unsigned char)value.data[i + 1] < 0xA0; /* C1 controls */
    }
    return seen;
}

/* False where it is not as long as X12 allows. */
X12I_APART static bool name_wrong_length(x12i_flaws *flaws, const x12i_field *field, uint32_t length)
{
    unsigned most = field->widest_length ? field->widest_length : field->maximum_length;
    if (length < field->minimum_length)
        add(flaws, X12_FINDING_ELEMENT_TOO_SHORT);
    else if (length > most)
        add(flaws, X12_FINDING_ELEMENT_TOO_LONG);
    else if (length > field->maximum_length)
        add(flaws, X12_FINDING_TIGHTER_LENGTH);
    return length >= field->minimum_length && length <= most;
}

static inline bool check_length(x12i_flaws *flaws, const x12i_field *field, uint32_t length)
{
    return x12i_fits_length(field, length) || name_wrong_length(flaws, field, length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

uint32_t x12i_count_digits(x12_text value, bool point)
{
    uint32_t i = value.data[0] == '-', digits = 0;
    for (; i < value.length; i++) {
        if (is_digit(value.data[i]))
            digits++;
        else if (value.data[i] == '.' && point)
            point = false;
        else
            return 0;
    }
    return digits;
}

static void check_number(x12i_flaws *flaws, const x12i_field *field, x12_text value)
{
    uint32_t digits = x12i_count_digits(value, field->type == X12I_DECIMAL);
    if (digits == 0)
        add(flaws, X12_FINDING_NUMBER);
    else
        check_length(flaws, field, digits);
}

static void check_date(x12i_flaws *flaws, const x12i_field *field, x12_text value)
{
    x12_date date = {.data = value.data, .length = value.length};
    check_length(flaws, field, value.length);
    x12i_date_read(&date);
    if (x12i_fits_length(field, value.length) && date.month == 0)
        add(flaws, X12_FINDING_DATE);
}

static void check_time(x12i_flaws *flaws, const x12i_field *field, x12_text value)
{
    x12_time time = {.data = value.data, .length = value.length};
    check_length(flaws, field, value.length);
    x12i_time_read(&time);
    if (x12i_fits_length(field, value.length) && !time.valid)
        add(flaws, X12_FINDING_TIME);
}

static bool ends_before_it_begins(const x12_period *period)
{
    if (period->format != X12_PERIOD_DATE_RANGE)
        return false;
    int from = (period->from_year * 12 + period->from_month) * 31 + period->from_day, to = (period->to_year * 12 + period->to_month) * 31 + period->to_day;
    return from > to;
}

/* A format that is none is another finding, at its own element. */
static void check_period(x12i_flaws *flaws, x12_text value, x12_text format)
{
    bool time = x12i_is_text(format, "TM"), known = time || x12i_is_text(format, "D8") || x12i_is_text(format, "RD8") || x12i_is_text(format, "DT");
    x12_period period = {.data = value.data, .length = value.length};
    x12i_period_read(&period, format);
    if (known && period.format == X12_PERIOD_TEXT)
        add(flaws, time ? X12_FINDING_TIME : X12_FINDING_DATE);
    else if (ends_before_it_begins(&period))
        add(flaws, X12_FINDING_PERIOD_BACKWARDS);
}

static x12_text without_padding(x12_text value)
{
    while (value.length > 0 && value.data[value.length - 1] == ' ')
        value.length--;
    return value;
}

/* Which guide it is, the reader tells: a transaction or version that is none of ours is no wrong code. */
static bool names_guide(const x12i_field *field)
{
    return field->fill == X12I_FILL_GUIDE || field->fill == X12I_FILL_GROUP_CODE || (field->shape == X12I_FIXED && strcmp(field->data_element, "1705") == 0);
}

bool x12i_is_version(x12_text text)
{
    enum { VERSION_DIGITS = 5 };
    for (uint32_t i = 0; i < text.length; i++)
        if (!is_digit(text.data[i]))
            return false;
    return text.length == VERSION_DIGITS;
}

bool x12i_is_other_version(const x12i_field *field, x12_text value)
{
    return strcmp(field->data_element, "I11") == 0 && x12i_is_version(value);
}

static void check_text(x12i_flaws *flaws, const x12i_field *field, x12_text value, uint32_t length)
{
    if (!field->padded && !x12i_fits_length(field, length))
        check_length(flaws, field, length);
    else if ((field->codes != NULL || field->shape == X12I_FIXED) && !x12i_is_listed(field, field->padded ? without_padding(value) : value) &&
             !names_guide(field))
        add(flaws, X12_FINDING_CODE);
}

x12i_flaws x12i_find_flaws(const x12i_field *field, x12_text value, x12_text format)
{
    x12i_flaws flaws = {.count = 0};
    const characters seen = look_at(value);
    if (seen.forbidden && !x12i_is_delimiter(field))
        add(&flaws, X12_FINDING_CHARACTER);
    else if (seen.beyond_ascii)
        add(&flaws, X12_FINDING_BEYOND_ASCII);
    switch ((x12i_value_type)field->type) {
    case X12I_DECIMAL:
    case X12I_INTEGER:
        check_number(&flaws, field, value);
        break;
    case X12I_DATE:
        check_date(&flaws, field, value);
        break;
    case X12I_TIME:
        check_time(&flaws, field, value);
        break;
    case X12I_PERIOD:
        if (check_length(&flaws, field, seen.length))
            check_period(&flaws, value, format);
        break;
    default:
        check_text(&flaws, field, value, seen.length);
        break;
    }
    return flaws;
}
