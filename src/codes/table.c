/* A list of codes as text, searched as it is. */
#include "codes/codes.h"
#include <string.h>

int x12i_compare_codes(x12_text left, x12_text right)
{
    uint32_t common = left.length < right.length ? left.length : right.length;
    int order = common ? memcmp(left.data, right.data, common) : 0;
    return order != 0 ? order : (left.length > right.length) - (left.length < right.length);
}

/* Takes the text before the next `separator` off the front of `rest`; false where there is none. */
static bool take_field(x12_text *rest, char separator, x12_text *field)
{
    const char *end = memchr(rest->data, separator, rest->length);
    if (end == NULL)
        return false;
    field->data = rest->data;
    field->length = (uint32_t)(end - rest->data);
    rest->data = end + 1;
    rest->length -= field->length + 1;
    return true;
}

bool x12i_next_code(const x12i_code_table *table, size_t *at, x12i_code_line *line)
{
    size_t left = table->size - *at;
    x12_text rest = {table->text + *at, left < UINT32_MAX ? (uint32_t)left : UINT32_MAX}, mark, whole;
    if (left == 0 || !take_field(&rest, '\n', &whole))
        return false;
    rest = whole;
    if (!take_field(&rest, '\t', &line->code) || !take_field(&rest, '\t', &line->first) || !take_field(&rest, '\t', &line->last) ||
        !take_field(&rest, '\t', &mark) || mark.length > 1)
        return false;
    line->mark = mark.length ? *mark.data : '\0';
    line->label = rest;
    *at += whole.length + (size_t)1;
    return true;
}

/* Where the line that holds the byte at `at` begins. */
static size_t line_begin(const x12i_code_table *table, size_t at)
{
    while (at > 0 && table->text[at - 1] != '\n')
        at--;
    return at;
}

bool x12i_find_code(const x12i_code_table *table, x12_text code, x12i_code_line *line)
{
    size_t low = 0, high = table->size; /* both at the beginning of a line */
    while (low < high) {
        size_t middle = line_begin(table, low + (high - low) / 2), next = middle;
        if (!x12i_next_code(table, &next, line))
            return false;
        int order = x12i_compare_codes(line->code, code);
        if (order == 0)
            return true;
        if (order < 0)
            low = next;
        else
            high = middle;
    }
    return false;
}
