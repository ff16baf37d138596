/* Answers to the sender of a file: TA1, 999 and 277CA, from what a reader and a check have found in it. */
#ifndef REMEDI_ACK_H
#define REMEDI_ACK_H

#include <remedi/arena.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/guide.h>
#include <remedi/io.h>
#include <remedi/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct x12_ack x12_ack;

/* A TA1 is also sent where the interchange asks for it (ISA14 is 1), and where it is refused. */
enum { X12_ACK_999 = 1, X12_ACK_277CA = 2, X12_ACK_TA1 = 4 };

/* All zero means the defaults. */
typedef struct x12_ack_options {
    const x12_allocator *allocator; /* NULL: malloc's family; must outlive the handle */
    x12_finding_handler findings;   /* gets the errors and warnings that no acknowledgment tells of */
    unsigned kinds;                 /* X12_ACK_...; 0: X12_ACK_999 */
    unsigned level;                 /* findings of a higher SNIP level count for nothing; 0: all count */
    unsigned error_limit;           /* findings told of in one transaction; 0: 100. A transaction is refused for the others all the same */
    size_t record_limit;            /* bytes of memory for the 999 of one functional group and the claims of one transaction; 0: 64 MiB */
    bool bad_values;                /* a 999 repeats wrong values (IK404): they are patients' data */
    uint32_t control_number;        /* of the first interchange and group written, ISA13 and GS06; the next follow; 0: 1 */
    int64_t date;                   /* seconds since 1970 UTC, of the envelopes; 0: 1970-01-01 */
} x12_ack_options;

/* What was decided so far. */
typedef struct x12_ack_result {
    uint64_t interchanges;          /* that were read */
    uint64_t rejected_interchanges;
    uint64_t transactions;          /* of the interchanges that were taken */
    uint64_t rejected_transactions;
    uint64_t claims;                /* told of in 277CAs */
    uint64_t rejected_claims;
    uint32_t control_number;        /* the next */
} x12_ack_result;

/* Opens a handle that writes acknowledgments, in ASCII, to `output`: those of an interchange when it has ended. The caller frees `*ack`. */
x12_status x12_ack_open(x12_ack **ack, x12_output output, const x12_ack_options *options);
/* Takes the findings of a reader and a check. */
x12_finding_handler x12_ack_findings(x12_ack *ack);
/* Takes what the reader places; context is the handle (x12_watcher). */
void x12_ack_placed(void *ack, const x12_placed *placed);
/* Takes the next event, when all findings about it were raised. What went wrong before, in the two above, is answered here too. */
x12_status x12_ack_event(x12_ack *ack, const x12_event *event);
/* Call it when the reader has ended. X12_ERROR_FORMAT where there was no interchange to answer. */
x12_status x12_ack_finish(x12_ack *ack);
x12_ack_result x12_ack_results(const x12_ack *ack);
/* Frees the handle. NULL is allowed. */
void x12_ack_free(x12_ack *ack);

#ifdef __cplusplus
}
#endif
#endif
