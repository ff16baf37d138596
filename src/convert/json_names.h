/* What both ways of JSON call things that no guide names. */
#ifndef REMEDI_CONVERT_JSON_NAMES_H
#define REMEDI_CONVERT_JSON_NAMES_H

#include "convert/loops.h"

/* The `record` of a loop's line. */
static inline const char *x12i_json_record_name(const x12_loop_type *type)
{
    if (x12i_is_interchange(type))
        return "interchange";
    if (x12i_is_group(type))
        return "group";
    return x12i_is_transaction(type) ? "transaction" : type->name;
}

#endif
