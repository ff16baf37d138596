/* What the guides say in prose: which parts go with which others in a level, a loop or a segment. */
#include "generator.h"

static bool is_guide(const generator *g, const char *prefix)
{
    return strncmp(g->made->guide->prefix, prefix, strlen(prefix)) == 0;
}

/* --- hierarchical levels --- */

static bool may_have_children(const x12_loop_type *type)
{
    for (unsigned i = 0; i < type->slot_count; i++)
        if (type->slots[i].loop != NULL && type->slots[i].loop->level && !type->slots[i].other)
            return true;
    return false;
}

/* A subscriber is the patient, or has dependents who are; on a claim he may be both. */
void enter_level(generator *g, const x12_loop_type *type)
{
    bool subscriber = is_string(type->name, "subscriber");
    g->now.settled = false;
    g->now.children = may_have_children(type) && g->out->length < ROOM && one_in(&g->chance, 2);
    g->now.patient = !subscriber || !g->now.children || (is_guide(g, "837") && one_in(&g->chance, 3));
}

/* What a party's loop says of it holds for its level. */
void leave_loop(generator *g, const x12_loop_type *type, situation around)
{
    around.settled |= g->now.settled && !type->level && is_string(type->slots[0].segment, "NM1");
    g->now = around;
}

void note_segment(generator *g, const made_segment *segment)
{
    g->now.settled |= is_string(segment->slot->segment, "AAA") && made_is(g->made, segment, 1, 0, "N");
}

static presence presence_of_level(const generator *g)
{
    return g->now.children && !g->now.settled ? MUST_BE : CANNOT_BE;
}

/* Only an answer on benefits may say nothing. */
static presence presence_of_subject(const generator *g)
{
    if (g->now.settled || !g->now.patient)
        return CANNOT_BE;
    return is_guide(g, "271") ? MAY_BE : MUST_BE;
}

/* --- slots --- */

static const made_segment *own(const generator *g, const char *id)
{
    return made_own(g->made, id, g->loop, NULL);
}

/* One that has come wants this one, and without it this one cannot come. */
static presence together_with(const generator *g, const char *id)
{
    return own(g, id) ? MUST_BE : CANNOT_BE;
}

static presence is_patient(const generator *g, const char *unused)
{
    (void)unused;
    return g->now.patient ? MUST_BE : CANNOT_BE;
}

static presence is_patient_or_may_be(const generator *g, const char *unused)
{
    return is_patient(g, unused) == MUST_BE ? MUST_BE : MAY_BE;
}

static presence for_patient_alone(const generator *g, const char *unused)
{
    return is_patient(g, unused) == MUST_BE ? MAY_BE : CANNOT_BE;
}

static presence unless(const generator *g, const char *id)
{
    return own(g, id) ? CANNOT_BE : MAY_BE;
}

static presence when_missing(const generator *g, const char *id)
{
    return own(g, id) ? MAY_BE : MUST_BE;
}

/* A replaced or voided claim names the one that it is about. */
static presence when_replaced(const generator *g, const char *clm)
{
    const made_segment *claim = own(g, clm);
    return made_is(g->made, claim, 5, 3, "7") || made_is(g->made, claim, 5, 3, "8") ? MUST_BE : MAY_BE;
}

static presence when_inpatient(const generator *g, const char *clm)
{
    return made_is(g->made, own(g, clm), 5, 1, "11") || made_is(g->made, own(g, clm), 5, 1, "12") ? MUST_BE : MAY_BE;
}

static presence when_outpatient(const generator *g, const char *clm)
{
    return made_is(g->made, own(g, clm), 5, 1, "11") ? CANNOT_BE : MUST_BE;
}

/* Without the date that its claim begins on, a line has its own. */
static presence when_claim_has_none(const generator *g, const char *id)
{
    return made_own(g->made, id, g->made->loops[g->loop].parent, NULL) ? MAY_BE : MUST_BE;
}

static presence for_element_errors(const generator *g, const char *ik3)
{
    return made_is(g->made, own(g, ik3), 4, 0, "8") ? MUST_BE : CANNOT_BE;
}

static presence as_adjudicated(const generator *g, const char *unused)
{
    (void)unused;
    return g->now.adjudications ? MUST_BE : CANNOT_BE;
}

