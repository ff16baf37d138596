#include "check/ack_state.h"
#include "base/value.h"
#include "check/check.h"
#include <remedi/277ca.h>
#include <string.h>

enum { LONGEST_QUANTITY = 15 };
static const x12i_claim_code RECEIVED = {"A1", "19", "PR"}, ACCEPTED = {"A2", "20", "PR"};

/* How many claims of a level were taken, how many not, and the charges of both. */
typedef struct totals {
    uint64_t count[2];
    x12_decimal charge[2];
} totals;

/* A 277CA in the making, which is written as it goes: only the loops that are open are in memory. */
typedef struct answer {
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
    while (answered != NULL && answered->refusal.count == 0)
        answered = answered->above;
    return answered ? (verdict){answered->refusal.codes, answered->refusal.count, true} : (verdict){accepted, 1, false};
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
        bool rejected = verdict_of(claim, &ACCEPTED).rejected;
        sum.count[rejected]++;
        if (claim->charge.valid)
            x12_decimal_add(&sum.charge[rejected], &sum.charge[rejected], &claim->charge);
    }
    return sum;
}

static void write_loop(const answer *making, x12_event_kind kind, void *loop)
{
    x12i_write_answer(making->ack, &making->ack->claim_answers, kind, loop);
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

static void set_source(answer *making)
{
    x12_ack *ack = making->ack;
    const x12i_claims_state *claims = &ack->claims;
    x12_277ca_source_party *party = x12i_add_answer(ack, ack->claim_arena, making->source, "2100A");
    x12_277ca_transmission *transmission = x12i_add_answer(ack, ack->claim_arena, making->source, "2200A");
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
    bool person = x12i_is_text(submitter->entity_type, "1");
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = either(submitter->name, or_unknown(ack->group.sender));
    party->first_name = submitter->first_name;
    party->middle_name = submitter->middle_name;
    party->id_qualifier = x12i_string_text("46");
    party->id = submitter->id.length >= 2 ? submitter->id : ack->group.sender;
}

static void set_receiver_trace(answer *making, const totals *sum)
{
    x12_ack *ack = making->ack;
    x12_277ca_receiver_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->receiver, "2200B");
    x12_277ca_receiver_trace_status *status = new_items(ack, 1, sizeof *status);
    if (trace == NULL || status == NULL)
        return;
    trace->trace_number = either(ack->claims.reference, ack->transaction.control_number);
    SET_CODE(&status->status, &RECEIVED);
    status->charge_amount = total_charge(ack, sum);
    status->effective_date = as_date(making->date);
    status->action_code = action(false);
    trace->statuses = (x12_277ca_receiver_trace_status_list){status, 1};
    set_totals(ack, sum, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
}

static void set_provider(answer *making)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    const x12i_answered *sent = making->provider_answered ? making->provider_answered : &none;
    x12_277ca_provider_party *party = x12i_add_answer(ack, ack->claim_arena, making->provider, "2100C");
    if (party == NULL)
        return;
    bool person = x12i_is_text(sent->party.entity_type, "1"), npi = sent->party.id.length >= 2;
    party->entity_type = x12i_string_text(person ? "1" : "2");
    party->name = or_unknown(sent->party.name);
    party->first_name = sent->party.first_name;
    party->middle_name = sent->party.middle_name;
    party->name_suffix = sent->party.suffix;
    party->id_qualifier = x12i_string_text(npi ? "XX" : "FI");
    party->id = npi ? sent->party.id : or_unknown(sent->tax_id);
}

