#include "convert/csv_tables.h"
#include "base/text.h"

/* What the rows below one place have in common while a plan is made. */
typedef struct place {
    x12i_csv_shape *shape;
    const char *columns;  /* what column names begin with */
    const char *tables;   /* and names of tables below */
    const x12i_slot *slot;
    uint16_t pointer;
    uint16_t owner;
    x12i_csv_column *last; /* the column that was added last: the next one stands behind it, where the table has none of that name */
} place;

static void *take(x12i_csv_plan *plan, size_t size)
{
    void *memory = plan->failed ? NULL : x12_arena_allocate(plan->arena, size);
    plan->failed |= memory == NULL;
    return memory;
}

/* One more zeroed item behind the `count` that the pointer at `list` points to; there is room up to the next power of two. */
static void *append(x12i_csv_plan *plan, void *list, unsigned *count, size_t size)
{
    char *items;
    memcpy(&items, list, sizeof items);
    if ((*count & (*count - 1)) == 0) {
        char *grown = take(plan, (*count ? 2 * *count : 1) * size);
        if (grown == NULL)
            return NULL;
        if (*count != 0)
            memcpy(grown, items, *count * size);
        memcpy(list, &grown, sizeof grown);
        items = grown;
    }
    return items + (*count)++ * size;
}

/* --- names --- */

/* "prefix" and the snake_case of a name of the guide. `id` and `parent_id` are the rows' own. */
static const char *spell(x12i_csv_plan *plan, const char *prefix, const char *camel)
{
    char *name = take(plan, strlen(prefix) + 2 * strlen(camel) + sizeof "_value"), *out;
    if (name == NULL)
        return NULL;
    out = name + strlen(strcpy(name, prefix));
    for (; *camel != '\0'; camel++) {
        bool capital = *camel >= 'A' && *camel <= 'Z';
        if (capital)
            *out++ = '_';
        *out++ = (char)(capital ? *camel + ('a' - 'A') : *camel);
    }
    if (strcmp(name, "id") == 0 || strcmp(name, "parent_id") == 0)
        strcpy(out, "_value");
    return name;
}

static const char *with_end(x12i_csv_plan *plan, const char *name, const char *end)
{
    char *joined = name ? take(plan, strlen(name) + strlen(end) + 1) : NULL;
    return joined ? strcat(strcpy(joined, name), end) : NULL;
}

/* A table's name without its guide. */
static const char *bare_name(const x12i_csv_plan *plan, const x12i_csv_table *table)
{
    return table->name + (plan->guide == &x12i_envelope ? 0 : strlen(plan->guide->prefix) + 1);
}

/* What the tables below a table begin with. */
static const char *below(x12i_csv_plan *plan, const x12i_csv_table *table)
{
    return with_end(plan, bare_name(plan, table), "_");
}

