#include "model/formula_names.h"
#include "base/nearest.h"
#include <remedi/guide.h>
#include <stdio.h>
#include <string.h>

static bool is_named(const char *name, x12_text text)
{
    return name != NULL && name[0] == text.data[0] && strncmp(name, text.data, text.length) == 0 && name[text.length] == '\0';
}

/* ---- The parts of a segment or composite ---- */

/* One after the other: fields outside of runs, and runs; or the fields of one item of a run. */
typedef struct part_walk {
    const x12i_names *names;
    unsigned index;
} part_walk;

static bool next_part(part_walk *walk, const x12i_field **field, const x12i_run **run)
{
    const x12i_parts *parts = walk->names->parts;
    const x12i_run *item = walk->names->run;
    unsigned first = item ? item->first - 1u : 0, end = item ? first + item->stride : parts->field_count;
    if (first + walk->index >= end)
        return false;
    *field = &parts->fields[first + walk->index];
    *run = (*field)->run && !item ? &parts->runs[(*field)->run - 1] : NULL;
    walk->index += *run ? (unsigned)(*run)->stride * (*run)->maximum : 1;
    return true;
}

static const char *part_name(const x12i_field *field, const x12i_run *run)
{
    return run ? run->name : field->name;
}

static void step_to_value(const x12i_field *field, bool listed, x12i_path_step *step)
{
    step->value = true;
    step->type = listed ? X12I_TEXT : field->type;
    step->wanted = field->usage == X12I_REQUIRED;
}

static void step_to_run(const x12i_names *names, const x12i_field *field, const x12i_run *run, x12i_path_step *step, x12i_names *behind)
{
    step->kind = X12I_LISTED;
    step->offset = run->offset;
    step->size = run->item_size;
    step->run = run;
    step->part = run->first;
    *behind = (x12i_names){.parts = names->parts, .run = run};
    if (run->bare)
        *behind = (x12i_names){.parts = field->parts};
    if (run->bare && field->shape == X12I_VALUE)
        step_to_value(field, true, step);
}

static void step_to_field(const x12i_names *names, const x12i_field *field, x12i_path_step *step, x12i_names *behind)
{
    bool listed = field->shape == X12I_REPEATED_VALUE || field->shape == X12I_REPEATED_COMPOSITE;
    unsigned number = (unsigned)(field - names->parts->fields) + 1;
    step->kind = listed ? X12I_LISTED : X12I_EMBEDDED;
    step->offset = field->offset;
    step->size = field->parts ? field->parts->size : sizeof(x12_text);
    step->part = (uint8_t)(names->run ? (number - names->run->first) % names->run->stride : number);
    *behind = (x12i_names){.parts = field->parts};
    if (field->shape == X12I_VALUE || field->shape == X12I_REPEATED_VALUE)
        step_to_value(field, listed, step);
}

static bool find_part(const x12i_names *names, x12_text name, x12i_path_step *step, x12i_names *behind)
{
    part_walk walk = {names, 0};
    const x12i_field *field;
    const x12i_run *run;
    while (names->parts != NULL && next_part(&walk, &field, &run)) {
        if (!is_named(part_name(field, run), name))
            continue;
        if (run)
            step_to_run(names, field, run, step, behind);
        else
            step_to_field(names, field, step, behind);
        return true;
    }
    return false;
}

/* ---- The slots of a loop ---- */

static void step_to_slot(const x12i_slot *slot, x12i_path_step *step, x12i_names *behind)
{
    bool listed = slot->kind == X12I_SLOT_SEGMENTS || slot->kind == X12I_SLOT_LOOPS;
    step->kind = listed ? X12I_LISTED : X12I_POINTED;
    step->offset = slot->offset;
    step->size = slot->loop ? slot->loop->size : slot->parts->size;
    *behind = (x12i_names){.loop = slot->loop, .parts = slot->parts};
}

