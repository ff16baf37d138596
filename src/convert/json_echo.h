/* The JSON of records, written while they are read. */
#ifndef REMEDI_CONVERT_JSON_ECHO_H
#define REMEDI_CONVERT_JSON_ECHO_H

#include "convert/json_output.h"
#include "model/scribe.h"
#include "model/structure.h"

/* A loop that is open. */
typedef struct x12i_json_echo_level {
    const x12i_slot *slot; /* of its last part */
    bool list;             /* that slot's list is open */
} x12i_json_echo_level;

typedef struct x12i_json_echo {
    x12i_scribe scribe; /* the first member: the reader has this */
    x12i_json_output *output;
    bool begun;         /* there is text of a record behind what the buffer has for good: */
    size_t start;       /* so many bytes */
    char *out;          /* where it ends */
    const x12_loop *record;
    bool complete;      /* all of the record stands there, but for the bracket that closes it */
    unsigned depth;
    x12i_json_echo_level levels[X12I_MAXIMUM_DEPTH];
} x12i_json_echo;

/* Goes on with a record whose object was opened before `out`, and stands from `start` on in the buffer. */
void x12i_json_echo_begin(x12i_json_echo *echo, size_t start, char *out, const x12_loop *record);
/* Sets all functions of the scribe but `begin`. */
void x12i_json_echo_open(x12i_json_echo *echo, x12i_json_output *output);

#endif
