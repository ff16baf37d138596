#include "generate.h"
#include <string.h>

enum { ROOM = 20000 /* bytes, after which nothing optional is added */, MOST_PARTS = 64 };

typedef struct generator {
    x12i_buffer *out;
    uint64_t state;
    unsigned segments; /* of the transaction */
    unsigned levels;
    unsigned open_level; /* the number of the level around; 0: none */
} generator;

static uint32_t below(generator *g, uint32_t limit)
{
    g->state ^= g->state << 13;
    g->state ^= g->state >> 7;
    g->state ^= g->state << 17;
    return (uint32_t)((g->state >> 33) % limit);
}

static bool one_in(generator *g, uint32_t chances)
{
    return below(g, chances) == 0;
}

static void seed_with(generator *g, uint64_t seed)
{
    g->state = seed * 0x9E3779B97F4A7C15u + 0x123456789ABCDEFu;
    for (unsigned i = 0; i < 4; i++)
        below(g, 2);
}

static void add_two(x12i_buffer *out, unsigned number)
{
    x12i_buffer_add_byte(out, (char)('0' + number / 10 % 10));
    x12i_buffer_add_byte(out, (char)('0' + number % 10));
}

/* --- values --- */

static void add_date(generator *g, x12i_buffer *out, unsigned digits)
{
    if (digits != 6)
        x12i_buffer_add_string(out, "20");
    add_two(out, below(g, 60));
    add_two(out, 1 + below(g, 12));
    add_two(out, 1 + below(g, 28));
}

static void add_time(generator *g, x12i_buffer *out, unsigned most)
{
    add_two(out, below(g, 24));
    add_two(out, below(g, 60));
    if (most >= 6 && one_in(g, 3))
        add_two(out, below(g, 60));
}

static void add_digits(generator *g, x12i_buffer *out, unsigned count)
{
    for (; count > 0; count--)
        x12i_buffer_add_byte(out, (char)('0' + below(g, 10)));
}

static unsigned length_of(generator *g, const x12i_field *field)
{
    unsigned most = field->maximum_length < field->minimum_length + 12u ? field->maximum_length : field->minimum_length + 12u;
    return field->minimum_length + below(g, most - field->minimum_length + 1);
}

static void add_decimal(generator *g, x12i_buffer *out, const x12i_field *field)
{
    unsigned digits = length_of(g, field);
    if (field->type == X12I_DECIMAL && one_in(g, 8))
        x12i_buffer_add_byte(out, '-');
    if (field->type == X12I_DECIMAL && digits > 2 && one_in(g, 2)) {
        add_digits(g, out, digits - 2);
        x12i_buffer_add_byte(out, '.');
        digits = 2;
    }
    add_digits(g, out, digits);
}

