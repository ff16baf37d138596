/* JSON text as it is made. Every member and item is put with a comma behind it, which closing its object takes back. */
#ifndef REMEDI_CONVERT_JSON_OUTPUT_H
#define REMEDI_CONVERT_JSON_OUTPUT_H

#include "base/buffer.h"
#include "convert/json_names.h"

/* The room that a put function may use up without asking again: a key and the longest value that it copies in one go. */
enum { X12I_JSON_ROOM = 1024, X12I_JSON_SHORT = 64 };

typedef struct x12i_json_output {
    x12i_buffer buffer;     /* its length is set only between events: within one, `out` pointers say where it ends */
    char separator[4];      /* the interchange's element separator, in UTF-8 */
    size_t separator_length;
} x12i_json_output;

/* Sees that X12I_JSON_ROOM bytes stand free at the returned place. When memory runs out, the text begins again at the front, for nothing: the
   buffer's `failed` says so at the end. */
char *x12i_json_grow(x12i_json_output *output, char *out);

static inline char *x12i_json_room(x12i_json_output *output, char *out)
{
    if ((size_t)(output->buffer.data + output->buffer.capacity - out) >= X12I_JSON_ROOM)
        return out;
    return x12i_json_grow(output, out);
}

/* The inside of a string, of any length. */
char *x12i_json_escape(x12i_json_output *output, char *out, x12_text text);

/* Whether one of eight bytes is not itself in a JSON string, or not ASCII. */
static inline bool x12i_json_needs_care(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t quote = (bytes ^ (ones * '"')) - ones, backslash = (bytes ^ (ones * '\\')) - ones, control = bytes - ones * 0x20;
    return ((bytes | quote | backslash | control) & (ones << 7)) != 0;
}

/* The bytes of a short text in one or two words that overlap, so that none is read beyond it. */
static inline uint64_t x12i_json_load_short(const char *data, uint32_t length)
{
    if (length >= 4) {
        uint32_t front, back;
        memcpy(&front, data, 4);
        memcpy(&back, data + length - 4, 4);
        return (uint64_t)back << 32 | front;
    }
    uint64_t first = (unsigned char)data[0], middle = (unsigned char)data[length / 2], last = (unsigned char)data[length - 1];
    return 0x2020202020000000u | last << 16 | middle << 8 | first;
}

static inline void x12i_json_copy_short(char *out, const char *data, uint32_t length)
{
    if (length >= 4) {
        memcpy(out, data, 4);
        memcpy(out + length - 4, data + length - 4, 4);
    } else {
        out[0] = data[0];
        out[length / 2] = data[length / 2];
        out[length - 1] = data[length - 1];
    }
}

/* Copies a text of 1 to X12I_JSON_SHORT bytes that needs no escape; false where it does. */
static inline bool x12i_json_copy_clean(char *out, x12_text text)
{
    uint64_t bytes;
    if (text.length < sizeof bytes) {
        x12i_json_copy_short(out, text.data, text.length);
        return !x12i_json_needs_care(x12i_json_load_short(text.data, text.length));
    }
    for (uint32_t i = 0; i + sizeof bytes < text.length; i += sizeof bytes) {
        memcpy(&bytes, text.data + i, sizeof bytes);
        if (x12i_json_needs_care(bytes))
            return false;
        memcpy(out + i, &bytes, sizeof bytes);
    }
    memcpy(&bytes, text.data + text.length - sizeof bytes, sizeof bytes);
    memcpy(out + text.length - sizeof bytes, &bytes, sizeof bytes);
    return !x12i_json_needs_care(bytes);
}

/* "text", */
static inline char *x12i_json_put_text(x12i_json_output *output, char *out, x12_text text)
{
    out = x12i_json_room(output, out);
    *out++ = '"';
    if (text.length != 0 && text.length <= X12I_JSON_SHORT && x12i_json_copy_clean(out, text))
        out += text.length;
    else
        out = x12i_json_room(output, x12i_json_escape(output, out, text));
    *out++ = '"';
    *out++ = ',';
    return out;
}

static inline char *x12i_json_put_key(x12i_json_output *output, char *out, x12i_key key)
{
    out = x12i_json_room(output, out);
    memcpy(out, key.text, 32);
    if (key.length > 32)
        memcpy(out + 32, key.text + 32, key.length - 32u);
    return out + key.length;
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

static inline char *x12i_json_close(x12i_json_output *output, char *out, char bracket)
{
    if (out[-1] == ',')
        out--;
    out = x12i_json_room(output, out);
    *out++ = bracket;
    *out++ = ',';
    return out;
}

/* Fields of a segment, composite or inline slot: members of the object that is open. */
char *x12i_json_put_parts(x12i_json_output *output, char *out, const x12i_parts *parts, const void *owner);
/* The members of a whole loop, with everything below it. */
char *x12i_json_put_loop(x12i_json_output *output, char *out, const x12_loop *loop);
/* What stands before the loops that are handed out one by one (all of it, where there are none). */
char *x12i_json_put_head(x12i_json_output *output, char *out, const x12_loop *loop);
char *x12i_json_put_head_notes(x12i_json_output *output, char *out, const x12_loop *loop);
/* What stands after them. `notes` is the key for its notes. */
char *x12i_json_put_tail(x12i_json_output *output, char *out, const x12_loop *loop, const char *notes);

/* The note of a segment that has an object of its own, where it has one. */
char *x12i_json_put_note(x12i_json_output *output, char *out, const x12i_slot *slot, const x12_segment *segment);
/* The notes of the inline slots from `first` to before `last`, under `key`; with the order of the loop's parts, where it has one. */
char *x12i_json_put_notes(x12i_json_output *output, char *out, const char *key, const x12_loop *loop, unsigned first, unsigned last, bool order);
/* A segment without a place: its elements. */
char *x12i_json_put_elements(x12i_json_output *output, char *out, const x12_segment *segment);

#endif
