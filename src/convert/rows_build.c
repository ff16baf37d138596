#include "convert/rows_build.h"

#include "base/text.h"
#include "base/value.h"
#include "convert/places.h"
#include "convert/rows_check.h"
#include "model/values.h"
#include "model/structure.h"
#include <remedi/decimal.h>

bool x12i_rows_same_keys(const x12i_rows_level *level, const x12_text *left, const x12_text *right)
{
    for (unsigned i = 0; i < level->key_count; i++) {
        if (!x12i_same_text(left[level->keys[i]], right[level->keys[i]]))
            return false;
    }
    return true;
}

/* --- values --- */

static x12_text keep(x12i_rows_builder *builder, x12_text text)
{
    char *copy = x12i_arena_take(builder->arena, text.length + 1u);
    if (copy == NULL) {
        builder->failed = true;
        return (x12_text){0};
    }
    memcpy(copy, text.data, text.length);
    return (x12_text){copy, text.length};
}

static x12_text string(const char *text)
{
    return (x12_text){text, (uint32_t)strlen(text)};
}

static void put_formatted(x12i_rows_builder *builder, const x12i_place_found *found, const x12i_field *format, x12_text text, const char *name)
{
    x12_period *period = (x12_period *)(void *)found->value;
    text = keep(builder, text);
    period->data = text.data;
    period->length = text.length;
    if (format->shape == X12I_VALUE)
        *(x12_text *)(void *)(found->owner + format->offset) = string(name);
    x12i_period_read(period, string(name));
}

/* A day, one with a time, or two where the period ends on another one; its format with it. */
static void put_period(x12i_rows_builder *builder, const x12i_place_found *found, x12_text from, x12_text to)
{
    char sent[2][X12I_ISO_MAX], both[2 * X12I_ISO_MAX];
    const x12i_field *format = &found->parts->fields[found->field->format_part - 1];
    x12_text moment = x12i_rows_moment(from, sent[0]);
    if (moment.length != 0) {
        put_formatted(builder, found, format, moment, "DT");
        return;
    }
    from = x12i_rows_day(from, sent[0]);
    to = to.length != 0 ? x12i_rows_day(to, sent[1]) : from;
    bool fixed = format->shape != X12I_VALUE, range = fixed ? strcmp(format->fill_text, "RD8") == 0 : memcmp(from.data, to.data, from.length) != 0;
    memcpy(both, from.data, from.length);
    both[from.length] = '-';
    memcpy(both + from.length + 1, to.data, to.length);
    put_formatted(builder, found, format, (x12_text){both, range ? from.length + 1 + to.length : from.length}, range ? "RD8" : "D8");
}

static void put_value(x12i_rows_builder *builder, x12_loop *loop, const char *path, x12_text text, x12_text to)
{
    char sent[X12I_ISO_MAX];
    x12i_place_found found;
    if (!x12i_find_place(builder->arena, loop, path, &found)) {
        builder->failed = true;
        return;
    }
    if (found.value->length != 0)
        return; /* another column says the same: that was checked */
    if (found.field != NULL && found.field->type == X12I_PERIOD) {
        put_period(builder, &found, text, to);
        return;
    }
    if (found.field != NULL)
        text = x12i_value_from_iso(found.field, text, sent);
    *found.value = keep(builder, text);
    if (found.field != NULL)
        x12i_value_interpret(found.field->type, found.value);
}

static void put_words(x12i_rows_builder *builder, x12_loop *loop, const x12i_rows_column *column, const char *path, x12_text text)
{
    bool first = true;
    for (uint32_t end = 0, start; end < text.length; end++) {
        for (start = end; end < text.length && text.data[end] != ' ';)
            end++;
        if (end == start)
            continue;
        put_value(builder, loop, path, (x12_text){text.data + start, end - start}, (x12_text){0});
        if (column->with != NULL && !builder->failed)
            put_value(builder, loop, column->with, string(first ? column->with_first : column->with_rest), (x12_text){0});
        first = false;
    }
}

/* The day on which the period ends that begins with this column; empty: none. */
static x12_text end_of(const x12i_rows *rows, unsigned column, const x12i_rows_row *row)
{
    for (unsigned i = 0; i < rows->column_count; i++)
        if (rows->columns[i].to_of == (int)column)
            return row->cells[i];
    return (x12_text){0};
}

static void put_column(x12i_rows_builder *builder, unsigned index, x12_loop *loop, const char *path, const x12i_rows_row *row)
{
    const x12i_rows_column *column = &builder->rows->columns[index];
    x12_text text = row->cells[index];
    if (column->words) {
        put_words(builder, loop, column, path, text);
        return;
    }
    put_value(builder, loop, path, text, end_of(builder->rows, index, row));
    if (column->sum.path != NULL) {
        x12_decimal amount = x12_decimal_parse(text);
        x12_decimal_add(&builder->sums[index], &builder->sums[index], &amount);
    }
}

