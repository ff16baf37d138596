/* Dates, times, periods and decimals: what each text says, its ISO 8601 spelling, and the way back. */
#include "base/buffer.h"
#include "base/value.h"
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

Suite *values_suite(void);

static x12_text text(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

static void assert_spelling(const char *sent, const char *expected, const char *actual, size_t length)
{
    ck_assert_msg(length == strlen(expected) && memcmp(actual, expected, length) == 0, "%s: %.*s, not %s", sent, (int)length, actual, expected);
}

/* --- decimals --- */

START_TEST(decimals)
{
    static const struct {
        const char *sent;
        int64_t coefficient;
        uint8_t scale;
    } cases[] = {
        {"0", 0, 0},     {"150", 150, 0},   {"150.00", 15000, 2},  {"-20.5", -205, 1},
        {".5", 5, 1},    {"5.", 5, 0},      {"+3", 3, 0},          {"-.25", -25, 2},
        {"-0", 0, 0},    {"1E3", 1000, 0},  {"1.5E1", 15, 0},      {"25E-2", 25, 2},
        {"1E17", INT64_C(100000000000000000), 0},
        {"999999999999999999", INT64_C(999999999999999999), 0},
        {"-.999999999999999999", -INT64_C(999999999999999999), 18},
        {"0E99999999999999999999", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        x12_decimal value = {.data = cases[i].sent, .length = (uint32_t)strlen(cases[i].sent)};
        x12i_decimal_read(&value);
        ck_assert_msg(value.valid, "%s", cases[i].sent);
        ck_assert_int_eq(value.coefficient, cases[i].coefficient);
        ck_assert_uint_eq(value.scale, cases[i].scale);
    }
}
END_TEST

START_TEST(no_decimals)
{
    static const char *const cases[] = {"-", "+", ".", "-.", "1,000", "1 ", " 1", "12A", "1.2.3", "--1", "+-1", "$5", "1E", "E5", "1E+", "1E1.5", "1e3", "0x10", "1/2", "1000000000000000000", "1E18", "1E-19", "9E99999999999999999999", "NaN"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        x12_decimal value = {.data = cases[i], .length = (uint32_t)strlen(cases[i]), .valid = true, .coefficient = 7, .scale = 7};
        x12i_decimal_read(&value);
        ck_assert_msg(!value.valid && value.coefficient == 0 && value.scale == 0, "%s", cases[i]);
    }
}
END_TEST

/* --- dates --- */

START_TEST(dates)
{
    static const struct {
        const char *sent, *iso;
    } cases[] = {
        {"20260131", "2026-01-31"}, {"20240229", "2024-02-29"}, {"20000229", "2000-02-29"}, {"00010101", "0001-01-01"}, {"99991231", "9999-12-31"},
        {"700101", "1970-01-01"},   {"991231", "1999-12-31"},   {"000229", "2000-02-29"},   {"691231", "2069-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[X12I_ISO_MAX], back[X12I_ISO_MAX];
        unsigned digits = (unsigned)strlen(cases[i].sent);
        x12_date date = {.data = cases[i].sent, .length = digits};
        x12i_date_read(&date);
        size_t length = x12i_date_to_iso(&date, iso);
        assert_spelling(cases[i].sent, cases[i].iso, iso, length);
        assert_spelling(cases[i].iso, cases[i].sent, back, x12i_date_from_iso((x12_text){iso, (uint32_t)length}, digits, back));
    }
}
END_TEST

START_TEST(no_dates)
{
    static const char *const cases[] = {"20260229", "19000229", "20261301", "20260001", "20260100", "20260132", "2026013", "202601311", "2026-1-1", "2026013A", "00000000", "251301", "260230", "0", "2026"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[X12I_ISO_MAX];
        x12_date date = {.data = cases[i], .length = (uint32_t)strlen(cases[i]), .month = 9};
        x12i_date_read(&date);
        ck_assert_msg(date.month == 0, "%s", cases[i]);
        ck_assert_uint_eq(x12i_date_to_iso(&date, iso), 0);
    }
}
END_TEST

START_TEST(no_iso_dates)
{
    static const char *const cases[] = {"2026-02-29", "2026-1-31", "20260131", "2026/01/31", "2026-01-31 ", "2026-01-3A", ""};
    char back[X12I_ISO_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(x12i_date_from_iso(text(cases[i]), 8, back) == 0, "%s", cases[i]);
    ck_assert_msg(x12i_date_from_iso(text("1969-12-31"), 6, back) == 0, "six digits cannot say it");
    ck_assert_msg(x12i_date_from_iso(text("2070-01-01"), 6, back) == 0, "six digits cannot say it");
}
END_TEST

/* --- times --- */

START_TEST(times)
{
    static const struct {
        const char *sent, *iso;
        uint8_t hour, minute, second;
    } cases[] = {
        {"0000", "00:00", 0, 0, 0},
        {"2359", "23:59", 23, 59, 0},
        {"103005", "10:30:05", 10, 30, 5},
        {"1030057", "10:30:05.7", 10, 30, 5},
        {"10300570", "10:30:05.70", 10, 30, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[X12I_ISO_MAX], back[X12I_ISO_MAX];
        x12_time time = {.data = cases[i].sent, .length = (uint32_t)strlen(cases[i].sent)};
        x12i_time_read(&time);
        ck_assert(time.valid && time.hour == cases[i].hour && time.minute == cases[i].minute && time.second == cases[i].second);
        size_t length = x12i_time_to_iso(&time, iso);
        assert_spelling(cases[i].sent, cases[i].iso, iso, length);
        assert_spelling(cases[i].iso, cases[i].sent, back, x12i_time_from_iso((x12_text){iso, (uint32_t)length}, back));
    }
}
END_TEST

START_TEST(no_times)
{
    static const char *const sent[] = {"2400", "1060", "103060", "10", "103", "10300", "103005999", "10:30", "1A30", "", "10300A"};
    static const char *const iso[] = {"24:00", "10:60", "10:30:60", "1030", "10:3", "10:30:05.", "10:30:05.123", "10.30", ""};
    char out[X12I_ISO_MAX];
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        x12_time time = {.data = sent[i], .length = (uint32_t)strlen(sent[i]), .hour = 9};
        x12i_time_read(&time);
        ck_assert_msg(!time.valid && time.hour == 0, "%s", sent[i]);
        ck_assert_uint_eq(x12i_time_to_iso(&time, out), 0);
    }
    for (size_t i = 0; i < sizeof iso / sizeof *iso; i++)
        ck_assert_msg(x12i_time_from_iso(text(iso[i]), out) == 0, "%s", iso[i]);
}
END_TEST

/* --- periods --- */

START_TEST(periods)
{
    static const struct {
        const char *qualifier, *sent, *iso;
        x12_period_format format;
    } cases[] = {
        {"D8", "20260131", "2026-01-31", X12_PERIOD_DATE},
        {"RD8", "20260101-20260131", "2026-01-01/2026-01-31", X12_PERIOD_DATE_RANGE},
        {"RD8", "20260131-20260101", "2026-01-31/2026-01-01", X12_PERIOD_DATE_RANGE}, /* backwards, but two real dates */
        {"DT", "202601312359", "2026-01-31T23:59", X12_PERIOD_DATE_TIME},
        {"TM", "2359", "23:59", X12_PERIOD_TIME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[X12I_ISO_MAX], back[X12I_ISO_MAX];
        x12_period period = {.data = cases[i].sent, .length = (uint32_t)strlen(cases[i].sent)};
        x12i_period_read(&period, text(cases[i].qualifier));
        ck_assert_int_eq(period.format, cases[i].format);
        size_t length = x12i_period_to_iso(&period, iso);
        assert_spelling(cases[i].sent, cases[i].iso, iso, length);
        assert_spelling(cases[i].iso, cases[i].sent, back, x12i_period_from_iso((x12_text){iso, (uint32_t)length}, text(cases[i].qualifier), back));
    }
}
END_TEST

START_TEST(period_fields)
{
    x12_period range = {.data = "20251230-20260131", .length = 17}, moment = {.data = "202601310915", .length = 12};
    x12i_period_read(&range, text("RD8"));
    ck_assert(range.from_year == 2025 && range.from_month == 12 && range.from_day == 30);
    ck_assert(range.to_year == 2026 && range.to_month == 1 && range.to_day == 31);
    x12i_period_read(&moment, text("DT"));
    ck_assert(moment.from_year == 2026 && moment.from_month == 1 && moment.from_day == 31 && moment.hour == 9 && moment.minute == 15);
}
END_TEST

/* Kept as text, with no field half filled. */
START_TEST(no_periods)
{
    static const char *const cases[][2] = {
        {"D8", "2026013"},     {"D8", "20260230"},          {"D8", "20260101-20260131"}, {"RD8", "20260101"},     {"RD8", "20260101/20260131"}, {"RD8", "20260101-20260231"},
        {"DT", "20260131"},    {"DT", "202601312460"},      {"TM", "235959"},            {"TM", "2400"},         {"", "20260131"},             {"CM", "202601"},
        {"d8", "20260131"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[X12I_ISO_MAX];
        x12_period period = {.data = cases[i][1], .length = (uint32_t)strlen(cases[i][1])};
        x12i_period_read(&period, text(cases[i][0]));
        ck_assert_msg(period.format == X12_PERIOD_TEXT && period.from_month == 0 && period.to_month == 0 && period.hour == 0, "%s %s", cases[i][0], cases[i][1]);
        ck_assert_uint_eq(x12i_period_to_iso(&period, iso), 0);
    }
}
END_TEST

START_TEST(no_iso_periods)
{
    static const char *const cases[][2] = {
        {"D8", "2026-02-30"}, {"D8", "2026-01-01/2026-01-31"}, {"RD8", "2026-01-01"}, {"RD8", "2026-01-01-2026-01-31"}, {"RD8", "2026-01-01/2026-02-30"},
        {"DT", "2026-01-31 10:30"}, {"DT", "2026-01-31T24:00"}, {"TM", "10:30:05"}, {"", "2026-01-31"}, {"D8", ""},
    };
    char back[X12I_ISO_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(x12i_period_from_iso(text(cases[i][1]), text(cases[i][0]), back) == 0, "%s %s", cases[i][0], cases[i][1]);
}
END_TEST

/* Of each length, about the powers of ten, and with zeros within. */
START_TEST(spelled_numbers)
{
    uint64_t power = 1;
    for (unsigned digits = 1; digits <= 20; digits++, power *= 10) {
        const uint64_t numbers[] = {power - 1, power, power + 1, power * 9 / 8 + 10, UINT64_MAX / power, UINT64_MAX - power};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            char expected[24], room[20];
            x12i_buffer spelled = {.data = room, .capacity = sizeof room};
            int length = snprintf(expected, sizeof expected, "%" PRIu64, numbers[i]);
            x12i_buffer_add_number(&spelled, numbers[i]);
            ck_assert_msg(spelled.length == (size_t)length && memcmp(room, expected, spelled.length) == 0, "%s", expected);
        }
    }
}
END_TEST

Suite *values_suite(void)
{
    Suite *suite = suite_create("values");
    TCase *cases = tcase_create("values");
    tcase_add_test(cases, decimals);
    tcase_add_test(cases, no_decimals);
    tcase_add_test(cases, dates);
    tcase_add_test(cases, no_dates);
    tcase_add_test(cases, no_iso_dates);
    tcase_add_test(cases, times);
    tcase_add_test(cases, no_times);
    tcase_add_test(cases, periods);
    tcase_add_test(cases, period_fields);
    tcase_add_test(cases, no_periods);
    tcase_add_test(cases, no_iso_periods);
    tcase_add_test(cases, spelled_numbers);
    suite_add_tcase(suite, cases);
    return suite;
}
