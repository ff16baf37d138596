/* JSON text as it is made. Every member and item is put with a comma behind it, which closing its object takes back. */
#ifndef REMEDI_CONVERT_JSON_OUTPUT_H
#define REMEDI_CONVERT_JSON_OUTPUT_H

#include "base/buffer.h"
#include "base/short_text.h"
#include "convert/json_names.h"

/* The room that a put function may use up without asking again, and the longest value that is copied without. */
enum { X12I_JSON_ROOM = 1024, X12I_JSON_LONG = 512 };

typedef struct x12i_json_output {
    char *limit;            /* up to here X12I_JSON_ROOM bytes are free */
    x12i_buffer buffer;     /* its length is set only between events: within one, `out` pointers say where it ends */
    char separator[4];      /* the interchange's element separator, in UTF-8 */
    size_t separator_length;
    struct x12i_json_labels *labels; /* NULL: codes stand alone */
    uintptr_t plain;        /* text that needs no escape stands here: that of the segment at hand */
    uint32_t plain_length;
    bool noted;             /* the head that was put last has inline slots with a note */
} x12i_json_output;

/* Sees that `size` bytes stand free at the returned place, X12I_JSON_ROOM at least. When memory runs out, the text begins again at the front, for nothing: the
   buffer's `failed` says so at the end. */
char *x12i_json_grow(x12i_json_output *output, char *out, size_t size);

static inline char *x12i_json_room(x12i_json_output *output, char *out)
{
    return out <= output->limit ? out : x12i_json_grow(output, out, X12I_JSON_ROOM);
}

/* The same for `size` bytes, and X12I_JSON_ROOM behind them. */
static inline char *x12i_json_room_for(x12i_json_output *output, char *out, size_t size)
{
    return out <= output->limit && size <= (size_t)(output->limit - out) ? out : x12i_json_grow(output, out, size + X12I_JSON_ROOM);
}

/* Takes the first memory; NULL when there is none. */
char *x12i_json_open_output(x12i_json_output *output, size_t size);

/* The inside of a string, of any length. */
char *x12i_json_escape(x12i_json_output *output, char *out, x12_text text);

/* Whether one of eight bytes is not itself in a JSON string, or not ASCII. */
static inline bool x12i_json_needs_care(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t quote = (bytes ^ (ones * '"')) - ones, backslash = (bytes ^ (ones * '\\')) - ones, control = bytes - ones * 0x20;
    return ((bytes | quote | backslash | control) & (ones << 7)) != 0;
}

/* Copies a short text. False where it may need an escape, or is of another length. */
static inline bool x12i_json_copy_checked(char *out, x12_text text)
{
    uint64_t words[2];
    if (text.length - 1 >= X12I_SHORT_TEXT)
        return false;
    x12i_copy_short(out, text.data, text.length, words);
    return !x12i_json_needs_care(words[0]) && !x12i_json_needs_care(words[1]);
}

/* Whether it is part of a segment's text that needs no escape. */
static inline bool x12i_json_is_plain(const x12i_json_output *output, x12_text text)
{
    return (uintptr_t)text.data - output->plain < output->plain_length;
}

/* The values that follow stand in the text of this segment (NULL: of none), if nobody changed them. */
static inline void x12i_json_use_segment(x12i_json_output *output, const x12_segment *segment)
{
    bool plain = segment != NULL && (segment->flags & X12_SEGMENT_PLAIN);
    output->plain = plain ? (uintptr_t)segment->text : 0;
    output->plain_length = plain ? segment->length : 0;
}

/* Copies a text that needs no escape: the reader's, behind which a few bytes more can be read. */
static X12I_WITHIN void x12i_json_copy_plain(char *out, x12_text text)
{
    memcpy(out, text.data, X12I_SHORT_TEXT);
    for (uint32_t i = X12I_SHORT_TEXT; i < text.length; i += X12I_SHORT_TEXT)
        memcpy(out + i, text.data + i, X12I_SHORT_TEXT);
}

/* What stands around the `length` bytes behind `out`. */
static X12I_WITHIN char *x12i_json_quote(char *out, uint32_t length)
{
    *out = '"';
    memcpy(out + length + 1, "\",", 2);
    return out + length + 3;
}

