/* Breaking what stands in a loop: missing, too often, misplaced, unknown. */
#include "mutation.h"

static bool is_segment(const x12_loop_type *type, unsigned slot)
{
    return type->slots[slot].loop == NULL && !type->slots[slot].other;
}

static bool is_loop(const x12_loop_type *type, unsigned slot)
{
    return type->slots[slot].loop != NULL && !type->slots[slot].other;
}

static bool is_envelope(const x12i_slot *slot)
{
    return strcmp(slot->segment, "ST") == 0 || strcmp(slot->segment, "SE") == 0;
}

static bool is_in(const made *m, uint32_t at, uint32_t loop, const x12i_slot *slot)
{
    return m->segments[at].loop == loop && m->segments[at].slot == slot && m->segments[at].length != 0;
}

/* The first segment of the slot in the loop, and how many there are; NO_LOOP: none. */
static uint32_t first_of(const made *m, uint32_t loop, const x12i_slot *slot, unsigned *count)
{
    uint32_t first = NO_LOOP;
    *count = 0;
    for (uint32_t at = m->loops[loop].first; at < m->loops[loop].end; at++)
        if (is_in(m, at, loop, slot)) {
            first = *count == 0 ? at : first;
            ++*count;
        }
    return first;
}

/* The last loop of the slot's kind in the loop, and how many there are; NO_LOOP: none. */
static uint32_t last_loop_of(const made *m, uint32_t loop, const x12i_slot *slot, unsigned *count)
{
    uint32_t last = NO_LOOP;
    *count = 0;
    for (uint32_t i = loop + 1; i <= m->loops[loop].last; i++)
        if (m->loops[i].parent == loop && m->loops[i].type == slot->loop && m->segments[m->loops[i].first].length != 0) {
            last = i;
            ++*count;
        }
    return last;
}

/* --- missing --- */

static bool is_required_segment(const x12_loop_type *type, unsigned slot)
{
    return slot != 0 && is_segment(type, slot) && type->slots[slot].usage == X12I_REQUIRED && !is_envelope(&type->slots[slot]);
}

static bool remove_segments(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    for (uint32_t at = m->made->loops[loop].first; at < m->made->loops[loop].end; at++)
        if (is_in(m->made, at, loop, slot))
            m->made->segments[at].length = 0;
    expect(m, (expectation){.code = X12_FINDING_SEGMENT_MISSING, .at = m->made->loops[loop].first, .segment = slot->segment});
    return true;
}

static bool is_required_loop(const x12_loop_type *type, unsigned slot)
{
    return is_loop(type, slot) && type->slots[slot].usage == X12I_REQUIRED;
}

/* Levels that follow would be counted wrong. */
static bool remove_loops(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t last = last_loop_of(m->made, loop, slot, &count);
    bool levels = made_find(m->made, "HL", m->made->loops[last].first, m->made->loops[last].end) != NULL;
    if (levels && made_find(m->made, "HL", m->made->loops[last].end, m->made->segment_count) != NULL)
        return false;
    for (uint32_t i = loop + 1; i <= m->made->loops[loop].last; i++)
        if (m->made->loops[i].parent == loop && m->made->loops[i].type == slot->loop)
            made_remove_loop(m->made, i);
    expect(m, (expectation){.code = X12_FINDING_LOOP_MISSING, .at = m->made->loops[loop].first, .segment = slot->segment, .loop = slot->loop->id});
    return true;
}

/* --- too often --- */

enum { MOST_COPIES = 110 };

static bool is_limited_segment(const x12_loop_type *type, unsigned slot)
{
    return slot != 0 && is_segment(type, slot) && type->slots[slot].maximum != 0 && type->slots[slot].maximum < MOST_COPIES && !is_envelope(&type->slots[slot]);
}

static bool repeat_segment(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t first = first_of(m->made, loop, slot, &count);
    if (first == NO_LOOP)
        return false;
    for (unsigned i = count; i <= slot->maximum; i++)
        made_copy(m->made, first, first + 1, first);
    uint32_t extra = first;
    for (unsigned i = 0; i < slot->maximum; i++)
        do
            extra++;
        while (!is_in(m->made, extra, loop, slot));
    expect(m, (expectation){.code = X12_FINDING_TOO_MANY, .at = extra});
    return true;
}

/* The loop for unknown qualifiers takes what is one too many, where there is such a loop. */
static bool goes_elsewhere(const x12_loop_type *type, const x12i_slot *slot)
{
    for (unsigned i = 0; i < type->slot_count && slot->kind == X12I_SLOT_LOOP; i++)
        if (type->slots[i].loop != NULL && type->slots[i].other && strcmp(type->slots[i].segment, slot->segment) == 0)
            return true;
    return false;
}

