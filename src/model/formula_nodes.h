/* Making the parts of a formula, from inside its parser. */
#ifndef REMEDI_MODEL_FORMULA_NODES_H
#define REMEDI_MODEL_FORMULA_NODES_H

#include "model/formula_parser.h"
#include "base/text.h"
#include <string.h>

/* Goes beyond the sign, which must be the next word. */
bool x12i_formula_expect(x12i_formula_parser *parser, const char *sign);

/* Each is NULL where the parser has failed, also by this. */
x12i_node *x12i_new_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type);
x12i_node *x12i_make_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, x12i_node *first, x12i_node *second);
x12i_node *x12i_make_path_node(x12i_formula_parser *parser, x12i_operation operation, x12i_result_kind type, const x12i_path *path);
/* One value to be chained with others: what it says may stand in no other chain. */
x12i_node *x12i_make_link(x12i_formula_parser *parser, x12i_node *said);

/* What the value of a path is compared as. */
x12i_result_kind x12i_type_of_path(const x12i_path *path);

/* name(...): the name is the next word. */
x12i_node *x12i_parse_function(x12i_formula_parser *parser, x12_text name);

#endif
