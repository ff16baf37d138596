#include "check/ack_state.h"
#include "base/value.h"
#include "model/placement.h"
#include <string.h>

enum { NAME = 60, FIRST_NAME = 35, MIDDLE_NAME = 25, SUFFIX = 10, ID = 80, REFERENCE = 50, CLAIM_NUMBER = 50, AMOUNT = 40 /* longer than it may be, to see what is too long */ };
static const char BILL_TYPE[] = "A"; /* CLM05-2: what stands beside it is a type of bill */

static bool is_loop(const x12_placed *placed, const char *id)
{
    return strcmp(x12_loop_id(placed->loop), id) == 0;
}

static bool is_qualified(const x12_placed *placed, const char *segment, const char *qualifier)
{
    return x12i_is_segment(placed, segment) && x12i_is_qualified(placed, qualifier);
}

static x12_text keep(x12_ack *ack, const x12_placed *placed, unsigned element, uint32_t maximum)
{
    return x12i_ack_keep(ack, ack->claim_arena, x12i_sent(placed, element, 0, 0), maximum);
}

static x12i_party keep_party(x12_ack *ack, const x12_placed *placed)
{
    return (x12i_party){
        .entity_type = keep(ack, placed, 2, 1),
        .name = keep(ack, placed, 3, NAME),
        .first_name = keep(ack, placed, 4, FIRST_NAME),
        .middle_name = keep(ack, placed, 5, MIDDLE_NAME),
        .suffix = keep(ack, placed, 7, SUFFIX),
        .id_qualifier = keep(ack, placed, 8, 2),
        .id = keep(ack, placed, 9, ID),
    };
}

/* A new level or claim; a level ends those that were open below it. NULL when out of memory. */
static x12i_answered *begin(x12_ack *ack, x12i_answered_kind kind, uint32_t number)
{
    x12i_claims_state *claims = &ack->claims;
    x12i_answered *begun = x12_arena_allocate(ack->claim_arena, sizeof *begun);
    if (begun == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return NULL;
    }
    *begun = (x12i_answered){.kind = kind, .first = number, .before = claims->last};
    for (int above = (int)kind - 1; above >= 0 && begun->above == NULL; above--)
        begun->above = claims->level[above];
    *(claims->last ? &claims->last->next : &claims->first) = begun;
    claims->last = begun;
    for (x12i_answered *above = begun->above; above != NULL && kind == X12I_CLAIM; above = above->above)
        above->has_claims = true;
    for (unsigned level = kind; level < X12I_CLAIM; level++)
        claims->level[level] = level == kind ? begun : NULL;
    if (kind == X12I_CLAIM)
        x12i_begin_lines(ack, begun);
    x12i_watch_memory(ack);
    return begun;
}

static void take_level(x12_ack *ack, const x12_placed *placed)
{
    static const char *const loops[] = {"2000A", "2000B", "2000C"};
    for (unsigned kind = 0; kind < X12I_CLAIM; kind++)
        if (is_loop(placed, loops[kind]) && placed->place != NULL && x12_place_opens(placed->place, placed->loop))
            begin(ack, (x12i_answered_kind)kind, placed->segment->number);
}

static void take_party(x12_ack *ack, const x12_placed *placed)
{
    static const char *const loops[] = {"2010AA", "2010BA", "2010CA"};
    x12i_claims_state *claims = &ack->claims;
    if (is_loop(placed, "1000A"))
        claims->submitter = keep_party(ack, placed);
    else if (is_loop(placed, "1000B"))
        claims->receiver = keep_party(ack, placed);
    for (unsigned kind = 0; kind < X12I_CLAIM; kind++)
        if (is_loop(placed, loops[kind]) && claims->level[kind] != NULL)
            claims->level[kind]->party = keep_party(ack, placed);
}

static void take_claim(x12_ack *ack, const x12_placed *placed)
{
    x12i_answered *claim = begin(ack, X12I_CLAIM, placed->segment->number);
    if (claim == NULL)
        return;
    claim->control_number = keep(ack, placed, 1, CLAIM_NUMBER);
    claim->charge = x12_decimal_parse(keep(ack, placed, 2, AMOUNT));
    x12_text facility = x12i_sent(placed, 5, 1, 0), kind = x12i_sent(placed, 5, 2, 0), frequency = x12i_sent(placed, 5, 3, 0);
    if (!x12i_is_text(kind, BILL_TYPE) || facility.length != 2 || frequency.length != 1)
        return;
    const char bill[] = {facility.data[0], facility.data[1], *frequency.data};
    claim->type_of_bill = x12i_ack_keep(ack, ack->claim_arena, (x12_text){bill, 3}, 3);
}

static bool is_date(x12_text text)
{
    x12_date date = {.data = text.data, .length = text.length};
    x12i_date_read(&date);
    return text.length == 8 && date.month != 0;
}

bool x12i_read_days(x12_text sent, x12_text *from, x12_text *to)
{
    bool two = sent.length == 17;
    *from = two ? (x12_text){sent.data, 8} : sent;
    *to = two ? (x12_text){sent.data + 9, 8} : sent;
    return is_date(*from) && is_date(*to) && memcmp(from->data, to->data, 8) <= 0;
}

