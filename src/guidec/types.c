/* Which structs a guide needs, and what they are called. */
#include "guidec/guidec.h"
#include <stdio.h>
#include <stdlib.h>

static gc_struct *find(const gc_types *types, const x12i_gloop *loop, const x12i_gparts *parts, const x12i_grun *run)
{
    for (size_t i = 0; i < types->count; i++) {
        gc_struct *item = types->items[i];
        if (item->loop == loop && item->parts == parts && item->run == run)
            return item;
    }
    return NULL;
}

/* Where a struct stands: what its name may begin with. */
typedef struct context {
    const char *slot;        /* singular of the slot that holds it; NULL: the loop itself */
    const x12i_gloop *loop;
} context;

static void add_context(gc_struct *item, const char *name)
{
    if (name[0] != '\0' && item->context_count < GC_MAXIMUM_CONTEXT)
        item->contexts[item->context_count++] = gc_snake(name);
}

static gc_struct *add(gc_types *types, const char *name, const context *where)
{
    gc_struct **items = realloc(types->items, (types->count + 1) * sizeof *items);
    gc_struct *item = calloc(1, sizeof *item);
    if (items == NULL || item == NULL)
        exit(1);
    types->items = items;
    types->items[types->count++] = item;
    item->base = gc_snake(name);
    if (where->slot != NULL)
        add_context(item, where->slot);
    for (const x12i_gloop *loop = where->loop; loop != NULL && loop->parent != NULL; loop = loop->parent)
        add_context(item, loop->singular);
    return item;
}

static const char *signature_of(const gc_types *types, const x12i_gloop *loop, const x12i_gparts *parts, const x12i_grun *run)
{
    const gc_struct *item = find(types, loop, parts, run);
    return item ? item->signature : "";
}

static const char *singular(const char *name)
{
    size_t length = strlen(name);
    if (length > 3 && strcmp(name + length - 3, "ies") == 0)
        return gc_text("%.*sy", (int)length - 3, name);
    if (length > 4 && strcmp(name + length - 4, "oses") == 0)
        return gc_text("%.*sis", (int)length - 2, name);
    if (length > 5 && (strcmp(name + length - 4, "sses") == 0 || strcmp(name + length - 5, "tuses") == 0))
        return gc_text("%.*s", (int)length - 2, name);
    return length > 1 && name[length - 1] == 's' && name[length - 2] != 's' ? gc_text("%.*s", (int)length - 1, name) : name;
}

static void sign_part(x12i_buffer *out, const gc_types *types, const x12i_gpart *part)
{
    gc_add(out, "%s:%d:%d", part->name ? part->name : "", (int)part->shape, (int)part->type);
    if (part->composite != NULL)
        gc_add(out, "(%s)", signature_of(types, NULL, part->composite, NULL));
    gc_add(out, ",");
}

static bool has_field(const x12i_gpart *part)
{
    return part->shape == X12I_VALUE || part->shape >= X12I_COMPOSITE;
}

static void find_in_parts(gc_types *types, const x12i_gparts *parts, const context *where);

static void find_composites(gc_types *types, const x12i_gpart *part, const char *name, const context *where)
{
    if (!has_field(part) || part->composite == NULL || find(types, NULL, part->composite, NULL))
        return;
    find_in_parts(types, part->composite, where);
    x12i_buffer text = {0};
    for (size_t i = 0; i < part->composite->count; i++)
        if (has_field(&part->composite->parts[i]))
            sign_part(&text, types, &part->composite->parts[i]);
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, part->shape == X12I_REPEATED_COMPOSITE ? singular(name) : name, where);
    item->parts = part->composite;
    item->signature = text.data;
}

static void find_run(gc_types *types, const x12i_gparts *parts, const x12i_grun *run, const context *where)
{
    x12i_buffer text = {0};
    for (unsigned i = 0; i < run->stride * run->maximum; i++) {
        const x12i_gpart *part = &parts->parts[run->first - 1 + i];
        find_composites(types, part, run->bare ? singular(run->name) : part->name ? part->name : "item", where);
    }
    if (run->bare)
        return;
    for (unsigned i = 0; i < run->stride; i++)
        if (has_field(&parts->parts[run->first - 1 + i]))
            sign_part(&text, types, &parts->parts[run->first - 1 + i]);
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, singular(run->name), where);
    item->parts = parts;
    item->run = run;
    item->signature = text.data;
}

