/* X12 to JSON and back must give the same bytes, as a document and as lines, and whatever the size of the chunks. */
#include "../flow.h"
#include <check.h>

Suite *json_round_trip_suite(void);

/* The last finding, and where it stood. */
typedef struct complaint {
    x12_finding_code code;
    uint32_t line, column;
    char path[128];
} complaint;

static void keep_finding(void *context, const x12_finding *finding)
{
    complaint *last = context;
    last->code = finding->code;
    last->line = finding->position.line;
    last->column = finding->position.column;
    strncpy(last->path, finding->position.path ? finding->position.path : "", sizeof last->path - 1);
}

#define ISA "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *240131*1015*^*00501*000000007*0*T*:~"
#define GS "GS*HP*PAYER*CLINIC*20240131*1015*7*X*005010X221A1~"
#define HEAD "ST*835*0001~BPR*I*80*C*ACH************20240201~TRN*1*T1*1512345678~N1*PR*PLAN~N3*1 A ST~N4*BOSTON*MA*02101~PER*BL*HELP~N1*PE*CLINIC*XX*1234567893~"
#define CLAIM "CLP*A1*1*100*80*20*12*P1~CAS*PR*2*20~NM1*QC*1*DOE*JANE~SVC*HC:99213:25*100*80~DTM*472*20240110~REF*6R*L1~"
#define END "SE*99*0001~GE*1*7~IEA*1*000000007~"

static const char *const inputs[] = {
    ISA GS HEAD "LX*1~" CLAIM CLAIM "SE*22*0001~GE*1*7~IEA*1*000000007~\n",
    ISA "\n" GS "\nST*835*0001~\nLX*1~\n\n  CLP*1*1*1*1~\nSE*4*0001~\nGE*1*7~\nIEA*1*000000007~\n\n", /* line breaks */
    ISA GS HEAD "LX*1~" CLAIM, /* cut behind a segment */
    ISA GS HEAD "LX*1~CLP*A1*1*10", /* and within one */
    ISA GS HEAD CLAIM END, /* no LX */
    ISA GS "ST*835*0001*~BPR*I**~TRN~DTM*405*2024-01-31~DTM*405*20249999~REF*EV*A*B*C:D~REF*EV~N1*PR*X*XV:A^B~" END, /* spelled oddly */
    ISA GS HEAD "PLB*1*20241231*WO:1*-5~LX*1~" CLAIM "TS3*1*11*20241231*1*5~CLP*B*1*1*1~SVC*HC:1*1*1~CAS*CO*45*1~DTM*472*20240101~CAS*PR*1*1~PLB*1*20241231*WO:1*-5~" END,
    ISA GS HEAD "LX*1~" CLAIM "ZZZ*1**2~REF*QQ*1~NM1*ZZ*1*A~SVC*HC:1*1*1~foo~~1~" END, /* what no guide knows */
    ISA "TA1*000000001*240101*1200*A*000~ZZ*1~" GS "REF*1*2~" HEAD "SE*9*0001~REF*1*2~ST*835*0002~SE*2*0002~GE*2*7~TA1*1~IEA*1*000000007~REF*9~",
    ISA GS "ST*850*0001~BEG*00*NE*1~\nSE*3*0001~GE*1*7~IEA*1*000000007~", /* no guide */
    "ST*835*0001~\nBPR*I*80*C*CHK~\nSE*3*0001~\n", /* no envelope */
    "hello\n\n" ISA GS "GE*0*7~IEA*1*000000007~", /* bytes of nobody */
    ISA GS "ST*835*0001~N1*PR*PLAN \"A\\B\"\t\xc3\xa9 \xe9 \xef\x9f\xbf~" END, /* characters of all kinds */
    ISA GS "ST*835*00\r\n01~" END, /* a line break inside */
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

START_TEST(documents_and_lines_return)
{
    static const size_t chunks[] = {1, 2, 3, 5, 7, 0};
    target x12 = text_of(inputs[_i]);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
        for (int form = 0; form < 4; form++)
            by_json(&x12, &(flow){.chunk = chunks[i], .lines = (form & 1) != 0, .names = (form & 2) != 0});
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    target x12 = text_of(inputs[_i]);
    by_starving(&x12, _i % 2 != 0);
}
END_TEST

/* A record that is larger than what the writer has room for, whose last segment is out of place or its order: all that was spelled of it is of no use. */
START_TEST(a_large_record_returns)
{
    static const char *const ends[] = {"", "CAS*CO*45*1~", "ZZZ*1~", "DTM*472*2024-01-10~", "SVC*HC:1*1*1~DTM*472*2024-01-10~", "REF*6R*L1*~", "\nDTM*472*20240110~", "SVC*HC:99213*1*\"1~"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        target x12 = {0};
        ck_assert(append(&x12, ISA GS HEAD "LX*1~" CLAIM, strlen(ISA GS HEAD "LX*1~" CLAIM)));
        for (unsigned k = 0; k < 4000; k++)
            ck_assert(append(&x12, "SVC*HC:99213:25*100*80~DTM*472*20240110~", 40));
        ck_assert(append(&x12, ends[i], strlen(ends[i])));
        ck_assert(append(&x12, CLAIM END, strlen(CLAIM END)));
        by_json(&x12, &(flow){.lines = true});
        by_json(&x12, &(flow){.lines = false});
        free(x12.data);
    }
}
END_TEST

/* Segments that are longer than what the writer has room for, and stand in the input's buffer as a whole: the last one does, as the others have made that grow. */
START_TEST(large_segments_return)
{
    static const size_t lengths[] = {64900, 100000, 145000};
    char *many = malloc(lengths[2]);
    ck_assert_ptr_nonnull(many);
    memset(many, _i ? '*' : 'A', lengths[2]);
    target x12 = {0};
    ck_assert(append(&x12, ISA GS HEAD "LX*1~", strlen(ISA GS HEAD "LX*1~")));
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        ck_assert(append(&x12, "CLP*", 4));
        ck_assert(append(&x12, many, lengths[i]));
        ck_assert(append(&x12, "A*1*100*80*20*12*P1~", 20));
    }
    ck_assert(append(&x12, END, strlen(END)));
    by_starving(&x12, true);
    free(x12.data);
    free(many);
}
END_TEST

