#include "check/ack_state.h"
#include "base/value.h"
#include <remedi/277ca.h>
#include <string.h>

static const x12i_claim_code RECEIVED = {"A1", "19", "PR"}, ACCEPTED = {"A2", "20", "PR"};

/* How many claims of a level were taken, how many not, and the charges of both. */
typedef struct totals {
    uint64_t count[2];
    x12_decimal charge[2];
} totals;

/* A 277CA in the making. */
typedef struct answer {
    x12_ack *ack;
    x12_text date;       /* CCYYMMDD, of the answer */
    x12_277ca *root;
    x12_277ca_receiver *receiver;
    x12_277ca_provider *provider;
    x12_277ca_provider_patient *patient;
    const x12i_answered *provider_answered;
    const x12i_answered *patient_answered;
    totals all;
    totals of_provider;
} answer;

static x12_text either(x12_text value, x12_text other)
{
    return value.length ? value : other;
}

static x12_text or_unknown(x12_text value)
{
    return either(value, x12i_string_text("UNKNOWN"));
}

static x12_decimal count_of(x12_ack *ack, uint64_t count)
{
    return x12i_as_decimal(x12i_number_text(ack, ack->claim_arena, count, 1));
}

static x12_decimal spell(x12_ack *ack, const x12_decimal *decimal)
{
    char spelled[X12_DECIMAL_SIZE];
    size_t length = x12_decimal_format(decimal, spelled);
    return x12i_as_decimal(x12i_ack_keep(ack, ack->claim_arena, (x12_text){spelled, (uint32_t)length}, X12_DECIMAL_SIZE));
}

static const x12_decimal NOTHING = {.valid = true};

static void add(totals *sum, bool rejected, const x12_decimal *charge)
{
    sum->count[rejected]++;
    if (charge->valid)
        x12_decimal_add(&sum->charge[rejected], &sum->charge[rejected], charge);
}

static x12_decimal total_charge(x12_ack *ack, const totals *sum)
{
    x12_decimal total = NOTHING;
    x12_decimal_add(&total, &sum->charge[0], &sum->charge[1]);
    return spell(ack, &total);
}

static void set_totals(x12_ack *ack, const totals *sum, x12_decimal *const quantities[2], x12_decimal *const amounts[2])
{
    for (unsigned rejected = 0; rejected < 2; rejected++) {
        if (sum->count[rejected] == 0)
            continue;
        *quantities[rejected] = count_of(ack, sum->count[rejected]);
        *amounts[rejected] = spell(ack, &sum->charge[rejected]);
    }
}

static x12_text entity_text(const x12i_claim_code *code)
{
    return code->entity ? x12i_string_text(code->entity) : (x12_text){0};
}

/* Fills STC01, which has a type of its own at each level. */
#define SET_CODE(part, code) \
    ((part)->category_code = x12i_string_text((code)->category), (part)->status_code = x12i_string_text((code)->status), (part)->entity_code = entity_text(code))

static x12_text action(bool rejected)
{
    return x12i_string_text(rejected ? "U" : "WQ");
}

/* Zeroed memory for the items of a list. NULL when out of memory, and the handle knows. */
static void *new_items(x12_ack *ack, size_t count, size_t size)
{
    void *item = x12_arena_allocate(ack->claim_arena, count * size);
    if (item == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return item;
}

/* What a claim or level is told: a STC for each. */
typedef struct verdict {
    const x12i_claim_code *codes;
    size_t count;
    bool rejected;
} verdict;

/* It is rejected for what is wrong with itself, or else with the level around it. */
static verdict verdict_of(const x12i_answered *answered, const x12i_claim_code *accepted)
{
    while (answered != NULL && answered->code_count == 0)
        answered = answered->above;
    return answered ? (verdict){answered->codes, answered->code_count, true} : (verdict){accepted, 1, false};
}

static x12_period as_period(x12_text text)
{
    return (x12_period){.data = text.data, .length = text.length};
}

static x12_date as_date(x12_text text)
{
    return (x12_date){.data = text.data, .length = text.length};
}

/* --- the levels above the claims --- */

static void set_source(answer *making, x12_277ca_source *source)
{
    x12_ack *ack = making->ack;
    const x12i_claims_state *claims = &ack->claims;
    x12_277ca_source_party *party = x12i_add_answer(ack, ack->claim_arena, source, "2100A");
    x12_277ca_transmission *transmission = x12i_add_answer(ack, ack->claim_arena, source, "2200A");
    if (party == NULL || transmission == NULL)
        return;
    party->entity_code = x12i_string_text("PR");
    party->entity_type = x12i_string_text("2");
    party->name = either(claims->receiver.name, or_unknown(ack->group.receiver));
    party->id_qualifier = x12i_string_text("46");
    party->id = claims->receiver.id.length >= 2 ? claims->receiver.id : ack->group.receiver;
    transmission->trace_number = making->root->reference_id;
    transmission->received_date = transmission->processed_date = as_period(making->date);
}

static void set_receiver(answer *making)
{
    x12_ack *ack = making->ack;
    const x12i_party *submitter = &ack->claims.submitter;
    x12_277ca_receiver_party *party = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2100B");
    if (party == NULL)
        return;
    bool person = submitter->entity_type.length == 1 && *submitter->entity_type.data == '1';
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = either(submitter->name, or_unknown(ack->group.sender));
    party->first_name = submitter->first_name;
    party->middle_name = submitter->middle_name;
    party->id_qualifier = x12i_string_text("46");
    party->id = submitter->id.length >= 2 ? submitter->id : ack->group.sender;
}

static void set_provider(answer *making, const x12i_answered *answered)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    making->provider = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2000C");
    making->provider_answered = answered;
    making->of_provider = (totals){.charge = {NOTHING, NOTHING}};
    x12_277ca_provider_party *party = x12i_add_answer(ack, ack->claim_arena, making->provider, "2100C");
    if (party == NULL)
        return;
    const x12i_party *sent = answered ? &answered->party : &none.party;
    bool person = sent->entity_type.length == 1 && *sent->entity_type.data == '1', npi = sent->id.length >= 2;
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = or_unknown(sent->name);
    party->first_name = sent->first_name;
    party->middle_name = sent->middle_name;
    party->name_suffix = sent->suffix;
    party->id_qualifier = x12i_string_text(npi ? "XX" : "FI");
    party->id = npi ? sent->id : or_unknown(answered ? answered->tax_id : none.tax_id);
}