static bool is_known_elsewhere(const char *segment)
{
    return is_word("NM1 N1 N3 N4 DMG PRV PER REF", segment);
}

static bool is_limited_loop(const x12_loop_type *type, unsigned index)
{
    const x12i_slot *slot = &type->slots[index];
    if (!is_loop(type, index) || slot->maximum == 0 || slot->maximum >= MOST_COPIES || slot->loop->level)
        return false;
    for (unsigned i = 0; i < slot->loop->slot_count && goes_elsewhere(type, slot); i++)
        if (slot->loop->slots[i].usage == X12I_REQUIRED && !is_known_elsewhere(slot->loop->slots[i].segment))
            return false;
    return true;
}

/* Whether the end of the loop lies in one that takes the first segment of a next one for its own. */
static bool swallows(const made *m, uint32_t loop)
{
    uint32_t open = m->segments[m->loops[loop].end - 1].loop;
    for (; open != m->loops[loop].parent; open = m->loops[open].parent)
        for (unsigned i = 0; i < m->loops[open].type->slot_count; i++)
            if (m->loops[open].type->slots[i].other && strcmp(m->loops[open].type->slots[i].segment, m->loops[loop].type->slots[0].segment) == 0)
                return true;
    return false;
}

static bool is_taken_elsewhere(const made *m, uint32_t loop, const x12i_slot *slot)
{
    for (uint32_t at = m->loops[loop].first; at < m->loops[loop].end && goes_elsewhere(m->loops[m->loops[loop].parent].type, slot); at++)
        if (!is_known_elsewhere(m->segments[at].slot->segment))
            return false;
    return true;
}

static bool repeat_loop(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t last = last_loop_of(m->made, loop, slot, &count);
    if (last == NO_LOOP || swallows(m->made, last) || !is_taken_elsewhere(m->made, last, slot))
        return false;
    const made_loop copied = m->made->loops[last];
    for (unsigned i = count; i <= slot->maximum; i++)
        made_copy(m->made, copied.first, copied.end, copied.end);
    expect(m, (expectation){.code = X12_FINDING_TOO_MANY_LOOPS, .at = copied.first + (slot->maximum + 1 - count) * (copied.end - copied.first)});
    return true;
}

/* --- misplaced --- */

/* Whether `next` belongs behind `slot`. Where a loop is handed out in parts, what comes late is missing in front: that is another matter. */
static bool is_behind(const x12_loop_type *type, const x12i_slot *slot, const x12i_slot *next)
{
    bool apart = type->streamed && (slot < &type->slots[type->first_tail]) != (next < &type->slots[type->first_tail]);
    return next->loop == NULL && next->order > slot->order && !is_envelope(next) && !apart;
}

/* What LS opens always follows it, and of MIA and MOA only one comes. */
static bool may_be_misplaced(const x12_loop_type *type, unsigned slot)
{
    if (slot == 0 || !is_segment(type, slot) || is_envelope(&type->slots[slot]) || is_word("LS MIA", type->slots[slot].segment))
        return false;
    for (unsigned i = slot + 1; i < type->slot_count; i++)
        if (is_segment(type, i) && is_behind(type, &type->slots[slot], &type->slots[i]))
            return true;
        else if (type->slots[i].loop != NULL && type->slots[i].usage == X12I_REQUIRED)
            return false;
    return false;
}

/* Behind `at`, the first segment in the loop that belongs behind it; NO_LOOP: a loop comes before. */
static uint32_t next_behind(const made *m, uint32_t at, uint32_t loop, const x12i_slot *slot)
{
    for (at++; at < m->loops[loop].end && m->segments[at].loop == loop; at++)
        if (m->segments[at].length != 0 && is_behind(m->loops[loop].type, slot, m->segments[at].slot))
            return at;
    return NO_LOOP;
}

/* A segment moves behind one that belongs behind it. */
static bool misplace(mutation *m, uint32_t loop, unsigned index)
{
    made_segment *segments = m->made->segments;
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    for (uint32_t at = m->made->loops[loop].first; at < m->made->loops[loop].end; at++) {
        uint32_t next = is_in(m->made, at, loop, slot) ? next_behind(m->made, at, loop, slot) : NO_LOOP;
        if (next == NO_LOOP)
            continue;
        const made_segment moved = segments[at];
        memmove(segments + at, segments + at + 1, (next - at) * sizeof *segments);
        segments[next] = moved;
        expect(m, (expectation){.code = X12_FINDING_SEGMENT_ORDER, .at = next});
        return true;
    }
    return false;
}

