#include <remedi/csv.h>

#include "base/utf8.h"
#include "convert/csv_texts.h"
#include "model/values.h"

enum { MAXIMUM_DEPTH = 32 };

/* A loop that has started. */
typedef struct open_loop {
    x12i_csv_text_set *set;
    const x12i_csv_shape *shape;
    uint64_t id;
    uint64_t parent;
} open_loop;

struct x12_tables_writer {
    x12i_csv_texts texts;
    open_loop loops[MAXIMUM_DEPTH];
    unsigned depth;
    uint64_t last_id;
    const char *file;
    const char *charset;
    bool byte_order_mark;
};

/* --- what no guide has a place for --- */

static void put_note(x12_tables_writer *writer, uint64_t parent, const char *part, const char *note, x12_text value)
{
    x12i_csv_writer *text = x12i_csv_begin_special(&writer->texts, X12I_CSV_NOTES, ++writer->last_id, parent);
    if (text == NULL)
        return;
    x12i_csv_put_string(text, part);
    x12i_csv_put_string(text, note);
    x12i_csv_put(text, value);
    x12i_csv_end_text_row(&writer->texts, text);
}

/* What stands around a segment, and how it ends. */
static void put_surroundings(x12_tables_writer *writer, uint64_t parent, const char *part, const x12_segment *segment)
{
    if (segment->flags & X12_SEGMENT_BEFORE)
        put_note(writer, parent, part, "before", (x12_text){segment->before, segment->before_length});
    if (segment->flags & X12_SEGMENT_UNTERMINATED)
        put_note(writer, parent, part, "unterminated", (x12_text){0});
    if (segment->flags & X12_SEGMENT_MISSING)
        put_note(writer, parent, part, "missing", (x12_text){0});
    if (segment->flags & X12_SEGMENT_AFTER)
        put_note(writer, parent, part, "after", (x12_text){segment->after, segment->after_length});
}

/* A segment with a struct of its own that says nothing: only that it was sent. */
static bool is_empty(const x12i_csv_part *part, const x12_segment *segment, const char *holder)
{
    if (part->pointer == X12I_CSV_WITHIN)
        return false;
    if (segment != NULL && (segment->flags & X12_SEGMENT_AS_SENT))
        return false;
    for (size_t i = sizeof segment; i < part->slot->parts->size; i++)
        if (holder[i] != 0)
            return false;
    return true;
}

static void put_part_notes(x12_tables_writer *writer, uint64_t id, const x12i_csv_part *part, const void *row)
{
    const char *holder = x12i_csv_holder(row, part->pointer);
    if (holder == NULL)
        return;
    const x12_segment *segment = *(const x12_segment *const *)(const void *)(holder + part->offset);
    if (is_empty(part, segment, holder))
        put_note(writer, id, part->name, "empty", (x12_text){0});
    if (segment == NULL || !(segment->flags & X12_SEGMENT_NOTED))
        return;
    if (segment->flags & X12_SEGMENT_AS_SENT)
        put_note(writer, id, part->name, "as_sent", (x12_text){segment->raw, segment->raw_length});
    put_surroundings(writer, id, part->name, segment);
}

static void put_order(x12_tables_writer *writer, uint64_t id, const x12_loop *loop)
{
    x12i_buffer names = {.allocator = writer->texts.options.allocator};
    for (uint32_t i = 0; i < loop->order_count; i++) {
        if (i > 0)
            x12i_buffer_add_byte(&names, ' ');
        x12i_buffer_add_string(&names, x12i_part_name(loop->type, loop->order[i]));
    }
    if (names.failed)
        x12i_csv_texts_fail(&writer->texts, X12_ERROR_MEMORY);
    else
        put_note(writer, id, "", "order", (x12_text){names.data, (uint32_t)names.length});
    x12i_buffer_free(&names);
}

/* A segment as it was sent, in the table of those without a place or of those outside. */
static void put_raw(x12_tables_writer *writer, x12i_csv_special special, uint64_t parent, const x12_segment *segment)
{
    uint64_t id = ++writer->last_id;
    x12i_csv_writer *text = x12i_csv_begin_special(&writer->texts, special, id, parent);
    if (text == NULL)
        return;
    x12i_csv_put(text, (x12_text){segment->raw, segment->raw_length});
    x12i_csv_end_text_row(&writer->texts, text);
    put_surroundings(writer, id, "", segment);
}

/* --- rows --- */

static void put_value(x12i_csv_writer *text, const x12i_csv_cell *cell, const x12_text *value)
{
    char iso[X12I_ISO_MAX];
    size_t length = cell->type >= X12I_DATE ? x12i_value_to_iso(cell->type, value, iso) : 0;
    x12i_csv_put(text, length ? (x12_text){iso, (uint32_t)length} : *value);
}

