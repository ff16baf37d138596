/* The model: X12 to events and back must give the same bytes, whatever the bytes, however they come. */
#include "../flow.h"
#include <check.h>
#include <remedi/835.h>

Suite *model_suite(void);

typedef struct tally {
    unsigned findings;
    unsigned codes[4000];
} tally;

static void count_finding(void *context, const x12_finding *finding)
{
    tally *counts = context;
    counts->findings++;
    counts->codes[finding->code]++;
}

/* --- the inputs --- */

#define ISA "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *240131*1015*^*00501*000000007*0*T*:~"
#define GS "GS*HP*PAYER*CLINIC*20240131*1015*7*X*005010X221A1~"
#define HEAD "ST*835*0001~BPR*I*80*C*ACH************20240201~TRN*1*T1*1512345678~N1*PR*PLAN~N3*1 A ST~N4*BOSTON*MA*02101~PER*BL*HELP~N1*PE*CLINIC*XX*1234567893~"
#define CLAIM "CLP*A1*1*100*80*20*12*P1~CAS*PR*2*20~NM1*QC*1*DOE*JANE~SVC*HC:99213:25*100*80~DTM*472*20240110~REF*6R*L1~"

static const struct {
    const char *name, *x12;
} inputs[] = {
    {"plain", ISA GS HEAD "LX*1~" CLAIM CLAIM "SE*22*0001~GE*1*7~IEA*1*000000007~"},
    {"line breaks", ISA "\n" GS "\nST*835*0001~\nLX*1~\n\n  CLP*1*1*1*1~\nSE*4*0001~\nGE*1*7~\nIEA*1*000000007~"},
    {"wrong counts", ISA GS HEAD "SE*99*0002~GE*4*8~IEA*0*000000009~\r\n"},
    {"no trailers", ISA GS HEAD "LX*1~" CLAIM},
    {"no header number", ISA GS HEAD CLAIM "SE*15*0001~GE*1*7~IEA*1*000000007~"},
    {"odd spellings", ISA GS "ST*835*0001*~BPR*I**~TRN~DTM*405*2024-01-31~DTM*405*20249999~REF*EV*A*B*C:D~REF*EV~N1*PR*X*XV:A^B~SE*9*0001~GE*1*7~IEA*1*000000007~"},
    {"out of order", ISA GS HEAD "PLB*1*20241231*WO:1*-5~LX*1~" CLAIM "TS3*1*11*20241231*1*5~CLP*B*1*1*1~SVC*HC:1*1*1~CAS*CO*45*1~DTM*472*20240101~CAS*PR*1*1~PLB*1*20241231*WO:1*-5~REF*F2*1~SE*30*0001~GE*1*7~IEA*1*000000007~"},
    {"unknown", ISA GS HEAD "LX*1~" CLAIM "ZZZ*1**2~REF*QQ*1~NM1*ZZ*1*A~SVC*HC:1*1*1~foo~~1~SE*25*0001~GE*1*7~IEA*1*000000007~"},
    {"more than allowed", ISA GS HEAD "N1*PR*SECOND~N3*B~REF*2U*1~N1*PE*SECOND~N3*B~TRN*1*2~BPR*I*1~LX*1~TS3*1~TS3*2~SE*20*0001~GE*1*7~IEA*1*000000007~"},
    {"stray", ISA "TA1*000000001*240101*1200*A*000~ZZ*1~" GS "REF*1*2~" HEAD "SE*9*0001~REF*1*2~ST*835*0002~SE*2*0002~GE*2*7~TA1*1~IEA*1*000000007~REF*9~"},
    {"no guide", ISA GS "ST*850*0001~BEG*00*NE*1~\nSE*3*0001~GE*1*7~IEA*1*000000007~"},
    {"bare", "ST*835*0001~\nBPR*I*80*C*CHK~\nSE*3*0001~\n"},
    {"two interchanges", ISA "\n" GS "\nGE*0*7~\nIEA*1*000000007~\nISA|00|          |00|          |ZZ|A              |ZZ|B              |240131|1015|U|00401|000000008|0|T|>\r\nGS|HP|A|B|20240131|1015|8|X|005010X221A1\r\nGE|0|8\r\nIEA|1|000000008\r\n"},
    {"wrapped", ISA "GS*HP*PAYER*CLI\nNIC*20240131*1015*7*X*005010X221A1~ST*835*00\r\n01~SE*2*0001~GE*1*7~IEA*1*000000007~"},
    {"cut", ISA GS HEAD "LX*1~CLP*A1*1*10"},
    {"junk before", "hello\n\n" ISA GS "GE*0*7~IEA*1*000000007~"},
    {"a stray byte behind", ISA GS "GE*0*7~IEA*1*000000007~\x1A"},
    {"a last line without its end", "ST*835*0001\nSE*2*0001"},
    {"cut before the next", ISA GS "GE*0*7~IEA*1*000000007\n" ISA GS "GE*0*7~IEA*1*000000007~"},
    {"terminators too many", ISA GS "GE*0*7~IEA*1*000000007~~\n~~" ISA GS "GE*0*7~IEA*1*000000007~\n~"},
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

static void assert_copies(int index, const flow *how)
{
    target x12 = text_of(inputs[index].x12), out = {0};
    x12_status status = copy(&x12, how, &out);
    ck_assert_msg(status == X12_END, "%s: %s", inputs[index].name, x12_status_text(status));
    ck_assert_msg(same(&out, x12.data, x12.size), "%s, chunks of %zu%s:\n%s\n%.*s", inputs[index].name, how->chunk, how->whole ? ", whole" : "", x12.data, (int)out.size, out.data);
    free(out.data);
}

START_TEST(same_bytes_back)
{
    static const size_t chunks[] = {1, 2, 3, 5, 7, 0};
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
        for (int whole = 0; whole < 2; whole++)
            assert_copies(_i, &(flow){.chunk = chunks[i], .whole = whole != 0});
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    target x12 = text_of(inputs[_i].x12);
    by_starving(&x12, _i % 2 != 0);
}
END_TEST

/* The claim of `plain`, through the public interface. */
START_TEST(typed_claim)
{
    source from = {inputs[0].x12, strlen(inputs[0].x12), 0};
    x12_reader *reader;
    x12_event event;
    unsigned claims = 0;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, NULL), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK) {
        if (event.kind != X12_RECORD)
            continue;
        const x12_835_claim *claim = (const x12_835_claim *)event.loop;
        claims++;
        ck_assert_int_eq(claim->charge_amount.coefficient, 100);
        ck_assert_int_eq(claim->paid_amount.coefficient, 80);
        ck_assert_uint_eq(claim->adjustments.count, 1);
        ck_assert_uint_eq(claim->services.count, 1);
        ck_assert_ptr_nonnull(claim->patient);
        ck_assert_int_eq(claim->patient->last_name.length, 3);
    }
    ck_assert_uint_eq(claims, 2);
    x12_reader_free(reader);
}
END_TEST

