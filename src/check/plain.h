/* A short look at values of plain text, of which nearly all are right: what is not, the check looks at closely. */
#ifndef REMEDI_CHECK_PLAIN_H
#define REMEDI_CHECK_PLAIN_H

#include "base/compiler.h"
#include "base/value.h"
#include "check/check.h"
#include <string.h>

/* The digits of a number without sign, eight characters at once; 0: it has more, or is no such number. Behind plain text eight more bytes can be read. */
static inline uint32_t x12i_count_few_digits(x12_text value, bool point)
{
    static const char kept[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0";
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t bytes, mask;
    if (value.length > sizeof bytes)
        return 0;
    memcpy(&bytes, value.data, sizeof bytes);
    memcpy(&mask, kept + sizeof bytes - value.length, sizeof mask);
    bytes = (bytes ^ ones * '0') & mask; /* a digit is less than 10 now */
    uint64_t odd = ((bytes + ones * 0x76) & ones * 0x80) >> 7, whole = odd * 0xFF;
    if (odd == 0)
        return value.length;
    return point && (odd & (odd - 1)) == 0 && (bytes & whole) == odd * ('.' ^ '0') ? value.length - 1 : 0;
}

static inline bool x12i_has_right_digits(const x12i_field *field, x12_text value)
{
    bool point = field->type == X12I_DECIMAL;
    uint32_t few = x12i_count_few_digits(value, point), digits = few ? few : x12i_count_digits(value, point);
    return digits != 0 && x12i_fits_length(field, digits);
}

static inline bool x12i_is_real_date(x12_text value)
{
    x12_date date = {.data = value.data, .length = value.length};
    x12i_date_read(&date);
    return date.month != 0;
}

/* False: a closer look must be taken. */
static X12I_WITHIN bool x12i_is_right(const x12i_field *field, x12_text value)
{
    switch ((x12i_scrutiny)field->scrutiny) {
    case X12I_LENGTH_ONLY:
        return x12i_fits_length(field, value.length);
    case X12I_CODE_ONLY:
        return x12i_fits_length(field, value.length) && x12i_codes_hold(field->codes, value);
    case X12I_DIGITS_ONLY:
        return x12i_has_right_digits(field, value);
    case X12I_DATE_ONLY:
        return x12i_fits_length(field, value.length) && x12i_is_real_date(value);
    default:
        return false;
    }
}

#endif
