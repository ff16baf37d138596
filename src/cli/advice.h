/* What to do about each finding; made from doc/findings.md. */
#ifndef REMEDI_CLI_ADVICE_H
#define REMEDI_CLI_ADVICE_H

#include <string.h>

typedef struct cli_advice {
    const char *finding; /* "E1001"; NULL behind the last */
    const char *text;
} cli_advice;

extern const cli_advice cli_advices[];

/* NULL: there is none for this finding. */
static inline const char *cli_advice_for(const char *finding)
{
    for (const cli_advice *advice = cli_advices; advice->finding != NULL; advice++)
        if (strcmp(advice->finding, finding) == 0)
            return advice->text;
    return NULL;
}

#endif
