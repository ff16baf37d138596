#include "check/check.h"
#include "base/compiler.h"
#include "model/span.h"

enum { MOST_PARTS = 64 };

/* A segment or composite at hand. */
typedef struct walk {
    x12_check *check;
    const x12i_parts *parts;
    const x12_position *where; /* of the segment, or of the composite in it */
    bool components;
    uint64_t sent;             /* bit n: part n + 1 has a value */
    x12_text values[MOST_PARTS];
} walk;

static x12_position position_of(const walk *at, unsigned part)
{
    x12_position position = *at->where;
    *(at->components ? &position.component : &position.element) = (uint8_t)part;
    if (part <= at->parts->field_count)
        position.data_element = at->parts->fields[part - 1].data_element;
    return position;
}

X12I_APART static void raise_at(const walk *at, x12_finding_code code, unsigned part)
{
    x12_position position = position_of(at, part);
    x12i_check_raise(at->check, code, &position);
}

static void check_composite(x12_check *check, const x12i_parts *parts, const x12i_span *whole, const x12_position *position);

/* The header of an interchange has the delimiters as values. */
static bool is_header(const walk *at)
{
    return at->parts == x12i_envelope.loops[0]->slots[0].parts;
}

static x12_text format_of(const walk *at, const x12i_field *field)
{
    if (field->type != X12I_PERIOD || field->format_part == 0)
        return (x12_text){0};
    return at->sent >> (field->format_part - 1) & 1 ? at->values[field->format_part - 1] : (x12_text){0};
}

static void check_one_value(const walk *at, const x12i_field *field, unsigned part, const x12i_span *span, const x12_position *position)
{
    const x12i_tokens *tokens = at->check->tokens;
    if (span->last > span->first && !is_header(at)) {
        bool repetition = (unsigned char)tokens->text[tokens->positions[span->first]] == at->check->delimiters->repetition;
        raise_at(at, repetition ? X12_FINDING_TOO_MANY_REPETITIONS : X12_FINDING_TOO_MANY_COMPONENTS, part);
        return;
    }
    x12i_check_value(at->check, field, x12i_span_text(tokens, span), format_of(at, field), position);
}

X12I_APART static void check_repetitions(const walk *at, const x12i_field *field, unsigned part, const x12i_span *whole)
{
    char separator = (char)at->check->delimiters->repetition;
    x12_position position = position_of(at, part);
    x12i_span one = x12i_before_first(whole);
    while (x12i_next_part(at->check->tokens, &one, whole, separator)) {
        position.repetition++;
        if (field->maximum_repetitions != 0 && position.repetition > field->maximum_repetitions) {
            x12i_check_raise(at->check, X12_FINDING_TOO_MANY_REPETITIONS, &position);
            return;
        }
        if (one.start == one.end)
            continue;
        if (field->parts != NULL)
            check_composite(at->check, field->parts, &one, &position);
        else
            check_one_value(at, field, part, &one, &position);
    }
}

static inline void check_part(const walk *at, unsigned part, const x12i_span *span)
{
    const x12i_field *field = &at->parts->fields[part - 1];
    x12_position position;
    switch ((x12i_shape)field->shape) {
    case X12I_UNUSED:
        raise_at(at, X12_FINDING_ELEMENT_NOT_USED, part);
        break;
    case X12I_COMPOSITE:
        position = position_of(at, part);
        check_composite(at->check, field->parts, span, &position);
        break;
    case X12I_REPEATED_VALUE:
    case X12I_REPEATED_COMPOSITE:
        check_repetitions(at, field, part, span);
        break;
    default:
        position = position_of(at, part);
        check_one_value(at, field, part, span, &position);
        break;
    }
}

/* Later items of a run need what its first needs, if they are there at all. */
static bool is_wanted_by_item(const walk *at, unsigned index)
{
    const x12i_field *field = &at->parts->fields[index];
    const x12i_run *run = &at->parts->runs[field->run - 1];
    unsigned first = run->first - 1u, within = (index - first) % run->stride;
    uint64_t item = (at->sent >> (index - within)) & ((UINT64_C(1) << run->stride) - 1);
    return run->stride > 1 && item != 0 && at->parts->fields[first + within].usage == X12I_REQUIRED;
}

static void check_missing(const walk *at)
{
    const x12i_field *fields = at->parts->fields;
    for (unsigned i = 0; i < at->parts->field_count && !at->check->loose; i++) {
        if ((at->sent >> i & 1) != 0)
            continue;
        if (fields[i].usage == X12I_REQUIRED || (fields[i].run != 0 && is_wanted_by_item(at, i))) {
            at->check->faulty = true;
            raise_at(at, X12_FINDING_ELEMENT_MISSING, i + 1);
        }
    }
}

static void check_parts(walk *at, const x12i_span *whole, char separator)
{
    const x12i_tokens *tokens = at->check->tokens;
    unsigned part = 0, most = at->parts->field_count < MOST_PARTS ? at->parts->field_count : MOST_PARTS;
    x12i_span span = x12i_before_first(whole);
    while (x12i_next_part(tokens, &span, whole, separator)) {
        if (part++ == most) {
            raise_at(at, at->components ? X12_FINDING_TOO_MANY_COMPONENTS : X12_FINDING_TOO_MANY_ELEMENTS, part);
            break;
        }
        if (span.start == span.end)
            continue;
        at->values[part - 1] = x12i_span_text(tokens, &span);
        at->sent |= UINT64_C(1) << (part - 1);
        check_part(at, part, &span);
    }
    check_missing(at);
    if (at->parts->rules != NULL && !at->check->loose)
        x12i_check_conditions(at->check, at->parts, at->sent, at->where, at->components);
}

X12I_APART static void check_composite(x12_check *check, const x12i_parts *parts, const x12i_span *whole, const x12_position *position)
{
    walk inside;
    inside.check = check;
    inside.parts = parts;
    inside.where = position;
    inside.components = true;
    inside.sent = 0;
    check_parts(&inside, whole, (char)check->delimiters->component);
}

static bool has_trailing_separator(const x12i_tokens *tokens)
{
    return tokens->count != 0 && tokens->positions[tokens->count - 1] + 1 == tokens->length;
}

void x12i_check_elements(x12_check *check)
{
    const x12i_tokens *tokens = check->tokens;
    walk at; /* its values are set one by one: clearing them takes longer than the rest */
    at.check = check;
    at.parts = check->slot->parts;
    at.where = &check->position;
    at.components = false;
    at.sent = 0;
    check->faulty = false;
    if (tokens->count != 0) {
        const x12i_span whole = {tokens->positions[0] + 1, tokens->length, 1, tokens->count};
        check_parts(&at, &whole, (char)check->delimiters->element);
        if (has_trailing_separator(tokens) && !is_header(&at))
            x12i_check_raise(check, X12_FINDING_TRAILING_SEPARATOR, &check->position);
    } else {
        check_missing(&at);
    }
    if (at.sent == 0 && !check->faulty)
        x12i_check_raise(check, X12_FINDING_EMPTY_SEGMENT, &check->position);
}
