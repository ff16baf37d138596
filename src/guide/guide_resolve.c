/* What follows from a guide as a whole: slots for the unknown, names, orders and paths; and what is refused. */
#include "guide/guide_parser.h"
#include "base/arena.h"
#include <string.h>

static const char *trigger_of(const x12i_gslot *slot)
{
    return slot->loop ? slot->loop->slots[0].id : slot->id;
}

static const x12i_words *qualifiers_of(const x12i_gslot *slot)
{
    return slot->loop ? &slot->loop->slots[0].qualifiers : &slot->qualifiers;
}

static void insert_slot(x12i_parser *parser, x12i_gloop *loop, size_t at, const x12i_gslot *slot)
{
    if (X12I_APPEND(parser, loop->slots, loop->count) == NULL)
        return;
    memmove(&loop->slots[at + 1], &loop->slots[at], (loop->count - 1 - at) * sizeof *slot);
    loop->slots[at] = *slot;
    if (loop->records_at != (size_t)-1 && loop->records_at >= at)
        loop->records_at++;
}

/* Elements that no guide of this segment uses may be anything where the qualifier is unknown. */
static void allow_all(x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        x12i_gpart *part = &parts->parts[i];
        part->usage = part->usage == X12I_NOT_USED ? X12I_SITUATIONAL : part->usage;
        if (part->name == NULL && (part->run == 0 || !parts->runs[part->run - 1].bare))
            part->usage = X12I_NOT_USED;
        if (part->composite != NULL)
            allow_all(part->composite);
    }
}

static bool make_other_slot(x12i_parser *parser, const x12i_gslot *like, x12i_gslot *other)
{
    const x12i_gparts *known = x12i_find_parts(parser->dictionary.segments, parser->dictionary.segment_count, like->id);
    if (known == NULL || known->other == NULL)
        return false;
    *other = (x12i_gslot){.place = like->place, .id = like->id, .name = known->other, .usage = X12I_SITUATIONAL, .other = true,
                          .qualifier_part = known->qualifier_part, .qualifier_component = known->qualifier_component, .parts = x12i_copy_parts(parser, known)};
    if (other->parts == NULL)
        return false;
    allow_all(other->parts);
    x12i_resolve_parts(parser, other->parts);
    return true;
}

static bool is_within_record(const x12i_gloop *loop)
{
    while (loop != NULL && !loop->record)
        loop = loop->parent;
    return loop != NULL;
}

static bool make_other_loop(x12i_parser *parser, const x12i_gloop *parent, const x12i_gslot *like, x12i_gslot *other)
{
    for (size_t i = 0; i < parser->dictionary.other_loop_count; i++) {
        const x12i_gslot *known = &parser->dictionary.other_loops[i];
        if (strcmp(known->id, trigger_of(like)) != 0)
            continue;
        x12i_gloop *loop = x12i_arena_take(parser->arena, sizeof *loop);
        x12i_gslot *slots = x12i_arena_take(parser->arena, 2 * known->loop->count * sizeof *slots);
        if (loop == NULL || slots == NULL)
            return x12i_parse_fail(parser, like->place, "out of memory", NULL);
        *loop = *known->loop;
        loop->record = loop->record && !is_within_record(parent);
        loop->slots = memcpy(slots, loop->slots, loop->count * sizeof *slots);
        *other = *known;
        other->place = like->place;
        other->loop = loop;
        return true;
    }
    return false;
}

/* Whether a slot at or behind `from` shares the segment (and kind). */
static bool more_follow(const x12i_gloop *loop, size_t from, const x12i_gslot *slot)
{
    for (size_t i = from; i < loop->count; i++)
        if (strcmp(trigger_of(&loop->slots[i]), trigger_of(slot)) == 0 && (loop->slots[i].loop != NULL) == (slot->loop != NULL))
            return true;
    return false;
}

static void add_others(x12i_parser *parser, x12i_gloop *loop)
{
    for (size_t i = 1; i < loop->count && !parser->failed; i++) {
        x12i_gslot *slot = &loop->slots[i], other;
        if (slot->other || qualifiers_of(slot)->count == 0 || more_follow(loop, i + 1, slot))
            continue;
        if (slot->loop ? make_other_loop(parser, loop, slot, &other) : make_other_slot(parser, slot, &other))
            insert_slot(parser, loop, ++i, &other);
    }
}

