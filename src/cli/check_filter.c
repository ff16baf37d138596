#include "cli/check_show.h"
#include "diagnostic/diagnostic.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The code that a name stands for, "E4010", "4010" or "CODE"; NULL: none. */
static const x12_finding_type *find_type(const char *name)
{
    const x12_finding_type *type;
    for (size_t i = 0; (type = x12_finding_type_at(i)) != NULL; i++)
        if (strcmp(type->name, name) == 0 || strcmp(type->name + 1, name) == 0)
            return type;
    return NULL;
}

static bool find_severity(const char *name, x12_severity *severity)
{
    for (int i = X12_NOTE; i <= X12_ERROR; i++) {
        *severity = (x12_severity)i;
        if (strcmp(cli_severity_name(*severity), name) == 0)
            return true;
    }
    return false;
}

bool cli_check_filter_is_right(const cli_arguments *arguments)
{
    x12_severity severity;
    for (size_t i = 0; i < arguments->given_count; i++) {
        const cli_given *given = &arguments->given[i];
        if (given->second != NULL && !find_severity(given->value, &severity)) {
            fputs("remedi check: --as needs error, warning or note and then a code, as in --as warning E4010\n", stderr);
            return false;
        }
        if (find_type(given->second ? given->second : given->value) == NULL) {
            fputs("remedi check: there is no such code; see remedi check --rules\n", stderr);
            return false;
        }
    }
    return true;
}

bool cli_check_keeps(const cli_arguments *arguments, x12_finding *finding)
{
    bool kept = arguments->values[CLI_ONLY] == NULL;
    for (size_t i = 0; i < arguments->given_count; i++) {
        const cli_given *given = &arguments->given[i];
        if (find_type(given->second ? given->second : given->value)->code != finding->code)
            continue;
        if (given->option == CLI_AS)
            find_severity(given->value, &finding->severity);
        else
            kept = given->option == CLI_ONLY;
    }
    return kept || x12i_ends_reading(finding);
}
