/* Who spells out a record while it is read, so that nobody has to go through its structs afterwards. As long as everything comes in the guide's order and
   nothing has to be noted of it: else the scribe stops, and the record's event is all that there is. */
#ifndef REMEDI_MODEL_SCRIBE_H
#define REMEDI_MODEL_SCRIBE_H

#include "model/decode.h"

typedef struct x12i_scribe {
    x12_reader *reader; /* that has it; NULL: none */
    bool active; /* within a record of which everything was spelled so far; whoever sees that something cannot be clears it */
    void (*begin)(struct x12i_scribe *scribe, const x12_loop *record);
    void (*open)(struct x12i_scribe *scribe, const x12i_slot *slot); /* a loop within the innermost one */
    void (*close)(struct x12i_scribe *scribe);                       /* the innermost loop, unless it is the record itself: */
    void (*end)(struct x12i_scribe *scribe);
    /* x12i_decode, of a segment of the innermost loop. */
    bool (*decode)(struct x12i_scribe *scribe, x12i_decoder *decoder, const x12i_slot *slot, void *owner, const x12i_tokens *tokens, const x12_segment *segment, const char *loop);
} x12i_scribe;

/* NULL: nobody. The scribe must live as long as the reader has it: until the reader is freed, or has another. */
void x12i_reader_scribe(x12_reader *reader, x12i_scribe *scribe);

#endif
