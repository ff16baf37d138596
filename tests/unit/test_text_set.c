/* Which texts come twice, among few and among many; and a set has an end. */
#include "base/text_set.h"
#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *text_set_suite(void);

static bool is_there_already(x12i_text_set *set, x12_arena *arena, unsigned number)
{
    char text[16];
    bool twice;
    x12_text added = {text, (uint32_t)snprintf(text, sizeof text, "%u", number)};
    ck_assert(x12i_text_set_add(set, arena, added, &twice));
    return twice;
}

START_TEST(each_comes_twice_once_it_came)
{
    static const unsigned counts[] = {1, X12I_FEW_TEXTS, X12I_FEW_TEXTS + 1, 1000};
    x12_arena *arena = x12_arena_new(NULL);
    x12i_text_set set = {0};
    for (unsigned round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            for (unsigned number = 0; number < counts[i]; number++)
                ck_assert(!is_there_already(&set, arena, number));
            for (unsigned number = 0; number < counts[i]; number++)
                ck_assert(is_there_already(&set, arena, number));
            ck_assert_uint_eq(set.count, counts[i]);
            x12i_text_set_clear(&set);
        }
    x12_arena_free(arena);
}
END_TEST

START_TEST(what_is_full_keeps_what_it_has)
{
    x12_arena *arena = x12_arena_new(NULL);
    x12i_text_set set = {0};
    unsigned number = 0;
    while (!x12i_text_set_is_full(&set))
        ck_assert(!is_there_already(&set, arena, number++));
    ck_assert_uint_eq(number, X12I_TEXTS_KEPT);
    ck_assert(!is_there_already(&set, arena, number));
    ck_assert(!is_there_already(&set, arena, number));
    ck_assert(is_there_already(&set, arena, 0));
    x12_arena_free(arena);
}
END_TEST

Suite *text_set_suite(void)
{
    Suite *suite = suite_create("text_set");
    TCase *all = tcase_create("text_set");
    tcase_add_test(all, each_comes_twice_once_it_came);
    tcase_add_test(all, what_is_full_keeps_what_it_has);
    suite_add_tcase(suite, all);
    return suite;
}
