/* An acknowledgment in the making: what is kept of the interchange, group and transaction that are being read. */
#ifndef REMEDI_CHECK_ACK_STATE_H
#define REMEDI_CHECK_ACK_STATE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "check/ack_claims.h"
#include "model/structure.h"
#include <remedi/999.h>
#include <remedi/ack.h>
#include <remedi/envelope.h>
#include <remedi/writer.h>

/* The codes of a segment that has room for five. */
typedef struct x12i_error_codes {
    const char *items[5];
    unsigned count;
} x12i_error_codes;

/* A finding that a 999 tells of. */
typedef struct x12i_note {
    const x12_finding_type *type;
    x12_severity severity;
    x12_position position;
    const char *element_error; /* IK403; NULL: it is of the segment as a whole */
    x12_position trigger;      /* of a situational rule; its segment NULL: none */
    uint32_t arrival; /* which finding of the transaction it is */
    x12_text id;     /* of its segment, where the guide has no spelling for it */
    x12_text value;  /* the wrong one; empty: not repeated */
    const char *unit; /* "CLM01": the element that names the claim which the segment is in; NULL: it is in none */
    x12_text unit_value;
} x12i_note;

typedef struct x12i_transaction_state {
    bool open;
    bool rejected;
    bool noted;      /* something is wrong, but nothing that it is rejected for */
    uint32_t placed; /* number of the last segment that was placed */
    const x12i_guide *guide; /* NULL: none */
    x12_text code;   /* ST01 */
    x12_text control_number;
    x12_text version; /* ST03 */
    unsigned note_count;
    unsigned replaceable; /* only among the first of them may be warnings */
    uint32_t arrivals;
    uint32_t awaited; /* number of the last segment that one of them was made of before it was placed */
    const char *unit; /* of the claim, inquiry or payment that is open */
    x12_text unit_value;
    const x12_loop_type *unit_loop;
    uint32_t unit_start; /* number of its first segment */
    x12_placed at_hand; /* the segment that was placed last; its segment NULL: it is gone */
    x12i_error_codes errors;
} x12i_transaction_state;

typedef struct x12i_group_state {
    bool acknowledges; /* it holds acknowledgments itself: they get none */
    bool answered;   /* it gets a 999 */
    bool rejected;
    x12i_error_codes errors;
    x12_text code;   /* GS01 */
    x12_text sender;
    x12_text receiver;
    x12_text sent_control_number;
    x12_text version;
    x12_text included; /* GE01 */
    uint64_t received;
    uint64_t accepted;
    uint64_t noted;  /* accepted, but with errors */
    x12_999 *answer;
    uint32_t control_number; /* for its 999; 0: there may be none */
    uint64_t claims;     /* in its 277CAs */
    uint64_t rejected_claims;
} x12i_group_state;

typedef struct x12i_interchange_state {
    bool implied;    /* no ISA opens it: there is nobody to answer */
    const char *error; /* TA105 of the first error; NULL: none */
    const char *warning;
    bool more_than_ta1; /* it holds something that may be acknowledged */
    x12_interchange header; /* of an answer: sender and receiver are swapped */
    x12_acknowledgment acknowledgment; /* what its TA1 repeats */
    x12_syntax syntax;
    uint32_t control_number; /* the next one when it began */
    uint32_t reserved;   /* for its TA1; 0: none is asked for */
    uint32_t claim_answers; /* 277CAs so far */
    x12_ack_result tally; /* counts only when the interchange is taken */
} x12i_interchange_state;

/* Interchanges with answers of one kind, in the making. */
typedef struct x12i_answers {
    x12_writer *writer;  /* of the one that is open; NULL: none */
    x12_interchange *header;
    x12_group *group;    /* that is open in it; NULL: none */
    x12i_buffer held;    /* what was written, until it is known whether it goes out */
    size_t start;        /* of the open interchange in `held` */
} x12i_answers;

struct x12_ack {
    x12_ack_options options;
    x12_output output;
    x12_status status;
    x12_ack_result result;
    bool answerable;     /* an interchange with an ISA was read */
    x12_arena *lasting;  /* of the interchange */
    x12_arena *arena;    /* of the group and its 999 */
    x12_arena *claim_arena; /* of the claims of the transaction, and their 277CA */
    x12_arena *line_arenas[2]; /* of claims.lines */
    x12i_mark bottom;    /* of each, empty */
    x12i_mark lasting_bottom;
    x12i_mark claim_bottom;
    x12i_mark line_bottoms[2];
    x12i_note *notes;    /* no more than options.error_limit */
    size_t note_capacity;
    x12i_interchange_state interchange;
    x12i_group_state group;
    x12i_transaction_state transaction;
    x12i_claims_state claims; /* of the transaction */
    x12i_answers implementation_answers; /* 999s */
    x12i_answers claim_answers;          /* 277CAs */
};

/* The first failure stays. */
static inline void x12i_ack_fail(x12_ack *ack, x12_status status)
{
    if (ack->status == X12_OK)
        ack->status = status;
}

/* Fails when more is kept of a group than the options allow. */
void x12i_watch_memory(x12_ack *ack);
/* Adds a code that is not there yet, as long as there is room; NULL is none. */
void x12i_add_error(x12i_error_codes *codes, const char *code);

/* ack_values.c: from what was sent to what may be sent back */

