/* What was sent, from inside: a set of facts, each of which is a hash, that an answer to it repeats. */
#ifndef REMEDI_CHECK_SENT_H
#define REMEDI_CHECK_SENT_H

#include "base/text_set.h"
#include <remedi/check.h>

/* What a text is, of the fact before it (0: of none). An empty text: nothing was sent there, or nothing that an answer can repeat. */
typedef enum x12i_fact_kind {
    /* numbers: zeros in front do not tell them apart */
    X12I_FACT_INTERCHANGE, /* ISA13 */
    X12I_FACT_GROUP,       /* GS06 of its code */
    X12I_FACT_INCLUDED,    /* GE01 of a group */
    X12I_FACT_RECEIVED,    /* how many transactions a group really has */
    X12I_FACT_TRANSACTION, /* ST02 of its group */
    X12I_FACT_POSITION,    /* the number of a segment in its transaction */
    /* other texts */
    X12I_FACT_DATE,        /* ISA09 of its interchange */
    X12I_FACT_TIME,        /* ISA10 */
    X12I_FACT_CODE,        /* GS01; ST01 of a transaction; BHT01 */
    X12I_FACT_VERSION,     /* GS08 of a group, ST03 of a transaction */
    X12I_FACT_SEGMENT,     /* the id of one at its position */
    X12I_FACT_TRACE,       /* what an answer may refer to: TRN02, BHT03, CLM01 */
    X12I_FACT_ORIGINATOR,  /* TRN03 of a trace */
    X12I_FACT_REFERENCE    /* BHT03 of BHT01 */
} x12i_fact_kind;

/* Only letters and digits count: what else stands in a text may be a delimiter of the answer, which then cannot repeat it. */
uint64_t x12i_fact(uint64_t of, x12i_fact_kind kind, x12_text text);

bool x12i_was_sent(const x12_sent *sent, x12i_fact_kind kind, uint64_t fact);
/* Whether more of this kind was sent than is kept: what is not known may have been sent all the same. */
bool x12i_sent_is_full(const x12_sent *sent, x12i_fact_kind kind);

#endif