static bool equals(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

/* --- tables and columns --- */

static x12i_csv_table *add_table(x12i_csv_plan *plan, const char *name)
{
    x12i_csv_table **end = &plan->tables, *table = take(plan, sizeof *table);
    if (table == NULL || name == NULL)
        return NULL;
    while (*end != NULL)
        end = &(*end)->next;
    table->name = name;
    table->lead = 2;
    table->index = plan->table_count++;
    return *end = table;
}

static x12i_csv_table *table_named(x12i_csv_plan *plan, const char *name)
{
    for (x12i_csv_table *table = plan->tables; table != NULL; table = table->next)
        if (equals(bare_name(plan, table), name))
            return table;
    const char *folder = plan->guide == &x12i_envelope ? "" : with_end(plan, plan->guide->prefix, "/");
    return folder ? add_table(plan, with_end(plan, folder, name)) : NULL;
}

/* The column of that name, which stands behind the last one where it is new: so a table that several places share keeps their order. */
static x12i_csv_column *column_named(x12i_csv_plan *plan, x12i_csv_table *table, x12i_csv_column *last, const char *name)
{
    if (last != NULL && last->next != NULL && equals(last->next->name, name))
        return last->next;
    for (x12i_csv_column *column = table->columns; column != NULL; column = column->next)
        if (equals(column->name, name))
            return column;
    x12i_csv_column *column = take(plan, sizeof *column), **link = last ? &last->next : &table->columns;
    if (column == NULL)
        return NULL;
    column->name = name;
    column->next = *link;
    return *link = column;
}

static void add_cell(x12i_csv_plan *plan, place *at, const x12i_parts *parts, const x12i_field *field, const char *name)
{
    x12i_csv_column *column = name ? column_named(plan, at->shape->table, at->last, name) : NULL;
    x12i_csv_cell *cell = column ? append(plan, &at->shape->cells, &at->shape->cell_count, sizeof *cell) : NULL;
    if (cell == NULL)
        return;
    *cell = (x12i_csv_cell){.column = column, .field = field, .parts = parts, .slot = at->slot, .pointer = at->pointer, .owner = at->owner};
    if (field != NULL) {
        cell->offset = (uint16_t)(at->owner + field->offset);
        cell->type = field->type;
    }
    at->last = column;
}

/* --- shapes --- */

static x12i_csv_shape *new_shape(x12i_csv_plan *plan, const char *table, uint16_t size)
{
    x12i_csv_shape *shape = take(plan, sizeof *shape);
    if (shape == NULL)
        return NULL;
    shape->table = table_named(plan, table);
    shape->size = size;
    shape->next = plan->shapes;
    plan->shapes = shape;
    return shape->table ? shape : NULL;
}

static x12i_csv_list *add_list(x12i_csv_plan *plan, const place *at, const x12i_csv_shape *shape, unsigned offset)
{
    x12i_csv_list *list = shape ? append(plan, &at->shape->lists, &at->shape->list_count, sizeof *list) : NULL;
    if (list != NULL)
        *list = (x12i_csv_list){.shape = shape, .slot = at->slot, .pointer = at->pointer, .offset = (uint16_t)offset};
    return list;
}

static void add_parts(x12i_csv_plan *plan, place *at, const x12i_parts *parts);

/* Items that are structs: of a run, or composites. */
static void add_items(x12i_csv_plan *plan, const place *at, const char *name, const x12i_parts *parts, uint16_t size, unsigned offset)
{
    x12i_csv_shape *shape = name ? new_shape(plan, name, size) : NULL;
    const char *tables = shape ? below(plan, shape->table) : NULL;
    place item = {.shape = shape, .columns = "", .tables = tables, .pointer = X12I_CSV_WITHIN};
    if (tables == NULL)
        return;
    add_parts(plan, &item, parts);
    add_list(plan, at, shape, offset);
}

/* Items that are values. */
static void add_values(x12i_csv_plan *plan, const place *at, const char *name, unsigned offset)
{
    x12i_csv_shape *shape = name ? new_shape(plan, name, sizeof(x12_text)) : NULL;
    place item = {.shape = shape, .pointer = X12I_CSV_WITHIN};
    if (shape == NULL)
        return;
    add_cell(plan, &item, NULL, NULL, "value");
    add_list(plan, at, shape, offset);
}

static void add_run(x12i_csv_plan *plan, const place *at, const x12i_run *run, const x12i_field *first)
{
    const char *name = spell(plan, at->tables, run->name);
    unsigned offset = (unsigned)at->owner + run->offset;
    if (run->bare && first->shape == X12I_UNUSED)
        return;
    if (run->bare && first->shape == X12I_VALUE) {
        add_values(plan, at, name, offset);
        return;
    }
    x12i_parts *item = take(plan, sizeof *item);
    if (item == NULL)
        return;
    *item = (x12i_parts){.field_count = run->stride, .last_used = run->stride, .fields = first};
    add_items(plan, at, name, run->bare ? first->parts : item, run->item_size, offset);
}

static void add_composite(x12i_csv_plan *plan, place *at, const x12i_field *field)
{
    const char *columns = spell(plan, at->columns, field->name), *tables = spell(plan, at->tables, field->name);
    place inner = *at;
    inner.columns = with_end(plan, columns, "_");
    inner.tables = with_end(plan, tables, "_");
    inner.owner = (uint16_t)(at->owner + field->offset);
    if (inner.columns == NULL || inner.tables == NULL)
        return;
    add_parts(plan, &inner, field->parts);
    at->last = inner.last;
}

static void add_field(x12i_csv_plan *plan, place *at, const x12i_parts *parts, const x12i_field *field)
{
    unsigned offset = (unsigned)at->owner + field->offset;
    switch ((x12i_shape)field->shape) {
    case X12I_VALUE:
        add_cell(plan, at, parts, field, spell(plan, at->columns, field->name));
        break;
    case X12I_COMPOSITE:
        add_composite(plan, at, field);
        break;
    case X12I_REPEATED_VALUE:
        add_values(plan, at, spell(plan, at->tables, field->name), offset);
        break;
    case X12I_REPEATED_COMPOSITE:
        add_items(plan, at, spell(plan, at->tables, field->name), field->parts, field->parts->size, offset);
        break;
    default:
        break;
    }
}

/* A run's item has no runs of its own: parts->runs is NULL. */
static void add_parts(x12i_csv_plan *plan, place *at, const x12i_parts *parts)
{
    for (unsigned i = 0; i < parts->last_used && !plan->failed; i++) {
        const x12i_field *field = &parts->fields[i];
        if (field->run == 0 || parts->runs == NULL)
            add_field(plan, at, parts, field);
        else if (i + 1u == parts->runs[field->run - 1].first)
            add_run(plan, at, &parts->runs[field->run - 1], field);
    }
}

/* --- loops --- */

static void add_part(x12i_csv_plan *plan, const place *at, const x12i_slot *slot, const char *name, unsigned offset)
{
    x12i_csv_part *part = name ? append(plan, &at->shape->parts, &at->shape->part_count, sizeof *part) : NULL;
    if (part != NULL)
        *part = (x12i_csv_part){.name = name, .slot = slot, .pointer = at->pointer, .offset = (uint16_t)offset};
}

static void add_segments(x12i_csv_plan *plan, const place *at, const x12i_slot *slot)
{
    const char *name = spell(plan, "", slot->name);
    x12i_csv_shape *shape = name ? new_shape(plan, name, slot->parts->size) : NULL;
    place item = {.shape = shape, .columns = "", .tables = shape ? below(plan, shape->table) : NULL, .slot = slot, .pointer = X12I_CSV_WITHIN};
    if (item.tables == NULL)
        return;
    add_parts(plan, &item, slot->parts);
    add_part(plan, &item, slot, slot->segment, 0);
    add_list(plan, at, shape, slot->offset);
}

/* One segment with a struct of its own: its values are columns of the loop's row. */
static void add_segment(x12i_csv_plan *plan, place *at, const x12i_slot *slot)
{
    const char *name = spell(plan, "", slot->name), *prefix = with_end(plan, name, "_");
    place inner = {.shape = at->shape, .columns = prefix, .tables = prefix, .slot = slot, .pointer = slot->offset, .last = at->last};
    if (prefix == NULL)
        return;
    add_parts(plan, &inner, slot->parts);
    add_part(plan, &inner, slot, name, 0);
    at->last = inner.last;
}

static x12i_csv_shape *add_loop(x12i_csv_plan *plan, const x12_loop_type *type, const char *table);

static void add_loops(x12i_csv_plan *plan, const place *at, const x12i_slot *slot)
{
    const char *name = spell(plan, "", slot->name);
    x12i_csv_list *list = add_list(plan, at, name ? add_loop(plan, slot->loop, name) : NULL, slot->offset);
    if (list == NULL)
        return;
    list->single = slot->kind == X12I_SLOT_LOOP;
    list->apart = at->shape->type->streamed && x12i_is_apart(slot);
}

static void add_slot(x12i_csv_plan *plan, place *at, const x12i_slot *slot)
{
    at->slot = slot;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_INLINE:
        add_parts(plan, at, slot->parts);
        add_part(plan, at, slot, slot->note, slot->segment_offset);
        break;
    case X12I_SLOT_SEGMENT:
        add_segment(plan, at, slot);
        break;
    case X12I_SLOT_SEGMENTS:
        add_segments(plan, at, slot);
        break;
    case X12I_SLOT_LOOP:
    case X12I_SLOT_LOOPS:
        add_loops(plan, at, slot);
        break;
    }
}

