/* Texts that are compared with words of ours. */
#ifndef REMEDI_BASE_TEXT_H
#define REMEDI_BASE_TEXT_H

#include <remedi/types.h>
#include <string.h>

static inline bool x12i_is_text(x12_text text, const char *string)
{
    return text.length == strlen(string) && (text.length == 0 || memcmp(text.data, string, text.length) == 0);
}

#endif
