/* What a check says of an interchange. */
#ifndef TESTS_FINDINGS_H
#define TESTS_FINDINGS_H

#include "base/buffer.h"
#include <remedi/check.h>

enum { MOST_FINDINGS = 64 };

typedef struct findings {
    x12_status status; /* X12_END when all was read */
    unsigned count;    /* notes are not counted */
    x12_finding items[MOST_FINDINGS];
} findings;

void check_text(const x12i_buffer *text, findings *found);
/* What the reader of its JSON says of the values. */
void check_values_in_json(const x12i_buffer *text, findings *found);

#endif
