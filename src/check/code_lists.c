#include "check/check.h"
#include "base/value.h"
#include "codes/codes.h"
#include "model/placement.h"
#include <string.h>

/* --- what was looked up before --- */

/* The place for what is asked: one of a few, the last of them where none has it. */
static x12i_known *find_known(x12i_known *places, size_t count, const void *asked, uint64_t of)
{
    enum { WAYS = 4 };
    size_t at = (size_t)((((uintptr_t)asked + of * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93)) >> 32);
    x12i_known *known = NULL;
    for (unsigned way = 0; way < WAYS; way++) {
        known = &places[(at + way) & (count - 1)];
        if (known->asked == asked && known->of == of)
            return known;
        if (known->asked == NULL)
            break;
    }
    *known = (x12i_known){.asked = asked, .of = of};
    return known;
}

static const x12_code_set *set_of(x12_check *check, const char *list, x12_text decider)
{
    x12i_known *known = find_known(check->known_lists, X12I_KNOWN_LISTS, list, x12i_pack_qualifier(decider.data, decider.length));
    if (!known->answered)
        known->set = x12i_code_set_of_list(list, decider);
    known->answered = true;
    return known->set;
}

/* --- one code --- */

static void tell(x12_check *check, const x12_code_set *set, x12_code_state state, const x12_position *position)
{
    switch (state) {
    case X12_CODE_MISSHAPEN:
        x12i_check_raise(check, set->npi ? X12_FINDING_NPI_CHECK_DIGIT : X12_FINDING_CODE_MISSHAPEN, position);
        break;
    case X12_CODE_UNKNOWN:
        x12i_check_raise(check, X12_FINDING_CODE_UNKNOWN, position);
        break;
    case X12_CODE_OUT_OF_DATE:
        x12i_check_raise(check, X12_FINDING_CODE_OUT_OF_DATE, position);
        break;
    case X12_CODE_HEADING:
        x12i_check_raise(check, X12_FINDING_CODE_HEADING, position);
        break;
    case X12_CODE_UNCHECKED:
    case X12_CODE_KNOWN:
        break;
    }
}

/* Eight characters at the most; 0: longer. */
static uint64_t packed_code(x12_text code)
{
    uint64_t packed = 0;
    for (uint32_t i = 0; i < code.length && code.length <= 8; i++)
        packed = packed << 8 | (unsigned char)code.data[i];
    return packed;
}

/* What is built in says the same on every day: asked once for each of the codes that come again and again. */
static x12_code_state state_of(x12_check *check, const x12_code_set *set, x12_text code)
{
    uint64_t packed = packed_code(code);
    if (packed == 0)
        return x12_code_look_up(NULL, set, code, 0).state;
    x12i_known *known = find_known(check->known_codes, X12I_KNOWN_CODES, set, packed);
    if (!known->answered)
        known->state = x12_code_look_up(NULL, set, code, 0).state;
    known->answered = true;
    return known->state;
}

void x12i_check_code(x12_check *check, const x12i_field *field, x12_text code, x12_text decider)
{
    const x12_code_set *set = set_of(check, field->code_list, decider);
    if (set == NULL)
        return;
    if (check->dated) {
        const x12i_waiting_code waits = {set, code, x12i_check_here(check), 0};
        x12i_buffer_add(&check->waiting, (const char *)&waits, sizeof waits);
        return;
    }
    x12_code_state state = state_of(check, set, code);
    if (state > X12_CODE_KNOWN) {
        const x12_position position = x12i_check_here(check);
        tell(check, set, state, &position);
    }
}

/* --- the date of service: the next after a code, or else the last before it --- */

static uint32_t day_number(int year, unsigned month, unsigned day)
{
    return month == 0 ? 0 : (uint32_t)year * 10000 + month * 100 + day;
}

static bool is_service_date(x12_text qualifier)
{
    static const char *const qualifiers[] = {"472", "434", "150", "232", "291"};
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
        if (qualifier.length == 3 && memcmp(qualifier.data, qualifiers[i], 3) == 0)
            return true;
    return false;
}

static uint32_t day_at_hand(const x12_check *check)
{
    x12_text second = x12i_part_of(check->tokens, check->delimiters, 2, 0), third = x12i_part_of(check->tokens, check->delimiters, 3, 0);
    if (strcmp(check->slot->segment, "DTM") == 0) {
        x12_date date = {.data = second.data, .length = second.length};
        x12i_date_read(&date);
        return day_number(date.year, date.month, date.day);
    }
    x12_period period = {.data = third.data, .length = third.length};
    x12i_period_read(&period, second);
    return day_number(period.from_year, period.from_month, period.from_day);
}

void x12i_check_service_date(x12_check *check)
{
    const char *id = check->slot->segment;
    if (id[0] != 'D' || id[1] != 'T' || !is_service_date(x12i_part_of(check->tokens, check->delimiters, 1, 0)))
        return;
    uint32_t day = day_at_hand(check);
    x12i_waiting_code *codes = (x12i_waiting_code *)(void *)check->waiting.data;
    for (size_t i = check->waiting.length / sizeof *codes; i > 0 && codes[i - 1].day == 0; i--)
        codes[i - 1].day = day;
    check->last_day = day;
}

void x12i_check_waiting_codes(x12_check *check)
{
    const x12i_waiting_code *codes = (const x12i_waiting_code *)(const void *)check->waiting.data;
    for (size_t i = 0; i < check->waiting.length / sizeof *codes; i++) {
        uint32_t day = codes[i].day ? codes[i].day : check->last_day;
        tell(check, codes[i].set, x12_code_look_up(check->options.codes, codes[i].set, codes[i].code, day).state, &codes[i].position);
    }
    check->waiting.length = 0;
    check->last_day = 0;
    if (check->waiting.failed)
        check->status = X12_ERROR_MEMORY;
}
