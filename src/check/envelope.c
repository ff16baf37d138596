#include "check/check.h"
#include "base/text.h"
#include "model/placement.h"
#include <remedi/envelope.h>
#include <string.h>

enum { VERSION_DIGITS = 5 };

static void raise_at(x12_check *check, x12_finding_code code, const x12_segment *segment, const x12_loop_type *type, const char *id, unsigned element)
{
    x12_position position = x12i_check_position(segment, type, id);
    position.element = (uint8_t)element;
    if (segment != NULL && !(segment->flags & X12_SEGMENT_MISSING))
        x12i_check_raise(check, code, &position);
}

static void check_once(x12_check *check, x12i_text_set *set, x12_text number, const x12_segment *segment, const x12_loop_type *type, const char *id, unsigned element)
{
    bool twice;
    if (number.length == 0)
        return;
    if (!x12i_text_set_add(set, check->arena, x12i_without_zeros(number), &twice))
        check->status = X12_ERROR_MEMORY;
    else if (twice)
        raise_at(check, X12_FINDING_CONTROL_NUMBER_TWICE, segment, type, id, element);
}

static bool is_letter_or_digit(uint32_t character)
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* Before 4020 a letter stood in ISA11, and no separator. */
static bool has_repetition_separator(x12_text version)
{
    return !x12i_is_version(version) || memcmp(version.data, "00402", VERSION_DIGITS) >= 0;
}

static void check_delimiters(x12_check *check, const x12_interchange *interchange, const x12_syntax *syntax)
{
    const x12_text repetition = interchange->repetition_separator;
    const uint32_t chosen[] = {syntax->element, syntax->component, syntax->segment};
    static const uint8_t elements[] = {0, 16, 0};
    for (unsigned i = 0; i < 3; i++)
        if (is_letter_or_digit(chosen[i]) || chosen[i] == ' ')
            raise_at(check, X12_FINDING_DELIMITER_UNFIT, interchange->isa_segment, interchange->loop.type, "ISA", elements[i]);
    if (has_repetition_separator(interchange->version) && repetition.length == 1 && is_letter_or_digit((unsigned char)*repetition.data))
        raise_at(check, X12_FINDING_NO_REPETITION, interchange->isa_segment, interchange->loop.type, "ISA", 11);
}

/* Of a group that is no 005010 the reader says that there is no guide: that its interchange has another version too is no news. */
void x12i_check_version(x12_check *check)
{
    const x12_position position = check->other_version;
    bool other = check->group_version[0] != '\0' && memcmp(check->group_version, "00501", VERSION_DIGITS) != 0;
    check->other_version = (x12_position){0};
    if (position.segment != NULL && !other)
        x12i_check_raise(check, X12_FINDING_CODE, &position);
}

/* What was accepted has nothing to be noted. */
static void check_acknowledgments(x12_check *check, const x12_interchange *interchange)
{
    for (size_t i = 0; i < interchange->acknowledgments.count; i++) {
        const x12_acknowledgment *answer = &interchange->acknowledgments.items[i];
        if (x12i_is_text(answer->acknowledgment_code, "A") && answer->note_code.length != 0 && !x12i_is_text(answer->note_code, "000"))
            raise_at(check, X12_FINDING_NOTE_OF_NOTHING, answer->segment, interchange->loop.type, "TA1", 5);
    }
}

static void check_interchange(x12_check *check, const x12_interchange *interchange, const x12_syntax *syntax)
{
    x12_text number = {interchange->control_number.data, interchange->control_number.length};
    x12i_text_set_clear(&check->group_numbers);
    check_delimiters(check, interchange, syntax);
    check_acknowledgments(check, interchange);
    check_once(check, &check->interchange_numbers, number, interchange->isa_segment, interchange->loop.type, "ISA", 13);
}

static void check_group(x12_check *check, const x12_group *group)
{
    x12_text number = {group->control_number.data, group->control_number.length};
    x12i_text_set_clear(&check->transaction_numbers);
    check_once(check, &check->group_numbers, number, group->gs_segment, group->loop.type, "GS", 6);
}

static void check_transaction(x12_check *check, const x12_loop *loop)
{
    const x12_segment *header = *x12i_segment_at(loop->type->slots, (void *)(uintptr_t)loop);
    const x12_group *group = loop->parent && x12i_is_group(loop->parent->type) ? (const x12_group *)(const void *)loop->parent : NULL;
    if (header == NULL || (header->flags & X12_SEGMENT_MISSING) || check->delimiters == NULL)
        return;
    x12_text version = x12i_element_of(header, check->delimiters, 3);
    check_once(check, &check->transaction_numbers, x12i_element_of(header, check->delimiters, 2), header, loop->type, "ST", 2);
    if (group == NULL || group->functional_code.length == 0)
        return;
    if (!x12i_is_text(group->functional_code, loop->type->guide->group))
        raise_at(check, X12_FINDING_WRONG_GROUP, header, loop->type, "ST", 1);
    if (version.length != 0 && group->version.length != 0 && (version.length != group->version.length || memcmp(version.data, group->version.data, version.length) != 0))
        raise_at(check, X12_FINDING_GUIDE_DIFFERS, header, loop->type, "ST", 3);
}

void x12i_check_unnamed(x12_check *check, const x12_segment *header, const x12_loop_type *type)
{
    check_once(check, &check->transaction_numbers, x12i_element_of(header, check->delimiters, 2), header, type, "ST", 2);
}

void x12i_check_envelope(x12_check *check, const x12_event *event)
{
    const x12_loop *loop = event->loop;
    bool transaction = x12i_is_transaction(loop->type);
    if (event->kind == X12_LOOP_END && transaction && !loop->goes_on)
        x12i_check_levels_end(check);
    if (event->kind == X12_LOOP_END && x12i_is_interchange(loop->type))
        x12i_check_version(check);
    if (event->kind == X12_LOOP_END || loop->continued)
        return;
    if (x12i_is_interchange(loop->type))
        check_interchange(check, (const x12_interchange *)(const void *)loop, event->syntax);
    else if (x12i_is_group(loop->type))
        check_group(check, (const x12_group *)(const void *)loop);
    else if (transaction && loop->type->guide != NULL)
        check_transaction(check, loop);
    if (transaction && event->kind == X12_RECORD)
        x12i_check_levels_end(check);
}
