#include "model/placement.h"

static uint32_t next_separator(const x12i_tokens *tokens, uint32_t from, char separator)
{
    while (from < tokens->count && tokens->text[tokens->positions[from]] != separator)
        from++;
    return from;
}

x12_text x12i_part_of_nested(const x12i_tokens *tokens, const x12i_delimiters *delimiters, unsigned part, unsigned component)
{
    uint32_t at = 0;
    for (unsigned i = 1; i < part && at < tokens->count; i++)
        at = next_separator(tokens, at + 1, (char)delimiters->element);
    if (at >= tokens->count)
        return (x12_text){0};
    uint32_t end = next_separator(tokens, at + 1, (char)delimiters->element);
    if (component == 0)
        return x12i_between(tokens, at, end);
    if (delimiters->repetition != 0) { /* of the first repetition */
        uint32_t repetition = next_separator(tokens, at + 1, (char)delimiters->repetition);
        end = repetition < end ? repetition : end;
    }
    for (unsigned i = 1; i < component && at < end; i++)
        at = next_separator(tokens, at + 1, (char)delimiters->component);
    if (at >= end)
        return (x12_text){0};
    uint32_t stop = next_separator(tokens, at + 1, (char)delimiters->component);
    return x12i_between(tokens, at, stop < end ? stop : end);
}

x12_text x12i_element_of(const x12_segment *segment, const x12i_delimiters *delimiters, unsigned element)
{
    uint32_t at = 0, end;
    for (; element > 0 && at < segment->length; element--, at++)
        while (at < segment->length && (unsigned char)segment->text[at] != delimiters->element)
            at++;
    for (end = at; end < segment->length && (unsigned char)segment->text[end] != delimiters->element; end++)
        ;
    return (x12_text){segment->text + at, end > at ? end - at : 0};
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool x12i_is_id(x12_text id)
{
    if (id.length < 2 || id.length > 3 || !is_capital(id.data[0]))
        return false;
    for (uint32_t i = 1; i < id.length; i++)
        if (!is_capital(id.data[i]) && !(id.data[i] >= '0' && id.data[i] <= '9'))
            return false;
    return true;
}
