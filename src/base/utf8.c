#include "base/utf8.h"

static size_t expected_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte. */
static int second_fits(unsigned char lead, unsigned char second)
{
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

size_t x12i_utf8_length(const unsigned char *data, size_t size)
{
    size_t length = size ? expected_length(data[0]) : 0;
    if (length > size || (length > 1 && !second_fits(data[0], data[1])))
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((data[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

uint32_t x12i_utf8_decode(const unsigned char *data)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    size_t length = expected_length(data[0]);
    uint32_t code_point = data[0] & masks[length];
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (data[i] & 0x3Fu);
    return code_point;
}

size_t x12i_utf8_encode(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, code_point >>= 6)
        out[i] = (char)(0x80 | (code_point & 0x3F));
    out[0] = (char)(leads[length] | code_point);
    return length;
}

bool x12i_utf8_is_valid(const char *data, size_t size)
{
    for (size_t at = 0, length; at < size; at += length) {
        length = x12i_utf8_length((const unsigned char *)data + at, size - at);
        if (length == 0)
            return false;
    }
    return true;
}
