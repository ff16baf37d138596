/* A struct's fields to one segment's text. */
#ifndef REMEDI_MODEL_ENCODE_H
#define REMEDI_MODEL_ENCODE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "model/forbidden.h"
#include "model/model.h"

typedef struct x12i_encoder {
    x12i_delimiters delimiters;
    const x12_finding_handler *findings;
    x12_position position;
    x12i_forbidden forbidden;
    /* what a writer fills in */
    const char *date;      /* CCYYMMDD */
    const char *time;      /* HHMM */
    uint64_t count;        /* of the trailer */
    uint64_t control;      /* the next control number */
    uint64_t ordinal;
    x12_text same_control; /* of the header */
    uint64_t level;        /* the number of the hierarchical level that begins, and of the one around it; 0: none */
    uint64_t parent_level;
    bool has_children;     /* levels stand below it */
    bool told_children;    /* and that was written */
    const x12i_guide *guide;
    /* of the segment at hand */
    unsigned stored; /* values written */
    bool refused;    /* a value that X12 cannot carry: see the findings */
} x12i_encoder;

/* Prepares `encoder` for these delimiters. */
void x12i_encoder_delimiters(x12i_encoder *encoder, const x12i_delimiters *delimiters);

/* Appends the segment to `out`, without its terminator. encoder->stored says how many values it holds. */
void x12i_encode(x12i_encoder *encoder, const x12i_parts *parts, const void *owner, x12i_buffer *out);

#endif
