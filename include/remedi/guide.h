/* What the guides call things: for programs that show X12 to people. */
#ifndef REMEDI_GUIDE_H
#define REMEDI_GUIDE_H

#include <remedi/reader.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The short names of the guides that are built in, "835": one for each index from 0; NULL behind the last. */
const char *x12_guide_name(size_t index);

/* The loop's id, "2100"; "ISA", "GS" and "ST" for interchange, group and transaction. Constant, as all names here. */
const char *x12_loop_id(const x12_loop_type *type);
/* The name of one such loop, "claim". */
const char *x12_loop_name(const x12_loop_type *type);
/* The loop around it: a transaction's is the group, an interchange's NULL. */
const x12_loop_type *x12_loop_parent(const x12_loop_type *type);
/* Whether `type` is `outer` or stands within it. */
bool x12_loop_is_within(const x12_loop_type *type, const x12_loop_type *outer);
/* The id of its guide, "005010X221A1"; NULL for interchange, group, and a transaction without guide. */
const char *x12_loop_guide(const x12_loop_type *type);

/* A place for a segment in a loop of a guide. Opaque. */
typedef struct x12i_slot x12_place;

/* Its name in the loop, "adjustments"; NULL where its elements are the loop's own. */
const char *x12_place_name(const x12_place *place);
/* The id of its segments, "CAS". */
const char *x12_place_segment(const x12_place *place);
/* Whether it is the segment that opens its loop. */
bool x12_place_opens(const x12_place *place, const x12_loop_type *type);

/* A segment, and where the reader put it. */
typedef struct x12_placed {
    const x12_segment *segment;
    const x12_loop_type *loop;
    const x12_place *place; /* NULL: the guide has none for it there */
    x12_syntax syntax;      /* its delimiters; no line break */
} x12_placed;

typedef struct x12_watcher {
    void *context;
    void (*placed)(void *context, const x12_placed *placed);
} x12_watcher;

/* Tells `watcher`, which must outlive the reader, of each segment of the input as it is placed: before the event that holds it. */
void x12_reader_watch(x12_reader *reader, const x12_watcher *watcher);

enum { X12_ELEMENT_NAME_MAX = 320 };

/* One value of a segment. */
typedef struct x12_element {
    unsigned element;    /* CLP02: 2 */
    unsigned repetition; /* from 1; 0: it is not repeated */
    unsigned component;  /* from 1; 0: it is no composite */
    const char *name;    /* as in JSON: "reasons[1].code"; empty where the guide has no name for it; ended by NUL */
    x12_text value;      /* never empty */
} x12_element;

/* Hands each value that was sent to `handle`, in the order of the segment. An element lives for the duration of the call. */
void x12_each_element(const x12_placed *placed, void *context, void (*handle)(void *context, const x12_element *element));

#ifdef __cplusplus
}
#endif
#endif