/* "text", that needs no escape, where there is room */
static X12I_WITHIN char *x12i_json_put_plain(char *out, x12_text text)
{
    x12i_json_copy_plain(out + 1, text);
    return x12i_json_quote(out, text.length);
}

/* "text", of any length */
char *x12i_json_put_any_text(x12i_json_output *output, char *out, x12_text text);

/* "text", behind its key, which saw to the room */
static X12I_WITHIN char *x12i_json_put_value(x12i_json_output *output, char *out, x12_text text)
{
    if (x12i_json_is_plain(output, text) && text.length <= X12I_JSON_LONG)
        return x12i_json_put_plain(out, text);
    if (!x12i_json_copy_checked(out + 1, text))
        return x12i_json_put_any_text(output, out, text);
    return x12i_json_quote(out, text.length);
}

/* "text", */
static inline char *x12i_json_put_text(x12i_json_output *output, char *out, x12_text text)
{
    return x12i_json_put_value(output, x12i_json_room(output, out), text);
}

/* "key":, where there is room */
static inline char *x12i_json_copy_key(char *out, x12i_key key)
{
    memcpy(out, key.text, 32);
    if (key.length > 32)
        memcpy(out + 32, key.text + 32, key.length - 32u);
    return out + key.length;
}
static inline char *x12i_json_put_key(x12i_json_output *output, char *out, x12i_key key)
{
    return x12i_json_copy_key(x12i_json_room(output, out), key);
}

/* A key that no guide has a name for. */
char *x12i_json_put_name(x12i_json_output *output, char *out, const char *name);
/* "name":"text", */
char *x12i_json_put_named(x12i_json_output *output, char *out, const char *name, x12_text text);
/* "name":true, */
char *x12i_json_put_true(x12i_json_output *output, char *out, const char *name);

static inline char *x12i_json_open(x12i_json_output *output, char *out, char bracket)
{
    out = x12i_json_room(output, out);
    *out++ = bracket;
    return out;
}

/* There is room for it: each bracket that closes follows something that saw to more room than it took. */
static inline char *x12i_json_close(x12i_json_output *output, char *out, char bracket)
{
    (void)output;
    if (out[-1] == ',')
        out--;
    *out++ = bracket;
    *out++ = ',';
    return out;
}

/* A date, time or period, behind its key. */
char *x12i_json_put_dated(x12i_json_output *output, char *out, const x12i_field *field, const void *value);
/* A field, or the run that begins with it: a member of the object that is open. */
char *x12i_json_put_field(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner);
/* Fields of a segment, composite or inline slot: members of the object that is open. */
char *x12i_json_put_parts(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner);
/* The members of a whole loop, with everything below it. */
char *x12i_json_put_loop(x12i_json_output *output, char *out, const x12_loop *loop);
/* What stands before the loops that are handed out one by one (all of it, where there are none). */
char *x12i_json_put_head(x12i_json_output *output, char *out, const x12_loop *loop);
/* Its notes: right behind it. */
char *x12i_json_put_head_notes(x12i_json_output *output, char *out, const x12_loop *loop);
/* What stands after them. `notes` is the key for its notes. */
char *x12i_json_put_tail(x12i_json_output *output, char *out, const x12_loop *loop, const char *notes);

/* The segment of an inline slot where it has a note, else NULL. */
static inline const x12_segment *x12i_json_noted(const x12_loop *loop, const x12i_slot *slot)
{
    if (slot->kind != X12I_SLOT_INLINE)
        return NULL;
    const x12_segment *segment = *(const x12_segment *const *)(const void *)((const char *)loop + slot->segment_offset);
    return segment != NULL && (segment->flags & X12_SEGMENT_NOTED) ? segment : NULL;
}

/* The note of a segment that has an object of its own, where it has one. */
char *x12i_json_put_note(x12i_json_output *output, char *out, const x12i_slot *slot, const x12_segment *segment);
/* The notes of the inline slots from `first` to before `last`, under `key`; with the order of the loop's parts, where it has one. */
char *x12i_json_put_notes(x12i_json_output *output, char *out, const char *key, const x12_loop *loop, unsigned first, unsigned last, bool order);
/* A segment without a place: its elements. */
char *x12i_json_put_elements(x12i_json_output *output, char *out, const x12_segment *segment);

#endif
