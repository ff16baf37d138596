#include "check/ack_277ca.h"
#include "model/flaws.h"
#include <string.h>

enum { LONGEST_QUANTITY = 15, MODIFIERS = 4, MODIFIER_LENGTH = 2 };
static const x12i_claim_code ACCEPTED = {"A2", "20", "PR"};

/* The id is the subscriber's: a dependent has none of its own. */
void x12i_answer_patient(x12i_claims_answer *making)
{
    static const x12i_answered none = {0};
    x12_ack *ack = making->ack;
    const x12i_answered *answered = making->patient_answered;
    x12_277ca_patient_patient *person = x12i_add_answer(ack, ack->claim_arena, making->patient, "2100D");
    if (person == NULL)
        return;
    const x12i_answered *named = answered ? answered : &none, *insured = named->kind == X12I_DEPENDENT && named->above ? named->above : named;
    person->entity_type = x12i_string_text("1");
    person->last_name = x12i_or_unknown(named->party.name);
    person->first_name = named->party.first_name;
    person->middle_name = named->party.middle_name;
    person->name_suffix = named->party.suffix;
    bool health_id = x12i_is_text(insured->party.id_qualifier, "II");
    person->id_qualifier = x12i_string_text(health_id ? "II" : "MI");
    person->member_id = insured->party.id.length >= 2 ? insured->party.id : x12i_string_text("UNKNOWN");
}

/* A guide that requires a date of service gets that of the transaction where none was sent. */
static void set_dates(const x12i_claims_answer *making, x12_277ca_claim *claim, const x12i_answered *answered)
{
    x12_ack *ack = making->ack;
    x12_text from = x12i_either(answered->from, x12i_either(ack->claims.date, making->date)), to = x12i_either(answered->to, from);
    bool range = memcmp(from.data, to.data, 8) != 0;
    claim->service_date_format = x12i_string_text(range ? "RD8" : "D8");
    claim->service_date = x12i_as_period(from);
    char *both = range ? x12i_new_items(ack, 1, 17) : NULL;
    if (both == NULL)
        return;
    memcpy(both, from.data, 8);
    both[8] = '-';
    memcpy(both + 9, to.data, 8);
    claim->service_date = x12i_as_period((x12_text){both, 17});
}

static void set_modifiers(x12_ack *ack, x12_277ca_service *service, const x12i_line *line)
{
    x12_text *items = x12i_new_items(ack, MODIFIERS, sizeof *items);
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
    service->procedure.code = x12i_or_unknown(code);
    service->revenue_code = revenue_code;
    set_modifiers(ack, service, line);
}

static x12_decimal number_or(x12_ack *ack, x12_text text, x12_decimal other)
{
    const x12_decimal sent = x12_decimal_parse(text);
    return sent.valid ? x12i_keep_decimal(ack, &sent) : other;
}

static void set_statuses(x12_ack *ack, x12_277ca_service *service, const x12i_refusal *refusal)
{
    x12_277ca_service_status *statuses = x12i_new_items(ack, refusal->count, sizeof *statuses);
    for (size_t i = 0; statuses != NULL && i < refusal->count; i++) {
        X12I_SET_CODE(&statuses[i].status, &refusal->codes[i]);
        statuses[i].action_code = x12i_claim_action(true);
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
    service->charge_amount = number_or(ack, x12i_text_of_line(ack, line, X12I_LINE_CHARGE), x12i_count_as_decimal(ack, 0));
    if (units.length <= LONGEST_QUANTITY)
        service->quantity = number_or(ack, units, (x12_decimal){0});
    set_statuses(ack, service, &line->refusal);
    service->line_item_control_number = x12i_either(x12i_text_of_line(ack, line, X12I_LINE_CONTROL), x12i_or_unknown(x12i_text_of_line(ack, line, X12I_LINE_NUMBER)));
    if (!x12i_read_days(date, &from, &to))
        return;
    service->service_date_format = x12i_string_text(date.length == 8 ? "D8" : "RD8");
    service->service_date = x12i_as_period(date);
}

void x12i_answer_claim(const x12i_claims_answer *making, const x12i_answered *answered)
{
    x12_ack *ack = making->ack;
    const x12i_verdict told = x12i_verdict_of(answered, &ACCEPTED);
    x12_277ca_claim *claim = x12i_open_answer(ack, ack->claim_arena, making->patient, "2200D");
    x12_277ca_claim_status *statuses = x12i_new_items(ack, told.count, sizeof *statuses);
    if (claim == NULL || statuses == NULL)
        return;
    x12_decimal charge = answered->charge.valid ? x12i_keep_decimal(ack, &answered->charge) : x12i_count_as_decimal(ack, 0);
    claim->trace_number = x12i_or_unknown(answered->control_number);
    for (size_t i = 0; i < told.count; i++) {
        X12I_SET_CODE(&statuses[i].status, &told.codes[i]);
        statuses[i].effective_date = x12i_as_date(making->date);
        statuses[i].action_code = x12i_claim_action(told.rejected);
        statuses[i].charge_amount = charge;
    }
    claim->statuses = (x12_277ca_claim_status_list){statuses, told.count};
    claim->clearinghouse_claim_number = answered->clearinghouse_number;
    claim->type_of_bill = answered->type_of_bill;
    set_dates(making, claim, answered);
    for (const x12i_line *line = answered->lines; line != NULL && ack->status == X12_OK; line = line->next)
        add_line(ack, claim, line);
    x12i_write_claims_loop(making, X12_RECORD, claim);
}