/* Lines of all events but the first record; the reader or the writer is freed first. */
static void skip_a_record(const target *x12, bool follow, bool reader_first, target *json)
{
    source from = {x12->data, x12->size, 0};
    x12_reader *reader;
    x12_json_writer *writer;
    x12_event event;
    unsigned records = 0;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, NULL), X12_OK);
    ck_assert_int_eq(x12_json_writer_open(&writer, (x12_output){json, append}, &(x12_json_writer_options){.lines = true}), X12_OK);
    if (follow)
        x12_json_writer_follow(writer, reader);
    while (x12_reader_next(reader, &event) == X12_OK)
        if (event.kind != X12_RECORD || records++ != 0)
            ck_assert_int_eq(x12_json_writer_write(writer, &event), X12_OK);
    if (reader_first)
        x12_reader_free(reader);
    ck_assert_int_eq(x12_json_writer_finish(writer), X12_OK);
    x12_json_writer_free(writer);
    if (!reader_first)
        x12_reader_free(reader);
}

START_TEST(a_record_may_be_left_out)
{
    target x12 = {0}, alone = {0}, following = {0};
    ck_assert(append(&x12, ISA GS HEAD "LX*1~" CLAIM, strlen(ISA GS HEAD "LX*1~" CLAIM)));
    for (unsigned k = 0; k < 4000; k++)
        ck_assert(append(&x12, "SVC*HC:99213:25*100*80~DTM*472*20240110~", 40));
    ck_assert(append(&x12, CLAIM CLAIM END, strlen(CLAIM CLAIM END)));
    skip_a_record(&x12, false, false, &alone);
    skip_a_record(&x12, true, _i != 0, &following);
    ck_assert(same(&following, alone.data, alone.size));
    free(x12.data);
    free(alone.data);
    free(following.data);
}
END_TEST

/* --- what is no good --- */

