/* Breaking one value: its presence, length, type, codes, repetitions. */
#include "generator.h"
#include "mutation.h"
#include <stdio.h>
#include <stdlib.h>

/* The first repetition of a simple value is got as its first component. */
static unsigned component_of(const value_place *p)
{
    return p->component == 0 && p->repeats && p->field->parts == NULL ? 1 : p->component;
}

static x12_text value_at(const mutation *m, const value_place *p)
{
    return made_element(m->made, &m->made->segments[p->segment], p->element, component_of(p));
}

static bool is_sent(const mutation *m, const value_place *p)
{
    return value_at(m, p).length != 0;
}

static void put(mutation *m, const value_place *p, const char *value)
{
    made_set(m->made, &m->made->segments[p->segment], p->element, component_of(p), value);
}

static bool breaks(mutation *m, const value_place *p, x12_finding_code code)
{
    expect(m, (expectation){.code = code, .at = p->segment, .element = p->element, .component = p->component, .repetition = p->repeats ? 1 : 0});
    return true;
}

static bool is_simple(const value_place *p)
{
    return p->field->parts == NULL && p->field->shape != X12I_UNUSED && !p->decides;
}

/* What the interchange's own count, control number or level is broken by, other kinds try. */
static bool is_counted(const value_place *p)
{
    return p->field->shape == X12I_DERIVED || p->field->fill == X12I_FILL_CONTROL || p->field->fill == X12I_FILL_CHILDREN || p->field->fill == X12I_FILL_GUIDE ||
           strcmp(p->slot->segment, "ST") == 0;
}

/* --- missing, and not used --- */

static bool is_needed(const value_place *p)
{
    const x12i_run *run = p->field->run ? &p->parts->runs[p->field->run - 1] : NULL;
    if (p->field->shape == X12I_UNUSED)
        return false;
    if (run == NULL || run->stride == 1)
        return p->field->usage == X12I_REQUIRED;
    return p->parts->fields[run->first - 1 + (p->part - run->first) % run->stride].usage == X12I_REQUIRED;
}

static bool may_be_missing(const value_place *p)
{
    return is_needed(p) && !is_counted(p) && !p->decides;
}

static bool is_alone(const mutation *m, const value_place *p, unsigned from, unsigned to)
{
    for (unsigned part = from; part <= to; part++)
        if (part != p->part && made_element(m->made, &m->made->segments[p->segment], p->component ? p->element : part, p->component ? part : 0).length != 0)
            return false;
    return true;
}

/* An item of a run that held nothing else is not there any more; a required composite is missing as a whole. */
static bool leave_out(mutation *m, const value_place *p)
{
    const x12i_run *run = p->field->run ? &p->parts->runs[p->field->run - 1] : NULL;
    bool composite = p->component != 0 && is_alone(m, p, 1, p->parts->field_count);
    unsigned item = run ? p->part - (p->part - run->first) % run->stride : 0;
    bool gone = run != NULL && p->field->usage != X12I_REQUIRED && is_alone(m, p, item, item + run->stride - 1u);
    if (!is_sent(m, p) || gone || (composite && (p->repeats || p->slot->parts->fields[p->element - 1].usage != X12I_REQUIRED)))
        return false;
    put(m, p, "");
    bool asked = run != NULL && p->field->usage != X12I_REQUIRED && is_asked_for(m, p); /* that is X12's own rule, and comes before the guide's */
    expect(m, (expectation){.code = asked ? X12_FINDING_CONDITION_MISSING : X12_FINDING_ELEMENT_MISSING, .at = p->segment, .element = p->element, .component = composite ? 0 : p->component,
                            .repetition = p->repeats && p->component != 0 ? 1 : 0});
    return true;
}

static bool is_single_item(const value_place *p)
{
    const x12i_run *run = p->field->run ? &p->parts->runs[p->field->run - 1] : NULL;
    bool used = p->field->shape != X12I_UNUSED && run != NULL && p->part + 1 < (unsigned)run->first + run->maximum && p->field[1].shape != X12I_UNUSED;
    return used && run->stride == 1 && p->field->usage != X12I_REQUIRED && !p->decides && !p->repeats;
}

/* An item of a run, of which there are more behind it. */
static bool skip(mutation *m, const value_place *p)
{
    const made_segment *segment = &m->made->segments[p->segment];
    unsigned element = p->component ? p->element : p->part + 1, component = p->component ? p->component + 1 : 0;
    if (made_element(m->made, segment, p->element, p->component).length == 0 || made_element(m->made, segment, element, component).length == 0)
        return false;
    put(m, p, "");
    expect(m, (expectation){.code = X12_FINDING_ITEM_LEFT_OUT, .at = p->segment, .element = p->element, .component = p->component});
    return true;
}

