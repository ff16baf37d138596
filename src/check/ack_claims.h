/* The claims of an 837 and the levels around them, as far as a 277CA answers them. */
#ifndef REMEDI_CHECK_ACK_CLAIMS_H
#define REMEDI_CHECK_ACK_CLAIMS_H

#include "guide/descriptor.h"
#include <remedi/decimal.h>
#include <remedi/finding.h>
#include <remedi/types.h>

/* STC01, its components. */
typedef struct x12i_claim_code {
    const char *category; /* of 507 */
    const char *status;   /* of 508 */
    const char *entity;   /* NULL: none */
} x12i_claim_code;

/* Whether a claim can be rejected for this, and what it is told then. */
bool x12i_is_of_claims(const x12_finding_type *type);
x12i_claim_code x12i_claim_code_of(const x12i_guide *guide, const x12_finding_type *type, const x12_position *position);

/* An NM1. */
typedef struct x12i_party {
    x12_text entity_type;
    x12_text name;
    x12_text first_name;
    x12_text middle_name;
    x12_text suffix;
    x12_text id_qualifier;
    x12_text id;
} x12i_party;

enum { X12I_CLAIM_CODES = 3 };

/* What a level, claim or line is rejected for. */
typedef struct x12i_refusal {
    x12i_claim_code codes[X12I_CLAIM_CODES];
    unsigned count; /* 0: it is not */
} x12i_refusal;

/* What an answer repeats of a service line. */
typedef enum x12i_line_text {
    X12I_LINE_NUMBER,    /* LX01 */
    X12I_LINE_CONTROL,   /* the sender's own number, where he gives it one */
    X12I_LINE_QUALIFIER, /* of the procedure */
    X12I_LINE_PROCEDURE,
    X12I_LINE_MODIFIERS,
    X12I_LINE_REVENUE = X12I_LINE_MODIFIERS + 4,
    X12I_LINE_CHARGE,
    X12I_LINE_UNITS,
    X12I_LINE_DATE
} x12i_line_text;

enum { X12I_LINE_SEGMENTS = 4 }; /* that say this */

typedef struct x12i_line {
    struct x12i_line *next;
    uint32_t first; /* number of its first segment */
    x12_text segments[X12I_LINE_SEGMENTS]; /* as they were sent */
    x12i_refusal refusal;
} x12i_line;

typedef enum x12i_answered_kind { X12I_BILLING_PROVIDER, X12I_SUBSCRIBER, X12I_DEPENDENT, X12I_CLAIM } x12i_answered_kind;

/* A hierarchical level, or a claim. */
typedef struct x12i_answered {
    struct x12i_answered *before; /* the one sent before it; NULL: none */
    struct x12i_answered *next;
    struct x12i_answered *above;  /* the level that it belongs to; NULL: a provider, or what was sent without the level above */
    x12i_answered_kind kind;
    uint32_t first;               /* number of its first segment */
    x12i_party party;             /* of a level */
    x12_text tax_id;              /* of a provider */
    x12_text control_number;      /* of a claim: CLM01 */
    x12_decimal charge;
    x12_text type_of_bill;
    x12_text clearinghouse_number;
    x12_text from, to;            /* CCYYMMDD; empty: not known */
    x12i_refusal refusal;
    x12i_line *lines;             /* of a claim: those that are refused */
    bool has_claims;              /* a level: below it */
} x12i_answered;

/* An error in a segment that is still to be placed: only then it is known whose it is. */
typedef struct x12i_pending_error {
    x12i_claim_code code;
    uint32_t segment_number;
} x12i_pending_error;

/* The lines of one claim, for as long as errors may still be found in them. */
typedef struct x12i_claim_lines {
    x12i_answered *claim; /* NULL: none */
    x12i_line *first;
    x12i_line *last;
} x12i_claim_lines;

typedef struct x12i_claims_state {
    bool wanted;     /* this is an 837, and it is to have a 277CA */
    x12i_party submitter;
    x12i_party receiver;
    x12_text reference; /* BHT03 */
    x12_text date;   /* BHT04 */
    x12i_answered *first;
    x12i_answered *last;
    x12_syntax syntax;         /* of the lines */
    x12i_claim_lines lines[2]; /* of the last two claims, by turns */
    unsigned turn;             /* which of them are the last claim's */
    x12i_answered *level[X12I_CLAIM]; /* the last provider, subscriber, dependent; NULL: none is open */
    x12i_pending_error pending[X12I_CLAIM_CODES];
    unsigned pending_count;
} x12i_claims_state;

#endif
