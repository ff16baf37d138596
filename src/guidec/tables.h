/* The tables of a guide as they are written: what their files share. */
#ifndef REMEDI_GUIDEC_TABLES_H
#define REMEDI_GUIDEC_TABLES_H

#include "guidec/guidec.h"

/* A text that was written already, and the number that it got. */
typedef struct gc_known_text {
    char *text;
    size_t number;
} gc_known_text;

typedef struct gc_tables {
    const gc_types *types;
    x12i_buffer keys;   /* the pool of JSON keys, as C text */
    size_t key_length;
    x12i_buffer codes;  /* code lists */
    x12i_buffer parts;  /* fields, runs and parts */
    x12i_buffer loops;  /* slots */
    gc_known_text *known;
    size_t known_count;
    size_t parts_count;
} gc_tables;

/* tables_parts.c: the parts of segments and composites */

/* `{keys + N, length}` for "name":, with its place in the pool. */
void gc_add_key(gc_tables *t, x12i_buffer *out, const char *name);
/* A string literal, or NULL. */
void gc_add_string(x12i_buffer *out, const char *text);
/* The address of a list of codes, or NULL where there are none. */
void gc_add_codes(gc_tables *t, x12i_buffer *out, const x12i_words *codes);
bool gc_has_field(const x12i_gpart *part);
/* Writes an x12i_parts and all that it points to, unless the same was written before; its number. */
size_t gc_write_parts(gc_tables *t, const x12i_gparts *parts, const char *owner, bool is_inline);

#endif