static x12i_csv_shape *add_loop(x12i_csv_plan *plan, const x12_loop_type *type, const char *table)
{
    x12i_csv_shape *shape = new_shape(plan, table, type->size);
    if (shape == NULL)
        return NULL;
    place at = {.shape = shape, .columns = "", .tables = "", .pointer = X12I_CSV_WITHIN};
    unsigned head_end = x12i_head_end(type), head_cells = 0;
    shape->type = type;
    for (unsigned i = 0; i < type->slot_count && !plan->failed; i++) {
        add_slot(plan, &at, &type->slots[i]);
        if (i < head_end) {
            shape->head_lists = shape->list_count;
            shape->head_parts = shape->part_count;
            head_cells = shape->cell_count;
        }
    }
    shape->late = shape->cell_count > head_cells;
    return plan->loops[type->index] = shape;
}

/* --- the plan --- */

static const char *const interchange_lead[] = {"id", "file", "charset", "byte_order_mark", "element_separator", "segment_terminator", "line_break", "no_component_separator"};

static const struct {
    const char *name;
    unsigned lead;
    const char *names[5];
} specials[X12I_CSV_SPECIALS] = {
    [X12I_CSV_INTERCHANGES] = {"interchanges", sizeof interchange_lead / sizeof *interchange_lead, {0}},
    [X12I_CSV_TRANSACTIONS] = {"transactions", 3, {"id", "parent_id", "transaction"}},
    [X12I_CSV_SEGMENTS] = {"segments", 3, {"id", "parent_id", "segment"}},
    [X12I_CSV_UNMAPPED] = {"unmapped", 3, {"id", "parent_id", "segment"}},
    [X12I_CSV_NOTES] = {"notes", 5, {"id", "parent_id", "part", "note", "value"}},
    [X12I_CSV_BYTES] = {"bytes", 2, {"id", "bytes"}},
};

