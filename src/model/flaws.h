/* Whether a value is what its guide wants in its place: a short look, which nearly all pass, and a close one that says what is wrong. */
#ifndef REMEDI_MODEL_FLAWS_H
#define REMEDI_MODEL_FLAWS_H

#include "base/compiler.h"
#include "base/value.h"
#include "guide/descriptor.h"
#include <remedi/finding.h>
#include <string.h>

enum { X12I_BEHIND_PLAIN = 8 };

/* What is wrong with a value. */
typedef struct x12i_flaws {
    x12_finding_code codes[3];
    unsigned count;
} x12i_flaws;

/* A close look. `format` is the text of the part that names the format of a PERIOD. */
x12i_flaws x12i_find_flaws(const x12i_field *field, x12_text value, x12_text format);
/* Whether the guide lists this code. */
bool x12i_is_listed(const x12i_field *field, x12_text value);
/* Whether it is spelled as X12 spells versions in ISA12. */
bool x12i_is_version(x12_text text);
/* Whether a code that is not listed is another version in ISA12: whether that is wrong, the group tells that follows. */
bool x12i_is_other_version(const x12i_field *field, x12_text value);

/* The digits of a number, which alone count as its length; 0: it is no number. */
uint32_t x12i_count_digits(x12_text value, bool point);

static inline bool x12i_fits_length(const x12i_field *field, uint32_t length)
{
    return length >= field->minimum_length && length <= field->maximum_length;
}

/* The digits of a number without sign, eight characters at once; 0: it has more, or is no such number. */
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

/* A short look at plain text, behind which X12I_BEHIND_PLAIN bytes can be read. False: a close one must be taken. */
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
