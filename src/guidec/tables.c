/* The tables of a guide: descriptor.h as initializers, with offsetof and sizeof for every number that the machine decides. */
#include "guidec/guidec.h"
#include <stdlib.h>

/* A text that was written already, and the number that it got. */
typedef struct known_text {
    char *text;
    size_t number;
} known_text;

typedef struct tables {
    const gc_types *types;
    x12i_buffer keys;   /* the pool of JSON keys, as C text */
    size_t key_length;
    x12i_buffer codes;  /* code lists */
    x12i_buffer parts;  /* fields, runs and parts */
    x12i_buffer loops;  /* slots */
    known_text *known;
    size_t known_count;
    size_t parts_count;
} tables;

/* The number of this text, the same for the same text; at its first time `next`, and *fresh is set. */
static size_t number_of(tables *t, const char *text, size_t next, bool *fresh)
{
    *fresh = false;
    for (size_t i = 0; i < t->known_count; i++)
        if (strcmp(t->known[i].text, text) == 0)
            return t->known[i].number;
    known_text *known = realloc(t->known, (t->known_count + 1) * sizeof *known);
    if (known == NULL)
        exit(1);
    t->known = known;
    t->known[t->known_count++] = (known_text){gc_text("%s", text), next};
    *fresh = true;
    return next;
}

/* `{keys + N, length}` for "name":, with its place in the pool. */
static void add_key(tables *t, x12i_buffer *out, const char *name)
{
    char *key = gc_text("    \"\\\"%s\\\":\"\n", name);
    size_t length = strlen(name) + 3;
    bool fresh;
    gc_add(out, "{keys + %zu, %zu}", number_of(t, key, t->key_length, &fresh), length);
    if (fresh) {
        gc_add(&t->keys, "%s", key);
        t->key_length += length;
    }
    free(key);
}

static void add_string(x12i_buffer *out, const char *text)
{
    if (text == NULL) {
        gc_add(out, "NULL");
        return;
    }
    x12i_buffer_add_byte(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            x12i_buffer_add_byte(out, '\\');
        x12i_buffer_add_byte(out, *text == '\n' ? ' ' : *text);
    }
    x12i_buffer_add_byte(out, '"');
}

/* `words` of x12i_codes: at least half of it is empty. Returns its mask. */
static unsigned add_code_words(x12i_buffer *out, const x12i_words *codes)
{
    unsigned mask = 1;
    while (mask + 1 < 2 * codes->count)
        mask = 2 * mask + 1;
    uint32_t *words = calloc(mask + 1, sizeof *words);
    if (words == NULL)
        exit(1);
    for (size_t i = 0; i < codes->count; i++) {
        uint32_t word = x12i_pack(codes->items[i], strlen(codes->items[i])), at = x12i_code_hash(word);
        while (words[at & mask] != 0)
            at++;
        words[at & mask] = word;
    }
    for (unsigned i = 0; i <= mask; i++)
        gc_add(out, "%s0x%x", i ? ", " : "", words[i]);
    free(words);
    return mask;
}

static void define_codes(x12i_buffer *out, size_t number, const x12i_words *codes, const char *items)
{
    gc_add(out, "static const char *const codes_%zu_items[] = {%s};\nstatic const uint32_t codes_%zu_words[] = {", number, items, number);
    unsigned mask = add_code_words(out, codes);
    gc_add(out, "};\nstatic const x12i_codes codes_%zu = {codes_%zu_items, %zu, %u, codes_%zu_words};\n", number, number, codes->count, mask, number);
}

static void add_codes(tables *t, x12i_buffer *out, const x12i_words *codes)
{
    if (codes->count == 0) {
        gc_add(out, "NULL");
        return;
    }
    x12i_buffer text = {0};
    for (size_t i = 0; i < codes->count; i++)
        gc_add(&text, "%s\"%s\"", i ? ", " : "", codes->items[i]);
    x12i_buffer_add_byte(&text, '\0');
    bool fresh;
    size_t number = number_of(t, text.data, t->known_count, &fresh);
    if (fresh)
        define_codes(&t->codes, number, codes, text.data);
    gc_add(out, "&codes_%zu", number);
    free(text.data);
}

static bool has_field(const x12i_gpart *part)
{
    return part->shape == X12I_VALUE || part->shape >= X12I_COMPOSITE;
}

static bool is_plain(const x12i_gpart *part)
{
    return part->shape == X12I_VALUE && part->run == 0 && !part->padded;
}

