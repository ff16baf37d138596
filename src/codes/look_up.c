/* What is known of a code on a day. */
#include "codes/loaded.h"
#include <string.h>

/* The edition for `day`: the last that began by then; 0: the last. */
static const x12i_edition *edition_of(const x12_codes *codes, const x12_code_set *set, uint32_t day)
{
    const x12i_edition *found = NULL;
    for (size_t i = 0; codes != NULL && i < codes->count; i++)
        if (codes->items[i].set == set && (day == 0 || codes->items[i].first_day <= day))
            found = &codes->items[i];
    return found;
}

static uint32_t number_of(x12_text code, uint32_t at)
{
    uint32_t number = 0;
    for (; at < code.length && number < 100000000 && code.data[at] >= '0' && code.data[at] <= '9'; at++)
        number = number * 10 + (uint32_t)(code.data[at] - '0');
    return number;
}

static uint32_t letters_of(x12_text code)
{
    uint32_t count = 0;
    while (count < code.length && (code.data[count] < '0' || code.data[count] > '9'))
        count++;
    return count;
}

/* Whether a list that grows may have got this code since: its number is higher than any with the same letters. */
static bool is_beyond(const x12i_code_table *table, x12_text code)
{
    uint32_t letters = letters_of(code), number = number_of(code, letters);
    x12i_code_line line;
    for (size_t at = 0; x12i_next_code(table, &at, &line);)
        if (letters_of(line.code) == letters && memcmp(line.code.data, code.data, letters) == 0 && number_of(line.code, letters) >= number)
            return false;
    return true;
}

static x12_code_state state_of(const x12i_code_line *line, const x12_code_answer *answer, uint32_t day)
{
    if (line->mark == X12I_MARK_HEADING)
        return X12_CODE_HEADING;
    bool early = answer->first_day != 0 && day != 0 && day < answer->first_day;
    bool late = answer->last_day != 0 && day != 0 && day > answer->last_day;
    return early || late ? X12_CODE_OUT_OF_DATE : X12_CODE_KNOWN;
}

/* False where the table does not hold the code. */
static bool answer_from(const x12i_code_table *table, x12_text code, uint32_t day, x12_code_answer *answer)
{
    x12i_code_line line;
    if (!x12i_find_code(table, code, &line))
        return false;
    answer->label = line.label;
    answer->retired = line.mark == X12I_MARK_RETIRED;
    answer->first_day = number_of(line.first, 0);
    answer->last_day = number_of(line.last, 0);
    answer->state = state_of(&line, answer, day);
    return true;
}

static x12_code_state state_of_unlisted(const x12_code_set *set, x12_text code)
{
    bool open = set->list == X12_CODES_NONE || set->list == X12_CODES_PARTIAL || (set->list == X12_CODES_GROWING && is_beyond(&set->codes, code));
    return open ? X12_CODE_UNCHECKED : X12_CODE_UNKNOWN;
}

x12_code_answer x12_code_look_up(const x12_codes *codes, const x12_code_set *set, x12_text code, uint32_t day)
{
    x12_code_answer answer = {.state = X12_CODE_MISSHAPEN};
    set = x12i_code_set_holding(set, code);
    if (set == NULL)
        return answer;
    const x12i_edition *edition = edition_of(codes, set, day);
    answer.published = edition != NULL;
    if (!answer_from(edition ? &edition->table : &set->codes, code, day, &answer))
        answer.state = edition ? X12_CODE_UNKNOWN : state_of_unlisted(set, code);
    return answer;
}

bool x12_codes_edition_at(const x12_codes *codes, size_t index, x12_codes_edition *edition)
{
    if (codes == NULL || index >= codes->count)
        return false;
    const x12i_edition *item = &codes->items[index];
    *edition = (x12_codes_edition){item->set, item->first_day, item->table.count, item->source};
    return true;
}
