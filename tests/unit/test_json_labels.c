/* Names of codes in JSON: each has a key of its own, and readers pass over them. */
#include "convert/json_labels.h"
#include "../flow.h"
#include <check.h>

Suite *json_labels_suite(void);

/* The keys of one object, to find two that are the same. */
typedef struct keys {
    char names[512][X12I_JSON_NAME_MAX];
    size_t count, labels;
} keys;

static void add_key(keys *seen, const char *name, const char *where)
{
    for (size_t i = 0; i < seen->count; i++)
        ck_assert_msg(strcmp(seen->names[i], name) != 0, "%s twice in %s", name, where);
    ck_assert_uint_lt(seen->count, 512);
    strcpy(seen->names[seen->count++], name);
}

static void add_with_label(keys *seen, const x12i_field *field, const char *name, x12i_key key, const char *where)
{
    char label[X12I_JSON_NAME_MAX];
    add_key(seen, name, where);
    if (!x12i_json_is_labeled(field))
        return;
    ck_assert_ptr_nonnull(x12i_json_label_key(key, label));
    add_key(seen, label, where);
    seen->labels++;
}

static size_t check_parts(const x12i_parts *parts);

static void add_parts(keys *seen, const x12i_parts *parts)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        const x12i_run *run = field->run ? &parts->runs[field->run - 1] : NULL;
        if (run != NULL && i + 1u == run->first && run->bare)
            add_with_label(seen, field, run->name, run->key, parts->id);
        else if (run == NULL && field->name != NULL)
            add_with_label(seen, field, field->name, field->key, parts->id);
        if (field->parts != NULL)
            seen->labels += check_parts(field->parts);
    }
}

static size_t check_parts(const x12i_parts *parts)
{
    keys *seen = calloc(1, sizeof *seen);
    ck_assert_ptr_nonnull(seen);
    add_parts(seen, parts);
    size_t labels = seen->labels;
    free(seen);
    return labels;
}

START_TEST(labels_have_keys_of_their_own)
{
    size_t labels = 0;
    for (size_t guide = 0; guide <= x12i_guide_count; guide++) {
        const x12i_guide *of = guide == 0 ? &x12i_envelope : x12i_guides[guide - 1];
        for (unsigned loop = 0; loop < of->loop_count; loop++) {
            keys *seen = calloc(1, sizeof *seen);
            ck_assert_ptr_nonnull(seen);
            for (unsigned i = 0; i < of->loops[loop]->slot_count; i++) {
                const x12i_slot *slot = &of->loops[loop]->slots[i];
                if (slot->kind == X12I_SLOT_INLINE)
                    add_parts(seen, slot->parts);
                else
                    add_key(seen, slot->name, of->loops[loop]->path);
                if (slot->kind == X12I_SLOT_SEGMENT || slot->kind == X12I_SLOT_SEGMENTS)
                    labels += check_parts(slot->parts);
            }
            labels += seen->labels;
            free(seen);
        }
    }
    ck_assert_uint_gt(labels, 1000);
}
END_TEST

static const char remittance[] = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *240131*1015*^*00501*000000007*0*T*:~"
                                 "GS*HP*PAYER*CLINIC*20240131*1015*7*X*005010X221A1~ST*835*0001~BPR*I*80*C*ACH************20240201~LX*1~"
                                 "CLP*A1*22*100*80*20*MC*P1~CAS*PR*2*20*1*45*1~MOA***MA01*ZZZ~SVC*HC:99213*100*80~LQ*HE*N130~LQ*RX*N130~SE*99*0001~GE*1*7~IEA*1*000000007~";

static bool holds(const target *json, const char *text)
{
    return strstr(json->data, text) != NULL;
}

START_TEST(codes_have_their_names_beside_them)
{
    target x12 = text_of(remittance), json = {0};
    ck_assert_int_eq(to_json(&x12, &(flow){.names = true}, &json), X12_END);
    append(&json, "", 1);
    ck_assert(holds(&json, "\"statusCode\":\"22\",\"statusCodeName\":\"Reversal of an earlier payment\""));
    ck_assert(holds(&json, "\"filingIndicatorCodeName\":\"Medicaid\""));
    ck_assert(holds(&json, "\"code\":\"2\",\"codeName\":\"Coinsurance\""));
    ck_assert(holds(&json, "\"code\":\"45\",\"codeName\":"));
    ck_assert(holds(&json, "\"remarkCodesName\":[\"You may appeal if you disagree with what was approved\",\"\"]"));
    ck_assert(holds(&json, "\"code\":\"N130\",\"codeName\":\"See the plan's"));
    ck_assert(holds(&json, "\"code\":\"N130\"}")); /* that of another list */
    free(json.data);
}
END_TEST