START_TEST(findings_say_what_is_wrong)
{
    static const struct {
        int input;
        x12_finding_code code;
        unsigned count;
    } expected[] = {
        {0, X12_FINDING_COUNT_WRONG, 0},          {2, X12_FINDING_COUNT_WRONG, 3},     {2, X12_FINDING_CONTROL_NUMBER_DIFFERS, 3},
        {3, X12_FINDING_NO_TRANSACTION_END, 1},   {3, X12_FINDING_NO_GROUP_END, 1},    {3, X12_FINDING_NO_INTERCHANGE_END, 1},
        {4, X12_FINDING_LOOP_HEADER_MISSING, 1},  {7, X12_FINDING_UNKNOWN_SEGMENT, 1}, {7, X12_FINDING_SEGMENT_ID, 3},
        {9, X12_FINDING_STRAY_SEGMENT, 4},        {10, X12_FINDING_NO_GUIDE, 1},       {15, X12_FINDING_JUNK, 1},
        {0, X12_FINDING_UNTERMINATED, 0},         {14, X12_FINDING_UNTERMINATED, 1},   {12, X12_FINDING_UNTERMINATED, 0},
        {16, X12_FINDING_UNTERMINATED, 0},        {16, X12_FINDING_STRAY_SEGMENT, 0},  {17, X12_FINDING_UNTERMINATED, 0},
        {18, X12_FINDING_UNTERMINATED, 1},        {16, X12_FINDING_JUNK, 1},         {16, X12_FINDING_NO_INTERCHANGE_END, 0},
        {9, X12_FINDING_OUT_OF_ORDER, 1}, {9, X12_FINDING_COUNT_WRONG, 0},  {0, X12_FINDING_OUT_OF_ORDER, 0},
        {6, X12_FINDING_OUT_OF_ORDER, 4}, {19, X12_FINDING_STRAY_SEGMENT, 0}, {19, X12_FINDING_NO_INTERCHANGE, 0}, {19, X12_FINDING_NO_INTERCHANGE_END, 0},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        tally counts = {0};
        target x12 = text_of(inputs[expected[i].input].x12), out = {0};
        copy(&x12, &(flow){.findings = {&counts, count_finding}}, &out);
        free(out.data);
        ck_assert_msg(counts.codes[expected[i].code] == expected[i].count, "%s: %s: %u, not %u", inputs[expected[i].input].name,
                      x12_finding_name(expected[i].code), counts.codes[expected[i].code], expected[i].count);
    }
}
END_TEST

/* No more than a segment at a time is kept of a transaction without guide. */
START_TEST(unnamed_segments_go_one_by_one)
{
    target x12 = {0}, out = {0};
    tally counts = {0};
    append(&x12, ISA GS "ST*834*0001~", strlen(ISA GS "ST*834*0001~"));
    for (unsigned i = 0; i < 1000; i++)
        append(&x12, "INS*Y*18~", 9);
    append(&x12, "SE*1002*0001~GE*1*7~IEA*1*000000007~", 36);
    ck_assert_int_eq(copy(&x12, &(flow){.record_limit = 4000, .findings = {&counts, count_finding}}, &out), X12_END);
    ck_assert_uint_eq(counts.codes[X12_FINDING_RECORD_TOO_LARGE], 0);
    ck_assert(same(&out, x12.data, x12.size));
    free(x12.data);
    free(out.data);
}
END_TEST

Suite *model_suite(void)
{
    Suite *suite = suite_create("model");
    TCase *cases = tcase_create("events");
    tcase_add_loop_test(cases, same_bytes_back, 0, INPUTS);
    tcase_add_loop_test(cases, every_allocation_may_fail, 0, INPUTS);
    tcase_add_test(cases, typed_claim);
    tcase_add_test(cases, findings_say_what_is_wrong);
    tcase_add_test(cases, unnamed_segments_go_one_by_one);
    suite_add_tcase(suite, cases);
    return suite;
}
