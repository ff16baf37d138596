/* Rows as they are read: the same whatever the size of the chunks, in every way that CSV is written. */
#include "../flow.h"
#include "base/buffer.h"
#include "convert/csv_reader.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

Suite *csv_reader_suite(void);

/* The finding that was raised last. */
static void keep_finding(void *context, const x12_finding *finding)
{
    *(x12_finding *)context = *finding;
}

typedef struct setting {
    x12i_csv_reader_options options;
    size_t chunk;
    x12_finding finding;
} setting;

/* All rows, cells in brackets: "[a][b]/[1][]/"; the status that ended it. */
static x12_status read_rows(const char *csv, size_t size, setting *how, x12i_buffer *rows)
{
    source from = {csv, size, how->chunk};
    x12i_csv_reader *reader;
    const x12i_csv_row *row;
    const x12_finding_handler findings = {&how->finding, keep_finding};
    how->options.findings = &findings;
    x12_status status = x12i_csv_reader_open(&reader, (x12_input){&from, read_chunk}, &how->options);
    while (status == X12_OK && (status = x12i_csv_reader_next(reader, &row)) == X12_OK) {
        for (size_t i = 0; i < row->count; i++) {
            x12i_buffer_add_byte(rows, '[');
            x12i_buffer_add(rows, row->cells[i].data, row->cells[i].length);
            x12i_buffer_add_byte(rows, ']');
        }
        x12i_buffer_add_byte(rows, '/');
    }
    x12i_csv_reader_free(reader);
    return status;
}

static const size_t chunks[] = {1, 2, 3, 5, 7, 4096};
enum { CHUNK_COUNT = sizeof chunks / sizeof *chunks };

static void ck_rows_of(const char *csv, size_t size, const x12i_csv_reader_options *options, const char *expected)
{
    for (size_t i = 0; i < CHUNK_COUNT; i++) {
        x12i_buffer rows = {0};
        setting how = {.options = *options, .chunk = chunks[i]};
        ck_assert_int_eq(read_rows(csv, size, &how, &rows), X12_END);
        x12i_buffer_add_byte(&rows, '\0');
        ck_assert_str_eq(rows.data, expected);
        x12i_buffer_free(&rows);
    }
}

static void ck_rows(const char *csv, const char *expected)
{
    ck_rows_of(csv, strlen(csv), &(x12i_csv_reader_options){0}, expected);
}

START_TEST(test_line_breaks)
{
    ck_rows("a,b\n1,2\n", "[a][b]/[1][2]/");
    ck_rows("a,b\r\n1,2\r\n", "[a][b]/[1][2]/");
    ck_rows("a,b\r1,2\r", "[a][b]/[1][2]/");
    ck_rows("a,b\n1,2", "[a][b]/[1][2]/");
    ck_rows("a,b\n1,", "[a][b]/[1][]/");
    ck_rows("\n\na,b\n\n\r\n1,2\n\n", "[a][b]/[1][2]/");
    ck_rows("", "");
    ck_rows("\n", "");
    ck_rows(",", "[][]/");
}
END_TEST

START_TEST(test_quotes)
{
    ck_rows("\"a\",\"b,\"\n\"\",\"\"\"\"\n", "[a][b,]/[][\"]/");
    ck_rows("\"two\nlines\",\"three\r\n\r\nlines\"\n", "[two\nlines][three\r\n\r\nlines]/");
    ck_rows("5\" pipe,a\"b\"\n", "[5\" pipe][a\"b\"]/");
    ck_rows("\"\"\n", "[]/");
    ck_rows("\"say \"\"hi\"\"\"", "[say \"hi\"]/");
    ck_rows(" \"a\" ,b\n", "[ \"a\" ][b]/");
}
END_TEST

START_TEST(test_delimiters)
{
    ck_rows("a;b\n1,5;2\n", "[a][b]/[1,5][2]/");
    ck_rows("a\tb\n1\t2\n", "[a][b]/[1][2]/");
    ck_rows("a;b\tc\n", "[a;b\tc]/");
    ck_rows("\"a,x\";b\n1;2", "[a,x][b]/[1][2]/");
    ck_rows_of("a|b;c", 5, &(x12i_csv_reader_options){.delimiter = '|'}, "[a][b;c]/");
}
END_TEST

START_TEST(test_character_sets)
{
    ck_rows("\xEF\xBB\xBF" "a,\xC3\xA9\n", "[a][\xC3\xA9]/");
    ck_rows("M\xFCller,\"\xE9\"\"\"\n", "[M\xC3\xBCller][\xC3\xA9\"]/");
    ck_rows_of("\xFF\xFE" "a\0,\0\xE9\0\n\0", 10, &(x12i_csv_reader_options){0}, "[a][\xC3\xA9]/");
    ck_rows_of("\x80,b", 3, &(x12i_csv_reader_options){.charset = "windows-1252"}, "[\xE2\x82\xAC][b]/");
    ck_rows_of("\xFF,b", 3, &(x12i_csv_reader_options){.charset = "UTF-8"}, "[\xFF][b]/");
}
END_TEST

