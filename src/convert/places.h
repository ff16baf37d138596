/* Places in a loop by the guide's names: "insured.lastName", "procedure.modifiers[]". */
#ifndef REMEDI_CONVERT_PLACES_H
#define REMEDI_CONVERT_PLACES_H

#include "base/arena.h"
#include "model/model.h"

/* A place for a value. Of a list a path means the last item, one being made where there is none; with [] behind its name, a new one. */
typedef struct x12i_place_found {
    const x12i_field *field; /* NULL: an item of a list of texts */
    const x12i_parts *parts; /* what the field is part of */
    char *owner;             /* the struct that these describe */
    x12_text *value;
} x12i_place_found;

/* What of a type a path means, without a loop: no owner and no value. False where there is no such place. */
bool x12i_is_place(const x12_loop_type *type, const char *path, x12i_place_found *found);
/* The place in a loop, with all that is on the way made in `arena`. False where there is none, or when out of memory. */
bool x12i_find_place(x12_arena *arena, x12_loop *loop, const char *path, x12i_place_found *found);
/* The type of the loops that a path of names leads to, "insured.inquiries"; NULL: to none. */
const x12_loop_type *x12i_loop_at(const x12_loop_type *type, const char *path);
/* A new loop there, behind those that it has; NULL when out of memory. */
x12_loop *x12i_add_loop_at(x12_arena *arena, x12_loop *loop, const char *path);

#endif
