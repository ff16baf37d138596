/* The samples are what they are meant to be: without a finding, in balance to the cent, five of each transaction, and the same bytes again
   by every way. */
#include "../flow.h"
#include "model/model.h"
#include <check.h>
#include <glob.h>
#include <remedi/remedi.h>
#include <stdio.h>

Suite *samples_suite(void);

static target load(const char *path)
{
    char part[4096];
    target text = {0};
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    for (size_t size; (size = fread(part, 1, sizeof part, file)) > 0;)
        ck_assert(append(&text, part, size));
    fclose(file);
    return text;
}

/* Runs `try` with every file of this kind. */
static void each_sample(const char *pattern, void (*try)(const char *path, const target *text))
{
    glob_t found;
    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        target text = load(found.gl_pathv[i]);
        try(found.gl_pathv[i], &text);
        free(text.data);
    }
    globfree(&found);
}

static void refuse_finding(void *context, const x12_finding *finding)
{
    ck_abort_msg("%s:%u: %s: %s", (const char *)context, finding->position.line, x12_finding_name(finding->code), finding->text);
}

static x12_finding_handler none_allowed(const char *path)
{
    return (x12_finding_handler){(void *)path, refuse_finding};
}

/* --- enough of each, and no finding --- */

START_TEST(five_of_each)
{
    static const char *const kinds[] = {
        "samples/*.270", "samples/*.271", "samples/*.276", "samples/status-*.277", "samples/claim-acknowledgment-*.277",
        "samples/*.835", "samples/claim-institutional-*.837", "samples/claim-professional-*.837", "samples/*.999",
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        glob_t found;
        ck_assert_int_eq(glob(kinds[i], 0, NULL, &found), 0);
        ck_assert_msg(found.gl_pathc >= 5, "%s", kinds[i]);
        globfree(&found);
    }
}
END_TEST

static void check_sample(const char *path, const target *x12)
{
    source from = {x12->data, x12->size, 0};
    x12_check *check;
    x12_event event;
    ck_assert_int_eq(x12_check_open(&check, (x12_input){&from, read_chunk}, &(x12_check_options){.reader = {.findings = none_allowed(path)}}), X12_OK);
    x12_status status;
    while ((status = x12_check_next(check, &event)) == X12_OK)
        ;
    ck_assert_int_eq(status, X12_END);
    x12_check_free(check);
}

START_TEST(nothing_is_found)
{
    each_sample("samples/*.[0-9][0-9][0-9]", check_sample);
}
END_TEST

/* What hand-written JSON leaves out is filled in so that the file is as clean as the others. */
static void check_made_by_hand(const char *path, const target *json)
{
    target x12 = {0};
    ck_assert_int_eq(to_x12(json, &(flow){.findings = none_allowed(path)}, &x12), X12_END);
    check_sample(path, &x12);
    free(x12.data);
}

START_TEST(json_by_hand)
{
    each_sample("samples/*.json", check_made_by_hand);
}
END_TEST

/* --- remittances in balance --- */

static void add(x12_decimal *sum, const x12_decimal *amount)
{
    ck_assert_int_eq(x12_decimal_add(sum, sum, amount), X12_OK);
}

/* Service lines have an adjustment type of their own, with the same fields. */
#define ADD_ADJUSTMENTS(all, patients, list)                                            \
    for (size_t a = 0; a < (list).count; a++)                                           \
        for (size_t r = 0; r < (list).items[a].reasons.count; r++) {                    \
            add(all, &(list).items[a].reasons.items[r].amount);                         \
            if (memcmp((list).items[a].group_code.data, "PR", 2) == 0)                  \
                add(patients, &(list).items[a].reasons.items[r].amount);                \
        }

static void assert_balance(const x12_decimal *charge, const x12_decimal *adjusted, const x12_decimal *paid)
{
    x12_decimal rest;
    ck_assert_int_eq(x12_decimal_subtract(&rest, charge, adjusted), X12_OK);
    ck_assert_int_eq(x12_decimal_compare(&rest, paid), 0);
}

static bool is_reversal(const x12_835_claim *claim)
{
    return claim->status_code.length == 2 && memcmp(claim->status_code.data, "22", 2) == 0;
}

