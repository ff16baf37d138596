/* The parts of segments and composites: fields, runs, conditions, and what decoding needs of them. */
#include "guidec/tables.h"
#include <stdlib.h>

/* The number of this text, the same for the same text; at its first time `next`, and *fresh is set. */
static size_t number_of(gc_tables *t, const char *text, size_t next, bool *fresh)
{
    *fresh = false;
    for (size_t i = 0; i < t->known_count; i++)
        if (strcmp(t->known[i].text, text) == 0)
            return t->known[i].number;
    gc_known_text *known = realloc(t->known, (t->known_count + 1) * sizeof *known);
    if (known == NULL)
        exit(1);
    t->known = known;
    t->known[t->known_count++] = (gc_known_text){gc_text("%s", text), next};
    *fresh = true;
    return next;
}

/* How many bytes `"name":` takes, and where it stands in the pool. */
static size_t place_key(gc_tables *t, const char *name, size_t *place)
{
    char *key = gc_text("    \"\\\"%s\\\":\"\n", name);
    size_t length = strlen(name) + 3;
    bool fresh;
    *place = number_of(t, key, t->key_length, &fresh);
    if (fresh) {
        gc_add(&t->keys, "%s", key);
        t->key_length += length;
    }
    free(key);
    return length;
}

void gc_add_key(gc_tables *t, x12i_buffer *out, const char *name)
{
    size_t place, length = place_key(t, name, &place);
    gc_add(out, "{keys + %zu, %zu}", place, length);
}

void gc_add_string(x12i_buffer *out, const char *text)
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

void gc_add_codes(gc_tables *t, x12i_buffer *out, const x12i_words *codes)
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

bool gc_has_field(const x12i_gpart *part)
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

static const char *const fills[] = {"NONE", "TEXT", "DATE", "TIME", "CONTROL", "ORDINAL", "COUNT", "SAME_CONTROL", "REPETITION", "COMPONENT", "GROUP_CODE", "GUIDE", "LEVEL", "PARENT", "CHILDREN", "PAIRED"};

static void add_field(gc_tables *t, x12i_buffer *out, const x12i_gparts *parts, const x12i_gpart *part, const char *owner)
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
    if (gc_has_field(part) && !(run && run->bare)) {
        char *member = gc_snake(part->name);
        gc_add(out, ", .offset = offsetof(%s, %s), .key = ", run ? gc_type_name(t->types, NULL, parts, run) : owner, member);
        gc_add_key(t, out, part->name);
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
        gc_add(out, ", .parts = &parts_%zu", gc_write_parts(t, part->composite, gc_type_name(t->types, NULL, part->composite, NULL), false));
    if (part->codes.count != 0) {
        gc_add(out, ", .codes = ");
        gc_add_codes(t, out, &part->codes);
    }
    if (part->list != NULL) {
        gc_add(out, ", .code_list = ");
        gc_add_string(out, part->list);
    }
    if (part->element != NULL)
        gc_add(out, ", .data_element = \"%s\"", part->element);
    gc_add(out, "},\n");
}

