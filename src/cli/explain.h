/* remedi explain: what its files share. */
#ifndef REMEDI_CLI_EXPLAIN_H
#define REMEDI_CLI_EXPLAIN_H

#include "cli/code_store.h"
#include "cli/finding_text.h"

typedef struct cli_explanation {
    x12i_buffer text;
    const x12_codes *codes;
    const char *guide; /* short name; NULL: all guides */
} cli_explanation;

/* Each adds what `word` means in its way, and returns whether it means anything. */
bool cli_explain_code(cli_explanation *out, const char *word);      /* "45", "CO-45", "remark:N130" */
bool cli_explain_shape(cli_explanation *out, const char *word);     /* what no list has: whose form it has */
bool cli_explain_set(cli_explanation *out, const char *word);       /* "place-of-service" */
bool cli_explain_element(cli_explanation *out, const char *word);   /* "CLP02", "SVC01-1" */
bool cli_explain_segment(cli_explanation *out, const char *word);   /* "CLP" */
bool cli_explain_loop(cli_explanation *out, const char *word);      /* "2100" */

/* One line for a code of a set: the code, what it is, its label. */
void cli_add_code(cli_explanation *out, const x12_code_set *set, x12_text code, const char *title);

#endif