static void check_claim(const x12_835_claim *claim)
{
    x12_decimal adjusted = x12_decimal_make(0, 0), patients = adjusted, charge = adjusted;
    ADD_ADJUSTMENTS(&adjusted, &patients, claim->adjustments)
    for (size_t i = 0; i < claim->services.count; i++) {
        const x12_835_service *service = &claim->services.items[i];
        x12_decimal of_service = x12_decimal_make(0, 0);
        ADD_ADJUSTMENTS(&of_service, &patients, service->adjustments)
        assert_balance(&service->charge_amount, &of_service, &service->paid_amount);
        add(&adjusted, &of_service);
        add(&charge, &service->charge_amount);
    }
    assert_balance(&claim->charge_amount, &adjusted, &claim->paid_amount);
    if (claim->services.count > 0)
        ck_assert_int_eq(x12_decimal_compare(&charge, &claim->charge_amount), 0);
    if (claim->patient_responsibility_amount.valid)
        ck_assert_int_eq(x12_decimal_compare(&patients, &claim->patient_responsibility_amount), 0);
    else if (!is_reversal(claim))
        ck_assert_int_eq(patients.coefficient, 0);
}

static void check_transaction(const x12_835 *remittance)
{
    x12_decimal claims_paid = x12_decimal_make(0, 0), adjusted = claims_paid;
    for (size_t i = 0; i < remittance->headers.count; i++)
        for (size_t j = 0; j < remittance->headers.items[i].claims.count; j++) {
            const x12_835_claim *claim = &remittance->headers.items[i].claims.items[j];
            check_claim(claim);
            add(&claims_paid, &claim->paid_amount);
        }
    for (size_t i = 0; i < remittance->provider_adjustments.count; i++)
        for (size_t j = 0; j < remittance->provider_adjustments.items[i].adjustments.count; j++)
            add(&adjusted, &remittance->provider_adjustments.items[i].adjustments.items[j].amount);
    assert_balance(&claims_paid, &adjusted, &remittance->payment_amount);
}

static void check_balance(const char *path, const target *x12)
{
    source from = {x12->data, x12->size, 0};
    x12_reader *reader;
    x12_event event;
    unsigned count = 0;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, &(x12_reader_options){.whole_transactions = true}), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK)
        if (event.kind == X12_RECORD) {
            check_transaction((const x12_835 *)event.loop);
            count++;
        }
    ck_assert_msg(count >= 1, "%s", path);
    x12_reader_free(reader);
}

START_TEST(in_balance)
{
    each_sample("samples/*.835", check_balance);
}
END_TEST

/* --- from a loop to the one around it --- */

static unsigned assert_parents(const x12_loop *loop)
{
    unsigned loops = 1;
    for (unsigned i = 0; i < loop->type->slot_count; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        const void *place = (const char *)loop + slot->offset;
        bool one = slot->kind == X12I_SLOT_LOOP && *(const void *const *)place != NULL;
        const x12i_list *list = place;
        size_t count = slot->kind == X12I_SLOT_LOOPS ? list->count : one;
        const char *items = slot->kind == X12I_SLOT_LOOPS ? list->items : one ? *(const char *const *)place : NULL;
        for (size_t k = 0; k < count; k++) {
            const x12_loop *child = (const x12_loop *)(const void *)(items + k * slot->loop->size);
            ck_assert_msg(child->parent == loop, "%s in %s", child->type->path, loop->type->path);
            loops += assert_parents(child);
        }
    }
    return loops;
}

static void check_parents(const char *path, const target *x12)
{
    source from = {x12->data, x12->size, 0};
    x12_reader *reader;
    x12_event event;
    unsigned loops = 0;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, &(x12_reader_options){.whole_transactions = true}), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK)
        loops += event.kind == X12_RECORD ? assert_parents(event.loop) : 0;
    ck_assert_msg(loops > 1, "%s", path);
    x12_reader_free(reader);
}

START_TEST(each_loop_finds_the_one_around_it)
{
    each_sample("samples/*.[0-9][0-9][0-9]", check_parents);
}
END_TEST

/* --- ways there and back --- */

static void go_and_return(const char *path, const target *x12)
{
    for (int lines = 0; lines < 2; lines++) {
        const flow how = {.lines = lines != 0, .whole = lines != 0};
        target json = {0};
        ck_assert_int_eq(to_json(x12, &how, &json), X12_END);
        ck_assert(append(&json, "", 1));
        ck_assert_msg(strstr(json.data, "\"x12\"") == NULL, "%s: a clean file needs no note", path);
        by_structs(x12, &how);
        by_json(x12, &how);
        free(json.data);
    }
}

START_TEST(same_bytes)
{
    each_sample("samples/*.[0-9][0-9][0-9]", go_and_return);
}
END_TEST

Suite *samples_suite(void)
{
    Suite *suite = suite_create("samples");
    TCase *cases = tcase_create("samples");
    tcase_add_test(cases, five_of_each);
    tcase_add_test(cases, nothing_is_found);
    tcase_add_test(cases, json_by_hand);
    tcase_add_test(cases, in_balance);
    tcase_add_test(cases, each_loop_finds_the_one_around_it);
    tcase_add_test(cases, same_bytes);
    suite_add_tcase(suite, cases);
    return suite;
}
