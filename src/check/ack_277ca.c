#include "check/ack_277ca.h"
#include "base/value.h"

static const x12i_claim_code RECEIVED = {"A1", "19", "PR"};

/* How many claims of a level were taken, how many not, and the charges of both. */
typedef struct totals {
    uint64_t count[2];
    x12_decimal charge[2];
} totals;

x12_decimal x12i_count_as_decimal(x12_ack *ack, uint64_t count)
{
    return x12i_as_decimal(x12i_number_text(ack, ack->claim_arena, count, 1));
}

x12_decimal x12i_keep_decimal(x12_ack *ack, const x12_decimal *decimal)
{
    char spelled[X12_DECIMAL_SIZE];
    size_t length = x12_decimal_format(decimal, spelled);
    return x12i_as_decimal(x12i_ack_keep(ack, ack->claim_arena, (x12_text){spelled, (uint32_t)length}, X12_DECIMAL_SIZE));
}

static const x12_decimal NOTHING = {.valid = true};

static x12_decimal total_charge(x12_ack *ack, const totals *sum)
{
    x12_decimal total = NOTHING;
    x12_decimal_add(&total, &sum->charge[0], &sum->charge[1]);
    return x12i_keep_decimal(ack, &total);
}

static void set_totals(x12_ack *ack, const totals *sum, x12_decimal *const quantities[2], x12_decimal *const amounts[2])
{
    for (unsigned rejected = 0; rejected < 2; rejected++) {
        if (sum->count[rejected] == 0)
            continue;
        *quantities[rejected] = x12i_count_as_decimal(ack, sum->count[rejected]);
        *amounts[rejected] = x12i_keep_decimal(ack, &sum->charge[rejected]);
    }
}

