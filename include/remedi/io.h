/* Where bytes come from and go to. The library opens no files itself. */
#ifndef REMEDI_IO_H
#define REMEDI_IO_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `read` stores up to `size` bytes (size > 0) and returns how many, 0 at the end, -1 when reading failed. Any number of
   bytes a call gives the same result. */
typedef struct x12_input {
    void *context;
    ptrdiff_t (*read)(void *context, void *buffer, size_t size);
} x12_input;

/* `write` takes all `size` bytes or returns false. */
typedef struct x12_output {
    void *context;
    bool (*write)(void *context, const void *data, size_t size);
} x12_output;

#ifdef __cplusplus
}
#endif
#endif
