/* What was sent, and answers that are compared with it: of more than is kept nothing is told, and memory may run out. */
#include "../flow.h"
#include "base/text_set.h"
#include <check.h>
#include <remedi/check.h>

Suite *sent_suite(void);

static const char head[] = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260115*0930*^*00501*000000001*0*T*:~"
                           "GS*BE*A*B*20260115*0930*1*X*005010X220A1~ST*834*0001*005010X220A1~";
static const char answer[] = "ISA*00*          *00*          *ZZ*B              *ZZ*A              *260115*0930*^*00501*000000002*0*T*:~"
                             "TA1*000000001*260115*0930*A*000~TA1*000000003*260115*0930*A*000~TA1*000000004*260115*0930*A*000~IEA*0*000000002~";

static x12_status read_sent(x12_sent *sent, const target *x12, const x12_allocator *allocator)
{
    source from = {x12->data, x12->size, 0};
    const x12_reader_options options = {.allocator = allocator};
    return x12_sent_read(sent, (x12_input){&from, read_chunk}, &options);
}

typedef struct told {
    unsigned unasked, untold;
} told;

static void count(void *context, const x12_finding *finding)
{
    told *counts = context;
    counts->unasked += finding->code == X12_FINDING_ANSWER_UNASKED;
    counts->untold += finding->code == X12_FINDING_ANSWER_UNTOLD;
}

static told compare(const x12_sent *sent)
{
    told counts = {0};
    source from = {answer, sizeof answer - 1, 0};
    const x12_check_options options = {.reader = {.findings = {&counts, count}}, .sent = sent};
    x12_check *check;
    x12_event event;
    ck_assert_int_eq(x12_check_open(&check, (x12_input){&from, read_chunk}, &options), X12_OK);
    while (x12_check_next(check, &event) == X12_OK)
        continue;
    x12_check_free(check);
    return counts;
}

START_TEST(more_than_is_kept_is_told_once)
{
    x12_sent *sent;
    target x12 = {0};
    append(&x12, head, sizeof head - 1);
    ck_assert_int_eq(x12_sent_new(&sent, NULL), X12_OK);
    ck_assert_int_eq(read_sent(sent, &x12, NULL), X12_OK);
    told counts = compare(sent);
    ck_assert_uint_eq(counts.unasked, 2);
    ck_assert_uint_eq(counts.untold, 0);
    for (unsigned i = 0; i < X12I_TEXTS_KEPT; i++) {
        char trace[24];
        append(&x12, trace, (size_t)snprintf(trace, sizeof trace, "TRN*1*%u~", i));
    }
    ck_assert_int_eq(read_sent(sent, &x12, NULL), X12_OK);
    counts = compare(sent);
    ck_assert_uint_eq(counts.unasked, 0);
    ck_assert_uint_eq(counts.untold, 1);
    x12_sent_free(sent);
    free(x12.data);
}
END_TEST

START_TEST(without_memory_nothing_is_lost)
{
    target x12 = read_whole("samples/claim-professional-self.837");
    bool enough = false;
    for (long ration_of = 0; !enough; ration_of++) {
        rationed memory = {.left = ration_of};
        const x12_allocator allocator = {&memory, ration};
        x12_sent *sent;
        x12_status status = x12_sent_new(&sent, &allocator);
        ck_assert((status == X12_OK) == (sent != NULL));
        status = status == X12_OK ? read_sent(sent, &x12, &allocator) : status;
        enough = status == X12_OK;
        ck_assert(enough || (status == X12_ERROR_MEMORY && memory.left < 0));
        x12_sent_free(sent);
        ck_assert_int_eq(memory.balance, 0);
    }
    free(x12.data);
}
END_TEST

Suite *sent_suite(void)
{
    Suite *suite = suite_create("sent");
    TCase *all = tcase_create("sent");
    tcase_add_test(all, more_than_is_kept_is_told_once);
    tcase_add_test(all, without_memory_nothing_is_lost);
    suite_add_tcase(suite, all);
    return suite;
}