void *x12i_new_items(x12_ack *ack, size_t count, size_t size)
{
    void *item = x12_arena_allocate(ack->claim_arena, count * size);
    if (item == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return item;
}

x12i_verdict x12i_verdict_of(const x12i_answered *answered, const x12i_claim_code *accepted)
{
    while (answered != NULL && answered->refusal.count == 0)
        answered = answered->above;
    return answered ? (x12i_verdict){answered->refusal.codes, answered->refusal.count, true} : (x12i_verdict){accepted, 1, false};
}

/* The level of this kind around a claim; NULL: there is none. */
static const x12i_answered *level_above(const x12i_answered *claim, x12i_answered_kind kind)
{
    const x12i_answered *level = claim->above;
    while (level != NULL && level->kind != kind)
        level = level->above;
    return level;
}

/* The totals of the claims from `claim` on; of one provider: as far as they are his. */
static totals add_up(const x12i_answered *claim, bool of_one_provider)
{
    totals sum = {.charge = {NOTHING, NOTHING}};
    const x12i_answered *provider = of_one_provider ? level_above(claim, X12I_BILLING_PROVIDER) : NULL;
    for (; claim != NULL; claim = claim->next) {
        if (claim->kind != X12I_CLAIM)
            continue;
        if (of_one_provider && level_above(claim, X12I_BILLING_PROVIDER) != provider)
            break;
        bool rejected = x12i_verdict_of(claim, &RECEIVED).rejected;
        sum.count[rejected]++;
        if (claim->charge.valid)
            x12_decimal_add(&sum.charge[rejected], &sum.charge[rejected], &claim->charge);
    }
    return sum;
}

void x12i_write_claims_loop(const x12i_claims_answer *making, x12_event_kind kind, void *loop)
{
    x12i_write_answer(making->ack, &making->ack->claim_answers, kind, loop);
}

/* --- the levels above the claims --- */

static void set_source(x12i_claims_answer *making)
{
    x12_ack *ack = making->ack;
    const x12i_claims_state *claims = &ack->claims;
    x12_277ca_source_party *party = x12i_add_answer(ack, ack->claim_arena, making->source, "2100A");
    x12_277ca_transmission *transmission = x12i_add_answer(ack, ack->claim_arena, making->source, "2200A");
    if (party == NULL || transmission == NULL)
        return;
    party->entity_code = x12i_string_text("PR");
    party->entity_type = x12i_string_text("2");
    party->name = x12i_either(claims->receiver.name, x12i_or_unknown(ack->group.receiver));
    party->id_qualifier = x12i_string_text("46");
    party->id = claims->receiver.id.length >= 2 ? claims->receiver.id : ack->group.receiver;
    transmission->trace_number = making->root->reference_id;
    transmission->received_date = transmission->processed_date = x12i_as_period(making->date);
}

/* An organization has a name alone. */
static x12_text of_person(bool person, x12_text name)
{
    return person ? name : (x12_text){0};
}

static void set_receiver(x12i_claims_answer *making)
{
    x12_ack *ack = making->ack;
    const x12i_party *submitter = &ack->claims.submitter;
    x12_277ca_receiver_party *party = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2100B");
    if (party == NULL)
        return;
    bool person = x12i_is_text(submitter->entity_type, "1");
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = x12i_either(submitter->name, x12i_or_unknown(ack->group.sender));
    party->first_name = of_person(person, submitter->first_name);
    party->middle_name = of_person(person, submitter->middle_name);
    party->id_qualifier = x12i_string_text("46");
    party->id = submitter->id.length >= 2 ? submitter->id : ack->group.sender;
}

static void set_receiver_trace(x12i_claims_answer *making, const totals *sum)
{
    x12_ack *ack = making->ack;
    x12_277ca_receiver_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2200B");
    x12_277ca_receiver_trace_status *status = x12i_new_items(ack, 1, sizeof *status);
    if (trace == NULL || status == NULL)
        return;
    trace->trace_number = x12i_either(ack->claims.reference, ack->transaction.control_number);
    X12I_SET_CODE(&status->status, &RECEIVED);
    status->charge_amount = total_charge(ack, sum);
    status->effective_date = x12i_as_date(making->date);
    status->action_code = x12i_claim_action(false);
    trace->statuses = (x12_277ca_receiver_trace_status_list){status, 1};
    set_totals(ack, sum, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
}

static void set_provider(x12i_claims_answer *making)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    const x12i_answered *sent = making->provider_answered ? making->provider_answered : &none;
    x12_277ca_provider_party *party = x12i_add_answer(ack, ack->claim_arena, making->provider, "2100C");
    if (party == NULL)
        return;
    bool person = x12i_is_text(sent->party.entity_type, "1"), npi = sent->party.id.length >= 2;
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = x12i_or_unknown(sent->party.name);
    party->first_name = of_person(person, sent->party.first_name);
    party->middle_name = of_person(person, sent->party.middle_name);
    party->name_suffix = of_person(person, sent->party.suffix);
    party->id_qualifier = x12i_string_text(npi ? "XX" : "FI");
    party->id = npi ? sent->party.id : x12i_or_unknown(sent->tax_id);
}

static void set_provider_trace(x12i_claims_answer *making, const totals *sum)
{
    x12_ack *ack = making->ack;
    const x12i_verdict told = x12i_verdict_of(making->provider_answered, &RECEIVED);
    x12_277ca_provider_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->provider, "2200C");
    x12_277ca_provider_trace_status *statuses = x12i_new_items(ack, told.count, sizeof *statuses);
    if (trace == NULL || statuses == NULL)
        return;
    trace->trace_number = x12i_string_text("0");
    for (size_t i = 0; i < told.count; i++) {
        X12I_SET_CODE(&statuses[i].status, &told.codes[i]);
        statuses[i].action_code = x12i_claim_action(told.rejected);
        statuses[i].charge_amount = total_charge(ack, sum);
    }
    trace->statuses = (x12_277ca_provider_trace_status_list){statuses, told.count};
    set_totals(ack, sum, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
}

/* --- level by level --- */

static void end_patient(x12i_claims_answer *making)
{
    if (making->patient == NULL)
        return;
    x12i_write_claims_loop(making, X12_LOOP_END, making->patient);
    making->patient = NULL;
    x12i_arena_release(making->ack->claim_arena, making->before_patient);
}

static void end_provider(x12i_claims_answer *making)
{
    end_patient(making);
    if (making->provider == NULL)
        return;
    x12i_write_claims_loop(making, X12_LOOP_END, making->provider);
    making->provider = NULL;
    x12i_arena_release(making->ack->claim_arena, making->before_provider);
}

static void begin_provider(x12i_claims_answer *making, const x12i_answered *claim)
{
    x12_ack *ack = making->ack;
    const totals sum = add_up(claim, true);
    making->before_provider = x12i_arena_mark(ack->claim_arena);
    making->provider_answered = level_above(claim, X12I_BILLING_PROVIDER);
    making->provider = x12i_open_answer(ack, ack->claim_arena, making->receiver, "2000C");
    set_provider(making);
    set_provider_trace(making, &sum);
    x12i_write_claims_loop(making, X12_LOOP_START, making->provider);
}

static void begin_patient(x12i_claims_answer *making, const x12i_answered *patient)
{
    x12_ack *ack = making->ack;
    making->before_patient = x12i_arena_mark(ack->claim_arena);
    making->patient_answered = patient;
    making->patient = x12i_open_answer(ack, ack->claim_arena, making->provider, "2000D");
    x12i_answer_patient(making);
    x12i_write_claims_loop(making, X12_LOOP_START, making->patient);
}

static void write_claims(x12i_claims_answer *making)
{
    const x12_ack *ack = making->ack;
    for (const x12i_answered *claim = ack->claims.first; claim != NULL && ack->status == X12_OK; claim = claim->next) {
        if (claim->kind != X12I_CLAIM)
            continue;
        const x12i_answered *provider = level_above(claim, X12I_BILLING_PROVIDER);
        const x12i_answered *patient = claim->above == provider ? NULL : claim->above;
        if (making->provider == NULL || provider != making->provider_answered) {
            end_provider(making);
            begin_provider(making, claim);
        }
        if (making->patient == NULL || patient != making->patient_answered) {
            end_patient(making);
            begin_patient(making, patient);
        }
        x12i_mark before = x12i_arena_mark(ack->claim_arena);
        x12i_answer_claim(making, claim);
        x12i_arena_release(ack->claim_arena, before);
    }
    end_provider(making);
}

/* --- the whole --- */

static x12_text date_of_answer(x12_ack *ack)
{
    char digits[9], time[5];
    x12i_spell_clock(ack->options.date, digits, time);
    return x12i_ack_keep(ack, ack->claim_arena, (x12_text){digits, 8}, 8);
}

static void set_heading(x12i_claims_answer *making)
{
    x12_ack *ack = making->ack;
    char date[9], time[5];
    x12i_spell_clock(ack->options.date, date, time);
    x12_text clock = x12i_ack_keep(ack, ack->claim_arena, (x12_text){time, 4}, 4);
    uint64_t number = (uint64_t)ack->interchange.control_number * 1000000 + ++ack->interchange.claim_answers;
    making->root->reference_id = x12i_number_text(ack, ack->claim_arena, number, 15);
    making->root->date = x12i_as_date(making->date);
    making->root->time = (x12_time){.data = clock.data, .length = clock.length};
}

static bool begin_levels(x12i_claims_answer *making)
{
    x12_ack *ack = making->ack;
    making->root = x12i_new_answer(ack, ack->claim_arena, X12_277CA_GUIDE);
    making->source = x12i_open_answer(ack, ack->claim_arena, making->root, "2000A");
    making->receiver = x12i_open_answer(ack, ack->claim_arena, making->source, "2000B");
    return making->receiver != NULL;
}

static void answer_claims(x12_ack *ack)
{
    x12i_claims_answer making = {.ack = ack, .date = date_of_answer(ack)};
    const totals sum = add_up(ack->claims.first, false);
    if (!begin_levels(&making))
        return;
    set_heading(&making);
    set_source(&making);
    set_receiver(&making);
    set_receiver_trace(&making, &sum);
    x12i_begin_answers(ack, &ack->claim_answers, ack->claim_answers.group == NULL ? x12i_take_control_number(ack) : 0);
    void *const levels[] = {making.root, making.source, making.receiver};
    for (unsigned i = 0; i < 3; i++)
        x12i_write_claims_loop(&making, X12_LOOP_START, levels[i]);
    write_claims(&making);
    for (unsigned i = 3; i-- > 0;)
        x12i_write_claims_loop(&making, X12_LOOP_END, levels[i]);
    ack->group.claims += sum.count[0] + sum.count[1];
    ack->group.rejected_claims += sum.count[1];
}

void x12i_answer_claims(x12_ack *ack)
{
    if (ack->claims.wanted && !ack->transaction.rejected && ack->status == X12_OK)
        answer_claims(ack);
    ack->claims = (x12i_claims_state){0};
    x12i_arena_release(ack->claim_arena, ack->claim_bottom);
}
