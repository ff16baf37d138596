/* What a value may not contain: the delimiters of its interchange. */
#ifndef REMEDI_MODEL_FORBIDDEN_H
#define REMEDI_MODEL_FORBIDDEN_H

#include "wire/wire.h"
#include <remedi/event.h>

/* The places in which a byte may stand, or not. RAW: an element that is not taken apart. IN_PLAIN: text of printable ASCII. */
enum { X12I_IN_ELEMENT = 1, X12I_IN_COMPONENT = 2, X12I_IN_REPETITION = 4, X12I_IN_RAW = 8, X12I_IN_PLAIN = 16 };

/* Where each byte may not stand; all zero: it may stand anywhere. */
typedef struct x12i_forbidden {
    uint8_t places[256];
} x12i_forbidden;

/* The delimiters of an interchange; the usual ones where none are given. */
x12i_delimiters x12i_delimiters_of(const x12_syntax *syntax);
void x12i_forbid(x12i_forbidden *forbidden, const x12i_delimiters *delimiters);
/* Whether a character of the text may not stand in `place`; a byte of one that may could look like it. */
bool x12i_holds_forbidden(const x12i_forbidden *forbidden, x12_text text, unsigned place);

#endif
