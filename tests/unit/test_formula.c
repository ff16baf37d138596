/* Formulas: what they say of the samples, what they refuse, and sums over loops that come one by one. */
#include "model/formula.h"
#include <check.h>
#include <limits.h>
#include <remedi/guide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *formula_suite(void);

static ptrdiff_t read_file(void *file, void *buffer, size_t size)
{
    return (ptrdiff_t)fread(buffer, 1, size, file);
}

static x12_text text_of(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

static const x12_loop_type *type_of(const char *guide, const char *loop)
{
    const x12i_guide *found = x12i_find_guide(text_of(guide), (x12_text){NULL, 0});
    ck_assert_ptr_nonnull(found);
    for (unsigned i = 0; i < found->loop_count; i++)
        if (strcmp(found->loops[i]->id, loop) == 0)
            return found->loops[i];
    ck_abort_msg("no loop %s", loop);
}

/* --- a transaction, whole, and its loops --- */

/* The n-th loop of the type, below `loop` or itself. */
static const x12_loop *find_loop(const x12_loop *loop, const x12_loop_type *type, unsigned *n)
{
    if (loop->type == type && (*n)-- == 0)
        return loop;
    for (unsigned i = 0; i < loop->type->slot_count; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        const char *place = (const char *)loop + slot->offset;
        const x12i_list one = {*(void *const *)(const void *)place, 1}, *list = slot->kind == X12I_SLOT_LOOP ? &one : (const x12i_list *)(const void *)place;
        if (slot->loop == NULL || !x12i_is_present(loop, i))
            continue;
        for (size_t j = 0; j < list->count; j++) {
            const x12_loop *found = find_loop((const x12_loop *)(const void *)((const char *)list->items + j * slot->loop->size), type, n);
            if (found != NULL)
                return found;
        }
    }
    return NULL;
}

typedef struct reading {
    FILE *file;
    x12_reader *reader;
    x12_event event;
} reading;

static void open_reading(reading *at, const char *name, bool whole)
{
    char path[128];
    const x12_reader_options options = {.whole_transactions = whole, .numbers_as_text = true};
    snprintf(path, sizeof path, "samples/%s", name);
    at->file = fopen(path, "rb");
    ck_assert_ptr_nonnull(at->file);
    ck_assert_int_eq(x12_reader_open(&at->reader, (x12_input){at->file, read_file}, &options), X12_OK);
}

static bool next(reading *at)
{
    return x12_reader_next(at->reader, &at->event) == X12_OK;
}

static void close_reading(reading *at)
{
    x12_reader_free(at->reader);
    fclose(at->file);
}

typedef struct example {
    const char *sample;
    const char *guide;
    const char *loop;
    unsigned n; /* which loop of that type */
    const char *formula;
    const char *result; /* as text; MISSING: "" */
} example;

static const example examples[] = {
    /* values: of the loop, of those around it, of what they hold */
    {"remittance-paid.835", "835", "2100", 0, "chargeAmount", "120"},
    {"remittance-paid.835", "835", "2100", 0, "patient.lastName", "EXAMPLE"},
    {"remittance-paid.835", "835", "2100", 0, "correctedPatient.lastName", ""},
    {"remittance-paid.835", "835", "2110", 0, "patientControlNumber", "MFP-1001"},
    {"remittance-paid.835", "835", "2110", 0, "claim.chargeAmount & \" \" & chargeAmount", "120 120"},
    {"remittance-paid.835", "835", "2110", 0, "procedure.code", "99213"},
    {"remittance-paid.835", "835", "2110", 2, "payer.name", "LAKESIDE HEALTH PLAN"},
    {"remittance-paid.835", "835", "2110", 2, "paymentDate", "2026-01-16"},
    {"remittance-paid.835", "835", "2110", 2, "group.controlNumber", "101"},
    {"remittance-paid.835", "835", "2110", 2, "interchange.sender", "LAKESIDEHEALTH"},
    {"remittance-paid.835", "835", "2110", 2, "transaction.controlNumber & header.number", "00011"},
    /* lists and filters */
    {"remittance-paid.835", "835", "2110", 0, "sum(adjustments.reasons.amount)", "41.6"},
    {"remittance-paid.835", "835", "2110", 0, "sum(adjustments[groupCode = \"PR\"].reasons[code = \"3\"].amount)", "20"},
    {"remittance-paid.835", "835", "2110", 0, "sum(adjustments[groupCode = \"PR\"].reasons[not code in (\"1\" \"3\")].amount)", "0"},
    {"remittance-paid.835", "835", "2110", 0, "join(adjustments.reasons, groupCode & \"-\" & code & \":\" & amount, \" \")", "CO-45:21.6 PR-3:20"},
    {"remittance-paid.835", "835", "2110", 0, "\"<\" & \"a constant that is long: \" & procedure.code & \"-\" & \"\" & chargeAmount & \">\"", "<a constant that is long: 99213-120>"},
    {"remittance-paid.835", "835", "2110", 0, "\"<\" & serviceStartDate & \"a constant that is long\" & \">\"", ""},
    {"remittance-paid.835", "835", "2110", 0, "serviceDate & \"/\" & claim.patientControlNumber & \"/\" & payer.name", "2026-01-05/MFP-1001/LAKESIDE HEALTH PLAN"},
    {"remittance-denied-partly.835", "835", "2110", 1, "join(adjustments.reasons, position & \":\" & code, \",\")", "1:45,2:151"},
    {"remittance-denied-partly.835", "835", "2110", 1, "join(procedure.modifiers, \" \")", "GP"},
    {"remittance-denied-partly.835", "835", "2110", 1, "join(procedure.modifiers, item & \"!\", \" \")", "GP!"},
    {"remittance-denied-partly.835", "835", "2110", 0, "join(procedure.modifiers, \" \")", ""},
    {"remittance-denied-partly.835", "835", "2100", 0, "count(services)", "3"},
    {"remittance-denied-partly.835", "835", "2100", 0, "count(services[paidAmount > 0])", "2"},
    {"remittance-denied-partly.835", "835", "2100", 0, "count(services.remarks.code)", "2"},
    {"remittance-denied-partly.835", "835", "2100", 0, "first(services[paidAmount = 0].procedure.code)", "20560"},
    {"remittance-denied-partly.835", "835", "2100", 0, "first(services.remarks, code)", "N362"},
    {"remittance-denied-partly.835", "835", "2100", 0, "sum(services, chargeAmount - paidAmount)", "298"},
    {"remittance-denied-partly.835", "835", "2100", 0, "any(services, paidAmount = 0)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "all(services, chargeAmount - sum(adjustments.reasons.amount) = paidAmount)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "all(services, paidAmount = 0)", "false"},
    {"remittance-denied-partly.835", "835", "2110", 0, "count(claim.services[chargeAmount < claim.chargeAmount])", "3"},
    {"remittance-denied-partly.835", "835", "2110", 1, "count(claim.services[chargeAmount = service.chargeAmount])", "1"}, /* the line at hand, not each */
    {"remittance-denied-partly.835", "835", "2100", 0, "join(services[has(remarks)], procedure.code & \" of \" & claim.patientControlNumber, \";\")", "97110 of RTC-2001;20560 of RTC-2001"},
    {"remittance-paid.835", "835", "2100", 1, "words(drgCode, patient.lastName, correctedPatient.lastName, patient.firstName)", "SAMPLE BEN"},
    {"remittance-paid.835", "835", "2100", 1, "either(patientResponsibilityAmount, drgWeight, paidAmount) + 1", "184.75"},
    {"remittance-paid.835", "835", "2100", 1, "either(drgCode, \"none\")", "none"},
    /* arithmetic */
    {"remittance-paid.835", "835", "2100", 0, "chargeAmount - sum(services.adjustments.reasons.amount) = paidAmount", "true"},
    {"remittance-paid.835", "835", "2100", 0, "1 + 2 * 3 - -4", "11"},
    {"remittance-paid.835", "835", "2100", 0, "(1 + 2) * 3", "9"},
    {"remittance-paid.835", "835", "2100", 0, "0.1 * 0.2 + 0.30", "0.32"},
    {"remittance-paid.835", "835", "2100", 0, "999999999999999999 + 1", "?"},
    {"remittance-paid.835", "835", "2100", 0, "99999999999 * 99999999999", "?"},
    {"remittance-paid.835", "835", "2100", 1, "chargeAmount - patientResponsibilityAmount", "?"},
    {"remittance-paid.835", "835", "2100", 1, "patientResponsibilityAmount", ""},
    {"remittance-paid.835", "835", "2100", 1, "sum(supplementalAmounts[qualifier = \"I\"].amount)", "0"},
    {"remittance-paid.835", "835", "2100", 0, "patientControlNumber * 2", "?"},
    /* conditions: what cannot be told, and what need not */
    {"remittance-paid.835", "835", "2100", 1, "patientResponsibilityAmount = 0", "?"},
    {"remittance-paid.835", "835", "2100", 1, "patientResponsibilityAmount = 0 and paidAmount = 0", "false"},
    {"remittance-paid.835", "835", "2100", 1, "patientResponsibilityAmount = 0 or paidAmount > 0", "true"},
    {"remittance-paid.835", "835", "2100", 1, "not (patientResponsibilityAmount = 0)", "?"},
    {"remittance-paid.835", "835", "2100", 1, "drgCode = \"470\"", "false"},
    {"remittance-paid.835", "835", "2100", 1, "drgCode != \"470\"", "true"},
    {"remittance-paid.835", "835", "2100", 1, "not drgCode in (\"470\")", "true"},
    {"remittance-paid.835", "835", "2100", 1, "if has(drgCode) then drgCode else \"none\"", "none"},
    {"remittance-paid.835", "835", "2100", 1, "if has(drgCode) then drgCode", ""},
    {"remittance-paid.835", "835", "2100", 0, "statusCode in (\"1\" \"2\", \"3\")", "true"},
    {"remittance-paid.835", "835", "2100", 0, "chargeAmount = 120.00", "true"},
    {"remittance-paid.835", "835", "2100", 0, "chargeAmount = \"120.0\"", "true"},
    {"remittance-paid.835", "835", "2100", 0, "has(patient) and not has(correctedPatient) and has(services.serviceDate)", "true"},
    /* no two alike: as = has it. Two that are decide, whatever is unknown; one alone is alike to none */
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.procedure.code)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.remarks.qualifier)", "false"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.remarks, qualifier & code)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services[paidAmount = 0].remarks.qualifier)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.procedure.modifiers)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.policyIds.id)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services.serviceDate)", "false"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, if position = 1 then 7 else if position = 2 then 7.0 else 8)", "false"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, if position = 1 then \"7\" else if position = 2 then \"7.0\")", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, if position = 1 then patientControlNumber * 1 else 7)", "false"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, if position = 1 then patientControlNumber * 1 else position)", "?"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, if position = 1 then patientControlNumber * 1)", "true"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(services, unique(remarks.code))", "false"},
    {"remittance-denied-partly.835", "835", "2100", 0, "unique(patient.lastName) and not unique(services.serviceDate)", "true"},
    /* digits */
    {"remittance-denied-partly.835", "835", "2100", 0, "digits(first(services.procedure.code)) & \" \" & digits(patientControlNumber) & \" \" & digits(chargeAmount)", "5 0 3"},
    {"remittance-denied-partly.835", "835", "2100", 0, "digits(drgCode)", ""},
    {"remittance-denied-partly.835", "835", "2100", 0, "digits(drgCode) = 3", "?"},
    {"remittance-denied-partly.835", "835", "2100", 0, "digits(patientControlNumber * 1)", "?"},
    /* dates */
    {"remittance-paid.835", "835", "2110", 0, "serviceDate", "2026-01-05"},
    {"remittance-paid.835", "835", "2110", 0, "paymentDate > serviceDate", "true"},
    {"remittance-paid.835", "835", "2110", 0, "serviceStartDate < serviceDate", "?"},
    {"remittance-paid.835", "835", "2110", 0, "paymentDate < \"2026-01-16\"", "false"},
    {"claim-professional-self.837", "837p", "2400", 0, "from(serviceDate) & \" \" & to(serviceDate)", "2026-01-05 2026-01-05"},
    {"claim-institutional-inpatient.837", "837i", "2300", 0, "from(statementDates) & \" \" & to(statementDates)", "2026-01-02 2026-01-06"},
    /* places */
    {"remittance-paid.835", "835", "2100", 1, "offset() & \" \" & line()", "971 33"},
    {"remittance-paid.835", "835", "2110", 0, "line(claim)", "20"},
    {"remittance-paid.835", "835", "2110", 0, "line(adjustments[groupCode = \"PR\"])", "30"},
    {"remittance-paid.835", "835", "2110", 0, "line(remarks)", ""},
    /* a whole transaction */
    {"remittance-provider-adjustment.835", "835", "ST", 0, "paymentAmount = sum(headers.claims.paidAmount) - sum(providerAdjustments.adjustments.amount)", "true"},
    {"remittance-provider-adjustment.835", "835", "ST", 0, "sum(headers.claims[statusCode = \"1\"].services.chargeAmount)", "500"},
};

