/* A segment: which of its elements come, so that every condition between them holds, and their values. */
#include "generator.h"
#include "relations.h"

/* --- which parts come --- */

typedef struct plan {
    const x12i_parts *parts;
    bool wanted[MOST_PARTS + 1];
    bool closed[MOST_PARTS + 1]; /* cannot come: not used, or behind the last item of a run */
} plan;

/* Every item of a run but the first may be missing. */
static unsigned parts_in_run(generator *g, const x12i_parts *parts, const x12i_run *run, bool full)
{
    bool required = parts->fields[run->first - 1].usage == X12I_REQUIRED;
    unsigned most = run->maximum < 4 || one_in(&g->chance, 4) ? run->maximum : 4;
    return run->stride * (required || full ? 1 + below(&g->chance, most) : below(&g->chance, most + 1));
}

/* Where an item of a run is, it needs what the first one needs; it begins with a value. */
static bool needs(const x12i_parts *parts, unsigned part)
{
    const x12i_field *field = &parts->fields[part - 1];
    const x12i_run *run = field->run ? &parts->runs[field->run - 1] : NULL;
    unsigned within = run ? (part - run->first) % run->stride : 0;
    return (run != NULL ? within == 0 || parts->fields[run->first - 1 + within].usage == X12I_REQUIRED : field->usage == X12I_REQUIRED) || field->shape == X12I_FIXED;
}

static void plan_part(generator *g, plan *p, unsigned part, unsigned run_end, bool full)
{
    const x12i_field *field = &p->parts->fields[part - 1];
    p->closed[part] = field->shape == X12I_UNUSED || (field->run != 0 && part >= run_end);
    p->wanted[part] = !p->closed[part] && (full || needs(p->parts, part) || one_in(&g->chance, 3));
}

static void plan_parts(generator *g, plan *p, bool full)
{
    unsigned run_end = 0;
    for (unsigned part = 1; part <= p->parts->field_count && part <= MOST_PARTS; part++) {
        const x12i_field *field = &p->parts->fields[part - 1];
        if (field->run && part == p->parts->runs[field->run - 1].first)
            run_end = part + parts_in_run(g, p->parts, &p->parts->runs[field->run - 1], full);
        plan_part(g, p, part, run_end, full);
    }
}

static bool can_drop(const plan *p, unsigned part)
{
    return !needs(p->parts, part) || p->closed[part];
}

/* --- the conditions between them --- */

static bool all_can_come(const plan *p, const unsigned *parts, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (parts[i] > p->parts->field_count || p->closed[parts[i]])
            return false;
    return true;
}

static void want_all(plan *p, const unsigned *parts, unsigned count, bool wanted)
{
    for (unsigned i = 0; i < count; i++)
        if (parts[i] <= p->parts->field_count && (wanted || can_drop(p, parts[i])))
            p->wanted[parts[i]] = wanted;
}

static unsigned how_many(const plan *p, const unsigned *parts, unsigned count)
{
    unsigned found = 0;
    for (unsigned i = 0; i < count; i++)
        found += parts[i] <= p->parts->field_count && p->wanted[parts[i]];
    return found;
}

static void want_one(generator *g, plan *p, const unsigned *parts, unsigned count)
{
    for (unsigned i = 0, from = below(&g->chance, count); i < count; i++)
        if (all_can_come(p, &parts[(from + i) % count], 1)) {
            p->wanted[parts[(from + i) % count]] = true;
            return;
        }
}

static void keep_one(generator *g, plan *p, const unsigned *parts, unsigned count)
{
    for (unsigned i = 0, from = below(&g->chance, count); i < count && how_many(p, parts, count) > 1; i++)
        want_all(p, &parts[(from + i) % count], 1, false);
}

static void obey(generator *g, plan *p, const relation *r)
{
    const unsigned *others = r->parts + 1;
    unsigned count = r->count, here = how_many(p, r->parts, count);
    bool first = how_many(p, r->parts, 1) != 0;
    if (r->kind == 'P' && here != 0 && here != count)
        want_all(p, r->parts, count, all_can_come(p, r->parts, count));
    else if (r->kind == 'R' && here == 0)
        want_one(g, p, r->parts, count);
    else if (r->kind == 'E' && here > 1)
        keep_one(g, p, r->parts, count);
    else if (r->kind == 'C' && first && here != count && all_can_come(p, others, count - 1))
        want_all(p, others, count - 1, true);
    else if (r->kind == 'C' && first && here != count)
        want_all(p, r->parts, 1, false);
    else if (r->kind == 'L' && first && here == 1)
        want_one(g, p, others, count - 1);
    else if (r->kind == 'U' && !first && here != count - 1)
        want_all(p, all_can_come(p, others, count - 1) ? others : r->parts, all_can_come(p, others, count - 1) ? count - 1 : 1, true);
    if (r->kind == 'L' && first && how_many(p, others, count - 1) == 0)
        want_all(p, r->parts, 1, false);
}

