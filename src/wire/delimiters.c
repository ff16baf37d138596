#include "wire/delimiters.h"
#include <string.h>

enum { NEXT_LINE = 0x85 /* EBCDIC's line end, as ISO-8859-1 has it */ };
enum { ISA_LENGTH = 106, ISA_ELEMENTS = 16, REPETITION_ELEMENT = 11, ISA_SEARCH = 400 };

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_alphanumeric(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\r' || c == '\n' || c == '\t';
}

/* In UTF-8 a byte beyond ASCII is but a part of a character; a NUL ends what was read. */
static bool may_separate(char c)
{
    return !is_alphanumeric(c) && !is_blank(c) && c != '\0' && (unsigned char)c < 0x80;
}

/* A terminator may be a line break too. */
static bool may_terminate(char c, char separator)
{
    bool line_break = is_blank(c) && c != ' ';
    return c != separator && (may_separate(c) || line_break || (unsigned char)c == NEXT_LINE);
}

bool x12i_is_isa(const char *data, size_t size)
{
    return size > 3 && memcmp(data, "ISA", 3) == 0 && may_separate(data[3]);
}

bool x12i_is_bare_start(const char *data, size_t size)
{
    return size > 2 && (memcmp(data, "ST", 2) == 0 || memcmp(data, "GS", 2) == 0) && may_separate(data[2]);
}

/* Where the n-th element separator stands; `size` where there is none. */
static size_t find_separator(const char *data, size_t size, char separator, unsigned n)
{
    for (size_t i = 0; i < size; i++)
        if (data[i] == separator && --n == 0)
            return i;
    return size;
}

bool x12i_has_isa_separators(const char *data, size_t size)
{
    size = size < ISA_SEARCH ? size : ISA_SEARCH;
    return x12i_is_isa(data, size) && find_separator(data, size, data[3], ISA_ELEMENTS) < size;
}

/* Whether a segment id and the element separator stand here. */
static bool segment_begins(const char *data, size_t size, char separator)
{
    size_t length = 0;
    if (size == 0 || !is_capital(data[0]))
        return false;
    while (length < size && length < 4 && is_alphanumeric(data[length]))
        length++;
    return length >= 2 && length <= 3 && length < size && data[length] == separator;
}

/* The terminator by what stands before the next segment, from `at` on; '~' where no next one is seen. */
static char guess_terminator(const char *data, size_t size, size_t at, char separator)
{
    for (; at < size; at++) {
        size_t next = at + 1;
        while (next < size && is_blank(data[next]))
            next++;
        if (may_terminate(data[at], separator) && segment_begins(data + next, size - next, separator))
            return data[at];
    }
    return '~';
}

static unsigned char repetition_of(const char *data, size_t size, char separator)
{
    size_t start = find_separator(data, size, separator, REPETITION_ELEMENT) + 1;
    size_t end = find_separator(data, size, separator, REPETITION_ELEMENT + 1);
    return end == start + 1 && may_separate(data[start]) ? (unsigned char)data[start] : 0;
}

x12i_delimiters x12i_isa_delimiters(const char *data, size_t size, bool *fixed, bool *clash)
{
    char separator = data[3];
    x12i_delimiters found = {.element = (unsigned char)separator};
    size_t searched = size < ISA_SEARCH ? size : ISA_SEARCH, last = find_separator(data, searched, separator, ISA_ELEMENTS);
    const char *behind = data + last + 1; /* ISA16, and the terminator */
    size_t left = last < searched ? size - last - 1 : 0;
    *fixed = last == ISA_LENGTH - 3 && size >= ISA_LENGTH;
    if (left > 1 && !*fixed && may_terminate(behind[0], separator) && segment_begins(behind + 1, left - 1, separator)) {
        found.segment = (unsigned char)behind[0]; /* ISA16 was left out */
    } else {
        found.component = left > 0 && may_separate(behind[0]) ? (unsigned char)behind[0] : 0;
        found.segment = (unsigned char)(left > 1 && may_terminate(behind[1], separator) ? behind[1] : guess_terminator(data, size, left > 0 ? last + 1 : 4, separator));
    }
    /* What stands behind the first terminator is not the ISA's. */
    const char *end = memchr(data, found.segment, size);
    size_t length = end ? (size_t)(end - data) : size;
    found.repetition = repetition_of(data, length, separator);
    bool taken = found.component == found.element || found.component == found.segment;
    if (last + 1 >= length)
        found.component = 0;
    *clash = found.component != 0 && (taken || found.component == found.repetition);
    if (taken)
        found.component = 0;
    if (found.repetition == found.component)
        found.repetition = 0;
    return found;
}

x12i_delimiters x12i_guess_delimiters(const char *data, size_t size)
{
    char separator = data[2];
    x12i_delimiters found = {.element = (unsigned char)separator, .segment = (unsigned char)guess_terminator(data, size, 3, separator)};
    const unsigned char components[] = {':', '>'}, repetition = '^';
    for (size_t i = 0; i < 2 && found.component == 0; i++)
        if (components[i] != found.element && components[i] != found.segment && memchr(data, components[i], size) != NULL)
            found.component = components[i];
    if (found.component == 0)
        found.component = found.element == ':' || found.segment == ':' ? '>' : ':';
    if (repetition != found.element && repetition != found.segment)
        found.repetition = repetition;
    return found;
}
