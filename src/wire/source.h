/* The input as one growing window of bytes in which ASCII is itself. */
#ifndef REMEDI_WIRE_SOURCE_H
#define REMEDI_WIRE_SOURCE_H

#include "wire/charset.h"
#include "wire/wire.h"
#include <iconv.h>
#include <remedi/arena.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>

/* data[start] to data[end - 1] is what was read and not used yet; behind them X12I_SLACK NULs that were not read. */
typedef struct x12i_source {
    x12_input input;
    const x12_allocator *allocator;
    const x12_finding_handler *findings;
    char *data;
    size_t start;
    size_t end;
    size_t capacity;
    uint64_t offset;      /* of data[start], in bytes as they are here */
    bool at_end;          /* the input has no more */
    const char *charset;  /* its name */
    const x12i_charset *single; /* NULL: UTF-8, or converted to it */
    bool byte_order_mark;
    iconv_t converter;
    bool converts;
    char *raw;            /* what the converter has yet to take */
    size_t raw_size;
} x12i_source;

enum { X12I_BLOCK = 64 << 10 };

/* Reads the first block and settles the character set: `charset`, or where it is NULL what the bytes look like. */
x12_status x12i_source_open(x12i_source *source, const char *charset);
/* Reads on, so that more than before is there or at_end is set. What is not used yet stays, perhaps at another place. */
x12_status x12i_source_more(x12i_source *source);
/* Reads on until `size` bytes are there, or all. */
x12_status x12i_source_ensure(x12i_source *source, size_t size);
void x12i_source_close(x12i_source *source);

static inline void x12i_source_skip(x12i_source *source, size_t size)
{
    source->start += size;
    source->offset += size;
}

#endif
