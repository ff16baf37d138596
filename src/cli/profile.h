/* What rows of CSV do not say, and where those go that are bad. */
#ifndef REMEDI_CLI_PROFILE_H
#define REMEDI_CLI_PROFILE_H

#include "cli/events.h"

typedef struct cli_profile {
    char *text;
    size_t length;
    const char *rejects; /* NULL: a bad row is an error */
    int descriptor;      /* of that file, once there are any; -1: none */
    bool failed;
} cli_profile;

/* The exit code: of a profile that cannot be read or is wrong, which was said. */
int cli_read_profile(cli_profile *profile, const cli_arguments *arguments);
/* False, and said, where the rejected rows could not be written. */
bool cli_close_profile(cli_profile *profile);
x12_status cli_open_profiled(cli_events *events, cli_profile *profile, cli_input *input, cli_report *report);
int cli_print_template(const char *name);

#endif
