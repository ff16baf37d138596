#include "base/text.h"
#include "check/check.h"

/* 1-based; `parts` is not 0. */
static unsigned first_of(uint64_t parts)
{
    unsigned part = 1;
    while ((parts & 1) == 0) {
        parts >>= 1;
        part++;
    }
    return part;
}

/* The part that is missing, or with kinds E and N the one that is too many; 0: the condition holds. Some part that asks it was sent, where any does. */
static inline unsigned offender(const x12i_condition *condition, uint64_t sent, const x12_text *values)
{
    uint64_t there = sent & condition->parts;
    bool is_first_sent = (sent >> (condition->first - 1) & 1) != 0;
    switch (condition->kind) {
    case 'P':
    case 'C':
        return there != condition->parts ? first_of(condition->parts & ~sent) : 0;
    case 'R':
        return there == 0 ? condition->first : 0;
    case 'L':
        return there == 0 ? first_of(condition->parts) : 0;
    case 'U':
        return !is_first_sent && there != condition->parts ? first_of(condition->parts & ~sent) : 0;
    case 'N':
        return is_first_sent && x12i_is_text(values[condition->first - 1], condition->code) ? first_of(there) : 0;
    default: /* E */
        return (there & (there - 1)) != 0 ? first_of(there & (there - 1)) : 0;
    }
}

static x12_finding_code code_of(const x12i_condition *condition)
{
    switch (condition->kind) {
    case 'E':
        return X12_FINDING_CONDITION_EXCLUDED;
    case 'N':
        return X12_FINDING_CODE_EXCLUDES;
    case 'U':
        return X12_FINDING_NOT_EXCUSED;
    default:
        return X12_FINDING_CONDITION_MISSING;
    }
}

uint64_t x12i_check_conditions(x12_check *check, const x12i_parts *parts, uint64_t sent, const x12_text *values, uint64_t told, bool components)
{
    for (unsigned i = 0; i < parts->condition_count; i++) {
        const x12i_condition *condition = &parts->conditions[i];
        bool asked = (condition->asked_by & sent) != 0 || condition->asked_by == ~UINT64_C(0);
        unsigned part = asked ? offender(condition, condition->kind == 'U' ? sent | told : sent, values) : 0; /* what is wanted excuses, too */
        if (part == 0 || (told >> (part - 1) & 1) != 0)
            continue;
        told |= UINT64_C(1) << (part - 1);
        check->faulty = true;
        x12i_check_at(check, part, components);
        x12i_check_raise_here(check, code_of(condition));
    }
    return told;
}
