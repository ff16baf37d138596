/* Rows become X12: every declaration and its template are right, rows of any size of chunk make the same, and what is wrong is found where it stands. */
#include "../flow.h"
#include "convert/places.h"
#include "convert/rows.h"
#include <check.h>
#include <remedi/rows.h>
#include <stdio.h>

Suite *rows_suite(void);

/* Rows to X12; X12_END when all went well. */
static x12_status from_rows(const target *rows, const target *profile, const flow *how, target *rejects, target *x12)
{
    source from = {rows->data, rows->size, how->chunk};
    const x12_rows_reader_options reading = {.allocator = how->allocator, .findings = how->findings, .rejects = {rejects, rejects ? append : NULL}};
    const x12_writer_options writing = {.allocator = how->allocator, .findings = how->findings, .date = 1768469400};
    x12_rows_reader *reader = NULL;
    x12_writer *writer = NULL;
    x12_event event;
    x12_status status = x12_rows_reader_open(&reader, (x12_input){&from, read_chunk}, profile->data, profile->size, &reading, NULL);
    while (status == X12_OK && (status = x12_rows_reader_next(reader, &event)) == X12_OK)
        status = write_x12(&writer, &writing, x12, &event);
    status = finish_x12(writer, status);
    x12_rows_reader_free(reader);
    return status;
}

START_TEST(test_declarations_and_templates_are_right)
{
    const char *name = x12_rows_name((size_t)_i), *text = x12_rows_template(name);
    x12_rows_error error = {0};
    x12i_rows *rows = calloc(1, sizeof *rows);
    rows->arena = x12_arena_new(NULL);
    x12_status status = x12i_rows_read(rows, text, strlen(text), &error);
    ck_assert_msg(status == X12_OK, "%s:%u: %s", name, error.line, error.text);
    ck_assert_uint_gt(rows->record, X12I_ROWS_TRANSACTION);
    for (unsigned i = 0; i < rows->column_count; i++)
        ck_assert_msg(rows->columns[i].ignored || rows->columns[i].place_count != 0, "%s: column %s is not declared", name, rows->columns[i].name);
    x12_arena_free(rows->arena);
    free(rows);
}
END_TEST

START_TEST(test_template_may_be_named_in_capitals)
{
    ck_assert_ptr_nonnull(x12_rows_template("837P"));
    ck_assert_ptr_nonnull(x12_rows_template("837p"));
    ck_assert_ptr_null(x12_rows_template("835"));
    ck_assert_ptr_null(x12_rows_name(4));
}
END_TEST

static const struct {
    const char *profile;
    unsigned line;
} wrong_profiles[] = {
    {"", 0},
    {"submitter.name = X\n", 0},
    {"transaction = 835\n", 1},
    {"transaction = 837P\n\nsubmitter.nam = X\n", 3},
    {"transaction = 837P\nsubmitter.contacts = X\n", 2},
    {"# no value\ntransaction = 837P\nsubmitter.name\n", 3},
};

START_TEST(test_profiles_that_are_wrong)
{
    const target profile = text_of(wrong_profiles[_i].profile);
    source from = {0};
    x12_rows_error error = {0};
    x12_rows_reader *reader;
    ck_assert_int_eq(x12_rows_reader_open(&reader, (x12_input){&from, read_chunk}, profile.data, profile.size, NULL, &error), X12_ERROR_USAGE);
    ck_assert_uint_eq(error.line, wrong_profiles[_i].line);
    ck_assert_uint_ne(strlen(error.text), 0);
}
END_TEST

static const size_t chunks[] = {0, 1, 2, 3, 5, 7};

START_TEST(test_sample_makes_claims)
{
    target rows = read_whole("samples/claims.csv"), profile = read_whole("samples/practice.profile"), x12 = {0}, findings = {0};
    ck_assert_int_eq(from_rows(&rows, &profile, &(flow){.chunk = chunks[_i], .findings = {&findings, note_finding}}, NULL, &x12), X12_END);
    ck_assert_uint_eq(findings.size, 0);
    append(&x12, "", 1);
    ck_assert_ptr_nonnull(strstr(x12.data, "CLM*MFP-3001*150.5***11:B:1*Y*A*Y*Y~\nHI*ABK:J020*ABF:R509~\nLX*1~\nSV1*HC:99213:25*120.00*UN*1***1:2~\n"));
    ck_assert_ptr_nonnull(strstr(x12.data, "DTP*472*RD8*20260105-20260106~"));
    ck_assert_ptr_nonnull(strstr(x12.data, "SBR*P********CI~"));
    ck_assert_ptr_nonnull(strstr(x12.data, "PAT*19~\nNM1*QC*1*EXAMPLE*TOM~"));
    x12.size--;
    by_json(&x12, &(flow){0});
    free(rows.data);
    free(profile.data);
    free(x12.data);
}
END_TEST

