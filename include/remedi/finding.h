/* What is wrong, and where. No text of a finding ever carries a value from the file: values are patients' data. */
#ifndef REMEDI_FINDING_H
#define REMEDI_FINDING_H

#include <remedi/types.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum x12_severity { X12_NOTE, X12_WARNING, X12_ERROR } x12_severity;

/* Codes are permanent. findings.def is the registry, from which this enum and the texts are made. */
typedef enum x12_finding_code {
#define X12_FINDING(code, number, severity, level, acknowledgment, text) X12_FINDING_##code = number,
#include <remedi/findings.def>
#undef X12_FINDING
} x12_finding_code;

/* The part of an envelope that a segment belongs to: TA1, IEA and what stands outside of groups to the interchange, GS and GE to the
   group, ST to SE to the transaction. */
typedef enum x12_scope { X12_SCOPE_NONE, X12_SCOPE_INTERCHANGE, X12_SCOPE_GROUP, X12_SCOPE_TRANSACTION } x12_scope;

/* Where a finding stands. What does not apply is 0 or NULL. Strings live as long as the library or, for `path`, for
   the duration of the callback. */
typedef struct x12_position {
    uint64_t offset; /* bytes from the beginning of the input */
    uint32_t line;   /* from 1 */
    uint32_t column; /* bytes, from 1 */
    uint32_t segment_number;
    const char *loop;    /* "2100" */
    const char *segment; /* "CLP" as the guide spells it, never as the file does */
    const char *qualifier; /* of a segment that is missing: "434" of DTP*434, the first of several that would do */
    const char *data_element; /* X12's number of the element or component, "1028", where it is known */
    const char *table;   /* CSV input: the table, "835/claims" */
    const char *nearest; /* and the name that was probably meant, where an unknown one stands */
    const char *path;    /* CSV input: the column, where it is one of ours. JSON input: the path of the key, made of the guide's names and indexes only */
    uint8_t element;     /* CLP02: 2 */
    uint8_t component;
    uint16_t repetition;
    uint8_t scope;       /* x12_scope */
    uint32_t row;        /* CSV input: from 1, the header's */
} x12_position;

typedef struct x12_finding {
    x12_finding_code code;
    x12_severity severity;
    unsigned level;   /* the SNIP level that it belongs to, 1 to 7; 0: no matter of X12 */
    const char *text; /* fixed text of the code */
    x12_position position;
    const x12_decimal *difference; /* NULL, or of a balance by how much its sides differ, left - right; only where it was asked for */
    const x12_position *trigger;   /* NULL, or what makes a rule ask for this: "SBR02" says that the subscriber is the patient */
} x12_finding;

/* Receives each finding as it is found; the finding lives for the duration of the call. */
typedef struct x12_finding_handler {
    void *context;
    void (*handle)(void *context, const x12_finding *finding);
} x12_finding_handler;

/* An entry of the registry. */
typedef struct x12_finding_type {
    x12_finding_code code;
    x12_severity severity;
    unsigned level;
    const char *name; /* "E1001" or "W2003": its severity's letter and its number */
    const char *text;
    /* The codes of acknowledgments that tell of it; NULL: none. Where several are given, the finding's scope and position decide. */
    const char *interchange_note; /* TA105 */
    const char *group_error;      /* AK905 */
    const char *set_error;        /* IK502 */
    const char *segment_error;    /* IK304 */
    const char *element_error;    /* IK403 */
} x12_finding_type;

/* The registry, entry by entry, by rising number; NULL behind the last. */
const x12_finding_type *x12_finding_type_at(size_t index);
/* The entry of a code; NULL: there is no such code. */
const x12_finding_type *x12_finding_type_of(x12_finding_code code);
/* The permanent name of a code, "?" where there is no such code. */
const char *x12_finding_name(x12_finding_code code);
/* The fixed text of a code; never NULL. */
const char *x12_finding_text(x12_finding_code code);

#ifdef __cplusplus
}
#endif
#endif
