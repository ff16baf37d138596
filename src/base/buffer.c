#include "base/buffer.h"
#include "base/arena.h"

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

/* A number below 10^8 as eight digits, one in each byte, the first in the lowest one: split in halves until each is a digit. */
static uint64_t digits_of(uint64_t number)
{
    number = number / 10000 | number % 10000 << 32;
    uint64_t half = number * 10486 >> 20 & 0x0000007F0000007Fu;
    number = half | (number - 100 * half) << 16;
    half = number * 103 >> 10 & 0x000F000F000F000Fu;
    return half | (number - 10 * half) << 8;
}

/* The digits from the lowest byte of the word on, of which `length` count. */
static void add_digits(x12i_buffer *buffer, uint64_t digits, unsigned length)
{
    if (!x12i_buffer_reserve(buffer, 8))
        return;
    char *out = buffer->data + buffer->length;
    for (unsigned i = 0; i < 8; i++)
        out[i] = (char)('0' + (digits >> 8 * i & 0xF));
    buffer->length += length;
}

void x12i_buffer_add_number(x12i_buffer *buffer, uint64_t number)
{
    const uint64_t end = 100000000;
    if (number >= end) {
        x12i_buffer_add_number(buffer, number / end);
        add_digits(buffer, digits_of(number % end), 8);
        return;
    }
    uint64_t digits = digits_of(number);
    unsigned length = 8;
    for (; length > 1 && (digits & 0xFF) == 0; length--)
        digits >>= 8;
    add_digits(buffer, digits, length);
}
