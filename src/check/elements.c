#include "base/compiler.h"
#include "check/check.h"
#include "codes/codes.h"
#include "model/span.h"
#include <string.h>

enum { MOST_PARTS = 64 };

/* A segment or composite at hand. */
typedef struct walk {
    x12_check *check;
    const x12i_parts *parts;
    bool components;
    uint64_t sent; /* bit n: part n + 1 has a value */
    uint64_t late; /* and is a code of a set that a later part decides */
    x12_text values[MOST_PARTS];
} walk;

X12I_APART static void raise_at(const walk *at, x12_finding_code code, unsigned part)
{
    x12i_check_at(at->check, part, at->components);
    x12i_check_raise_here(at->check, code);
}

static void check_composite(x12_check *check, const x12i_parts *parts, const x12i_span *whole);

/* The header of an interchange has the delimiters as values. */
static bool is_header(const walk *at)
{
    return at->parts == x12i_envelope.loops[0]->slots[0].parts;
}

static inline x12_text format_of(const walk *at, const x12i_field *field)
{
    if (field->type != X12I_PERIOD || field->format_part == 0)
        return (x12_text){0};
    return at->sent >> (field->format_part - 1) & 1 ? at->values[field->format_part - 1] : (x12_text){0};
}

/* A code of a set outside of the guide; which one, part `decider` says, or 0: the guide. */
static void check_decided(const walk *at, const x12i_field *field, x12_text code, unsigned decider)
{
    const bool decided = decider != 0 && (at->sent >> (decider - 1) & 1) != 0;
    x12i_check_code(at->check, field, code, decided ? at->values[decider - 1] : (x12_text){"", 0});
}

/* The same, now or when all parts were seen. */
X12I_APART static void check_listed(walk *at, const x12i_field *field, x12_text code)
{
    const unsigned decider = x12i_list_decider(field->code_list), index = (unsigned)(field - at->parts->fields);
    if (decider > MOST_PARTS)
        return;
    if (decider > index + 1)
        at->late |= UINT64_C(1) << index;
    else
        check_decided(at, field, code, decider);
}

/* False where a finding was made. */
static bool check_value(x12_check *check, const x12i_field *field, x12_text value, x12_text format)
{
    const x12i_flaws flaws = x12i_find_flaws(field, value, format);
    uint32_t raised = check->raised;
    for (unsigned i = 0; i < flaws.count; i++)
        if (flaws.codes[i] == X12_FINDING_CODE && x12i_is_other_version(field, value))
            check->other_version = x12i_check_here(check);
        else
            x12i_check_raise_here(check, flaws.codes[i]);
    return check->raised == raised;
}

static void check_one_value(walk *at, const x12i_field *field, const x12i_span *span)
{
    const x12i_tokens *tokens = at->check->tokens;
    if (span->last > span->first && !is_header(at)) {
        bool repetition = (unsigned char)tokens->text[tokens->positions[span->first]] == at->check->delimiters->repetition;
        x12i_check_raise_here(at->check, repetition ? X12_FINDING_TOO_MANY_REPETITIONS : X12_FINDING_TOO_MANY_COMPONENTS);
        return;
    }
    x12_text value = x12i_span_text(tokens, span);
    if (check_value(at->check, field, value, format_of(at, field)) && field->code_list != NULL && at->check->coded)
        check_listed(at, field, value);
}

X12I_APART static void check_repetitions(walk *at, const x12i_field *field, const x12i_span *whole)
{
    x12_check *check = at->check;
    uint16_t number = 0;
    x12i_span one = x12i_before_first(whole);
    while (x12i_next_part(check->tokens, &one, whole, (char)check->delimiters->repetition)) {
        bool surplus = ++number > field->maximum_repetitions && field->maximum_repetitions != 0;
        if (!surplus && check->plain && one.first == one.last && x12i_is_right(field, x12i_span_text(check->tokens, &one)))
            continue;
        x12i_check_at(check, (unsigned)(field - at->parts->fields) + 1, at->components);
        check->spot.repetition = number;
        if (surplus) {
            x12i_check_raise_here(check, X12_FINDING_TOO_MANY_REPETITIONS);
            return;
        }
        if (one.start == one.end)
            continue;
        if (field->parts != NULL)
            check_composite(check, field->parts, &one);
        else
            check_one_value(at, field, &one);
    }
}

