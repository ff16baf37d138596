/* Text of unknown origin, made fit to be shown. */
#ifndef REMEDI_CLI_TEXT_H
#define REMEDI_CLI_TEXT_H

#include "base/buffer.h"
#include <stddef.h>

enum { CLI_ESCAPE_MAX = 6 };

/* Writes the character at `data` as it may be shown and returns how many bytes of `data` it is; `*length` bytes go to `out`, at most
   CLI_ESCAPE_MAX. Control and bidi characters, quotes and backslashes are escaped as in JSON, and so are bytes that are not UTF-8. */
size_t cli_escape(const char *data, size_t size, char *out, size_t *length);
void cli_add_escaped(x12i_buffer *out, const char *data, size_t size);

#endif
