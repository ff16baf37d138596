/* Keeping a segment: its copy in the arena outlives the input buffer. */
#ifndef REMEDI_MODEL_HOLD_H
#define REMEDI_MODEL_HOLD_H

#include "base/arena.h"
#include "model/decode.h"

/* Copies the view as UTF-8, line breaks inside left out of `text` but kept in `raw`. `usual_before` is what the interchange has between
   segments; anything else is noted. NULL when out of memory. The view's text then is the copy. */
x12_segment *x12i_hold(const x12i_wire *wire, x12_arena *arena, x12i_view *view, x12_text usual_before);

/* A copy of input bytes as UTF-8; data NULL when out of memory. */
x12_text x12i_hold_bytes(const x12i_wire *wire, x12_arena *arena, const char *data, uint32_t length);

#endif