static bool is_named(const x12i_parts *parts, unsigned part)
{
    char digits[3];
    snprintf(digits, sizeof digits, "%02u", part % 100);
    for (const char *at = parts->rules; at != NULL && *at != '\0'; at += at[0] >= 'A' ? 1 : 2) {
        at += *at == ' ';
        if (at[0] >= 'A')
            continue;
        if (memcmp(at, digits, 2) == 0)
            return true;
    }
    return false;
}

static bool is_unused(const value_place *p)
{
    return p->field->shape == X12I_UNUSED && !is_named(p->parts, p->part) && strcmp(p->slot->segment, "ST") != 0;
}

static bool use(mutation *m, const value_place *p)
{
    if (p->component != 0 && made_element(m->made, &m->made->segments[p->segment], p->element, 0).length == 0)
        return false;
    put(m, p, "1");
    return breaks(m, p, X12_FINDING_ELEMENT_NOT_USED);
}

/* --- lengths --- */

static unsigned widest(const x12i_field *field)
{
    return field->widest_length ? field->widest_length : field->maximum_length;
}

/* As long as that, and worth the same where it is a number. */
static void stretch(mutation *m, const value_place *p, unsigned length)
{
    char text[1100];
    x12_text value = value_at(m, p);
    bool number = p->field->type == X12I_DECIMAL || p->field->type == X12I_INTEGER, negative = number && value.data[0] == '-';
    unsigned digits = value.length, at = 0;
    for (uint32_t i = 0; number && i < value.length; i++)
        digits -= value.data[i] == '-' || value.data[i] == '.';
    if (negative)
        text[at++] = '-';
    for (unsigned i = digits; number && i < length; i++)
        text[at++] = '0';
    memcpy(text + at, value.data + negative, value.length - negative);
    at += value.length - negative;
    for (; !number && at < length; at++)
        text[at] = p->field->type == X12I_DATE || p->field->type == X12I_TIME ? '0' : 'X';
    text[at] = '\0';
    put(m, p, text);
}

static bool may_be_long(const value_place *p)
{
    return is_simple(p) && !is_counted(p) && !p->field->padded;
}

static bool make_long(mutation *m, const value_place *p)
{
    if (!is_sent(m, p) || widest(p->field) > 1000)
        return false;
    stretch(m, p, widest(p->field) + 1);
    return breaks(m, p, X12_FINDING_ELEMENT_TOO_LONG);
}

static bool is_narrowed(const value_place *p)
{
    return may_be_long(p) && widest(p->field) > p->field->maximum_length;
}

static bool make_longer_than_guide(mutation *m, const value_place *p)
{
    if (!is_sent(m, p))
        return false;
    stretch(m, p, p->field->maximum_length + 1u);
    return breaks(m, p, X12_FINDING_TIGHTER_LENGTH);
}

static bool may_be_short(const value_place *p)
{
    return may_be_long(p) && p->field->minimum_length > 1;
}

static bool make_short(mutation *m, const value_place *p)
{
    char text[80];
    x12_text value = value_at(m, p);
    unsigned length = p->field->minimum_length - 1u;
    if (value.length == 0 || length >= sizeof text)
        return false;
    memcpy(text, value.data, length);
    text[length] = '\0';
    put(m, p, text);
    return breaks(m, p, X12_FINDING_ELEMENT_TOO_SHORT);
}

/* --- codes --- */

static bool has_codes(const value_place *p)
{
    return is_simple(p) && !is_counted(p) && (p->field->codes != NULL || p->field->shape == X12I_FIXED);
}

static bool make_unlisted(mutation *m, const value_place *p)
{
    char text[16] = "!!!!!!!!!!!!!!!";
    x12_text value = value_at(m, p);
    if (value.length == 0 || value.length >= sizeof text)
        return false;
    text[value.length] = '\0';
    put(m, p, text);
    return breaks(m, p, X12_FINDING_CODE);
}

/* --- codes of sets that stand outside of the guide --- */

static const char shaped[] = "icd10cm icd10pcs icd9cm hcpcs ndc taxonomy revenue adjustment-reason remark claim-status claim-status-category place-of-service type-of-bill";

static const char *list_at(const mutation *m, const value_place *p, char name[LIST_NAME])
{
    char *choices;
    if (strncmp(p->field->code_list, "by ", 3) != 0)
        return p->field->code_list;
    unsigned by = (unsigned)strtoul(p->field->code_list + 3, &choices, 10);
    return list_by(made_element(m->made, &m->made->segments[p->segment], p->component ? p->element : by, p->component ? by : 0), choices, name);
}