static void put_cells(x12i_csv_writer *text, const x12i_csv_shape *shape, const void *row)
{
    unsigned column = shape->table->lead;
    for (unsigned i = 0; i < shape->cell_count; i++) {
        const x12i_csv_cell *cell = &shape->cells[i];
        const char *holder = x12i_csv_holder(row, cell->pointer);
        const x12_text *value = holder ? (const x12_text *)(const void *)(holder + cell->offset) : NULL;
        if (value == NULL || value->length == 0)
            continue;
        x12i_csv_put_blanks(text, cell->index - column);
        put_value(text, cell, value);
        column = cell->index + 1u;
    }
    x12i_csv_put_blanks(text, shape->table->count - column);
}

static void put_row(x12_tables_writer *writer, x12i_csv_text_set *set, const x12i_csv_shape *shape, const void *row, uint64_t id, uint64_t parent)
{
    x12i_csv_writer *text = x12i_csv_begin_row_below(&writer->texts, set, shape->table, id, parent);
    if (text == NULL)
        return;
    put_cells(text, shape, row);
    x12i_csv_end_text_row(&writer->texts, text);
}

static void put_part_list(x12_tables_writer *writer, const x12i_csv_shape *shape, unsigned from, unsigned to, const void *row, uint64_t id)
{
    for (unsigned i = from; i < to; i++)
        put_part_notes(writer, id, &shape->parts[i], row);
}

static void put_loop_notes(x12_tables_writer *writer, const x12_loop *loop, uint64_t id)
{
    if (loop->continued)
        put_note(writer, id, "", "continued", (x12_text){0});
    if (loop->order != NULL)
        put_order(writer, id, loop);
    for (size_t i = 0; i < loop->unmapped.count; i++)
        put_raw(writer, X12I_CSV_UNMAPPED, id, loop->unmapped.items[i]);
}

static void put_list(x12_tables_writer *writer, x12i_csv_text_set *set, const x12i_csv_list *list, const void *row, uint64_t parent);

/* A row with everything below it. */
static void put_tree(x12_tables_writer *writer, x12i_csv_text_set *set, const x12i_csv_shape *shape, const void *row, uint64_t parent)
{
    uint64_t id = ++writer->last_id;
    put_row(writer, set, shape, row, id, parent);
    put_part_list(writer, shape, 0, shape->part_count, row, id);
    if (shape->type != NULL)
        put_loop_notes(writer, row, id);
    for (unsigned i = 0; i < shape->list_count; i++)
        put_list(writer, set, &shape->lists[i], row, id);
}

static void put_list(x12_tables_writer *writer, x12i_csv_text_set *set, const x12i_csv_list *list, const void *row, uint64_t parent)
{
    const char *holder = x12i_csv_holder(row, list->pointer);
    if (holder == NULL)
        return;
    if (list->single) {
        const void *loop = *(const void *const *)(const void *)(holder + list->offset);
        if (loop != NULL)
            put_tree(writer, set, list->shape, loop, parent);
        return;
    }
    const x12i_list *items = (const x12i_list *)(const void *)(holder + list->offset);
    for (size_t i = 0; i < items->count; i++)
        put_tree(writer, set, list->shape, (const char *)items->items + i * list->shape->size, parent);
}

static void put_lists(x12_tables_writer *writer, const open_loop *loop, unsigned from, unsigned to, const void *row)
{
    for (unsigned i = from; i < to; i++)
        if (!loop->shape->lists[i].apart)
            put_list(writer, loop->set, &loop->shape->lists[i], row, loop->id);
}

/* --- events --- */

static void put_character(x12i_csv_writer *text, uint32_t code_point)
{
    char bytes[4];
    size_t length = code_point ? x12i_utf8_encode(code_point, bytes) : 0;
    x12i_csv_put(text, length ? x12i_csv_spell_break((x12_text){bytes, (uint32_t)length}) : (x12_text){0});
}

static void put_interchange(x12_tables_writer *writer, const open_loop *open, const x12_event *event)
{
    static const x12_syntax unsaid = {0};
    const x12_syntax *syntax = event->syntax ? event->syntax : &unsaid;
    x12i_csv_writer *text = x12i_csv_begin_row(&writer->texts, open->set, open->shape->table, open->id);
    if (text == NULL)
        return;
    x12i_csv_put_string(text, writer->file ? writer->file : "");
    x12i_csv_put_string(text, writer->charset ? writer->charset : "UTF-8");
    x12i_csv_put_string(text, writer->byte_order_mark ? "true" : "");
    put_character(text, syntax->element);
    put_character(text, syntax->segment);
    x12i_csv_put(text, syntax->line_break.data ? x12i_csv_spell_break(syntax->line_break) : (x12_text){0});
    x12i_csv_put_string(text, syntax->element != 0 && syntax->component == 0 ? "true" : "");
    put_cells(text, open->shape, event->loop);
    x12i_csv_end_text_row(&writer->texts, text);
}

static void put_unnamed_transaction(x12_tables_writer *writer, const open_loop *open, const x12_loop *loop)
{
    x12i_csv_writer *text = x12i_csv_begin_special(&writer->texts, X12I_CSV_TRANSACTIONS, open->id, open->parent);
    if (text == NULL)
        return;
    x12i_csv_put(text, ((const x12i_unnamed *)(const void *)loop)->transaction);
    x12i_csv_end_text_row(&writer->texts, text);
}

