#include "base/nearest.h"
#include "convert/csv_rows.h"
#include "model/values.h"
#include "model/structure.h"
#include <stdio.h>

enum { DEFAULT_RECORD_LIMIT = 64 << 20, CHARSET_MAX = 64 };

/* A loop that has started. */
typedef struct open_loop {
    x12_loop *loop;
    x12i_csv_set *set;
    const x12i_csv_shape *shape;
    x12_decimal id;
    x12i_mark mark;
} open_loop;

struct x12_tables_reader {
    x12i_csv_tables tables;
    open_loop loops[X12I_MAXIMUM_DEPTH];
    unsigned depth;
    bool has_release;
    x12i_mark release;
    x12_syntax syntax;
    char charset[CHARSET_MAX];
    bool byte_order_mark;
};

/* A row that may be the next of the document. */
typedef struct candidate {
    x12i_csv_set *set;
    x12i_csv_cursor *cursor;     /* NULL: none yet */
    const x12i_csv_shape *shape; /* NULL: a segment as it was sent, or bytes */
} candidate;

static void consider(candidate *best, x12i_csv_set *set, x12i_csv_cursor *cursor, const x12i_csv_shape *shape)
{
    if (best->cursor == NULL || x12_decimal_compare(&cursor->id, &best->cursor->id) < 0)
        *best = (candidate){set, cursor, shape};
}

static void consider_below(candidate *best, x12i_csv_set *set, const x12i_csv_table *table, const x12i_csv_shape *shape, const x12_decimal *id)
{
    x12i_csv_cursor *cursor = x12i_csv_cursor_of(set, table);
    if (x12i_csv_is_below(cursor, id))
        consider(best, set, cursor, shape);
}

static const x12i_csv_shape *root_of(const x12i_csv_set *set)
{
    return set->plan->loops[0];
}

/* The next row below the loop on top: of the loops that are handed out one by one, or a segment between them. */
static candidate next_below(x12_tables_reader *reader, const open_loop *open)
{
    x12i_csv_tables *tables = &reader->tables;
    candidate best = {0};
    consider_below(&best, &tables->envelope, tables->envelope.plan->specials[X12I_CSV_SEGMENTS], NULL, &open->id);
    for (unsigned i = 0; i < open->shape->list_count; i++)
        if (open->shape->lists[i].apart)
            consider_below(&best, open->set, open->shape->lists[i].shape->table, open->shape->lists[i].shape, &open->id);
    if (!x12i_is_group(open->loop->type))
        return best;
    const x12i_csv_shape *unnamed = tables->envelope.plan->unnamed;
    consider_below(&best, &tables->envelope, unnamed->table, unnamed, &open->id);
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (tables->guides[i].cursors != NULL)
            consider_below(&best, &tables->guides[i], root_of(&tables->guides[i])->table, root_of(&tables->guides[i]), &open->id);
    return best;
}

static candidate next_outside(x12_tables_reader *reader)
{
    x12i_csv_set *envelope = &reader->tables.envelope;
    x12i_csv_cursor *interchange = x12i_csv_special_cursor(&reader->tables, X12I_CSV_INTERCHANGES), *bytes = x12i_csv_special_cursor(&reader->tables, X12I_CSV_BYTES);
    candidate best = {0};
    if (interchange->row != NULL)
        consider(&best, envelope, interchange, root_of(envelope));
    if (bytes->row != NULL)
        consider(&best, envelope, bytes, NULL);
    return best;
}

/* --- events --- */

static bool show(x12_event *event, x12_event_kind kind, x12_loop *loop)
{
    event->kind = kind;
    event->loop = loop;
    return true;
}

static void release_later(x12_tables_reader *reader, x12i_mark mark)
{
    reader->release = mark;
    reader->has_release = true;
}

/* What is read from here on lives until the next event. */
static void begin_passing(x12_tables_reader *reader)
{
    reader->tables.mark = x12i_arena_mark(reader->tables.arena);
    release_later(reader, reader->tables.mark);
}

