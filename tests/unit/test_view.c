/* Views: those that are built in, how others are declared, and what is refused. */
#include "../flow.h"
#include <check.h>
#include <glob.h>
#include <remedi/835.h>
#include <remedi/decimal.h>
#include <remedi/reader.h>
#include <remedi/view.h>
#include <stdio.h>

Suite *view_suite(void);

START_TEST(every_view_that_is_built_in_can_be_read)
{
    const char *name, *column, *description;
    size_t views = 0;
    for (; (name = x12_view_name(views)) != NULL; views++) {
        x12_view *view;
        x12_view_error error;
        ck_assert_msg(x12_view_open(&view, name, NULL, &error) == X12_OK, "%s:%u:%u: %s", name, error.line, error.column, error.text);
        ck_assert_str_ne(x12_view_title(view), "");
        size_t count = 0;
        for (; (column = x12_view_column(view, count, &description)) != NULL; count++)
            ck_assert(*column != '\0' && *description != '\0');
        ck_assert_uint_gt(count, 5);
        x12_view_free(view);
    }
    ck_assert_uint_ge(views, 10);
}
END_TEST

#define HEAD "view of 835 \"t\"\n"
#define ROWS HEAD "rows 2110\n"

static const struct {
    const char *text;
    unsigned line;
    unsigned column;
    const char *says;
} refusals[] = {
    {"", 1, 1, "a view begins with"},
    {"view of 999X \"t\"", 1, 9, "there is no guide 999X"},
    {HEAD, 2, 1, "no columns"},
    {HEAD "rows 2119\n", 2, 6, "there is no loop 2119"},
    {HEAD "rows\n", 3, 1, "the id of a loop"},
    {HEAD "column a \"a\" = 1", 2, 8, "say first what makes a row"},
    {ROWS "columns a \"a\" = 1", 3, 1, "rows or column"},
    {ROWS "column a \"a\" = chargeAmont", 3, 16, "did you mean chargeAmount?"},
    {ROWS "column a \"a\" = 1\ncolumn a \"b\" = 2", 4, 8, "a name of its own"},
    {ROWS "column a = 1", 3, 10, "what the column is about"},
    {ROWS "column a \"a\" 2100 = 1", 3, 21, "no rows of this loop"},
    {ROWS "column a \"a\" chargeAmount", 3, 14, "= is missing"},
    {ROWS "column a \"a\" = 1\nrows 2100", 4, 6, "rows are said before columns"},
    {HEAD "rows 2110 2100\ncolumn a \"a\" = procedure.code", 3, 16, "(in a row of loop 2100)"},
    {HEAD "rows 2110 each procedure.modifiers or none", 2, 39, "right in the loop"},
    {HEAD "rows ST each headers.claims", 2, 28, "say rows of that loop"},
    {HEAD "rows 2110 when chargeAmount\n", 3, 1, "a condition must stand"},
    {HEAD "rows 2110 when chargeAmount > 1 then", 2, 33, "rows or column"},
};

START_TEST(what_is_no_view_is_refused)
{
    x12_view *view;
    x12_view_error error;
    ck_assert_int_eq(x12_view_declare(&view, refusals[_i].text, strlen(refusals[_i].text), NULL, &error), X12_ERROR_USAGE);
    ck_assert_ptr_null(view);
    ck_assert_msg(strstr(error.text, refusals[_i].says) != NULL, "%s", error.text);
    ck_assert_msg(error.line == refusals[_i].line && error.column == refusals[_i].column, "%u:%u: %s", error.line, error.column, error.text);
}
END_TEST