static bool is_repeated(const walk *at, const x12i_span *whole)
{
    const x12i_tokens *tokens = at->check->tokens;
    for (uint32_t i = whole->first; i < whole->last; i++)
        if ((unsigned char)tokens->text[tokens->positions[i]] == at->check->delimiters->repetition)
            return true;
    return false;
}

static void check_part(walk *at, const x12i_field *field, const x12i_span *span)
{
    switch ((x12i_shape)field->shape) {
    case X12I_UNUSED:
        x12i_check_raise_here(at->check, X12_FINDING_ELEMENT_NOT_USED);
        break;
    case X12I_COMPOSITE:
        if (is_repeated(at, span))
            x12i_check_raise_here(at->check, X12_FINDING_TOO_MANY_REPETITIONS);
        else
            check_composite(at->check, field->parts, span);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        check_repetitions(at, field, span);
        break;
    default:
        check_one_value(at, field, span);
        break;
    }
}

X12I_APART static void raise_missing(const walk *at, uint64_t missing)
{
    at->check->faulty = true;
    for (unsigned part = 1; missing != 0; part++, missing >>= 1)
        if ((missing & 1) != 0)
            raise_at(at, X12_FINDING_ELEMENT_MISSING, part);
}

/* Which items of a run are there: one bit for each. */
static inline uint64_t items_sent(const walk *at, const x12i_run *run)
{
    uint64_t parts = at->sent >> (run->first - 1) & ((UINT64_C(1) << run->maximum * run->stride) - 1), item = (UINT64_C(1) << run->stride) - 1, items = 0;
    if (run->stride == 1)
        return parts;
    for (unsigned i = 0; parts != 0; i++, parts >>= run->stride)
        items |= (uint64_t)((parts & item) != 0) << i;
    return items;
}

/* What its first item needs, later ones need, too, if they are there at all. */
static inline uint64_t wanted_by_items(const walk *at, const x12i_run *run, uint64_t items)
{
    uint64_t wanted = 0, needs = at->parts->required & ((UINT64_C(1) << run->stride) - 1) << (run->first - 1);
    for (items >>= 1; items != 0; items >>= 1) {
        needs <<= run->stride;
        if ((items & 1) != 0)
            wanted |= needs;
    }
    return wanted;
}

/* Items that are left out before others, where the part that they begin with may be told. */
X12I_APART static void raise_gaps(const walk *at, const x12i_run *run, uint64_t items, uint64_t told)
{
    for (unsigned part = run->first; items != 0; part += run->stride, items >>= 1)
        if ((items & 1) == 0 && (told >> (part - 1) & 1) == 0 && at->parts->fields[part - 1].shape != X12I_UNUSED)
            raise_at(at, X12_FINDING_ITEM_LEFT_OUT, part);
}

static inline void check_runs(const walk *at, uint64_t told)
{
    uint64_t wanted = 0;
    for (unsigned i = 0; i < at->parts->run_count; i++) {
        const x12i_run *run = &at->parts->runs[i];
        uint64_t items = items_sent(at, run);
        if (run->stride != 1)
            wanted |= wanted_by_items(at, run, items);
        if ((items & (items + 1)) != 0)
            raise_gaps(at, run, items, told);
    }
    wanted &= ~at->sent & ~told;
    if (wanted != 0)
        raise_missing(at, wanted);
}

static inline void check_sent(const walk *at)
{
    uint64_t missing = at->parts->required & ~at->sent;
    if (at->check->loose)
        return;
    if (missing != 0)
        raise_missing(at, missing);
    if (at->parts->conditioned == ~UINT64_C(0) || (at->parts->conditioned & at->sent) != 0)
        missing = x12i_check_conditions(at->check, at->parts, at->sent, at->values, missing, at->components);
    if (at->parts->run_count != 0)
        check_runs(at, missing);
}

X12I_APART static void check_closely(walk *at, unsigned part, x12i_span span)
{
    x12i_check_at(at->check, part, at->components);
    check_part(at, &at->parts->fields[part - 1], &span);
}

