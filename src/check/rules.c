#include "check/rules.h"
#include "check/check.h"

/* What one rule is run on. */
typedef struct run {
    x12_check *check;
    const x12i_compiled_rule *rule;
} run;

static x12_position position_at(const x12i_place *place)
{
    const x12i_slot *slot = place->slot;
    if (place->absent && slot != NULL)
        return x12i_check_missing(place->segment, place->loop, slot);
    x12_position position = x12i_check_position(place->segment, place->loop, slot ? slot->segment : place->loop->slots[0].segment);
    if (place->absent)
        return position;
    position.element = place->element;
    position.component = place->component;
    position.repetition = place->repetition;
    if (slot != NULL && slot->parts != NULL)
        position.data_element = x12i_data_element(slot->parts, place->element, place->component);
    return position;
}

/* Of a value, that is where it stands; of anything else, what the formula asks for. */
static x12i_place place_of(const run *at, const x12i_scope *scope)
{
    return x12i_is_value(scope) ? x12i_place_of(scope) : x12i_formula_fault(&at->check->evaluation, at->rule->formula, scope, at->rule->gathered);
}

/* What the rule's condition names first, where that was sent and is not what the finding is about. A balance depends on more. */
static bool find_trigger(const run *at, const x12i_scope *scope, const x12i_place *about, x12_position *trigger)
{
    if (at->rule->when == NULL || at->rule->rule->balance)
        return false;
    const x12i_place place = x12i_formula_place(&at->check->evaluation, at->rule->when, scope);
    bool same = place.segment == about->segment && place.element == about->element && place.component == about->component && !about->absent;
    *trigger = position_at(&place);
    return place.segment != NULL && !place.absent && !same;
}

static void tell(const run *at, x12_finding_code code, const x12i_scope *scope)
{
    x12_check *check = at->check;
    check->told_at[at->rule->rule->code - X12I_FIRST_RULE] = ++check->told;
    x12_decimal difference;
    x12i_place place = place_of(at, scope);
    x12_position position = position_at(&place), trigger;
    bool told = check->options.differences && code != X12_FINDING_NOT_EVALUABLE &&
                x12i_formula_difference(&check->evaluation, at->rule->formula, scope, at->rule->gathered, &difference);
    check->difference = told ? &difference : NULL;
    check->trigger = find_trigger(at, scope, &place, &trigger) ? &trigger : NULL;
    x12i_check_raise(check, code, &position);
    check->difference = NULL;
    check->trigger = NULL;
}

static bool applies(const run *at, const x12i_scope *scope)
{
    x12i_truth told = at->rule->when ? x12i_formula_ask(&at->check->evaluation, at->rule->when, scope, NULL) : X12I_HOLDS;
    return told == X12I_UNTOLD ? at->rule->rule->balance : told == X12I_HOLDS; /* what cannot be told, the balance cannot tell either */
}

static bool run_on(void *context, const x12i_scope *scope)
{
    const run *at = context;
    if (!applies(at, scope))
        return true;
    x12i_truth told = x12i_formula_ask(&at->check->evaluation, at->rule->formula, scope, at->rule->gathered);
    if (told == X12I_UNTOLD && at->rule->rule->balance)
        tell(at, X12_FINDING_NOT_EVALUABLE, scope);
    else if (told == X12I_FAILS)
        tell(at, (x12_finding_code)at->rule->rule->code, scope);
    return true;
}

/* Whether a finding that makes the rule needless was told since. */
static bool is_needless(const x12_check *check, const x12i_rule *rule, uint32_t told_before)
{
    for (unsigned i = 0; i < 2 && rule->unless[i] != 0; i++)
        if (check->told_at[rule->unless[i] - X12I_FIRST_RULE] > told_before)
            return true;
    return false;
}

void x12i_check_rules(x12_check *check, const x12_loop *loop, uint32_t told_before)
{
    unsigned count;
    if (check->rules == NULL || check->rules->guide != loop->type->guide || check->borrowed || loop->continued)
        return;
    const x12i_compiled_rule *rules = x12i_rules_of(check->rules, loop->type, &count);
    for (unsigned i = 0; i < count; i++) {
        run at = {check, &rules[i]};
        const x12i_scope scope = x12i_scope_of(loop);
        if (is_needless(check, rules[i].rule, told_before))
            continue;
        if (rules[i].each != NULL)
            x12i_path_each(&check->evaluation, rules[i].each, loop, &at, run_on);
        else
            run_on(&at, &scope);
    }
    if (check->evaluation.failed)
        check->status = X12_ERROR_MEMORY;
}

/* The rules of the guide that begins: compiled when it is met for the first time. */
static bool choose_rules(x12_check *check, const x12i_guide *guide)
{
    x12i_formula_error error;
    x12i_guide_rules *known = check->known_rules;
    while (known != NULL && known->guide != guide)
        known = known->next;
    if (known == NULL) {
        known = x12i_guide_rules_compile(check->arena, guide, check->options.level, &error);
        if (known == NULL)
            return false;
        known->next = check->known_rules;
        check->known_rules = known;
    }
    check->rules = known;
    return true;
}

static void gather(x12_check *check, const x12_event *event)
{
    for (const x12i_compiled_rule *rule = check->rules->gathering; rule != NULL; rule = rule->next) {
        if (event->kind != X12_LOOP_START)
            x12i_gather(&check->evaluation, rule->gathered, event);
        else if (event->loop->type == rule->loop && !event->loop->continued)
            x12i_gather_begin(rule->gathered);
    }
}

void x12i_check_gather(x12_check *check, const x12_event *event)
{
    const x12_loop_type *type = event->loop->type;
    if (type->guide == NULL || type->guide == &x12i_envelope)
        return;
    bool begins = type == type->guide->loops[0] && event->kind != X12_LOOP_END && !event->loop->continued;
    if (begins && !choose_rules(check, type->guide))
        check->status = X12_ERROR_MEMORY;
    if (check->rules != NULL)
        gather(check, event);
}
