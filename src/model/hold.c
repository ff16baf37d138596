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

/* Copies stretch by stretch, as the delimiters move: widened, and without line breaks. */
static bool copy_adjusted(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12i_tokens *tokens)
{
    char *text = x12i_arena_take(arena, 3 * (size_t)view->length + 1);
    uint32_t *positions = x12i_arena_take(arena, (view->count + 1) * sizeof *positions);
    if (text == NULL || positions == NULL)
        return false;
    uint32_t from = 0, length = 0;
    for (uint32_t i = 0; i <= view->count; i++) {
        uint32_t to = i < view->count ? view->positions[i] : view->length;
        size_t added = x12i_wire_widen(wire, view->base + from, to - from, text + length);
        length += (uint32_t)without_line_breaks(text + length, added);
        positions[i] = length;
        if (i < view->count)
            text[length++] = view->base[to];
        from = to + 1;
    }
    *tokens = (x12i_tokens){text, positions, view->count, length, view->nested};
    return true;
}

static bool copy_plain(x12_arena *arena, const x12i_view *view, x12i_tokens *tokens)
{
    char *text = x12i_arena_take(arena, view->length);
    if (text == NULL)
        return false;
    memcpy(text, view->base, view->length);
    *tokens = (x12i_tokens){text, view->positions, view->count, view->length, view->nested};
    return true;
}

static bool keep_raw(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_segment *segment)
{
    x12_text raw = x12i_hold_bytes(wire, arena, view->base, view->length);
    segment->raw = raw.data;
    segment->raw_length = raw.length;
    segment->flags |= X12_SEGMENT_AS_SENT;
    return raw.data != NULL;
}

static inline bool is_usual(const x12i_view *view, x12_text usual)
{
    if (view->before_length != usual.length)
        return false;
    for (uint32_t i = 0; i < usual.length; i++)
        if (view->before[i] != usual.data[i])
            return false;
    return true;
}

static bool keep_before(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_text usual, x12_segment *segment)
{
    if (is_usual(view, usual)) {
        segment->before = usual.data;
        segment->before_length = usual.length;
        return true;
    }
    x12_text before = x12i_hold_bytes(wire, arena, view->before, view->before_length);
    segment->before = before.data;
    segment->before_length = before.length;
    segment->flags |= X12_SEGMENT_BEFORE;
    return before.data != NULL;
}

x12_segment *x12i_hold(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_text usual_before, x12i_tokens *tokens)
{
    x12_segment *segment = x12i_arena_take(arena, sizeof *segment);
    if (segment == NULL)
        return NULL;
    bool adjusted = view->line_break_inside || view->high_bytes;
    if (!(adjusted ? copy_adjusted(wire, arena, view, tokens) : copy_plain(arena, view, tokens)))
        return NULL;
    segment->text = segment->raw = tokens->text;
    segment->length = segment->raw_length = tokens->length;
    segment->after = NULL;
    segment->after_length = 0;
    segment->flags = view->terminated ? 0 : X12_SEGMENT_UNTERMINATED;
    segment->offset = view->offset;
    segment->line = view->line;
    segment->column = view->column;
    segment->number = 0;
    if (view->line_break_inside && !keep_raw(wire, arena, view, segment))
        return NULL;
    return keep_before(wire, arena, view, usual_before, segment) ? segment : NULL;
}
