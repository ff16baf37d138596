/* The tables of a guide: descriptor.h as initializers, with offsetof and sizeof for every number that the machine decides. */
#include "guidec/tables.h"
#include <stdlib.h>

static void add_slot(gc_tables *t, x12i_buffer *out, const x12i_gloop *loop, const x12i_gslot *slot, const char *owner)
{
    static const char *const usages[] = {"NOT_USED", "SITUATIONAL", "REQUIRED"};
    const char *kind = slot->name == NULL ? "INLINE" : slot->loop ? slot->list ? "LOOPS" : "LOOP" : slot->list ? "SEGMENTS" : "SEGMENT";
    char *note = gc_note(loop, slot);
    const x12i_gslot *trigger = slot->loop ? &slot->loop->slots[0] : slot;
    gc_add(out, "    {.kind = X12I_SLOT_%s, .usage = X12I_%s, .order = %u, .maximum = %u, .segment = \"%s\", .note = \"%s\"", kind, usages[slot->usage], slot->order, slot->maximum, trigger->id, note);
    free(note);
    if (slot->other)
        gc_add(out, ", .other = true");
    if (slot->name == NULL) {
        char *member = gc_segment_member(loop, slot);
        gc_add(out, ", .segment_offset = offsetof(%s, %s)", owner, member);
        free(member);
    } else {
        char *member = gc_snake(slot->name);
        gc_add(out, ", .offset = offsetof(%s, %s), .name = \"%s\", .key = ", owner, member, slot->name);
        gc_add_key(t, out, slot->name);
        free(member);
    }
    if (trigger->qualifiers.count != 0) {
        gc_add(out, ", .qualifier_part = %u, .qualifier_component = %u, .qualifiers = ", trigger->qualifier_part, trigger->qualifier_component);
        gc_add_codes(t, out, &trigger->qualifiers);
    }
    if (slot->loop != NULL)
        gc_add(out, ", .loop = &loops[%zu]", slot->loop->index);
    else
        gc_add(out, ", .parts = &parts_%zu", gc_write_parts(t, slot->parts, slot->name ? gc_type_name(t->types, NULL, slot->parts, NULL) : owner, slot->name == NULL));
    gc_add(out, "},\n");
}

/* The first slot behind the last of the records. */
static size_t first_tail(const x12i_gloop *loop)
{
    if (loop->records_at != (size_t)-1)
        return loop->records_at;
    for (size_t i = loop->count; i > 0; i--)
        if (loop->slots[i - 1].loop != NULL && (loop->slots[i - 1].loop->streamed || loop->slots[i - 1].loop->record))
            return i;
    return loop->count;
}

/* The one field of an inline slot, of which the first word says whether it is there; NULL: it has none, or several. */
static char *only_field(const x12i_gparts *parts)
{
    const x12i_gpart *only = NULL;
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        if (!gc_has_field(part))
            continue;
        if (only != NULL || part->shape == X12I_COMPOSITE || part->run != 0)
            return NULL;
        only = part;
    }
    if (only == NULL)
        return NULL;
    char *member = gc_snake(only->name);
    char *place = gc_text("%s%s", member, only->shape == X12I_VALUE ? "" : ".count");
    free(member);
    return place;
}

/* Where it shows whether a slot holds anything. */
static void add_presence(x12i_buffer *out, const x12i_gloop *loop, const x12i_gslot *slot, const char *owner)
{
    char *member = slot->name ? gc_snake(slot->name) : gc_segment_member(loop, slot);
    char *field = slot->name ? gc_text("%s%s", member, slot->list ? ".count" : "") : only_field(slot->parts);
    gc_add(out, " {offsetof(%s, %s), offsetof(%s, %s)},", owner, field ? field : "loop.type", owner, slot->name ? field : member);
    free(field);
    free(member);
}

/* Returns how many there are. */
static size_t write_counted(x12i_buffer *out, const x12i_gloop *loop)
{
    size_t count = 0;
    gc_add(out, "static const uint8_t counted_%zu[] = {", loop->index);
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->loop != NULL || (slot->usage == X12I_REQUIRED && i != 0) || (slot->list && slot->maximum != 0))
            gc_add(out, "%s%zu", count++ ? ", " : "", i);
    }
    gc_add(out, "%s};\n\n", count ? "" : "0");
    return count;
}

static bool is_level(const x12i_gloop *loop)
{
    const x12i_gparts *header = loop->slots[0].parts;
    return header->count != 0 && header->parts[0].fill == X12I_FILL_LEVEL;
}

static void write_rules(x12i_buffer *out, const x12i_gloop *loop)
{
    if (loop->rule_count == 0)
        return;
    gc_add(out, "static const x12i_rule rules_%zu[] = {\n", loop->index);
    for (size_t i = 0; i < loop->rule_count; i++) {
        const x12i_grule *rule = &loop->rules[i];
        gc_add(out, "    {.balance = %s, .code = %u, .unless = {%u, %u}, .each = ", rule->balance ? "true" : "false", rule->code, rule->unless[0], rule->unless[1]);
        gc_add_string(out, rule->each);
        gc_add(out, ", .when = ");
        gc_add_string(out, rule->when);
        gc_add(out, ", .formula = ");
        gc_add_string(out, rule->formula);
        gc_add(out, "},\n");
    }
    gc_add(out, "};\n\n");
}

