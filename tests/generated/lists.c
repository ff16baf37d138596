/* Codes of external lists: a few that are certain, or the shape that all of them have. */
#include "generator.h"
#include <stdlib.h>

/* In a shape # is a digit, @ a letter, ? a letter or digit, % one that ICD-10-PCS takes; the rest stands for itself. */
static const struct {
    const char *name, *choices;
} lists[] = {
    {"adjustment-reason", "1 2 3 16 18 22 23 29 45 50 96 97 109 119 151 197 204 A1 B7 B15"},
    {"admission-source", "1 2 4 5 6 8 9 D E F"},
    {"admission-type", "1 2 3 4 5 9"},
    {"advanced-billing-concepts", "@@@@@"},
    {"claim-frequency", "1 2 3 4 7 8"},
    {"claim-status", "0 1 3 12 15 16 19 20 21 33 65 101 107 116 121 187 247 562"},
    {"claim-status-category", "A1 A2 A3 A7 F0 F1 F2 P1 P2 P3 R1 R3 E0"},
    {"countries", "DE FR GB MX"},
    {"country-subdivisions", "BY ENG JAL"},
    {"country-subdivisions", "BY HH JAL NLE"},
    {"currencies", "CAD EUR GBP JPY"},
    {"dental", "D0### D2### D7###"},
    {"drg", "### 0##"},
    {"facility-type", "11 12 13 21 22 31"},
    {"hcpcs", "99### 7#### 1#### 0###F J#### G0### A4### E0###"},
    {"hipps", "@?#??"},
    {"home-infusion", "S9###"},
    {"icd10cm", "@## @#?# @#?## @#@#?? @##?#?@"},
    {"icd10pcs", "%%%%%%%"},
    {"icd9cm", "### ####"},
    {"jurisdiction", "?????"},
    {"ndc", "###########"},
    {"nubc", "0# 1# 4# 8# A#"},
    {"patient-status", "01 02 03 04 06 07 09 20 30"},
    {"place-of-service", "11 12 21 22 23 24 31 41 81"},
    {"postal-code", "3#### 6####0001 1####2345"},
    {"reject-reason", "07 25 65 70 75 79"},
    {"remark", "M15 M51 M76 MA01 MA130 N4 N30 N130 N362 N519"},
    {"revenue", "0### 1###"},
    {"segment-ids", "CLM NM1 REF HI SV1 N4 DTP"},
    {"states", "AZ CA FL GA IL NY OH PA TX WA"},
    {"taxonomy", "###@#####X ###@@####X"},
    {"treatment", "@##"},
    {"type-of-bill", "11 12 13 14 18 21 22 32 34 72 81 83"},
    /* numbers without an external list that are written alike all the same */
    {"bank", "0########"},
    {"phone", "5#########"},
    {"extension", "### ####"},
    {"zip-9", "3####1### 6####0001"},
    {"nine-digits", "1########"},
    {"ten-digits", "1#########"},
};

static void add_shaped(generator *g, const char *shape, size_t length)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZIO";
    for (size_t i = 0; i < length; i++) {
        char byte = shape[i];
        bool digit = byte == '#' || ((byte == '?' || byte == '%') && one_in(&g->chance, 2));
        if (digit)
            byte = (char)('0' + below(&g->chance, 10));
        else if (byte == '@' || byte == '?' || byte == '%')
            byte = letters[below(&g->chance, byte == '%' ? 24 : 26)];
        x12i_buffer_add_byte(g->out, byte);
    }
}

static void add_one_of(generator *g, const char *choices)
{
    unsigned count = 1;
    for (const char *at = choices; *at; at++)
        count += *at == ' ';
    for (count = below(&g->chance, count); count > 0; count--)
        choices = strchr(choices, ' ') + 1;
    add_shaped(g, choices, strcspn(choices, " "));
}

/* A national provider identifier: the last digit makes the Luhn sum over 80840 and all ten come out. */
static void add_npi(generator *g)
{
    unsigned sum = 24; /* of 80840 */
    for (unsigned i = 0; i < 9; i++) {
        unsigned digit = i == 0 ? 1 + below(&g->chance, 2) : below(&g->chance, 10), doubled = 2 * digit;
        sum += i % 2 == 0 ? doubled / 10 + doubled % 10 : digit;
        x12i_buffer_add_byte(g->out, (char)('0' + digit));
    }
    x12i_buffer_add_byte(g->out, (char)('0' + (10 - sum % 10) % 10));
}

bool add_listed(generator *g, const char *list)
{
    if (strcmp(list, "npi") == 0) {
        add_npi(g);
        return true;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (is_string(list, lists[i].name)) {
            add_one_of(g, lists[i].choices);
            return true;
        }
    return false;
}

/* What identifiers and numbers look like that a qualifier beside them names, list or none. */
static const struct {
    const char *element, *qualifier, *list;
} kinds[] = {
    {"128", "SY", "nine-digits"}, {"128", "EI", "nine-digits"}, {"128", "TJ", "nine-digits"}, {"66", "34", "nine-digits"}, {"66", "FI", "nine-digits"}, {"128", "HPI", "npi"},
    {"365", "TE", "phone"},       {"365", "FX", "phone"},       {"365", "WP", "phone"},       {"365", "EX", "extension"},  {"506", "01", "bank"},
};

x12_text next_word(const char **at)
{
    *at += strspn(*at, " {}");
    x12_text word = {*at, (uint32_t)strcspn(*at, " ")};
    *at += word.length;
    return word;
}

/* `choices` is "{ XX npi XV plan-id }"; `none` is for no qualifier. */
const char *list_by(x12_text qualifier, const char *choices, char name[LIST_NAME])
{
    if (qualifier.length == 0)
        qualifier = (x12_text){"none", 4};
    for (x12_text key = next_word(&choices); key.length != 0; key = next_word(&choices)) {
        x12_text list = next_word(&choices);
        if (key.length == qualifier.length && memcmp(key.data, qualifier.data, key.length) == 0 && list.length < LIST_NAME) {
            memcpy(name, list.data, list.length);
            name[list.length] = '\0';
            return name;
        }
    }
    return NULL;
}

const char *list_of(const generator *g, const parts_so_far *written, unsigned part, char name[LIST_NAME])
{
    const x12i_field *field = &written->parts->fields[part - 1], *before = part > 1 ? field - 1 : NULL;
    if (is_element(field, "116") && is_string(g->made->loops[g->loop].type->id, "2010AA"))
        return "zip-9";
    if (field->code_list != NULL && strncmp(field->code_list, "by ", 3) == 0) {
        char *rest;
        unsigned by = (unsigned)strtoul(field->code_list + 3, &rest, 10);
        const char *found = list_by(so_far(g, written, by), rest, name);
        if (found != NULL)
            return found;
    }
    else if (field->code_list != NULL)
        return field->code_list;
    for (size_t i = 0; before != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (is_element(before, kinds[i].element) && is_text(so_far(g, written, part - 1), kinds[i].qualifier))
            return kinds[i].list;
    return NULL;
}
