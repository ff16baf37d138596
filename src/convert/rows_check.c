#include "convert/rows_check.h"

#include "base/value.h"
#include <remedi/decimal.h>
#include <remedi/finding.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* 1.23E+09: what a spreadsheet makes of a long number, of which it shows no more. */
static bool has_exponent(x12_text text)
{
    uint32_t at = 0;
    while (at < text.length && (is_digit(text.data[at]) || text.data[at] == '.'))
        at++;
    if (at == 0 || text.length - at < 3 || (text.data[at] | 0x20) != 'e' || (text.data[at + 1] != '+' && text.data[at + 1] != '-'))
        return false;
    for (at += 2; at < text.length; at++)
        if (!is_digit(text.data[at]))
            return false;
    return true;
}

/* Whether it is all digits, as many as one of the numbers in `lengths` says. */
static bool has_digits(x12_text text, const char *lengths)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (!is_digit(text.data[i]))
            return false;
    for (const char *at = lengths; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strtoul(at, NULL, 10) == text.length)
            return true;
    }
    return false;
}

x12_text x12i_rows_day(x12_text text, char *sent)
{
    size_t length = x12i_date_from_iso(text, 8, sent);
    if (length != 0)
        text = (x12_text){sent, (uint32_t)length};
    x12_date date = {.data = text.data, .length = text.length};
    x12i_date_read(&date);
    return text.length == 8 && date.month != 0 ? text : (x12_text){0};
}

x12_text x12i_rows_moment(x12_text text, char *sent)
{
    static const x12_text format = {"DT", 2};
    size_t length = x12i_period_from_iso(text, format, sent);
    if (length != 0)
        text = (x12_text){sent, (uint32_t)length};
    x12_period period = {.data = text.data, .length = text.length};
    x12i_period_read(&period, format);
    return period.format == X12_PERIOD_DATE_TIME ? text : (x12_text){0};
}

/* A time goes with the day where the guide has a format for both. */
static bool is_date(const x12i_place_found *place, x12_text text)
{
    char sent[X12I_ISO_MAX];
    if (x12i_rows_day(text, sent).length != 0)
        return true;
    if (place->field->type != X12I_PERIOD)
        return false;
    const x12i_codes *formats = place->parts->fields[place->field->format_part - 1].codes;
    return formats != NULL && x12i_codes_hold(formats, (x12_text){"DT", 2}) && x12i_rows_moment(text, sent).length != 0;
}

/* X12 counts neither sign nor point. */
static uint32_t counted_length(const x12i_field *field, x12_text text)
{
    uint32_t length = 0;
    bool number = field->type == X12I_DECIMAL || field->type == X12I_INTEGER;
    for (uint32_t i = 0; i < text.length; i++)
        length += number ? is_digit(text.data[i]) : (text.data[i] & 0xC0) != 0x80;
    return length;
}

static int check_field(const x12i_field *field, x12_text text)
{
    if ((field->type == X12I_DECIMAL || field->type == X12I_INTEGER) && !x12_decimal_parse(text).valid)
        return X12_FINDING_CSV_NUMBER;
    if (field->codes != NULL && !x12i_codes_hold(field->codes, text))
        return X12_FINDING_CSV_CODE;
    uint32_t length = counted_length(field, text);
    return length < field->minimum_length || length > field->maximum_length ? X12_FINDING_CSV_LENGTH : 0;
}

int x12i_rows_check(const x12i_rows_column *column, const x12i_place_found *place, x12_text text)
{
    const x12i_field *field = place->field;
    if (has_exponent(text))
        return X12_FINDING_CSV_EXPONENT;
    if (column->digits != NULL && !has_digits(text, column->digits))
        return X12_FINDING_CSV_DIGITS;
    if (field != NULL && (field->type == X12I_DATE || field->type == X12I_PERIOD))
        return is_date(place, text) ? 0 : X12_FINDING_CSV_DATE;
    if (memchr(text.data, '\n', text.length) != NULL || memchr(text.data, '\r', text.length) != NULL)
        return X12_FINDING_JSON_DELIMITER;
    for (const char *delimiter = "*~:^"; *delimiter != '\0'; delimiter++)
        if (memchr(text.data, *delimiter, text.length) != NULL)
            return X12_FINDING_JSON_DELIMITER;
    return field != NULL ? check_field(field, text) : 0;
}