/* What a spreadsheet's file guards is unguarded; nothing else is touched. */
START_TEST(test_guards)
{
    ck_rows("\xEF\xBB\xBF'=1+1,''-x,'x,'\n", "[=1+1]['-x]['x][']/");
    ck_rows("'=1+1\n", "['=1+1]/");
}
END_TEST

START_TEST(test_a_nul_is_a_byte)
{
    x12i_buffer rows = {0};
    setting how = {.chunk = 1};
    ck_assert_int_eq(read_rows("a\0b,\"\0\"\n", 8, &how, &rows), X12_END);
    ck_assert_uint_eq(rows.length, 9);
    ck_assert_int_eq(memcmp(rows.data, "[a\0b][\0]/", 9), 0);
    x12i_buffer_free(&rows);
}
END_TEST

static const struct {
    const char *csv;
    size_t limit;
    x12_finding_code code;
    x12_status status;
    uint32_t row, line, column;
} wrong[] = {
    {"a,b\n1,\"x\"y\n", 0, X12_FINDING_CSV_QUOTE, X12_ERROR_FORMAT, 2, 2, 6},
    {"a,b\r\n\"1\r\n\",\"x", 0, X12_FINDING_CSV_UNCLOSED, X12_ERROR_FORMAT, 2, 3, 3},
    {"a\n\n\"x", 0, X12_FINDING_CSV_UNCLOSED, X12_ERROR_FORMAT, 3, 3, 1},
    {"a,b\n\"0123456789012345678901234567890123456789\"\n", 30, X12_FINDING_CSV_ROW_TOO_LONG, X12_ERROR_LIMIT, 2, 2, 1},
};

START_TEST(test_findings_have_an_address)
{
    for (size_t i = 0; i < CHUNK_COUNT - (wrong[_i].limit != 0); i++) {
        x12i_buffer rows = {0};
        setting how = {.options = {.row_limit = wrong[_i].limit, .table = "claims"}, .chunk = chunks[i]};
        size_t size = strlen(wrong[_i].csv);
        x12i_buffer padded = {0}; /* the limit counts only where more must be read than the first block */
        x12i_buffer_add(&padded, wrong[_i].csv, size);
        for (size_t k = 0; wrong[_i].limit != 0 && k < 1 << 17; k++)
            x12i_buffer_add_byte(&padded, k == 0 ? '"' : 'x');
        ck_assert_int_eq(read_rows(padded.data, padded.length, &how, &rows), wrong[_i].status);
        ck_assert_int_eq(how.finding.code, wrong[_i].code);
        if (wrong[_i].limit == 0) {
            ck_assert_uint_eq(how.finding.position.row, wrong[_i].row);
            ck_assert_uint_eq(how.finding.position.line, wrong[_i].line);
            ck_assert_uint_eq(how.finding.position.column, wrong[_i].column);
            ck_assert_str_eq(how.finding.position.table, "claims");
        }
        x12i_buffer_free(&padded);
        x12i_buffer_free(&rows);
    }
}
END_TEST

START_TEST(test_cells_have_an_address)
{
    static const char csv[] = "a,b\n\n\"x\n\",\"y\",z\n";
    source from = {csv, sizeof csv - 1, 3};
    x12i_csv_reader *reader;
    const x12i_csv_row *row;
    ck_assert_int_eq(x12i_csv_reader_open(&reader, (x12_input){&from, read_chunk}, &(x12i_csv_reader_options){.findings = &(x12_finding_handler){0}}), X12_OK);
    ck_assert_int_eq(x12i_csv_reader_next(reader, &row), X12_OK);
    ck_assert_int_eq(x12i_csv_reader_next(reader, &row), X12_OK);
    ck_assert_uint_eq(row->count, 3);
    static const struct { uint32_t line, column; uint64_t offset; } places[] = {{3, 1, 5}, {4, 3, 10}, {4, 7, 14}};
    for (size_t i = 0; i < 3; i++) {
        x12_position position = x12i_csv_reader_position(reader, i);
        ck_assert_uint_eq(position.row, 3);
        ck_assert_uint_eq(position.line, places[i].line);
        ck_assert_uint_eq(position.column, places[i].column);
        ck_assert_uint_eq(position.offset, places[i].offset);
    }
    x12i_csv_reader_free(reader);
}
END_TEST