static void spell(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const x12i_gathered *gathered, char *text, size_t size)
{
    x12i_buffer spelled = {0};
    x12i_spell(evaluation, formula, scope, gathered, &spelled);
    snprintf(text, size, "%.*s", (int)spelled.length, spelled.length ? spelled.data : "");
    x12i_buffer_free(&spelled);
}

static const x12i_formula *compile(x12_arena *arena, const x12_loop_type *type, const char *source)
{
    x12i_formula_error error;
    const x12i_formula_subject subject = {.arena = arena, .loop = type};
    const x12i_formula *formula = x12i_formula_compile(&subject, text_of(source), &error);
    ck_assert_msg(formula != NULL, "%s: %u: %s", source, error.column, error.text);
    return formula;
}

START_TEST(formulas_say_this_of_the_samples)
{
    const example *one = &examples[_i];
    const x12_loop_type *type = type_of(one->guide, one->loop);
    x12_arena *arena = x12_arena_new(NULL);
    const x12i_formula *formula = compile(arena, type, one->formula);
    x12i_evaluation evaluation = {0};
    reading at;
    char text[200] = "no such loop";
    open_reading(&at, one->sample, true);
    while (next(&at)) {
        unsigned n = one->n;
        const x12_loop *loop = at.event.kind == X12_RECORD ? find_loop(at.event.loop, type, &n) : NULL;
        if (loop == NULL)
            continue;
        const x12i_scope scope = x12i_scope_of(loop);
        spell(&evaluation, formula, &scope, NULL, text, sizeof text);
        break;
    }
    ck_assert_msg(strcmp(text, one->result) == 0, "%s gives %s, not %s", one->formula, text, one->result);
    x12i_evaluation_free(&evaluation);
    close_reading(&at);
    x12_arena_free(arena);
}
END_TEST

