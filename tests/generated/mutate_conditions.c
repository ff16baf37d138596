/* Breaking a relational condition, and nothing else: a part is taken out, or one is put in. */
#include "mutation.h"
#include "relations.h"
#include <string.h>

static x12_text part_at(const mutation *m, const value_place *p, unsigned part)
{
    return made_element(m->made, &m->made->segments[p->segment], p->component ? p->element : part, p->component ? part : 0);
}

static void put(mutation *m, const value_place *p, unsigned part, const char *value)
{
    made_set(m->made, &m->made->segments[p->segment], p->component ? p->element : part, p->component ? part : 0, value);
}

/* Whether the first part is the code that excludes the others. */
static bool is_coded(const mutation *m, const value_place *p, const relation *r)
{
    x12_text text = part_at(m, p, r->parts[0]);
    return text.length == 1 && *text.data == r->code;
}

/* The part of which the finding tells; 0: the condition holds. */
static unsigned offender(const mutation *m, const value_place *p, const relation *r)
{
    unsigned sent = 0, first_missing = 0, first_missing_other = 0, second_sent = 0;
    for (unsigned i = 0; i < r->count; i++) {
        bool here = part_at(m, p, r->parts[i]).length != 0;
        sent += here;
        if (!here && first_missing == 0)
            first_missing = r->parts[i];
        if (!here && i > 0 && first_missing_other == 0)
            first_missing_other = r->parts[i];
        if (here && sent == 2)
            second_sent = r->parts[i];
    }
    bool first = part_at(m, p, r->parts[0]).length != 0;
    switch (r->kind) {
    case 'P':
        return sent != 0 ? first_missing : 0;
    case 'R':
        return sent == 0 ? r->parts[0] : 0;
    case 'E':
        return second_sent;
    case 'C':
        return first ? first_missing_other : 0;
    case 'N':
        return is_coded(m, p, r) ? second_sent : 0;
    case 'U':
        return first ? 0 : first_missing_other;
    default:
        return first && sent == 1 ? r->parts[1] : 0;
    }
}

bool is_asked_for(const mutation *m, const value_place *p)
{
    const char *rules = p->parts->rules;
    relation r;
    while (next_relation(&rules, &r))
        if (r.kind != 'E' && r.kind != 'N' && offender(m, p, &r) == p->part)
            return true;
    return false;
}

static relation relation_at(const x12i_parts *parts, unsigned index)
{
    const char *rules = parts->rules;
    relation r = {0};
    for (unsigned i = 0; i <= index; i++)
        next_relation(&rules, &r);
    return r;
}

static bool is_used(const x12i_parts *parts, unsigned part)
{
    return part <= parts->field_count && parts->fields[part - 1].shape != X12I_UNUSED;
}

/* In a later item of a run the item itself asks for it. */
static bool can_be_left_out(const x12i_parts *parts, unsigned part)
{
    const x12i_field *field = &parts->fields[part - 1];
    const x12i_run *run = field->run ? &parts->runs[field->run - 1] : NULL;
    bool item = run != NULL && run->stride > 1 && parts->fields[run->first - 1 + (part - run->first) % run->stride].usage == X12I_REQUIRED;
    return field->usage != X12I_REQUIRED && field->shape != X12I_FIXED && !item;
}

static bool may_be(const x12i_field *field, char code)
{
    for (unsigned i = 0; field->codes != NULL && i < field->codes->count; i++)
        if (field->codes->items[i][0] == code && field->codes->items[i][1] == '\0')
            return true;
    return false;
}

static bool may_break(const value_place *p)
{
    const relation r = relation_at(p->parts, p->part);
    unsigned used = 0, loose = 0;
    for (unsigned i = 0; i < r.count; i++) {
        used += is_used(p->parts, r.parts[i]);
        loose += is_used(p->parts, r.parts[i]) && can_be_left_out(p->parts, r.parts[i]);
    }
    switch (r.kind) {
    case 'P':
        return used == r.count && loose > 0;
    case 'R':
        return loose == used;
    case 'E':
        return used == r.count && loose > 0;
    case 'N':
        return used == r.count && may_be(&p->parts->fields[r.parts[0] - 1], r.code);
    default:
        return used > 1 && is_used(p->parts, r.parts[0]) && loose >= used - (unsigned)!can_be_left_out(p->parts, r.parts[0]);
    }
}

static void toggle(mutation *m, const value_place *p, const relation *r)
{
    bool put_in = r->kind == 'E' || r->kind == 'N';
    unsigned from = strchr("CLNU", r->kind) != NULL ? 1 : 0, some = from + below(m->chance, r->count - from);
    for (unsigned i = from; i < r->count; i++)
        if (is_used(p->parts, r->parts[i]) && can_be_left_out(p->parts, r->parts[i]) && (i == some || r->kind == 'R' || r->kind == 'L' || put_in))
            if (!put_in || part_at(m, p, r->parts[i]).length == 0)
                put(m, p, r->parts[i], put_in ? "DE" : "");
}

static x12_finding_code code_of(char kind)
{
    return kind == 'N' ? X12_FINDING_CODE_EXCLUDES : kind == 'E' ? X12_FINDING_CONDITION_EXCLUDED : kind == 'U' ? X12_FINDING_NOT_EXCUSED : X12_FINDING_CONDITION_MISSING;
}

/* No other condition may break with it, and the finding must not be that something required is missing. */
static bool break_condition(mutation *m, const value_place *p)
{
    const relation broken = relation_at(p->parts, p->part);
    const char *rules = p->parts->rules;
    relation r;
    toggle(m, p, &broken);
    unsigned part = offender(m, p, &broken);
    if (part == 0 || !is_used(p->parts, part) || !can_be_left_out(p->parts, part))
        return false;
    for (unsigned i = 0; next_relation(&rules, &r); i++)
        if (i != p->part && offender(m, p, &r) != 0 && !(r.kind == 'U' && r.parts[0] == part))
            return false;
    expect(m, (expectation){.code = code_of(broken.kind), .at = p->segment, .element = p->component ? p->element : part, .component = p->component ? part : 0});
    return true;
}

const value_kind condition_kinds[] = {
    {"a condition broken", may_break, break_condition},
    {NULL, NULL, NULL},
};
