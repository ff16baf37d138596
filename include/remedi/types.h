/* The values that messages are made of. Every view points into the arena of the message that holds it. */
#ifndef REMEDI_TYPES_H
#define REMEDI_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A run of UTF-8 bytes, not ended by NUL. Not sent: data is NULL, length 0. */
typedef struct x12_text {
    const char *data;
    uint32_t length;
} x12_text;

/* A text, decimal, date, time or period for printf's %.*s, as it was sent. */
#define X12_PRINT(value) (int)(value).length, (value).data != NULL ? (value).data : ""

/* X12 types R and N0: an exact decimal, coefficient / 10^scale, that keeps its spelling.
   `valid` is false where the text is no number, or one that 18 digits cannot hold: then only data speaks. */
typedef struct x12_decimal {
    const char *data;
    uint32_t length;
    uint8_t scale;
    bool valid;
    int64_t coefficient;
} x12_decimal;

/* X12 type DT, CCYYMMDD or YYMMDD (read as 1970 to 2069). `month` is 0 where the text is no real date. */
typedef struct x12_date {
    const char *data;
    uint32_t length;
    int16_t year;
    uint8_t month;
    uint8_t day;
} x12_date;

/* X12 type TM: HHMM, HHMMSS, HHMMSSd or HHMMSSdd. `valid` is false where the text is no real time. */
typedef struct x12_time {
    const char *data;
    uint32_t length;
    uint8_t hour;
    uint8_t minute;
    uint8_t second;
    bool valid;
} x12_time;

/* How X12 data element 1250 says that a period is written; X12_PERIOD_TEXT is everything else, kept as sent. */
typedef enum x12_period_format {
    X12_PERIOD_TEXT,
    X12_PERIOD_DATE,       /* D8: CCYYMMDD */
    X12_PERIOD_DATE_RANGE, /* RD8: CCYYMMDD-CCYYMMDD */
    X12_PERIOD_DATE_TIME,  /* DT: CCYYMMDDHHMM */
    X12_PERIOD_TIME        /* TM: HHMM */
} x12_period_format;

/* X12 elements 1251: a date, a range or a point in time, as the format qualifier beside it says. */
typedef struct x12_period {
    const char *data;
    uint32_t length;
    uint8_t format; /* x12_period_format: X12_PERIOD_TEXT where qualifier and text do not fit each other */
    uint8_t from_month;
    uint8_t from_day;
    uint8_t to_month;
    int16_t from_year;
    int16_t to_year;
    uint8_t to_day;
    uint8_t hour;
    uint8_t minute;
} x12_period;

typedef struct x12_text_list {
    x12_text *items;
    size_t count;
} x12_text_list;

/* What cannot be rebuilt from the fields alone, and is therefore kept with the segment. */
enum {
    X12_SEGMENT_AS_SENT = 1,      /* the fields alone give other bytes than these */
    X12_SEGMENT_BEFORE = 2,       /* `before` is not the interchange's usual line break */
    X12_SEGMENT_UNTERMINATED = 4, /* the input ended before the terminator */
    X12_SEGMENT_MISSING = 8,      /* the first segment of a loop, or a trailer, that was not sent: only implied */
    X12_SEGMENT_AFTER = 16,       /* the last of the input: `after` is not the interchange's usual line break */
    X12_SEGMENT_NOTED = 31,
    X12_SEGMENT_PLAIN = 32        /* the reader's own mark: all of `text` is ASCII, without control characters, quotation marks and backslashes, and 15 bytes
                                     more can be read behind it */
};

/* One segment as it was sent, from its id to just before its terminator. */
typedef struct x12_segment {
    const char *text;   /* without line breaks inside, in UTF-8 */
    const char *raw;    /* as sent, in UTF-8; the same pointer as `text` where no line break stands inside */
    const char *before; /* what stood between the terminator before it and this segment */
    const char *after;  /* what followed its terminator, to the end of the input */
    uint32_t length;
    uint32_t raw_length;
    uint32_t before_length;
    uint32_t after_length;
    uint32_t flags;  /* X12_SEGMENT_... */
    uint64_t offset; /* bytes from the beginning of the input; 0 and line 0 for a segment made by hand */
    uint32_t line;   /* from 1 */
    uint32_t column; /* in bytes, from 1 */
    uint32_t number; /* within its transaction, ST is 1; outside of one: within the interchange, ISA is 1 */
} x12_segment;

typedef struct x12_segment_list {
    const x12_segment **items;
    size_t count;
} x12_segment_list;

/* How an interchange is written: its delimiters as code points (0: none), and what stands after each segment terminator. */
typedef struct x12_syntax {
    uint32_t element;
    uint32_t component;
    uint32_t repetition;
    uint32_t segment;
    x12_text line_break;
} x12_syntax;

/* What a loop is: its names, its guide, its fields. Opaque; see guide.h for what can be asked. */
typedef struct x12_loop_type x12_loop_type;

/* The beginning of every loop's struct. */
typedef struct x12_loop {
    const x12_loop_type *type;
    struct x12_loop *parent;   /* the enclosing loop; a transaction's is its group, a group's its interchange */
    x12_segment_list unmapped; /* segments for which the guide has no place here */
    const uint16_t *order;     /* NULL: its parts came in the guide's order. Else the slot number of each part after
                                  the first, as they came; `order_count` of them */
    uint32_t order_count;
    bool continued;            /* this loop goes on with one whose parts were already handed out */
    bool goes_on;              /* LOOP_END: there is more of this loop, in one that is `continued` */
} x12_loop;

#ifdef __cplusplus
}
#endif
#endif
