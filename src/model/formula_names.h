/* What a name in a formula means. */
#ifndef REMEDI_MODEL_FORMULA_NAMES_H
#define REMEDI_MODEL_FORMULA_NAMES_H

#include "model/formula_tree.h"

/* The member `name` of `names`: the step there, and what names mean behind it. False: there is none. */
bool x12i_find_member(const x12i_names *names, x12_text name, x12i_path_step *step, x12i_names *behind);

/* Where a path begins that begins with a name. */
typedef struct x12i_beginning {
    unsigned hops;
    unsigned ups;
    const x12i_names *at; /* NULL: nothing has this name */
    x12i_names loop;      /* at: this, where it is a loop around the outermost scope */
    bool whole;           /* the name is the place's own: a loop's */
} x12i_beginning;

/* Looks `name` up from the innermost scope outwards, then in the loops around the outermost. */
void x12i_find_beginning(const x12i_names *scope, x12_text name, x12i_beginning *beginning);

/* Writes to `text` the name that was probably meant: of a member of `names` alone, or of anything within reach. Empty: none comes near. */
void x12i_suggest_name(x12_text name, const x12i_names *names, bool within_reach, char *text, size_t size);

#endif
