/* Decimals: the plain ones by hand, since every amount comes by here; the odd spellings that X12 type R allows by the lexer. */
#include "base/value.h"
#include <stddef.h>

enum { MAXIMUM_DIGITS = 18 };

static const unsigned char *read_digits(const unsigned char *at, const unsigned char *end, uint64_t *coefficient)
{
    for (unsigned digit; at < end && (digit = *at - (unsigned)'0') < 10; at++)
        *coefficient = *coefficient * 10 + digit;
    return at;
}

/* Digits with at most one point between or beside them, to coefficient and scale. */
static bool read_plain(x12_decimal *decimal, const unsigned char *data, const unsigned char *end)
{
    uint64_t coefficient = 0; /* 19 digits do not overflow it */
    while (end - data > MAXIMUM_DIGITS && *data == '0')
        data++; /* zeros in front hold nothing */
    if (end - data > MAXIMUM_DIGITS + 1)
        return false;
    const unsigned char *point = read_digits(data, end, &coefficient), *last = point;
    ptrdiff_t digits = point - data, scale = 0;
    if (point < end && *point == '.') {
        last = read_digits(point + 1, end, &coefficient);
        scale = last - point - 1;
        digits += scale;
    }
    if (last != end || digits == 0 || digits > MAXIMUM_DIGITS)
        return false;
    decimal->coefficient = (int64_t)coefficient;
    decimal->scale = (uint8_t)scale;
    return true;
}

/* The spelling of a decimal, taken apart. */
typedef struct spelling {
    const unsigned char *number;
    const unsigned char *number_end;
    const unsigned char *power; /* digits behind E; NULL: none */
    bool negative;
    bool negative_power;
} spelling;

static bool read_spelling(const unsigned char *cursor, const unsigned char *end, spelling *read)
{
    const unsigned char *marker, *sign, *number, *number_end, *power_sign, *power;
    /*!stags:re2c format = "const unsigned char *@@ = cursor; "; */
    /*!re2c
        re2c:api = custom;
        re2c:api:style = free-form;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYPEEK = "(cursor < end ? *cursor : 0)";
        re2c:define:YYSKIP = "++cursor;";
        re2c:define:YYBACKUP = "marker = cursor;";
        re2c:define:YYRESTORE = "cursor = marker;";
        re2c:define:YYSTAGP = "@@{tag} = cursor;";
        re2c:define:YYSTAGN = "@@{tag} = (void *)0;";
        re2c:tags = 1;
        re2c:yyfill:enable = 0;

        digits = [0-9]+;
        number = digits ("." [0-9]*)? | "." digits;

        @sign [+-]? @number number @number_end ("E" @power_sign [+-]? @power digits)? {
            *read = (spelling){number, number_end, power, *sign == '-', power && *power_sign == '-'};
            return cursor == end;
        }
        *  { return false; }
    */
}

static bool raise_by(x12_decimal *decimal, uint32_t power)
{
    for (; power > 0 && decimal->scale > 0; power--)
        decimal->scale--;
    for (; power > 0; power--) {
        if (decimal->coefficient > INT64_C(99999999999999999))
            return false;
        decimal->coefficient *= 10;
    }
    return true;
}

static bool apply_power(x12_decimal *decimal, const spelling *read, const unsigned char *end)
{
    uint32_t power = 0;
    for (const unsigned char *at = read->power; at != NULL && at < end; at++)
        power = power > 1000 ? power : power * 10 + (uint32_t)(*at - '0');
    if (!read->negative_power)
        return decimal->coefficient == 0 || raise_by(decimal, power);
    if (power + decimal->scale > MAXIMUM_DIGITS)
        return false;
    decimal->scale = (uint8_t)(decimal->scale + power);
    return true;
}

void x12i_decimal_read(x12_decimal *decimal)
{
    const unsigned char *data = (const unsigned char *)decimal->data, *end = data + decimal->length;
    bool minus = decimal->length > 1 && data[0] == '-';
    decimal->valid = read_plain(decimal, data + minus, end);
    if (!decimal->valid) {
        spelling read;
        decimal->valid = read_spelling(data, end, &read) && read_plain(decimal, read.number, read.number_end) &&
                         apply_power(decimal, &read, end);
        minus = decimal->valid && read.negative;
    }
    if (!decimal->valid)
        decimal->coefficient = decimal->scale = 0;
    else if (minus)
        decimal->coefficient = -decimal->coefficient;
}