static void add_specials(x12i_csv_plan *plan)
{
    for (unsigned i = 0; i < X12I_CSV_SPECIALS && !plan->failed; i++) {
        plan->specials[i] = add_table(plan, specials[i].name);
        if (plan->specials[i] != NULL)
            plan->specials[i]->lead = specials[i].lead;
    }
    plan->unnamed = plan->failed ? NULL : new_shape(plan, "transactions", x12i_unnamed_type.size);
    if (plan->unnamed != NULL)
        plan->unnamed->type = &x12i_unnamed_type;
}

static const char *const *lead_of(const x12i_csv_plan *plan, const x12i_csv_table *table)
{
    bool special = plan->specials[0] != NULL && table->index != X12I_CSV_INTERCHANGES && table->index < X12I_CSV_SPECIALS;
    return special ? specials[table->index].names : plan->specials[0] == table ? interchange_lead : specials[X12I_CSV_SEGMENTS].names;
}

/* Numbers the columns, now that they are all there. */
static void name_columns(x12i_csv_plan *plan, x12i_csv_table *table)
{
    table->count = table->lead;
    for (x12i_csv_column *column = table->columns; column != NULL; column = column->next)
        column->index = table->count++;
    table->names = take(plan, table->count * sizeof *table->names);
    if (table->names == NULL)
        return;
    memcpy(table->names, lead_of(plan, table), table->lead * sizeof *table->names);
    for (x12i_csv_column *column = table->columns; column != NULL; column = column->next)
        table->names[column->index] = column->name;
}

static void number_cells(x12i_csv_shape *shape)
{
    for (unsigned i = 1; i < shape->cell_count; i++)
        for (unsigned k = i; k > 0 && shape->cells[k - 1].column->index > shape->cells[k].column->index; k--) {
            x12i_csv_cell swapped = shape->cells[k];
            shape->cells[k] = shape->cells[k - 1];
            shape->cells[k - 1] = swapped;
        }
    for (unsigned i = 0; i < shape->cell_count; i++)
        shape->cells[i].index = (uint16_t)shape->cells[i].column->index;
}

x12i_csv_plan *x12i_csv_make_plan(x12_arena *arena, const x12i_guide *guide)
{
    x12i_csv_plan *plan = x12_arena_allocate(arena, sizeof *plan);
    if (plan == NULL)
        return NULL;
    plan->arena = arena;
    plan->guide = guide;
    plan->loops = take(plan, guide->loop_count * sizeof *plan->loops);
    bool envelope = guide == &x12i_envelope;
    if (envelope)
        add_specials(plan);
    if (!plan->failed)
        add_loop(plan, guide->loops[0], envelope ? "interchanges" : "transactions");
    for (x12i_csv_table *table = plan->tables; table != NULL && !plan->failed; table = table->next)
        name_columns(plan, table);
    for (x12i_csv_shape *shape = plan->shapes; shape != NULL && !plan->failed; shape = shape->next)
        number_cells(shape);
    return plan->failed ? NULL : plan;
}

/* --- line breaks --- */

static const struct {
    const char *text;
    const char *word;
} breaks[] = {{"", "none"}, {"\n", "LF"}, {"\r\n", "CRLF"}, {"\r", "CR"}};

x12_text x12i_csv_spell_break(x12_text text)
{
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (x12i_is_text(text, breaks[i].text))
            return x12i_string_text(breaks[i].word);
    return text;
}

x12_text x12i_csv_read_break(x12_text word)
{
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (x12i_is_text(word, breaks[i].word))
            return x12i_string_text(breaks[i].text);
    return word;
}