static void set_provider_trace(answer *making, const totals *sum)
{
    x12_ack *ack = making->ack;
    const verdict told = verdict_of(making->provider_answered, &RECEIVED);
    x12_277ca_provider_trace *trace = x12i_add_answer(ack, ack->claim_arena, making->provider, "2200C");
    x12_277ca_provider_trace_status *statuses = new_items(ack, told.count, sizeof *statuses);
    if (trace == NULL || statuses == NULL)
        return;
    trace->trace_number = x12i_string_text("0");
    for (size_t i = 0; i < told.count; i++) {
        SET_CODE(&statuses[i].status, &told.codes[i]);
        statuses[i].action_code = action(told.rejected);
        statuses[i].charge_amount = total_charge(ack, sum);
    }
    trace->statuses = (x12_277ca_provider_trace_status_list){statuses, told.count};
    set_totals(ack, sum, (x12_decimal *const[]){&trace->accepted_quantity, &trace->rejected_quantity},
               (x12_decimal *const[]){&trace->accepted_amount, &trace->rejected_amount});
}

/* --- patients and claims --- */

/* The id is the subscriber's: a dependent has none of its own. */
static void set_patient(answer *making)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    const x12i_answered *answered = making->patient_answered;
    x12_277ca_patient_patient *person = x12i_add_answer(ack, ack->claim_arena, making->patient, "2100D");
    if (person == NULL)
        return;
    const x12i_answered *named = answered ? answered : &none, *insured = named->kind == X12I_DEPENDENT && named->above ? named->above : named;
    person->entity_type = x12i_string_text("1");
    person->last_name = or_unknown(named->party.name);
    person->first_name = named->party.first_name;
    person->middle_name = named->party.middle_name;
    person->name_suffix = named->party.suffix;
    bool health_id = x12i_is_text(insured->party.id_qualifier, "II");
    person->id_qualifier = x12i_string_text(health_id ? "II" : "MI");
    person->member_id = insured->party.id.length >= 2 ? insured->party.id : x12i_string_text("UNKNOWN");
}

/* A guide that requires a date of service gets that of the transaction where none was sent. */
static void set_dates(const answer *making, x12_277ca_claim *claim, const x12i_answered *answered)
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

enum { MODIFIERS = 4, MODIFIER_LENGTH = 2 };

static void set_modifiers(x12_ack *ack, x12_277ca_service *service, const x12i_line *line)
{
    x12_text *items = new_items(ack, MODIFIERS, sizeof *items);
    x12_text_list modifiers = {items, 0};
    for (unsigned i = 0; items != NULL && i < MODIFIERS; i++) {
        items[modifiers.count] = x12i_text_of_line(ack, line, (x12i_line_text)(X12I_LINE_MODIFIERS + i));
        modifiers.count += items[modifiers.count].length == MODIFIER_LENGTH;
    }
    service->procedure.modifiers = modifiers;
}

/* What the procedure is called that the line is about; one without any is known by its revenue code. */
static void set_procedure(x12_ack *ack, x12_277ca_service *service, const x12i_line *line)
{
    const x12i_field *qualifiers = service->loop.type->slots[0].parts->fields[0].parts->fields;
    x12_text qualifier = x12i_text_of_line(ack, line, X12I_LINE_QUALIFIER), code = x12i_text_of_line(ack, line, X12I_LINE_PROCEDURE);
    x12_text revenue_code = x12i_text_of_line(ack, line, X12I_LINE_REVENUE);
    if (code.length == 0 && revenue_code.length != 0) {
        service->procedure.qualifier = x12i_string_text("NU");
        service->procedure.code = revenue_code;
        return;
    }
    service->procedure.qualifier = x12i_is_listed(qualifiers, qualifier) ? qualifier : x12i_string_text("HC");
    service->procedure.code = or_unknown(code);
    service->revenue_code = revenue_code;
    set_modifiers(ack, service, line);
}

static x12_decimal number_or(x12_ack *ack, x12_text text, x12_decimal other)
{
    const x12_decimal sent = x12_decimal_parse(text);
    return sent.valid ? spell(ack, &sent) : other;
}

static void set_statuses(x12_ack *ack, x12_277ca_service *service, const x12i_refusal *refusal)
{
    x12_277ca_service_status *statuses = new_items(ack, refusal->count, sizeof *statuses);
    for (size_t i = 0; statuses != NULL && i < refusal->count; i++) {
        SET_CODE(&statuses[i].status, &refusal->codes[i]);
        statuses[i].action_code = action(true);
    }
    service->statuses = (x12_277ca_service_status_list){statuses, statuses ? refusal->count : 0};
}

