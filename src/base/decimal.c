#include "base/value.h"
#include <remedi/decimal.h>
#include <string.h>

enum { MAXIMUM_SCALE = 18 };
#define COEFFICIENT_END INT64_C(1000000000000000000) /* the first that takes 19 digits */

static bool is_number(const x12_decimal *decimal)
{
    return decimal->valid && decimal->scale <= MAXIMUM_SCALE && decimal->coefficient > -COEFFICIENT_END && decimal->coefficient < COEFFICIENT_END;
}

static int64_t power_of_ten(unsigned exponent)
{
    static const int64_t powers[MAXIMUM_SCALE + 1] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, INT64_C(10000000000), INT64_C(100000000000), INT64_C(1000000000000),
        INT64_C(10000000000000), INT64_C(100000000000000), INT64_C(1000000000000000), INT64_C(10000000000000000), INT64_C(100000000000000000),
        INT64_C(1000000000000000000),
    };
    return powers[exponent];
}

static x12_decimal without_trailing_zeros(int64_t coefficient, unsigned scale)
{
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    x12_decimal decimal = {.scale = (uint8_t)scale, .coefficient = coefficient, .valid = true};
    decimal.valid = scale <= MAXIMUM_SCALE && is_number(&decimal);
    return decimal.valid ? decimal : (x12_decimal){0};
}

x12_decimal x12_decimal_make(int64_t coefficient, unsigned scale)
{
    return without_trailing_zeros(coefficient, scale);
}

x12_decimal x12_decimal_parse(x12_text text)
{
    x12_decimal decimal = {.data = text.data, .length = text.length};
    if (text.length > 0)
        x12i_decimal_read(&decimal);
    return decimal;
}

/* Twice the limit is room enough: where a sum fits into 18 digits, the lesser scaled operand stays below it. */
static bool rescale(int64_t *coefficient, unsigned from, unsigned to)
{
    int64_t power = power_of_ten(to - from), most = 2 * COEFFICIENT_END / power;
    if (*coefficient > most || *coefficient < -most)
        return false;
    *coefficient *= power;
    return true;
}

x12_status x12_decimal_add(x12_decimal *sum, const x12_decimal *left, const x12_decimal *right)
{
    if (!is_number(left) || !is_number(right))
        return X12_ERROR_USAGE;
    x12_decimal a = without_trailing_zeros(left->coefficient, left->scale);
    x12_decimal b = without_trailing_zeros(right->coefficient, right->scale);
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (!rescale(&a.coefficient, a.scale, scale) || !rescale(&b.coefficient, b.scale, scale))
        return X12_ERROR_LIMIT;
    x12_decimal result = without_trailing_zeros(a.coefficient + b.coefficient, scale);
    if (!result.valid)
        return X12_ERROR_LIMIT;
    *sum = result;
    return X12_OK;
}

x12_status x12_decimal_subtract(x12_decimal *difference, const x12_decimal *left, const x12_decimal *right)
{
    x12_decimal negated = *right;
    if (is_number(right))
        negated.coefficient = -negated.coefficient;
    return x12_decimal_add(difference, left, &negated);
}

x12_status x12_decimal_multiply(x12_decimal *product, const x12_decimal *left, const x12_decimal *right)
{
    if (!is_number(left) || !is_number(right))
        return X12_ERROR_USAGE;
    x12_decimal a = without_trailing_zeros(left->coefficient, left->scale);
    x12_decimal b = without_trailing_zeros(right->coefficient, right->scale);
    int64_t most = b.coefficient ? INT64_MAX / (b.coefficient < 0 ? -b.coefficient : b.coefficient) : INT64_MAX;
    if (a.coefficient > most || a.coefficient < -most)
        return X12_ERROR_LIMIT;
    x12_decimal result = without_trailing_zeros(a.coefficient * b.coefficient, (unsigned)a.scale + b.scale);
    if (!result.valid)
        return X12_ERROR_LIMIT;
    *product = result;
    return X12_OK;
}

static int order(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

/* Whole part and fraction one after the other: neither can overflow. */
int x12_decimal_compare(const x12_decimal *left, const x12_decimal *right)
{
    if (!is_number(left) || !is_number(right))
        return is_number(left) - is_number(right);
    if (left->scale == right->scale || left->coefficient == 0 || right->coefficient == 0)
        return order(left->coefficient, right->coefficient);
    int64_t left_unit = power_of_ten(left->scale), right_unit = power_of_ten(right->scale);
    int whole = order(left->coefficient / left_unit, right->coefficient / right_unit);
    if (whole != 0)
        return whole;
    return order(left->coefficient % left_unit * power_of_ten(MAXIMUM_SCALE - left->scale),
                 right->coefficient % right_unit * power_of_ten(MAXIMUM_SCALE - right->scale));
}

size_t x12_decimal_format(const x12_decimal *decimal, char *out)
{
    char digits[X12_DECIMAL_SIZE], *const end = digits + sizeof digits, *at = end;
    out[0] = '\0';
    if (!is_number(decimal))
        return 0;
    unsigned scale = decimal->scale;
    uint64_t left = decimal->coefficient < 0 ? (uint64_t)-decimal->coefficient : (uint64_t)decimal->coefficient;
    for (; scale > 0 && left % 10 == 0; scale--)
        left /= 10;
    for (unsigned written = 0; written < scale; written++, left /= 10)
        *--at = (char)('0' + left % 10);
    if (scale > 0)
        *--at = '.';
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (decimal->coefficient < 0)
        *--at = '-';
    size_t length = (size_t)(end - at);
    memcpy(out, at, length);
    out[length] = '\0';
    return length;
}
