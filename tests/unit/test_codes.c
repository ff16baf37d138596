/* Code sets: shapes, what is built in, and publications on their way into the store and back. */
#include "codes/codes.h"
#include "guide/descriptor.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *codes_suite(void);

static x12_text text(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

static const x12_code_set *set_of(const char *name)
{
    const x12_code_set *set = x12_code_set_find(text(name));
    ck_assert_msg(set != NULL, "no set %s", name);
    return set;
}

/* --- shapes --- */

START_TEST(shapes)
{
    static const struct { const char *set, *right, *wrong; } cases[] = {
        {"icd10cm", "E119 I10 M1A00X0 C7A00 Z00 S72001A", "E E1 11E E11.9 e119 S72001AAA"},
        {"icd10pcs", "0016070 XW033E5 2W0UX5Z", "001607 00160700 O016070 0016I70"},
        {"cpt", "99213 0001F 0042T 0001U 0001A 0001M", "9921 992133 0001B A0001"},
        {"hcpcs", "J0120 A0428 V5020 99213 0042T", "W0120 J012 J01200 9921"},
        {"modifier", "25 GT 1P", "2 255 g1"},
        {"npi", "1999999984 1234567893 2000000002", "1999999985 3999999984 199999998 19999999844 199999998A"},
        {"taxonomy", "207Q00000X 193200000X", "207Q00000 207Q00000Y 207Q000000X"},
        {"revenue", "0450 0001", "450 04500 045A"},
        {"type-of-bill", "11 83", "1 111 1A"},
        {"drg", "470 001", "47000 47A"},
        {"ndc", "00002143380", "0002143380 00002-1433-80"},
        {"adjustment-reason", "1 45 253 A1 B16 P12", "0 045 4567 ZZZ A"},
        {"remark", "M1 MA01 N130 N700", "MA1 X1 130 N N13000"},
        {"place-of-service", "11 02", "1 111"},
        {"plan-id", "anything 1", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int wrong = 0; wrong < 2; wrong++) {
            char codes[128], *rest = codes;
            snprintf(codes, sizeof codes, "%s", wrong ? cases[i].wrong : cases[i].right);
            for (char *code; (code = strtok_r(rest, " ", &rest)) != NULL;)
                ck_assert_msg(x12_code_has_shape(set_of(cases[i].set), text(code)) == !wrong, "%s %s", cases[i].set, code);
        }
    ck_assert(!x12_code_has_shape(set_of("npi"), text("")));
}
END_TEST

/* --- what is built in --- */

static void assert_answer(const x12_codes *codes, const char *set, const char *code, uint32_t day, x12_code_state state, const char *label)
{
    x12_code_answer answer = x12_code_look_up(codes, set_of(set), text(code), day);
    ck_assert_msg(answer.state == state, "%s %s: %d", set, code, answer.state);
    ck_assert_msg(answer.label.length == strlen(label) && memcmp(answer.label.data ? answer.label.data : "", label, strlen(label)) == 0, "%s %s: %.*s", set, code,
                  (int)answer.label.length, answer.label.data);
}

START_TEST(built_in)
{
    assert_answer(NULL, "adjustment-reason", "45", 0, X12_CODE_KNOWN, "Above the fee schedule, contracted or allowed amount");
    assert_answer(NULL, "adjustment-group", "PR", 0, X12_CODE_KNOWN, "Patient responsibility");
    assert_answer(NULL, "place-of-service", "11", 20240101, X12_CODE_KNOWN, "Office");
    assert_answer(NULL, "place-of-service", "10", 20210101, X12_CODE_OUT_OF_DATE, "Telehealth, patient at home");
    assert_answer(NULL, "place-of-service", "10", 20220101, X12_CODE_KNOWN, "Telehealth, patient at home");
    assert_answer(NULL, "place-of-service", "43", 0, X12_CODE_UNKNOWN, "");
    assert_answer(NULL, "place-of-service", "4", 0, X12_CODE_MISSHAPEN, "");
    assert_answer(NULL, "claim-frequency", "K", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "icd10cm", "E119", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "states", "OH", 0, X12_CODE_KNOWN, "Ohio");
    assert_answer(NULL, "states", "XX", 0, X12_CODE_UNKNOWN, "");
    ck_assert(x12_code_look_up(NULL, set_of("adjustment-reason"), text("42"), 0).retired);
    ck_assert(!x12_code_look_up(NULL, set_of("adjustment-reason"), text("45"), 0).retired);
}
END_TEST

/* A list that grows: a number that it skips is wrong, one beyond its last may be new. */
START_TEST(growing_lists)
{
    assert_answer(NULL, "adjustment-reason", "155", 0, X12_CODE_KNOWN, "Patient refused the service");
    assert_answer(NULL, "adjustment-reason", "999", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "adjustment-reason", "C7", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "adjustment-reason", "A9", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "claim-status-category", "A9", 0, X12_CODE_UNCHECKED, "");
    assert_answer(NULL, "claim-status-category", "R2", 0, X12_CODE_UNKNOWN, "");
}
END_TEST

START_TEST(sets_in_order)
{
    size_t count = 0;
    for (const x12_code_set *set; (set = x12_code_set_at(count)) != NULL; count++) {
        x12i_code_line line;
        size_t at = 0, lines = 0;
        ck_assert_ptr_eq(set_of(x12_code_set_name(set)), set);
        ck_assert(count == 0 || strcmp(x12_code_set_name(x12_code_set_at(count - 1)), x12_code_set_name(set)) < 0);
        for (; x12i_next_code(&set->codes, &at, &line); lines++) {
            x12_code_answer answer = x12_code_look_up(NULL, set, line.code, 0);
            ck_assert_msg(answer.state == X12_CODE_KNOWN, "%s %.*s", set->name, (int)line.code.length, line.code.data);
        }
        ck_assert_uint_eq(at, set->codes.size);
        ck_assert_uint_eq(lines, x12_code_set_size(set));
    }
    ck_assert_uint_gt(count, 60);
    ck_assert_ptr_null(x12_code_set_find(text("no-such-set")));
}
END_TEST

START_TEST(sets_of_elements_and_lists)
{
    static const char by[] = "by 03 { XX npi XV plan-id }";
    ck_assert_ptr_eq(x12i_code_set_of_element("1073", "CRC"), set_of("yes-no"));
    ck_assert_ptr_eq(x12i_code_set_of_element("1073", "C022"), set_of("present-on-admission"));
    ck_assert_ptr_eq(x12i_code_set_of_element("98", NULL), set_of("entity"));
    ck_assert_ptr_null(x12i_code_set_of_element("127", "REF"));
    ck_assert_uint_eq(x12i_list_decider(by), 3);
    ck_assert_uint_eq(x12i_list_decider("npi"), 0);
    ck_assert_ptr_eq(x12i_code_set_of_list(by, text("XX")), set_of("npi"));
    ck_assert_ptr_null(x12i_code_set_of_list(by, text("FI")));
    ck_assert_ptr_eq(x12i_code_set_of_list(by, text("XV")), set_of("plan-id"));
    ck_assert_ptr_null(x12i_code_set_of_list(by, text("")));
    ck_assert_ptr_eq(x12i_code_set_of_list("revenue", text("")), set_of("revenue"));
}
END_TEST

static unsigned check_lists(const x12i_parts *parts)
{
    unsigned count = 0;
    for (unsigned i = 0; parts != NULL && i < parts->field_count; i++) {
        const char *list = parts->fields[i].code_list;
        count += check_lists(parts->fields[i].parts);
        if (list == NULL)
            continue;
        if (x12i_list_decider(list) == 0)
            ck_assert_msg(x12_code_set_find(text(list)) != NULL, "%s%02u: %s", parts->id, i + 1, list);
        char words[512], *rest = strchr(strncpy(words, list, sizeof words - 1), '{');
        words[sizeof words - 1] = '\0';
        for (char *word = rest ? strtok_r(rest + 1, " }", &rest) : NULL; word != NULL; word = strtok_r(NULL, " }", &rest)) {
            ck_assert_msg(x12i_code_set_of_list(list, text(word)) != NULL, "%s%02u: %s", parts->id, i + 1, word);
            strtok_r(NULL, " }", &rest);
        }
        count++;
    }
    return count;
}

START_TEST(every_list_of_the_guides_is_a_set)
{
    unsigned count = 0;
    for (size_t guide = 0; guide < x12i_guide_count; guide++)
        for (unsigned loop = 0; loop < x12i_guides[guide]->loop_count; loop++)
            for (unsigned slot = 0; slot < x12i_guides[guide]->loops[loop]->slot_count; slot++)
                count += check_lists(x12i_guides[guide]->loops[loop]->slots[slot].parts);
    ck_assert_uint_gt(count, 100);
}
END_TEST

/* --- publications --- */

typedef struct memory {
    const char *data;
    size_t size, at;
} memory;

static ptrdiff_t read_some(void *context, void *buffer, size_t size)
{
    memory *from = context;
    size_t left = from->size - from->at, taken = left < 7 ? left : 7;
    taken = taken < size ? taken : size;
    memcpy(buffer, from->data + from->at, taken);
    from->at += taken;
    return (ptrdiff_t)taken;
}

typedef struct target {
    char data[8192];
    size_t size;
} target;

static bool append(void *context, const void *data, size_t size)
{
    target *to = context;
    ck_assert_uint_lt(to->size + size, sizeof to->data);
    memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

typedef struct refusal {
    unsigned code, line, column;
} refusal;

static void note(void *context, const x12_finding *finding)
{
    *(refusal *)context = (refusal){finding->code, finding->position.line, finding->position.column};
}

static x12_status convert(const char *set, const char *file, uint32_t day, target *out, refusal *why)
{
    memory from = {file, strlen(file), 0};
    const x12_codes_publication publication = {set, day, "made up"};
    const x12_codes_options options = {.findings = {why, note}};
    *why = (refusal){0, 0, 0};
    out->size = 0;
    return x12_codes_convert((x12_output){out, append}, (x12_input){&from, read_some}, &publication, &options);
}

static void load(x12_codes *codes, const char *set, const char *file, uint32_t day)
{
    target out;
    refusal why;
    ck_assert_msg(convert(set, file, day, &out, &why) == X12_OK, "%u at %u:%u", why.code, why.line, why.column);
    memory from = {out.data, out.size, 0};
    ck_assert_int_eq(x12_codes_load(codes, (x12_input){&from, read_some}, NULL), X12_OK);
}

static const char order_file[] = "00001 A00     0 Made up sickness                                             Made up sickness, heading\n"
                                 "00002 A000    1 Made up sickness, mild                                       Made up sickness of a mild kind\n"
                                 "00003 A0011   1 Made up sickness, grave\r\n"
                                 "00004 I00     0 A heading with a letter that ICD-10-PCS has not\n";
static const char our_csv[] = "label,code,valid_from,valid_to\n\"One, \"\"first\"\"\",0450,2020-01-01,20211231\nTwo,0451,,\n\nThree,0999,2024-07-01,\n";
static const char taxonomy_csv[] = "\xEF\xBB\xBF" "Code,Grouping,Classification,Specialization,Definition\r\n"
                                   "000Q00000X,Group,Healer,Herbs,\"Two\nlines, \xE9\"\r\n000R00000X,Group,Healer,,\r\n";

static const char *hcpcs_line(char *line, const char *code, char kind, const char *label, const char *added, const char *ended)
{
    memset(line, ' ', 320);
    memcpy(line, code, strlen(code));
    memcpy(line + 5, "00100", 5);
    line[10] = kind;
    memcpy(line + 11, label, strlen(label));
    memcpy(line + 268, added, strlen(added));
    memcpy(line + 284, ended, strlen(ended));
    memcpy(line + 320, "\n", 2);
    return line;
}

static void hcpcs_file(char *file)
{
    char line[322];
    *file = '\0';
    strcat(file, hcpcs_line(line, "A0001", '3', "A made up thing, that needs", "20100101", ""));
    strcat(file, hcpcs_line(line, "A0001", '4', "two lines", "", ""));
    strcat(file, hcpcs_line(line, "   XQ", '7', "A made up modifier", "20150101", ""));
    strcat(file, hcpcs_line(line, "J9999", '3', "Ended", "20100101", "20191231"));
}

START_TEST(layouts)
{
    char hcpcs[2000];
    x12_codes *codes;
    hcpcs_file(hcpcs);
    ck_assert_int_eq(x12_codes_open(&codes, NULL), X12_OK);
    load(codes, "icd10cm", order_file, 20251001);
    load(codes, "icd10pcs", "00001 001     0 Heading\n00002 0016070 1 Made up bypass\n", 0);
    load(codes, "hcpcs", hcpcs, 0);
    load(codes, "modifier", hcpcs, 0);
    load(codes, "revenue", our_csv, 0);
    load(codes, "taxonomy", taxonomy_csv, 0);
    assert_answer(codes, "icd10cm", "A000", 20251001, X12_CODE_KNOWN, "Made up sickness of a mild kind");
    assert_answer(codes, "icd10cm", "A0011", 0, X12_CODE_KNOWN, "Made up sickness, grave");
    assert_answer(codes, "icd10cm", "A00", 0, X12_CODE_HEADING, "Made up sickness, heading");
    assert_answer(codes, "icd10cm", "I00", 0, X12_CODE_HEADING, "A heading with a letter that ICD-10-PCS has not");
    assert_answer(codes, "icd10cm", "A001", 0, X12_CODE_UNKNOWN, "");
    assert_answer(codes, "icd10cm", "A000", 20250930, X12_CODE_UNCHECKED, "");
    assert_answer(codes, "icd10pcs", "0016070", 0, X12_CODE_KNOWN, "Made up bypass");
    assert_answer(codes, "hcpcs", "A0001", 0, X12_CODE_KNOWN, "A made up thing, that needs two lines");
    assert_answer(codes, "hcpcs", "J9999", 20191231, X12_CODE_KNOWN, "Ended");
    assert_answer(codes, "hcpcs", "J9999", 20200101, X12_CODE_OUT_OF_DATE, "Ended");
    assert_answer(codes, "hcpcs", "J0000", 0, X12_CODE_UNKNOWN, "");
    assert_answer(codes, "hcpcs", "99213", 0, X12_CODE_UNCHECKED, "");
    assert_answer(codes, "modifier", "XQ", 0, X12_CODE_KNOWN, "A made up modifier");
    assert_answer(codes, "revenue", "0450", 20200101, X12_CODE_KNOWN, "One, \"first\"");
    assert_answer(codes, "revenue", "0999", 20240630, X12_CODE_OUT_OF_DATE, "Three");
    assert_answer(codes, "taxonomy", "000Q00000X", 0, X12_CODE_KNOWN, "Healer, Herbs");
    assert_answer(codes, "taxonomy", "000R00000X", 0, X12_CODE_KNOWN, "Healer");
    x12_codes_free(codes);
}
END_TEST

/* Each edition answers for its days, in whatever order they were loaded. */
START_TEST(editions)
{
    x12_codes *codes;
    x12_codes_edition edition;
    ck_assert_int_eq(x12_codes_open(&codes, NULL), X12_OK);
    load(codes, "icd10cm", "B000    New\nB001    Both, newly\n", 20251001);
    load(codes, "icd10cm", "B001    Both\nB002    Old\n", 20241001);
    load(codes, "hcpcs", "code,label\nA1234,Something\n", 0);
    assert_answer(codes, "icd10cm", "B002", 20250930, X12_CODE_KNOWN, "Old");
    assert_answer(codes, "icd10cm", "B002", 20251001, X12_CODE_UNKNOWN, "");
    assert_answer(codes, "icd10cm", "B001", 0, X12_CODE_KNOWN, "Both, newly");
    assert_answer(codes, "icd10cm", "B001", 20240930, X12_CODE_UNCHECKED, "");
    ck_assert(x12_codes_edition_at(codes, 1, &edition));
    ck_assert_ptr_eq(edition.set, set_of("icd10cm"));
    ck_assert_uint_eq(edition.first_day, 20241001);
    ck_assert_uint_eq(edition.size, 2);
    ck_assert_uint_eq(edition.source.length, 7);
    ck_assert(x12_codes_edition_at(codes, 2, &edition));
    ck_assert(!x12_codes_edition_at(codes, 3, &edition));
    x12_codes_free(codes);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
    static const struct { const char *set, *file; unsigned code, line, column; } cases[] = {
        {"icd10cm", "", X12_FINDING_CODES_LAYOUT, 1, 1},
        {"icd10cm", "These are no codes\n", X12_FINDING_CODES_LAYOUT, 1, 1},
        {"icd10cm", "00001 A000    1 Right\n00002 A00!    1 Wrong\n", X12_FINDING_CODES_CODE, 2, 7},
        {"icd10cm", "00001 A000    1 Right\n00002 A001    2 Wrong flag\n", X12_FINDING_CODES_LAYOUT, 2, 15},
        {"icd10cm", "00001 A000    1 Right\nA001    Another layout\n", X12_FINDING_CODES_LAYOUT, 2, 1},
        {"icd10cm", "A000    Right\nA001    M\xE9ni\xE8re\n", X12_FINDING_CODES_TEXT, 2, 1},
        {"icd10cm", "A000    Right\nA000    Twice\n", X12_FINDING_CODES_TWICE, 2, 1},
        {"icd10pcs", "A000    No procedure\n", X12_FINDING_CODES_LAYOUT, 1, 1},
        {"hcpcs", "A000    Not this layout\n", X12_FINDING_CODES_LAYOUT, 1, 1},
        {"revenue", "code,label\n0450,Right\n45,Short\n", X12_FINDING_CODES_CODE, 3, 1},
        {"revenue", "code,label,valid_to\n0450,Wrong day,2021-02-30\n", X12_FINDING_CODES_DAY, 2, 16},
        {"revenue", "code,label\n0450,\"No end\n", X12_FINDING_CODES_LAYOUT, 2, 6},
        {"revenue", "code,label\n0450,\"Behind\" it\n", X12_FINDING_CODES_LAYOUT, 2, 14},
        {"revenue", "code,label\n0450,\"Two\nlines\"\n", X12_FINDING_CODES_TEXT, 2, 1},
        {"revenue", "code,label\n", X12_FINDING_CODES_EMPTY, 2, 1},
        {"revenue", "label,code\n", X12_FINDING_CODES_EMPTY, 2, 1},
        {"revenue", "label,code\nNo code\n", X12_FINDING_CODES_CODE, 2, 1},
        {"revenue", "label,codes\n", X12_FINDING_CODES_LAYOUT, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        target out;
        refusal why;
        x12_status status = convert(cases[i].set, cases[i].file, 0, &out, &why);
        ck_assert_msg(status == X12_ERROR_FORMAT, "case %zu: status %d", i, status);
        ck_assert_msg(why.code == cases[i].code && why.line == cases[i].line && why.column == cases[i].column, "case %zu: %u at %u:%u", i, why.code, why.line, why.column);
        ck_assert_uint_eq(out.size, 0);
    }
}
END_TEST

/* A store that was cut, edited or swapped is not believed. */
START_TEST(damaged_stores)
{
    target out;
    refusal why;
    x12_codes *codes;
    ck_assert_int_eq(convert("icd10cm", order_file, 20251001, &out, &why), X12_OK);
    ck_assert_int_eq(x12_codes_open(&codes, NULL), X12_OK);
    for (size_t size = 0; size < out.size; size++) {
        memory from = {out.data, size, 0};
        const x12_codes_options options = {.findings = {&why, note}};
        why.code = 0;
        ck_assert_int_eq(x12_codes_load(codes, (x12_input){&from, read_some}, &options), X12_ERROR_FORMAT);
        ck_assert_uint_eq(why.code, X12_FINDING_CODES_DAMAGED);
    }
    for (size_t at = 0; at < out.size; at++) {
        out.data[at] ^= 1;
        memory from = {out.data, out.size, 0};
        ck_assert_int_eq(x12_codes_load(codes, (x12_input){&from, read_some}, NULL), X12_ERROR_FORMAT);
        out.data[at] ^= 1;
    }
    memory from = {out.data, out.size, 0};
    ck_assert_int_eq(x12_codes_load(codes, (x12_input){&from, read_some}, NULL), X12_OK);
    x12_codes_free(codes);
}
END_TEST

/* --- memory and limits --- */

typedef struct rationed {
    long left, balance;
} rationed;

static void *ration(void *context, void *block, size_t old_size, size_t new_size)
{
    rationed *from = context;
    (void)old_size;
    if (new_size == 0) {
        from->balance -= block != NULL;
        free(block);
        return NULL;
    }
    if (from->left-- <= 0)
        return NULL;
    from->balance += block == NULL;
    return realloc(block, new_size);
}

static x12_status all_of_it(const x12_allocator *allocator, const char *file)
{
    target out = {.size = 0};
    memory from = {file, strlen(file), 0};
    const x12_codes_publication publication = {"revenue", 0, NULL};
    const x12_codes_options options = {.allocator = allocator};
    x12_codes *codes = NULL;
    x12_status status = x12_codes_convert((x12_output){&out, append}, (x12_input){&from, read_some}, &publication, &options);
    if (status == X12_OK)
        status = x12_codes_open(&codes, allocator);
    for (int i = 0; i < 20 && status == X12_OK; i++) {
        from = (memory){out.data, out.size, 0};
        status = x12_codes_load(codes, (x12_input){&from, read_some}, &options);
    }
    x12_codes_free(codes);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    x12_status status = X12_ERROR_MEMORY;
    long count = 0;
    for (; status != X12_OK; count++) {
        rationed from = {count, 0};
        const x12_allocator allocator = {&from, ration};
        status = all_of_it(&allocator, our_csv);
        ck_assert(status == X12_OK || status == X12_ERROR_MEMORY);
        ck_assert_int_eq(from.balance, 0);
    }
    ck_assert_int_gt(count, 20);
}
END_TEST

START_TEST(limits_and_usage)
{
    target out = {.size = 0};
    refusal why = {0, 0, 0};
    memory from = {order_file, sizeof order_file - 1, 0};
    const x12_codes_publication none = {"no-such-set", 0, NULL}, broken = {"icd10cm", 0, "two\nlines"}, right = {"icd10cm", 0, NULL};
    const x12_codes_options options = {.findings = {&why, note}, .limit = 100};
    ck_assert_int_eq(x12_codes_convert((x12_output){&out, append}, (x12_input){&from, read_some}, &none, NULL), X12_ERROR_USAGE);
    ck_assert_int_eq(x12_codes_convert((x12_output){&out, append}, (x12_input){&from, read_some}, &broken, NULL), X12_ERROR_USAGE);
    ck_assert_int_eq(x12_codes_convert((x12_output){&out, append}, (x12_input){&from, read_some}, &right, &options), X12_ERROR_LIMIT);
    ck_assert_uint_eq(why.code, X12_FINDING_CODES_TOO_LARGE);
    x12_codes_free(NULL);
}
END_TEST

Suite *codes_suite(void)
{
    Suite *suite = suite_create("codes");
    TCase *cases = tcase_create("codes");
    tcase_add_test(cases, shapes);
    tcase_add_test(cases, built_in);
    tcase_add_test(cases, growing_lists);
    tcase_add_test(cases, sets_in_order);
    tcase_add_test(cases, sets_of_elements_and_lists);
    tcase_add_test(cases, every_list_of_the_guides_is_a_set);
    tcase_add_test(cases, layouts);
    tcase_add_test(cases, editions);
    tcase_add_test(cases, what_does_not_fit_is_refused);
    tcase_add_test(cases, damaged_stores);
    tcase_add_test(cases, every_allocation_may_fail);
    tcase_add_test(cases, limits_and_usage);
    suite_add_tcase(suite, cases);
    return suite;
}
