/* How the cells of a kind of row are made, found out once: what each is put together of, and how long it stays the same. */
#include "convert/view_cells.h"
#include <remedi/guide.h>

/* Of cells that are not worth a copy. */
enum { FEW = 3 };

typedef struct cell_plan {
    const x12_view *view;
    const x12i_row_kind *kind;
    x12_arena *arena;
    unsigned count;
    const x12i_formula **formulas; /* of the cells; NULL: empty */
    unsigned lasting[X12I_MOST_COLUMNS];
    x12i_piece *pieces;
    x12i_piece *next;
    unsigned from; /* where the spots of pieces begin */
} cell_plan;

/* ---- How long cells last ---- */

static unsigned lasting_of(const cell_plan *plan, const x12i_formula *formula)
{
    const x12_loop_type *type = plan->kind->type;
    unsigned level = x12i_formula_level(formula);
    bool numbered = x12i_formula_uses(formula, X12I_GIVEN_RECORD);
    if (type->streamed || (level == 0 && (plan->kind->each == NULL || x12i_formula_is_of_item(formula))))
        return X12I_OF_ROW;
    for (; level > 0 && type != NULL && !(numbered && type->record); level--)
        type = x12_loop_parent(type);
    return type == NULL || type->streamed ? X12I_OF_ALL : plan->view->loops[type->index].depth;
}

/* The first cell from `first` on that lasts not as long as that one. */
static unsigned end_of_span(const cell_plan *plan, unsigned first)
{
    unsigned end = first + 1;
    while (end < plan->count && plan->lasting[end] == plan->lasting[first])
        end++;
    return end;
}

/* How long the cells beside those from `first` to before `end` last; as long as these, where one of them lasts longer. */
static unsigned lasting_beside(const cell_plan *plan, unsigned first, unsigned end)
{
    const unsigned *lasting = plan->lasting;
    unsigned before = first > 0 ? lasting[first - 1] : X12I_OF_ROW, behind = end < plan->count ? lasting[end] : X12I_OF_ROW;
    unsigned longer = before < behind ? before : behind;
    return longer > lasting[first] ? longer : lasting[first];
}

/* ---- What they are put together of ---- */

/* Of what is no more than one value that can be had without a walk, or an end of it; NO_PIECE for any other. */
static x12i_piece value_piece(const x12i_part *part, const x12i_path *each)
{
    x12i_piece piece = {.spot = part->spot, .type = part->type};
    const x12i_operation operation = part->node->operation;
    if (operation == X12I_FROM || operation == X12I_TO) {
        const x12i_part whole = x12i_part_of(part->node->first);
        piece = value_piece(&whole, each);
        piece.cut = (uint8_t)operation;
        return piece;
    }
    bool item = operation == X12I_ITEM;
    if (item)
        piece.type = x12i_path_value(each)->type;
    if (item || part->kind == X12I_TEXT_PART || part->kind == X12I_DATED_PART)
        piece.kind = piece.type <= X12I_INTEGER ? X12I_TEXT_PIECE : X12I_DATED_PIECE;
    return piece;
}

static bool has_spot(const x12i_piece *piece)
{
    return piece->kind == X12I_TEXT_PIECE || piece->kind == X12I_DATED_PIECE || piece->kind == X12I_LIST_PIECE;
}

static void add_piece(cell_plan *plan, const x12i_piece *piece)
{
    if (has_spot(piece) && piece->spot.from != plan->from) {
        plan->from = piece->spot.from;
        *plan->next++ = (x12i_piece){.kind = X12I_TURN_PIECE, .spot = piece->spot};
    }
    *plan->next++ = *piece;
}

/* Adds the values, of which one counts. Where it stands right in a loop or item that is there in any case, a single one is put with less ado. */
static void add_values(cell_plan *plan, const x12i_part *parts, unsigned count)
{
    x12i_piece *first = plan->next;
    for (unsigned i = 0; i < count; i++) {
        x12i_piece piece = value_piece(&parts[i], plan->kind->each);
        if (count == 1 && piece.kind == X12I_TEXT_PIECE && !piece.spot.pointed && piece.spot.from < X12I_UP && piece.spot.from == plan->from)
            piece.kind = X12I_BESIDE_PIECE;
        add_piece(plan, &piece);
    }
    for (x12i_piece *piece = first; piece < plan->next; piece++)
        piece->others = (uint8_t)(plan->next - 1 - piece);
}

static bool are_values(const cell_plan *plan, const x12i_part *parts, unsigned count)
{
    unsigned i = 0;
    while (i < count && value_piece(&parts[i], plan->kind->each).kind != X12I_NO_PIECE)
        i++;
    return i == count;
}

/* Many a formula speaks of a list that is mostly empty. */
static x12i_piece formula_piece(const x12i_formula *const *formula)
{
    const x12i_node *node = (*formula)->root;
    x12i_piece piece = {.kind = X12I_FORMULA_PIECE, .formulas = formula};
    if (node->operation == X12I_GIVEN)
        return (x12i_piece){.kind = X12I_GIVEN_PIECE, .type = (uint8_t)node->number};
    if (node->operation == X12I_OFFSET && node->path->step_count == 0 && node->path->spot.from == 0)
        piece.kind = X12I_PLACE_PIECE;
    if ((node->operation == X12I_JOIN || node->operation == X12I_FIRST) && x12i_list_spot(node->path, &piece.spot))
        piece.kind = X12I_LIST_PIECE;
    return piece;
}