static bool read_delimiter(x12i_csv_tables *tables, const x12i_csv_cursor *cursor, unsigned column, uint32_t *code_point)
{
    x12_text text = cursor->values[column];
    if (text.length == 0 || x12i_delimiter_of(x12i_csv_read_break(text), code_point))
        return true;
    return x12i_csv_refuse(tables, cursor, X12_FINDING_CSV_DELIMITER, column);
}

static bool is_true(const x12i_csv_cursor *cursor, unsigned column)
{
    x12_text text = cursor->values[column];
    return text.length == 4 && memcmp(text.data, "true", 4) == 0;
}

/* What stands in an interchange's row beside the elements of its ISA. */
static bool read_syntax(x12_tables_reader *reader, const x12i_csv_cursor *cursor)
{
    x12i_csv_tables *tables = &reader->tables;
    x12_text line_break = cursor->values[X12I_CSV_LINE_BREAK];
    reader->syntax = (x12_syntax){0};
    if (!read_delimiter(tables, cursor, X12I_CSV_ELEMENT, &reader->syntax.element) || !read_delimiter(tables, cursor, X12I_CSV_TERMINATOR, &reader->syntax.segment))
        return false;
    if (line_break.length == 0)
        return true;
    line_break = x12i_csv_read_break(line_break);
    if (!x12i_csv_keep(tables, &line_break))
        return false;
    reader->syntax.line_break = line_break;
    return true;
}

static bool start_loop(x12_tables_reader *reader, const candidate *found, x12_event *event)
{
    x12i_csv_tables *tables = &reader->tables;
    const x12i_csv_shape *shape = found->shape;
    open_loop *open = &reader->loops[reader->depth];
    if (reader->depth == X12I_MAXIMUM_DEPTH)
        return x12i_csv_fail(tables, X12_ERROR_LIMIT);
    tables->mark = x12i_arena_mark(tables->arena);
    *open = (open_loop){.set = found->set, .shape = shape, .id = found->cursor->id, .mark = tables->mark};
    open->loop = x12i_csv_new(tables, shape->size);
    if (open->loop == NULL || !x12i_csv_complete_set(tables, found->set))
        return false;
    open->loop->type = shape->type;
    open->loop->parent = reader->depth ? reader->loops[reader->depth - 1].loop : NULL;
    reader->depth++;
    bool interchange = x12i_is_interchange(shape->type), no_component = interchange && is_true(found->cursor, X12I_CSV_NO_COMPONENT);
    if (interchange && !read_syntax(reader, found->cursor))
        return false;
    if (shape->type == &x12i_unnamed_type) {
        x12_text *name = &((x12i_unnamed *)(void *)open->loop)->transaction;
        *name = found->cursor->values[X12I_CSV_TRANSACTION];
        if (!x12i_csv_keep(tables, name))
            return false;
    }
    if (!x12i_csv_read_row(tables, found->set, shape, open->loop, shape->head_parts) ||
        !x12i_csv_read_lists(tables, found->set, shape, open->loop, &open->id, 0, shape->head_lists, true))
        return false;
    if (interchange) {
        x12i_take_separators(&reader->syntax, no_component, open->loop);
        event->syntax = &reader->syntax;
    }
    return show(event, X12_LOOP_START, open->loop);
}

static bool end_loop(x12_tables_reader *reader, x12_event *event)
{
    open_loop *open = &reader->loops[--reader->depth];
    x12i_csv_tables *tables = &reader->tables;
    const x12i_csv_shape *shape = open->shape;
    release_later(reader, open->mark);
    tables->mark = open->mark;
    return x12i_csv_read_part_notes(tables, shape, open->loop, &open->id, shape->head_parts, shape->part_count) &&
           x12i_csv_read_lists(tables, open->set, shape, open->loop, &open->id, shape->head_lists, shape->list_count, true) &&
           show(event, X12_LOOP_END, open->loop);
}