START_TEST(columns_are_chosen_by_name)
{
    x12_view *view;
    x12_view_error error;
    ck_assert_int_eq(x12_view_open(&view, "835", NULL, NULL), X12_OK);
    ck_assert_int_eq(x12_view_choose(view, "paid,trace_number", &error), X12_OK);
    ck_assert_str_eq(x12_view_column(view, 0, NULL), "paid");
    ck_assert_str_eq(x12_view_column(view, 1, NULL), "trace_number");
    ck_assert_ptr_null(x12_view_column(view, 2, NULL));
    ck_assert_int_eq(x12_view_choose(view, "payd", &error), X12_ERROR_USAGE);
    ck_assert_str_eq(error.text, "there is no column payd; did you mean paid?");
    ck_assert_int_eq(x12_view_choose(view, "paid,paid", &error), X12_ERROR_USAGE);
    ck_assert_str_eq(error.text, "column paid is named twice");
    ck_assert_int_eq(x12_view_choose(view, "", &error), X12_ERROR_USAGE);
    x12_view_free(view);
    ck_assert_int_eq(x12_view_open(&view, "83", NULL, &error), X12_ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "did you mean 835?"));
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    x12_status status = X12_ERROR_MEMORY;
    for (long n = 0; status != X12_OK; n++) {
        rationed memory = {.left = n};
        const x12_allocator allocator = {&memory, ration};
        x12_view *view;
        status = x12_view_open(&view, "271", &allocator, NULL);
        ck_assert_msg(status == X12_OK || status == X12_ERROR_MEMORY, "%ld: %d", n, (int)status);
        x12_view_free(view);
        ck_assert_int_eq(memory.balance, 0);
    }
}
END_TEST

static ptrdiff_t read_file(void *file, void *buffer, size_t size)
{
    return (ptrdiff_t)fread(buffer, 1, size, file);
}

static bool drop(void *context, const void *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return true;
}

/* Writes the rows of a sample, in memory that is rationed. */
static x12_status write_rows(const x12_view *view, const x12_allocator *allocator)
{
    FILE *file = fopen("samples/remittance-denied-partly.835", "rb");
    x12_reader *reader = NULL;
    x12_view_writer *writer = NULL;
    x12_event event;
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){file, read_file}, NULL), X12_OK);
    x12_status status = x12_view_writer_open(&writer, view, (x12_output){NULL, drop}, &(x12_view_writer_options){.allocator = allocator});
    while (status == X12_OK && x12_reader_next(reader, &event) == X12_OK)
        status = x12_view_writer_write(writer, &event);
    if (status == X12_OK)
        status = x12_view_writer_finish(writer);
    x12_view_writer_free(writer);
    x12_reader_free(reader);
    fclose(file);
    return status;
}

START_TEST(any_allocation_of_a_writer_may_fail)
{
    x12_view *view;
    ck_assert_int_eq(x12_view_open(&view, "835", NULL, NULL), X12_OK);
    x12_status status = X12_ERROR_MEMORY;
    for (long n = 0; status != X12_OK; n++) {
        rationed memory = {.left = n};
        status = write_rows(view, &(x12_allocator){&memory, ration});
        ck_assert_msg(status == X12_OK || status == X12_ERROR_MEMORY, "%ld: %d", n, (int)status);
        ck_assert_int_eq(memory.balance, 0);
    }
    x12_view_free(view);
}
END_TEST

/* The table of a file's first transaction that has one. */
static void make_table(const char *path, bool whole, target *table)
{
    FILE *file = fopen(path, "rb");
    x12_reader *reader = NULL;
    x12_view *view = NULL;
    x12_view_writer *writer = NULL;
    x12_event event;
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){file, read_file}, &(x12_reader_options){.whole_transactions = whole}), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK) {
        const char *name = view == NULL ? x12_view_for(event.loop->type) : NULL;
        if (name != NULL) {
            ck_assert_int_eq(x12_view_open(&view, name, NULL, NULL), X12_OK);
            ck_assert_int_eq(x12_view_writer_open(&writer, view, (x12_output){table, append}, NULL), X12_OK);
        }
        if (writer != NULL)
            ck_assert_int_eq(x12_view_writer_write(writer, &event), X12_OK);
    }
    ck_assert_ptr_nonnull(writer);
    ck_assert_int_eq(x12_view_writer_finish(writer), X12_OK);
    x12_view_writer_free(writer);
    x12_view_free(view);
    x12_reader_free(reader);
    fclose(file);
}

