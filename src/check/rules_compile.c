#include "check/rules.h"
#include <remedi/finding.h>
#include <string.h>

static x12_text text_of(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

static bool compile(x12_arena *arena, x12i_compiled_rule *made, x12i_formula_error *error)
{
    x12i_formula_subject subject = {.arena = arena, .loop = made->loop};
    const x12i_rule *rule = made->rule;
    if (rule->each != NULL && (made->each = x12i_path_compile(&subject, text_of(rule->each), error)) == NULL)
        return false;
    subject.each = made->each;
    if (rule->when != NULL && (made->when = x12i_formula_compile(&subject, text_of(rule->when), error)) == NULL)
        return false;
    if ((made->formula = x12i_formula_compile(&subject, text_of(rule->formula), error)) == NULL)
        return false;
    if (!x12i_formula_gathers(made->formula))
        return true;
    made->gathered = x12i_gathered_new(made->formula, arena);
    error->memory = made->gathered == NULL;
    return made->gathered != NULL;
}

static bool is_wanted(const x12i_rule *rule, unsigned level)
{
    return level == 0 || x12_finding_type_of((x12_finding_code)rule->code)->level <= level;
}

static unsigned count_rules(const x12i_guide *guide)
{
    unsigned count = 0;
    for (unsigned i = 0; i < guide->loop_count; i++)
        count += guide->loops[i]->rule_count;
    return count;
}

x12i_guide_rules *x12i_guide_rules_compile(x12_arena *arena, const x12i_guide *guide, unsigned level, x12i_formula_error *error)
{
    x12i_guide_rules *made = x12_arena_allocate(arena, sizeof *made);
    *error = (x12i_formula_error){.memory = true};
    if (made == NULL || (made->rules = x12_arena_allocate(arena, (count_rules(guide) + 1) * sizeof *made->rules)) == NULL ||
        (made->first = x12_arena_allocate(arena, (guide->loop_count + 1u) * sizeof *made->first)) == NULL)
        return NULL;
    made->guide = guide;
    for (unsigned i = 0; i < guide->loop_count; i++) {
        const x12_loop_type *loop = guide->loops[i];
        for (unsigned j = 0; j < loop->rule_count; j++) {
            x12i_compiled_rule *rule = &made->rules[made->count];
            if (!is_wanted(&loop->rules[j], level))
                continue;
            rule->rule = &loop->rules[j];
            rule->loop = loop;
            if (!compile(arena, rule, error))
                return NULL;
            if (rule->gathered != NULL) {
                rule->next = made->gathering;
                made->gathering = rule;
            }
            made->count++;
        }
        made->first[i + 1] = made->count;
    }
    return made;
}

const x12i_compiled_rule *x12i_rules_of(const x12i_guide_rules *rules, const x12_loop_type *type, unsigned *count)
{
    const unsigned *first = &rules->first[type->index];
    *count = first[1] - first[0];
    return &rules->rules[first[0]];
}