static bool is_unnamed(const x12_loop *loop)
{
    return loop->type == &x12i_unnamed_type;
}

static void start_loop(x12_tables_writer *writer, const x12_event *event)
{
    const x12_loop *loop = event->loop;
    x12i_csv_text_set *set = is_unnamed(loop) ? &writer->texts.envelope : x12i_csv_text_set_of(&writer->texts, loop->type);
    if (writer->depth == MAXIMUM_DEPTH)
        x12i_csv_texts_fail(&writer->texts, X12_ERROR_USAGE);
    if (set == NULL || writer->texts.status != X12_OK)
        return;
    open_loop *open = &writer->loops[writer->depth];
    *open = (open_loop){.set = set, .id = ++writer->last_id, .parent = writer->depth ? writer->loops[writer->depth - 1].id : 0};
    writer->depth++;
    open->shape = is_unnamed(loop) ? set->plan->unnamed : x12i_csv_shape_of(set->plan, loop->type);
    if (is_unnamed(loop))
        put_unnamed_transaction(writer, open, loop);
    else if (x12i_is_interchange(loop->type))
        put_interchange(writer, open, event);
    else if (!open->shape->late)
        put_row(writer, set, open->shape, loop, open->id, open->parent);
    put_part_list(writer, open->shape, 0, open->shape->head_parts, loop, open->id);
    put_loop_notes(writer, loop, open->id);
    put_lists(writer, open, 0, open->shape->head_lists, loop);
}

static void end_loop(x12_tables_writer *writer, const x12_loop *loop)
{
    if (writer->depth == 0) {
        x12i_csv_texts_fail(&writer->texts, X12_ERROR_USAGE);
        return;
    }
    const open_loop *open = &writer->loops[--writer->depth];
    const x12i_csv_shape *shape = open->shape;
    if (shape->late)
        put_row(writer, open->set, shape, loop, open->id, open->parent);
    put_part_list(writer, shape, shape->head_parts, shape->part_count, loop, open->id);
    put_lists(writer, open, shape->head_lists, shape->list_count, loop);
}

static void put_record(x12_tables_writer *writer, const x12_loop *loop)
{
    x12i_csv_text_set *set = x12i_csv_text_set_of(&writer->texts, loop->type);
    if (set != NULL)
        put_tree(writer, set, x12i_csv_shape_of(set->plan, loop->type), loop, writer->depth ? writer->loops[writer->depth - 1].id : 0);
}

static void put_bytes(x12_tables_writer *writer, x12_text bytes)
{
    x12i_csv_writer *text = x12i_csv_begin_row(&writer->texts, &writer->texts.envelope, writer->texts.envelope.plan->specials[X12I_CSV_BYTES], ++writer->last_id);
    if (text == NULL)
        return;
    x12i_csv_put(text, bytes);
    x12i_csv_end_text_row(&writer->texts, text);
}

x12_status x12_tables_writer_write(x12_tables_writer *writer, const x12_event *event)
{
    if (writer->texts.status != X12_OK)
        return writer->texts.status;
    switch (event->kind) {
    case X12_LOOP_START:
        start_loop(writer, event);
        break;
    case X12_RECORD:
        put_record(writer, event->loop);
        break;
    case X12_LOOP_END:
        end_loop(writer, event->loop);
        break;
    case X12_SEGMENT:
        if (writer->depth != 0)
            put_raw(writer, X12I_CSV_SEGMENTS, writer->loops[writer->depth - 1].id, event->segment);
        else
            x12i_csv_texts_fail(&writer->texts, X12_ERROR_USAGE);
        break;
    case X12_BYTES:
        put_bytes(writer, event->bytes);
        break;
    }
    return writer->texts.status;
}

/* --- the writer --- */

x12_status x12_tables_writer_open(x12_tables_writer **writer, x12_tables_output output, const x12_tables_writer_options *options)
{
    static const x12_tables_writer_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *writer = NULL;
    x12_tables_writer *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    x12_status status = x12i_csv_texts_open(&made->texts, output, options);
    if (status != X12_OK) {
        x12_tables_writer_free(made);
        return status;
    }
    *writer = made;
    return X12_OK;
}

void x12_tables_writer_begin(x12_tables_writer *writer, const char *file, const char *charset, bool byte_order_mark)
{
    writer->file = file;
    writer->charset = charset;
    writer->byte_order_mark = byte_order_mark;
}

x12_status x12_tables_writer_finish(x12_tables_writer *writer)
{
    if (writer->depth != 0)
        x12i_csv_texts_fail(&writer->texts, X12_ERROR_USAGE);
    return x12i_csv_texts_finish(&writer->texts);
}

void x12_tables_writer_free(x12_tables_writer *writer)
{
    if (writer == NULL)
        return;
    const x12_allocator *allocator = writer->texts.options.allocator;
    x12i_csv_texts_close(&writer->texts);
    x12i_release(allocator, writer, sizeof *writer);
}
