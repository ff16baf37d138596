/* Bytes to segments, and segments to bytes. */
#ifndef REMEDI_WIRE_H
#define REMEDI_WIRE_H

#include <remedi/arena.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>
#include <remedi/types.h>

/* The characters that an interchange chose. '\0': it has none of that kind. */
typedef struct x12i_delimiters {
    unsigned char element;
    unsigned char component;
    unsigned char repetition; /* '\0' where ISA11 is a letter, digit or blank (4010: "U") */
    unsigned char segment;
} x12i_delimiters;

/* A segment's text and where its delimiters stand: text[positions[i]], i < count, says which kind it is; positions[count] is `length`. */
typedef struct x12i_tokens {
    const char *text;
    const uint32_t *positions;
    uint32_t count;
    uint32_t length;
    bool nested; /* component or repetition separators are among the delimiters */
} x12i_tokens;

/* How many bytes can be read behind the text of a view. */
enum { X12I_SLACK = 32 };

/* What is rare about a segment: each asks for a closer look. */
enum {
    X12I_ODD_LINE_BREAK = 1,   /* a CR or LF stood within: `raw` has it */
    X12I_ODD_HIGH = 2,         /* a byte >= 0x80 stands within (only set where the source is a single-byte character set, whose bytes must be widened to UTF-8) */
    X12I_ODD_UNTERMINATED = 4,
    X12I_ODD_CUT = 8           /* not terminated, and the end of the input or the next ISA is no terminator: of a line it is one */
};

/* A segment in the input buffer: valid until the next call. */
typedef struct x12i_view {
    x12i_tokens tokens;
    x12_text raw;           /* ODD_LINE_BREAK: the text as it was sent */
    const char *before;     /* bytes since the terminator before it: line breaks, blanks */
    uint64_t offset;        /* of the text, in bytes of the input */
    uint32_t line;
    uint32_t column;
    uint32_t before_length;
    uint8_t odd;            /* X12I_ODD_... */
    bool opens_interchange; /* this is an ISA: the delimiters may have changed */
    bool plain;             /* see X12_SEGMENT_PLAIN; perhaps not set where it could be */
} x12i_view;

typedef struct x12i_wire_options {
    const x12_allocator *allocator;
    x12_finding_handler findings;
    const char *charset;   /* NULL: told apart by the first bytes */
    size_t segment_limit;  /* never 0 here */
    bool lexer_only;       /* the generated lexer sees to every segment: for comparison */
} x12i_wire_options;

typedef enum x12i_wire_kind { X12I_WIRE_SEGMENT, X12I_WIRE_BYTES, X12I_WIRE_END } x12i_wire_kind;

typedef struct x12i_wire_item {
    x12i_wire_kind kind;
    x12i_view view;        /* SEGMENT; of BYTES only where they stand, but for blanks before them */
    x12_text bytes;        /* BYTES: what belongs to no segment. END: the bytes after the last segment's terminator (line
                              breaks and blanks only) */
    uint64_t offset;       /* END */
} x12i_wire_item;

typedef struct x12i_wire x12i_wire;

x12_status x12i_wire_open(x12i_wire **wire, x12_input input, const x12i_wire_options *options);
x12_status x12i_wire_next(x12i_wire *wire, x12i_wire_item *item);
/* What was taken for a segment, and is none: bytes, up to the end of the input or the segment behind them. */
void x12i_wire_as_bytes(x12i_wire *wire, x12i_wire_item *item);
/* The delimiters of the interchange that the last segment belongs to. */
const x12i_delimiters *x12i_wire_delimiters(const x12i_wire *wire);
/* What stands after its first segment's terminator: the interchange's line break, in UTF-8; lives as long as the wire. */
x12_text x12i_wire_line_break(const x12i_wire *wire);
/* What follows an ST segment, as far as it is looked at: the same bytes however they came. */
x12_text x12i_wire_ahead(const x12i_wire *wire);
const char *x12i_wire_charset(const x12i_wire *wire);
bool x12i_wire_has_bom(const x12i_wire *wire);
/* Copies bytes of the input (a view's text, `before`, BYTES) as UTF-8: they are single bytes of charset Latin-1 after the
   source's mapping where the source is single-byte, else copied as they are. Writes at most 3 * size bytes. */
size_t x12i_wire_widen(const x12i_wire *wire, const char *data, size_t size, char *out);
void x12i_wire_free(x12i_wire *wire);

/* Where X12 text goes: UTF-8 in, the output's character set out. */
typedef struct x12i_sink x12i_sink;
x12_status x12i_sink_open(x12i_sink **sink, x12_output output, const x12_allocator *allocator, const char *charset, bool byte_order_mark);
/* Room for `size` bytes of UTF-8 at the returned place, of which x12i_sink_put then takes `length`. NULL: out of memory. */
char *x12i_sink_room(x12i_sink *sink, size_t size);
void x12i_sink_put(x12i_sink *sink, size_t length);
/* Writes out what is full; call between events. ERROR_OUTPUT, or ERROR_FORMAT for what the charset cannot carry. */
x12_status x12i_sink_drain(x12i_sink *sink);
/* Where the text ends that was put so far: what x12i_sink_keep keeps from being written out can be changed there. */
size_t x12i_sink_end(const x12i_sink *sink);
void x12i_sink_keep(x12i_sink *sink, bool keep);
void x12i_sink_change(x12i_sink *sink, size_t at, char byte);
x12_status x12i_sink_finish(x12i_sink *sink);
void x12i_sink_free(x12i_sink *sink);

#endif