/* --- what is no formula --- */

static const struct {
    const char *loop;
    const char *formula;
    unsigned column;
    const char *says; /* a part of it */
} refusals[] = {
    {"2100", "chargeAmont", 1, "did you mean chargeAmount?"},
    {"2100", "patient.lastNam", 9, "did you mean lastName?"},
    {"2110", "transacton.paymentAmount", 1, "did you mean transaction?"},
    {"2100", "summ(services.chargeAmount)", 1, "did you mean sum?"},
    {"2100", "services.chargeAmount", 1, "several values"},
    {"2100", "patient", 1, "no single value"},
    {"2100", "sum(services)", 13, "say what of each"},
    {"2100", "unique(services)", 16, "say what of each"},
    {"2100", "join(services.chargeAmount)", 27, "a text to stand between"},
    {"2100", "join(services, chargeAmount, paidAmount)", 40, "is a \"text\""},
    {"2100", "chargeAmount and paidAmount", 14, "a condition must stand before this"},
    {"2100", "if chargeAmount then 1", 17, "a condition must stand before this"},
    {"2100", "chargeAmount chargeAmount", 14, "an operator is missing"},
    {"2100", "(chargeAmount", 14, ") is missing"},
    {"2100", "services[", 10, "is missing here"},
    {"2100", "sum(services[paidAmount > 0.chargeAmount)", 28, "] is missing"},
    {"2100", "statusCode in \"1\"", 15, "( is missing"},
    {"2100", "\"open", 1, "a text ends on its line"},
    {"2100", "chargeAmount ! 3", 14, "an operator is missing"},
    {"2100", "1234567890123456789", 1, "18 digits"},
    {"2100", "position", 1, "there is no name"},
    {"2100", "sum(transaction.headers.claims.paidAmount)", 17, "come one by one"},
    {"ST", "first(headers.claims.paidAmount)", 33, "only sum, count"},
    {"ST", "sum(providerAdjustments, sum(headers.claims.paidAmount))", 30, "come one by one"},
    {"2100", "from(chargeAmount)", 18, "only a date"},
    {"2100", "", 1, "is missing here"},
};

