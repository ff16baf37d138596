/* Texts, compared. */
#ifndef REMEDI_BASE_TEXT_H
#define REMEDI_BASE_TEXT_H

#include <remedi/types.h>
#include <string.h>

static inline bool x12i_is_text(x12_text text, const char *string)
{
    return text.length == strlen(string) && (text.length == 0 || memcmp(text.data, string, text.length) == 0);
}

static inline bool x12i_same_text(x12_text a, x12_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline x12_text x12i_string_text(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

/* A number without zeros in front. */
static inline x12_text x12i_without_zeros(x12_text number)
{
    while (number.length > 1 && *number.data == '0')
        number = (x12_text){number.data + 1, number.length - 1};
    return number;
}

#endif
