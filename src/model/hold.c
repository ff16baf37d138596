#include "model/hold.h"
#include <string.h>

x12_text x12i_hold_bytes(const x12i_wire *wire, x12_arena *arena, const char *data, uint32_t length)
{
    char *copy = x12i_arena_take(arena, 3 * (size_t)length + 1);
    if (copy == NULL)
        return (x12_text){0};
    return (x12_text){copy, (uint32_t)x12i_wire_widen(wire, data, length, copy)};
}

static size_t without_line_breaks(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' && text[i] != '\n')
            text[kept++] = text[i];
    return kept;
}

/* The text stretch by stretch, as the delimiters move: widened, and without line breaks. */
static bool copy_adjusted(const x12i_wire *wire, x12_arena *arena, x12i_tokens *tokens)
{
    char *text = x12i_arena_take(arena, 3 * (size_t)tokens->length + X12I_SLACK);
    uint32_t *positions = x12i_arena_take(arena, (tokens->count + 1u) * sizeof *positions);
    if (text == NULL || positions == NULL)
        return false;
    uint32_t from = 0, length = 0;
    for (uint32_t i = 0; i <= tokens->count; i++) {
        uint32_t to = tokens->positions[i];
        size_t added = x12i_wire_widen(wire, tokens->text + from, to - from, text + length);
        length += (uint32_t)without_line_breaks(text + length, added);
        positions[i] = length;
        if (i < tokens->count)
            text[length++] = tokens->text[to];
        from = to + 1;
    }
    *tokens = (x12i_tokens){text, positions, tokens->count, length, tokens->nested};
    return true;
}

bool x12i_hold_adjusted(const x12i_wire *wire, x12_arena *arena, x12i_view *view, x12_segment *segment)
{
    if (view->odd & X12I_ODD_LINE_BREAK) {
        x12_text raw = x12i_hold_bytes(wire, arena, view->tokens.text, view->tokens.length);
        segment->raw = raw.data;
        segment->raw_length = raw.length;
        segment->flags |= X12_SEGMENT_AS_SENT;
        if (raw.data == NULL)
            return false;
    }
    if (!copy_adjusted(wire, arena, &view->tokens))
        return false;
    segment->text = view->tokens.text;
    segment->length = view->tokens.length;
    if (!(view->odd & X12I_ODD_LINE_BREAK)) {
        segment->raw = segment->text;
        segment->raw_length = segment->length;
    }
    return true;
}

bool x12i_hold_before(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_segment *segment)
{
    x12_text before = x12i_hold_bytes(wire, arena, view->before, view->before_length);
    segment->before = before.data;
    segment->before_length = before.length;
    segment->flags |= X12_SEGMENT_BEFORE;
    return before.data != NULL;
}