static void add_line(x12_ack *ack, x12_277ca_claim *claim, const x12i_line *line)
{
    x12_277ca_service *service = x12i_add_answer(ack, ack->claim_arena, claim, "2220D");
    if (service == NULL)
        return;
    x12_text from, to, units = x12i_text_of_line(ack, line, X12I_LINE_UNITS), date = x12i_text_of_line(ack, line, X12I_LINE_DATE);
    set_procedure(ack, service, line);
    service->charge_amount = number_or(ack, x12i_text_of_line(ack, line, X12I_LINE_CHARGE), count_of(ack, 0));
    if (units.length <= LONGEST_QUANTITY)
        service->quantity = number_or(ack, units, (x12_decimal){0});
    set_statuses(ack, service, &line->refusal);
    service->line_item_control_number = either(x12i_text_of_line(ack, line, X12I_LINE_CONTROL), or_unknown(x12i_text_of_line(ack, line, X12I_LINE_NUMBER)));
    if (!x12i_read_days(date, &from, &to))
        return;
    service->service_date_format = x12i_string_text(date.length == 8 ? "D8" : "RD8");
    service->service_date = as_period(date);
}

static void write_claim(const answer *making, const x12i_answered *answered)
{
    x12_ack *ack = making->ack;
    const verdict told = verdict_of(answered, &ACCEPTED);
    x12_277ca_claim *claim = x12i_open_answer(ack, ack->claim_arena, making->patient, "2200D");
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
    for (const x12i_line *line = answered->lines; line != NULL && ack->status == X12_OK; line = line->next)
        add_line(ack, claim, line);
    write_loop(making, X12_RECORD, claim);
}

/* --- level by level --- */

static void end_patient(answer *making)
{
    if (making->patient == NULL)
        return;
    write_loop(making, X12_LOOP_END, making->patient);
    making->patient = NULL;
    x12i_arena_release(making->ack->claim_arena, making->before_patient);
}

static void end_provider(answer *making)
{
    end_patient(making);
    if (making->provider == NULL)
        return;
    write_loop(making, X12_LOOP_END, making->provider);
    making->provider = NULL;
    x12i_arena_release(making->ack->claim_arena, making->before_provider);
}

static void begin_provider(answer *making, const x12i_answered *claim)
{
    x12_ack *ack = making->ack;
    const totals sum = add_up(claim, true);
    making->before_provider = x12i_arena_mark(ack->claim_arena);
    making->provider_answered = level_above(claim, X12I_BILLING_PROVIDER);
    making->provider = x12i_open_answer(ack, ack->claim_arena, making->receiver, "2000C");
    set_provider(making);
    set_provider_trace(making, &sum);
    write_loop(making, X12_LOOP_START, making->provider);
}

static void begin_patient(answer *making, const x12i_answered *patient)
{
    x12_ack *ack = making->ack;
    making->before_patient = x12i_arena_mark(ack->claim_arena);
    making->patient_answered = patient;
    making->patient = x12i_open_answer(ack, ack->claim_arena, making->provider, "2000D");
    set_patient(making);
    write_loop(making, X12_LOOP_START, making->patient);
}

static void write_claims(answer *making)
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
        write_claim(making, claim);
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

static bool begin_levels(answer *making)
{
    x12_ack *ack = making->ack;
    making->root = x12i_new_answer(ack, ack->claim_arena, X12_277CA_GUIDE);
    making->source = x12i_open_answer(ack, ack->claim_arena, making->root, "2000A");
    making->receiver = x12i_open_answer(ack, ack->claim_arena, making->source, "2000B");
    return making->receiver != NULL;
}

static void answer_claims(x12_ack *ack)
{
    answer making = {.ack = ack, .date = date_of_answer(ack)};
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
        write_loop(&making, X12_LOOP_START, levels[i]);
    write_claims(&making);
    for (unsigned i = 3; i-- > 0;)
        write_loop(&making, X12_LOOP_END, levels[i]);
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