static bool may_say(const x12i_field *field, x12_text code)
{
    char word[LIST_NAME] = "";
    memcpy(word, code.data, code.length < LIST_NAME ? code.length : 0);
    if (strcmp(word, "none") == 0)
        return field->shape != X12I_FIXED;
    if (field->codes == NULL)
        return field->shape != X12I_FIXED || strcmp(field->fill_text, word) == 0;
    for (unsigned i = 0; i < field->codes->count; i++)
        if (strcmp(field->codes->items[i], word) == 0)
            return true;
    return false;
}

/* Whether the value may be of one of these sets: by itself, or with a qualifier that the guide lists. */
static bool may_be_of(const value_place *p, const char *sets)
{
    char name[LIST_NAME], *choices;
    if (!is_simple(p) || p->field->codes != NULL || p->field->code_list == NULL)
        return false;
    if (strncmp(p->field->code_list, "by ", 3) != 0)
        return is_word(sets, p->field->code_list);
    unsigned by = (unsigned)strtoul(p->field->code_list + 3, &choices, 10);
    const char *at = choices;
    for (x12_text key = next_word(&at); key.length != 0; key = next_word(&at)) {
        next_word(&at);
        const char *list = may_say(&p->parts->fields[by - 1], key) ? list_by(key, choices, name) : NULL;
        if (list != NULL && is_word(sets, list))
            return true;
    }
    return false;
}

static bool may_be_npi(const value_place *p)
{
    return may_be_of(p, "npi");
}

static bool make_no_npi(mutation *m, const value_place *p)
{
    char name[LIST_NAME], text[11] = "";
    const char *list = list_at(m, p, name);
    x12_text value = value_at(m, p);
    if (list == NULL || strcmp(list, "npi") != 0 || value.length != 10)
        return false;
    memcpy(text, value.data, 10);
    text[9] = text[9] == '9' ? '0' : (char)(text[9] + 1);
    put(m, p, text);
    return breaks(m, p, X12_FINDING_NPI_CHECK_DIGIT);
}

static bool has_shape(const value_place *p)
{
    return may_be_of(p, shaped);
}

static bool make_misshapen(mutation *m, const value_place *p)
{
    char name[LIST_NAME], text[16] = "!!!!!!!!!!!!!!!";
    const char *list = list_at(m, p, name);
    x12_text value = value_at(m, p);
    if (list == NULL || !is_word(shaped, list) || value.length == 0 || value.length >= sizeof text)
        return false;
    text[value.length] = '\0';
    put(m, p, text);
    return breaks(m, p, X12_FINDING_CODE_MISSHAPEN);
}

/* --- types --- */

static bool is_number(const value_place *p)
{
    return is_simple(p) && !is_counted(p) && p->field->codes == NULL && (p->field->type == X12I_DECIMAL || p->field->type == X12I_INTEGER);
}

static bool make_no_number(mutation *m, const value_place *p)
{
    static const char *const wrong[] = {"1,5", "+1", "1E2", "--1", "1.2.3", "-"};
    if (!is_sent(m, p))
        return false;
    put(m, p, p->field->type == X12I_INTEGER ? "1.5" : wrong[below(m->chance, sizeof wrong / sizeof *wrong)]);
    return breaks(m, p, X12_FINDING_NUMBER);
}

/* Whether the value may be written in one of these formats. */
static bool may_be_written(const value_place *p, const char *formats)
{
    if (!is_simple(p) || p->field->type != X12I_PERIOD)
        return false;
    const x12i_field *format = &p->parts->fields[p->field->format_part - 1];
    if (format->codes == NULL)
        return format->shape != X12I_FIXED || is_word(formats, format->fill_text);
    for (unsigned i = 0; i < format->codes->count; i++)
        if (is_word(formats, format->codes->items[i]))
            return true;
    return false;
}

static bool is_date(const value_place *p)
{
    return (is_simple(p) && p->field->type == X12I_DATE) || may_be_written(p, "D8 RD8 DT");
}

static bool make_no_date(mutation *m, const value_place *p)
{
    char text[40];
    x12_text value = value_at(m, p);
    if (value.length < 6 || value.length >= sizeof text)
        return false;
    memcpy(text, value.data, value.length);
    text[value.length] = '\0';
    memcpy(text + (value.length == 6 ? 2 : 4), "0231", 4);
    put(m, p, text);
    return breaks(m, p, X12_FINDING_DATE);
}

static bool is_time(const value_place *p)
{
    return (is_simple(p) && p->field->type == X12I_TIME) || may_be_written(p, "TM");
}

