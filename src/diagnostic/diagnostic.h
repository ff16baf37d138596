/* Raising findings. */
#ifndef REMEDI_DIAGNOSTIC_H
#define REMEDI_DIAGNOSTIC_H

#include <remedi/finding.h>
#include <remedi/types.h>

/* Hands a finding to `handler`, if anybody listens. */
void x12i_raise(const x12_finding_handler *handler, x12_finding_code code, x12_position position);
/* Whether it says why reading ended before the input did: no answer or count stands for it. */
static inline bool x12i_ends_reading(const x12_finding *finding)
{
    return finding->level == 0 || finding->code == X12_FINDING_NOT_X12 || finding->code == X12_FINDING_SEGMENT_TOO_LONG || finding->code == X12_FINDING_CHARSET;
}
/* The position of a segment, as far as the segment knows it. */
x12_position x12i_segment_position(const x12_segment *segment);

#endif
