/* Keeping a segment: its copy in the arena outlives the input buffer. */
#ifndef REMEDI_MODEL_HOLD_H
#define REMEDI_MODEL_HOLD_H

#include "base/arena.h"
#include "base/compiler.h"
#include "model/decode.h"
#include <string.h>

/* The rarer half: a text that had line breaks inside, or one to be widened; something unusual before the segment. False when out of memory. */
bool x12i_hold_adjusted(const x12i_wire *wire, x12_arena *arena, x12i_view *view, x12_segment *segment);
bool x12i_hold_before(const x12i_wire *wire, x12_arena *arena, const x12i_view *view, x12_segment *segment);

static inline bool x12i_is_usual(const x12i_view *view, x12_text usual)
{
    if (view->before_length != usual.length || usual.length == 0)
        return view->before_length == usual.length;
    return *view->before == *usual.data && (usual.length == 1 || memcmp(view->before, usual.data, usual.length) == 0);
}

/* Copies a text of the input, X12I_SLACK bytes at a time: most segments are not longer. `out` has room for as many more as that may be. */
static inline void x12i_copy_text(char *out, const char *text, uint32_t length)
{
    memcpy(out, text, X12I_SLACK);
    for (uint32_t i = X12I_SLACK; i < length; i += X12I_SLACK)
        memcpy(out + i, text + i, X12I_SLACK);
}

/* Copies the view as UTF-8, line breaks inside in `raw` alone. `usual` is what the interchange has between
   segments; anything else is noted. NULL when out of memory. The view's text then is the copy. */
static X12I_WITHIN x12_segment *x12i_hold(const x12i_wire *wire, x12_arena *arena, x12i_view *view, x12_text usual)
{
    x12_segment *segment = x12i_arena_take(arena, sizeof *segment + view->tokens.length + X12I_SLACK);
    if (segment == NULL)
        return NULL;
    char *text = (char *)(segment + 1);
    x12i_copy_text(text, view->tokens.text, view->tokens.length);
    *segment = (x12_segment){
        .text = text,
        .raw = text,
        .length = view->tokens.length,
        .raw_length = view->tokens.length,
        .before = usual.data,
        .before_length = usual.length,
        .flags = (view->odd & X12I_ODD_UNTERMINATED ? X12_SEGMENT_UNTERMINATED : 0) | (view->plain ? X12_SEGMENT_PLAIN : 0),
        .offset = view->offset,
        .line = view->line,
        .column = view->column,
    };
    if (view->odd & (X12I_ODD_LINE_BREAK | X12I_ODD_HIGH)) {
        if (!x12i_hold_adjusted(wire, arena, view, segment))
            return NULL;
    } else {
        view->tokens.text = text;
    }
    return x12i_is_usual(view, usual) || x12i_hold_before(wire, arena, view, segment) ? segment : NULL;
}

/* A copy of input bytes as UTF-8; data NULL when out of memory. */
x12_text x12i_hold_bytes(const x12i_wire *wire, x12_arena *arena, const char *data, uint32_t length);

#endif