START_TEST(what_is_no_formula_is_refused)
{
    x12_arena *arena = x12_arena_new(NULL);
    x12i_formula_error error;
    const x12i_formula_subject subject = {.arena = arena, .loop = type_of("835", refusals[_i].loop)};
    ck_assert_ptr_null(x12i_formula_compile(&subject, text_of(refusals[_i].formula), &error));
    ck_assert_msg(strstr(error.text, refusals[_i].says) != NULL, "%s: %s", refusals[_i].formula, error.text);
    ck_assert_msg(error.line == 1 && error.column == refusals[_i].column, "%s: %u, %s", refusals[_i].formula, error.column, error.text);
    x12_arena_free(arena);
}
END_TEST

START_TEST(depth_and_length_have_an_end)
{
    x12_arena *arena = x12_arena_new(NULL);
    x12i_formula_error error;
    const x12i_formula_subject subject = {.arena = arena, .loop = type_of("835", "2100")};
    static char deep[20000], negated[20000], longer[20000], nots[20000];
    memset(deep, '(', sizeof deep);
    memset(negated, '-', sizeof negated);
    for (size_t i = 0; i < sizeof longer; i += 2)
        memcpy(longer + i, "1+", 2);
    for (size_t i = 0; i < sizeof nots; i += 4)
        memcpy(nots + i, "not ", 4);
    const char *const sources[] = {deep, negated, longer, nots};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        ck_assert_ptr_null(x12i_formula_compile(&subject, (x12_text){sources[i], sizeof deep}, &error));
    x12_arena_free(arena);
}
END_TEST