static void add_text(generator *g, x12i_buffer *out, unsigned length)
{
    static const char first[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static const char inner[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz0123456789-.,'/&()\"\\";
    for (unsigned i = 0; i < length; i++) {
        if (i > 0 && one_in(g, 40))
            x12i_buffer_add_string(out, "\xC3\x89"); /* one character beyond ASCII */
        else if (i == 0 || i + 1 == length)
            x12i_buffer_add_byte(out, first[below(g, sizeof first - 1)]);
        else
            x12i_buffer_add_byte(out, inner[below(g, sizeof inner - 1)]);
    }
}

/* A date, range or time as this format is written. */
static void add_period(generator *g, x12i_buffer *out, x12_text format)
{
    bool range = format.length == 3 && memcmp(format.data, "RD8", 3) == 0;
    bool day = format.length == 2 && memcmp(format.data, "D8", 2) == 0;
    bool moment = format.length == 2 && memcmp(format.data, "DT", 2) == 0;
    bool clock = format.length == 2 && memcmp(format.data, "TM", 2) == 0;
    if (range || day || moment)
        add_date(g, out, 8);
    if (range) {
        x12i_buffer_add_byte(out, '-');
        add_date(g, out, 8);
    }
    if (moment || clock)
        add_time(g, out, 4);
    if (!range && !day && !moment && !clock)
        add_text(g, out, 6);
}

static void add_value(generator *g, x12i_buffer *out, const x12i_field *field)
{
    if (field->codes != NULL) {
        x12i_buffer_add_string(out, field->codes->items[below(g, field->codes->count)]);
        return;
    }
    switch ((x12i_value_type)field->type) {
    case X12I_DECIMAL:
    case X12I_INTEGER:
        add_decimal(g, out, field);
        break;
    case X12I_DATE:
        add_date(g, out, field->maximum_length);
        break;
    case X12I_TIME:
        add_time(g, out, field->maximum_length);
        break;
    default:
        add_text(g, out, length_of(g, field));
        break;
    }
}

/* --- parts of a segment --- */

/* The parts as they are made: where each begins and ends in `out`. */
typedef struct made_parts {
    const x12i_parts *parts;
    size_t start[MOST_PARTS], end[MOST_PARTS];
    bool full; /* every optional part is wanted */
} made_parts;

static bool is_wanted(generator *g, const made_parts *made, const x12i_field *field)
{
    return field->usage == X12I_REQUIRED || made->full || one_in(g, 3);
}

static x12_text made_text(const x12i_buffer *out, const made_parts *made, unsigned part)
{
    return (x12_text){out->data + made->start[part - 1], (uint32_t)(made->end[part - 1] - made->start[part - 1])};
}

static void add_components(generator *g, x12i_buffer *out, const x12i_parts *parts);

static void add_repeated(generator *g, x12i_buffer *out, const x12i_field *field)
{
    unsigned most = field->maximum_repetitions == 0 || field->maximum_repetitions > 3 ? 3 : field->maximum_repetitions;
    for (unsigned count = 1 + below(g, most); count > 0; count--) {
        if (field->shape == X12I_REPEATED_VALUE)
            add_value(g, out, field);
        else
            add_components(g, out, field->parts);
        if (count > 1)
            x12i_buffer_add_byte(out, '^');
    }
}

static void add_period_part(generator *g, x12i_buffer *out, const made_parts *made, const x12i_field *field)
{
    x12_text format = made_text(out, made, field->format_part);
    char kept[8] = "";
    if (format.length == 0 || format.length > sizeof kept)
        return;
    memcpy(kept, format.data, format.length); /* `out` may move */
    add_period(g, out, (x12_text){kept, format.length});
}

static void add_derived(const generator *g, x12i_buffer *out, const x12i_field *field)
{
    if (field->fill == X12I_FILL_LEVEL)
        x12i_buffer_add_number(out, g->levels);
    else if (field->fill == X12I_FILL_PARENT && g->open_level != 0)
        x12i_buffer_add_number(out, g->open_level);
    else if (field->fill == X12I_FILL_COUNT)
        x12i_buffer_add_number(out, g->segments + 1);
    else if (field->fill == X12I_FILL_SAME_CONTROL)
        x12i_buffer_add_string(out, "0001");
}

static bool is_format_of_another(const x12i_parts *parts, unsigned part)
{
    for (unsigned i = 0; i < parts->field_count; i++)
        if (parts->fields[i].type == X12I_PERIOD && parts->fields[i].format_part == part && parts->fields[i].shape == X12I_VALUE)
            return true;
    return false;
}

static void add_part(generator *g, x12i_buffer *out, const made_parts *made, unsigned part)
{
    const x12i_field *field = &made->parts->fields[part - 1];
    switch ((x12i_shape)field->shape) {
    case X12I_UNUSED:
        break;
    case X12I_FIXED:
        x12i_buffer_add_string(out, field->fill_text);
        break;
    case X12I_DERIVED:
        add_derived(g, out, field);
        break;
    case X12I_VALUE:
        if (field->type == X12I_PERIOD)
            add_period_part(g, out, made, field); /* it comes with its format */
        else if (field->fill == X12I_FILL_CONTROL)
            x12i_buffer_add_string(out, "0001");
        else if (is_wanted(g, made, field))
            add_value(g, out, field);
        break;
    case X12I_COMPOSITE:
        if (is_wanted(g, made, field))
            add_components(g, out, field->parts);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        if (is_wanted(g, made, field))
            add_repeated(g, out, field);
        break;
    }
}

/* Every item but the first may be missing; those that are there begin with a value. */
static unsigned parts_in_run(generator *g, const made_parts *made, const x12i_run *run)
{
    bool required = made->parts->fields[run->first - 1].usage == X12I_REQUIRED;
    unsigned most = run->maximum < 4 ? run->maximum : 4;
    return run->stride * (required || made->full ? 1 + below(g, most) : below(g, most + 1));
}

static void add_parts(generator *g, x12i_buffer *out, const x12i_parts *parts, char separator, bool full)
{
    made_parts made = {.parts = parts, .full = full};
    unsigned run_end = 0;
    for (unsigned part = 1; part <= parts->field_count && part <= MOST_PARTS; part++) {
        const x12i_field *field = &parts->fields[part - 1];
        if (separator == '*' || part > 1)
            x12i_buffer_add_byte(out, separator);
        made.start[part - 1] = out->length;
        const x12i_run *run = field->run ? &parts->runs[field->run - 1] : NULL;
        if (run != NULL && part == run->first)
            run_end = part + parts_in_run(g, &made, run);
        bool leads = run != NULL && (part - run->first) % run->stride == 0;
        if (run == NULL || part < run_end) {
            made.full = full || leads || is_format_of_another(parts, part) || field->fill == X12I_FILL_PAIRED;
            add_part(g, out, &made, part);
            made.full = full;
        }
        made.end[part - 1] = out->length;
    }
}

static void cut_empty_end(x12i_buffer *out, size_t start, char separator)
{
    while (out->length > start && out->data[out->length - 1] == separator)
        out->length--;
}

static void add_components(generator *g, x12i_buffer *out, const x12i_parts *parts)
{
    size_t start = out->length;
    for (bool full = false; out->length == start; full = true) {
        add_parts(g, out, parts, ':', full);
        cut_empty_end(out, start, ':');
        if (full)
            break;
    }
}

/* Whether an inline slot would show a value of its own. */
static bool shows(const x12i_parts *parts, const char *text, size_t length)
{
    const char *end = text + length;
    for (unsigned i = 0; i < parts->field_count && text < end; i++) {
        const char *value = text + 1, *next = memchr(value, '*', (size_t)(end - value));
        next = next ? next : end;
        if (next > value && parts->fields[i].shape != X12I_FIXED && parts->fields[i].shape != X12I_UNUSED)
            return true;
        text = next;
    }
    return false;
}

static void add_segment(generator *g, const x12i_slot *slot)
{
    x12i_buffer_add_string(g->out, slot->segment);
    size_t start = g->out->length;
    for (unsigned attempt = 0; attempt < 2; attempt++) {
        g->out->length = start;
        add_parts(g, g->out, slot->parts, '*', attempt == 1);
        cut_empty_end(g->out, start, '*');
        if (shows(slot->parts, g->out->data + start, g->out->length - start))
            break;
    }
    x12i_buffer_add_string(g->out, "~\n");
    g->segments++;
}

/* --- loops --- */

static unsigned times(generator *g, const x12i_slot *slot)
{
    unsigned least = slot->usage == X12I_REQUIRED, most = slot->maximum == 0 || slot->maximum > 3 ? 3 : slot->maximum;
    if (slot->other)
        return 0;
    if (g->out->length > ROOM)
        return least;
    bool wanted = one_in(g, slot->loop ? 3 : 5);
    return least || wanted ? 1 + below(g, one_in(g, 3) ? most : 1) : 0;
}

static void add_loop(generator *g, const x12_loop_type *type)
{
    unsigned around = g->open_level;
    if (type->level)
        g->levels++;
    for (unsigned i = 0; i < type->slot_count; i++) {
        const x12i_slot *slot = &type->slots[i];
        for (unsigned count = i == 0 ? 1 : times(g, slot); count > 0; count--) {
            if (slot->loop != NULL)
                add_loop(g, slot->loop);
            else
                add_segment(g, slot);
        }
        if (i == 0 && type->level)
            g->open_level = g->levels;
    }
    g->open_level = around;
}

void make_transaction(x12i_buffer *out, const x12i_guide *guide, uint64_t seed)
{
    generator g = {.out = out};
    seed_with(&g, seed);
    out->length = 0;
    x12i_buffer_add_string(out, "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240131*1015*^*00501*000000007*0*T*:~\nGS*");
    x12i_buffer_add_string(out, guide->group);
    x12i_buffer_add_string(out, "*SENDER*RECEIVER*20240131*1015*7*X*");
    x12i_buffer_add_string(out, guide->id);
    x12i_buffer_add_string(out, "~\n");
    add_loop(&g, guide->loops[0]);
    x12i_buffer_add_string(out, "GE*1*7~\nIEA*1*000000007~\n");
}

/* --- damage --- */

static size_t segment_at(const x12i_buffer *out, size_t at)
{
    while (at > 0 && out->data[at - 1] != '\n')
        at--;
    return at;
}

static size_t segment_end(const x12i_buffer *out, size_t at)
{
    const char *end = memchr(out->data + at, '\n', out->length - at);
    return end ? (size_t)(end - out->data) + 1 : out->length;
}

static void replace(x12i_buffer *out, size_t at, size_t taken, const char *put, size_t length)
{
    if (!x12i_buffer_reserve(out, length))
        return;
    memmove(out->data + at + length, out->data + at + taken, out->length - at - taken);
    memcpy(out->data + at, put, length);
    out->length += length - taken;
}

static void damage(generator *g, x12i_buffer *out)
{
    static const char *const inserted[] = {"*", "**", ":", "^", "~", "~\n", "\n", "\r\n", " ", "ZZZ*1~\n", "REF*ZZ*1~\n", "NM1*ZZ*1*X~\n", "HL*9*8*22*0~\n", "HL*9*8*ZZ~\n", "X", "0", "\xE9", "-"};
    size_t isa = segment_end(out, 0), at = isa + below(g, (uint32_t)(out->length - isa));
    size_t start = segment_at(out, at), end = segment_end(out, at);
    x12i_buffer kept = {0};
    const char *text;
    switch (below(g, 4)) {
    case 0: /* a segment lost */
        replace(out, start, end - start, "", 0);
        break;
    case 1: /* a segment moved, or come twice */
        x12i_buffer_add(&kept, out->data + start, end - start);
        if (one_in(g, 2))
            replace(out, start, end - start, "", 0);
        at = segment_at(out, isa + below(g, (uint32_t)(out->length - isa)));
        replace(out, at < isa ? isa : at, 0, kept.data, kept.length);
        x12i_buffer_free(&kept);
        break;
    case 2: /* something put in */
        text = inserted[below(g, sizeof inserted / sizeof *inserted)];
        replace(out, at, 0, text, strlen(text));
        break;
    default: /* some bytes lost */
        replace(out, at, end - at < 4 ? end - at : 1 + below(g, 4), "", 0);
        break;
    }
}

void make_damaged_transaction(x12i_buffer *out, const x12i_guide *guide, uint64_t seed)
{
    generator g = {.out = out};
    make_transaction(out, guide, seed);
    seed_with(&g, seed ^ 0x5DEECE66Du);
    for (unsigned count = 1 + below(&g, 6); count > 0; count--)
        damage(&g, out);
}
