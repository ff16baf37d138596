/* Breaking what several segments say together: each balance by a cent, and rules that the guides declare. */
#include "amounts.h"
#include "mutation.h"

static const char CENT[] = "+0.01", NOTHING[] = "", AGAIN[] = "as before"; /* what the segment before it of the same kind says */

const rule_kind rule_kinds[] = {
    {"a line's payment off by a cent", "835", "2110", "SVC", 3, 0, CENT, NULL, X12_FINDING_REMITTANCE_LINE, {NULL, 0, 0, NULL}},
    {"a line's charge off by a cent", "835", "2110", "SVC", 2, 0, CENT, NULL, X12_FINDING_REMITTANCE_LINE, {"SVC", 3, 0, NULL}},
    {"a line's adjustment off by a cent", "835", "2110", "CAS", 3, 0, CENT, NULL, X12_FINDING_REMITTANCE_LINE, {"SVC", 3, 0, NULL}},
    {"a claim's payment off by a cent", "835", "2100", "CLP", 4, 0, CENT, NULL, X12_FINDING_REMITTANCE_CLAIM, {NULL, 0, 0, NULL}},
    {"a claim's charge off by a cent", "835", "2100", "CLP", 3, 0, CENT, NULL, X12_FINDING_REMITTANCE_CLAIM, {"CLP", 4, 0, NULL}},
    {"a claim's adjustment off by a cent", "835", "2100", "CAS", 3, 0, CENT, NULL, X12_FINDING_REMITTANCE_CLAIM, {"CLP", 4, 0, NULL}},
    {"a payment off by a cent", "835", "ST", "BPR", 2, 0, CENT, NULL, X12_FINDING_REMITTANCE_PAYMENT, {NULL, 0, 0, NULL}},
    {"a provider adjustment off by a cent", "835", "ST", "PLB", 4, 0, CENT, NULL, X12_FINDING_REMITTANCE_PAYMENT, {"BPR", 2, 0, NULL}},
    {"an adjustment of nothing", "835 837i 837p", "2320 2110", "CAS", 3, 0, "0", NULL, X12_FINDING_ADJUSTMENT_OF_NOTHING, {NULL, 0, 0, NULL}},
    {"a claim's charge off by a cent", "837i 837p", "2300", "CLM", 2, 0, CENT, NULL, X12_FINDING_CLAIM_CHARGES, {NULL, 0, 0, NULL}},
    {"what a payer paid on a line off by a cent", "837i 837p", "2430", "SVD", 2, 0, CENT, NULL, X12_FINDING_LINE_ADJUDICATION, {NULL, 0, 0, NULL}},
    {"what a payer adjusted on a line off by a cent", "837i 837p", "2430", "CAS", 3, 0, CENT, NULL, X12_FINDING_LINE_ADJUDICATION, {"SVD", 2, 0, NULL}},
    {"what a payer paid of a claim off by a cent", "837i 837p", "2320", "AMT*D", 2, 0, CENT, NULL, X12_FINDING_PAYER_BALANCE, {NULL, 0, 0, NULL}},
    {"a payer who is none of the claim's", "837i 837p", "2430", "SVD", 1, 0, "NOBODY", NULL, X12_FINDING_ADJUDICATION_PAYER, {NULL, 0, 0, NULL}},
    {"a line misnumbered", "837i 837p", "2400", "LX", 1, 0, "77", NULL, X12_FINDING_LINE_NUMBER, {NULL, 0, 0, NULL}},
    {"a pointer to no diagnosis", "837p", "2400", "SV1", 7, 1, "12", NULL, X12_FINDING_POINTER_TO_NOTHING, {NULL, 0, 0, NULL}},
    {"equipment of another procedure", "837p", "2400", "SV5", 1, 2, "E9999", NULL, X12_FINDING_EQUIPMENT_PROCEDURE, {NULL, 0, 0, NULL}},
    {"a replacement of no claim", "837i 837p", "2300", "CLM", 5, 3, "8", "-REF*F8", X12_FINDING_REPLACED_CLAIM, {"CLM", 0, 0, "REF"}},
    {"a total off by a cent", "277ca", "2200B", "STC", 4, 0, CENT, "AMT*YU", X12_FINDING_ACKNOWLEDGED_TOTAL, {NULL, 0, 0, NULL}},
    {"what was taken in off by a cent", "277ca", "2200B", "AMT*YU", 2, 0, CENT, NULL, X12_FINDING_ACKNOWLEDGED_TOTAL, {"STC", 4, 0, NULL}},
    {"the end of related entities missing", "271", "2110C", "LE", 0, 0, NOTHING, NULL, X12_FINDING_LOOP_BRACKETS, {"EB", 0, 0, "LE"}},
    {"a kind of reference twice", "271", "2100B 2100C 2110C 2100D 2110D", "REF", 1, 0, AGAIN, NULL, X12_FINDING_REFERENCE_TWICE, {NULL, 0, 0, NULL}},
    {"a social security number with dashes", "837i 837p", "2010BA 2010CA 2330A", "REF*SY", 2, 0, "123-45-6789", NULL, X12_FINDING_SOCIAL_SECURITY_NUMBER, {NULL, 0, 0, NULL}},
    {"a tax id with a dash", "837i 837p", "2010AA 2010AC", "REF*EI", 2, 0, "12-3456789", NULL, X12_FINDING_SOCIAL_SECURITY_NUMBER, {NULL, 0, 0, NULL}},
    {"another outcome of the group", "999", "ST", "AK9", 1, 0, "P", NULL, X12_FINDING_GROUP_OUTCOME, {NULL, 0, 0, NULL}},
    {"more accepted than received", "999", "ST", "AK9", 4, 0, "999999", NULL, X12_FINDING_ACCEPTED_COUNT, {NULL, 0, 0, NULL}},
    {"errors in what was accepted", "999", "2000", "IK5", 1, 0, "A", "IK3", X12_FINDING_ACCEPTED_WITH_ERRORS, {NULL, 0, 0, NULL}},
    {NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, 0, {NULL, 0, 0, NULL}},
};

