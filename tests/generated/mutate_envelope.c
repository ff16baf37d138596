/* Breaking counts, control numbers, levels and other numbers of the whole. */
#include "amounts.h"
#include "mutation.h"
#include <stdlib.h>

static made_segment *last(const made *m, const char *id)
{
    made_segment *found = NULL;
    for (uint32_t at = 0; at < m->segment_count; at++)
        if (made_find(m, id, at, at + 1) != NULL)
            found = &m->segments[at];
    return found;
}

static uint32_t place_of(const mutation *m, const made_segment *segment)
{
    return (uint32_t)(segment - m->made->segments);
}

/* --- counts and control numbers --- */

static bool miscount(mutation *m, const char *trailer)
{
    made_segment *segment = last(m->made, trailer);
    unsigned long count = strtoul(made_element(m->made, segment, 1, 0).data, NULL, 10);
    set_number(m->made, segment, 1, 0, count + 1 - 2 * (unsigned long)(count > 1 && one_in(m->chance, 2)));
    expect(m, (expectation){.code = X12_FINDING_COUNT_WRONG, .at = place_of(m, segment), .element = 1});
    return true;
}

static bool miscount_segments(mutation *m)
{
    return miscount(m, "SE");
}

static bool miscount_transactions(mutation *m)
{
    return miscount(m, "GE");
}

static bool miscount_groups(mutation *m)
{
    return miscount(m, "IEA");
}

static bool rename_trailer(mutation *m, const char *trailer, const char *number)
{
    made_segment *segment = last(m->made, trailer);
    made_set(m->made, segment, 2, 0, number);
    expect(m, (expectation){.code = X12_FINDING_CONTROL_NUMBER_DIFFERS, .at = place_of(m, segment), .element = 2});
    return true;
}

static bool misname_transaction(mutation *m)
{
    return rename_trailer(m, "SE", "0002");
}

static bool misname_group(mutation *m)
{
    return rename_trailer(m, "GE", "8");
}

static bool misname_interchange(mutation *m)
{
    return rename_trailer(m, "IEA", "000000008");
}

/* Zeros in front are a lesser matter. */
static bool pad_number(mutation *m)
{
    made_segment *segment = last(m->made, "GE");
    made_set(m->made, segment, 2, 0, "07");
    expect(m, (expectation){.code = X12_FINDING_CONTROL_NUMBER_ZEROS, .at = place_of(m, segment), .element = 2});
    return true;
}

/* The transaction comes twice, with the same number. */
static bool repeat_transaction(mutation *m)
{
    made_segment *st = last(m->made, "ST"), *se = last(m->made, "SE");
    uint32_t first = place_of(m, st), end = place_of(m, se) + 1;
    made_copy(m->made, first, end, end);
    made_set(m->made, last(m->made, "GE"), 1, 0, "2");
    expect(m, (expectation){.code = X12_FINDING_CONTROL_NUMBER_TWICE, .at = end, .element = 2});
    return true;
}

static bool repeat_group(mutation *m)
{
    uint32_t first = place_of(m, last(m->made, "GS")), end = place_of(m, last(m->made, "GE")) + 1;
    made_copy(m->made, first, end, end);
    made_set(m->made, last(m->made, "IEA"), 1, 0, "2");
    expect(m, (expectation){.code = X12_FINDING_CONTROL_NUMBER_TWICE, .at = end, .element = 6});
    return true;
}

static bool repeat_interchange(mutation *m)
{
    uint32_t end = m->made->segment_count;
    made_copy(m->made, 0, end, end);
    expect(m, (expectation){.code = X12_FINDING_CONTROL_NUMBER_TWICE, .at = end, .element = 13});
    return true;
}

/* What follows instead is told of, where the trailer should be. */
static bool remove_last(mutation *m, const char *id, x12_finding_code code, const char *next)
{
    uint32_t at = place_of(m, last(m->made, id));
    m->made->segments[at].length = 0;
    expect(m, (expectation){.code = code, .at = *next ? at : NO_LOOP, .segment = next});
    return true;
}

static bool leave_transaction_open(mutation *m)
{
    return remove_last(m, "SE", X12_FINDING_NO_TRANSACTION_END, "GE");
}

static bool leave_group_open(mutation *m)
{
    return remove_last(m, "GE", X12_FINDING_NO_GROUP_END, "IEA");
}

static bool leave_interchange_open(mutation *m)
{
    return remove_last(m, "IEA", X12_FINDING_NO_INTERCHANGE_END, "");
}

/* --- what belongs where --- */

static bool change_group(mutation *m)
{
    made_segment *gs = last(m->made, "GS");
    made_set(m->made, gs, 1, 0, made_is(m->made, gs, 1, 0, "HP") ? "HC" : "HP");
    expect(m, (expectation){.code = X12_FINDING_WRONG_GROUP, .at = place_of(m, last(m->made, "ST")), .element = 1});
    return true;
}