static void write_loop(gc_tables *t, x12i_buffer *types, const x12i_gloop *loop, const char *symbol)
{
    const char *owner = gc_type_name(t->types, loop, NULL, NULL);
    x12i_buffer slots = {0};
    for (size_t i = 0; i < loop->count; i++)
        add_slot(t, &slots, loop, &loop->slots[i], owner);
    gc_add(&t->loops, "static const x12i_slot slots_%zu[] = {\n%.*s};\n\n", loop->index, (int)slots.length, slots.data);
    free(slots.data);
    gc_add(&t->loops, "static const x12i_presence presence_%zu[] = {", loop->index);
    for (size_t i = 0; i < loop->count; i++)
        add_presence(&t->loops, loop, &loop->slots[i], owner);
    gc_add(&t->loops, "};\n\n");
    gc_add(types, "    {.id = \"%s\", .name = \"%s\", .path = \"%s\", .index = %zu, .size = sizeof(%s), .slot_count = %zu, .first_tail = %zu, .record = %s, .streamed = %s, .level = %s, .closed = %s, .slots = slots_%zu, .presence = presence_%zu, .next = next[%zu], ",
           loop->id, loop->singular, loop->path, loop->index, owner, loop->count, first_tail(loop), loop->record ? "true" : "false", loop->streamed ? "true" : "false", is_level(loop) ? "true" : "false", loop->closed ? "true" : "false", loop->index, loop->index, loop->index);
    gc_add(types, ".counted_count = %zu, .counted = counted_%zu, ", write_counted(&t->loops, loop), loop->index);
    write_rules(&t->loops, loop);
    if (loop->rule_count != 0)
        gc_add(types, ".rules = rules_%zu, .rule_count = %zu, ", loop->index, loop->rule_count);
    if (loop->parent != NULL)
        gc_add(types, ".parent = &loops[%zu], ", loop->parent->index);
    gc_add(types, ".guide = &%s},\n", symbol);
}

static void write_guide(x12i_buffer *out, const x12i_gguide *guide, const char *symbol)
{
    const char *const names[] = {"id", "transaction", "group", "prefix", "purpose", "telltale", "title"};
    const char *const values[] = {guide->id, guide->transaction, guide->group, guide->prefix, guide->purpose, guide->telltale, guide->title};
    gc_add(out, "static const x12_loop_type *const all_loops[] = {");
    for (size_t i = 0; i < guide->loop_count; i++)
        gc_add(out, "%s&loops[%zu]", i ? ", " : "", i);
    gc_add(out, "};\n\nconst x12i_guide %s = {\n", symbol);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gc_add(out, "    .%s = ", names[i]);
        gc_add_string(out, values[i]);
        gc_add(out, ",\n");
    }
    gc_add(out, "    .loop_count = %zu, .loops = all_loops, .symbol_mask = SYMBOL_MASK, .symbols = symbols,\n};\n", guide->loop_count);
}

void gc_write_tables(x12i_buffer *out, const gc_types *types)
{
    const x12i_gguide *guide = types->guide;
    gc_tables t = {.types = types};
    x12i_buffer loop_types = {0};
    bool envelope = strcmp(guide->prefix, "envelope") == 0;
    char *symbol = envelope ? gc_text("x12i_envelope") : gc_text("x12i_guide_%s", guide->prefix);
    for (size_t i = 0; i < guide->loop_count; i++)
        write_loop(&t, &loop_types, guide->loops[i], symbol);
    gc_add(out, "/* Made by guidec from the guide %s. */\n#include \"guide/descriptor.h\"\n#include <remedi/%s.h>\n\n", guide->id, guide->prefix);
    if (!envelope)
        gc_add(out, "extern const x12i_guide %s;\n", symbol);
    gc_add(out, "static const x12_loop_type loops[%zu];\n\n/* The end can be read beyond: keys are copied in pieces of 32 bytes. */\nstatic const char keys[] =\n%.*s", guide->loop_count, (int)t.keys.length, t.keys.data);
    gc_add(out, "    \"                                \";\n\n%.*s\n%.*s%.*s", (int)t.codes.length, t.codes.data ? t.codes.data : "", (int)t.parts.length, t.parts.data, (int)t.loops.length, t.loops.data);
    gc_write_placement(out, guide);
    gc_add(out, "static const x12_loop_type loops[%zu] = {\n%.*s};\n\n", guide->loop_count, (int)loop_types.length, loop_types.data);
    write_guide(out, guide, symbol);
    x12i_buffer_free(&t.keys);
    x12i_buffer_free(&t.codes);
    x12i_buffer_free(&t.parts);
    x12i_buffer_free(&t.loops);
    x12i_buffer_free(&loop_types);
    for (size_t i = 0; i < t.known_count; i++)
        free(t.known[i].text);
    free(t.known);
    free(symbol);
}