static bool codes_meet(const x12i_words *a, const x12i_words *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (strcmp(a->items[i], b->items[k]) == 0)
                return true;
    return a->count == 0 && b->count == 0;
}

static void refuse_twins(x12i_parser *parser, const x12i_gloop *loop)
{
    for (size_t i = 0; i < loop->count; i++)
        for (size_t k = i + 1; k < loop->count; k++) {
            const x12i_gslot *a = &loop->slots[i], *b = &loop->slots[k];
            bool counted = (i > 0 || a->loop != NULL) && !a->other && !b->other;
            if (counted && strcmp(trigger_of(a), trigger_of(b)) == 0 && codes_meet(qualifiers_of(a), qualifiers_of(b)))
                x12i_parse_fail(parser, b->place, "nothing tells this from the slot of %s before it", trigger_of(b));
        }
}

/* The names of one object, as they are met. */
typedef struct name_set {
    const char *names[400];
    size_t count;
} name_set;

static void add_name(x12i_parser *parser, name_set *set, x12i_place place, const char *name)
{
    static const char *const reserved[] = {"x12", "x12End", "record", "continued", "unmapped", "segments", "interchanges", "groups", "transactions", "loop"};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(reserved[i], name) == 0 && strcmp(name, "groups") != 0)
            x12i_parse_fail(parser, place, "the name %s is taken by Remedi itself", name);
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->names[i], name) == 0)
            x12i_parse_fail(parser, place, "the name %s stands twice here", name);
    if (set->count < sizeof set->names / sizeof *set->names)
        set->names[set->count++] = name;
    else
        x12i_parse_fail(parser, place, "too many names in one loop", NULL);
}

static void add_part_names(x12i_parser *parser, name_set *set, const x12i_gparts *parts)
{
    unsigned run = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        if (part->run != 0 && part->run != run)
            add_name(parser, set, part->place, parts->runs[part->run - 1].name);
        if (part->run == 0 && part->shape != X12I_UNUSED && part->shape != X12I_FIXED && part->shape != X12I_DERIVED)
            add_name(parser, set, part->place, part->name);
        run = part->run;
    }
}

static void refuse_name_clashes(x12i_parser *parser, const x12i_gloop *loop)
{
    name_set *set = x12_arena_allocate(parser->arena, sizeof *set);
    for (size_t i = 0; set != NULL && i < loop->count && !parser->failed; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->name == NULL) {
            add_part_names(parser, set, slot->parts);
            continue;
        }
        add_name(parser, set, slot->place, slot->name);
        name_set *own = slot->parts ? x12_arena_allocate(parser->arena, sizeof *own) : NULL;
        if (own != NULL)
            add_part_names(parser, own, slot->parts);
    }
}

static void number_orders(x12i_gloop *loop)
{
    unsigned order = 0;
    for (size_t i = 0; i < loop->count; i++) {
        bool same = i > 1 && strcmp(trigger_of(&loop->slots[i]), trigger_of(&loop->slots[i - 1])) == 0;
        loop->slots[i].order = same ? order : ++order;
    }
}

static const char *join_path(x12i_parser *parser, const char *path, const char *id)
{
    size_t front = strlen(path), length = front + (front != 0) + strlen(id);
    char *joined = x12i_arena_take(parser->arena, length + 1);
    if (joined == NULL)
        return path;
    memcpy(joined, path, front);
    if (front != 0)
        joined[front] = '/';
    memcpy(joined + front + (front != 0), id, strlen(id) + 1);
    return joined;
}

