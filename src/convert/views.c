/* Views as who uses them sees them. */
#include "base/nearest.h"
#include "convert/view.h"
#include <stdio.h>
#include <string.h>

const char *x12_view_name(size_t index)
{
    return index < x12i_view_text_count ? x12i_view_texts[index].name : NULL;
}

static const char *find_text(const char *name)
{
    for (size_t i = 0; i < x12i_view_text_count; i++)
        if (strcmp(x12i_view_texts[i].name, name) == 0)
            return x12i_view_texts[i].text;
    return NULL;
}

const char *x12_view_for(const x12_loop_type *transaction)
{
    const char *prefix = transaction->guide ? transaction->guide->prefix : NULL;
    return x12i_is_transaction(transaction) && prefix && find_text(prefix) ? prefix : NULL;
}

x12_status x12_view_declare(x12_view **view, const char *text, size_t length, const x12_allocator *allocator, x12_view_error *error)
{
    x12_view_error unasked;
    error = error ? error : &unasked;
    *error = (x12_view_error){0};
    *view = NULL;
    if (length > UINT32_MAX)
        return X12_ERROR_LIMIT;
    x12_arena *arena = x12_arena_new(allocator);
    x12_view *made = arena ? x12_arena_allocate(arena, sizeof *made) : NULL;
    if (made == NULL) {
        x12_arena_free(arena);
        return X12_ERROR_MEMORY;
    }
    made->arena = arena;
    x12_status status = x12i_view_read(made, (x12_text){text, (uint32_t)length}, error);
    if (status == X12_OK)
        *view = made;
    else
        x12_arena_free(arena);
    return status;
}

static x12_status refuse_name(const char *name, x12_view_error *error)
{
    const char *known[64];
    size_t count = 0;
    for (; count < sizeof known / sizeof *known && x12_view_name(count) != NULL; count++)
        known[count] = x12_view_name(count);
    const char *nearest = x12i_nearest(name, known, count);
    if (error == NULL)
        return X12_ERROR_USAGE;
    *error = (x12_view_error){0};
    snprintf(error->text, sizeof error->text, nearest ? "there is no such view; did you mean %s?" : "there is no such view", nearest);
    return X12_ERROR_USAGE;
}

x12_status x12_view_open(x12_view **view, const char *name, const x12_allocator *allocator, x12_view_error *error)
{
    const char *text = find_text(name);
    *view = NULL;
    return text ? x12_view_declare(view, text, strlen(text), allocator, error) : refuse_name(name, error);
}

void x12_view_free(x12_view *view)
{
    if (view != NULL)
        x12_arena_free(view->arena);
}

const char *x12_view_title(const x12_view *view)
{
    return view->title;
}

const char *x12_view_column(const x12_view *view, size_t index, const char **description)
{
    if (index >= view->chosen_count)
        return NULL;
    const x12i_column *column = &view->columns[view->chosen[index]];
    if (description != NULL)
        *description = column->description;
    return column->name;
}

/* ---- Choosing columns ---- */

static bool is_named(const char *name, const char *text, size_t length)
{
    return strncmp(name, text, length) == 0 && name[length] == '\0';
}

static unsigned find_column(const x12_view *view, const char *text, size_t length)
{
    unsigned index = 0;
    while (index < view->column_count && !is_named(view->columns[index].name, text, length))
        index++;
    return index;
}

static void refuse_column(const x12_view *view, const char *text, size_t length, x12_view_error *error)
{
    const char *known[X12I_MOST_COLUMNS];
    char word[X12I_LONGEST_WORD + 1];
    for (unsigned i = 0; i < view->column_count; i++)
        known[i] = view->columns[i].name;
    snprintf(word, sizeof word, "%.*s", length < sizeof word ? (int)length : 0, text);
    const char *nearest = x12i_nearest(word, known, view->column_count);
    snprintf(error->text, sizeof error->text, nearest ? "there is no column %s; did you mean %s?" : "there is no column %s", word, nearest);
}

static x12_status choose(x12_view *view, const char *columns, x12_view_error *error)
{
    uint16_t chosen[X12I_MOST_COLUMNS];
    bool taken[X12I_MOST_COLUMNS] = {false};
    unsigned count = 0;
    for (const char *at = columns;; at++) {
        size_t length = strcspn(at, ",");
        unsigned column = find_column(view, at, length);
        if (column == view->column_count) {
            refuse_column(view, at, length, error);
            return X12_ERROR_USAGE;
        }
        if (taken[column]) {
            snprintf(error->text, sizeof error->text, "column %s is named twice", view->columns[column].name);
            return X12_ERROR_USAGE;
        }
        taken[column] = true;
        chosen[count++] = (uint16_t)column;
        at += length;
        if (*at == '\0')
            break;
    }
    memcpy(view->chosen, chosen, count * sizeof *chosen);
    view->chosen_count = count;
    return X12_OK;
}

x12_status x12_view_choose(x12_view *view, const char *columns, x12_view_error *error)
{
    x12_view_error unasked;
    error = error ? error : &unasked;
    *error = (x12_view_error){0};
    return choose(view, columns, error);
}
