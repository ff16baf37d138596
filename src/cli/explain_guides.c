/* What elements, segments and loops are in each guide. */
#include "cli/explain.h"
#include "codes/codes.h"
#include "guide/descriptor.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A slot, and where it is. */
typedef struct place {
    const x12i_guide *guide;
    const x12_loop_type *loop;
    const x12i_slot *slot;
} place;

/* Calls `visit` for every slot of the guides that were asked for; the envelope belongs to all of them. */
static void visit_slots(const cli_explanation *out, void *context, void (*visit)(void *context, const place *at))
{
    for (size_t i = 0; i <= x12i_guide_count; i++) {
        const x12i_guide *guide = i == 0 ? &x12i_envelope : x12i_guides[i - 1];
        if (i != 0 && out->guide != NULL && strcmp(out->guide, guide->prefix) != 0)
            continue;
        for (unsigned loop = 0; loop < guide->loop_count; loop++)
            for (unsigned slot = 0; slot < guide->loops[loop]->slot_count; slot++)
                visit(context, &(place){guide, guide->loops[loop], &guide->loops[loop]->slots[slot]});
    }
}

static void add_place(x12i_buffer *out, const place *at)
{
    const char *guide = at->guide == &x12i_envelope ? "all" : at->guide->prefix, *id = at->loop->path[0] != '\0' ? at->loop->id : "header";
    cli_add_format(out, "  %-5s %s%s%s", guide, id, at->slot->name ? " " : "", at->slot->name ? at->slot->name : "");
}

static const char *usage_name(unsigned usage)
{
    static const char *const names[] = {"not used", "situational", "required"};
    return names[usage];
}

static void add_type(x12i_buffer *out, const x12i_field *field)
{
    static const char *const names[] = {"text", "code", "decimal number", "whole number", "date", "time", "date or period"};
    if (field->parts != NULL)
        cli_add_format(out, "composite %s", field->parts->id);
    else if (field->minimum_length == field->maximum_length)
        cli_add_format(out, "%s, %u characters", names[field->type], field->maximum_length);
    else
        cli_add_format(out, "%s, %u to %u characters", names[field->type], field->minimum_length, field->maximum_length);
    if (field->data_element != NULL && field->parts == NULL)
        cli_add_format(out, ", data element %s", field->data_element);
}

/* --- one element --- */

enum { CODES_MAX = 1024 };

typedef struct element_search {
    cli_explanation *out;
    char segment[4];
    unsigned element;
    unsigned component; /* 0: none was named */
    unsigned found;
    const x12i_field *first;
    const char *parts;  /* of the first: what it is a part of */
    const char *codes[CODES_MAX]; /* those that the guides list, each once */
    size_t code_count;
} element_search;

static const x12i_field *field_at(const x12i_parts *parts, unsigned number)
{
    return parts != NULL && number >= 1 && number <= parts->field_count ? &parts->fields[number - 1] : NULL;
}

static void note_code(element_search *search, const char *code)
{
    for (size_t i = 0; i < search->code_count; i++)
        if (strcmp(search->codes[i], code) == 0)
            return;
    if (search->code_count < CODES_MAX)
        search->codes[search->code_count++] = code;
}

static void add_codes(element_search *search, const place *at, const x12i_field *field)
{
    x12i_buffer *out = &search->out->text;
    bool qualifies = at->slot->qualifier_part == search->element && at->slot->qualifier_component == search->component && at->slot->qualifiers != NULL;
    const x12i_codes *codes = qualifies ? at->slot->qualifiers : field->codes;
    if (field->shape == X12I_FIXED && field->fill_text != NULL) {
        cli_add_format(out, ": %s", field->fill_text);
        note_code(search, field->fill_text);
    } else if (codes != NULL) {
        for (unsigned i = 0; i < codes->count; i++) {
            cli_add_format(out, "%s%s", i == 0 ? ": " : " ", codes->items[i]);
            note_code(search, codes->items[i]);
        }
    } else if (field->code_list != NULL) {
        cli_add_format(out, ": code set %s", field->code_list);
    }
}

static void show_element(void *context, const place *at)
{
    element_search *search = context;
    const x12i_field *field = strcmp(at->slot->segment, search->segment) == 0 ? field_at(at->slot->parts, search->element) : NULL;
    const char *parts = search->segment;
    if (field != NULL && search->component != 0) {
        parts = field->parts ? field->parts->id : parts;
        field = field_at(field->parts, search->component);
    }
    if (field == NULL || (field->shape == X12I_UNUSED && search->out->guide == NULL))
        return;
    if (search->found++ == 0) {
        search->first = field;
        search->parts = parts;
        x12i_buffer_add_string(&search->out->text, "  ");
        add_type(&search->out->text, field);
        x12i_buffer_add_byte(&search->out->text, '\n');
    }
    add_place(&search->out->text, at);
    cli_add_format(&search->out->text, "%s%s, %s", field->name ? " " : "", field->name ? field->name : "", usage_name(field->usage));
    add_codes(search, at, field);
    x12i_buffer_add_byte(&search->out->text, '\n');
}