/* Ends a provider, when all of its claims are there. */
static void end_provider(answer *making)
{
    x12_ack *ack = making->ack;
    const verdict told = verdict_of(making->provider_answered, &RECEIVED);
    x12_277ca_provider_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->provider, "2200C");
    x12_277ca_provider_trace_status *statuses = new_items(ack, told.count, sizeof *statuses);
    if (making->provider == NULL || trace == NULL || statuses == NULL)
        return;
    trace->trace_number = x12i_string_text("0");
    for (size_t i = 0; i < told.count; i++) {
        SET_CODE(&statuses[i].status, &told.codes[i]);
        statuses[i].action_code = action(told.rejected);
        statuses[i].charge_amount = total_charge(ack, &making->of_provider);
    }
    trace->statuses = (x12_277ca_provider_trace_status_list){statuses, told.count};
    set_totals(ack, &making->of_provider, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
    for (unsigned rejected_too = 0; rejected_too < 2; rejected_too++) {
        making->all.count[rejected_too] += making->of_provider.count[rejected_too];
        x12_decimal_add(&making->all.charge[rejected_too], &making->all.charge[rejected_too], &making->of_provider.charge[rejected_too]);
    }
    making->provider = NULL;
}

static void end_receiver(answer *making)
{
    x12_ack *ack = making->ack;
    x12_277ca_receiver_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2200B");
    x12_277ca_receiver_trace_status *status = new_items(ack, 1, sizeof *status);
    if (trace == NULL || status == NULL)
        return;
    trace->trace_number = either(ack->claims.reference, ack->transaction.control_number);
    SET_CODE(&status->status, &RECEIVED);
    status->charge_amount = total_charge(ack, &making->all);
    status->effective_date = as_date(making->date);
    status->action_code = action(false);
    trace->statuses = (x12_277ca_receiver_trace_status_list){status, 1};
    set_totals(ack, &making->all, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
}

/* --- patients and claims --- */

/* The id is the subscriber's: a dependent has none of its own. */
static void set_patient(answer *making, const x12i_answered *answered)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    making->patient = x12i_add_answer(ack, ack->claim_arena, making->provider, "2000D");
    making->patient_answered = answered;
    x12_277ca_patient_patient *person = x12i_add_answer(ack, ack->claim_arena, making->patient, "2100D");
    if (person == NULL)
        return;
    const x12i_answered *named = answered ? answered : &none, *insured = named->kind == X12I_DEPENDENT && named->above ? named->above : named;
    person->entity_type = x12i_string_text("1");
    person->last_name = or_unknown(named->party.name);
    person->first_name = named->party.first_name;
    person->middle_name = named->party.middle_name;
    person->name_suffix = named->party.suffix;
    bool health_id = insured->party.id_qualifier.length == 2 && memcmp(insured->party.id_qualifier.data, "II", 2) == 0;
    person->id_qualifier = x12i_string_text(health_id ? "II" : "MI");
    person->member_id = insured->party.id.length >= 2 ? insured->party.id : x12i_string_text("UNKNOWN");
}

/* A guide that requires a date of service gets that of the transaction where none was sent. */
static void set_dates(answer *making, x12_277ca_claim *claim, const x12i_answered *answered)
{
    x12_ack *ack = making->ack;
    x12_text from = either(answered->from, either(ack->claims.date, making->date)), to = either(answered->to, from);
    bool range = memcmp(from.data, to.data, 8) != 0;
    claim->service_date_format = x12i_string_text(range ? "RD8" : "D8");
    claim->service_date = as_period(from);
    char *both = range ? new_items(ack, 1, 17) : NULL;
    if (both == NULL)
        return;
    memcpy(both, from.data, 8);
    both[8] = '-';
    memcpy(both + 9, to.data, 8);
    claim->service_date = as_period((x12_text){both, 17});
}