X12I_APART static void check_listed_part(walk *at, unsigned part)
{
    x12i_check_at(at->check, part, at->components);
    check_listed(at, &at->parts->fields[part - 1], at->values[part - 1]);
}

X12I_APART static void check_late(const walk *at)
{
    uint64_t late = at->late;
    for (unsigned index = 0; late != 0; index++, late >>= 1) {
        const x12i_field *field = &at->parts->fields[index];
        if ((late & 1) == 0)
            continue;
        x12i_check_at(at->check, index + 1, at->components);
        check_decided(at, field, at->values[index], x12i_list_decider(field->code_list));
    }
}

/* Where the part ends whose delimiters begin at `next`. */
static X12I_WITHIN uint32_t end_of_part(const x12i_tokens *tokens, uint32_t next, uint32_t last, char separator)
{
    while (tokens->nested && next < last && tokens->text[tokens->positions[next]] != separator)
        next++;
    return next;
}

static X12I_WITHIN void check_parts(walk *at, const x12i_span *whole, char separator)
{
    const x12i_tokens tokens = *at->check->tokens;
    const bool plain = at->check->plain, coded = at->check->coded;
    const unsigned most = at->parts->field_count < MOST_PARTS ? at->parts->field_count : MOST_PARTS;
    const x12i_field *field = at->parts->fields;
    uint32_t start = whole->start, first = whole->first;
    for (unsigned part = 0;; part++, field++) {
        const uint32_t last = end_of_part(&tokens, first, whole->last, separator), end = tokens.positions[last];
        if (start != end && part >= most) {
            raise_at(at, at->components ? X12_FINDING_TOO_MANY_COMPONENTS : X12_FINDING_TOO_MANY_ELEMENTS, most + 1);
            break;
        }
        if (start != end) {
            const x12_text value = at->values[part] = (x12_text){tokens.text + start, end - start};
            at->sent |= UINT64_C(1) << part;
            if (!plain || first != last || !x12i_is_right(field, value))
                check_closely(at, part + 1, (x12i_span){start, end, first, last});
            else if (field->code_list != NULL && coded)
                check_listed_part(at, part + 1);
        }
        if (end == whole->end)
            break;
        start = end + 1;
        first = last + 1;
    }
    if (at->late != 0)
        check_late(at);
    check_sent(at);
}

X12I_APART static void check_composite(x12_check *check, const x12i_parts *parts, const x12i_span *whole)
{
    walk inside; /* its values are set one by one: clearing them takes longer than the rest */
    inside.check = check;
    inside.parts = parts;
    inside.components = true;
    inside.sent = inside.late = 0;
    check_parts(&inside, whole, (char)check->delimiters->component);
}

static bool has_trailing_separator(const x12i_tokens *tokens)
{
    return tokens->count != 0 && tokens->positions[tokens->count - 1] + 1 == tokens->length;
}

/* A DEL is the only one of the characters that nothing may hold that a plain segment might. */
static bool is_plain(const x12_segment *segment)
{
    return (segment->flags & X12_SEGMENT_PLAIN) != 0 && memchr(segment->text, 0x7F, segment->length) == NULL;
}

static void raise_of_segment(x12_check *check, x12_finding_code code)
{
    check->spot = (x12i_spot){0};
    x12i_check_raise_here(check, code);
}

void x12i_check_elements(x12_check *check)
{
    const x12i_tokens *tokens = check->tokens;
    walk at;
    at.check = check;
    at.parts = check->slot->parts;
    at.components = false;
    at.sent = at.late = 0;
    check->faulty = false;
    check->plain = is_plain(check->segment);
    if (tokens->count != 0) {
        const x12i_span whole = {tokens->positions[0] + 1, tokens->length, 1, tokens->count};
        check_parts(&at, &whole, (char)check->delimiters->element);
        if (has_trailing_separator(tokens) && !is_header(&at))
            raise_of_segment(check, X12_FINDING_TRAILING_SEPARATOR);
    } else {
        check_sent(&at);
    }
    if (at.sent == 0 && !check->faulty)
        raise_of_segment(check, X12_FINDING_EMPTY_SEGMENT);
}
