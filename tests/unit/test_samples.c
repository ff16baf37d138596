/* The samples are what they are meant to be: without a finding, in balance to the cent, and the same bytes again by every way. */
#include <check.h>
#include <glob.h>
#include <remedi/remedi.h>
#include <stdio.h>
#include <string.h>

Suite *samples_suite(void);

enum { SAMPLES = 8, FILE_LIMIT = 1 << 16 };

typedef struct bytes {
    char data[FILE_LIMIT];
    size_t size, at;
} bytes;

static ptrdiff_t take(void *context, void *buffer, size_t size)
{
    bytes *from = context;
    size_t taken = size < from->size - from->at ? size : from->size - from->at;
    memcpy(buffer, from->data + from->at, taken);
    from->at += taken;
    return (ptrdiff_t)taken;
}

static bool append(void *context, const void *data, size_t size)
{
    bytes *to = context;
    ck_assert_uint_le(size, sizeof to->data - to->size);
    memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

static void load(bytes *into, const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    into->at = 0;
    into->size = fread(into->data, 1, sizeof into->data, file);
    ck_assert_uint_lt(into->size, sizeof into->data);
    fclose(file);
}

static void load_sample(bytes *into, int index)
{
    glob_t found;
    ck_assert_int_eq(glob("samples/*.835", 0, NULL, &found), 0);
    ck_assert_uint_eq(found.gl_pathc, SAMPLES);
    load(into, found.gl_pathv[index]);
    globfree(&found);
}

static void refuse_finding(void *context, const x12_finding *finding)
{
    (void)context;
    ck_abort_msg("line %u: %s: %s", finding->position.line, x12_finding_name(finding->code), finding->text);
}

static const x12_finding_handler none_allowed = {NULL, refuse_finding};

/* --- balance --- */

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

static unsigned check_transactions(bytes *x12)
{
    x12_reader *reader;
    x12_event event;
    x12_status status;
    unsigned count = 0;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){x12, take}, &(x12_reader_options){.findings = none_allowed, .whole_transactions = true}), X12_OK);
    while ((status = x12_reader_next(reader, &event)) == X12_OK)
        if (event.kind == X12_RECORD) {
            check_transaction((const x12_835 *)event.loop);
            count++;
        }
    ck_assert_int_eq(status, X12_END);
    x12_reader_free(reader);
    return count;
}

START_TEST(in_balance)
{
    bytes x12;
    load_sample(&x12, _i);
    ck_assert_uint_ge(check_transactions(&x12), 1);
}
END_TEST

/* --- ways there and back --- */

static void to_json(bytes *x12, bool lines, bytes *json)
{
    x12_reader *reader;
    x12_json_writer *writer;
    x12_event event;
    x12_status status;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){x12, take}, &(x12_reader_options){.findings = none_allowed}), X12_OK);
    ck_assert_int_eq(x12_json_writer_open(&writer, (x12_output){json, append}, &(x12_json_writer_options){.lines = lines}), X12_OK);
    while ((status = x12_reader_next(reader, &event)) == X12_OK)
        ck_assert_int_eq(x12_json_writer_write(writer, &event), X12_OK);
    ck_assert_int_eq(status, X12_END);
    ck_assert_int_eq(x12_json_writer_finish(writer), X12_OK);
    x12_json_writer_free(writer);
    x12_reader_free(reader);
}

static void to_x12(bytes *json, bytes *x12)
{
    x12_json_reader *reader;
    x12_writer *writer;
    x12_event event;
    x12_status status;
    ck_assert_int_eq(x12_json_reader_open(&reader, (x12_input){json, take}, &(x12_json_reader_options){.findings = none_allowed}), X12_OK);
    ck_assert_int_eq(x12_writer_open(&writer, (x12_output){x12, append}, &(x12_writer_options){.findings = none_allowed}), X12_OK);
    while ((status = x12_json_reader_next(reader, &event)) == X12_OK)
        ck_assert_int_eq(x12_writer_write(writer, &event), X12_OK);
    ck_assert_int_eq(status, X12_END);
    ck_assert_int_eq(x12_writer_finish(writer), X12_OK);
    x12_writer_free(writer);
    x12_json_reader_free(reader);
}

START_TEST(same_bytes_by_json)
{
    for (int lines = 0; lines < 2; lines++) {
        bytes x12, json = {.size = 0}, again = {.size = 0};
        load_sample(&x12, _i);
        to_json(&x12, lines, &json);
        ck_assert_msg(strstr(json.data, "\"x12\"") == NULL, "a clean file needs no note");
        to_x12(&json, &again);
        ck_assert_uint_eq(again.size, x12.size);
        ck_assert_int_eq(memcmp(again.data, x12.data, x12.size), 0);
    }
}
END_TEST

/* What the hand-written JSON leaves out is filled in so that the file is as clean as the others. */
START_TEST(json_by_hand)
{
    bytes json, x12 = {.size = 0};
    load(&json, "samples/remittance.json");
    to_x12(&json, &x12);
    ck_assert_uint_eq(check_transactions(&x12), 1);
}
END_TEST

Suite *samples_suite(void)
{
    Suite *suite = suite_create("samples");
    TCase *cases = tcase_create("samples");
    tcase_add_loop_test(cases, in_balance, 0, SAMPLES);
    tcase_add_loop_test(cases, same_bytes_by_json, 0, SAMPLES);
    tcase_add_test(cases, json_by_hand);
    suite_add_tcase(suite, cases);
    return suite;
}
