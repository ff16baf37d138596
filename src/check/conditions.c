#include "check/check.h"

/* One relational condition, "P0304": its kind and the parts that it speaks of. */
typedef struct condition {
    char kind;
    uint8_t parts[16];
    unsigned count;
} condition;

static const char *read_condition(const char *rules, condition *read)
{
    *read = (condition){.kind = *rules++};
    while (rules[0] >= '0' && rules[0] <= '9' && read->count < sizeof read->parts) {
        read->parts[read->count++] = (uint8_t)((rules[0] - '0') * 10 + (rules[1] - '0'));
        rules += 2;
    }
    while (*rules == ' ')
        rules++;
    return rules;
}

static bool is_sent(uint64_t sent, unsigned part)
{
    return (sent >> (part - 1) & 1) != 0;
}

static unsigned count_sent(const condition *rule, unsigned from, uint64_t sent)
{
    unsigned count = 0;
    for (unsigned i = from; i < rule->count; i++)
        count += is_sent(sent, rule->parts[i]);
    return count;
}

/* The first part from `from` on that was sent, or was not; 0: there is none. */
static unsigned first_part(const condition *rule, unsigned from, uint64_t sent, bool wanted)
{
    for (unsigned i = from; i < rule->count; i++)
        if (is_sent(sent, rule->parts[i]) == wanted)
            return rule->parts[i];
    return 0;
}

/* The part that is missing, or with kind E the one that is too many; 0: the condition holds. */
static unsigned offender(const condition *rule, uint64_t sent)
{
    switch (rule->kind) {
    case 'P': /* all or none */
        return count_sent(rule, 0, sent) != 0 ? first_part(rule, 0, sent, false) : 0;
    case 'R': /* at least one */
        return count_sent(rule, 0, sent) == 0 ? rule->parts[0] : 0;
    case 'C': /* the first wants all others */
        return is_sent(sent, rule->parts[0]) ? first_part(rule, 1, sent, false) : 0;
    case 'L': /* the first wants at least one of the others */
        return is_sent(sent, rule->parts[0]) && count_sent(rule, 1, sent) == 0 ? rule->parts[1] : 0;
    case 'E': { /* at most one */
        unsigned first = first_part(rule, 0, sent, true);
        return count_sent(rule, 0, sent) > 1 ? first_part(rule, 0, sent & ~(UINT64_C(1) << (first - 1)), true) : 0;
    }
    default:
        return 0;
    }
}

void x12i_check_conditions(x12_check *check, const x12i_parts *parts, uint64_t sent, const x12_position *where, bool components)
{
    uint64_t told = 0;
    condition rule;
    for (const char *rules = parts->rules; *rules != '\0';) {
        rules = read_condition(rules, &rule);
        unsigned part = offender(&rule, sent);
        if (part == 0 || part > parts->field_count || is_sent(told, part))
            continue;
        const x12i_field *field = &parts->fields[part - 1];
        if (field->usage == X12I_REQUIRED && rule.kind != 'E')
            continue; /* told already */
        told |= UINT64_C(1) << (part - 1);
        x12_position position = *where;
        *(components ? &position.component : &position.element) = (uint8_t)part;
        position.data_element = field->data_element;
        x12i_check_raise(check, rule.kind == 'E' ? X12_FINDING_CONDITION_EXCLUDED : X12_FINDING_CONDITION_MISSING, &position);
    }
}
