/* The reference page of a guide: what each thing is called, and where X12 has it. */
#include "guidec/guidec.h"

static const char *const usages[] = {"not used", "", "required"};

static void write_part(x12i_buffer *out, const char *indent, const char *name, const char *place, const x12i_gpart *part)
{
    gc_add(out, "| %s`%s` | %s | %s |", indent, name, place, usages[part->usage]);
    for (size_t i = 0; i < part->codes.count && i < 24; i++)
        gc_add(out, " %s", part->codes.items[i]);
    gc_add(out, "%s%s |\n", part->codes.count > 24 ? " ..." : "", part->list ? gc_text(" list %s", part->list) : "");
}

static bool has_field(const x12i_gpart *part)
{
    return part->shape == X12I_VALUE || part->shape >= X12I_COMPOSITE;
}

static void write_parts(x12i_buffer *out, const char *indent, const char *place, const char *format, const x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        const x12i_grun *run = part->run ? &parts->runs[part->run - 1] : NULL;
        unsigned within = run ? (unsigned)(i + 1) - run->first : 0;
        if (!has_field(part) || (run != NULL && within >= run->stride))
            continue;
        char *number = gc_text(format, place, (unsigned)i + 1);
        if (run != NULL && within == 0)
            gc_add(out, "| %s`%s` | %s and on, up to %u | | |\n", indent, run->name, number, run->maximum);
        const char *inner = run ? gc_text("%s&nbsp;&nbsp;", indent) : indent;
        if (part->name != NULL && !(run && run->bare))
            write_part(out, inner, part->name, number, part);
        if (part->composite != NULL)
            write_parts(out, gc_text("%s&nbsp;&nbsp;", inner), number, "%s-%u", part->composite);
    }
}

static const char *times(const x12i_gslot *slot)
{
    return slot->maximum == 1 ? "" : slot->maximum == 0 ? "repeated" : gc_text("up to %u", slot->maximum);
}

/* The line of what has a name of its own. */
static void write_name(x12i_buffer *out, const x12i_gslot *slot)
{
    const char *id = slot->loop && slot->other ? slot->loop->slots[0].id : slot->id;
    gc_add(out, "| **`%s`** | %s%s", slot->name, slot->loop && !slot->other ? "loop " : "", id);
    for (size_t i = 0; i < slot->qualifiers.count; i++)
        gc_add(out, "%s%s", i ? " " : " when ", slot->qualifiers.items[i]);
    const char *usage = slot->other ? "" : usages[slot->usage], *limit = times(slot);
    gc_add(out, "%s | %s%s%s | |\n", slot->other ? ", any other" : "", usage, *usage && *limit ? " " : "", limit);
}

static void write_slot(x12i_buffer *out, const x12i_gslot *slot)
{
    if (slot->name != NULL)
        write_name(out, slot);
    if (slot->loop == NULL && !slot->other)
        write_parts(out, slot->name ? "&nbsp;&nbsp;" : "", slot->id, "%s%02u", slot->parts);
}

static const char columns[] = "\n\n| name | X12 | use | codes |\n|---|---|---|---|\n";

static void write_loop(x12i_buffer *out, const x12i_gloop *loop, const char *name)
{
    gc_add(out, "## %s%s%s%s", name, loop->parent ? ", loop " : "", loop->parent ? loop->path : "", columns);
    for (size_t i = 0; i < loop->count; i++)
        write_slot(out, &loop->slots[i]);
    gc_add(out, "\n");
    for (size_t i = 0; i < loop->count; i++)
        if (loop->slots[i].loop != NULL && !loop->slots[i].other)
            write_loop(out, loop->slots[i].loop, loop->slots[i].name);
}

enum { MOST_OTHERS = 64 };

typedef struct known_others {
    const x12i_gslot *items[MOST_OTHERS];
    size_t count;
} known_others;

static bool is_known(const known_others *known, const x12i_gslot *slot)
{
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->items[i]->name, slot->name) == 0 && strcmp(known->items[i]->id, slot->id) == 0)
            return true;
    return false;
}

/* What the dictionary adds for other qualifiers is the same wherever it stands: once is enough. */
static void write_others(x12i_buffer *out, const x12i_gloop *loop, known_others *known)
{
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->other && known->count < MOST_OTHERS && !is_known(known, slot)) {
            known->items[known->count++] = slot;
            gc_add(out, "## %s, %s with any other qualifier%s", slot->name, slot->loop ? slot->loop->slots[0].id : slot->id, columns);
            for (size_t j = 0; slot->loop != NULL && j < slot->loop->count; j++)
                write_slot(out, &slot->loop->slots[j]);
            if (slot->loop == NULL)
                write_parts(out, "", slot->id, "%s%02u", slot->parts);
            gc_add(out, "\n");
        }
        if (slot->loop != NULL && !slot->other)
            write_others(out, slot->loop, known);
    }
}

void gc_write_reference(x12i_buffer *out, const x12i_gguide *guide)
{
    known_others known = {.count = 0};
    gc_add(out, "# %s: %s\n\nWhat Remedi calls each part, in JSON and (in snake_case) in C, and where X12 has it.\n\n", guide->id, guide->title ? guide->title : "");
    write_loop(out, guide->root, guide->root_name);
    write_others(out, guide->root, &known);
}
