/* A finding as people and programs read it. */
#ifndef REMEDI_CLI_FINDING_TEXT_H
#define REMEDI_CLI_FINDING_TEXT_H

#include "base/buffer.h"
#include "cli/report.h"

const char *cli_severity_name(x12_severity severity);
void cli_add_format(x12i_buffer *out, const char *format, ...);
/* "CLM05-3", as far as it is known. */
void cli_add_place(x12i_buffer *out, const x12_position *position);
/* `"name":"value"`, escaped, behind a comma; nothing where the value is NULL. */
void cli_add_member(x12i_buffer *out, const char *name, const char *value);

/* One line each. */
void cli_add_finding_text(x12i_buffer *out, const cli_report *report, const x12_finding *finding);
void cli_add_finding_json(x12i_buffer *out, const cli_report *report, const x12_finding *finding);
void cli_add_hidden_text(x12i_buffer *out, const cli_report *report);
void cli_add_hidden_json(x12i_buffer *out, const cli_report *report);

#endif
