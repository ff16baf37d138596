#include "convert/csv_texts.h"

void x12i_csv_texts_fail(x12i_csv_texts *texts, x12_status status)
{
    if (texts->status == X12_OK)
        texts->status = status;
}

static bool make_set(x12i_csv_texts *texts, x12i_csv_text_set *set, const x12i_guide *guide)
{
    set->plan = x12i_csv_make_plan(texts->arena, guide);
    if (set->plan != NULL)
        set->texts = x12_arena_allocate(texts->arena, set->plan->table_count * sizeof *set->texts);
    if (set->texts == NULL)
        x12i_csv_texts_fail(texts, X12_ERROR_MEMORY);
    return set->texts != NULL;
}

x12i_csv_text_set *x12i_csv_text_set_of(x12i_csv_texts *texts, const x12_loop_type *type)
{
    if (type->guide == &x12i_envelope)
        return &texts->envelope;
    size_t index = 0;
    while (x12i_guides[index] != type->guide)
        index++;
    x12i_csv_text_set *set = &texts->guides[index];
    return set->texts != NULL || make_set(texts, set, type->guide) ? set : NULL;
}

static bool open_text(x12i_csv_texts *texts, const x12i_csv_table *table, x12i_csv_writer *text)
{
    x12_output output;
    if (!texts->output.open(texts->output.context, table->name, &output)) {
        x12i_csv_texts_fail(texts, X12_ERROR_OUTPUT);
        return false;
    }
    if (x12i_csv_open(text, output, texts->options.excel, texts->options.allocator) != X12_OK) {
        x12i_csv_texts_fail(texts, X12_ERROR_MEMORY);
        return false;
    }
    for (unsigned i = 0; i < table->count; i++)
        x12i_csv_put_string(text, table->names[i]);
    x12i_csv_end_row(text);
    return true;
}

x12i_csv_writer *x12i_csv_begin_row(x12i_csv_texts *texts, x12i_csv_text_set *set, const x12i_csv_table *table, uint64_t id)
{
    x12i_csv_writer *text = &set->texts[table->index];
    if (texts->status != X12_OK || (text->buffer.data == NULL && !open_text(texts, table, text)))
        return NULL;
    x12i_csv_put_number(text, id);
    return text;
}

x12i_csv_writer *x12i_csv_begin_row_below(x12i_csv_texts *texts, x12i_csv_text_set *set, const x12i_csv_table *table, uint64_t id, uint64_t parent)
{
    x12i_csv_writer *text = x12i_csv_begin_row(texts, set, table, id);
    if (text != NULL)
        x12i_csv_put_number(text, parent);
    return text;
}

x12i_csv_writer *x12i_csv_begin_special(x12i_csv_texts *texts, x12i_csv_special special, uint64_t id, uint64_t parent)
{
    return x12i_csv_begin_row_below(texts, &texts->envelope, texts->envelope.plan->specials[special], id, parent);
}

void x12i_csv_end_text_row(x12i_csv_texts *texts, x12i_csv_writer *text)
{
    x12_status status = x12i_csv_end_row(text);
    if (status != X12_OK)
        x12i_csv_texts_fail(texts, status);
}

static void each_text(x12i_csv_texts *texts, const x12i_csv_text_set *set, bool finish)
{
    for (unsigned i = 0; set->texts != NULL && i < set->plan->table_count; i++) {
        if (set->texts[i].buffer.data == NULL)
            continue;
        if (!finish)
            x12i_csv_close(&set->texts[i]);
        else if (x12i_csv_finish(&set->texts[i]) != X12_OK)
            x12i_csv_texts_fail(texts, set->texts[i].status);
    }
}

static void each_set(x12i_csv_texts *texts, bool finish)
{
    each_text(texts, &texts->envelope, finish);
    for (size_t i = 0; i < x12i_guide_count && texts->guides != NULL; i++)
        each_text(texts, &texts->guides[i], finish);
}

x12_status x12i_csv_texts_open(x12i_csv_texts *texts, x12_tables_output output, const x12_tables_writer_options *options)
{
    *texts = (x12i_csv_texts){.options = *options, .output = output, .arena = x12_arena_new(options->allocator)};
    if (texts->arena != NULL)
        texts->guides = x12_arena_allocate(texts->arena, x12i_guide_count * sizeof *texts->guides);
    return texts->guides != NULL && make_set(texts, &texts->envelope, &x12i_envelope) ? X12_OK : X12_ERROR_MEMORY;
}

x12_status x12i_csv_texts_finish(x12i_csv_texts *texts)
{
    if (texts->status == X12_OK)
        each_set(texts, true);
    return texts->status;
}

void x12i_csv_texts_close(x12i_csv_texts *texts)
{
    each_set(texts, false);
    x12_arena_free(texts->arena);
}