START_TEST(test_any_allocation_may_fail)
{
    target rows = read_whole("samples/claims.csv"), profile = read_whole("samples/practice.profile");
    x12_status status = X12_ERROR_MEMORY;
    for (long allowed = 0; status == X12_ERROR_MEMORY; allowed++) {
        rationed memory = {allowed, 0};
        const x12_allocator allocator = {&memory, ration};
        target x12 = {0};
        status = from_rows(&rows, &profile, &(flow){.allocator = &allocator}, NULL, &x12);
        ck_assert_int_eq(memory.balance, 0);
        free(x12.data);
    }
    ck_assert_int_eq(status, X12_END);
    free(rows.data);
    free(profile.data);
}
END_TEST

/* --- bad rows --- */

static const char header[] = "payer_id,member_id,relationship,patient_last_name,birth_date,gender,patient_postal_code,patient_control_number,diagnoses,place_of_service,service_from,procedure_code,units,charge\n";
static const char good[] = "99001,M1,18,DOE,1980-02-03,F,44099,A1,I10,11,2026-01-05,99213,1,120\n";

static const struct {
    const char *row;
    x12_finding_code code;
    const char *column;
} bad_rows[] = {
    {"99001,,18,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_REQUIRED, "member_id"},
    {"99001,1.23E+09,18,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_EXPONENT, "member_id"},
    {"99001,M1,18,DOE,2/3/80,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_DATE, "birth_date"},
    {"99001,M1,18,DOE,1980-02-30,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_DATE, "birth_date"},
    {"99001,M1,18,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,$120", X12_FINDING_CSV_NUMBER, "charge"},
    {"99001,M1,18,DOE,1980-02-03,X,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_CODE, "gender"},
    {"99001,M1,1,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_CODE, "relationship"},
    {"99001,M1,18,DOE,1980-02-03,F,4409,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_DIGITS, "patient_postal_code"},
    {"99001,M1,18,DOE,1980-02-03,F,44099,A23456789012345678901,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_LENGTH, "patient_control_number"},
    {"99001,M1,18,D*E,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_JSON_DELIMITER, "patient_last_name"},
    {"99001,M1,18,DOE,1980-02-03,F,44099,A1,I11,11,2026-01-05,99213,1,120", X12_FINDING_CSV_DIFFERS, "diagnoses"},
    {"99001,M1,18,DOE,1980-02-04,F,44099,A2,I10,11,2026-01-05,99213,1,120", X12_FINDING_CSV_DIFFERS, "birth_date"},
};

typedef struct last_finding {
    x12_finding_code code;
    uint32_t row;
    char column[64];
    unsigned count;
} last_finding;

static void keep_finding(void *context, const x12_finding *finding)
{
    last_finding *last = context;
    last->code = finding->code;
    last->row = finding->position.row;
    snprintf(last->column, sizeof last->column, "%s", finding->position.path ? finding->position.path : "");
    last->count++;
}

static target rows_with(const char *row)
{
    target rows = {0};
    append(&rows, header, sizeof header - 1);
    append(&rows, good, sizeof good - 1);
    append(&rows, row, strlen(row));
    append(&rows, "\n", 1);
    return rows;
}

START_TEST(test_bad_rows_have_an_address)
{
    target rows = rows_with(bad_rows[_i].row), profile = read_whole("samples/practice.profile"), x12 = {0};
    last_finding last = {0};
    ck_assert_int_eq(from_rows(&rows, &profile, &(flow){.findings = {&last, keep_finding}}, NULL, &x12), X12_ERROR_FORMAT);
    ck_assert_uint_eq(last.count, 1);
    ck_assert_int_eq(last.code, bad_rows[_i].code);
    ck_assert_uint_eq(last.row, 3);
    ck_assert_str_eq(last.column, bad_rows[_i].column);
    free(rows.data);
    free(profile.data);
    free(x12.data);
}
END_TEST

START_TEST(test_rejected_rows_are_whole_claims)
{
    target rows = rows_with("99001,M1,18,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-05,99213,1,\n99001,M1,18,DOE,1980-02-03,F,44099,A2,I10,11,2026-01-06,99214,1,200"),
           profile = read_whole("samples/practice.profile"), x12 = {0}, rejects = {0}, again = {0};
    ck_assert_int_eq(from_rows(&rows, &profile, &(flow){0}, &rejects, &x12), X12_END);
    append(&x12, "", 1);
    ck_assert_ptr_nonnull(strstr(x12.data, "CLM*A1*120*"));
    ck_assert_ptr_null(strstr(x12.data, "CLM*A2"));
    ck_assert_uint_eq(rejects.size, rows.size - (sizeof good - 1));
    ck_assert_int_eq(memcmp(rejects.data, header, sizeof header - 1), 0);
    ck_assert_int_eq(from_rows(&rejects, &profile, &(flow){0}, NULL, &again), X12_ERROR_FORMAT);
    free(rows.data);
    free(profile.data);
    free(x12.data);
    free(rejects.data);
    free(again.data);
}
END_TEST

static const struct {
    const char *header;
    x12_finding_code code;
} bad_headers[] = {
    {"payer_id,membr_id", X12_FINDING_CSV_UNKNOWN_COLUMN},
    {"payer_id,payer_id", X12_FINDING_CSV_DUPLICATE_COLUMN},
    {"payer_id,member_id\n1,2", X12_FINDING_CSV_MISSING_COLUMN},
    {"", X12_FINDING_CSV_NO_HEADER},
};

START_TEST(test_bad_headers)
{
    target rows = text_of(bad_headers[_i].header), profile = read_whole("samples/practice.profile"), x12 = {0};
    last_finding last = {0};
    ck_assert_int_eq(from_rows(&rows, &profile, &(flow){.findings = {&last, keep_finding}}, NULL, &x12), X12_ERROR_FORMAT);
    ck_assert_int_eq(last.code, bad_headers[_i].code);
    free(profile.data);
}
END_TEST

/* --- places --- */

START_TEST(test_places)
{
    x12_arena *arena = x12_arena_new(NULL);
    const x12_loop_type *type = x12i_find_guide((x12_text){"837p", 4}, (x12_text){0})->loops[0];
    x12i_place_found found;
    x12_loop *loop = x12_arena_allocate(arena, type->size);
    loop->type = type;
    ck_assert(x12i_is_place(type, "billingProviders.subscribers.claims.services.procedure.modifiers[]", &found));
    ck_assert_ptr_null(found.field);
    ck_assert(!x12i_is_place(type, "billingProviders", &found));
    ck_assert(!x12i_is_place(type, "submitter.name.first", &found));
    ck_assert(!x12i_is_place(type, "", &found));
    ck_assert(x12i_find_place(arena, loop, "submitter.contacts.contactName", &found));
    const x12_text *first = found.value;
    ck_assert(x12i_find_place(arena, loop, "submitter.contacts.contactName", &found));
    ck_assert_ptr_eq(found.value, first);
    ck_assert(x12i_find_place(arena, loop, "submitter.contacts[].contactName", &found));
    ck_assert_ptr_ne(found.value, first);
    x12_arena_free(arena);
}
END_TEST

Suite *rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *cases = tcase_create("rows");
    tcase_add_loop_test(cases, test_declarations_and_templates_are_right, 0, 4);
    tcase_add_test(cases, test_template_may_be_named_in_capitals);
    tcase_add_loop_test(cases, test_profiles_that_are_wrong, 0, sizeof wrong_profiles / sizeof *wrong_profiles);
    tcase_add_loop_test(cases, test_sample_makes_claims, 0, sizeof chunks / sizeof *chunks);
    tcase_add_test(cases, test_any_allocation_may_fail);
    tcase_add_loop_test(cases, test_bad_rows_have_an_address, 0, sizeof bad_rows / sizeof *bad_rows);
    tcase_add_test(cases, test_rejected_rows_are_whole_claims);
    tcase_add_loop_test(cases, test_bad_headers, 0, sizeof bad_headers / sizeof *bad_headers);
    tcase_add_test(cases, test_places);
    suite_add_tcase(suite, cases);
    return suite;
}