static void add_run(gc_tables *t, x12i_buffer *out, const x12i_gparts *parts, const x12i_grun *run, const char *owner)
{
    const x12i_gpart *first = &parts->parts[run->first - 1];
    const char *item = !run->bare ? gc_type_name(t->types, NULL, parts, run) : first->composite ? gc_type_name(t->types, NULL, first->composite, NULL) : "x12_text";
    char *member = gc_snake(run->name);
    gc_add(out, "    {.first = %u, .stride = %u, .maximum = %u, .bare = %s, .offset = offsetof(%s, %s), .item_size = sizeof(%s), .name = \"%s\", .key = ", run->first, run->stride,
           run->maximum, run->bare ? "true" : "false", owner, member, item, run->name);
    gc_add_key(t, out, run->name);
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

/* "C0807", "N0204=2": see x12i_condition. Returns what follows it. */
static const char *add_condition(x12i_buffer *out, const char *rule, unsigned long long *conditioned)
{
    char kind = *rule++;
    unsigned first = two_digits(rule);
    unsigned long long parts = 0;
    for (; *rule >= '0' && *rule <= '9'; rule += 2)
        parts |= 1ull << (two_digits(rule) - 1);
    bool led = kind == 'C' || kind == 'L' || kind == 'N' || kind == 'U';
    if (led)
        parts &= ~(1ull << (first - 1));
    unsigned long long asked_by = kind == 'R' || kind == 'U' ? ~0ull : led && kind != 'N' ? 1ull << (first - 1) : parts;
    *conditioned |= asked_by;
    gc_add(out, "{'%c', %u, UINT64_C(0x%llx), UINT64_C(0x%llx), ", kind, first, parts, asked_by);
    size_t length = strcspn(rule, " ");
    if (*rule == '=')
        gc_add(out, "\"%.*s\"}, ", (int)length - 1, rule + 1);
    else
        gc_add(out, "NULL}, ");
    return rule + length;
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
    if (is_plain(part))
        return "DATED";
    if (part->run != 0)
        return "OTHER";
    if (part->shape == X12I_FIXED)
        return "FIXED";
    return part->shape == X12I_UNUSED || part->shape >= X12I_COMPOSITE ? "OPTIONAL" : "OTHER";
}

static void define_intakes(gc_tables *t, x12i_buffer *out, size_t number, const x12i_gparts *parts, const char *owner)
{
    gc_add(out, "static const x12i_intake intakes_%zu[] = {", number);
    for (size_t i = 0; i < parts->count; i++) {
        const x12i_gpart *part = &parts->parts[i];
        const char *kind = intake_of(part);
        if (is_plain(part)) {
            char *member = gc_snake(part->name);
            size_t place, length = place_key(t, part->name, &place);
            gc_add(out, "{offsetof(%s, %s), X12I_INTAKE_%s, X12I_FILL_%s, %zu << 8 | %zu}, ", owner, member, kind, fills[part->fill], place, length);
            free(member);
        } else {
            const char *fixed = part->shape == X12I_FIXED ? part->fill_text : "";
            gc_add(out, "{0, X12I_INTAKE_%s, 0, 0x%x}, ", kind, x12i_pack(fixed, strlen(fixed)));
        }
    }
    gc_add(out, "{0, X12I_INTAKE_OTHER, 0, 0}};\n");
}

static void define_parts(gc_tables *t, x12i_buffer *out, size_t number, const x12i_gparts *parts, const char *owner, const char *facts, const char *fields, const char *runs)
{
    gc_add(out, "static const x12i_field fields_%zu[] = {\n%s};\n", number, fields);
    define_intakes(t, out, number, parts, owner);
    if (parts->run_count != 0)
        gc_add(out, "static const x12i_run runs_%zu[] = {\n%s};\n", number, runs);
    unsigned long long conditioned = 0;
    unsigned conditions = parts->rules ? add_conditions(out, parts->rules, number, &conditioned) : 0;
    gc_add(out, "static const x12i_parts parts_%zu = {%s, .fields = fields_%zu, .keys = keys, .intakes = intakes_%zu", number, facts, number, number);
    if (parts->run_count != 0)
        gc_add(out, ", .runs = runs_%zu", number);
    if (parts->rules != NULL)
        gc_add(out, ", .conditions = conditions_%zu, .condition_count = %u, .conditioned = UINT64_C(0x%llx)", number, conditions, conditioned);
    gc_add(out, "};\n\n");
}

/* Writes the parts, unless the same were written before; returns their number. */
size_t gc_write_parts(gc_tables *t, const x12i_gparts *parts, const char *owner, bool is_inline)
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
        define_parts(t, &t->parts, number, parts, owner, facts.data, fields.data, runs.data);
    }
    free(all);
    x12i_buffer_free(&facts);
    x12i_buffer_free(&fields);
    x12i_buffer_free(&runs);
    return number;
}