static const struct {
    const char *json;
    x12_finding_code code;
    const char *path;
} mistakes[] = {
    {"{\"transaction\":\"835\",\"colour\":\"red\"}", X12_FINDING_JSON_UNKNOWN_KEY, ""},
    {"{\"transaction\":\"835\",\"controlNumber\":1}", X12_FINDING_JSON_TYPE, "controlNumber"},
    {"{\"transaction\":\"835\",\"controlNumber\":\"1\",\"controlNumber\":\"2\"}", X12_FINDING_JSON_DUPLICATE_KEY, "controlNumber"},
    {"[{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"statusCode\":[]}]}]}]", X12_FINDING_JSON_TYPE, "[0].headers[0].claims[0].statusCode"},
    {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[],\"number\":\"1\"}]}", X12_FINDING_JSON_KEY_ORDER, "headers[0]"},
    {"{\"transaction\":\"999999\",\"controlNumber\":\"1\"}", X12_FINDING_JSON_NO_TRANSACTION, ""},
    {"{\"interchanges\":[{\"segments\":[[\"A\",\"B*C\"]]}]}", X12_FINDING_JSON_DELIMITER, "interchanges[0].segments[0][1]"},
    {"{\"interchanges\":[{\"segments\":[[\"A\",\"B~C\"]]}]}", X12_FINDING_JSON_DELIMITER, "interchanges[0].segments[0][1]"},
    {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"patientControlNumber\":\"a^b:c\",\"services\":[{\"procedure\":{\"code\":\"9:9\"}}]}]}]}", X12_FINDING_JSON_DELIMITER,
     "headers[0].claims[0].services[0].procedure.code"},
    {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"adjustments\":[{\"groupCode\":\"CO\",\"reasons\":[{\"code\":\"4*5\"}]}]}]}]}", X12_FINDING_JSON_DELIMITER,
     "headers[0].claims[0].adjustments[0].reasons[0].code"},
    {"{\"interchanges\":[{\"elementSeparator\":\"|\",\"groups\":[{\"sender\":\"a*b\",\"receiver\":\"a|b\"}]}]}", X12_FINDING_JSON_DELIMITER, "interchanges[0].groups[0].receiver"},
    {"{\"transaction\":\"835\",", X12_FINDING_JSON_SYNTAX, ""},
    {"{\"record\":\"transaction\",\"transaction\":\"835\"}\n{\"record\":\"transactionEnd\",\"recordCount\":\"1\"}", X12_FINDING_JSON_TRUNCATED, "transaction"},
};

START_TEST(mistakes_are_found)
{
    target json = text_of(mistakes[_i].json), out = {0};
    complaint last = {0};
    ck_assert_int_eq(to_x12(&json, &(flow){.findings = {&last, keep_finding}}, &out), X12_ERROR_FORMAT);
    ck_assert_int_eq(last.code, mistakes[_i].code);
    ck_assert_str_eq(last.path, mistakes[_i].path);
    free(out.data);
}
END_TEST

/* --- what people write by hand --- */

static const char by_hand[] =
    "{\"guide\":\"005010X221A1\",\"transaction\":\"835\",\"headers\":[{\"claims\":[{ \"statusCode\" : \"1\", \"patientControlNumber\":\"A1\"}]}]}";

START_TEST(the_envelope_may_be_left_out)
{
    target json = text_of(by_hand), out = {0};
    ck_assert_int_eq(to_x12(&json, &(flow){.chunk = 3}, &out), X12_END);
    ck_assert(append(&out, "", 1));
    ck_assert_ptr_nonnull(strstr(out.data, "\nST*835*0001~\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\nLX*1~\nCLP*A1*1~\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\nIEA*1*"));
    free(out.data);
}
END_TEST

Suite *json_round_trip_suite(void)
{
    Suite *suite = suite_create("json_round_trip");
    TCase *cases = tcase_create("round_trip");
    tcase_add_loop_test(cases, documents_and_lines_return, 0, INPUTS);
    tcase_add_loop_test(cases, every_allocation_may_fail, 0, INPUTS);
    tcase_add_test(cases, a_large_record_returns);
    tcase_add_loop_test(cases, a_record_may_be_left_out, 0, 2);
    tcase_add_loop_test(cases, large_segments_return, 0, 2);
    tcase_add_loop_test(cases, mistakes_are_found, 0, sizeof mistakes / sizeof *mistakes);
    tcase_add_test(cases, the_envelope_may_be_left_out);
    suite_add_tcase(suite, cases);
    return suite;
}
