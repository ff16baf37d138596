/* Which delimiters an interchange uses: told by its ISA, or guessed where it has none. */
#ifndef REMEDI_WIRE_DELIMITERS_H
#define REMEDI_WIRE_DELIMITERS_H

#include "wire/wire.h"

/* Enough to see an ISA, or a bare ST and what follows it, even a dirty one. */
enum { X12I_LOOKAHEAD = 512 };

/* Whether an ISA segment may begin here, by its id and the byte after it. */
bool x12i_is_isa(const char *data, size_t size);
/* The same for the ST or GS of a file without ISA. */
bool x12i_is_bare_start(const char *data, size_t size);
/* Whether what looks like an ISA has the separators of one; for text in which the letters may stand by chance. */
bool x12i_has_isa_separators(const char *data, size_t size);

/* `fixed` is cleared where the ISA does not have its fixed widths, `clash` set where it names one character for two separators: then the
   second has none. */
x12i_delimiters x12i_isa_delimiters(const char *data, size_t size, bool *fixed, bool *clash);
x12i_delimiters x12i_guess_delimiters(const char *data, size_t size);

#endif