static bool applies(const x12i_rows *rows, const x12i_rows_set *set, const x12i_rows_row *row)
{
    return (set->with < 0 || row->cells[set->with].length != 0) && (set->unless == 0 || !x12i_rows_has_level(rows, set->unless, row));
}

void x12i_rows_fill(x12i_rows_builder *builder, unsigned level, x12_loop *loop, const x12i_rows_row *row)
{
    const x12i_rows *rows = builder->rows;
    for (unsigned i = 0; i < rows->column_count && !builder->failed; i++) {
        const x12i_rows_column *column = &rows->columns[i];
        const x12i_rows_place *place = x12i_rows_place_of(rows, column, row);
        if (x12i_rows_has_value(column, row->cells[i]) && column->to_of < 0 && place->level == level)
            put_column(builder, i, loop, place->path, row);
    }
    for (unsigned i = 0; i < rows->set_count && !builder->failed; i++)
        if (rows->sets[i].place.level == level && applies(rows, &rows->sets[i], row))
            put_value(builder, loop, rows->sets[i].place.path, string(rows->sets[i].value), (x12_text){0});
}

/* --- records --- */

static void put_sums(x12i_rows_builder *builder, x12_loop *record)
{
    for (unsigned i = 0; i < builder->rows->column_count && !builder->failed; i++) {
        const x12i_rows_place *place = &builder->rows->columns[i].sum;
        char digits[X12_DECIMAL_SIZE];
        size_t length = place->path ? x12_decimal_format(&builder->sums[i], digits) : 0;
        if (length != 0)
            put_value(builder, record, place->path, (x12_text){digits, (uint32_t)length}, (x12_text){0});
    }
}

/* A new loop of a level, in the nearest one around it that has a place for it. */
static x12_loop *open_level(x12i_rows_builder *builder, unsigned level, x12_loop *const *open)
{
    const x12i_rows_level *is = &builder->rows->levels[level];
    for (unsigned above = level; above-- > builder->rows->record;)
        for (unsigned i = 0; i < 2 && is->paths[i] != NULL && open[above] != NULL; i++)
            if (x12i_loop_at(open[above]->type, is->paths[i]) != NULL)
                return x12i_add_loop_at(builder->arena, open[above], is->paths[i]);
    return NULL;
}

/* The loops below the record that the row has, where they are not those of the row before it. */
static void add_row(x12i_rows_builder *builder, x12_loop **open, const x12i_rows_row *row, const x12i_rows_row *before)
{
    const x12i_rows *rows = builder->rows;
    bool anew = before == NULL;
    for (unsigned level = rows->record + 1; level < rows->level_count && !builder->failed; level++) {
        const x12i_rows_level *is = &rows->levels[level];
        if (!x12i_rows_has_level(rows, level, row)) {
            anew = anew || open[level] != NULL;
            open[level] = NULL;
            continue;
        }
        anew = anew || is->each || open[level] == NULL || !x12i_rows_same_keys(is, row->cells, before->cells);
        if (!anew)
            continue;
        open[level] = open_level(builder, level, open);
        if (open[level] == NULL)
            builder->failed = true;
        else
            x12i_rows_fill(builder, level, open[level], row);
    }
}

/* Loops move while their list grows. */
static void adopt(const x12_loop *loop)
{
    for (unsigned i = 0; i < loop->type->slot_count; i++) {
        const x12i_slot *slot = &loop->type->slots[i];
        const char *place = (const char *)loop + slot->offset;
        if (slot->kind == X12I_SLOT_LOOPS)
            x12i_adopt_children_of((const x12i_list *)(const void *)place, slot->loop->size);
        else if (slot->kind == X12I_SLOT_LOOP && *(x12_loop *const *)(const void *)place != NULL)
            adopt(*(x12_loop *const *)(const void *)place);
    }
}

x12_loop *x12i_rows_build(x12i_rows_builder *builder, x12_loop *parent, const x12i_rows_row *batch, size_t count)
{
    const x12i_rows *rows = builder->rows;
    x12_loop *open[X12I_ROWS_LEVELS] = {0};
    const x12_loop_type *type = NULL;
    for (unsigned i = 0; i < 2 && type == NULL; i++)
        type = x12i_loop_at(parent->type, rows->levels[rows->record].paths[i]);
    x12_loop *record = open[rows->record] = x12i_new_loop(builder->arena, type, parent);
    if (record == NULL)
        return NULL;
    for (unsigned i = 0; i < rows->column_count; i++)
        builder->sums[i] = x12_decimal_make(0, 0);
    x12i_rows_fill(builder, rows->record, record, &batch[0]);
    for (size_t i = 0; i < count && !builder->failed; i++)
        add_row(builder, open, &batch[i], i > 0 ? &batch[i - 1] : NULL);
    put_sums(builder, record);
    adopt(record);
    return builder->failed ? NULL : record;
}
