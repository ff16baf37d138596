/* The rules of the guides: each compiles against the tables, and says of some remittances what it should. */
#include "model/formula.h"
#include <check.h>
#include <remedi/check.h>
#include <stdio.h>
#include <string.h>

Suite *rules_suite(void);

static x12_text text_of(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

/* --- every rule of every guide --- */

static void require_formula(const x12i_formula_subject *subject, const x12i_rule *rule, const char *formula)
{
    x12i_formula_error error;
    const char *guide = subject->loop->guide->prefix;
    if (formula != NULL)
        ck_assert_msg(x12i_formula_compile(subject, text_of(formula), &error) != NULL, "guide %s, loop %s, rule %u, column %u: %s\n%s", guide, subject->loop->id, rule->code, error.column,
                      error.text, formula);
}

static void require_rule(x12_arena *arena, const x12_loop_type *loop, const x12i_rule *rule)
{
    x12i_formula_error error = {0};
    x12i_formula_subject subject = {.arena = arena, .loop = loop};
    const x12_finding_type *type = x12_finding_type_of((x12_finding_code)rule->code);
    ck_assert_msg(type != NULL && rule->code / 1000 == 6, "rule %u", rule->code);
    if (rule->each != NULL) {
        subject.each = x12i_path_compile(&subject, text_of(rule->each), &error);
        ck_assert_msg(subject.each != NULL, "guide %s, loop %s, rule %u: %s", loop->guide->prefix, loop->id, rule->code, error.text);
    }
    require_formula(&subject, rule, rule->when);
    require_formula(&subject, rule, rule->formula);
}

START_TEST(every_rule_of_every_guide_compiles)
{
    x12_arena *arena = x12_arena_new(NULL);
    unsigned count = 0;
    for (size_t i = 0; i < x12i_guide_count; i++)
        for (unsigned l = 0; l < x12i_guides[i]->loop_count; l++) {
            const x12_loop_type *loop = x12i_guides[i]->loops[l];
            for (unsigned r = 0; r < loop->rule_count; r++, count++)
                require_rule(arena, loop, &loop->rules[r]);
        }
    ck_assert_uint_gt(count, 50);
    x12_arena_free(arena);
}
END_TEST

Suite *rules_suite(void)
{
    Suite *suite = suite_create("rules");
    TCase *tests = tcase_create("rules");
    tcase_add_test(tests, every_rule_of_every_guide_compiles);
    suite_add_tcase(suite, tests);
    return suite;
}
