/* Character sets in which one byte is one character. */
#ifndef REMEDI_WIRE_CHARSET_H
#define REMEDI_WIRE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct x12i_charset {
    const char *name;
    const unsigned char *page; /* EBCDIC: each byte in ISO-8859-1; NULL: ASCII is itself */
    const uint16_t *high;      /* code points of 0x80 to 0x9F; NULL: themselves */
} x12i_charset;

/* NULL: not one of those built in. */
const x12i_charset *x12i_single_byte_charset(const char *name);
/* UTF-8 or plain ASCII; NULL too. */
bool x12i_is_utf8_name(const char *name);

/* Brings input bytes to where ASCII is itself, one byte for one byte. */
void x12i_charset_read(const x12i_charset *charset, unsigned char *data, size_t size);
/* Bytes so read to UTF-8, at most three times as many. Returns how many. */
size_t x12i_charset_widen(const x12i_charset *charset, const char *data, size_t size, char *out);
/* UTF-8 to the bytes of the character set, never more of them; false where it has no such character. */
bool x12i_charset_narrow(const x12i_charset *charset, const char *data, size_t size, char *out, size_t *length);

#endif
