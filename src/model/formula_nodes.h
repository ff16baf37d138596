/* Making the parts of a formula, from inside its parser. */
#ifndef REMEDI_MODEL_FORMULA_NODES_H
#define REMEDI_MODEL_FORMULA_NODES_H

#include "model/formula_parser.h"
#include "base/text.h"
#include <string.h>

enum { X12I_MOST_PARTS = 64 };

/* Goes beyond the sign, which must be the next word. */
bool x12i_formula_expect(x12i_formula_parser *parser, const char *sign);

/* Each is NULL where the parser has failed, also by this. */
x12i_node *x12i_new_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type);
x12i_node *x12i_make_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, x12i_node *first, x12i_node *second);
x12i_node *x12i_make_path_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_path *path);
/* Of parts: at least one. */
x12i_node *x12i_make_parts_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_part *parts, unsigned count);
/* Adds what an expression says to the parts, X12I_MOST_PARTS at the most; false: refused. */
bool x12i_add_part(x12i_formula_parser *parser, x12i_part *parts, unsigned *count, const x12i_node *said);
/* The same of JOINED. */
bool x12i_add_joined(x12i_formula_parser *parser, x12i_part *parts, unsigned *count, const x12i_node *said);

/* What the value of a path is compared as. */
x12i_result_kind x12i_type_of_path(const x12i_path *path);

/* name(...): the name is the next word. */
x12i_node *x12i_parse_function(x12i_formula_parser *parser, x12_text name);

#endif
