#include "model/hold.h"
#include <string.h>

x12_text x12i_hold_bytes(const x12i_wire *wire, x12_arena *arena, const char *data, uint32_t length)
{
    char *copy = x12i_arena_take(arena, 3 * (size_t)length + 1);
    if (copy == NULL)
        return (x12_text){0};
    return (x12_text){copy, (uint32_t)x12i_wire_widen(wire, data, length, copy)};
}

/* The text stretch by stretch, as the delimiters move. */
static bool hold_widened(const x12i_wire *wire, x12_arena *arena, x12i_tokens *tokens)
{
    char *text = x12i_arena_take(arena, 3 * (size_t)tokens->length + X12I_SLACK);
    uint32_t *positions = x12i_arena_take(arena, (tokens->count + 1u) * sizeof *positions);
    if (text == NULL || positions == NULL)
        return false;
    uint32_t from = 0, length = 0;
    for (uint32_t i = 0; i <= tokens->count; i++) {
        uint32_t to = tokens->positions[i];
        length += (uint32_t)x12i_wire_widen(wire, tokens->text + from, to - from, text + length);
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
    x12_text raw = {segment->text, segment->length};
    view->tokens.text = segment->text;
    if (view->odd & X12I_ODD_HIGH) {
        if (!hold_widened(wire, arena, &view->tokens))
            return false;
        raw = (x12_text){view->tokens.text, view->tokens.length};
    }
    if (view->odd & X12I_ODD_LINE_BREAK) {
        raw = x12i_hold_bytes(wire, arena, view->raw.data, view->raw.length);
        segment->flags |= X12_SEGMENT_AS_SENT;
    }
    segment->text = view->tokens.text;
    segment->length = view->tokens.length;
    segment->raw = raw.data;
    segment->raw_length = raw.length;
    return raw.data != NULL;
}

bool x12i_hold_before(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_segment *segment)
{
    x12_text before = x12i_hold_bytes(wire, arena, view->before, view->before_length);
    segment->before = before.data;
    segment->before_length = before.length;
    segment->flags |= X12_SEGMENT_BEFORE;
    return before.data != NULL;
}
