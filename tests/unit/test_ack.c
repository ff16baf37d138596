/* Acknowledgments: that memory runs out does no harm, that limits hold, and that the handle says what it decided. */
#include "../answers.h"
#include <check.h>
#include <stdio.h>

Suite *ack_suite(void);

#define ISA "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *240131*1015*^*00501*000000007*1*T*:~"
#define HEAD "GS*HC*CLINIC*PAYER*20240131*1015*7*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20240131*1015*CH~NM1*41*2*CLINIC*****46*C1~PER*IC*A*TE*8005550110~NM1*40*2*PAYER*****46*P1~HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~N3*1 A ST~N4*BOSTON*MA*021010001~REF*EI*123456789~"
#define SUBSCRIBER "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*JANE****MI*A1~NM1*PR*2*PLAN*****PI*P1~"
#define CLAIM "CLM*C1*100***11:B:1*Y*A*Y*Y~HI*ABK:J069~LX*1~SV1*HC:99213*100*UN*1***1~DTP*472*D8*20240105~"
#define BAD_CLAIM "CLM*C2****11:B:1*Y*A*Y*Y~HI*ABK:J069~ZZZ*1~LX*1~SV1*HC*100*UN*1***1~DTP*472*D8*20240155~"
#define TAIL "GE*1*7~IEA*1*000000007~"

static const struct {
    const char *name, *x12;
    x12_ack_result result; /* where all is asked for */
} inputs[] = {
    {"taken", ISA HEAD SUBSCRIBER CLAIM "SE*20*0001~" TAIL, {.interchanges = 1, .transactions = 1, .claims = 1}},
    {"a claim not taken", ISA HEAD SUBSCRIBER CLAIM BAD_CLAIM "SE*26*0001~" TAIL, {.interchanges = 1, .transactions = 1, .claims = 2, .rejected_claims = 1}},
    {"no claim to blame", ISA HEAD SUBSCRIBER "ZZZ*1~SE*16*0001~" TAIL, {.interchanges = 1, .transactions = 1, .rejected_transactions = 1}},
    {"a group not taken", ISA HEAD SUBSCRIBER CLAIM "SE*20*0001~GE*2*7~IEA*1*000000007~", {.interchanges = 1, .transactions = 1, .rejected_transactions = 1}},
    {"an interchange not taken", ISA HEAD SUBSCRIBER CLAIM "SE*20*0001~GE*1*7~IEA*2*000000007~", {.interchanges = 1, .rejected_interchanges = 1}},
    {"cut", ISA HEAD SUBSCRIBER CLAIM, {.interchanges = 1, .rejected_interchanges = 1}},
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

START_TEST(decided)
{
    target x12 = text_of(inputs[_i].x12), out = {0};
    const x12_ack_result *expected = &inputs[_i].result;
    x12_ack_result result = {0};
    finding_count found = {0};
    ck_assert_int_eq(acknowledge(&x12, &(flow){0}, ALL_ANSWERS, &out, &result, &found), X12_OK);
    ck_assert_uint_eq(result.interchanges, expected->interchanges);
    ck_assert_uint_eq(result.rejected_interchanges, expected->rejected_interchanges);
    ck_assert_uint_eq(result.transactions, expected->transactions);
    ck_assert_uint_eq(result.rejected_transactions, expected->rejected_transactions);
    ck_assert_uint_eq(result.claims, expected->claims);
    ck_assert_uint_eq(result.rejected_claims, expected->rejected_claims);
    require_valid_answers(&out, &x12, &result);
    free(out.data);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    target x12 = text_of(inputs[_i].x12);
    x12_status status = X12_ERROR_MEMORY;
    for (rationed memory = {.left = 0}; status != X12_OK; memory.left++) {
        rationed left = memory;
        const x12_allocator allocator = {&left, ration};
        target out = {0};
        x12_ack_result result = {0};
        finding_count found = {0};
        status = acknowledge(&x12, &(flow){.allocator = &allocator}, ALL_ANSWERS, &out, &result, &found);
        free(out.data);
        ck_assert_int_eq(left.balance, 0);
        ck_assert(status == X12_OK || (status == X12_ERROR_MEMORY && left.left < 0));
    }
}
END_TEST

/* A 999 whose transaction has `count` unknown segments. */
static x12_status answer_unknown(unsigned count, const x12_ack_options *options, target *out)
{
    target x12 = {0};
    char trailer[40];
    append(&x12, ISA HEAD SUBSCRIBER CLAIM, strlen(ISA HEAD SUBSCRIBER CLAIM));
    for (unsigned i = 0; i < count; i++)
        append(&x12, "ZZZ*1~", 6);
    append(&x12, trailer, (size_t)sprintf(trailer, "SE*%u*0001~" TAIL, 20 + count));
    source from = {x12.data, x12.size, 0};
    x12_ack *ack;
    x12_reader *reader;
    x12_event event;
    ck_assert_int_eq(x12_ack_open(&ack, (x12_output){out, append}, options), X12_OK);
    const x12_watcher watcher = {ack, x12_ack_placed};
    const x12_reader_options reading = {.findings = x12_ack_findings(ack)};
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, &reading), X12_OK);
    x12_reader_watch(reader, &watcher);
    x12_status status;
    while ((status = x12_reader_next(reader, &event)) == X12_OK)
        if ((status = x12_ack_event(ack, &event)) != X12_OK)
            break;
    if (status == X12_END)
        status = x12_ack_finish(ack);
    x12_reader_free(reader);
    x12_ack_free(ack);
    free(x12.data);
    return status;
}