START_TEST(a_transaction_that_is_kept_whole_has_the_same_rows)
{
    glob_t found;
    ck_assert_int_eq(glob("samples/*.[0-9][0-9][0-9]", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        target parts = {0}, whole = {0};
        make_table(found.gl_pathv[i], false, &parts);
        make_table(found.gl_pathv[i], true, &whole);
        ck_assert_msg(same(&parts, whole.data, whole.size), "%s", found.gl_pathv[i]);
        free(parts.data);
        free(whole.data);
    }
    globfree(&found);
}
END_TEST

/* The rows of a made-up remittance; what `change` makes of each claim, handed on one by one. */
static target rows_of_claims(const char *declared, void (*change)(x12_835_claim *claim))
{
    static const char sent[] = "ISA*00*          *00*          *ZZ*LAKESIDE       *ZZ*RIVER          *260122*1415*^*00501*000000102*0*T*:~"
                               "GS*HP*LAKESIDE*RIVER*20260122*1415*102*X*005010X221A1~ST*835*0001~BPR*I*3*C*CHK************20260122~TRN*1*CHK1*1912345678~"
                               "N1*PR*LAKESIDE~N1*PE*RIVER*XX*1900000013~LX*1~CLP*1*1*1*1**12*L1~CLP*LONGER-THAN-THE-ROWS-BEFORE-IT-FROM-END-TO-END*1*2*2**12*L2~"
                               "SE*9*0001~GE*1*102~IEA*1*000000102~";
    source from = {sent, sizeof sent - 1, 0};
    target table = {0};
    x12_view *view;
    x12_reader *reader;
    x12_view_writer *writer;
    x12_event event;
    ck_assert_int_eq(x12_view_declare(&view, declared, strlen(declared), NULL, NULL), X12_OK);
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, NULL), X12_OK);
    ck_assert_int_eq(x12_view_writer_open(&writer, view, (x12_output){&table, append}, NULL), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK) {
        if (event.kind == X12_RECORD)
            change((x12_835_claim *)event.loop);
        ck_assert_int_eq(x12_view_writer_write(writer, &event), X12_OK);
        ck_assert_int_eq(x12_view_writer_finish(writer), X12_OK);
    }
    x12_view_writer_free(writer);
    x12_reader_free(reader);
    x12_view_free(view);
    return table;
}

static void ck_rows(const char *declared, void (*change)(x12_835_claim *claim), const char *expected)
{
    target table = rows_of_claims(declared, change);
    ck_assert_msg(same(&table, expected, strlen(expected)), "%.*s", (int)table.size, table.data);
    free(table.data);
}

static void leave(x12_835_claim *claim)
{
    (void)claim;
}

START_TEST(rows_may_be_handed_on_one_by_one)
{
    ck_rows("view of 835 \"t\" rows 2100 column a \"a\" = patientControlNumber column b \"b\" = payer.name column c \"c\" = traceNumber "
            "column d \"d\" = payee.name column e \"e\" = paymentDate",
            leave,
            "a,b,c,d,e\n1,LAKESIDE,CHK1,RIVER,2026-01-22\n"
            "LONGER-THAN-THE-ROWS-BEFORE-IT-FROM-END-TO-END,LAKESIDE,CHK1,RIVER,2026-01-22\n");
}
END_TEST

static void make_paid(x12_835_claim *claim)
{
    claim->paid_amount = x12_decimal_make(7, 0);
}

START_TEST(an_amount_without_a_spelling_was_not_sent)
{
    ck_rows("view of 835 \"t\" rows 2100 column a \"a\" = paidAmount column b \"b\" = chargeAmount - paidAmount column c \"c\" = has(paidAmount)", make_paid,
            "a,b,c\n,?,false\n,?,false\n");
}
END_TEST

Suite *view_suite(void)
{
    Suite *suite = suite_create("view");
    TCase *all = tcase_create("view");
    tcase_add_test(all, every_view_that_is_built_in_can_be_read);
    tcase_add_loop_test(all, what_is_no_view_is_refused, 0, sizeof refusals / sizeof *refusals);
    tcase_add_test(all, columns_are_chosen_by_name);
    tcase_add_test(all, any_allocation_may_fail);
    tcase_add_test(all, any_allocation_of_a_writer_may_fail);
    tcase_add_test(all, a_transaction_that_is_kept_whole_has_the_same_rows);
    tcase_add_test(all, rows_may_be_handed_on_one_by_one);
    tcase_add_test(all, an_amount_without_a_spelling_was_not_sent);
    suite_add_tcase(suite, all);
    return suite;
}