static const char *scrutiny_of(const x12i_gpart *part, x12i_value_type type)
{
    bool one = part->shape == X12I_VALUE || (part->shape == X12I_FIXED && part->codes.count != 0);
    if (part->padded || !(one || (part->shape == X12I_REPEATED_VALUE && part->list == NULL)))
        return "CLOSE";
    if (type == X12I_DECIMAL || type == X12I_INTEGER)
        return "DIGITS_ONLY";
    if (type == X12I_DATE)
        return "DATE_ONLY";
    return type > X12I_CODE ? "CLOSE" : part->codes.count != 0 ? "CODE_ONLY" : "LENGTH_ONLY";
}

static size_t write_parts(tables *t, const x12i_gparts *parts, const char *owner, bool is_inline);

static const char *const fills[] = {"NONE", "TEXT", "DATE", "TIME", "CONTROL", "ORDINAL", "COUNT", "SAME_CONTROL", "REPETITION", "COMPONENT", "GROUP_CODE", "GUIDE", "LEVEL", "PARENT", "CHILDREN", "PAIRED"};

static void add_field(tables *t, x12i_buffer *out, const x12i_gparts *parts, const x12i_gpart *part, const char *owner)
{
    static const char *const shapes[] = {"UNUSED", "FIXED", "DERIVED", "VALUE", "COMPOSITE", "REPEATED_VALUE", "REPEATED_COMPOSITE"};
    static const char *const types[] = {"TEXT", "CODE", "DECIMAL", "INTEGER", "DATE", "TIME", "PERIOD"};
    static const char *const usages[] = {"NOT_USED", "SITUATIONAL", "REQUIRED"};
    const x12i_grun *run = part->run ? &parts->runs[part->run - 1] : NULL;
    x12i_value_type type = run && run->bare && part->type == X12I_INTEGER ? X12I_CODE : part->type;
    gc_add(out, "    {.shape = X12I_%s, .type = X12I_%s, .usage = X12I_%s, .maximum_repetitions = %u, .minimum_length = %u, .maximum_length = %u", shapes[part->shape],
           types[type], usages[part->usage], part->repetitions, part->minimum, part->narrowed ? part->narrowed : part->maximum);
    if (part->narrowed != 0 && part->narrowed < part->maximum)
        gc_add(out, ", .widest_length = %u", part->maximum);
    if (run != NULL)
        gc_add(out, ", .run = %u", part->run);
    if (has_field(part) && !(run && run->bare)) {
        char *member = gc_snake(part->name);
        gc_add(out, ", .offset = offsetof(%s, %s), .key = ", run ? gc_type_name(t->types, NULL, parts, run) : owner, member);
        add_key(t, out, part->name);
        gc_add(out, ", .name = \"%s\"", part->name);
        free(member);
    }
    if (part->fill != X12I_FILL_NONE)
        gc_add(out, ", .fill = X12I_FILL_%s", fills[part->fill]);
    if (part->format_part != 0)
        gc_add(out, ", .format_part = %u", part->format_part);
    if (part->pair != 0)
        gc_add(out, ", .pair = %u", part->pair);
    if (part->padded)
        gc_add(out, ", .padded = true");
    if (is_plain(part))
        gc_add(out, ", .plain = true");
    gc_add(out, ", .scrutiny = X12I_%s", scrutiny_of(part, type));
    if (part->fill_text != NULL)
        gc_add(out, ", .fill_text = \"%s\"", part->fill_text);
    if (part->composite != NULL && part->shape >= X12I_COMPOSITE)
        gc_add(out, ", .parts = &parts_%zu", write_parts(t, part->composite, gc_type_name(t->types, NULL, part->composite, NULL), false));
    if (part->codes.count != 0) {
        gc_add(out, ", .codes = ");
        add_codes(t, out, &part->codes);
    }
    if (part->list != NULL) {
        gc_add(out, ", .code_list = ");
        add_string(out, part->list);
    }
    if (part->element != NULL)
        gc_add(out, ", .data_element = \"%s\"", part->element);
    gc_add(out, "},\n");
}

static void add_run(tables *t, x12i_buffer *out, const x12i_gparts *parts, const x12i_grun *run, const char *owner)
{
    const x12i_gpart *first = &parts->parts[run->first - 1];
    const char *item = !run->bare ? gc_type_name(t->types, NULL, parts, run) : first->composite ? gc_type_name(t->types, NULL, first->composite, NULL) : "x12_text";
    char *member = gc_snake(run->name);
    gc_add(out, "    {.first = %u, .stride = %u, .maximum = %u, .bare = %s, .offset = offsetof(%s, %s), .item_size = sizeof(%s), .name = \"%s\", .key = ", run->first, run->stride,
           run->maximum, run->bare ? "true" : "false", owner, member, item, run->name);
    add_key(t, out, run->name);
    gc_add(out, "},\n");
    free(member);
}

