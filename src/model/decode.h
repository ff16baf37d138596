/* One segment's text to the fields of its struct. */
#ifndef REMEDI_MODEL_DECODE_H
#define REMEDI_MODEL_DECODE_H

#include "base/arena.h"
#include "model/model.h"

typedef struct x12i_decoder {
    x12_arena *arena;
    const x12i_delimiters *delimiters;
    const x12_finding_handler *findings; /* NULL: nobody listens */
    x12_text expected_count;             /* what the DERIVED parts should say: of a trailer; of a level its number */
    x12_text expected_control;           /* and that of the level around it */
    bool numbers_as_text;                /* decimals are not worked out */
    bool as_json;                        /* dates and times as they come back from their ISO spelling */
    /* of the segment at hand */
    const x12_segment *segment;
    const char *loop;
    const char *id;
    uint8_t element;
    bool stored;     /* a value was put into a field */
    bool unpaired;   /* a FILL_PAIRED part has no value */
    bool exact;      /* the fields alone give these bytes again */
    bool failed;     /* out of memory */
} x12i_decoder;

/* Fills the fields that `parts` describes in `owner` with views into the text, behind which X12I_SLACK bytes can be read. Sets decoder->exact; false when out of memory.
   `segment` and `loop` are for the findings. */
bool x12i_decode(x12i_decoder *decoder, const x12i_parts *parts, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop);

/* What says the format of a period of these parts; empty where nothing does. */
x12_text x12i_format_qualifier(const x12i_parts *parts, const x12i_field *field, const void *owner);

/* Finds the delimiters of `text`; `positions` has room for `length` + 1 of them. */
x12i_tokens x12i_tokenise(const char *text, uint32_t length, const x12i_delimiters *delimiters, uint32_t *positions);

#endif
