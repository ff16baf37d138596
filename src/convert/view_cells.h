/* The cells of a view's rows: those of the row itself are worked out for each, those of loops around it once, and then copied. */
#ifndef REMEDI_CONVERT_VIEW_CELLS_H
#define REMEDI_CONVERT_VIEW_CELLS_H

#include "convert/csv_writer.h"
#include "convert/view.h"
#include "model/formula_tree.h"
#include "model/structure.h"

typedef enum x12i_piece_kind {
    X12I_NO_PIECE,      /* nothing */
    X12I_TURN_PIECE,    /* no part of a cell: from here on spots begin where this one does */
    X12I_BESIDE_PIECE,  /* the text or number that stands there, at the spot's offset */
    X12I_TEXT_PIECE,    /* the text or number at the spot */
    X12I_DATED_PIECE,   /* the date, time or period there */
    X12I_GIVEN_PIECE,   /* what the view's writer supplies */
    X12I_PLACE_PIECE,   /* where the item at hand stands: bytes from the beginning of the file */
    X12I_LIST_PIECE,    /* what the formula gives; nothing where the list at the spot has no items */
    X12I_FORMULA_PIECE, /* what the formula gives */
    X12I_SUMS_PIECE,    /* several cells: what each of the formulas gives */
    X12I_END_PIECE      /* of a span */
} x12i_piece_kind;

/* What a cell is put together of: one piece; or several values, as either(...) has them, of which the first counts that was sent. */
typedef struct x12i_piece {
    uint8_t kind;   /* x12i_piece_kind */
    uint8_t others; /* TEXT, DATED: pieces behind it in its cell. SUMS: cells behind its first one */
    uint8_t type;   /* DATED: x12i_value_type. GIVEN: its number */
    uint8_t cut;    /* DATED: X12I_FROM, X12I_TO: the beginning or the end of it; else 0 */
    x12i_spot spot;
    const x12i_formula *const *formulas; /* of its cell, or its cells */
    const x12i_sums *sums;
} x12i_piece;

/* Cells side by side that last equally long: X12I_RAW_CELLS at the most. */
typedef struct x12i_cell_span {
    const x12i_piece *pieces;
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

/* How long a cell is the same: as long as the loop of this depth is; no longer than its row. */
enum { X12I_OF_ROW = X12I_MAXIMUM_DEPTH, X12I_OF_ALL = 0 };

/* What cells are written with. */
typedef struct x12i_cell_writer {
    x12i_csv_writer csv;
    x12i_evaluation evaluation;
    uint64_t serials[X12I_MAXIMUM_DEPTH + 1]; /* of the loop at hand, by its depth in the guide; first: of what is handed out in parts, and the
                                                 file; last: of the row */
} x12i_cell_writer;

/* In `arena`. False when out of memory. */
bool x12i_plan_cells(x12i_cells *cells, const x12_view *view, const x12i_row_kind *kind, x12_arena *arena);
/* One row: of a loop or, where its kind has `each`, an item. */
void x12i_write_cells(x12i_cell_writer *writer, const x12i_cells *cells, const x12i_scope *scope);

#endif
