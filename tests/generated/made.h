/* An interchange in the making: its segments know their slots and loops, so that a later pass, or a test, finds and changes them. */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include "base/buffer.h"
#include "model/model.h"

enum { NO_LOOP = UINT32_MAX };

typedef struct made_loop {
    const x12_loop_type *type;
    uint32_t parent;     /* NO_LOOP: the interchange */
    uint32_t first, end; /* its segments, with those of the loops in it */
    uint32_t last;       /* the last loop in it, itself where there is none */
} made_loop;

typedef struct made_segment {
    const x12i_slot *slot;
    uint32_t loop;
    uint32_t length; /* 0: taken out */
    size_t start;    /* "CLP*1*2" in `text`, without terminator */
} made_segment;

typedef struct made {
    const x12i_guide *guide;
    made_segment *segments;
    made_loop *loops;
    uint32_t segment_count, segment_capacity, loop_count, loop_capacity;
    x12i_buffer text; /* what the segments say, and what they said before they were changed */
} made;

void made_clear(made *m, const x12i_guide *guide);
void made_free(made *m);

/* Opens a loop; what is added to it, up to made_close, is in it. */
uint32_t made_open(made *m, const x12_loop_type *type, uint32_t parent);
void made_close(made *m, uint32_t loop);
/* The segment that was written to `text` from `start` on. */
made_segment *made_add(made *m, const x12i_slot *slot, uint32_t loop, size_t start);

/* An element, or its first repetition's component where one is asked for (1-based; 0: the whole element). */
x12_text made_element(const made *m, const made_segment *segment, unsigned element, unsigned component);
void made_set(made *m, made_segment *segment, unsigned element, unsigned component, const char *value);
/* All of it. */
void made_put(made *m, made_segment *segment, const char *text);
bool made_is(const made *m, const made_segment *segment, unsigned element, unsigned component, const char *value);

/* The first segment `id` ("REF", or "REF*G1" with its first element), of those from `at` up to `end`; NULL: none. */
made_segment *made_find(const made *m, const char *id, uint32_t at, uint32_t end);
/* The same for those that stand in `loop` itself; the first after `before`, where that is not NULL. */
made_segment *made_own(const made *m, const char *id, uint32_t loop, const made_segment *before);
/* The first loop of this name in `within`, after the loop `after` (at first: `within` itself); NO_LOOP: none. */
uint32_t made_loop_named(const made *m, const char *name, uint32_t within, uint32_t after);
void made_remove_loop(made *m, uint32_t loop);
/* Inserts the segments from `first` up to `end` once more before `at`. The ranges of the loops stay as they were. */
void made_copy(made *m, uint32_t first, uint32_t end, uint32_t at);
/* Counts the segments of each transaction anew, for its trailer. */
void made_recount(made *m);

void made_join(const made *m, x12i_buffer *out);

#endif