/* --- levels --- */

START_TEST(a_formula_knows_the_innermost_loop_that_it_speaks_of)
{
    static const struct {
        const char *formula;
        unsigned level;
    } cases[] = {
        {"chargeAmount", 0}, {"claim.chargeAmount", 1}, {"payer.name", 3}, {"claim.chargeAmount - sum(claim.services, chargeAmount)", 1},
        {"sum(claim.services, chargeAmount - service.chargeAmount)", 0}, {"claim.chargeAmount - chargeAmount", 0}, {"1 + 1", UINT_MAX},
    };
    x12_arena *arena = x12_arena_new(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_uint_eq(x12i_formula_level(compile(arena, type_of("835", "2110"), cases[i].formula)), cases[i].level);
    x12_arena_free(arena);
}
END_TEST

START_TEST(a_formula_knows_whether_it_speaks_of_the_item)
{
    static const struct {
        const char *each;
        const char *formula;
        bool of_item;
    } cases[] = {
        {NULL, "chargeAmount", false}, {"adjustments", "chargeAmount & claim.chargeAmount", false}, {"adjustments", "chargeAmount & groupCode", true},
        {"adjustments.reasons", "groupCode", true}, {"adjustments", "join(procedure.modifiers, \" \")", false}, {"adjustments", "sum(adjustments.reasons.amount)", false},
        {"procedure.modifiers", "item", true}, {"procedure.modifiers", "position", true}, {"procedure.modifiers", "offset()", false}, {"adjustments", "offset()", true},
        {"adjustments", "offset(chargeAmount)", false},
    };
    x12_arena *arena = x12_arena_new(NULL);
    x12i_formula_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        x12i_formula_subject subject = {.arena = arena, .loop = type_of("835", "2110")};
        subject.each = cases[i].each ? x12i_path_compile(&(x12i_formula_subject){.arena = arena, .loop = subject.loop}, text_of(cases[i].each), &error) : NULL;
        const x12i_formula *formula = x12i_formula_compile(&subject, text_of(cases[i].formula), &error);
        ck_assert_msg(formula != NULL, "%s", error.text);
        ck_assert_msg(x12i_formula_is_of_item(formula) == cases[i].of_item, "%s", cases[i].formula);
    }
    x12_arena_free(arena);
}
END_TEST

/* --- items, and where they stand --- */

typedef struct places {
    x12i_evaluation *evaluation;
    const x12i_formula *formula; /* of each item */
    char text[500];
} places;

static bool note_place(void *context, const x12i_scope *item)
{
    places *all = context;
    x12i_place place = x12i_place_of(item);
    char value[100];
    spell(all->evaluation, all->formula, item, NULL, value, sizeof value);
    size_t used = strlen(all->text);
    snprintf(all->text + used, sizeof all->text - used, "%s %u %s%02u-%u^%u %s;", place.loop->id, place.segment ? place.segment->line : 0,
             place.slot ? place.slot->segment : "", place.element, place.component, place.repetition, value);
    return true;
}

