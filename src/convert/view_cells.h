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
    uint64_t spelled; /* the serial number of the loop that `text` is of; 0: of none yet */
    x12i_buffer text;
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
    uint64_t serials[X12I_MAXIMUM_DEPTH]; /* of the loop at hand, by its depth in the guide; [0]: of what is handed out in parts, and the file */
} x12i_cell_writer;

/* False when out of memory; then what there is has still to be freed. */
bool x12i_make_cells(x12i_cells *cells, const x12_view *view, const x12i_row_kind *kind, x12_arena *arena);
void x12i_free_cells(x12i_cells *cells);
/* One row: of a loop or, where its kind has `each`, an item. */
void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope);

#endif