static bool make_no_time(mutation *m, const value_place *p)
{
    x12_text value = value_at(m, p);
    if (value.length == 0 || (p->field->type == X12I_PERIOD && value.length != 4))
        return false;
    put(m, p, "2460");
    return breaks(m, p, X12_FINDING_TIME);
}

static bool is_period(const value_place *p)
{
    return may_be_written(p, "RD8");
}

static bool make_backwards(mutation *m, const value_place *p)
{
    if (value_at(m, p).length != 17)
        return false;
    put(m, p, "20200101-20191231");
    return breaks(m, p, X12_FINDING_PERIOD_BACKWARDS);
}

static bool is_free_text(const value_place *p)
{
    return is_simple(p) && p->field->type == X12I_TEXT && p->field->codes == NULL && p->field->shape != X12I_FIXED && !is_counted(p) && !p->field->padded;
}

static bool make_control_character(mutation *m, const value_place *p)
{
    char text[512];
    x12_text value = value_at(m, p);
    if (value.length == 0 || value.length >= sizeof text)
        return false;
    memcpy(text, value.data, value.length);
    text[value.length - 1] = '\a';
    text[value.length] = '\0';
    put(m, p, text);
    return breaks(m, p, X12_FINDING_CHARACTER);
}

/* --- repetitions and components --- */

static void repeat(mutation *m, const value_place *p, unsigned times, char separator)
{
    char text[4096];
    x12_text value = made_element(m->made, &m->made->segments[p->segment], p->element, 0);
    size_t at = 0;
    uint32_t first = (uint32_t)strcspn(value.data, "^*~"), length = first < value.length ? first : value.length;
    for (unsigned i = 0; i < times && at + length + 2 < sizeof text; i++) {
        if (i > 0)
            text[at++] = separator;
        memcpy(text + at, value.data, length);
        at += length;
    }
    text[at] = '\0';
    made_set(m->made, &m->made->segments[p->segment], p->element, 0, text);
}

static bool may_be_repeated(const value_place *p)
{
    return p->component == 0 && p->field->shape != X12I_UNUSED && !is_counted(p) && !p->field->padded && p->field->maximum_repetitions != 0 &&
           (p->field->parts != NULL || !p->decides);
}

static bool make_repeated(mutation *m, const value_place *p)
{
    unsigned most = p->field->maximum_repetitions > 1 ? p->field->maximum_repetitions : 1;
    if (!is_sent(m, p))
        return false;
    repeat(m, p, most + 1, '^');
    expect(m, (expectation){.code = X12_FINDING_TOO_MANY_REPETITIONS, .at = p->segment, .element = p->element, .repetition = p->repeats ? most + 1 : 0});
    return true;
}

static bool may_be_composed(const value_place *p)
{
    return is_simple(p) && p->component == 0 && !is_counted(p) && !p->field->padded;
}

static bool make_composed(mutation *m, const value_place *p)
{
    if (!is_sent(m, p))
        return false;
    repeat(m, p, 2, ':');
    return breaks(m, p, X12_FINDING_TOO_MANY_COMPONENTS);
}

static bool is_composite(const value_place *p)
{
    return p->field->parts != NULL && p->field->shape != X12I_UNUSED;
}

static bool add_component(mutation *m, const value_place *p)
{
    unsigned component = p->field->parts->field_count + 1u;
    if (!is_sent(m, p))
        return false;
    made_set(m->made, &m->made->segments[p->segment], p->element, component, "1");
    expect(m, (expectation){.code = X12_FINDING_TOO_MANY_COMPONENTS, .at = p->segment, .element = p->element, .component = component, .repetition = p->repeats ? 1 : 0});
    return true;
}

const value_kind value_kinds[] = {
    {"required, and missing", may_be_missing, leave_out},
    {"an item left out before others", is_single_item, skip},
    {"not used, and sent", is_unused, use},
    {"too long", may_be_long, make_long},
    {"longer than the guide allows", is_narrowed, make_longer_than_guide},
    {"too short", may_be_short, make_short},
    {"an unlisted code", has_codes, make_unlisted},
    {"a wrong check digit", may_be_npi, make_no_npi},
    {"a code that looks like none", has_shape, make_misshapen},
    {"no number", is_number, make_no_number},
    {"no date", is_date, make_no_date},
    {"no time", is_time, make_no_time},
    {"a period backwards", is_period, make_backwards},
    {"a control character", is_free_text, make_control_character},
    {"repeated too often", may_be_repeated, make_repeated},
    {"components where none are", may_be_composed, make_composed},
    {"a component too many", is_composite, add_component},
    {NULL, NULL, NULL},
};