/* Widens the claim's dates by those of a service, or of the statement. */
static void take_dates(x12_ack *ack, const x12_placed *placed)
{
    x12i_answered *claim = ack->claims.last;
    x12_text from, to;
    if (claim == NULL || claim->kind != X12I_CLAIM || !x12i_read_days(x12i_sent(placed, 3, 0, 0), &from, &to))
        return;
    if (claim->from.length == 0 || memcmp(from.data, claim->from.data, 8) < 0)
        claim->from = x12i_ack_keep(ack, ack->claim_arena, from, 8);
    if (claim->to.length == 0 || memcmp(to.data, claim->to.data, 8) > 0)
        claim->to = x12i_ack_keep(ack, ack->claim_arena, to, 8);
}

static void take_reference(x12_ack *ack, const x12_placed *placed)
{
    x12i_claims_state *claims = &ack->claims;
    x12i_answered *provider = claims->level[X12I_BILLING_PROVIDER];
    if (is_loop(placed, "2010AA") && provider != NULL && (is_qualified(placed, "REF", "EI") || is_qualified(placed, "REF", "SY")))
        provider->tax_id = keep(ack, placed, 2, ID);
    else if (is_loop(placed, "2300") && is_qualified(placed, "REF", "D9") && claims->last != NULL && claims->last->kind == X12I_CLAIM)
        claims->last->clearinghouse_number = keep(ack, placed, 2, REFERENCE);
}

static void take_segment(x12_ack *ack, const x12_placed *placed)
{
    x12i_claims_state *claims = &ack->claims;
    if (is_loop(placed, "2400"))
        x12i_take_line(ack, placed);
    if (x12i_is_segment(placed, "HL")) {
        take_level(ack, placed);
    } else if (x12i_is_segment(placed, "NM1")) {
        take_party(ack, placed);
    } else if (x12i_is_segment(placed, "CLM")) {
        take_claim(ack, placed);
    } else if (x12i_is_segment(placed, "REF")) {
        take_reference(ack, placed);
    } else if ((is_loop(placed, "2400") && is_qualified(placed, "DTP", "472")) || (is_loop(placed, "2300") && is_qualified(placed, "DTP", "434"))) {
        take_dates(ack, placed);
    } else if (x12i_is_segment(placed, "BHT")) {
        claims->reference = keep(ack, placed, 3, REFERENCE);
        x12_text date = keep(ack, placed, 4, 8);
        claims->date = is_date(date) ? date : (x12_text){0};
    }
}

void x12i_refuse(x12i_refusal *refusal, const x12i_claim_code *code)
{
    for (unsigned i = 0; i < refusal->count; i++) {
        const x12i_claim_code *said = &refusal->codes[i];
        if (strcmp(said->category, code->category) == 0 && strcmp(said->status, code->status) == 0 && said->entity == code->entity)
            return;
    }
    if (refusal->count < X12I_CLAIM_CODES)
        refusal->codes[refusal->count++] = *code;
}

/* Rejects the claim or level that the segment belongs to; the transaction, where it belongs to none. */
static void reject(x12_ack *ack, const x12i_pending_error *error)
{
    x12i_answered *answered = ack->claims.last;
    while (answered != NULL && answered->first > error->segment_number)
        answered = answered->before;
    if (answered == NULL) {
        ack->transaction.rejected = true;
        return;
    }
    x12i_refuse(&answered->refusal, &error->code);
    x12i_reject_line(ack, answered, error->segment_number, &error->code);
}

void x12i_take_claims(x12_ack *ack, const x12_placed *placed)
{
    x12i_claims_state *claims = &ack->claims;
    if (placed->segment->number == 1) {
        const x12i_guide *guide = ack->transaction.guide;
        claims->wanted = (ack->options.kinds & X12_ACK_277CA) && guide != NULL && x12i_symbol_of_id(guide, x12i_pack("CLM", 3)) >= 0;
    }
    if (!claims->wanted)
        return;
    take_segment(ack, placed);
    for (unsigned i = 0; i < claims->pending_count; i++)
        reject(ack, &claims->pending[i]);
    claims->pending_count = 0;
}

void x12i_settle_claims(x12_ack *ack)
{
    const x12i_claims_state *claims = &ack->claims;
    bool unsaid = claims->pending_count != 0;
    for (const x12i_answered *answered = claims->first; answered != NULL; answered = answered->next)
        unsaid = unsaid || (answered->kind != X12I_CLAIM && answered->refusal.count != 0 && !answered->has_claims);
    ack->transaction.rejected = ack->transaction.rejected || unsaid;
    x12i_settle_lines(ack);
}

bool x12i_reject_claim(x12_ack *ack, const x12_finding_type *type, const x12_position *position)
{
    x12i_claims_state *claims = &ack->claims;
    if (!claims->wanted || !x12i_is_of_claims(type))
        return false;
    const x12i_pending_error error = {x12i_claim_code_of(ack->transaction.guide, type, position), position->segment_number};
    if (position->segment_number <= ack->transaction.placed)
        reject(ack, &error);
    else if (claims->pending_count < X12I_CLAIM_CODES)
        claims->pending[claims->pending_count++] = error;
    return true;
}
