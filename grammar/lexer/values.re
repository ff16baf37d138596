/* Decimals: the plain ones by hand, since every amount comes by here; the odd spellings that X12 type R allows by the lexer. */
#include "base/compiler.h"
#include "base/value.h"
#include <stddef.h>

enum { MAXIMUM_DIGITS = 18 };

static const uint64_t ones = 0x0101010101010101u;

static uint32_t four_bytes(const unsigned char *data)
{
    return data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
}

/* 1 to 8 bytes in one word, the last one in its highest byte. */
static X12I_WITHIN uint64_t in_one_word(const unsigned char *data, unsigned length)
{
    unsigned before = 8 * (8 - length);
    if (length >= 4)
        return (uint64_t)four_bytes(data) << before | (uint64_t)four_bytes(data + length - 4) << 32;
    return (uint64_t)data[0] << before | (uint64_t)data[length / 2] << (before + 8 * (length / 2)) | (uint64_t)data[length - 1] << 56;
}

/* Each step makes one number of every two that stand side by side. */
static uint64_t eight_digits(uint64_t digits)
{
    digits = digits * (10 << 8 | 1) >> 8;
    digits = (digits & 0x00FF00FF00FF00FFu) * (100 << 16 | 1) >> 16;
    return (digits & 0x0000FFFF0000FFFFu) * (UINT64_C(10000) << 32 | 1) >> 32;
}

/* Up to eight bytes, as nearly all amounts have, at once: digits with at most one point between or beside them. */
static X12I_WITHIN bool read_short(x12_decimal *decimal, const unsigned char *data, unsigned length)
{
    uint64_t digits = in_one_word(data, length) ^ ones * '0' << 8 * (8 - length), other = digits ^ ones * ('.' ^ '0');
    uint64_t points = ~((other + ones * 0x7F) | other) >> 7 & ones, point = points & (0 - points); /* the first: 1 in its byte */
    if (point != 0)
        digits = (digits & (0 - (point << 8))) | (digits & (point - 1)) << 8;
    decimal->coefficient = (int64_t)eight_digits(digits);
    decimal->scale = (uint8_t)(point * 0x0706050403020100u >> 56);
    return (((digits + ones * (0x80 - 10)) | digits) & ones * 0x80) == 0 && (length > 1 || point == 0);
}

/* The same of more than eight. */
static bool read_long(x12_decimal *decimal, const unsigned char *data, const unsigned char *end)
{
    uint64_t coefficient = 0; /* 19 digits do not overflow it */
    const unsigned char *behind = NULL; /* the point */
    while (end - data > MAXIMUM_DIGITS && *data == '0')
        data++; /* zeros in front hold nothing */
    if (end - data > MAXIMUM_DIGITS + 1)
        return false;
    for (const unsigned char *at = data; at < end; at++) {
        unsigned digit = *at - (unsigned)'0';
        if (digit < 10)
            coefficient = coefficient * 10 + digit;
        else if (*at == '.' && behind == NULL)
            behind = at + 1;
        else
            return false;
    }
    decimal->coefficient = (int64_t)coefficient;
    decimal->scale = (uint8_t)(behind ? end - behind : 0);
    return end - data - (behind != NULL) <= MAXIMUM_DIGITS;
}

static X12I_WITHIN bool read_plain(x12_decimal *decimal, const unsigned char *data, const unsigned char *end)
{
    if (end - data > 8)
        return read_long(decimal, data, end);
    return end > data && read_short(decimal, data, (unsigned)(end - data));
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

X12I_APART static void read_odd(x12_decimal *decimal, const unsigned char *data, const unsigned char *end)
{
    spelling read;
    decimal->valid = read_spelling(data, end, &read) && read_plain(decimal, read.number, read.number_end) && apply_power(decimal, &read, end);
    if (!decimal->valid)
        decimal->coefficient = decimal->scale = 0;
    else if (read.negative)
        decimal->coefficient = -decimal->coefficient;
}

void x12i_decimal_read(x12_decimal *decimal)
{
    const unsigned char *data = (const unsigned char *)decimal->data, *end = data + decimal->length;
    bool minus = decimal->length > 1 && data[0] == '-';
    decimal->valid = read_plain(decimal, data + minus, end);
    if (!decimal->valid)
        read_odd(decimal, data, end);
    else if (minus)
        decimal->coefficient = -decimal->coefficient;
}
