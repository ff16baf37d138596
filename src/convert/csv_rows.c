#include "convert/csv_rows.h"
#include "base/text.h"

#include "model/values.h"
#include "diagnostic/diagnostic.h"
#include "model/decode.h"
#include "model/structure.h"

static bool within_limit(x12i_csv_tables *tables, size_t size)
{
    if (x12i_arena_used_since(tables->arena, tables->mark) + size <= tables->options.record_limit)
        return true;
    x12i_raise(&tables->options.findings, X12_FINDING_RECORD_TOO_LARGE, (x12_position){0});
    return x12i_csv_fail(tables, X12_ERROR_LIMIT);
}

void *x12i_csv_new(x12i_csv_tables *tables, size_t size)
{
    void *memory = within_limit(tables, size) ? x12_arena_allocate(tables->arena, size) : NULL;
    if (memory == NULL)
        x12i_csv_fail(tables, X12_ERROR_MEMORY);
    return memory;
}

bool x12i_csv_keep(x12i_csv_tables *tables, x12_text *text)
{
    char *copy = within_limit(tables, text->length) ? x12i_arena_take(tables->arena, text->length + 1u) : NULL;
    if (copy == NULL)
        return x12i_csv_fail(tables, X12_ERROR_MEMORY);
    memcpy(copy, text->data, text->length);
    text->data = copy;
    return true;
}

/* --- values --- */

/* The struct that a cell, list or part is in, made where there is none yet. */
static char *holder_of(x12i_csv_tables *tables, void *row, uint16_t pointer, const x12i_slot *slot)
{
    if (pointer == X12I_CSV_WITHIN)
        return row;
    void **place = (void **)(void *)((char *)row + pointer);
    if (*place == NULL)
        *place = x12i_csv_new(tables, slot->parts->size);
    return *place;
}

static bool fill_cell(x12i_csv_tables *tables, const x12i_csv_cell *cell, void *row, x12_text text)
{
    char sent[X12I_ISO_MAX], *holder = holder_of(tables, row, cell->pointer, cell->slot);
    if (holder == NULL)
        return false;
    if (cell->type >= X12I_DATE)
        text = x12i_value_from_iso(cell->field, text, sent);
    if (!x12i_csv_keep(tables, &text))
        return false;
    x12_text *value = (x12_text *)(void *)(holder + cell->offset);
    *value = text;
    if (cell->type >= X12I_DECIMAL)
        x12i_value_interpret(cell->type, value);
    return true;
}

/* A value in a column that other rows of the table have, but not those of this shape. */
static bool refuse_foreign(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, const x12i_csv_shape *shape)
{
    unsigned column = cursor->table->lead, i = 0;
    for (;; column++) {
        while (i < shape->cell_count && shape->cells[i].index < column)
            i++;
        if (cursor->values[column].length != 0 && (i == shape->cell_count || shape->cells[i].index != column))
            break;
    }
    return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_NOT_HERE, column);
}

static bool fill_cells(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, const x12i_csv_shape *shape, void *row)
{
    unsigned filled = 0;
    for (unsigned i = 0; i < shape->cell_count; i++) {
        const x12i_csv_cell *cell = &shape->cells[i];
        x12_text text = cursor->values[cell->index];
        if (text.length == 0)
            continue;
        filled++;
        if (!fill_cell(tables, cell, row, text))
            return false;
    }
    return filled == cursor->filled || refuse_foreign(tables, cursor, shape);
}

/* A format that nobody wrote is made up from the spelling, but for a segment that comes as it was sent. */
static x12_text *unsaid_format(const x12i_csv_cell *cell, char *holder)
{
    const x12i_field *format = &cell->parts->fields[cell->field->format_part - 1];
    if (cell->slot == NULL || cell->offset != cell->field->offset || format->shape != X12I_VALUE)
        return NULL;
    const x12_segment *segment = *x12i_segment_at(cell->slot, holder);
    bool by_hand = segment == NULL || !(segment->flags & X12_SEGMENT_AS_SENT);
    return by_hand ? (x12_text *)(void *)(holder + format->offset) : NULL;
}

/* Periods, which only the whole row says the format of. */
static bool settle_periods(x12i_csv_tables *tables, const x12i_csv_shape *shape, void *row)
{
    for (unsigned i = 0; i < shape->cell_count; i++) {
        const x12i_csv_cell *cell = &shape->cells[i];
        char sent[X12I_ISO_MAX], *holder = cell->type == X12I_PERIOD && cell->field->run == 0 ? (char *)(uintptr_t)x12i_csv_holder(row, cell->pointer) : NULL;
        x12_period *period = holder ? (x12_period *)(void *)(holder + cell->offset) : NULL;
        if (period == NULL || period->length == 0)
            continue;
        x12_text qualifier = x12i_format_qualifier(cell->parts, cell->field, holder + cell->owner);
        x12_text text = x12i_period_sent(period, &qualifier, unsaid_format(cell, holder), sent);
        if (text.data == sent && !x12i_csv_keep(tables, &text))
            return false;
        period->data = text.data;
        period->length = text.length;
        x12i_period_read(period, qualifier);
    }
    return true;
}

