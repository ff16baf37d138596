#include "codes/codes.h"
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Whether `c` is of the [...] at `set`. */
static bool is_among(const char *set, char c)
{
    for (const char *at = set + 1; *at != ']' && *at != '\0'; at++) {
        if (at[1] == '-' ? c >= at[0] && c <= at[2] : c == *at)
            return true;
        if (at[1] == '-')
            at += 2;
    }
    return false;
}

static bool fits_character(const char *shape, char c)
{
    switch (*shape) {
    case '#':
        return is_digit(c);
    case '@':
        return is_letter(c);
    case '*':
        return is_digit(c) || is_letter(c);
    case '%':
        return is_digit(c) || (is_letter(c) && c != 'I' && c != 'O');
    case '[':
        return is_among(shape, c);
    default:
        return c == *shape;
    }
}

static const char *behind_character(const char *shape)
{
    const char *end = *shape == '[' ? strchr(shape, ']') : shape;
    return end ? end + 1 : shape + strlen(shape);
}

static bool is_end(char c)
{
    return c == ' ' || c == '\0';
}

static bool fits_one(const char *shape, x12_text code)
{
    bool optional = false;
    for (uint32_t i = 0; i < code.length; i++) {
        if (*shape == '(') {
            optional = true;
            shape++;
        }
        if (is_end(*shape) || !fits_character(shape, code.data[i]))
            return false;
        shape = behind_character(shape);
    }
    return optional || is_end(*shape) || *shape == '(';
}

bool x12i_fits_shape(const char *shape, x12_text code)
{
    for (;; shape++) {
        if (fits_one(shape, code))
            return true;
        shape += strcspn(shape, " ");
        if (*shape == '\0')
            return false;
    }
}

bool x12i_has_npi_check_digit(x12_text code)
{
    enum { OF_80840 = 24 }; /* what the digits of the prefix add up to */
    unsigned sum = OF_80840;
    if (code.length != 10)
        return false;
    for (uint32_t i = 0; i < code.length; i++) {
        if (!is_digit(code.data[i]))
            return false;
        unsigned digit = (unsigned)(code.data[i] - '0') << (i % 2 == 0);
        sum += digit / 10 + digit % 10;
    }
    return sum % 10 == 0;
}