static bool change_version(mutation *m)
{
    made_segment *gs = last(m->made, "GS");
    if (made_element(m->made, last(m->made, "ST"), 3, 0).length == 0)
        return false;
    made_set(m->made, gs, 8, 0, made_is(m->made, gs, 8, 0, "005010X221A1") ? "005010X222A1" : "005010X221A1");
    expect(m, (expectation){.code = X12_FINDING_GUIDE_DIFFERS, .at = place_of(m, last(m->made, "ST")), .element = 3});
    return true;
}

/* --- levels --- */

/* The last one, so that no other names it as parent. */
static bool misnumber_level(mutation *m)
{
    made_segment *hl = last(m->made, "HL");
    if (hl == NULL)
        return false;
    made_set(m->made, hl, 1, 0, "99");
    expect(m, (expectation){.code = X12_FINDING_LEVEL_NUMBER, .at = place_of(m, hl), .element = 1});
    return true;
}

static bool orphan_level(mutation *m)
{
    made_segment *hl = last(m->made, "HL");
    if (hl == NULL || made_element(m->made, hl, 2, 0).length == 0)
        return false;
    made_set(m->made, hl, 2, 0, "99");
    expect(m, (expectation){.code = X12_FINDING_LEVEL_PARENT, .at = place_of(m, hl), .element = 2});
    return true;
}

static bool deny_children(mutation *m)
{
    for (uint32_t at = 0; at < m->made->segment_count; at++) {
        made_segment *hl = made_find(m->made, "HL", at, at + 1);
        if (hl == NULL || hl->slot->parts->fields[3].codes == NULL || hl->slot->parts->fields[3].codes->count != 2 || !one_in(m->chance, 2))
            continue;
        made_set(m->made, hl, 4, 0, made_is(m->made, hl, 4, 0, "0") ? "1" : "0");
        expect(m, (expectation){.code = X12_FINDING_LEVEL_CHILDREN, .at = at, .element = 4});
        return true;
    }
    return false;
}

static const char levels[] = "270 271 276 277 277ca 837i 837p";

/* --- numbers within the transaction --- */

static bool repeat_header_number(mutation *m)
{
    made_segment *first = made_find(m->made, "LX", 0, m->made->segment_count), *second = first ? made_find(m->made, "LX", place_of(m, first) + 1, m->made->segment_count) : NULL;
    if (second == NULL)
        return false;
    set_number(m->made, second, 1, 0, strtoul(made_element(m->made, first, 1, 0).data, NULL, 10));
    expect(m, (expectation){.code = X12_FINDING_HEADER_NUMBER_TWICE, .at = place_of(m, second), .element = 1});
    return true;
}

/* --- what another guide to the same transaction has --- */

static bool insert_unused(mutation *m)
{
    static const struct {
        const char *prefix, *behind, *id, *text;
    } cases[] = {{"277", "STC", "QTY", "QTY*90*1"}, {"837i", "CLM", "CR1", "CR1***A*DH*12"}, {"837p", "CLM", "CL1", "CL1*3*1*01"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_segment *before = made_find(m->made, cases[i].behind, 0, m->made->segment_count);
        if (strcmp(m->made->guide->prefix, cases[i].prefix) != 0 || before == NULL)
            continue;
        uint32_t at = place_of(m, before) + 1;
        made_copy(m->made, at - 1, at, at);
        made_put(m->made, &m->made->segments[at], cases[i].text);
        made_recount(m->made);
        expect(m, (expectation){.code = X12_FINDING_SEGMENT_NOT_USED, .at = at, .segment = cases[i].id});
        return true;
    }
    return false;
}

const whole_kind envelope_kinds[] = {
    {"segments miscounted", NULL, miscount_segments},
    {"transactions miscounted", NULL, miscount_transactions},
    {"groups miscounted", NULL, miscount_groups},
    {"another number ends the transaction", NULL, misname_transaction},
    {"another number ends the group", NULL, misname_group},
    {"another number ends the interchange", NULL, misname_interchange},
    {"zeros in front of a number", NULL, pad_number},
    {"a transaction's number twice", NULL, repeat_transaction},
    {"a group's number twice", NULL, repeat_group},
    {"an interchange's number twice", NULL, repeat_interchange},
    {"no end of the transaction", NULL, leave_transaction_open},
    {"no end of the group", NULL, leave_group_open},
    {"no end of the interchange", NULL, leave_interchange_open},
    {"the wrong group", NULL, change_group},
    {"the group's guide is another", "270 271 276 277 277ca 837i 837p 999", change_version},
    {"a level misnumbered", levels, misnumber_level},
    {"a level without its parent", levels, orphan_level},
    {"a level's children denied", "270 271 276 277 277ca 837i 837p", deny_children},
    {"a segment that another guide to it has", "277 837i 837p", insert_unused},
    {"a header's number twice", "835", repeat_header_number},
    {NULL, NULL, NULL},
};
