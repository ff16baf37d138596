/* Cells as they are written: quotes only where they are needed, and nothing in a spreadsheet that it would run. */
#include "convert/csv_writer.h"
#include <check.h>
#include <stdlib.h>

Suite *csv_writer_suite(void);

static bool append(void *context, const void *data, size_t size)
{
    x12i_buffer_add(context, data, size);
    return true;
}

static bool refuse(void *context, const void *data, size_t size)
{
    (void)context;
    (void)data;
    return size == 0;
}

static void ck_row(bool excel, const char *const *cells, const char *expected)
{
    x12i_buffer text = {0};
    x12i_csv_writer writer;
    ck_assert_int_eq(x12i_csv_open(&writer, (x12_output){&text, append}, excel, NULL), X12_OK);
    for (; *cells != NULL; cells++)
        x12i_csv_put_string(&writer, *cells);
    x12i_csv_end_row(&writer);
    ck_assert_int_eq(x12i_csv_finish(&writer), X12_OK);
    x12i_buffer_add_byte(&text, '\0');
    ck_assert_str_eq(text.data, expected);
    x12i_csv_close(&writer);
    x12i_buffer_free(&text);
}

#define CK_ROW(excel, expected, ...) ck_row(excel, (const char *const[]){__VA_ARGS__, NULL}, expected)

START_TEST(test_plain)
{
    CK_ROW(false, "a,,b\n", "a", "", "b");
    CK_ROW(false, "SMITH JR ,0012,-5.00\n", "SMITH JR ", "0012", "-5.00");
    CK_ROW(false, "1234567,12345678,a text of seventeen\n", "1234567", "12345678", "a text of seventeen");
    CK_ROW(false, "\xC3\x89mile,\xFF\n", "\xC3\x89mile", "\xFF");
    CK_ROW(false, "=1+1,@x\n", "=1+1", "@x");
}
END_TEST

START_TEST(test_quotes)
{
    CK_ROW(false, "\"a,b\",\"\"\"\",\"5\"\" pipe\"\n", "a,b", "\"", "5\" pipe");
    CK_ROW(false, "\"\n\",\"\r\",\"behind the eighth byte\n\"\n", "\n", "\r", "behind the eighth byte\n");
    CK_ROW(false, "\"12345678,\",\"12345678901234,6\"\n", "12345678,", "12345678901234,6");
}
END_TEST

/* Wherever it stands in a row, long or short, and whatever is beside it. */
START_TEST(test_care)
{
    static const struct {
        const char *cell, *written;
    } odd[] = {{",", "\",\""}, {"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""}, {"\t", "\t"}, {"\xC3\x89", "\xC3\x89"}, {",,,,,,,,,,,,,,,,,", "\",,,,,,,,,,,,,,,,,\""}};
    for (unsigned count = 1; count < 140; count += 23) {
        for (unsigned at = 0; at < count; at++) {
            const char *cells[140];
            x12i_buffer expected = {0};
            for (unsigned i = 0; i < count; i++) {
                cells[i] = i == at ? odd[at % 6].cell : i % 3 == 0 ? "" : "plain";
                x12i_buffer_add_string(&expected, i == at ? odd[at % 6].written : cells[i]);
                x12i_buffer_add_string(&expected, i + 1 < count ? "," : "\n");
            }
            cells[count] = NULL;
            x12i_buffer_add_byte(&expected, '\0');
            ck_row(false, cells, expected.data);
            x12i_buffer_free(&expected);
        }
    }
}
END_TEST

/* A line without anything would be no row. */
START_TEST(test_only_cell_is_empty)
{
    CK_ROW(false, "\"\"\n", "");
    CK_ROW(false, ",\n", "", "");
}
END_TEST

START_TEST(test_excel)
{
    CK_ROW(true, "\xEF\xBB\xBF" "a,b\r\n", "a", "b");
    CK_ROW(true, "\xEF\xBB\xBF" "'=1+1,'+A1,'-A1,'@x,'\tx,\"'\rx\"\r\n", "=1+1", "+A1", "-A1", "@x", "\tx", "\rx");
    CK_ROW(true, "\xEF\xBB\xBF" "-5.00,-.5,'-5-5,'-,\"'=\"\"x\"\"\"\r\n", "-5.00", "-.5", "-5-5", "-", "=\"x\"");
    CK_ROW(true, "\xEF\xBB\xBF" "''=x,'x,''\r\n", "'=x", "'x", "''");
}
END_TEST

START_TEST(test_numbers)
{
    x12i_buffer text = {0};
    x12i_csv_writer writer;
    x12i_csv_open(&writer, (x12_output){&text, append}, false, NULL);
    x12i_csv_put_number(&writer, 0);
    x12i_csv_put_number(&writer, UINT64_MAX);
    x12i_csv_end_row(&writer);
    x12i_csv_finish(&writer);
    x12i_buffer_add_byte(&text, '\0');
    ck_assert_str_eq(text.data, "0,18446744073709551615\n");
    x12i_csv_close(&writer);
    x12i_buffer_free(&text);
}
END_TEST

START_TEST(test_errors_stay)
{
    x12i_csv_writer writer;
    x12i_csv_open(&writer, (x12_output){NULL, refuse}, false, NULL);
    x12i_csv_put_string(&writer, "a");
    ck_assert_int_eq(x12i_csv_end_row(&writer), X12_OK);
    ck_assert_int_eq(x12i_csv_finish(&writer), X12_ERROR_OUTPUT);
    ck_assert_int_eq(x12i_csv_end_row(&writer), X12_ERROR_OUTPUT);
    x12i_csv_close(&writer);
}
END_TEST

Suite *csv_writer_suite(void)
{
    Suite *suite = suite_create("CSV writer");
    TCase *cells = tcase_create("cells");
    tcase_add_test(cells, test_plain);
    tcase_add_test(cells, test_quotes);
    tcase_add_test(cells, test_care);
    tcase_add_test(cells, test_only_cell_is_empty);
    tcase_add_test(cells, test_excel);
    tcase_add_test(cells, test_numbers);
    tcase_add_test(cells, test_errors_stay);
    suite_add_tcase(suite, cells);
    return suite;
}
