/* The X12 reader from inside: its state, and the steps that its files share. */
#ifndef REMEDI_MODEL_READER_STATE_H
#define REMEDI_MODEL_READER_STATE_H

#include "diagnostic/diagnostic.h"
#include "model/placement.h"
#include "model/scribe.h"
#include "model/structure.h"

struct x12_reader {
    x12_reader_options options;
    x12i_wire *wire;
    x12_arena *arena;
    x12i_trace trace;
    x12i_scribe *scribe;       /* NULL: nobody */
    x12i_decoder decoder;
    x12i_frame frames[X12I_MAXIMUM_DEPTH];
    unsigned depth;
    const x12i_guide *guide;   /* of the open transaction; NULL: none, its segments go unnamed */
    x12i_wire_item item;       /* the one at hand */
    bool has_item;
    bool has_release;          /* what the last event showed goes before the next */
    x12i_mark release;
    x12i_mark bottom;
    x12_syntax syntax;
    x12_text usual_before;     /* what is usual before the segment at hand */
    char line_breaks[2][8];    /* of this interchange and the one before */
    unsigned line_break_turn;
    uint32_t number;           /* of the last segment within the transaction */
    uint32_t levels;           /* hierarchical levels in it so far */
    bool orphan;               /* the level at hand names another parent than is open: what is missing around it is told of by that */
    uint32_t interchange_number; /* and within the interchange */
    x12_text group_code;       /* GS01 */
    x12_text group_version;    /* GS08 */
    x12_status status;
};

/* A segment is seen to in steps, each of which hands out one event at the most. */
typedef enum x12i_step { X12I_STEP_AGAIN, X12I_STEP_EVENT, X12I_STEP_FAILED } x12i_step;

static inline x12i_step x12i_fail(x12_reader *reader, x12_status status)
{
    reader->status = status;
    return X12I_STEP_FAILED;
}

static inline x12i_frame *x12i_top(x12_reader *reader)
{
    return &reader->frames[reader->depth - 1];
}

static inline const x12i_delimiters *x12i_reader_delimiters(const x12_reader *reader)
{
    return reader->decoder.delimiters;
}

static inline bool x12i_is_scribed(const x12_reader *reader)
{
    return reader->scribe != NULL && reader->scribe->active;
}

/* What comes now is not what a scribe can spell. */
static inline void x12i_stop_scribe(x12_reader *reader)
{
    if (reader->scribe != NULL)
        reader->scribe->active = false;
}

static inline x12i_step x12i_show(x12_event *event, x12_event_kind kind, x12_loop *loop)
{
    *event = (x12_event){.kind = kind, .loop = loop};
    return X12I_STEP_EVENT;
}

/* reader_frames.c: opening and closing loops */

/* Closes loops, one a step, until only `depth` are open. */
x12i_step x12i_close_to(x12_reader *reader, unsigned depth, x12_event *event);
/* A finding at the segment at hand, or the one that was taken last. */
void x12i_raise_at_item(x12_reader *reader, x12_finding_code code);
/* The same about a segment that should stand before it. */
void x12i_raise_missing(x12_reader *reader, x12_finding_code code, const char *segment);
/* The same at one of its elements, or a component (0: none). */
void x12i_raise_at_element(x12_reader *reader, x12_finding_code code, unsigned element, unsigned component);
x12_segment *x12i_mark_missing(x12_reader *reader, x12_loop *loop, const x12i_slot *slot);
x12i_frame *x12i_push_frame(x12_reader *reader, x12_loop *loop, const x12_loop_type *type, x12i_mark mark);
const x12i_slot *x12i_trailer_slot(const x12_loop_type *type);
/* A loop that stands for itself, not inside its parent's struct. */
x12i_frame *x12i_open_apart(x12_reader *reader, const x12_loop_type *type);
void x12i_release_later(x12_reader *reader, x12i_mark mark);
/* Ends a streamed loop and begins it again, for what its guide had a place for only earlier. */
x12i_step x12i_begin_again(x12_reader *reader, x12_event *event);
/* The same, with a finding at the segment at hand. */
x12i_step x12i_begin_again_disordered(x12_reader *reader, x12_event *event);
/* Keeps the text of an element of the segment at hand. False when out of memory. */
bool x12i_keep_element(x12_reader *reader, unsigned part, x12_text *kept);
x12i_step x12i_hand_out_start(x12_reader *reader, x12i_frame *frame, x12_event *event);

/* reader_place.c: segments into loops */

/* Gives the new loop on top its first segment: the one at hand, or none. */
x12i_step x12i_place_first(x12_reader *reader, bool missing);
/* Puts the segment at hand into a segment slot of the loop on top. */
x12i_step x12i_place_segment(x12_reader *reader, unsigned index, x12_event *event);
/* `id` is the segment's, packed. */
x12i_step x12i_place_by_guide(x12_reader *reader, uint32_t id, x12_event *event);
/* A segment without a name: of a transaction without guide, or outside of any. */
x12i_step x12i_pass_unnamed(x12_reader *reader, x12_event *event);

/* reader_envelope.c: the envelope */

/* The ids of the envelope, as x12i_pack packs them. */
enum { ID_ST = 'S' | 'T' << 8, ID_SE = 'S' | 'E' << 8, ID_GS = 'G' | 'S' << 8, ID_GE = 'G' | 'E' << 8, ID_IEA = 'I' | 'E' << 8 | 'A' << 16, ID_TA1 = 'T' | 'A' << 8 | '1' << 16 };

static inline bool x12i_is_within_transaction(const x12_reader *reader)
{
    return reader->depth > X12I_TRANSACTION && !reader->frames[X12I_TRANSACTION].ended;
}

/* One step with a segment that the envelope has to do with: all but those that a guide places within a transaction. */
x12i_step x12i_take_envelope_step(x12_reader *reader, uint32_t id, x12_event *event);

#endif