static bool opens(const x12_loop_type *type, unsigned slot)
{
    (void)type;
    return slot == 0;
}

static bool insert_unknown(mutation *m, uint32_t loop, unsigned unused)
{
    (void)unused;
    uint32_t first = m->made->loops[loop].first;
    made_copy(m->made, first, first + 1, first + 1);
    made_put(m->made, &m->made->segments[first + 1], "ZZZ*1");
    expect(m, (expectation){.code = X12_FINDING_UNKNOWN_SEGMENT, .at = first + 1, .segment = ""});
    return true;
}

/* --- segments as a whole --- */

static bool has_others(const x12_loop_type *type, unsigned slot)
{
    const x12i_slot *own = &type->slots[slot];
    for (unsigned i = slot + 1; i < type->slot_count && is_segment(type, slot); i++)
        if (type->slots[i].other && type->slots[i].loop == NULL && strcmp(type->slots[i].segment, own->segment) == 0)
            return own->qualifiers != NULL && own->usage != X12I_REQUIRED;
    return false;
}

static bool make_other(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t at = first_of(m->made, loop, slot, &count);
    if (at == NO_LOOP)
        return false;
    made_segment *segment = &m->made->segments[at];
    x12_text old = made_element(m->made, segment, slot->qualifier_part, slot->qualifier_component);
    made_set(m->made, segment, slot->qualifier_part, slot->qualifier_component, old.length == 1 ? "!" : old.length == 2 ? "!!" : "!!!");
    expect(m, (expectation){.code = X12_FINDING_CODE, .at = at, .element = slot->qualifier_part, .component = slot->qualifier_component});
    return true;
}

static bool is_any_segment(const x12_loop_type *type, unsigned slot)
{
    return is_segment(type, slot);
}

static bool add_separator(mutation *m, uint32_t loop, unsigned index)
{
    unsigned count;
    uint32_t at = first_of(m->made, loop, &m->made->loops[loop].type->slots[index], &count);
    if (at == NO_LOOP)
        return false;
    char text[4096];
    made_segment *segment = &m->made->segments[at];
    if (segment->length + 2 > sizeof text)
        return false;
    memcpy(text, m->made->text.data + segment->start, segment->length);
    memcpy(text + segment->length, "*", 2);
    made_put(m->made, segment, text);
    expect(m, (expectation){.code = X12_FINDING_TRAILING_SEPARATOR, .at = at});
    return true;
}

static bool add_element(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t at = first_of(m->made, loop, slot, &count);
    if (at == NO_LOOP)
        return false;
    made_set(m->made, &m->made->segments[at], slot->parts->field_count + 1u, 0, "1");
    expect(m, (expectation){.code = X12_FINDING_TOO_MANY_ELEMENTS, .at = at, .element = slot->parts->field_count + 1u});
    return true;
}

/* Nothing in it is required, nor one of several. */
static bool may_be_empty(const x12_loop_type *type, unsigned slot)
{
    if (!is_segment(type, slot) || (type->slots[slot].parts->rules != NULL && strchr(type->slots[slot].parts->rules, 'R') != NULL))
        return false;
    for (unsigned i = 0; i < type->slots[slot].parts->field_count; i++)
        if (type->slots[slot].parts->fields[i].usage == X12I_REQUIRED)
            return false;
    return true;
}

static bool make_empty(mutation *m, uint32_t loop, unsigned index)
{
    const x12i_slot *slot = &m->made->loops[loop].type->slots[index];
    unsigned count;
    uint32_t at = first_of(m->made, loop, slot, &count);
    if (at == NO_LOOP)
        return false;
    made_put(m->made, &m->made->segments[at], slot->segment);
    expect(m, (expectation){.code = X12_FINDING_EMPTY_SEGMENT, .at = at});
    return true;
}

const slot_kind slot_kinds[] = {
    {"a required segment missing", is_required_segment, remove_segments},
    {"a required loop missing", is_required_loop, remove_loops},
    {"a segment too often", is_limited_segment, repeat_segment},
    {"a loop too often", is_limited_loop, repeat_loop},
    {"a segment misplaced", may_be_misplaced, misplace},
    {"an unknown segment", opens, insert_unknown},
    {"an unknown qualifier", has_others, make_other},
    {"a separator too many", is_any_segment, add_separator},
    {"an element too many", is_any_segment, add_element},
    {"a segment without values", may_be_empty, make_empty},
    {NULL, NULL, NULL},
};
