/* What a reader hands out and a writer takes, one after the other: the flow of a file. */
#ifndef REMEDI_EVENT_H
#define REMEDI_EVENT_H

#include <remedi/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum x12_event_kind {
    X12_LOOP_START, /* a loop whose records follow one by one: its own fields, complete. An interchange, a functional
                       group and a transaction are such loops, and so is what stands between transaction and record
                       (835: loop 2000) */
    X12_RECORD,     /* a whole loop with all below it (835: a claim, loop 2100) */
    X12_LOOP_END,   /* the same loop as its start, now with the fields that came after the records (835: PLB) */
    X12_SEGMENT,    /* a segment of a transaction without guide, or one outside of any transaction */
    X12_BYTES       /* bytes that belong to no segment */
} x12_event_kind;

/* An event and all that it points to live until the next call of the reader that made it; a started loop until its end. */
typedef struct x12_event {
    x12_event_kind kind;
    x12_loop *loop;             /* LOOP_START, RECORD, LOOP_END: cast to the loop's struct, as loop->type says.
                                   SEGMENT, BYTES: the innermost open loop, or NULL */
    const x12_segment *segment; /* SEGMENT */
    x12_text bytes;             /* BYTES, in UTF-8 */
    const x12_syntax *syntax;   /* LOOP_START of an interchange, else NULL. From hand-made JSON: what is 0 was not given */
} x12_event;

#ifdef __cplusplus
}
#endif
#endif
