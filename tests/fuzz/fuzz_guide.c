/* Any bytes as a dictionary, a NUL, and a guide: read, or refused with a place and a reason. */
#include "guide/guide_model.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *nul = size > 0 ? memchr(text, '\0', size) : NULL;
    size_t length = nul != NULL ? (size_t)(nul - text) : size;
    const x12i_guide_source dictionary = {"dictionary", text, length}, source = {"guide", text + length + (nul != NULL), size - length - (nul != NULL)};
    x12i_guide_error error;
    x12_arena *arena = x12_arena_new(NULL);
    if (arena == NULL)
        return 0;
    if (x12i_guide_read(arena, &dictionary, &source, &error) == NULL && (error.message[0] == '\0' || error.place.line == 0))
        abort();
    x12_arena_free(arena);
    return 0;
}