static const struct {
    const char *loop;
    unsigned n;
    const char *path;
    const char *formula;
    const char *places;
} placed[] = {
    {"2110", 1, "paidAmount", "position", "2110 27 SVC03-0^0 1;"},
    {"2110", 1, "claim.paidAmount", "1", "2100 16 CLP04-0^0 1;"},
    {"2110", 1, "adjustments.reasons.amount", "groupCode & code", "2110 29 CAS03-0^0 CO45;2110 29 CAS06-0^0 CO151;"},
    {"2110", 1, "adjustments.reasons", "position", "2110 29 CAS02-0^0 1;2110 29 CAS05-0^0 2;"},
    {"2110", 1, "procedure.modifiers", "item", "2110 27 SVC01-3^0 GP;"},
    {"2110", 1, "procedure.code", "1", "2110 27 SVC01-2^0 1;"},
    {"2110", 1, "claim.insured.lastName", "1", ""},
    {"2110", 1, "claim.patient.middleName", "1", "2100 17 NM105-0^0 1;"},
    {"2110", 1, "policyIds", "1", ""},
    {"2110", 1, "claim.receivedDate", "1", "2100 16 DTM02-0^0 1;"},
    {"2100", 0, "services", "procedure.code", "2110 21 00-0^0 99214;2110 27 00-0^0 97110;2110 33 00-0^0 20560;"},
    {"2100", 0, "services[paidAmount = 0].remarks.code", "service.chargeAmount", ""},
};

START_TEST(items_have_places)
{
    const x12_loop_type *type = type_of("835", placed[_i].loop);
    x12_arena *arena = x12_arena_new(NULL);
    x12i_formula_error error;
    x12i_formula_subject subject = {.arena = arena, .loop = type};
    const x12i_path *path = x12i_path_compile(&subject, text_of(placed[_i].path), &error);
    ck_assert_msg(path != NULL, "%s", error.text);
    subject.each = path;
    x12i_evaluation evaluation = {0};
    places all = {.evaluation = &evaluation, .formula = x12i_formula_compile(&subject, text_of(placed[_i].formula), &error)};
    ck_assert_msg(all.formula != NULL, "%s", error.text);
    reading at;
    open_reading(&at, "remittance-denied-partly.835", true);
    while (next(&at)) {
        unsigned n = placed[_i].n;
        const x12_loop *loop = at.event.kind == X12_RECORD ? find_loop(at.event.loop, type, &n) : NULL;
        if (loop != NULL)
            x12i_path_each(&evaluation, path, loop, &all, note_place);
    }
    if (_i + 1 < (int)(sizeof placed / sizeof *placed)) /* the last one is only to be evaluated */
        ck_assert_str_eq(all.text, placed[_i].places);
    x12i_evaluation_free(&evaluation);
    close_reading(&at);
    x12_arena_free(arena);
}
END_TEST

/* --- what is handed out in parts --- */

static const struct {
    const char *sample;
    const char *guide;
    const char *formula;
    const char *result;
} gathered_examples[] = {
    {"remittance-provider-adjustment.835", "835", "paymentAmount = sum(headers.claims.paidAmount) - sum(providerAdjustments.adjustments.amount)", "true"},
    {"remittance-two-groups.835", "835", "count(headers.claims) & \" \" & count(headers)", NULL},
    {"remittance-paid.835", "835", "sum(headers.claims.services.chargeAmount)", "345"},
    {"remittance-paid.835", "835", "sum(headers.claims[statusCode = \"1\" and header.number = \"1\"], chargeAmount - paidAmount)", "82.85"},
    {"remittance-paid.835", "835", "sum(headers[number = 2].claims.paidAmount)", "0"},
    {"remittance-paid.835", "835", "any(headers.claims, paidAmount > 100)", "true"},
    {"remittance-paid.835", "835", "all(headers.claims, paidAmount > 100)", "false"},
    {"remittance-paid.835", "835", "has(headers.claims.correctedPatient)", "false"},
    {"remittance-paid.835", "835", "unique(headers.number)", "true"},
    {"remittance-paid.835", "835", "unique(headers.claims.patientControlNumber)", "true"},
    {"remittance-paid.835", "835", "unique(headers.claims, header.number)", "false"},
    {"remittance-paid.835", "835", "unique(headers.claims.services.remarks.qualifier)", "true"},
    {"remittance-paid.835", "835", "unique(headers.claims, patientControlNumber * 1)", "?"},
    {"eligibility-active.271", "271", "count(sources.receivers.subscribers.insured.benefits)", NULL},
};

