/* The tables of every guide, and X12 that comes back from them. */
#include "../tables.h"
#include "convert/csv_tables.h"
#include <check.h>
#include <glob.h>
#include <stdio.h>

Suite *csv_tables_suite(void);

/* --- what is a table, and what a column --- */

static const x12i_guide *guide_at(int index)
{
    return index == 0 ? &x12i_envelope : x12i_guides[index - 1];
}

static void ck_distinct(const char *const *names, unsigned count, const char *where)
{
    for (unsigned i = 0; i < count; i++)
        for (unsigned k = 0; k < i; k++)
            ck_assert_msg(strcmp(names[i], names[k]) != 0, "%s has %s twice", where, names[i]);
}

static void ck_shape(const x12i_csv_shape *shape)
{
    const char *tables[64];
    ck_assert_uint_le(shape->list_count, 64);
    for (unsigned i = 0; i < shape->list_count; i++)
        tables[i] = shape->lists[i].shape->table->name;
    ck_distinct(tables, shape->list_count, shape->table->name);
    for (unsigned i = 1; i < shape->cell_count; i++)
        ck_assert_msg(shape->cells[i - 1].index < shape->cells[i].index, "%s has %s twice", shape->table->name, shape->cells[i].column->name);
    for (unsigned i = 0; i < shape->part_count; i++)
        for (unsigned k = 0; k < i; k++)
            ck_assert_msg(strcmp(shape->parts[i].name, shape->parts[k].name) != 0, "%s has %s twice", shape->table->name, shape->parts[i].name);
}

/* In one row no two values share a column, no two lists a table, and no two segments a name for their notes. */
START_TEST(test_names_are_unique)
{
    x12_arena *arena = x12_arena_new(NULL);
    const x12i_csv_plan *plan = x12i_csv_make_plan(arena, guide_at(_i));
    const char *tables[256];
    unsigned count = 0;
    ck_assert_ptr_nonnull(plan);
    for (const x12i_csv_table *table = plan->tables; table != NULL; table = table->next) {
        ck_distinct(table->names, table->count, table->name);
        tables[count++] = table->name;
    }
    ck_distinct(tables, count, guide_at(_i)->prefix);
    for (const x12i_csv_shape *shape = plan->shapes; shape != NULL; shape = shape->next)
        ck_shape(shape);
    x12_arena_free(arena);
}
END_TEST

START_TEST(test_plans_may_fail)
{
    long allowed = 0;
    for (const x12i_csv_plan *plan = NULL; plan == NULL; allowed++) {
        rationed memory = {allowed, 0};
        const x12_allocator allocator = {&memory, ration};
        x12_arena *arena = x12_arena_new(&allocator);
        plan = arena ? x12i_csv_make_plan(arena, guide_at(_i)) : NULL;
        x12_arena_free(arena);
        ck_assert_int_eq(memory.balance, 0);
    }
    ck_assert_int_gt(allowed, 1);
}
END_TEST

static const char *columns_of(const table_texts *tables, const char *name)
{
    static char header[2000];
    const table_text *table = find_table((table_texts *)(uintptr_t)tables, name);
    ck_assert_msg(table != NULL, "%s", name);
    snprintf(header, sizeof header, "%.*s", (int)strcspn(table->text.data, "\n"), table->text.data);
    return header;
}

/* --- there and back --- */

START_TEST(test_names_are_what_they_were)
{
    target x12 = read_whole("samples/remittance-paid.835");
    table_texts *tables = calloc(1, sizeof *tables);
    ck_assert_int_eq(to_tables(&x12, &(flow){0}, false, tables), X12_END);
    ck_assert_str_eq(columns_of(tables, "835/services"),
                     "id,parent_id,procedure_qualifier,procedure_code,charge_amount,paid_amount,revenue_code,paid_units,submitted_procedure_qualifier,"
                     "submitted_procedure_code,submitted_procedure_description,original_units,service_date,service_start_date,service_end_date,line_item_control_number");
    ck_assert_str_eq(columns_of(tables, "835/adjustments_reasons"), "id,parent_id,code,amount,quantity");
    ck_assert_str_eq(columns_of(tables, "groups"), "id,parent_id,functional_code,sender,receiver,date,time,control_number,agency_code,version");
    free_tables(tables);
    free(tables);
    free(x12.data);
}
END_TEST

