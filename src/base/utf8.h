/* UTF-8: what is valid, and how single bytes that are not stand in for themselves. */
#ifndef REMEDI_BASE_UTF8_H
#define REMEDI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length (1 to 4) of the valid UTF-8 character at `data`, 0 where there is none. */
size_t x12i_utf8_length(const unsigned char *data, size_t size);
/* Writes `code_point` (a scalar value) and returns its length. */
size_t x12i_utf8_encode(uint32_t code_point, char *out);
/* The code point of the valid character at `data`. */
uint32_t x12i_utf8_decode(const unsigned char *data);
bool x12i_utf8_is_valid(const char *data, size_t size);

/* In JSON, a byte >= 0x80 that is not part of a valid character, or is part of one in U+F780..U+F7FF, stands as
   U+F700 + byte, so that every byte comes back. */
enum { X12I_BYTE_BASE = 0xF700 };
static inline bool x12i_is_byte_character(uint32_t code_point)
{
    return code_point >= X12I_BYTE_BASE + 0x80 && code_point <= X12I_BYTE_BASE + 0xFF;
}

#endif
