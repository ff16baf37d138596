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

static void write_slot(x12i_buffer *out, const x12i_gslot *slot)
{
    if (slot->name != NULL) {
        gc_add(out, "| **`%s`** | %s", slot->name, slot->id);
        for (size_t i = 0; i < slot->qualifiers.count; i++)
            gc_add(out, "%s%s", i ? " " : " when ", slot->qualifiers.items[i]);
        gc_add(out, " | %s%s | |\n", usages[slot->usage], slot->maximum == 1 ? "" : slot->maximum == 0 ? " repeated" : gc_text(" up to %u", slot->maximum));
    }
    write_parts(out, slot->name ? "&nbsp;&nbsp;" : "", slot->id, "%s%02u", slot->parts);
}

static void write_loop(x12i_buffer *out, const x12i_gloop *loop, const char *name)
{
    gc_add(out, "## %s%s%s\n\n| name | X12 | use | codes |\n|---|---|---|---|\n", name, loop->parent ? ", loop " : "", loop->parent ? loop->path : "");
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->loop == NULL)
            write_slot(out, slot);
        else
            gc_add(out, "| **`%s`** | loop %s | %s%s | |\n", slot->name, slot->loop->id, usages[slot->usage], slot->maximum == 1 ? "" : " repeated");
    }
    gc_add(out, "\n");
    for (size_t i = 0; i < loop->count; i++)
        if (loop->slots[i].loop != NULL)
            write_loop(out, loop->slots[i].loop, loop->slots[i].name);
}

void gc_write_reference(x12i_buffer *out, const x12i_gguide *guide)
{
    gc_add(out, "# %s: %s\n\nWhat Remedi calls each part, in JSON and (in snake_case) in C, and where X12 has it.\n\n", guide->id, guide->title ? guide->title : "");
    write_loop(out, guide->root, guide->root_name);
}
