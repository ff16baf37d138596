/* Any bytes are answered, and the answers are valid. */
#include "../answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const target x12 = {(char *)(uintptr_t)data, size, size};
    require_answers(&x12, &(flow){.chunk = size % 61});
    return 0;
}