bool x12i_has_id(const x12_placed *placed, const char *id);
static inline bool x12i_is_segment(const x12_placed *placed, const char *id)
{
    return placed->segment->length != 0 && *placed->segment->text == *id && x12i_has_id(placed, id);
}
/* Whether that is its first element. */
bool x12i_is_qualified(const x12_placed *placed, const char *qualifier);
/* What was sent as element, component (0: the element as a whole) and repetition (0: likewise); empty where nothing was. */
x12_text x12i_sent(const x12_placed *placed, unsigned element, unsigned component, unsigned repetition);
/* A copy of what an answer can carry of `value`: printable ASCII but for its delimiters, each other character a blank, no blanks
   around it, `maximum` bytes at the most. Empty where that leaves nothing, or out of memory. */
x12_text x12i_ack_keep(x12_ack *ack, x12_arena *arena, x12_text value, uint32_t maximum);
/* The same where it is digits and nothing else; empty where not. */
x12_text x12i_keep_digits(x12_ack *ack, x12_arena *arena, x12_text value, uint32_t maximum);
x12_text x12i_number_text(x12_ack *ack, x12_arena *arena, uint64_t number, unsigned width);
static inline x12_decimal x12i_as_decimal(x12_text text)
{
    return (x12_decimal){.data = text.data, .length = text.length};
}
/* Whether the guide lists the code for an element of a segment. */
bool x12i_lists(const x12i_slot *slot, unsigned element, x12_text code);
/* The guide with this id. */
const x12i_guide *x12i_answer_guide(const char *id);
/* A new transaction of it; NULL when out of memory, and the handle knows. */
void *x12i_new_answer(x12_ack *ack, x12_arena *arena, const char *guide);
/* One more loop with this id in its place in `parent`; NULL likewise, or where that is NULL. */
void *x12i_add_answer(x12_ack *ack, x12_arena *arena, void *parent, const char *id);
/* The same for one that is written by itself: `parent` does not hold it. */
void *x12i_open_answer(x12_ack *ack, x12_arena *arena, void *parent, const char *id);
/* A copy of the codes as a list. */
x12_text_list x12i_list_errors(x12_ack *ack, const x12i_error_codes *codes);

/* ack_answers.c: what goes out */

/* The next number for ISA13 or GS06. */
uint32_t x12i_take_control_number(x12_ack *ack);
/* Opens the group that answers the one at hand, where it is not open yet, under the number `control_number`. */
void x12i_begin_answers(x12_ack *ack, x12i_answers *answers, uint32_t control_number);
/* Writes a transaction of it, whole or loop by loop. */
void x12i_write_answer(x12_ack *ack, const x12i_answers *answers, x12_event_kind kind, void *loop);
void x12i_end_answer_group(x12_ack *ack, x12i_answers *answers);
/* Ends the open interchange, or takes it back. */
void x12i_end_answers(x12_ack *ack, x12i_answers *answers);
void x12i_drop_answers(x12i_answers *answers);
/* Sends what is held, or not. */
void x12i_settle_answers(x12_ack *ack, x12i_answers *answers, bool send);
/* The interchange of a TA1 that says this. */
void x12i_send_ta1(x12_ack *ack, const char *code, const char *note);

/* ack_envelope.c: the interchanges and groups that are answered */

void x12i_begin_interchange(x12_ack *ack, const x12_event *event);
void x12i_end_interchange(x12_ack *ack);
void x12i_begin_group(x12_ack *ack, const x12_group *group);
void x12i_end_group(x12_ack *ack);

/* ack_notes.c: what a 999 will say of the transaction that is being read */

/* A segment of the transaction was placed: it completes the notes that were made of it before. */
void x12i_take_segment(x12_ack *ack, const x12_placed *placed);
void x12i_add_note(x12_ack *ack, const x12_finding *finding);

/* ack_claims.c: the claims of an 837, and which are rejected */

/* A segment of the transaction was placed. */
void x12i_take_claims(x12_ack *ack, const x12_placed *placed);
/* Whether an error is that of a claim, or of a level around claims: then the transaction need not be rejected for it. */
bool x12i_reject_claim(x12_ack *ack, const x12_finding_type *type, const x12_position *position);

/* The transaction ends: it is rejected for what no claim can be told. */
void x12i_settle_claims(x12_ack *ack);

/* The same code is not said twice, and what is more than there is room for not at all. */
void x12i_refuse(x12i_refusal *refusal, const x12i_claim_code *code);
/* The first and last day of a date or of two, CCYYMMDD; false where these are none. */
bool x12i_read_days(x12_text sent, x12_text *from, x12_text *to);

/* ack_lines.c: the service lines of claims, and which are rejected */

/* A claim begins: those of the one before the last are settled. */
void x12i_begin_lines(x12_ack *ack, x12i_answered *claim);
/* A segment of a service line was placed. */
void x12i_take_line(x12_ack *ack, const x12_placed *placed);
/* What an answer can carry of what was sent there; empty where nothing was. */
x12_text x12i_text_of_line(x12_ack *ack, const x12i_line *line, x12i_line_text text);
/* An error in the claim: it is that of a line, too, where it stands in one. */
void x12i_reject_line(x12_ack *ack, const x12i_answered *claim, uint32_t segment_number, const x12i_claim_code *code);
/* The transaction ends. */
void x12i_settle_lines(x12_ack *ack);

/* ack_277ca.c: the answer to the claims of the transaction that ends */
void x12i_answer_claims(x12_ack *ack);

/* ack_999.c: the answer to a group */

/* Ends the transaction with its entry in the answer. */
void x12i_end_transaction(x12_ack *ack);

#endif
