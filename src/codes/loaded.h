/* Loaded publications. */
#ifndef REMEDI_CODES_LOADED_H
#define REMEDI_CODES_LOADED_H

#include "base/buffer.h"
#include "codes/codes.h"

typedef struct x12i_edition {
    const x12_code_set *set;
    uint32_t first_day;
    x12_text source;
    x12i_code_table table; /* within text */
    x12i_buffer text;
} x12i_edition;

struct x12_codes {
    const x12_allocator *allocator;
    x12_allocator own;     /* the caller's need not live on */
    x12i_edition *items;   /* in the order of sets, then of days */
    size_t count;
    size_t capacity;
};

/* Reads all of `input` into `text`; a finding says why not. */
x12_status x12i_read_all(x12i_buffer *text, x12_input input, const x12_codes_options *options);
/* A day, CCYYMMDD or CCYY-MM-DD; 0 where it is none. */
uint32_t x12i_read_day(x12_text text);
enum { X12I_SUM_SIZE = 16 };
/* What stands before the codes in a file of our own: "remedi codes 1", sum, set, from, source, count, an empty line. */
void x12i_add_codes_head(x12i_buffer *out, const x12_codes_publication *publication, size_t count);
/* Fills in the sum, over all that stands behind it, when all is written. */
void x12i_seal_codes(x12i_buffer *out);

#endif
