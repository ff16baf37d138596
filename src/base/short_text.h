/* Short texts, which are most: a call would take longer than they do. */
#ifndef REMEDI_BASE_SHORT_TEXT_H
#define REMEDI_BASE_SHORT_TEXT_H

#include "base/buffer.h"
#include "base/compiler.h"
#include <stdint.h>
#include <string.h>

/* The longest text that is copied in one go. */
enum { X12I_SHORT_TEXT = 16 };

/* Copies a text of 1 to 16 bytes, in words that overlap so that none is read beyond it. The words are given back as two, for a look at them. */
static X12I_WITHIN void x12i_copy_short(char *out, const char *data, uint32_t length, uint64_t words[2])
{
    if (length >= 8) {
        memcpy(&words[0], data, 8);
        memcpy(&words[1], data + length - 8, 8);
        memcpy(out, &words[0], 8);
        memcpy(out + length - 8, &words[1], 8);
    } else if (length >= 4) {
        uint32_t front, back;
        memcpy(&front, data, 4);
        memcpy(&back, data + length - 4, 4);
        memcpy(out, &front, 4);
        memcpy(out + length - 4, &back, 4);
        words[0] = words[1] = front | (uint64_t)back << 32;
    } else {
        unsigned char first = (unsigned char)data[0], middle = (unsigned char)data[length / 2], last = (unsigned char)data[length - 1];
        out[0] = (char)first;
        out[length / 2] = (char)middle;
        out[length - 1] = (char)last;
        words[0] = words[1] = 0x2020202020000000u | (uint64_t)last << 16 | (uint64_t)middle << 8 | first;
    }
}

/* Adds a text that is mostly short. */
static X12I_WITHIN void x12i_buffer_add_text(x12i_buffer *buffer, const char *data, uint32_t length)
{
    uint64_t words[2];
    if (length > X12I_SHORT_TEXT || !x12i_buffer_reserve(buffer, X12I_SHORT_TEXT)) {
        x12i_buffer_add(buffer, data, length);
        return;
    }
    if (length != 0)
        x12i_copy_short(buffer->data + buffer->length, data, length, words);
    buffer->length += length;
}

#endif
