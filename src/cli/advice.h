/* What to do about each finding; made from doc/findings.md. */
#ifndef REMEDI_CLI_ADVICE_H
#define REMEDI_CLI_ADVICE_H

typedef struct cli_advice {
    const char *finding; /* "E1001"; NULL behind the last */
    const char *text;
} cli_advice;

extern const cli_advice cli_advices[];

#endif
