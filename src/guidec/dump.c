/* The guide as a table, a row for each loop, slot and element: for comparing it with other accounts of the same guide. */
#include "guidec/guidec.h"

static const char usages[] = "NSR";
static const char *const types[] = {"AN", "ID", "R", "N0", "DT", "TM", "AN"};

static void add_repeat(x12i_buffer *out, unsigned maximum)
{
    if (maximum == 0)
        gc_add(out, ">1");
    else
        gc_add(out, "%u", maximum);
}

static void add_codes(x12i_buffer *out, const x12i_words *codes, const char *separator)
{
    for (size_t i = 0; i < codes->count; i++)
        gc_add(out, "%.*s%s", i != 0, separator, codes->items[i]);
}

static void add_qualifier(x12i_buffer *out, const x12i_gslot *slot)
{
    if (slot->qualifiers.count == 0)
        return;
    gc_add(out, "%s%02u", slot->id, slot->qualifier_part);
    if (slot->qualifier_component != 0)
        gc_add(out, "-%u", slot->qualifier_component);
    gc_add(out, "=");
    add_codes(out, &slot->qualifiers, "|");
}

static void dump_part(x12i_buffer *out, const char *path, unsigned number, const char *name, const x12i_gpart *part)
{
    gc_add(out, "E\t%s\t%u\t%s\t%c\t", path, number, name, usages[part->usage]);
    add_repeat(out, part->repetitions);
    if (part->composite != NULL)
        gc_add(out, "\tcomposite\t\t\t\t\t\t\t");
    else
        gc_add(out, "\t%s\t%u\t%u\t", types[part->type], part->minimum, part->maximum);
    if (part->composite == NULL) {
        if (part->narrowed != 0)
            gc_add(out, "%u", part->narrowed);
        gc_add(out, "\t\t");
        add_codes(out, &part->codes, ",");
        gc_add(out, "\t%s\t", part->list ? part->list : "");
    }
    gc_add(out, "%s\t\n", part->composite ? part->composite->id : part->element ? part->element : "");
}

static void dump_parts(x12i_buffer *out, const char *path, unsigned number, const x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        char *name = gc_text("%s%02zu", parts->id, i + 1);
        dump_part(out, path, number, name, part);
        for (size_t k = 0; part->composite != NULL && part->usage != X12I_NOT_USED && k < part->composite->count; k++)
            dump_part(out, path, number, gc_text("%s-%zu", name, k + 1), &part->composite->parts[k]);
    }
}

static void dump_loop(x12i_buffer *out, const x12i_gloop *loop, unsigned *number)
{
    const char *path = loop->parent ? loop->path : "ST";
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->other)
            continue;
        if (slot->loop == NULL) {
            gc_add(out, "S\t%s\t%u\t%s\t%c\t", path, ++*number, slot->id, usages[slot->usage]);
            add_repeat(out, slot->maximum);
            gc_add(out, "\t\t\t\t\t");
            add_qualifier(out, slot);
            gc_add(out, "\t\t\t\t%u\n", slot->order);
            dump_parts(out, path, *number, slot->parts);
            continue;
        }
        if (slot->loop->like != NULL) {
            gc_add(out, "X\t%s\t\t%s\t%c\t", slot->loop->path, slot->loop->id, usages[slot->usage]);
            add_repeat(out, slot->maximum);
            gc_add(out, "\t\t\t\t\tsame as %s\t\t\t\t\n", slot->loop->like);
            continue;
        }
        gc_add(out, "L\t%s\t\t%s\t%c\t", slot->loop->path, slot->loop->id, usages[slot->usage]);
        add_repeat(out, slot->maximum);
        gc_add(out, "\t\t\t\t\t%s", slot->loop->slots[0].id);
        if (slot->loop->slots[0].qualifiers.count != 0)
            gc_add(out, " ");
        add_qualifier(out, &slot->loop->slots[0]);
        gc_add(out, "\t\t\t\t%u\n", slot->order);
        dump_loop(out, slot->loop, number);
    }
}

void gc_write_dump(x12i_buffer *out, const x12i_gguide *guide)
{
    unsigned number = 0;
    gc_add(out, "kind\tpath\tn\tid\tuse\trep\ttype\tmin\tmax\tgmax\tqual\tcodes\text\tde\tpos\n");
    dump_loop(out, guide->root, &number);
}