START_TEST(without_being_asked_there_are_none)
{
    target x12 = text_of(remittance), json = {0};
    ck_assert_int_eq(to_json(&x12, &(flow){.names = false}, &json), X12_END);
    append(&json, "", 1);
    ck_assert(!holds(&json, "statusCodeName"));
    free(json.data);
}
END_TEST

/* A name that somebody has changed changes nothing; a name of something that has none is an unknown key. */
START_TEST(names_are_passed_over)
{
    static const struct { const char *json; x12_status status; } cases[] = {
        {"{\"transaction\":\"835\",\"handlingCode\":\"I\",\"handlingCodeName\":\"anything\"}", X12_END},
        {"{\"transaction\":\"835\",\"handlingCodeName\":\"any\\u0041\",\"handlingCode\":\"I\"}", X12_END},
        {"{\"transaction\":\"835\",\"paymentAmountName\":\"none\"}", X12_ERROR_FORMAT},
        {"{\"transaction\":\"835\",\"handlingCodeName\":1}", X12_ERROR_FORMAT},
        {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"outpatientAdjudication\":{\"remarkCodesName\":[\"a\",\"b\"]}}]}]}", X12_END},
        {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"outpatientAdjudication\":{\"remarkCodesName\":[1]}}]}]}", X12_ERROR_FORMAT},
        {"{\"transaction\":\"835\",\"headers\":[{\"claims\":[{\"adjustments\":[{\"reasons\":[{\"codeName\":\"a\",\"code\":\"1\"}]}]}]}]}", X12_END},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        target json = text_of(cases[i].json), x12 = {0};
        ck_assert_msg(to_x12(&json, &(flow){.chunk = 3}, &x12) == cases[i].status, "case %zu", i);
        free(x12.data);
    }
}
END_TEST

/* The published label goes before our own. */
START_TEST(loaded_codes_name_codes)
{
    static const char csv[] = "code,label\nMC,Made up\n";
    source from = {csv, sizeof csv - 1, 0};
    target store = {0}, json = {0}, x12 = text_of(remittance);
    const x12_codes_publication publication = {"filing-indicator", 0, NULL};
    x12_codes *codes;
    ck_assert_int_eq(x12_codes_convert((x12_output){&store, append}, (x12_input){&from, read_chunk}, &publication, NULL), X12_OK);
    ck_assert_int_eq(x12_codes_open(&codes, NULL), X12_OK);
    from = (source){store.data, store.size, 0};
    ck_assert_int_eq(x12_codes_load(codes, (x12_input){&from, read_chunk}, NULL), X12_OK);
    ck_assert_int_eq(to_json(&x12, &(flow){.names = true, .codes = codes}, &json), X12_END);
    append(&json, "", 1);
    ck_assert(holds(&json, "\"filingIndicatorCodeName\":\"Made up\""));
    free(json.data);
    free(store.data);
    x12_codes_free(codes);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    target x12 = text_of(remittance);
    long allowed = 0;
    x12_status status = X12_ERROR_MEMORY;
    for (; status != X12_END; allowed++) {
        rationed memory = {allowed, 0};
        const x12_allocator allocator = {&memory, ration};
        target json = {0};
        status = to_json(&x12, &(flow){.names = true, .allocator = &allocator}, &json);
        ck_assert(status == X12_END || status == X12_ERROR_MEMORY);
        ck_assert_int_eq(memory.balance, 0);
        free(json.data);
    }
    ck_assert_int_gt(allowed, 3);
}
END_TEST

Suite *json_labels_suite(void)
{
    Suite *suite = suite_create("json_labels");
    TCase *cases = tcase_create("json_labels");
    tcase_add_test(cases, labels_have_keys_of_their_own);
    tcase_add_test(cases, codes_have_their_names_beside_them);
    tcase_add_test(cases, without_being_asked_there_are_none);
    tcase_add_test(cases, names_are_passed_over);
    tcase_add_test(cases, loaded_codes_name_codes);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}
