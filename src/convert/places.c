#include "convert/places.h"

#include "model/structure.h"
#include <string.h>

/* One name of a path. */
typedef struct path_name {
    const char *text;
    size_t length;
    bool anew;        /* [] stands behind it */
    const char *rest; /* behind the point; NULL: it is the last */
} path_name;

static path_name first_name(const char *path)
{
    path_name first = {.text = path, .length = strcspn(path, ".[")};
    const char *end = path + first.length;
    first.anew = *end == '[';
    end += first.anew ? 2 : 0;
    first.rest = *end == '.' ? end + 1 : NULL;
    return first;
}

static bool is_named(const path_name *name, const char *candidate)
{
    return candidate != NULL && strncmp(name->text, candidate, name->length) == 0 && candidate[name->length] == '\0';
}

/* The way to a place; without an arena only types are looked at, and every pointer into a struct is NULL. */
typedef struct search {
    x12_arena *arena;
    x12i_place_found found;
} search;

static char *item_of(search *way, void *place, size_t size, bool anew)
{
    x12i_list *list = place;
    if (way->arena == NULL)
        return NULL;
    if (list->count != 0 && !anew)
        return (char *)list->items + (list->count - 1) * size;
    return x12i_append_item(way->arena, list, size);
}

static bool in_parts(search *way, const x12i_parts *parts, char *owner, const char *path);

/* The rest of a path, within an item. */
static bool in_item(search *way, const x12i_parts *parts, char *item, const path_name *name)
{
    return name->rest != NULL && (way->arena == NULL || item != NULL) && in_parts(way, parts, item, name->rest);
}

static bool is_text(search *way, char *item, const path_name *name)
{
    way->found = (x12i_place_found){.value = (x12_text *)(void *)item};
    return name->rest == NULL && (way->arena == NULL || item != NULL);
}

static char *at(char *owner, size_t offset)
{
    return owner ? owner + offset : NULL;
}

static bool in_run(search *way, const x12i_run *run, const x12i_field *first, char *owner, const path_name *name)
{
    char *item = item_of(way, at(owner, run->offset), run->item_size, name->anew);
    if (run->bare && first->shape == X12I_VALUE)
        return is_text(way, item, name);
    const x12i_parts item_parts = {.field_count = run->stride, .last_used = run->stride, .fields = first};
    return in_item(way, run->bare ? first->parts : &item_parts, item, name);
}

static bool in_field(search *way, const x12i_parts *parts, const x12i_field *field, char *owner, const path_name *name)
{
    char *place = at(owner, field->offset);
    switch ((x12i_shape)field->shape) {
    case X12I_VALUE:
        way->found = (x12i_place_found){field, parts, owner, (x12_text *)(void *)place};
        return name->rest == NULL;
    case X12I_COMPOSITE:
        return in_item(way, field->parts, place, name);
    case X12I_REPEATED_VALUE:
        return is_text(way, item_of(way, place, sizeof(x12_text), name->anew), name);
    case X12I_REPEATED_COMPOSITE:
        return in_item(way, field->parts, item_of(way, place, field->parts->size, name->anew), name);
    default:
        return false;
    }
}

static bool in_parts(search *way, const x12i_parts *parts, char *owner, const char *path)
{
    const path_name name = first_name(path);
    for (unsigned i = 0; i < parts->last_used; i++) {
        const x12i_field *field = &parts->fields[i];
        const x12i_run *run = field->run != 0 && parts->runs != NULL ? &parts->runs[field->run - 1] : NULL;
        if (run != NULL && i + 1u == run->first && is_named(&name, run->name))
            return in_run(way, run, field, owner, &name);
        if (run == NULL && is_named(&name, field->name))
            return in_field(way, parts, field, owner, &name);
    }
    return false;
}

/* The one struct of a slot that holds one, made where there is none. */
static char *single_of(search *way, const x12i_slot *slot, x12_loop *loop)
{
    void **place = (void **)(void *)at((char *)loop, slot->offset);
    if (place == NULL || *place != NULL)
        return place ? *place : NULL;
    return *place = slot->loop ? (void *)x12i_new_loop(way->arena, slot->loop, loop) : x12_arena_allocate(way->arena, slot->parts->size);
}

static x12_loop *loop_item(search *way, const x12i_slot *slot, x12_loop *loop, bool anew)
{
    x12_loop *item = (x12_loop *)(void *)item_of(way, at((char *)loop, slot->offset), slot->loop->size, anew);
    if (item != NULL) {
        item->type = slot->loop;
        item->parent = loop;
    }
    return item;
}

static bool in_loop(search *way, const x12_loop_type *type, x12_loop *loop, const char *path);

static bool in_slot(search *way, const x12i_slot *slot, x12_loop *loop, const path_name *name)
{
    char *inner;
    switch ((x12i_slot_kind)slot->kind) {
    case X12I_SLOT_SEGMENT:
        return in_item(way, slot->parts, single_of(way, slot, loop), name);
    case X12I_SLOT_SEGMENTS:
        return in_item(way, slot->parts, item_of(way, at((char *)loop, slot->offset), slot->parts->size, name->anew), name);
    default:
        inner = slot->kind == X12I_SLOT_LOOP ? single_of(way, slot, loop) : (char *)loop_item(way, slot, loop, name->anew);
        return name->rest != NULL && (way->arena == NULL || inner != NULL) && in_loop(way, slot->loop, (x12_loop *)(void *)inner, name->rest);
    }
}

static bool in_loop(search *way, const x12_loop_type *type, x12_loop *loop, const char *path)
{
    const path_name name = first_name(path);
    for (unsigned i = 0; i < type->slot_count; i++) {
        const x12i_slot *slot = &type->slots[i];
        if (slot->kind != X12I_SLOT_INLINE && is_named(&name, slot->name))
            return in_slot(way, slot, loop, &name);
        if (slot->kind == X12I_SLOT_INLINE && in_parts(way, slot->parts, (char *)loop, path))
            return true;
    }
    return false;
}

bool x12i_is_place(const x12_loop_type *type, const char *path, x12i_place_found *found)
{
    search way = {0};
    bool is = in_loop(&way, type, NULL, path);
    *found = way.found;
    return is;
}

bool x12i_find_place(x12_arena *arena, x12_loop *loop, const char *path, x12i_place_found *found)
{
    search way = {.arena = arena};
    bool done = in_loop(&way, loop->type, loop, path);
    *found = way.found;
    return done;
}

static const x12i_slot *loop_slot(const x12_loop_type *type, const path_name *name)
{
    for (unsigned i = 0; i < type->slot_count; i++)
        if (type->slots[i].loop != NULL && is_named(name, type->slots[i].name))
            return &type->slots[i];
    return NULL;
}

const x12_loop_type *x12i_loop_at(const x12_loop_type *type, const char *path)
{
    while (path != NULL && type != NULL) {
        const path_name name = first_name(path);
        const x12i_slot *slot = loop_slot(type, &name);
        type = slot ? slot->loop : NULL;
        path = name.rest;
    }
    return type;
}

x12_loop *x12i_add_loop_at(x12_arena *arena, x12_loop *loop, const char *path)
{
    search way = {.arena = arena};
    while (path != NULL && loop != NULL) {
        const path_name name = first_name(path);
        const x12i_slot *slot = loop_slot(loop->type, &name);
        if (slot->kind == X12I_SLOT_LOOP)
            loop = (x12_loop *)(void *)single_of(&way, slot, loop);
        else
            loop = loop_item(&way, slot, loop, name.rest == NULL);
        path = name.rest;
    }
    return loop;
}