static bool read_record(x12_tables_reader *reader, const candidate *found, x12_event *event)
{
    begin_passing(reader);
    x12_loop *loop = x12i_csv_new(&reader->tables, found->shape->size);
    if (loop == NULL)
        return false;
    loop->type = found->shape->type;
    loop->parent = reader->loops[reader->depth - 1].loop;
    return x12i_csv_read_tree(&reader->tables, found->set, found->shape, loop) && show(event, X12_RECORD, loop);
}

static bool read_segment(x12_tables_reader *reader, const candidate *found, x12_event *event)
{
    begin_passing(reader);
    event->segment = x12i_csv_read_raw(&reader->tables, found->cursor);
    return event->segment != NULL && show(event, X12_SEGMENT, reader->loops[reader->depth - 1].loop);
}

static bool read_bytes(x12_tables_reader *reader, const candidate *found, x12_event *event)
{
    begin_passing(reader);
    event->bytes = found->cursor->values[X12I_CSV_CONTENT];
    return x12i_csv_take(&reader->tables, found->cursor) && x12i_csv_keep(&reader->tables, &event->bytes) &&
           x12i_csv_advance(&reader->tables, found->cursor) && show(event, X12_BYTES, NULL);
}

/* A row that is left when the document is at its end has no parent, or not there where it would be next. */
static bool check_set(x12i_csv_tables *tables, x12i_csv_set *set)
{
    if (!x12i_csv_complete_set(tables, set))
        return false;
    for (unsigned i = 0; i < set->plan->table_count; i++)
        if (set->cursors[i].row != NULL)
            return x12i_csv_refuse(tables, &set->cursors[i], X12_FINDING_CSV_ORPHAN, X12I_CSV_PARENT);
    return true;
}

static bool finish(x12_tables_reader *reader)
{
    x12i_csv_tables *tables = &reader->tables;
    if (!check_set(tables, &tables->envelope))
        return false;
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (tables->guides[i].cursors != NULL && !check_set(tables, &tables->guides[i]))
            return false;
    return x12i_csv_fail(tables, X12_END);
}

x12_status x12_tables_reader_next(x12_tables_reader *reader, x12_event *event)
{
    if (reader->has_release)
        x12i_arena_release(reader->tables.arena, reader->release);
    reader->has_release = false;
    *event = (x12_event){0};
    if (reader->tables.status != X12_OK)
        return reader->tables.status;
    candidate found = reader->depth != 0 ? next_below(reader, &reader->loops[reader->depth - 1]) : next_outside(reader);
    if (found.cursor == NULL && reader->depth != 0)
        end_loop(reader, event);
    else if (found.cursor == NULL)
        finish(reader);
    else if (found.shape != NULL && found.shape->type->record)
        read_record(reader, &found, event);
    else if (found.shape != NULL)
        start_loop(reader, &found, event);
    else if (reader->depth != 0)
        read_segment(reader, &found, event);
    else
        read_bytes(reader, &found, event);
    return reader->tables.status;
}

/* --- the reader --- */

/* Of the guides only the transactions are asked for: the rest when the first of them comes. A guide without any needs no plan. */
static bool open_guide(x12i_csv_tables *tables, x12i_csv_set *set, const x12i_guide *guide)
{
    char name[64];
    x12_input input;
    snprintf(name, sizeof name, "%s/transactions", guide->prefix);
    x12_status status = tables->input.open(tables->input.context, name, &input);
    if (status == X12_END)
        return true;
    if (status != X12_OK)
        return x12i_csv_fail(tables, status);
    return x12i_csv_make_set(tables, set, guide) && x12i_csv_begin_table(tables, set, root_of(set)->table, input);
}

static bool open_guides(x12i_csv_tables *tables)
{
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (!open_guide(tables, &tables->guides[i], x12i_guides[i]))
            return false;
    return true;
}