START_TEST(test_any_allocation_may_fail)
{
    static const char csv[] = "\xFF\xFE" "a\0,\0\"\0\"\0\"\0\"\0\n\0";
    x12_status status = X12_ERROR_MEMORY;
    long allowed = 0;
    for (; status == X12_ERROR_MEMORY && allowed < 100; allowed++) {
        rationed memory = {allowed, 0};
        const x12_allocator allocator = {&memory, ration};
        x12i_buffer rows = {0};
        setting how = {.options = {.allocator = &allocator}, .chunk = 1};
        status = read_rows(csv, sizeof csv - 1, &how, &rows);
        ck_assert_int_eq(memory.balance, 0);
        x12i_buffer_free(&rows);
    }
    ck_assert_int_eq(status, X12_END);
    ck_assert_int_gt(allowed, 4);
}
END_TEST

/* --- the conformance files of others --- */

static const char conformance_folder[] = "../shared/conformance/csv";

static void read_file(x12i_buffer *text, const char *folder, const char *name, const char *suffix)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s%s", conformance_folder, folder, name, suffix);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    for (int byte; (byte = getc(file)) != EOF;)
        x12i_buffer_add_byte(text, (char)byte);
    x12i_buffer_add_byte(text, '\0');
    fclose(file);
}

/* The next string of JSON that holds nothing but objects of strings; false at its end. */
static bool next_string(const char **at, x12i_buffer *string)
{
    const char *start = strchr(*at, '"');
    string->length = 0;
    if (start == NULL)
        return false;
    for (*at = start + 1; **at != '"'; ++*at) {
        bool escape = **at == '\\';
        *at += escape;
        x12i_buffer_add_byte(string, escape && **at == 'n' ? '\n' : escape && **at == 'r' ? '\r' : **at);
    }
    ++*at;
    x12i_buffer_add_byte(string, '\0');
    return true;
}

/* The rows that the JSON tells, as read_rows does: header first. */
static void rows_of_json(const char *json, x12i_buffer *rows)
{
    x12i_buffer header = {0}, cells = {0}, string = {0};
    bool first = true;
    for (const char *at = json, *object; (object = strchr(at, '{')) != NULL; first = false) {
        const char *end = object;
        while ((end = strchr(end, '}')) != NULL && end[-1] != '\n' && end[-1] != ' ')
            end++;
        at = object;
        for (bool key = true; next_string(&at, &string) && at < end; key = !key) {
            x12i_buffer *to = key ? &header : &cells;
            if (key && !first)
                continue;
            x12i_buffer_add_byte(to, '[');
            x12i_buffer_add_string(to, string.data);
            x12i_buffer_add_byte(to, ']');
        }
        if (first)
            x12i_buffer_add_byte(&header, '/');
        x12i_buffer_add_byte(&cells, '/');
        at = end;
    }
    x12i_buffer_add(rows, header.data, header.length);
    x12i_buffer_add(rows, cells.data, cells.length);
    x12i_buffer_add_byte(rows, '\0');
    x12i_buffer_free(&header);
    x12i_buffer_free(&cells);
    x12i_buffer_free(&string);
}

static void check_conformance(const char *name)
{
    x12i_buffer csv = {0}, json = {0}, expected = {0};
    read_file(&csv, "csvs", name, ".csv");
    read_file(&json, "json", name, ".json");
    /* its JSON has another telephone number than its CSV */
    char *number = strstr(json.data, "1234567890");
    if (number != NULL)
        memcpy(number, "2095257564", 10);
    rows_of_json(json.data, &expected);
    ck_rows_of(csv.data, csv.length - 1, &(x12i_csv_reader_options){0}, expected.data);
    x12i_buffer_free(&csv);
    x12i_buffer_free(&json);
    x12i_buffer_free(&expected);
}

START_TEST(test_conformance_files)
{
    char folder_name[512];
    snprintf(folder_name, sizeof folder_name, "%s/csvs", conformance_folder);
    DIR *folder = opendir(folder_name);
    unsigned files = 0;
    if (folder == NULL) {
        fprintf(stderr, "SKIPPED: the CSV conformance files are not in %s\n", conformance_folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char name[256];
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".csv") != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(dot - entry->d_name), entry->d_name);
        check_conformance(name);
        files++;
    }
    closedir(folder);
    ck_assert_uint_ge(files, 12);
}
END_TEST

Suite *csv_reader_suite(void)
{
    Suite *suite = suite_create("CSV reader");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, test_line_breaks);
    tcase_add_test(rows, test_quotes);
    tcase_add_test(rows, test_delimiters);
    tcase_add_test(rows, test_character_sets);
    tcase_add_test(rows, test_guards);
    tcase_add_test(rows, test_a_nul_is_a_byte);
    tcase_add_loop_test(rows, test_findings_have_an_address, 0, sizeof wrong / sizeof *wrong);
    tcase_add_test(rows, test_cells_have_an_address);
    tcase_add_test(rows, test_any_allocation_may_fail);
    tcase_add_test(rows, test_conformance_files);
    suite_add_tcase(suite, rows);
    return suite;
}