static void add_cell(cell_plan *plan, unsigned index)
{
    const x12i_node *node = plan->formulas[index] ? plan->formulas[index]->root : NULL;
    x12i_piece piece = {.kind = X12I_NO_PIECE};
    if (node != NULL) {
        const x12i_part single = x12i_part_of(node), *parts = node->operation == X12I_EITHER ? node->parts : &single;
        unsigned count = node->operation == X12I_EITHER ? node->part_count : 1;
        if (are_values(plan, parts, count)) {
            add_values(plan, parts, count);
            return;
        }
        piece = formula_piece(&plan->formulas[index]);
    }
    add_piece(plan, &piece);
}

/* Sums from cell `index` on that are worked out together: how many; 0 where that is not more than one. */
static unsigned add_sums(cell_plan *plan, unsigned index, unsigned end)
{
    const x12i_sums *sums = x12i_sums_make(plan->arena, plan->formulas + index, end - index);
    unsigned count = sums ? x12i_sums_count(sums) : 0;
    if (count < 2)
        return 0;
    *plan->next++ = (x12i_piece){.kind = X12I_SUMS_PIECE, .others = (uint8_t)(count - 1), .formulas = &plan->formulas[index], .sums = sums};
    return count;
}

static void add_cells(cell_plan *plan, unsigned first, unsigned end)
{
    while (first < end) {
        unsigned sums = add_sums(plan, first, end);
        if (sums == 0)
            add_cell(plan, first);
        first += sums ? sums : 1;
    }
}

/* ---- All of them ---- */

static bool is_plain(const cell_plan *plan, unsigned index)
{
    if (plan->formulas[index] == NULL)
        return true;
    const x12i_part part = x12i_part_of(plan->formulas[index]->root);
    return part.node->operation == X12I_GIVEN || value_piece(&part, plan->kind->each).kind == X12I_TEXT_PIECE;
}

static bool are_plain(const cell_plan *plan, unsigned first, unsigned end)
{
    while (first < end && is_plain(plan, first))
        first++;
    return first == end;
}

/* An empty cell lasts as long as the one before it. */
static void find_lasting(cell_plan *plan)
{
    unsigned *lasting = plan->lasting;
    for (unsigned i = 0; i < plan->count; i++) {
        if (plan->formulas[i] != NULL)
            lasting[i] = lasting_of(plan, plan->formulas[i]);
        else
            lasting[i] = i > 0 ? lasting[i - 1] : X12I_OF_ALL;
    }
}

/* A copy takes longer than a few plain cells do. Where those beside them all last shorter, they go with them; what lasts longer is copied together with
   them. False: there are none such. */
static bool join_few(cell_plan *plan)
{
    bool joined = false;
    for (unsigned first = 0, end; first < plan->count; first = end) {
        end = end_of_span(plan, first);
        unsigned beside = lasting_beside(plan, first, end);
        bool join = beside != plan->lasting[first] && end - first <= FEW && plan->count > end - first && are_plain(plan, first, end);
        for (unsigned i = first; i < end && join; i++)
            plan->lasting[i] = beside;
        joined |= join;
    }
    return joined;
}

/* As many as there may be: a turn before each, and an end behind it. */
static unsigned count_pieces(const cell_plan *plan)
{
    unsigned count = plan->count;
    for (unsigned i = 0; i < plan->count; i++)
        count += plan->formulas[i] ? plan->formulas[i]->root->part_count : 0;
    return 3 * count;
}

static bool begin(cell_plan *plan)
{
    plan->count = plan->view->chosen_count;
    plan->formulas = x12_arena_allocate(plan->arena, plan->count * sizeof *plan->formulas);
    for (unsigned i = 0; i < plan->count && plan->formulas != NULL; i++)
        plan->formulas[i] = plan->kind->cells[plan->view->chosen[i]];
    plan->pieces = plan->formulas ? x12_arena_allocate(plan->arena, count_pieces(plan) * sizeof *plan->pieces) : NULL;
    plan->next = plan->pieces;
    return plan->pieces != NULL;
}

bool x12i_plan_cells(x12i_cells *cells, const x12_view *view, const x12i_row_kind *kind, x12_arena *arena)
{
    cell_plan plan = {.view = view, .kind = kind, .arena = arena};
    cells->spans = x12_arena_allocate(arena, view->chosen_count * sizeof *cells->spans);
    if (cells->spans == NULL || !begin(&plan))
        return false;
    find_lasting(&plan);
    while (join_few(&plan))
        continue;
    for (unsigned first = 0, end; first < plan.count; first = end) {
        end = end_of_span(&plan, first);
        if (end - first > X12I_RAW_CELLS)
            end = first + X12I_RAW_CELLS;
        plan.from = 0; /* what is at hand */
        cells->spans[cells->count++] = (x12i_cell_span){.pieces = plan.next, .lasting = plan.lasting[first]};
        add_cells(&plan, first, end);
        add_piece(&plan, &(x12i_piece){.kind = X12I_END_PIECE});
    }
    return true;
}