static const struct {
    const char *guide, *loop, *slot, *qualifier; /* the slot's segment or loop */
    presence (*rule)(const generator *g, const char *id);
    const char *id;
} rules[] = {
    {"837", "2000B", "PAT", NULL, for_patient_alone, NULL},
    {"837", "2010BA", "N3", NULL, is_patient_or_may_be, NULL},
    {"837", "2010BA", "N4", NULL, is_patient_or_may_be, NULL},
    {"837", "2010BA", "DMG", NULL, is_patient_or_may_be, NULL},
    {"837", "2300", "REF", "F8", when_replaced, "CLM"},
    {"837i", "2300", "DTP", "435", when_inpatient, "CLM"},
    {"837i", "2300", "HI", "ABJ", when_inpatient, "CLM"},
    {"837i", "2300", "HI", "APR", when_outpatient, "CLM"},
    {"837i", "2320", "MOA", NULL, unless, "MIA"},
    {"837", "2400", "2430", NULL, as_adjudicated, NULL},
    {"276", "2000D", "DMG", NULL, is_patient_or_may_be, NULL},
    {"277ca", "2200B", "QTY", "AA", together_with, "QTY*90"},
    {"277ca", "2200B", "AMT", "YY", together_with, "AMT*YU"},
    {"277ca", "2200C", "QTY", "QC", together_with, "QTY*QA"},
    {"277ca", "2200C", "AMT", "YY", together_with, "AMT*YU"},
    {"271", "2110C", "2120C", NULL, together_with, "LS"},
    {"271", "2110C", "LE", NULL, together_with, "LS"},
    {"271", "2110D", "2120D", NULL, together_with, "LS"},
    {"271", "2110D", "LE", NULL, together_with, "LS"},
    {"835", "2100", "MOA", NULL, unless, "MIA"},
    {"835", "2100", "2110", NULL, when_missing, "DTM*232"},
    {"835", "2110", "DTM", "472", when_claim_has_none, "DTM*232"},
    {"835", "2110", "DTM", "150", unless, "DTM*472"},
    {"835", "2110", "DTM", "151", together_with, "DTM*150"},
    {"999", "2100", "2110", NULL, for_element_errors, "IK3"},
};

static bool has_qualifier(const x12i_slot *slot, const char *qualifier)
{
    for (unsigned i = 0; slot->qualifiers != NULL && i < slot->qualifiers->count; i++)
        if (is_string(slot->qualifiers->items[i], qualifier))
            return true;
    return false;
}

/* What is asked, claimed or answered of a patient. */
static bool is_subject(const x12i_slot *slot)
{
    return slot->loop != NULL && (is_string(slot->name, "claims") || is_string(slot->name, "inquiries") || is_string(slot->name, "benefits"));
}

static presence presence_by_rule(const generator *g, const x12_loop_type *type, const x12i_slot *slot)
{
    const char *id = slot->loop ? slot->loop->id : slot->segment;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (is_string(id, rules[i].slot) && is_string(type->id, rules[i].loop) && is_guide(g, rules[i].guide) && (rules[i].qualifier == NULL || has_qualifier(slot, rules[i].qualifier)))
            return rules[i].rule(g, rules[i].id);
    return MAY_BE;
}

presence presence_of_slot(const generator *g, const x12_loop_type *type, const x12i_slot *slot)
{
    if (slot->loop != NULL && slot->loop->level)
        return presence_of_level(g);
    if (g->now.level != 0 && is_subject(slot))
        return presence_of_subject(g);
    if (slot->loop != NULL && is_string(slot->name, "trace") && is_string(g->made->guide->prefix, "277"))
        return g->now.children ? CANNOT_BE : MUST_BE; /* an answer at this level is one for all below */
    if (g->now.settled && (slot->loop != NULL || is_string(slot->segment, "LS")))
        return CANNOT_BE;
    return presence_by_rule(g, type, slot);
}

/* --- parts --- */

static bool is_insured(const generator *g)
{
    const x12_loop_type *type = g->made->loops[g->loop].type;
    return is_string(type->id, "2010BA") || (is_guide(g, "27") && is_string(type->id, "2100C") && is_string(type->name, "insured"));
}

static presence presence_in_name(const generator *g, const parts_so_far *written, const x12i_field *field)
{
    bool first_name = is_element(field, "1036"), of_person = first_name || is_element(field, "1037") || is_element(field, "1039");
    if (of_person && is_text(so_far(g, written, 2), "2"))
        return CANNOT_BE;
    bool billing = is_string(g->made->loops[g->loop].type->id, "2010AA");
    return (is_insured(g) && first_name) || ((is_insured(g) || billing) && (is_element(field, "66") || is_element(field, "67"))) ? MUST_BE : MAY_BE;
}

presence presence_of_part(const generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    const char *segment = written->parts->id;
    if (is_string(segment, "NM1"))
        return presence_in_name(g, written, field);
    if (is_string(segment, "SBR") && part == 2 && is_string(g->made->loops[g->loop].type->id, "2000B"))
        return g->now.patient ? MUST_BE : CANNOT_BE;
    if ((is_string(segment, "N4") && (part == 2 || part == 3)) || (is_string(segment, "CL1") && part == 2))
        return MUST_BE;
    return MAY_BE;
}

const char *value_of_part(const generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    if (is_element(field, "1065") && is_insured(g) && g->now.patient)
        return "1";
    if (is_element(field, "1250") && is_text(so_far(g, written, 1), "314"))
        return "RD8";
    if (is_element(field, "1250") && (is_text(so_far(g, written, 1), "360") || is_text(so_far(g, written, 1), "361")))
        return "D8";
    return NULL;
}
