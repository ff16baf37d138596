/* The date that made up envelopes get. */
#ifndef REMEDI_CLI_CLOCK_H
#define REMEDI_CLI_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds since 1970 UTC: of `option`, YYYY-MM-DD or YYYY-MM-DDTHH:MM, else of SOURCE_DATE_EPOCH, else now. False, and said on stderr, where
   one of them is no date. */
bool cli_choose_date(const char *option, int64_t *seconds);

#endif
