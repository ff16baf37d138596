/* What codes mean, beside them: `statusCodeName` beside `statusCode`. Written when asked for, never read. */
#ifndef REMEDI_CONVERT_JSON_LABELS_H
#define REMEDI_CONVERT_JSON_LABELS_H

#include "convert/json_output.h"
#include "convert/json_read.h"
#include <remedi/codes.h>

enum { X12I_LABELED_FIELDS = 1024 };

/* Which set a field's codes are of, as far as its field alone says it: a place for each of some fields, the last that came. */
typedef struct x12i_json_labels {
    const x12_codes *codes;
    struct {
        const x12i_field *field;
        const x12_code_set *set;
    } known[X12I_LABELED_FIELDS];
} x12i_json_labels;

/* Whether the guide says what the field's codes are of, so that they may have a name. */
bool x12i_json_is_labeled(const x12i_field *field);
/* `"statusCodeName":`, ended by NUL, without quotes and colon; NULL where it does not fit into X12I_JSON_NAME_MAX bytes. */
const char *x12i_json_label_key(x12i_key key, char *out);

/* The names of a field's code or codes that was put before; nothing where there are none. */
char *x12i_json_put_label(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner);
/* Those of a run whose items are codes themselves. */
char *x12i_json_put_run_labels(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_run *run, const void *owner);

/* Reads over the value of builder->key where it is such a name. False with status OK: it is none. */
bool x12i_json_skip_label(x12i_json_builder *builder, const x12i_parts *parts);

#endif
