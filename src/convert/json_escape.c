#include "base/utf8.h"
#include "convert/json_output.h"

char *x12i_json_open_output(x12i_json_output *output, size_t size)
{
    if (!x12i_buffer_reserve(&output->buffer, size))
        return NULL;
    output->limit = output->buffer.data + output->buffer.capacity - X12I_JSON_ROOM;
    return output->buffer.data;
}

char *x12i_json_grow(x12i_json_output *output, char *out, size_t size)
{
    x12i_buffer *buffer = &output->buffer;
    buffer->length = (size_t)(out - buffer->data);
    if (!x12i_buffer_grow(buffer, size))
        buffer->length = 1;
    output->limit = buffer->data + buffer->capacity - X12I_JSON_ROOM;
    return buffer->data + buffer->length;
}

static char *put_escape(char *out, unsigned char byte)
{
    static const char hexadecimal[] = "0123456789abcdef", letters[] = "btn\vfr";
    *out++ = '\\';
    if (byte >= 0x20) {
        *out++ = (char)byte;
    } else if (byte >= '\b' && byte <= '\r' && byte != '\v') {
        *out++ = letters[byte - '\b'];
    } else {
        memcpy(out, "u00", 3);
        out[3] = hexadecimal[byte >> 4];
        out[4] = hexadecimal[byte & 15];
        out += 5;
    }
    return out;
}

/* One character, or the stand-in of one byte; its length goes to *size. */
static char *put_character(char *out, const unsigned char *data, size_t *size)
{
    if (data[0] < 0x80) {
        bool plain = data[0] >= 0x20 && data[0] != '"' && data[0] != '\\';
        *size = 1;
        if (!plain)
            return put_escape(out, data[0]);
        *out = (char)data[0];
        return out + 1;
    }
    size_t length = x12i_utf8_length(data, *size);
    if (length == 0 || x12i_is_byte_character(x12i_utf8_decode(data))) {
        *size = 1;
        return out + x12i_utf8_encode(X12I_BYTE_BASE + (uint32_t)data[0], out);
    }
    *size = length;
    memcpy(out, data, length);
    return out + length;
}

char *x12i_json_escape(x12i_json_output *output, char *out, x12_text text)
{
    const unsigned char *data = (const unsigned char *)text.data, *end = text.length ? data + text.length : data;
    while (data < end) {
        uint64_t bytes;
        size_t size = (size_t)(end - data);
        out = x12i_json_room(output, out);
        if (size >= sizeof bytes && (memcpy(&bytes, data, sizeof bytes), !x12i_json_needs_care(bytes))) {
            memcpy(out, &bytes, sizeof bytes);
            out += sizeof bytes;
            data += sizeof bytes;
        } else {
            out = put_character(out, data, &size);
            data += size;
        }
    }
    return out;
}

char *x12i_json_put_any_text(x12i_json_output *output, char *out, x12_text text)
{
    *out++ = '"';
    out = x12i_json_room(output, x12i_json_escape(output, out, text));
    *out++ = '"';
    *out++ = ',';
    return out;
}

char *x12i_json_put_name(x12i_json_output *output, char *out, const char *name)
{
    out = x12i_json_put_text(output, out, x12i_string_text(name));
    out[-1] = ':';
    return out;
}

char *x12i_json_put_named(x12i_json_output *output, char *out, const char *name, x12_text text)
{
    return x12i_json_put_text(output, x12i_json_put_name(output, out, name), text);
}

char *x12i_json_put_true(x12i_json_output *output, char *out, const char *name)
{
    out = x12i_json_room(output, x12i_json_put_name(output, out, name));
    memcpy(out, "true,", 5);
    return out + 5;
}