/* The first transaction's result: at its end as its parts come by, or whole. */
static void evaluate_transaction(const char *sample, const x12i_formula *formula, const x12_loop_type *type, bool whole, x12_arena *arena, char *text, size_t size)
{
    x12i_evaluation evaluation = {0};
    x12i_gathered *gathered = x12i_gathered_new(formula, arena);
    reading at;
    *text = '\0';
    open_reading(&at, sample, whole);
    while (next(&at)) {
        bool own = at.event.loop != NULL && at.event.loop->type == type;
        if (own && at.event.kind == X12_LOOP_START)
            x12i_gather_begin(gathered);
        if (!whole)
            x12i_gather(&evaluation, gathered, &at.event);
        if (!own || at.event.kind == X12_LOOP_START)
            continue;
        const x12i_scope scope = x12i_scope_of(at.event.loop);
        spell(&evaluation, formula, &scope, gathered, text, size);
        break;
    }
    x12i_evaluation_free(&evaluation);
    close_reading(&at);
}

START_TEST(sums_over_what_comes_one_by_one)
{
    const x12_loop_type *type = type_of(gathered_examples[_i].guide, "ST");
    char streamed[100], whole[100];
    x12_arena *arena = x12_arena_new(NULL);
    const x12i_formula *formula = compile(arena, type, gathered_examples[_i].formula);
    ck_assert(x12i_formula_gathers(formula));
    evaluate_transaction(gathered_examples[_i].sample, formula, type, false, arena, streamed, sizeof streamed);
    evaluate_transaction(gathered_examples[_i].sample, formula, type, true, arena, whole, sizeof whole);
    ck_assert_str_eq(streamed, whole);
    ck_assert_str_ne(whole, "");
    if (gathered_examples[_i].result != NULL)
        ck_assert_str_eq(whole, gathered_examples[_i].result);
    x12_arena_free(arena);
}
END_TEST

START_TEST(a_formula_about_a_comparison_knows_the_difference)
{
    const x12_loop_type *type = type_of("835", "2100");
    x12_arena *arena = x12_arena_new(NULL);
    const x12i_formula *formula = compile(arena, type, "chargeAmount - sum(adjustments.reasons.amount) = paidAmount");
    x12i_evaluation evaluation = {0};
    x12_decimal difference = {0};
    char text[X12_DECIMAL_SIZE];
    reading at;
    open_reading(&at, "remittance-paid.835", false);
    while (next(&at) && (at.event.kind != X12_RECORD))
        continue;
    const x12i_scope scope = x12i_scope_of(at.event.loop);
    ck_assert(x12i_formula_difference(&evaluation, formula, &scope, NULL, &difference));
    x12_decimal_format(&difference, text);
    ck_assert_str_eq(text, "41.6");
    ck_assert_uint_eq(x12i_formula_place(&evaluation, formula, &scope).element, 3);
    x12i_evaluation_free(&evaluation);
    close_reading(&at);
    x12_arena_free(arena);
}
END_TEST

Suite *formula_suite(void)
{
    Suite *suite = suite_create("formula");
    TCase *all = tcase_create("formula");
    tcase_add_loop_test(all, formulas_say_this_of_the_samples, 0, sizeof examples / sizeof *examples);
    tcase_add_loop_test(all, what_is_no_formula_is_refused, 0, sizeof refusals / sizeof *refusals);
    tcase_add_test(all, depth_and_length_have_an_end);
    tcase_add_test(all, a_formula_knows_the_innermost_loop_that_it_speaks_of);
    tcase_add_test(all, a_formula_knows_whether_it_speaks_of_the_item);
    tcase_add_loop_test(all, items_have_places, 0, sizeof placed / sizeof *placed);
    tcase_add_loop_test(all, sums_over_what_comes_one_by_one, 0, sizeof gathered_examples / sizeof *gathered_examples);
    tcase_add_test(all, a_formula_about_a_comparison_knows_the_difference);
    suite_add_tcase(suite, all);
    return suite;
}