static void find_in_parts(gc_types *types, const x12i_gparts *parts, const context *where)
{
    for (size_t i = 0; i < parts->run_count; i++)
        find_run(types, parts, &parts->runs[i], where);
    for (size_t i = 0; i < parts->count; i++)
        if (parts->parts[i].run == 0)
            find_composites(types, &parts->parts[i], parts->parts[i].name ? parts->parts[i].name : "", where);
}

static char *sign_parts(const gc_types *types, const x12i_gparts *parts)
{
    x12i_buffer text = {0};
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        if (part->run == 0 && has_field(part))
            sign_part(&text, types, part);
        if (part->run != 0 && parts->runs[part->run - 1].first == i + 1)
            gc_add(&text, "%s[%s%s],", parts->runs[part->run - 1].name, signature_of(types, NULL, parts, &parts->runs[part->run - 1]),
                   part->composite ? signature_of(types, NULL, part->composite, NULL) : "");
    }
    x12i_buffer_add_byte(&text, '\0');
    return text.data;
}

static void find_in_loop(gc_types *types, const x12i_gloop *loop)
{
    const context within = {NULL, loop}, around = {NULL, loop->parent};
    x12i_buffer text = {0};
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        gc_add(&text, "%s:%d", slot->name ? slot->name : gc_segment_member(loop, slot), (int)slot->list);
        if (slot->loop != NULL) {
            find_in_loop(types, slot->loop);
            gc_add(&text, "{%s},", signature_of(types, slot->loop, NULL, NULL));
            continue;
        }
        const context inside = {slot->name ? slot->singular : NULL, loop};
        find_in_parts(types, slot->parts, &inside);
        char *signature = sign_parts(types, slot->parts);
        gc_add(&text, "<%s>,", signature);
        if (slot->name != NULL) {
            gc_struct *item = add(types, slot->singular, &within);
            item->parts = slot->parts;
            item->segment = true;
            item->signature = gc_text("segment,%s", signature);
        }
    }
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, loop->parent ? loop->singular : "", &around);
    item->loop = loop;
    item->signature = gc_text("loop,%s", text.data);
}

/* The name with the `count` innermost of its contexts. */
static char *name_within(const gc_struct *item, unsigned count)
{
    char *name = gc_text("%s", item->base);
    for (unsigned i = 0; i < count; i++) {
        char *longer = gc_text("%s_%s", item->contexts[i], name);
        free(name);
        name = longer;
    }
    return name;
}

/* Whether other structs of this name differ. */
static bool is_contested(const gc_types *types, const gc_struct *item, unsigned count)
{
    char *name = name_within(item, count);
    bool contested = false;
    for (size_t i = 0; i < types->count && !contested; i++) {
        const gc_struct *other = types->items[i];
        char *same = name_within(other, count < other->context_count ? count : other->context_count);
        contested = strcmp(same, name) == 0 && strcmp(other->signature, item->signature) != 0;
        free(same);
    }
    free(name);
    return contested;
}

/* By its own name, and as much of where it stands as tells it from others. */
static void name_struct(const gc_types *types, gc_struct *item)
{
    bool envelope = strcmp(types->guide->prefix, "envelope") == 0;
    if (item->loop != NULL && item->loop->parent == NULL) {
        item->name = gc_text("x12_%s", envelope ? types->guide->root_name : types->guide->prefix);
        return;
    }
    unsigned count = 0;
    while (count < item->context_count && is_contested(types, item, count))
        count++;
    item->name = gc_text("%s%s", gc_prefix(types->guide), name_within(item, count));
}

bool gc_find_types(gc_types *types, const x12i_gguide *guide)
{
    *types = (gc_types){.guide = guide};
    find_in_loop(types, guide->root);
    for (size_t i = 0; i < types->count; i++)
        name_struct(types, types->items[i]);
    for (size_t i = 0; i < types->count; i++) {
        gc_struct *item = types->items[i];
        item->twin = item;
        for (size_t k = 0; k < i; k++) {
            const gc_struct *before = types->items[k];
            if (strcmp(before->name, item->name) != 0)
                continue;
            if (strcmp(before->signature, item->signature) != 0) {
                fprintf(stderr, "%s: two different structs would be called %s: name one of them with `each`\n", guide->id, item->name);
                return false;
            }
            item->twin = before->twin;
            break;
        }
    }
    return true;
}

const char *gc_type_name(const gc_types *types, const x12i_gloop *loop, const x12i_gparts *parts, const x12i_grun *run)
{
    const gc_struct *item = find(types, loop, parts, run);
    return item ? item->name : "?";
}