static bool find_slot(const x12_loop_type *loop, x12_text name, x12i_path_step *step, x12i_names *behind)
{
    for (unsigned i = 0; i < loop->slot_count; i++) {
        const x12i_slot *slot = &loop->slots[i];
        step->slot = slot;
        if (slot->kind == X12I_SLOT_INLINE && find_part(&(x12i_names){.parts = slot->parts}, name, step, behind))
            return true;
        if (slot->kind != X12I_SLOT_INLINE && is_named(slot->name, name)) {
            step_to_slot(slot, step, behind);
            return true;
        }
    }
    return false;
}

bool x12i_find_member(const x12i_names *names, x12_text name, x12i_path_step *step, x12i_names *behind)
{
    *step = (x12i_path_step){0};
    return names->loop ? find_slot(names->loop, name, step, behind) : find_part(names, name, step, behind);
}

/* ---- From inside outwards ---- */

/* Whether the loop at hand, or one around it, is of this kind: then that is what its name means, and not an item of a list beside it. */
static bool is_around(const x12i_names *scope, const x12_loop_type *kind)
{
    while (scope->outer != NULL)
        scope = scope->outer;
    const x12_loop_type *type = scope->loop;
    while (type != NULL && type != kind)
        type = x12_loop_parent(type);
    return type != NULL;
}

static bool begins_at(const x12i_names *names, x12_text name, x12i_beginning *beginning)
{
    x12i_path_step step;
    x12i_names behind;
    bool member = x12i_find_member(names, name, &step, &behind);
    beginning->whole = !member && names->loop != NULL && is_named(names->loop->name, name) && (names->outer == NULL || !is_around(names, names->loop));
    if (member || beginning->whole)
        beginning->at = names;
    return beginning->at != NULL;
}

void x12i_find_beginning(const x12i_names *scope, x12_text name, x12i_beginning *beginning)
{
    *beginning = (x12i_beginning){0};
    for (;; scope = scope->outer, beginning->hops++) {
        if (begins_at(scope, name, beginning))
            return;
        if (scope->outer == NULL)
            break;
    }
    for (const x12_loop_type *type = x12_loop_parent(scope->loop); type != NULL; type = x12_loop_parent(type)) {
        beginning->ups++;
        beginning->loop = (x12i_names){.loop = type};
        if (begins_at(&beginning->loop, name, beginning))
            return;
    }
}

/* ---- What was probably meant ---- */

enum { MOST_NAMES = 1024 };

typedef struct name_list {
    const char *items[MOST_NAMES];
    size_t count;
} name_list;

static void add_name(name_list *list, const char *name)
{
    if (name != NULL && list->count < MOST_NAMES)
        list->items[list->count++] = name;
}

static void add_parts(name_list *list, const x12i_names *names)
{
    part_walk walk = {names, 0};
    const x12i_field *field;
    const x12i_run *run;
    while (names->parts != NULL && next_part(&walk, &field, &run))
        add_name(list, part_name(field, run));
}

static void add_members(name_list *list, const x12i_names *names)
{
    if (names->loop == NULL) {
        add_parts(list, names);
        return;
    }
    for (unsigned i = 0; i < names->loop->slot_count; i++) {
        const x12i_slot *slot = &names->loop->slots[i];
        if (slot->kind == X12I_SLOT_INLINE)
            add_parts(list, &(x12i_names){.parts = slot->parts});
        else
            add_name(list, slot->name);
    }
}

static void add_all(name_list *list, const x12i_names *scope)
{
    for (;; scope = scope->outer) {
        add_members(list, scope);
        if (scope->outer == NULL)
            break;
    }
    for (const x12_loop_type *type = scope->loop; type != NULL; type = x12_loop_parent(type)) {
        add_name(list, type->name);
        if (type != scope->loop)
            add_members(list, &(x12i_names){.loop = type});
    }
}

void x12i_suggest_name(x12_text name, const x12i_names *names, bool within_reach, char *text, size_t size)
{
    name_list list;
    char word[X12I_LONGEST_WORD + 1];
    list.count = 0;
    if (within_reach)
        add_all(&list, names);
    else
        add_members(&list, names);
    snprintf(word, sizeof word, "%.*s", (int)name.length, name.data);
    const char *nearest = name.length < sizeof word ? x12i_nearest(word, list.items, list.count) : NULL;
    snprintf(text, size, "%s", nearest ? nearest : "");
}
