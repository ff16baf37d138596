/* Bytes that grow at their end. */
#ifndef REMEDI_BASE_BUFFER_H
#define REMEDI_BASE_BUFFER_H

#include <remedi/arena.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct x12i_buffer {
    char *data;
    size_t length;
    size_t capacity;
    const x12_allocator *allocator; /* NULL: malloc's family */
    bool failed; /* an allocation failed: everything after that is ignored, asked once at the end */
} x12i_buffer;

/* Room for `more` bytes after length. False, and failed set, when out of memory. */
bool x12i_buffer_grow(x12i_buffer *buffer, size_t more);
void x12i_buffer_free(x12i_buffer *buffer);

static inline bool x12i_buffer_reserve(x12i_buffer *buffer, size_t more)
{
    return buffer->capacity - buffer->length >= more || x12i_buffer_grow(buffer, more);
}

static inline void x12i_buffer_add(x12i_buffer *buffer, const char *data, size_t length)
{
    if (length != 0 && x12i_buffer_reserve(buffer, length)) {
        memcpy(buffer->data + buffer->length, data, length);
        buffer->length += length;
    }
}

static inline void x12i_buffer_add_byte(x12i_buffer *buffer, char byte)
{
    if (x12i_buffer_reserve(buffer, 1))
        buffer->data[buffer->length++] = byte;
}

static inline void x12i_buffer_add_string(x12i_buffer *buffer, const char *string)
{
    x12i_buffer_add(buffer, string, strlen(string));
}

void x12i_buffer_add_number(x12i_buffer *buffer, uint64_t number);

#endif
