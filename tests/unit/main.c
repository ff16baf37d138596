/* Runs every suite and says it in TAP. suites.inc is made from the list of tests in Makefile.am. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SUITE(name) Suite *name##_suite(void);
#include "suites.inc"
#undef SUITE

static void add_suites(SRunner *runner)
{
#define SUITE(name) srunner_add_suite(runner, name##_suite());
#include "suites.inc"
#undef SUITE
}

/* The tests name their files from the top of the source, which is not where a build outside it runs them. */
int main(void)
{
    const char *source = getenv("srcdir");
    if (source != NULL && chdir(source) != 0) {
        perror(source);
        return EXIT_FAILURE;
    }
    SRunner *runner = srunner_create(NULL);
    add_suites(runner);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
