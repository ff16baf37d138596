/* The answer to claims from inside: what its files share. */
#ifndef REMEDI_CHECK_ACK_277CA_H
#define REMEDI_CHECK_ACK_277CA_H

#include "check/ack_state.h"
#include <remedi/277ca.h>

/* A 277CA in the making, which is written as it goes: only the loops that are open are in memory. */
typedef struct x12i_claims_answer {
    x12_ack *ack;
    x12_text date;       /* CCYYMMDD, of the answer */
    x12_277ca *root;
    x12_277ca_source *source;
    x12_277ca_receiver *receiver;
    x12_277ca_provider *provider;        /* NULL: none is open */
    x12_277ca_provider_patient *patient; /* likewise */
    const x12i_answered *provider_answered;
    const x12i_answered *patient_answered;
    x12i_mark before_provider, before_patient;
} x12i_claims_answer;

/* What a claim or level is told: a STC for each. */
typedef struct x12i_verdict {
    const x12i_claim_code *codes;
    size_t count;
    bool rejected;
} x12i_verdict;

static inline x12_text x12i_either(x12_text value, x12_text other)
{
    return value.length ? value : other;
}

static inline x12_text x12i_or_unknown(x12_text value)
{
    return x12i_either(value, x12i_string_text("UNKNOWN"));
}

static inline x12_text x12i_entity_text(const x12i_claim_code *code)
{
    return code->entity ? x12i_string_text(code->entity) : (x12_text){0};
}

/* Fills STC01, which has a type of its own at each level. */
#define X12I_SET_CODE(part, code) \
    ((part)->category_code = x12i_string_text((code)->category), (part)->status_code = x12i_string_text((code)->status), (part)->entity_code = x12i_entity_text(code))

static inline x12_text x12i_claim_action(bool rejected)
{
    return x12i_string_text(rejected ? "U" : "WQ");
}

static inline x12_period x12i_as_period(x12_text text)
{
    return (x12_period){.data = text.data, .length = text.length};
}

static inline x12_date x12i_as_date(x12_text text)
{
    return (x12_date){.data = text.data, .length = text.length};
}

/* ack_277ca.c */

/* It is rejected for what is wrong with itself, or else with the level around it. */
x12i_verdict x12i_verdict_of(const x12i_answered *answered, const x12i_claim_code *accepted);
/* Zeroed memory for the items of a list. NULL when out of memory, and the handle knows. */
void *x12i_new_items(x12_ack *ack, size_t count, size_t size);
/* As an answer spells them. */
x12_decimal x12i_count_as_decimal(x12_ack *ack, uint64_t count);
x12_decimal x12i_keep_decimal(x12_ack *ack, const x12_decimal *decimal);
void x12i_write_claims_loop(const x12i_claims_answer *making, x12_event_kind kind, void *loop);

/* ack_277ca_claims.c */

/* Says in the open loop of a patient who that is. */
void x12i_answer_patient(x12i_claims_answer *making);
/* Writes what the claim is told, with its service lines. */
void x12i_answer_claim(const x12i_claims_answer *making, const x12i_answered *answered);

#endif
