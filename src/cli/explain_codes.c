/* What codes mean. */
#include "cli/explain.h"
#include "cli/text.h"
#include "codes/codes.h"
#include <inttypes.h>
#include <string.h>

enum { LONGEST_CODE = 5 }; /* of the lists that are built in */

static x12_text text_of(const char *string)
{
    return (x12_text){string, (uint32_t)strlen(string)};
}

static void add_day(x12i_buffer *out, const char *word, uint32_t day)
{
    if (day != 0)
        cli_add_format(out, " %s %04" PRIu32 "-%02" PRIu32 "-%02" PRIu32, word, day / 10000, day / 100 % 100, day % 100);
}

static void add_validity(x12i_buffer *out, const x12_code_answer *answer)
{
    if (answer->retired)
        x12i_buffer_add_string(out, " (no longer in use)");
    if (answer->first_day == 0 && answer->last_day == 0)
        return;
    x12i_buffer_add_string(out, " (valid");
    add_day(out, "from", answer->first_day);
    add_day(out, "to", answer->last_day);
    x12i_buffer_add_byte(out, ')');
}

static void add_answer(x12i_buffer *out, const x12_code_answer *answer)
{
    if (answer->state == X12_CODE_HEADING)
        x12i_buffer_add_string(out, "(heading, not to be used itself) ");
    if (answer->label.length != 0)
        cli_add_escaped(out, answer->label.data, answer->label.length);
    else
        x12i_buffer_add_string(out, "known, but without a label here");
    add_validity(out, answer);
    x12i_buffer_add_byte(out, '\n');
}

void cli_add_code(cli_explanation *out, const x12_code_set *set, x12_text code, const char *title)
{
    x12_code_answer answer = x12_code_look_up(out->codes, set, code, 0);
    cli_add_format(&out->text, "  %-5.*s ", (int)code.length, code.data);
    if (title != NULL)
        cli_add_format(&out->text, "%s: ", title);
    add_answer(&out->text, &answer);
}

static bool is_listed(const x12_code_answer *answer)
{
    return answer->state == X12_CODE_KNOWN || answer->state == X12_CODE_OUT_OF_DATE || answer->state == X12_CODE_HEADING;
}

/* The sets that list the code. `also` is passed over: its own set comes, too. */
static bool explain_listed(cli_explanation *out, x12_text code)
{
    const x12_code_set *set;
    unsigned found = 0;
    for (size_t i = 0; (set = x12_code_set_at(i)) != NULL; i++) {
        x12_code_answer answer = x12_code_look_up(out->codes, set, code, 0);
        if (!is_listed(&answer) || !x12i_code_set_fits(set, code))
            continue;
        cli_add_code(out, set, code, x12_code_set_title(set));
        found++;
    }
    return found != 0;
}

bool cli_explain_shape(cli_explanation *out, const char *word)
{
    const x12_code_set *set;
    x12_text code = text_of(word);
    unsigned found = 0;
    for (size_t i = 0; (set = x12_code_set_at(i)) != NULL; i++) {
        bool alike = set->shape != NULL && set->list == X12_CODES_NONE && x12i_code_set_fits(set, code);
        if (!alike || x12_code_look_up(out->codes, set, code, 0).state != X12_CODE_UNCHECKED)
            continue;
        cli_add_format(&out->text, "  %-5.*s has the form of: %s%s\n", (int)code.length, code.data, set->title, set->npi ? ", and its check digit is right" : "");
        found++;
    }
    return found != 0;
}

/* "CO-45": a group and a reason. */
static bool explain_adjustment(cli_explanation *out, const char *word)
{
    const x12_code_set *groups = x12_code_set_find(text_of("adjustment-group")), *reasons = x12_code_set_find(text_of("adjustment-reason"));
    const char *dash = strchr(word, '-');
    if (dash == NULL)
        return false;
    x12_text group = {word, (uint32_t)(dash - word)}, reason = text_of(dash + 1);
    x12_code_answer first = x12_code_look_up(out->codes, groups, group, 0), second = x12_code_look_up(out->codes, reasons, reason, 0);
    if (!is_listed(&first) || !is_listed(&second))
        return false;
    cli_add_code(out, groups, group, x12_code_set_title(groups));
    cli_add_code(out, reasons, reason, x12_code_set_title(reasons));
    return true;
}

/* "remark:N130": in that set alone. */
static bool explain_within(cli_explanation *out, const char *word)
{
    const char *colon = strchr(word, ':');
    const x12_code_set *set = colon ? x12_code_set_find((x12_text){word, (uint32_t)(colon - word)}) : NULL;
    if (set == NULL)
        return false;
    x12_text code = text_of(colon + 1);
    x12_code_answer answer = x12_code_look_up(out->codes, set, code, 0);
    if (!is_listed(&answer))
        return false;
    cli_add_code(out, set, code, x12_code_set_title(set));
    return true;
}

bool cli_explain_code(cli_explanation *out, const char *word)
{
    return explain_within(out, word) || explain_adjustment(out, word) || explain_listed(out, text_of(word));
}

bool cli_explain_set(cli_explanation *out, const char *word)
{
    const x12_code_set *set = x12_code_set_find(text_of(word));
    x12i_code_line line;
    if (set == NULL)
        return false;
    cli_add_format(&out->text, "  %s\n", set->title);
    if (set->list == X12_CODES_NONE)
        x12i_buffer_add_string(&out->text, "  No list is built in: the form is checked, and what remedi codes add has loaded.\n");
    for (uint32_t length = 1; length <= LONGEST_CODE; length++)
        for (size_t at = 0; x12i_next_code(&set->codes, &at, &line);)
            if (line.code.length == length)
                cli_add_code(out, set, line.code, NULL);
    return true;
}