static void add_claim(answer *making, const x12i_answered *answered)
{
    x12_ack *ack = making->ack;
    const verdict told = verdict_of(answered, &ACCEPTED);
    x12_277ca_claim *claim = x12i_add_answer(ack, ack->claim_arena, making->patient, "2200D");
    x12_277ca_claim_status *statuses = new_items(ack, told.count, sizeof *statuses);
    if (claim == NULL || statuses == NULL)
        return;
    x12_decimal charge = answered->charge.valid ? spell(ack, &answered->charge) : count_of(ack, 0);
    claim->trace_number = or_unknown(answered->control_number);
    for (size_t i = 0; i < told.count; i++) {
        SET_CODE(&statuses[i].status, &told.codes[i]);
        statuses[i].effective_date = as_date(making->date);
        statuses[i].action_code = action(told.rejected);
        statuses[i].charge_amount = charge;
    }
    claim->statuses = (x12_277ca_claim_status_list){statuses, told.count};
    claim->clearinghouse_claim_number = answered->clearinghouse_number;
    claim->type_of_bill = answered->type_of_bill;
    set_dates(making, claim, answered);
    add(&making->of_provider, told.rejected, &answered->charge);
}

/* The level of this kind around a claim; NULL: there is none. */
static const x12i_answered *level_above(const x12i_answered *claim, x12i_answered_kind kind)
{
    const x12i_answered *level = claim->above;
    while (level != NULL && level->kind != kind)
        level = level->above;
    return level;
}

static void add_claims(answer *making)
{
    const x12_ack *ack = making->ack;
    for (const x12i_answered *claim = ack->claims.first; claim != NULL && ack->status == X12_OK; claim = claim->next) {
        if (claim->kind != X12I_CLAIM)
            continue;
        const x12i_answered *provider = level_above(claim, X12I_BILLING_PROVIDER);
        const x12i_answered *patient = claim->above == provider ? NULL : claim->above;
        if (making->provider == NULL || provider != making->provider_answered) {
            if (making->provider != NULL)
                end_provider(making);
            set_provider(making, provider);
            making->patient = NULL;
        }
        if (making->patient == NULL || patient != making->patient_answered)
            set_patient(making, patient);
        add_claim(making, claim);
    }
    if (making->provider != NULL)
        end_provider(making);
}

/* --- the whole --- */

static x12_text date_of_answer(x12_ack *ack)
{
    char digits[9], time[5];
    x12i_spell_clock(ack->options.date, digits, time);
    return x12i_ack_keep(ack, ack->claim_arena, (x12_text){digits, 8}, 8);
}

static void set_heading(answer *making)
{
    x12_ack *ack = making->ack;
    char date[9], time[5];
    x12i_spell_clock(ack->options.date, date, time);
    x12_text clock = x12i_ack_keep(ack, ack->claim_arena, (x12_text){time, 4}, 4);
    uint64_t number = (uint64_t)ack->interchange.control_number * 1000000 + ++ack->interchange.claim_answers;
    making->root->reference_id = x12i_number_text(ack, ack->claim_arena, number, 15);
    making->root->date = as_date(making->date);
    making->root->time = (x12_time){.data = clock.data, .length = clock.length};
}

static x12_277ca *build(x12_ack *ack)
{
    answer making = {.ack = ack, .date = date_of_answer(ack), .all = {.charge = {NOTHING, NOTHING}}};
    making.root = x12i_new_answer(ack, ack->claim_arena, "277ca");
    x12_277ca_source *source = x12i_add_answer(ack, ack->claim_arena, making.root, "2000A");
    making.receiver = x12i_add_answer(ack, ack->claim_arena, source, "2000B");
    if (making.receiver == NULL || ack->status != X12_OK)
        return NULL;
    set_heading(&making);
    set_source(&making, source);
    set_receiver(&making);
    add_claims(&making);
    end_receiver(&making);
    ack->group.claims += making.all.count[0] + making.all.count[1];
    ack->group.rejected_claims += making.all.count[1];
    return making.root;
}

static void answer_claims(x12_ack *ack)
{
    x12_277ca *built = build(ack);
    uint32_t number = built && ack->claim_answers.group == NULL ? x12i_take_control_number(ack) : 0;
    if (built != NULL)
        x12i_add_transaction(ack, &ack->claim_answers, number, built);
}

void x12i_answer_claims(x12_ack *ack)
{
    if (ack->claims.wanted && !ack->transaction.rejected && ack->status == X12_OK)
        answer_claims(ack);
    ack->claims = (x12i_claims_state){0};
    x12i_arena_release(ack->claim_arena, ack->claim_bottom);
}