/* The shorter first: 2 before 10. */
static int compare_words(const void *a, const void *b)
{
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    size_t length = strlen(left), other = strlen(right);
    return length != other ? (length > other) - (length < other) : strcmp(left, right);
}

/* What the codes mean that the guides list. */
static void show_labels(element_search *search)
{
    const x12_code_set *set = x12i_code_set_of_element(search->first->data_element, search->parts);
    if (set == NULL && search->first->code_list != NULL)
        set = x12i_code_set_of_list(search->first->code_list, (x12_text){"", 0});
    qsort(search->codes, search->code_count, sizeof *search->codes, compare_words);
    for (size_t i = 0; set != NULL && i < search->code_count; i++)
        cli_add_code(search->out, set, (x12_text){search->codes[i], (uint32_t)strlen(search->codes[i])}, NULL);
}

/* "CLP02", "SVC01-3". */
static bool read_element(const char *word, element_search *search)
{
    size_t length = strcspn(word, "-"), id = length - 2;
    char *end;
    if (length < 4 || length > 5 || !isupper((unsigned char)word[0]) || !isdigit((unsigned char)word[id]) || !isdigit((unsigned char)word[id + 1]))
        return false;
    memcpy(search->segment, word, id);
    search->element = (unsigned)(word[id] - '0') * 10 + (unsigned)(word[id + 1] - '0');
    if (word[length] == '\0')
        return true;
    search->component = (unsigned)strtoul(word + length + 1, &end, 10);
    return isdigit((unsigned char)word[length + 1]) && *end == '\0' && search->component != 0;
}

bool cli_explain_element(cli_explanation *out, const char *word)
{
    element_search search = {.out = out};
    if (!read_element(word, &search))
        return false;
    visit_slots(out, &search, show_element);
    if (search.found != 0)
        show_labels(&search);
    return search.found != 0;
}

/* --- a segment, element by element --- */

typedef struct segment_search {
    cli_explanation *out;
    const char *segment;
    const x12i_parts *parts; /* of the first place */
    unsigned found;
} segment_search;

static void show_place(void *context, const place *at)
{
    segment_search *search = context;
    if (strcmp(at->slot->segment, search->segment) != 0 || at->slot->parts == NULL)
        return;
    search->parts = search->parts ? search->parts : at->slot->parts;
    search->found++;
    add_place(&search->out->text, at);
    cli_add_format(&search->out->text, ", %s", usage_name(at->slot->usage));
    if (at->slot->maximum != 1)
        cli_add_format(&search->out->text, at->slot->maximum ? ", up to %u" : ", repeated", (unsigned)at->slot->maximum);
    x12i_buffer_add_byte(&search->out->text, '\n');
}

static void show_parts(segment_search *search)
{
    for (unsigned i = 0; i < search->parts->field_count; i++) {
        const x12i_field *field = &search->parts->fields[i];
        if (field->shape == X12I_UNUSED)
            continue;
        cli_add_format(&search->out->text, "  %s%02u  %s%s", search->segment, i + 1, field->name ? field->name : "", field->name ? ": " : "");
        add_type(&search->out->text, field);
        x12i_buffer_add_byte(&search->out->text, '\n');
    }
}

bool cli_explain_segment(cli_explanation *out, const char *word)
{
    segment_search search = {.out = out, .segment = word};
    visit_slots(out, &search, show_place);
    if (search.found != 0)
        show_parts(&search);
    return search.found != 0;
}

/* --- a loop, slot by slot --- */

static void show_loop(cli_explanation *out, const x12_loop_type *loop)
{
    cli_add_format(&out->text, "  %-5s %s %s%s\n", loop->guide->prefix, loop->path, loop->name, loop->record ? ", a record" : "");
    for (unsigned i = 0; i < loop->slot_count; i++) {
        const x12i_slot *slot = &loop->slots[i];
        cli_add_format(&out->text, "        %s%s%s, %s\n", slot->loop ? "loop" : slot->segment, slot->name ? " " : "", slot->name ? slot->name : "", usage_name(slot->usage));
    }
}

bool cli_explain_loop(cli_explanation *out, const char *word)
{
    bool found = false;
    for (size_t i = 0; i < x12i_guide_count; i++)
        for (unsigned loop = 0; loop < x12i_guides[i]->loop_count; loop++) {
            bool asked = out->guide == NULL || strcmp(out->guide, x12i_guides[i]->prefix) == 0;
            if (!asked || strcmp(x12i_guides[i]->loops[loop]->id, word) != 0)
                continue;
            show_loop(out, x12i_guides[i]->loops[loop]);
            found = true;
        }
    return found;
}