static const size_t chunks[] = {0, 1, 2, 3, 5, 7};

START_TEST(test_samples_come_back)
{
    glob_t found;
    ck_assert_int_eq(glob("samples/*.[0-9][0-9][0-9]", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 40);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        target x12 = read_whole(found.gl_pathv[i]);
        by_tables(&x12, &(flow){.chunk = chunks[_i]}, _i % 2 != 0);
        free(x12.data);
    }
    globfree(&found);
}
END_TEST

/* Several inputs follow each other. */
START_TEST(test_inputs_follow_each_other)
{
    target first = read_whole("samples/remittance-paid.835"), second = read_whole("samples/claim-professional-self.837"), back = {0};
    table_texts *tables = calloc(1, sizeof *tables);
    x12_tables_writer *writer;
    ck_assert_int_eq(x12_tables_writer_open(&writer, (x12_tables_output){tables, add_table}, NULL), X12_OK);
    ck_assert_int_eq(add_to_tables(&first, &(flow){0}, writer), X12_END);
    ck_assert_int_eq(add_to_tables(&second, &(flow){0}, writer), X12_END);
    ck_assert_int_eq(x12_tables_writer_finish(writer), X12_OK);
    x12_tables_writer_free(writer);
    ck_assert_int_eq(from_tables(tables, &(flow){0}, &back), X12_END);
    append(&first, second.data, second.size);
    ck_assert(same(&back, first.data, first.size));
    free_tables(tables);
    free(tables);
    free(first.data);
    free(second.data);
    free(back.data);
}
END_TEST

START_TEST(test_any_allocation_may_fail)
{
    target x12 = read_whole("samples/remittance-provider-adjustment.835");
    table_texts *tables = calloc(1, sizeof *tables);
    x12_status status = X12_ERROR_MEMORY;
    for (long allowed = 0; status == X12_ERROR_MEMORY; allowed++) {
        rationed memory = {allowed, 0};
        const x12_allocator allocator = {&memory, ration};
        const flow how = {.allocator = &allocator};
        target back = {0};
        status = to_tables(&x12, &how, false, tables);
        if (status == X12_END)
            status = from_tables(tables, &how, &back);
        ck_assert(status != X12_END || same(&back, x12.data, x12.size));
        ck_assert_int_eq(memory.balance, 0);
        free_tables(tables);
        free(back.data);
    }
    ck_assert_int_eq(status, X12_END);
    free(tables);
    free(x12.data);
}
END_TEST

/* A record that is larger than the limit is told. */
START_TEST(test_records_have_a_limit)
{
    target x12 = read_whole("samples/remittance-paid.835"), back = {0}, findings = {0};
    table_texts *tables = calloc(1, sizeof *tables);
    ck_assert_int_eq(to_tables(&x12, &(flow){0}, false, tables), X12_END);
    ck_assert_int_eq(from_tables(tables, &(flow){.record_limit = 1000, .findings = {&findings, note_finding}}, &back), X12_ERROR_LIMIT);
    ck_assert_uint_ne(findings.size, 0);
    free_tables(tables);
    free(tables);
    free(findings.data);
    free(x12.data);
    free(back.data);
}
END_TEST

Suite *csv_tables_suite(void)
{
    Suite *suite = suite_create("CSV tables");
    TCase *plans = tcase_create("plans"), *ways = tcase_create("ways");
    tcase_add_loop_test(plans, test_names_are_unique, 0, (int)x12i_guide_count + 1);
    tcase_add_loop_test(plans, test_plans_may_fail, 0, (int)x12i_guide_count + 1);
    tcase_add_test(plans, test_names_are_what_they_were);
    tcase_add_loop_test(ways, test_samples_come_back, 0, sizeof chunks / sizeof *chunks);
    tcase_add_test(ways, test_inputs_follow_each_other);
    tcase_add_test(ways, test_any_allocation_may_fail);
    tcase_add_test(ways, test_records_have_a_limit);
    suite_add_tcase(suite, plans);
    suite_add_tcase(suite, ways);
    return suite;
}
