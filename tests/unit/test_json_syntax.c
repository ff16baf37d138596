/* The syntax layer of the JSON reader, against the conformance files of others: y_ must be taken, n_ must be refused. */
#include "convert/json_lexer.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

Suite *json_syntax_suite(void);

enum { DEPTH_LIMIT = 600 };

typedef struct source {
    const char *data;
    size_t size, at, chunk;
} source;

static ptrdiff_t read_chunk(void *context, void *buffer, size_t size)
{
    source *from = context;
    size_t left = from->size - from->at;
    size_t taken = size < from->chunk ? size : from->chunk;
    taken = taken < left ? taken : left;
    memcpy(buffer, from->data + from->at, taken);
    from->at += taken;
    return (ptrdiff_t)taken;
}

static bool check_value(x12i_json_lexer *lexer, unsigned depth);

static bool check_scalar(x12i_json_lexer *lexer)
{
    x12i_json_token token = x12i_json_scan(lexer);
    return token != X12I_JSON_END && token != X12I_JSON_WRONG;
}

static bool check_key(x12i_json_lexer *lexer)
{
    x12i_json_token token = x12i_json_scan(lexer);
    return (token == X12I_JSON_TEXT || token == X12I_JSON_ESCAPED) && x12i_json_take(lexer, ':');
}

static bool check_items(x12i_json_lexer *lexer, char closing, unsigned depth)
{
    bool first = true;
    lexer->cursor++;
    for (;;) {
        x12i_json_step step = x12i_json_next(lexer, closing, &first);
        if (step != X12I_JSON_STEP_ITEM)
            return step == X12I_JSON_STEP_DONE;
        if ((closing == '}' && !check_key(lexer)) || !check_value(lexer, depth + 1))
            return false;
    }
}

static bool check_value(x12i_json_lexer *lexer, unsigned depth)
{
    int byte = x12i_json_peek(lexer);
    if (depth > DEPTH_LIMIT)
        return false;
    if (byte == '[' || byte == '{')
        return check_items(lexer, byte == '[' ? ']' : '}', depth);
    return check_scalar(lexer);
}

/* Whether the whole text is one JSON value. */
static bool is_json(const char *text, size_t size, size_t chunk)
{
    x12i_json_lexer lexer;
    source from = {text, size, 0, chunk};
    ck_assert_int_eq(x12i_json_lexer_open(&lexer, (x12_input){&from, read_chunk}, NULL, 1 << 20), X12_OK);
    bool result = check_value(&lexer, 0) && x12i_json_peek(&lexer) == -1;
    x12i_json_lexer_close(&lexer);
    return result;
}

static const char *const taken[] = {"{}", "[]", " [ 1 , -0.5e+3 , true , null ] ", "{\"a\":{\"b\":[]}}", "\"\\u00e9\\n\xc3\xa9\"", "[\"\xef\x9e\x80\"]"};
static const char *const refused[] = {"", "[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "[01]", "\"\n\"", "\"\\x\"", "\"\xff\"", "[1] 2", "{\"a\"}", "tru"};

START_TEST(takes_what_is_json)
{
    ck_assert(is_json(taken[_i], strlen(taken[_i]), 1));
}
END_TEST

START_TEST(refuses_what_is_not)
{
    ck_assert(!is_json(refused[_i], strlen(refused[_i]), 1));
}
END_TEST

START_TEST(finds_line_and_column)
{
    static const char text[] = "{\n \"a\":\n  x";
    x12i_json_lexer lexer;
    source from = {text, sizeof text - 1, 0, 1};
    ck_assert_int_eq(x12i_json_lexer_open(&lexer, (x12_input){&from, read_chunk}, NULL, 1 << 20), X12_OK);
    ck_assert(!check_value(&lexer, 0));
    uint64_t offset;
    uint32_t line, column;
    x12i_json_locate(&lexer, lexer.token, &offset, &line, &column);
    ck_assert_uint_eq(offset, 10);
    ck_assert_uint_eq(line, 3);
    ck_assert_uint_eq(column, 3);
    x12i_json_lexer_close(&lexer);
}
END_TEST

static const char conformance_folder[] = "../shared/conformance/json";

static bool check_file(const char *name)
{
    static char text[1 << 20];
    char path[512];
    snprintf(path, sizeof path, "%s/%s", conformance_folder, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    bool result = is_json(text, size, 4096);
    ck_assert_msg(is_json(text, size, 1) == result, "%s: another answer for single bytes", name);
    return result;
}

START_TEST(agrees_with_the_conformance_files)
{
    DIR *folder = opendir(conformance_folder);
    if (folder == NULL) {
        fprintf(stderr, "SKIPPED: the JSON conformance files are not in %s\n", conformance_folder);
        return;
    }
    unsigned files = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        if (name[1] != '_' || name[0] == 'i')
            continue;
        files++;
        ck_assert_msg(check_file(name) == (name[0] == 'y'), "%s", name);
    }
    closedir(folder);
    ck_assert_uint_gt(files, 200);
}
END_TEST

Suite *json_syntax_suite(void)
{
    Suite *suite = suite_create("json_syntax");
    TCase *cases = tcase_create("syntax");
    tcase_add_loop_test(cases, takes_what_is_json, 0, sizeof taken / sizeof *taken);
    tcase_add_loop_test(cases, refuses_what_is_not, 0, sizeof refused / sizeof *refused);
    tcase_add_test(cases, finds_line_and_column);
    tcase_add_test(cases, agrees_with_the_conformance_files);
    suite_add_tcase(suite, cases);
    return suite;
}
