#include "base/buffer.h"
#include "base/arena.h"
#include "base/short_text.h"

bool x12i_buffer_grow(x12i_buffer *buffer, size_t more)
{
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (!buffer->failed && capacity - buffer->length < more) {
        if (capacity > SIZE_MAX / 2)
            buffer->failed = true;
        else
            capacity *= 2;
    }
    char *data = buffer->failed ? NULL : x12i_resize(buffer->allocator, buffer->data, buffer->capacity, capacity);
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void x12i_buffer_free(x12i_buffer *buffer)
{
    x12i_release(buffer->allocator, buffer->data, buffer->capacity);
    *buffer = (x12i_buffer){.allocator = buffer->allocator};
}

/* Two digits at a time: each division waits for the one before. */
void x12i_buffer_add_number(x12i_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        unsigned two = (unsigned)(number % 100);
        digits[--at] = (char)('0' + two % 10);
        digits[--at] = (char)('0' + two / 10);
    } while ((number /= 100) != 0);
    at += digits[at] == '0';
    x12i_buffer_add_text(buffer, digits + at, (uint32_t)(sizeof digits - at));
}