static unsigned last_used(const x12i_gparts *parts)
{
    size_t last = parts->count;
    while (last > 0 && parts->parts[last - 1].run == 0 && parts->parts[last - 1].shape != X12I_VALUE && parts->parts[last - 1].shape < X12I_COMPOSITE)
        last--;
    return (unsigned)last;
}

static bool has_periods(const x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->parts[i].type == X12I_PERIOD && parts->parts[i].shape == X12I_VALUE)
            return true;
    return false;
}

static bool has_derived(const x12i_gparts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->parts[i].shape == X12I_DERIVED)
            return true;
    return false;
}

static unsigned last_filled(const x12i_gparts *parts)
{
    size_t last = parts->count;
    for (; last > 0; last--) {
        const x12i_gpart *part = &parts->parts[last - 1];
        if (part->shape == X12I_FIXED || (part->fill != X12I_FILL_NONE && part->fill != X12I_FILL_PAIRED))
            break;
    }
    return (unsigned)last;
}

static unsigned two_digits(const char *text)
{
    return (unsigned)(text[0] - '0') * 10 + (unsigned)(text[1] - '0');
}

/* "C0807": see x12i_condition. Returns what follows it. */
static const char *add_condition(x12i_buffer *out, const char *rule, unsigned long long *conditioned)
{
    char kind = *rule++;
    unsigned first = two_digits(rule);
    unsigned long long parts = 0;
    for (; *rule >= '0' && *rule <= '9'; rule += 2)
        parts |= 1ull << (two_digits(rule) - 1);
    unsigned long long asked_by = kind == 'R' ? ~0ull : kind == 'C' || kind == 'L' ? 1ull << (first - 1) : parts;
    *conditioned |= asked_by;
    if (kind == 'C' || kind == 'L')
        parts &= ~(1ull << (first - 1));
    gc_add(out, "{'%c', %u, UINT64_C(0x%llx), UINT64_C(0x%llx)}, ", kind, first, parts, asked_by);
    return rule;
}

/* Returns how many there are. */
static unsigned add_conditions(x12i_buffer *out, const char *rules, size_t number, unsigned long long *conditioned)
{
    unsigned count = 0;
    gc_add(out, "static const x12i_condition conditions_%zu[] = {", number);
    for (; *rules != '\0'; count++)
        for (rules = add_condition(out, rules, conditioned); *rules == ' ';)
            rules++;
    gc_add(out, "};\n");
    return count;
}

static unsigned long long required_parts(const x12i_gparts *parts)
{
    unsigned long long required = 0;
    for (size_t i = 0; i < parts->count && i < 64; i++)
        if (parts->parts[i].usage == X12I_REQUIRED)
            required |= 1ull << i;
    return required;
}

/* What an x12i_parts says besides its fields, runs and conditions. */
static void add_facts(x12i_buffer *out, const x12i_gparts *parts, const char *owner, bool is_inline)
{
    gc_add(out, ".id = \"%s\", .field_count = %zu, .run_count = %zu, .last_used = %u", parts->id, parts->count, parts->run_count, last_used(parts));
    if (has_periods(parts))
        gc_add(out, ", .has_periods = true");
    if (has_derived(parts))
        gc_add(out, ", .has_derived = true");
    if (last_filled(parts) != 0)
        gc_add(out, ", .last_filled = %u", last_filled(parts));
    if (!is_inline)
        gc_add(out, ", .size = sizeof(%s)", owner);
    if (parts->rules != NULL)
        gc_add(out, ", .rules = \"%s\"", parts->rules);
    if (required_parts(parts) != 0)
        gc_add(out, ", .required = UINT64_C(0x%llx)", required_parts(parts));
}

static const char *intake_of(const x12i_gpart *part)
{
    if (is_plain(part) && part->type <= X12I_CODE)
        return "TEXT";
    if (is_plain(part) && part->type <= X12I_INTEGER)
        return "NUMBER";
    if (part->run != 0)
        return "OTHER";
    if (part->shape == X12I_FIXED)
        return "FIXED";
    return part->shape == X12I_UNUSED || part->shape >= X12I_COMPOSITE ? "OPTIONAL" : "OTHER";
}

