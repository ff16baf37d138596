/* The cells of a view's rows: those of the row itself are worked out for each, those of loops around it once, and then copied. */
#ifndef REMEDI_CONVERT_VIEW_CELLS_H
#define REMEDI_CONVERT_VIEW_CELLS_H

#include "convert/csv_writer.h"
#include "convert/view.h"
#include "model/formula_tree.h"
#include "model/structure.h"

typedef struct x12i_cell {
    const x12i_formula *formula; /* NULL: empty */
    x12i_shortcut shortcut;
    const x12i_sums *sums; /* that begin with this cell; NULL: it stands for itself */
} x12i_cell;

/* Cells side by side that last equally long. */
typedef struct x12i_cell_span {
    const x12i_cell *first;
    const x12i_cell *end;
    unsigned lasting;
    uint64_t spelled; /* the serial number of the loop that they were spelled for; 0: for none yet */
    size_t start;     /* where they stand in the writer's buffer, in the last row that has them */
    size_t length;
} x12i_cell_span;

/* Of one kind of row. */
typedef struct x12i_cells {
    x12i_cell_span *spans;
    unsigned count;
} x12i_cells;

/* What cells are written with. */
typedef struct x12i_cell_writer {
    x12i_csv_writer csv;
    x12i_evaluation evaluation;
    uint64_t serials[X12I_MAXIMUM_DEPTH + 1]; /* of the loop at hand, by its depth in the guide; first: of what is handed out in parts, and the
                                                 file; last: of the row */
} x12i_cell_writer;

/* In `arena`. False when out of memory. */
bool x12i_make_cells(x12i_cells *cells, const x12_view *view, const x12i_row_kind *kind, x12_arena *arena);
/* One row: of a loop or, where its kind has `each`, an item. */
void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope);

#endif
