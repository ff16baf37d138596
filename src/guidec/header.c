/* The public header of a guide: its structs. */
#include "guidec/guidec.h"
#include <stdlib.h>

static const char *const value_types[] = {
    [X12I_TEXT] = "x12_text", [X12I_CODE] = "x12_text", [X12I_DECIMAL] = "x12_decimal", [X12I_INTEGER] = "x12_decimal",
    [X12I_DATE] = "x12_date", [X12I_TIME] = "x12_time", [X12I_PERIOD] = "x12_period",
};

static const char *const usages[] = {[X12I_NOT_USED] = "not used", [X12I_SITUATIONAL] = "situational", [X12I_REQUIRED] = "required"};

/* "service_adjustment" to "service adjustment". */
static void add_words(x12i_buffer *out, const char *snake)
{
    for (; *snake != '\0'; snake++)
        x12i_buffer_add_byte(out, *snake == '_' ? ' ' : *snake);
}

static void add_member(x12i_buffer *out, const char *type, const char *name, const char *comment)
{
    char *member = gc_snake(name);
    bool pointer = type[strlen(type) - 1] == '*';
    gc_add(out, "    %s%s%s; /* %s */\n", type, pointer ? "" : " ", member, comment);
    free(member);
}

static void write_part(x12i_buffer *out, const gc_types *types, const x12i_gpart *part, const char *place)
{
    const char *type = value_types[part->type];
    if (part->shape == X12I_UNUSED || part->shape == X12I_FIXED || part->shape == X12I_DERIVED)
        return;
    if (part->shape == X12I_COMPOSITE)
        type = gc_type_name(types, NULL, part->composite, NULL);
    if (part->shape == X12I_REPEATED_VALUE)
        type = "x12_text_list";
    if (part->shape == X12I_REPEATED_COMPOSITE)
        type = gc_text("%s_list", gc_type_name(types, NULL, part->composite, NULL));
    char *comment = gc_text("%s, %s", place, usages[part->usage]);
    add_member(out, type, part->name, comment);
    free(comment);
}

static void write_run(x12i_buffer *out, const gc_types *types, const x12i_gparts *parts, const x12i_grun *run, const char *id)
{
    const x12i_gpart *first = &parts->parts[run->first - 1];
    const char *type = "x12_text_list";
    if (!run->bare)
        type = gc_text("%s_list", gc_type_name(types, NULL, parts, run));
    else if (first->composite != NULL)
        type = gc_text("%s_list", gc_type_name(types, NULL, first->composite, NULL));
    char *comment = gc_text("%s%02u to %02u, up to %u", id, run->first, run->first + run->stride * run->maximum - 1, run->maximum);
    add_member(out, type, run->name, comment);
    free(comment);
}

static void write_parts(x12i_buffer *out, const gc_types *types, const x12i_gparts *parts, const char *separator)
{
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        char *place = gc_text("%s%s%02zu", parts->id, separator, i + 1);
        if (part->run == 0)
            write_part(out, types, part, place);
        else if (parts->runs[part->run - 1].first == i + 1)
            write_run(out, types, parts, &parts->runs[part->run - 1], parts->id);
        free(place);
    }
}

static void write_slot(x12i_buffer *out, const gc_types *types, const x12i_gloop *loop, const x12i_gslot *slot)
{
    if (slot->name == NULL) {
        char *member = gc_segment_member(loop, slot);
        gc_add(out, "    const x12_segment *%s; /* %s as it was sent; NULL: not sent, or made by hand */\n", member, slot->id);
        write_parts(out, types, slot->parts, "");
        free(member);
        return;
    }
    const char *type = gc_type_name(types, slot->loop, slot->parts, NULL);
    char *full = gc_text(slot->list ? "%s_list" : "%s *", type);
    char *limit = slot->maximum > 1 ? gc_text(", up to %u", slot->maximum) : gc_text("%s", slot->maximum == 0 ? ", repeated" : "");
    char *comment = gc_text("%s%s, %s%s%s", slot->loop ? "loop " : "", slot->id, usages[slot->usage], limit, slot->other ? "; with a qualifier that the guide does not list" : "");
    add_member(out, full, slot->name, comment);
    free(full);
    free(limit);
    free(comment);
}

static void write_struct(x12i_buffer *out, const gc_types *types, const gc_struct *item)
{
    gc_add(out, "/* ");
    add_words(out, item->base[0] ? item->base : "transaction");
    if (item->loop != NULL)
        gc_add(out, ": loop %s */\ntypedef struct %s {\n    x12_loop loop;\n", item->loop->id, item->name);
    else
        gc_add(out, ": %s */\ntypedef struct %s {\n", item->parts->id, item->name);
    if (item->loop != NULL)
        for (size_t i = 0; i < item->loop->count; i++)
            write_slot(out, types, item->loop, &item->loop->slots[i]);
    if (item->segment)
        gc_add(out, "    const x12_segment *segment; /* as it was sent; NULL: made by hand */\n");
    if (item->parts != NULL && item->run == NULL)
        write_parts(out, types, item->parts, item->segment ? "" : "-");
    for (unsigned i = 0; item->run != NULL && i < item->run->stride; i++) {
        char *place = gc_text("%s%02u, and every %u after", item->parts->id, item->run->first + i, item->run->stride);
        write_part(out, types, &item->parts->parts[item->run->first - 1 + i], place);
        free(place);
    }
    gc_add(out, "} %s;\n\ntypedef struct %s_list {\n    %s *items;\n    size_t count;\n} %s_list;\n\n", item->name, item->name, item->name, item->name);
}

void gc_write_header(x12i_buffer *out, const gc_types *types)
{
    const x12i_gguide *guide = types->guide;
    char *name = gc_text("%s", guide->prefix);
    for (char *c = name; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    gc_add(out, "/* %s: %s. Made by guidec from the guide; see types.h for what the values are and who owns them. */\n", guide->id, guide->title ? guide->title : "");
    gc_add(out, "#ifndef REMEDI_%s_H\n#define REMEDI_%s_H\n\n#include <remedi/types.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n", name, name);
    if (guide->transaction != NULL)
        gc_add(out, "#define X12_%s_GUIDE \"%s\"\n\n", name, guide->id);
    for (size_t i = 0; i < types->count; i++)
        if (types->items[i]->twin == types->items[i])
            write_struct(out, types, types->items[i]);
    gc_add(out, "#ifdef __cplusplus\n}\n#endif\n#endif\n");
    free(name);
}