/* A period comes with its format, and a qualifier that stands for nothing else with its value. */
static void obey_pairs(generator *g, plan *p)
{
    for (unsigned part = 1; part <= p->parts->field_count && part <= MOST_PARTS; part++) {
        const x12i_field *field = &p->parts->fields[part - 1];
        unsigned other = field->type == X12I_PERIOD ? field->format_part : field->fill == X12I_FILL_PAIRED ? field->pair : 0;
        if (other != 0 && p->parts->fields[other - 1].shape != X12I_FIXED)
            obey(g, p, &(relation){.kind = 'P', .count = 2, .parts = {part, other}});
    }
}

static void obey_all(generator *g, plan *p)
{
    for (unsigned round = 0; round < 3; round++) {
        const char *rules = p->parts->rules;
        relation r;
        obey_pairs(g, p);
        while (next_relation(&rules, &r))
            obey(g, p, &r);
    }
}

static void obey_situation(const generator *g, plan *p, const parts_so_far *written)
{
    for (unsigned part = 1; part <= p->parts->field_count && part <= MOST_PARTS; part++) {
        presence ruled = presence_of_part(g, written, part);
        if (ruled == MUST_BE && !p->closed[part])
            p->wanted[part] = true;
        else if (ruled == CANNOT_BE && can_drop(p, part))
            p->wanted[part] = false, p->closed[part] = true;
    }
}

/* --- writing them --- */

static void add_components(generator *g, const x12i_slot *slot, const x12i_parts *parts);

static void add_repeated(generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    unsigned most = field->maximum_repetitions == 0 || field->maximum_repetitions > 3 ? 3 : field->maximum_repetitions;
    for (unsigned count = 1 + below(&g->chance, most); count > 0; count--) {
        if (field->shape == X12I_REPEATED_VALUE)
            add_value(g, written, part);
        else
            add_components(g, written->slot, field->parts);
        if (count > 1)
            x12i_buffer_add_byte(g->out, '^');
    }
}

static void add_derived(const generator *g, const x12i_field *field)
{
    if (field->fill == X12I_FILL_LEVEL)
        x12i_buffer_add_number(g->out, g->levels);
    else if (field->fill == X12I_FILL_PARENT && g->now.level != 0)
        x12i_buffer_add_number(g->out, g->now.level);
    else if (field->fill == X12I_FILL_COUNT)
        x12i_buffer_add_byte(g->out, '0'); /* counted at the end */
    else if (field->fill == X12I_FILL_SAME_CONTROL)
        x12i_buffer_add_string(g->out, "0001");
}

static unsigned ordinal(const made *m, uint32_t loop)
{
    unsigned count = 0;
    for (uint32_t i = 0; i <= loop; i++)
        count += m->loops[i].type == m->loops[loop].type && m->loops[i].parent == m->loops[loop].parent;
    return count;
}

static void add_part(generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    if (field->shape == X12I_FIXED)
        x12i_buffer_add_string(g->out, field->fill_text);
    else if (field->shape == X12I_DERIVED)
        add_derived(g, field);
    else if (field->fill == X12I_FILL_CONTROL)
        x12i_buffer_add_string(g->out, "0001");
    else if (field->fill == X12I_FILL_ORDINAL)
        x12i_buffer_add_number(g->out, ordinal(g->made, g->loop));
    else if (field->shape == X12I_COMPOSITE)
        add_components(g, written->slot, field->parts);
    else if (field->shape == X12I_VALUE)
        add_value(g, written, part);
    else
        add_repeated(g, written, part);
}

static void add_parts(generator *g, const x12i_slot *slot, const x12i_parts *parts, char separator, bool full)
{
    parts_so_far written = {.slot = slot, .parts = parts};
    plan p = {.parts = parts};
    plan_parts(g, &p, full);
    obey_situation(g, &p, &written);
    obey_all(g, &p);
    for (unsigned part = 1; part <= parts->field_count && part <= MOST_PARTS; part++) {
        if (separator == '*' || part > 1)
            x12i_buffer_add_byte(g->out, separator);
        written.start[part] = g->out->length;
        if (p.wanted[part] && presence_of_part(g, &written, part) != CANNOT_BE)
            add_part(g, &written, part);
        written.end[part] = g->out->length;
    }
}

static void cut_empty_end(x12i_buffer *out, size_t start, char separator)
{
    while (out->length > start && out->data[out->length - 1] == separator)
        out->length--;
}

static void add_components(generator *g, const x12i_slot *slot, const x12i_parts *parts)
{
    size_t start = g->out->length;
    for (unsigned attempt = 0; attempt < 2 && g->out->length == start; attempt++) {
        add_parts(g, slot, parts, ':', attempt == 1);
        cut_empty_end(g->out, start, ':');
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

void add_segment(generator *g, const x12i_slot *slot)
{
    size_t start = g->out->length, after = start + strlen(slot->segment);
    x12i_buffer_add_string(g->out, slot->segment);
    for (unsigned attempt = 0; attempt < 2; attempt++) {
        g->out->length = after;
        add_parts(g, slot, slot->parts, '*', attempt == 1);
        cut_empty_end(g->out, after, '*');
        if (shows(slot->parts, g->out->data + after, g->out->length - after))
            break;
    }
    note_segment(g, made_add(g->made, slot, g->loop, start));
}