/* --- notes --- */

static bool keep_raw(x12i_csv_tables *tables, x12_segment *segment, x12_text raw)
{
    if (!x12i_csv_keep(tables, &raw))
        return false;
    segment->raw = segment->text = raw.data;
    segment->raw_length = segment->length = raw.length;
    if (!x12i_has_line_break(raw))
        return true;
    char *room = x12i_csv_new(tables, raw.length);
    if (room != NULL)
        x12i_take_without_breaks(segment, room);
    return room != NULL;
}

/* One note on a segment; `raw`: it may say how the segment was sent. */
static bool note_segment(x12i_csv_tables *tables, const x12i_csv_cursor *notes, x12_segment *segment, bool raw)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } known[] = {{"as_sent", X12_SEGMENT_AS_SENT}, {"before", X12_SEGMENT_BEFORE}, {"unterminated", X12_SEGMENT_UNTERMINATED},
                 {"missing", X12_SEGMENT_MISSING}, {"after", X12_SEGMENT_AFTER}};
    x12_text name = notes->values[X12I_CSV_NOTE], value = notes->values[X12I_CSV_VALUE];
    size_t index = raw ? 0 : 1;
    while (index < sizeof known / sizeof *known && !x12i_is_text(name, known[index].name))
        index++;
    if (index == sizeof known / sizeof *known || (segment->flags & known[index].flag))
        return x12i_csv_refuse(tables, notes, X12_FINDING_CSV_NOTE, X12I_CSV_NOTE);
    segment->flags |= known[index].flag;
    if (known[index].flag == X12_SEGMENT_AS_SENT)
        return keep_raw(tables, segment, value);
    if (!x12i_csv_keep(tables, &value))
        return false;
    if (known[index].flag == X12_SEGMENT_BEFORE) {
        segment->before = value.data;
        segment->before_length = value.length;
    } else if (known[index].flag == X12_SEGMENT_AFTER) {
        segment->after = value.data;
        segment->after_length = value.length;
    }
    return true;
}

static bool note_part(x12i_csv_tables *tables, const x12i_csv_cursor *notes, const x12i_csv_part *part, void *row)
{
    char *holder = holder_of(tables, row, part->pointer, part->slot);
    if (holder == NULL)
        return false;
    if (part->pointer != X12I_CSV_WITHIN && x12i_is_text(notes->values[X12I_CSV_NOTE], "empty"))
        return true;
    const x12_segment **place = (const x12_segment **)(void *)(holder + part->offset);
    if (*place == NULL && (*place = x12i_csv_new(tables, sizeof **place)) == NULL)
        return false;
    return note_segment(tables, notes, (x12_segment *)(uintptr_t)*place, true);
}

/* The slot of the first name in `names`, which is taken from it; more than slot_count for none. */
static unsigned next_in_order(const x12_loop_type *type, x12_text *names)
{
    const char *space = memchr(names->data, ' ', names->length);
    x12_text name = {names->data, space ? (uint32_t)(space - names->data) : names->length};
    unsigned index = 0;
    while (index <= type->slot_count && !x12i_is_text(name, x12i_part_name(type, index)))
        index++;
    names->data += name.length + (space != NULL);
    names->length -= name.length + (space != NULL);
    return index;
}

static bool note_order(x12i_csv_tables *tables, const x12i_csv_cursor *notes, x12_loop *loop)
{
    x12_text names = notes->values[X12I_CSV_VALUE];
    uint16_t *order = x12i_csv_new(tables, (names.length / 2 + 1) * sizeof *order);
    uint32_t count = 0;
    if (order == NULL)
        return false;
    while (names.length != 0) {
        unsigned index = next_in_order(loop->type, &names);
        if (index > loop->type->slot_count)
            return x12i_csv_refuse(tables, notes, X12_FINDING_CSV_NOTE, X12I_CSV_VALUE);
        order[count++] = (uint16_t)index;
    }
    loop->order = order;
    loop->order_count = count;
    return true;
}

static bool note_loop(x12i_csv_tables *tables, const x12i_csv_cursor *notes, x12_loop *loop)
{
    if (x12i_is_text(notes->values[X12I_CSV_NOTE], "order") && loop->order == NULL)
        return note_order(tables, notes, loop);
    if (!x12i_is_text(notes->values[X12I_CSV_NOTE], "continued"))
        return x12i_csv_refuse(tables, notes, X12_FINDING_CSV_NOTE, X12I_CSV_NOTE);
    return loop->continued = true;
}

