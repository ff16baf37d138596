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

static gc_struct *add(gc_types *types, const char *name, const char *context)
{
    gc_struct **items = realloc(types->items, (types->count + 1) * sizeof *items);
    gc_struct *item = calloc(1, sizeof *item);
    if (items == NULL || item == NULL)
        exit(1);
    types->items = items;
    types->items[types->count++] = item;
    item->base = gc_snake(name);
    item->context = gc_snake(context);
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
    if (length > 4 && (strcmp(name + length - 4, "sses") == 0 || strcmp(name + length - 4, "uses") == 0))
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

static void find_in_parts(gc_types *types, const x12i_gparts *parts, const char *context);

static void find_composites(gc_types *types, const x12i_gpart *part, const char *name, const char *context)
{
    if (!has_field(part) || part->composite == NULL || find(types, NULL, part->composite, NULL))
        return;
    find_in_parts(types, part->composite, context);
    x12i_buffer text = {0};
    for (size_t i = 0; i < part->composite->count; i++)
        if (has_field(&part->composite->parts[i]))
            sign_part(&text, types, &part->composite->parts[i]);
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, part->shape == X12I_REPEATED_COMPOSITE ? singular(name) : name, context);
    item->parts = part->composite;
    item->signature = text.data;
}

static void find_run(gc_types *types, const x12i_gparts *parts, const x12i_grun *run, const char *context)
{
    x12i_buffer text = {0};
    for (unsigned i = 0; i < run->stride * run->maximum; i++) {
        const x12i_gpart *part = &parts->parts[run->first - 1 + i];
        find_composites(types, part, run->bare ? singular(run->name) : part->name ? part->name : "item", context);
    }
    if (run->bare)
        return;
    for (unsigned i = 0; i < run->stride; i++)
        if (has_field(&parts->parts[run->first - 1 + i]))
            sign_part(&text, types, &parts->parts[run->first - 1 + i]);
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, singular(run->name), context);
    item->parts = parts;
    item->run = run;
    item->signature = text.data;
}

static void find_in_parts(gc_types *types, const x12i_gparts *parts, const char *context)
{
    for (size_t i = 0; i < parts->run_count; i++)
        find_run(types, parts, &parts->runs[i], context);
    for (size_t i = 0; i < parts->count; i++)
        if (parts->parts[i].run == 0)
            find_composites(types, &parts->parts[i], parts->parts[i].name ? parts->parts[i].name : "", context);
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
    const char *context = loop->parent ? loop->singular : "";
    x12i_buffer text = {0};
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        gc_add(&text, "%s:%d", slot->name ? slot->name : gc_segment_member(loop, slot), (int)(slot->maximum == 1));
        if (slot->loop != NULL) {
            find_in_loop(types, slot->loop);
            gc_add(&text, "{%s},", signature_of(types, slot->loop, NULL, NULL));
            continue;
        }
        find_in_parts(types, slot->parts, slot->name ? slot->singular : context);
        char *signature = sign_parts(types, slot->parts);
        gc_add(&text, "<%s>,", signature);
        if (slot->name != NULL) {
            gc_struct *item = add(types, slot->singular, context);
            item->parts = slot->parts;
            item->segment = true;
            item->signature = gc_text("segment,%s", signature);
        }
    }
    x12i_buffer_add_byte(&text, '\0');
    gc_struct *item = add(types, loop->parent ? loop->singular : "", loop->parent && loop->parent->parent ? loop->parent->singular : "");
    item->loop = loop;
    item->signature = gc_text("loop,%s", text.data);
}

/* Whether structs of this base name differ: then their context comes into the name. */
static bool is_contested(const gc_types *types, const gc_struct *item)
{
    for (size_t i = 0; i < types->count; i++)
        if (strcmp(types->items[i]->base, item->base) == 0 && strcmp(types->items[i]->signature, item->signature) != 0)
            return true;
    return false;
}

static void name_struct(const gc_types *types, gc_struct *item)
{
    char *prefix = gc_prefix(types->guide);
    if (item->loop != NULL && item->loop->parent == NULL)
        item->name = strcmp(types->guide->prefix, "envelope") == 0 ? gc_text("x12_%s", types->guide->root_name) : gc_text("x12_%s", types->guide->prefix);
    else if (is_contested(types, item) && item->context[0] != '\0')
        item->name = gc_text("%s%s_%s", prefix, item->context, item->base);
    else
        item->name = gc_text("%s%s", prefix, item->base);
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
