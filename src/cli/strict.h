/* --strict: the guide's part of it. */
#ifndef REMEDI_CLI_STRICT_H
#define REMEDI_CLI_STRICT_H

#include "cli/output.h"

/* Checks the X12 that went to `output` from its byte `begin` on, as far as the guide (SNIP levels 1 and 2), and tells the report. An output that cannot
   be read again (begin -1, see cli_written) is not checked. */
x12_status cli_check_written(cli_output *output, int64_t begin, cli_report *report);

#endif
