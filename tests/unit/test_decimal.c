/* Exact arithmetic: what comes out is the number itself, or a status that says that it cannot be. */
#include <check.h>
#include <remedi/decimal.h>
#include <string.h>

Suite *decimal_suite(void);

static x12_decimal decimal(const char *text)
{
    return x12_decimal_parse((x12_text){text, (uint32_t)strlen(text)});
}

static void assert_reads(const x12_decimal *value, const char *expected)
{
    char text[X12_DECIMAL_SIZE];
    ck_assert_uint_eq(x12_decimal_format(value, text), strlen(expected));
    ck_assert_str_eq(text, expected);
}

static const char nines[] = "999999999999999999", smallest[] = ".000000000000000001";

START_TEST(plain_spelling)
{
    static const char *const spellings[][2] = {
        {"150", "150"}, {"150.00", "150"}, {"0.50", "0.5"}, {".5", "0.5"}, {"5.", "5"}, {"-20", "-20"}, {"-.05", "-0.05"}, {"+7", "7"}, {"007", "7"},
        {"0", "0"}, {"-0.00", "0"}, {"12E2", "1200"}, {"12E-3", "0.012"}, {nines, nines}, {smallest, "0.000000000000000001"},
        {"-.999999999999999999", "-0.999999999999999999"}, {"", ""}, {"12A", ""}, {"1.2.3", ""}, {"1234567890123456789", ""},
        {"12345.67", "12345.67"}, {"1234567.", "1234567"}, {".0000001", "0.0000001"}, {"12345678", "12345678"}, {"-1234567.8", "-1234567.8"}, {"1.5", "1.5"},
        {".", ""}, {"-", ""}, {"..", ""}, {"1..", ""}, {"12/4", ""}, {"12:4", ""}, {"1.\xAE", ""}, {"1234567\x80", ""}, {"1-2", ""}, {"000000000000000001.50", "1.5"},
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        x12_decimal value = decimal(spellings[i][0]);
        ck_assert_int_eq(value.valid, spellings[i][1][0] != '\0');
        assert_reads(&value, spellings[i][1]);
    }
}
END_TEST

START_TEST(parse_keeps_the_spelling)
{
    x12_decimal value = decimal("150.00");
    ck_assert_uint_eq(value.length, 6);
    ck_assert_int_eq(memcmp(value.data, "150.00", 6), 0);
    ck_assert_int_eq(value.coefficient, 15000);
    ck_assert_uint_eq(value.scale, 2);
}
END_TEST

START_TEST(make)
{
    x12_decimal value = x12_decimal_make(-15050, 2);
    assert_reads(&value, "-150.5");
    value = x12_decimal_make(INT64_C(1000000000000000000), 1);
    assert_reads(&value, "100000000000000000");
    ck_assert(!x12_decimal_make(INT64_C(1000000000000000000), 0).valid);
    ck_assert(!x12_decimal_make(INT64_MIN, 0).valid);
    ck_assert(!x12_decimal_make(1, 19).valid);
    ck_assert(!x12_decimal_make(1, 257).valid);
}
END_TEST

START_TEST(add_and_subtract)
{
    static const struct {
        const char *left, *right, *sum, *difference; /* NULL: takes more than 18 digits */
    } cases[] = {
        {"150", "0.05", "150.05", "149.95"},
        {"0.1", "0.2", "0.3", "-0.1"},
        {"-90", "-90.00", "-180", "0"},
        {"12.345", "0.655", "13", "11.69"},
        {nines, "1", NULL, "999999999999999998"},
        {nines, nines, NULL, "0"},
        {nines, "0.1", NULL, NULL},
        {"99999999999999999.9", "0.1", "100000000000000000", "99999999999999999.8"},
        {"1", smallest, NULL, "0.999999999999999999"},
        {"1000000000000000.00", "0.25", "1000000000000000.25", "999999999999999.75"},
        {"1", "-.999999999999999999", "0.000000000000000001", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        x12_decimal left = decimal(cases[i].left), right = decimal(cases[i].right), result;
        ck_assert_int_eq(x12_decimal_add(&result, &left, &right), cases[i].sum ? X12_OK : X12_ERROR_LIMIT);
        if (cases[i].sum != NULL)
            assert_reads(&result, cases[i].sum);
        ck_assert_int_eq(x12_decimal_subtract(&result, &left, &right), cases[i].difference ? X12_OK : X12_ERROR_LIMIT);
        if (cases[i].difference != NULL)
            assert_reads(&result, cases[i].difference);
    }
}
END_TEST

START_TEST(what_is_no_number_does_not_count_as_zero)
{
    x12_decimal total = decimal("5"), absent = {0}, unreadable = decimal("N/A"), by_hand = {.valid = true, .coefficient = INT64_MIN};
    ck_assert_int_eq(x12_decimal_add(&total, &total, &absent), X12_ERROR_USAGE);
    ck_assert_int_eq(x12_decimal_subtract(&total, &unreadable, &total), X12_ERROR_USAGE);
    ck_assert_int_eq(x12_decimal_subtract(&total, &total, &by_hand), X12_ERROR_USAGE);
    assert_reads(&total, "5");
}
END_TEST

START_TEST(result_may_be_an_operand)
{
    x12_decimal total = decimal("2.50");
    ck_assert_int_eq(x12_decimal_add(&total, &total, &total), X12_OK);
    assert_reads(&total, "5");
    ck_assert_ptr_null(total.data);
    ck_assert_int_eq(x12_decimal_subtract(&total, &total, &total), X12_OK);
    assert_reads(&total, "0");
}
END_TEST

START_TEST(compare)
{
    static const char *const rising[] = {"", "-999999999999999999", "-1.5", "-1.05", "-.000000000000000001", "0", ".999999999999999999", "1.05", "1.5", "2", nines};
    enum { COUNT = sizeof rising / sizeof *rising };
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++) {
            x12_decimal left = decimal(rising[i]), right = decimal(rising[j]);
            int order = x12_decimal_compare(&left, &right);
            ck_assert_int_eq((order > 0) - (order < 0), (i > j) - (i < j));
        }
    x12_decimal left = decimal("150"), right = decimal("150.00");
    ck_assert_int_eq(x12_decimal_compare(&left, &right), 0);
}
END_TEST

Suite *decimal_suite(void)
{
    Suite *suite = suite_create("decimal");
    TCase *cases = tcase_create("decimal");
    tcase_add_test(cases, plain_spelling);
    tcase_add_test(cases, parse_keeps_the_spelling);
    tcase_add_test(cases, make);
    tcase_add_test(cases, add_and_subtract);
    tcase_add_test(cases, what_is_no_number_does_not_count_as_zero);
    tcase_add_test(cases, result_may_be_an_operand);
    tcase_add_test(cases, compare);
    suite_add_tcase(suite, cases);
    return suite;
}
