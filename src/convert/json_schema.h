/* The JSON Schema as it is made: what its files share. */
#ifndef REMEDI_CONVERT_JSON_SCHEMA_H
#define REMEDI_CONVERT_JSON_SCHEMA_H

#include "convert/json_output.h"

typedef struct x12i_schema {
    x12i_json_output json;
    char *out;
    bool lines; /* of the lines, not of a document */
} x12i_schema;

/* A loop's object: whole, or as the line that starts it, or the line that ends it. */
typedef enum x12i_portion { X12I_WHOLE, X12I_START, X12I_END } x12i_portion;

/* json_schema_text.c: the words of a schema; `name` is the key they stand under */
void x12i_schema_open_in(x12i_schema *s, const char *name, char bracket);
void x12i_schema_open_item(x12i_schema *s);
void x12i_schema_close_in(x12i_schema *s, char bracket);
void x12i_schema_put(x12i_schema *s, const char *name, const char *value);
void x12i_schema_put_word(x12i_schema *s, const char *name, const char *word);
void x12i_schema_put_reference(x12i_schema *s, const char *name);
void x12i_schema_put_referring(x12i_schema *s, const char *name, const char *definition);
void x12i_schema_put_constant(x12i_schema *s, const char *name, const char *value);
void x12i_schema_put_typed(x12i_schema *s, const char *name, const char *type);
void x12i_schema_put_true(x12i_schema *s, const char *name);
void x12i_schema_put_count(x12i_schema *s, const char *name);
void x12i_schema_open_object(x12i_schema *s);
void x12i_schema_close_object(x12i_schema *s);
void x12i_schema_open_list(x12i_schema *s, const char *name);
void x12i_schema_close_list(x12i_schema *s);
void x12i_schema_put_list_of(x12i_schema *s, const char *name, const char *definition);
void x12i_schema_put_required(x12i_schema *s, const char *const *names, size_t count);

/* json_schema_parts.c: the members that elements become */
void x12i_schema_put_parts(x12i_schema *s, const x12i_parts *parts);

/* json_schema_loops.c: the objects of loops */
enum { X12I_SCHEMA_NAME = 120 };
/* The name of a loop's definition; `size` is X12I_SCHEMA_NAME. */
void x12i_schema_definition_name(char *name, size_t size, const x12_loop_type *type);
void x12i_schema_put_loop_reference(x12i_schema *s, const x12_loop_type *type);
void x12i_schema_put_loop(x12i_schema *s, const x12_loop_type *type, x12i_portion which, bool line);

#endif
