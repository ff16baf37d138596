#include "cli/text.h"
#include "base/utf8.h"
#include <string.h>

/* Characters that a terminal obeys instead of showing, or that change where others are shown. */
static bool is_unfit(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x61C || character == 0xFEFF || (character >= 0x200B && character <= 0x200F) ||
           (character >= 0x2028 && character <= 0x202E) || (character >= 0x2060 && character <= 0x206F);
}

static size_t escape_code(uint32_t character, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const char code[] = {'\\', 'u', digits[character >> 12 & 15], digits[character >> 8 & 15], digits[character >> 4 & 15], digits[character & 15]};
    memcpy(out, code, sizeof code);
    return sizeof code;
}

size_t cli_escape(const char *data, size_t size, char *out, size_t *length)
{
    const unsigned char *bytes = (const unsigned char *)data;
    size_t taken = x12i_utf8_length(bytes, size);
    uint32_t character = taken ? x12i_utf8_decode(bytes) : (uint32_t)X12I_BYTE_BASE + bytes[0];
    if (taken == 0 || is_unfit(character)) {
        *length = escape_code(character, out);
        return taken ? taken : 1;
    }
    bool quoted = character == '"' || character == '\\';
    if (quoted)
        *out++ = '\\';
    memcpy(out, data, taken);
    *length = taken + quoted;
    return taken;
}

void cli_add_escaped(x12i_buffer *out, const char *data, size_t size)
{
    char shown[CLI_ESCAPE_MAX];
    size_t length;
    while (size != 0) {
        size_t taken = cli_escape(data, size, shown, &length);
        x12i_buffer_add(out, shown, length);
        data += taken;
        size -= taken;
    }
}