static bool has_beside(const made *m, const rule_kind *kind, uint32_t loop)
{
    if (kind->beside == NULL)
        return true;
    bool without = kind->beside[0] == '-';
    for (uint32_t at = m->loops[loop].first; at < m->loops[loop].end; at++)
        if (made_find(m, kind->beside + without, at, at + 1) != NULL)
            return !without;
    return without;
}

/* What the first one says. */
static void set_again(made *m, made_segment *segment, const rule_kind *kind)
{
    char said[8] = "";
    x12_text text = made_element(m, made_own(m, kind->segment, segment->loop, NULL), kind->element, kind->component);
    memcpy(said, text.data, text.length < sizeof said ? text.length : 0);
    made_set(m, segment, kind->element, kind->component, said);
}

static void spoil(made *m, made_segment *segment, const rule_kind *kind)
{
    if (kind->element == 0)
        segment->length = 0;
    else if (kind->value == AGAIN)
        set_again(m, segment, kind);
    else if (kind->value == CENT)
        set_amount(m, segment, kind->element, amount_in(m, segment, kind->element) + 1);
    else
        made_set(m, segment, kind->element, kind->component, kind->value);
}

static bool spoil_in(mutation *m, const rule_kind *kind, uint32_t loop)
{
    made_segment *segment = made_own(m->made, kind->segment, loop, NULL);
    if (segment != NULL && kind->value == AGAIN)
        segment = made_own(m->made, kind->segment, loop, segment);
    if (segment == NULL || !has_beside(m->made, kind, loop) ||
        (kind->element != 0 && (made_element(m->made, segment, kind->element, kind->component).length == 0 || made_is(m->made, segment, kind->element, kind->component, kind->value))))
        return false;
    const made_segment *told = kind->found.segment ? made_own(m->made, kind->found.segment, loop, NULL) : segment;
    unsigned element = kind->found.segment ? kind->found.element : kind->element, component = kind->found.segment ? kind->found.component : kind->component;
    spoil(m->made, segment, kind);
    expect(m, (expectation){.code = kind->code, .at = (uint32_t)(told - m->made->segments), .segment = kind->found.missing, .element = element, .component = component});
    return true;
}

bool break_rule(mutation *m, const rule_kind *kind)
{
    uint32_t count = m->made->loop_count, from = below(m->chance, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t loop = (from + i) % count;
        if (is_word(kind->loops, m->made->loops[loop].type->id) && m->made->segments[m->made->loops[loop].first].length != 0 && spoil_in(m, kind, loop))
            return true;
    }
    return false;
}