static void define_intakes(x12i_buffer *out, size_t number, const x12i_gparts *parts, const char *owner)
{
    gc_add(out, "static const x12i_intake intakes_%zu[] = {", number);
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        const char *kind = intake_of(part);
        if (is_plain(part)) {
            char *member = gc_snake(part->name);
            gc_add(out, "{offsetof(%s, %s), X12I_INTAKE_%s, X12I_FILL_%s}, ", owner, member, kind, fills[part->fill]);
            free(member);
        } else {
            gc_add(out, "{0, X12I_INTAKE_%s, 0}, ", kind);
        }
    }
    gc_add(out, "{0, X12I_INTAKE_OTHER, 0}};\n");
}

static void define_parts(x12i_buffer *out, size_t number, const x12i_gparts *parts, const char *owner, const char *facts, const char *fields, const char *runs)
{
    gc_add(out, "static const x12i_field fields_%zu[] = {\n%s};\n", number, fields);
    define_intakes(out, number, parts, owner);
    if (parts->run_count != 0)
        gc_add(out, "static const x12i_run runs_%zu[] = {\n%s};\n", number, runs);
    unsigned long long conditioned = 0;
    unsigned conditions = parts->rules ? add_conditions(out, parts->rules, number, &conditioned) : 0;
    gc_add(out, "static const x12i_parts parts_%zu = {%s, .fields = fields_%zu, .intakes = intakes_%zu", number, facts, number, number);
    if (parts->run_count != 0)
        gc_add(out, ", .runs = runs_%zu", number);
    if (parts->rules != NULL)
        gc_add(out, ", .conditions = conditions_%zu, .condition_count = %u, .conditioned = UINT64_C(0x%llx)", number, conditions, conditioned);
    gc_add(out, "};\n\n");
}

/* Writes the parts, unless the same were written before; returns their number. */
static size_t write_parts(tables *t, const x12i_gparts *parts, const char *owner, bool is_inline)
{
    x12i_buffer facts = {0}, fields = {0}, runs = {0};
    add_facts(&facts, parts, owner, is_inline);
    x12i_buffer_add_byte(&facts, '\0');
    for (size_t i = 0; i < parts->count; i++)
        add_field(t, &fields, parts, &parts->parts[i], owner);
    x12i_buffer_add_byte(&fields, '\0');
    for (size_t i = 0; i < parts->run_count; i++)
        add_run(t, &runs, parts, &parts->runs[i], owner);
    x12i_buffer_add_byte(&runs, '\0');
    char *all = gc_text("%s\n%s\n%s", facts.data, fields.data, runs.data);
    bool fresh;
    size_t number = number_of(t, all, t->parts_count, &fresh);
    if (fresh) {
        t->parts_count++;
        define_parts(&t->parts, number, parts, owner, facts.data, fields.data, runs.data);
    }
    free(all);
    x12i_buffer_free(&facts);
    x12i_buffer_free(&fields);
    x12i_buffer_free(&runs);
    return number;
}

static void add_slot(tables *t, x12i_buffer *out, const x12i_gloop *loop, const x12i_gslot *slot, const char *owner)
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
        add_key(t, out, slot->name);
        free(member);
    }
    if (trigger->qualifiers.count != 0) {
        gc_add(out, ", .qualifier_part = %u, .qualifier_component = %u, .qualifiers = ", trigger->qualifier_part, trigger->qualifier_component);
        add_codes(t, out, &trigger->qualifiers);
    }
    if (slot->loop != NULL)
        gc_add(out, ", .loop = &loops[%zu]", slot->loop->index);
    else
        gc_add(out, ", .parts = &parts_%zu", write_parts(t, slot->parts, slot->name ? gc_type_name(t->types, NULL, slot->parts, NULL) : owner, slot->name == NULL));
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
        if (!has_field(part))
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
        add_string(out, rule->each);
        gc_add(out, ", .when = ");
        add_string(out, rule->when);
        gc_add(out, ", .formula = ");
        add_string(out, rule->formula);
        gc_add(out, "},\n");
    }
    gc_add(out, "};\n\n");
}

static void write_loop(tables *t, x12i_buffer *types, const x12i_gloop *loop, const char *symbol)
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
        add_string(out, values[i]);
        gc_add(out, ",\n");
    }
    gc_add(out, "    .loop_count = %zu, .loops = all_loops, .symbol_mask = SYMBOL_MASK, .symbols = symbols,\n};\n", guide->loop_count);
}

void gc_write_tables(x12i_buffer *out, const gc_types *types)
{
    const x12i_gguide *guide = types->guide;
    tables t = {.types = types};
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