/* "adjustments" to "adjustment", by rule. */
static const char *singular_of(x12i_parser *parser, const char *name)
{
    static const struct {
        const char *ending, *singular;
    } rules[] = {{"ies", "y"}, {"oses", "osis"}, {"sses", "ss"}, {"uses", "us"}, {"s", ""}};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t ending = strlen(rules[i].ending), added = strlen(rules[i].singular);
        if (length <= ending || strcmp(name + length - ending, rules[i].ending) != 0)
            continue;
        char *made = x12i_arena_take(parser->arena, length + added + 1);
        if (made == NULL)
            return name;
        memcpy(made, name, length - ending);
        memcpy(made + length - ending, rules[i].singular, added + 1);
        return made;
    }
    return name;
}

static bool copy_slots(x12i_parser *parser, x12i_gloop *loop, const x12i_gloop *from)
{
    loop->rules = from->rules;
    loop->rule_count = from->rule_count;
    for (size_t i = 0; i < from->count; i++) {
        x12i_gslot *slot = X12I_APPEND(parser, loop->slots, loop->count);
        if (slot == NULL)
            return false;
        *slot = from->slots[i];
        if (slot->loop == NULL)
            continue;
        x12i_gloop *copy = x12i_arena_take(parser->arena, sizeof *copy);
        if (copy == NULL)
            return x12i_parse_fail(parser, slot->place, "out of memory", NULL);
        *copy = *slot->loop;
        copy->slots = NULL;
        copy->count = 0;
        if (!copy_slots(parser, copy, slot->loop))
            return false;
        slot->loop = copy;
    }
    return true;
}

/* Gives a loop the slots of the one before it that it is like. */
static void fill_alike(x12i_parser *parser, const x12i_gguide *guide, const x12i_gslot *slot)
{
    for (size_t i = 0; i < guide->loop_count; i++)
        if (guide->loops[i]->path != NULL && strcmp(guide->loops[i]->path, slot->loop->like) == 0) {
            copy_slots(parser, slot->loop, guide->loops[i]);
            return;
        }
    x12i_parse_fail(parser, slot->place, "no loop %s stands before this", slot->loop->like);
}

static void resolve_loop(x12i_parser *parser, x12i_gguide *guide, x12i_gloop *loop)
{
    x12i_gloop **place = X12I_APPEND(parser, guide->loops, guide->loop_count);
    if (place == NULL)
        return;
    *place = loop;
    loop->index = guide->loop_count - 1;
    if (loop->count == 0 || loop->slots[0].loop != NULL) {
        x12i_parse_fail(parser, loop->parent ? loop->slots ? loop->slots[0].place : parser->token.place : parser->token.place, "the loop %s needs a segment that opens it", loop->id);
        return;
    }
    for (size_t i = 0; i < loop->count && !parser->failed; i++)
        if (loop->slots[i].loop != NULL && loop->slots[i].loop->like != NULL && loop->slots[i].loop->count == 0)
            fill_alike(parser, guide, &loop->slots[i]);
    for (size_t i = 0; i < loop->count; i++)
        if (loop->slots[i].loop != NULL && loop->slots[i].loop->count == 0)
            x12i_parse_fail(parser, loop->slots[i].place, "the loop %s needs a segment that opens it", loop->slots[i].id);
    if (parser->failed)
        return;
    add_others(parser, loop);
    refuse_twins(parser, loop);
    refuse_name_clashes(parser, loop);
    number_orders(loop);
    for (size_t i = 0; i < loop->count && !parser->failed; i++) {
        x12i_gslot *slot = &loop->slots[i];
        slot->list = slot->maximum != 1;
        if (slot->name != NULL && slot->singular == NULL)
            slot->singular = slot->maximum == 1 ? slot->name : singular_of(parser, slot->name);
        if (slot->loop == NULL)
            continue;
        slot->loop->parent = loop;
        slot->loop->singular = slot->singular;
        slot->loop->path = join_path(parser, loop->path, slot->loop->id);
        resolve_loop(parser, guide, slot->loop);
        loop->streamed = loop->streamed || slot->loop->record || slot->loop->streamed;
        slot->list = slot->list || slot->loop->record || slot->loop->streamed;
    }
    loop->streamed = loop->streamed || loop->records_at != (size_t)-1;
}

void x12i_resolve_guide(x12i_parser *parser, x12i_gguide *guide)
{
    resolve_loop(parser, guide, guide->root);
}