bool x12i_csv_read_part_notes(x12i_csv_tables *tables, const x12i_csv_shape *shape, void *row, const x12_decimal *id, unsigned from, unsigned to)
{
    x12i_csv_cursor *notes = x12i_csv_special_cursor(tables, X12I_CSV_NOTES);
    while (x12i_csv_is_below(notes, id)) {
        x12_text name = notes->values[X12I_CSV_PART];
        unsigned index = 0;
        bool done;
        while (index < shape->part_count && !x12i_is_text(name, shape->parts[index].name))
            index++;
        if (index < shape->part_count && (index < from || index >= to))
            return true; /* its turn comes later */
        if (!x12i_csv_take(tables, notes))
            return false;
        if (index < shape->part_count)
            done = note_part(tables, notes, &shape->parts[index], row);
        else if (name.length == 0 && shape->type != NULL)
            done = note_loop(tables, notes, row);
        else
            done = x12i_csv_refuse(tables, notes, X12_FINDING_CSV_NOTE, X12I_CSV_PART);
        if (!done || !x12i_csv_advance(tables, notes))
            return false;
    }
    return true;
}

x12_segment *x12i_csv_read_raw(x12i_csv_tables *tables, x12i_csv_cursor *cursor)
{
    x12i_csv_cursor *notes = x12i_csv_special_cursor(tables, X12I_CSV_NOTES);
    x12_decimal id = cursor->id;
    x12_segment *segment = x12i_csv_new(tables, sizeof *segment);
    if (segment == NULL || !x12i_csv_take(tables, cursor) || !keep_raw(tables, segment, cursor->values[X12I_CSV_SEGMENT]) || !x12i_csv_advance(tables, cursor))
        return NULL;
    while (x12i_csv_is_below(notes, &id))
        if (!x12i_csv_take(tables, notes) || !note_segment(tables, notes, segment, false) || !x12i_csv_advance(tables, notes))
            return NULL;
    return segment;
}

static bool read_unmapped(x12i_csv_tables *tables, x12_loop *loop, const x12_decimal *id)
{
    x12i_csv_cursor *cursor = x12i_csv_special_cursor(tables, X12I_CSV_UNMAPPED);
    while (x12i_csv_is_below(cursor, id)) {
        x12_segment *segment = x12i_csv_read_raw(tables, cursor);
        if (segment == NULL)
            return false;
        if (!x12i_add_unmapped(tables->arena, loop, segment))
            return x12i_csv_fail(tables, X12_ERROR_MEMORY);
    }
    return true;
}

/* --- rows and what is below them --- */

bool x12i_csv_read_row(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row, unsigned parts)
{
    x12i_csv_cursor *cursor = x12i_csv_cursor_of(set, shape->table);
    x12_decimal id = cursor->id;
    return x12i_csv_take(tables, cursor) && fill_cells(tables, cursor, shape, row) && x12i_csv_advance(tables, cursor) &&
           x12i_csv_read_part_notes(tables, shape, row, &id, 0, parts) && settle_periods(tables, shape, row) &&
           (shape->type == NULL || read_unmapped(tables, row, &id));
}

bool x12i_csv_read_tree(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row)
{
    x12_decimal id = x12i_csv_cursor_of(set, shape->table)->id;
    return x12i_csv_read_row(tables, set, shape, row, shape->part_count) &&
           x12i_csv_read_lists(tables, set, shape, row, &id, 0, shape->list_count, false);
}

/* A zeroed struct for one more item of the list. */
static void *add_item(x12i_csv_tables *tables, const x12i_csv_list *list, char *place)
{
    void **single = (void **)(void *)place;
    if (list->single)
        return *single = x12i_csv_new(tables, list->shape->size);
    void *item = within_limit(tables, list->shape->size) ? x12i_append_item(tables->arena, (x12i_list *)(void *)place, list->shape->size) : NULL;
    if (item == NULL)
        x12i_csv_fail(tables, X12_ERROR_MEMORY);
    return item;
}

static bool read_list(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_list *list, void *row, const x12_decimal *id)
{
    x12i_csv_cursor *cursor = x12i_csv_cursor_of(set, list->shape->table);
    char *place = NULL;
    for (; x12i_csv_is_below(cursor, id); ) {
        char *holder = holder_of(tables, row, list->pointer, list->slot);
        if (holder == NULL)
            return false;
        if (place != NULL && list->single)
            return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_SECOND_ROW, X12I_CSV_PARENT);
        place = holder + list->offset;
        void *item = add_item(tables, list, place);
        if (item == NULL)
            return false;
        if (list->shape->type != NULL) {
            ((x12_loop *)item)->type = list->shape->type;
            ((x12_loop *)item)->parent = row;
        }
        if (!x12i_csv_read_tree(tables, set, list->shape, item))
            return false;
    }
    if (place != NULL && !list->single && list->shape->type != NULL)
        x12i_adopt_children_of((const x12i_list *)(void *)place, list->shape->size);
    return true;
}

bool x12i_csv_read_lists(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_csv_shape *shape, void *row, const x12_decimal *id, unsigned from, unsigned to, bool apart)
{
    for (unsigned i = from; i < to; i++)
        if (!(apart && shape->lists[i].apart) && !read_list(tables, set, &shape->lists[i], row, id))
            return false;
    return true;
}