/* The first interchange says how the X12 is written. */
static void take_charset(x12_tables_reader *reader)
{
    const x12i_csv_cursor *cursor = x12i_csv_special_cursor(&reader->tables, X12I_CSV_INTERCHANGES);
    x12_text charset = cursor->row != NULL ? cursor->values[X12I_CSV_CHARSET] : (x12_text){0};
    strcpy(reader->charset, "UTF-8");
    if (cursor->row == NULL)
        return;
    if (charset.length != 0 && charset.length < sizeof reader->charset) {
        memcpy(reader->charset, charset.data, charset.length);
        reader->charset[charset.length] = '\0';
    }
    reader->byte_order_mark = is_true(cursor, X12I_CSV_MARK);
}

x12_status x12_tables_reader_open(x12_tables_reader **reader, x12_tables_input input, const x12_tables_reader_options *options)
{
    static const x12_tables_reader_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *reader = NULL;
    x12_tables_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    x12i_csv_tables *tables = &made->tables;
    *tables = (x12i_csv_tables){.input = input, .options = *options};
    if (tables->options.record_limit == 0)
        tables->options.record_limit = DEFAULT_RECORD_LIMIT;
    tables->plans = x12_arena_new(options->allocator);
    tables->arena = x12_arena_new(options->allocator);
    if (tables->plans != NULL)
        tables->guides = x12_arena_allocate(tables->plans, x12i_guide_count * sizeof *tables->guides);
    if (tables->guides == NULL || tables->arena == NULL)
        x12i_csv_fail(tables, X12_ERROR_MEMORY);
    else if (x12i_csv_make_set(tables, &tables->envelope, &x12i_envelope) && x12i_csv_complete_set(tables, &tables->envelope))
        open_guides(tables);
    x12_status status = tables->status;
    if (status != X12_OK) {
        x12_tables_reader_free(made);
        return status;
    }
    take_charset(made);
    *reader = made;
    return X12_OK;
}

/* The set that a table of this name would be in; NULL: none. */
static x12i_csv_set *set_named(x12_tables_reader *reader, const char *name)
{
    const char *slash = strchr(name, '/');
    if (slash == NULL)
        return &reader->tables.envelope;
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (strncmp(x12i_guides[i]->prefix, name, (size_t)(slash - name)) == 0 && x12i_guides[i]->prefix[slash - name] == '\0') {
            x12i_csv_set *set = &reader->tables.guides[i];
            return set->cursors != NULL || x12i_csv_make_set(&reader->tables, set, x12i_guides[i]) ? set : NULL;
        }
    return NULL;
}

bool x12_tables_reader_expect(x12_tables_reader *reader, const char *name, const char **nearest)
{
    const char *candidates[256];
    size_t count = 0;
    const x12i_csv_set *set = set_named(reader, name);
    *nearest = NULL;
    for (const x12i_csv_table *table = set ? set->plan->tables : NULL; table != NULL; table = table->next) {
        if (strcmp(table->name, name) == 0)
            return true;
        if (count < sizeof candidates / sizeof *candidates)
            candidates[count++] = table->name;
    }
    *nearest = x12i_nearest(name, candidates, count);
    return false;
}

const char *x12_tables_reader_charset(const x12_tables_reader *reader)
{
    return reader->charset;
}

bool x12_tables_reader_has_bom(const x12_tables_reader *reader)
{
    return reader->byte_order_mark;
}

void x12_tables_reader_free(x12_tables_reader *reader)
{
    if (reader == NULL)
        return;
    x12i_csv_tables *tables = &reader->tables;
    x12i_csv_close_set(&tables->envelope);
    for (size_t i = 0; tables->guides != NULL && i < x12i_guide_count; i++)
        x12i_csv_close_set(&tables->guides[i]);
    const x12_allocator *allocator = tables->options.allocator;
    x12_arena_free(tables->plans);
    x12_arena_free(tables->arena);
    x12i_release(allocator, reader, sizeof *reader);
}