static unsigned count_lines(const target *out, const char *start)
{
    unsigned count = 0;
    size_t length = strlen(start);
    for (size_t i = 0; i + length <= out->size; i++)
        count += (i == 0 || out->data[i - 1] == '\n') && memcmp(out->data + i, start, length) == 0;
    return count;
}

START_TEST(no_more_errors_than_asked_for)
{
    static const struct {
        unsigned limit, told;
    } cases[] = {{0, 100}, {1, 1}, {7, 7}, {1000, 150}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        target out = {0};
        ck_assert_int_eq(answer_unknown(150, &(x12_ack_options){.error_limit = cases[i].limit}, &out), X12_OK);
        ck_assert_uint_eq(count_lines(&out, "IK3*ZZZ*"), cases[i].told);
        ck_assert_uint_eq(count_lines(&out, "IK5*R*5~"), 1);
        free(out.data);
    }
}
END_TEST

START_TEST(no_more_memory_than_asked_for)
{
    target out = {0};
    ck_assert_int_eq(answer_unknown(1, &(x12_ack_options){.record_limit = 100}, &out), X12_ERROR_LIMIT);
    ck_assert_uint_eq(out.size, 0);
    free(out.data);
}
END_TEST

static bool refuse(void *context, const void *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return false;
}

START_TEST(output_that_fails)
{
    target x12 = text_of(inputs[0].x12);
    source from = {x12.data, x12.size, 0};
    x12_ack *ack;
    x12_reader *reader;
    x12_event event;
    x12_status status = X12_OK;
    ck_assert_int_eq(x12_ack_open(&ack, (x12_output){NULL, refuse}, NULL), X12_OK);
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, NULL), X12_OK);
    while (status == X12_OK && x12_reader_next(reader, &event) == X12_OK)
        status = x12_ack_event(ack, &event);
    ck_assert_int_eq(status, X12_ERROR_OUTPUT);
    ck_assert_int_eq(x12_ack_finish(ack), X12_ERROR_OUTPUT);
    x12_reader_free(reader);
    x12_ack_free(ack);
}
END_TEST

Suite *ack_suite(void)
{
    Suite *suite = suite_create("ack");
    TCase *cases = tcase_create("answers");
    tcase_add_loop_test(cases, decided, 0, INPUTS);
    tcase_add_loop_test(cases, every_allocation_may_fail, 0, INPUTS);
    tcase_add_test(cases, no_more_errors_than_asked_for);
    tcase_add_test(cases, no_more_memory_than_asked_for);
    tcase_add_test(cases, output_that_fails);
    suite_add_tcase(suite, cases);
    return suite;
}
