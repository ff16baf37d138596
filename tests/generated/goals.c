#include "goals.h"
#include "relations.h"
#include <stdio.h>
#include <stdlib.h>

/* --- lists by slot or loop type --- */

typedef struct goal_list {
    const void *owner;
    goal *first;
} goal_list;

enum { LISTS = 1 << 13 };
static const char whole; /* the owner of what concerns the interchange as a whole */

static goal_list *list_of(const goals *g, const void *owner)
{
    size_t at = ((uintptr_t)owner >> 3) * 0x9E3779B97F4A7C15u >> 20 & (LISTS - 1);
    while (g->lists[at].owner != NULL && g->lists[at].owner != owner)
        at = (at + 1) & (LISTS - 1);
    return &g->lists[at];
}

static void add(goals *g, goal one)
{
    if (g->count == g->capacity) {
        g->capacity = 2 * g->capacity + 1024;
        g->items = realloc(g->items, g->capacity * sizeof *g->items);
        if (g->items == NULL)
            abort();
    }
    g->items[g->count++] = one;
}

static const void *owner_of(const goal *one)
{
    return one->value ? (const void *)one->place.slot : one->kind ? (const void *)one->type : &whole;
}

static void link_all(goals *g)
{
    for (size_t i = g->count; i > 0; i--) {
        goal_list *list = list_of(g, owner_of(&g->items[i - 1]));
        list->owner = owner_of(&g->items[i - 1]);
        g->items[i - 1].next = list->first;
        list->first = &g->items[i - 1];
    }
}

/* --- what the tables know --- */

static void add_kinds(goals *g, const value_kind *kinds, const value_place *place)
{
    for (; kinds->name != NULL; kinds++)
        if (kinds->applies(place))
            add(g, (goal){.value = kinds, .place = *place});
}

/* For a condition, `part` is its index. */
static void add_conditions(goals *g, value_place place, const x12i_parts *parts)
{
    const char *rules = parts->rules;
    relation r;
    place.parts = parts;
    place.field = NULL;
    for (place.part = 0; next_relation(&rules, &r); place.part++)
        add_kinds(g, condition_kinds, &place);
}

static void add_components(goals *g, value_place place)
{
    const x12i_parts *parts = place.field->parts;
    bool holds = place.decides;
    place.parts = parts;
    for (unsigned i = 1; i <= parts->field_count; i++) {
        place.field = &parts->fields[i - 1];
        place.part = place.component = i;
        place.decides = holds && place.slot->qualifier_component == i;
        add_kinds(g, value_kinds, &place);
    }
    add_conditions(g, place, parts);
}

static void add_values(goals *g, const x12i_slot *slot)
{
    value_place place = {.slot = slot, .parts = slot->parts};
    for (unsigned i = 1; i <= slot->parts->field_count; i++) {
        place.field = &slot->parts->fields[i - 1];
        place.part = place.element = i;
        place.decides = slot->qualifiers != NULL && slot->qualifier_part == i;
        place.repeats = place.field->shape == X12I_REPEATED_VALUE || place.field->shape == X12I_REPEATED_COMPOSITE;
        add_kinds(g, value_kinds, &place);
        if (place.field->parts != NULL && place.field->shape != X12I_UNUSED)
            add_components(g, place);
    }
    place.decides = place.repeats = false;
    place.element = place.component = 0;
    add_conditions(g, place, slot->parts);
}

static void add_loop(goals *g, const x12_loop_type *type)
{
    for (unsigned i = 0; i < type->slot_count; i++) {
        if (type->slots[i].loop == NULL && !type->slots[i].other)
            add_values(g, &type->slots[i]);
        for (const slot_kind *kind = slot_kinds; kind->name != NULL; kind++)
            if (kind->applies(type, i))
                add(g, (goal){.kind = kind, .type = type, .index = i});
    }
}

void goals_set(goals *g, const x12i_guide *guide)
{
    g->count = 0;
    free(g->lists);
    g->lists = calloc(LISTS, sizeof *g->lists);
    if (g->lists == NULL)
        abort();
    for (unsigned i = 0; i < guide->loop_count; i++)
        if (strcmp(guide->loops[i]->id, "other") != 0)
            add_loop(g, guide->loops[i]);
    for (const whole_kind *kind = envelope_kinds; kind->name != NULL; kind++)
        if (kind->guides == NULL || is_word(kind->guides, guide->prefix))
            add(g, (goal){.whole = kind});
    for (const rule_kind *kind = rule_kinds; kind->name != NULL; kind++)
        if (is_word(kind->guides, guide->prefix))
            add(g, (goal){.rule = kind});
    link_all(g);
}

void goals_free(goals *g)
{
    free(g->items);
    free(g->lists);
    *g = (goals){0};
}

goal *goals_of_segment(const goals *g, const x12i_slot *slot)
{
    return list_of(g, slot)->first;
}

goal *goals_of_loop(const goals *g, const x12_loop_type *type)
{
    return list_of(g, type)->first;
}

goal *goals_of_whole(const goals *g)
{
    return list_of(g, &whole)->first;
}

unsigned goals_left(const goals *g)
{
    unsigned left = 0;
    for (size_t i = 0; i < g->count; i++)
        left += !g->items[i].reached;
    return left;
}

void goals_show_left(const goals *g, unsigned most)
{
    for (size_t i = 0; i < g->count && most > 0; i++) {
        const goal *one = &g->items[i];
        if (one->reached)
            continue;
        most--;
        if (one->value != NULL)
            printf("# never tried: %s at %s %s%02u-%u %u\n", one->value->name, one->place.slot->name ? one->place.slot->name : "", one->place.slot->segment, one->place.element, one->place.component, one->place.part);
        else if (one->kind != NULL)
            printf("# never tried: %s at %s/%s\n", one->kind->name, one->type->path, one->type->slots[one->index].loop ? one->type->slots[one->index].loop->id : one->type->slots[one->index].segment);
        else
            printf("# never tried: %s\n", one->whole ? one->whole->name : one->rule->name);
    }
}
