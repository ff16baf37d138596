/* The X12 writer from inside: its state, and what its files share. */
#ifndef REMEDI_MODEL_WRITER_STATE_H
#define REMEDI_MODEL_WRITER_STATE_H

#include "model/encode.h"
#include "model/structure.h"

struct x12_writer {
    x12_writer_options options;
    x12i_sink *sink;
    x12_arena *scratch;
    x12i_encoder encoder;
    x12i_buffer fields;   /* a segment as its fields say */
    x12i_buffer sent;     /* the same from the segment as it was sent */
    x12i_buffer merged;
    x12_loop *pending[2]; /* interchange and group, until it is known which guide their transactions have */
    x12_syntax pending_syntax;
    unsigned pending_count;
    char date[9];
    char time[5];
    char terminator;
    char line_break[16];
    size_t line_break_length;
    x12_text line_break_due; /* of the interchange that begins: it counts once its first segment is written */
    bool first;           /* nothing usual stands before the next segment */
    bool has_after;       /* what follows the last segment was said */
    x12i_buffer after;
    x12i_buffer control[X12I_ENVELOPE_LOOPS];
    unsigned control_level; /* the next segment written is the header of this loop, its control number in part `control_part` */
    unsigned control_part;
    uint64_t count[X12I_ENVELOPE_LOOPS]; /* groups, transactions, segments in the open loop */
    uint64_t interchanges;
    uint64_t children[X12I_MAXIMUM_DEPTH]; /* loops handed out so far, at each depth */
    unsigned depth;
    uint64_t levels;   /* hierarchical levels in the transaction so far */
    uint64_t open_levels[X12I_MAXIMUM_DEPTH]; /* the numbers of those that are open; 0: its HL is missing */
    unsigned level_depth;
    bool starting;     /* a level that is handed out in parts: what follows will say whether levels stand below it */
    size_t children_at; /* where in the sink its HL04 stands that says none do; 0: there is no such */
    x12_status status;
};

/* X12I_INTERCHANGE to X12I_TRANSACTION; X12I_ENVELOPE_LOOPS for a loop within a transaction. */
static inline unsigned x12i_level_of(const x12_loop_type *type)
{
    if (x12i_is_interchange(type))
        return X12I_INTERCHANGE;
    if (x12i_is_group(type))
        return X12I_GROUP;
    return x12i_is_transaction(type) ? X12I_TRANSACTION : X12I_ENVELOPE_LOOPS;
}

/* writer_segments.c: one segment to the sink */

void x12i_writer_fail(x12_writer *writer, x12_status status);
void x12i_put(x12_writer *writer, const char *data, size_t length);
void x12i_keep_after(x12_writer *writer, const x12_segment *segment);
/* Writes one segment with what stands before and after it. `segment` is NULL for one made by hand. */
void x12i_put_segment(x12_writer *writer, const x12_segment *segment, const char *text, size_t length);
void x12i_put_unnamed(x12_writer *writer, const x12_segment *segment);
x12_text x12i_text_of(const x12i_buffer *buffer);
/* Writes a segment whose fields alone do not give the bytes that were sent. Nothing, when its fields were all taken away. */
void x12i_put_as_sent(x12_writer *writer, const x12i_slot *slot, size_t size, const x12_segment *segment);

/* writer_loops.c: the parts of a loop */

/* Opens a hierarchical level, and numbers it for its HL; and closes it. Other loops are none of them. */
void x12i_open_level(x12_writer *writer, const x12_loop *loop);
void x12i_close_level(x12_writer *writer, const x12_loop *loop);

void x12i_write_slots(x12_writer *writer, const x12_loop *loop, unsigned from, unsigned to);
/* The parts from the first slot to `to`, with what has no place. */
void x12i_write_own(x12_writer *writer, const x12_loop *loop, unsigned to);

#endif
