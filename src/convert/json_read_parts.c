#include "convert/json_labels.h"
#include "model/values.h"
#include "model/decode.h"
#include "model/structure.h"

/* The key of part `index`; NULL for one without field, and for all of a run but its first. A run's item has no runs of its own. */
static const x12i_key *key_at(const x12i_parts *parts, unsigned index)
{
    const x12i_field *field = &parts->fields[index];
    if (field->run != 0 && parts->runs != NULL) {
        const x12i_run *run = &parts->runs[field->run - 1];
        return index + 1u == run->first ? &run->key : NULL;
    }
    return field->shape > X12I_DERIVED ? &field->key : NULL;
}

int x12i_json_match_part(x12i_json_builder *builder, const x12i_parts *parts, unsigned from)
{
    for (unsigned i = from; i < parts->last_used; i++) {
        const x12i_key *key = key_at(parts, i);
        if (key != NULL && x12i_json_match(&builder->lexer, key))
            return (int)i;
    }
    return -1;
}

int x12i_json_named_part(const x12i_json_builder *builder, const x12i_parts *parts)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_key *key = key_at(parts, i);
        if (key != NULL && x12i_json_key_names(builder, key))
            return (int)i;
    }
    return -1;
}

/* --- values --- */

/* A period is looked at when its format is known. */
static inline void watch_flaws(const x12i_json_builder *builder, const x12i_field *field, x12_text text)
{
    if (builder->flaws && !(builder->plain && x12i_is_right(field, text)))
        x12i_json_tell_flaws(builder, field, text, (x12_text){0});
}

/* The empty string is no value. */
static bool read_value(x12i_json_builder *builder, const x12i_field *field, x12_text *value)
{
    char iso[X12I_ISO_MAX];
    x12_text text;
    if (value->length != 0)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    if (!x12i_json_scan_text(builder, &text))
        return false;
    if (text.length == 0)
        return true;
    if (field->type >= X12I_DATE)
        text = x12i_value_from_iso(field, text, iso);
    if (field->type != X12I_PERIOD) {
        if (!x12i_json_can_carry(builder, text, builder->place))
            return false;
        watch_flaws(builder, field, text);
    }
    if (!x12i_json_keep(builder, &text))
        return false;
    value->data = text.data; /* not the struct as a whole: a decimal has fields where a text is padded */
    value->length = text.length;
    if (field->type > (builder->numbers_as_text ? X12I_INTEGER : X12I_CODE))
        x12i_value_interpret(field->type, value);
    return true;
}

static bool settle_period(x12i_json_builder *builder, const x12i_field *field, x12_period *period, x12_text qualifier, x12_text *format)
{
    char sent[X12I_ISO_MAX];
    x12_text text = x12i_period_sent(period, &qualifier, format, sent);
    if (!x12i_json_enter(builder, field->name, 0) || !x12i_json_can_carry(builder, text, builder->place))
        return false;
    if (builder->flaws)
        x12i_json_tell_flaws(builder, field, text, qualifier);
    x12i_json_leave(builder);
    if (text.data == sent && !x12i_json_keep(builder, &text))
        return false;
    period->data = text.data;
    period->length = text.length;
    x12i_period_read(period, qualifier);
    return true;
}

bool x12i_json_settle_periods(x12i_json_builder *builder, const x12i_parts *parts, void *owner, const x12i_slot *slot)
{
    const x12_segment *sent = slot != NULL ? *x12i_segment_at(slot, owner) : NULL;
    bool by_hand = slot != NULL && (sent == NULL || !(sent->flags & X12_SEGMENT_AS_SENT));
    for (unsigned i = 0; parts->has_periods && i < parts->last_used; i++) {
        const x12i_field *field = &parts->fields[i];
        if (field->type != X12I_PERIOD || field->shape != X12I_VALUE || field->run != 0)
            continue;
        const x12i_field *format = &parts->fields[field->format_part - 1];
        x12_period *period = (x12_period *)(void *)((char *)owner + field->offset);
        x12_text *unsaid = by_hand && format->shape == X12I_VALUE ? (x12_text *)(void *)((char *)owner + format->offset) : NULL;
        if (period->length != 0 && !settle_period(builder, field, period, x12i_format_qualifier(parts, field, owner), unsaid))
            return false;
    }
    return true;
}

/* --- lists --- */

static bool read_text_item(x12i_json_builder *builder, const void *context, void *item)
{
    x12_text text;
    if (!x12i_json_scan_text(builder, &text) || !x12i_json_can_carry(builder, text, builder->place))
        return false;
    if (text.length == 0)
        return true;
    watch_flaws(builder, context, text);
    if (!x12i_json_keep(builder, &text))
        return false;
    *(x12_text *)item = text;
    return true;
}

static bool read_composite_item(x12i_json_builder *builder, const void *context, void *item)
{
    return x12i_json_read_object(builder, context, item, NULL);
}

typedef struct run_of_items {
    const x12i_run *run;
    const x12i_field *first;
} run_of_items;

/* What is too many for the run is refused when it is written. */
static bool read_run_item(x12i_json_builder *builder, const void *context, void *item)
{
    const run_of_items *items = context;
    const x12i_run *run = items->run;
    size_t index = builder->way[builder->depth - 1].index, last = run->maximum - 1u;
    const x12i_field *field = items->first + (index < last ? index : last) * run->stride;
    if (run->bare && field->shape == X12I_VALUE)
        return read_text_item(builder, field, item);
    if (run->bare)
        return read_composite_item(builder, field->parts, item);
    const x12i_parts parts = {.field_count = run->stride, .last_used = run->stride, .fields = field};
    return read_composite_item(builder, &parts, item);
}

static bool read_run(x12i_json_builder *builder, const x12i_run *run, const x12i_field *first, void *owner)
{
    x12i_list *list = (x12i_list *)(void *)((char *)owner + run->offset);
    return x12i_json_read_list(builder, list, run->item_size, read_run_item, &(run_of_items){run, first});
}

static bool read_repetitions(x12i_json_builder *builder, const x12i_field *field, void *place)
{
    if (field->shape == X12I_REPEATED_VALUE)
        return x12i_json_read_list(builder, place, sizeof(x12_text), read_text_item, field);
    return x12i_json_read_list(builder, place, field->parts->size, read_composite_item, field->parts);
}

/* --- objects --- */

static bool is_empty(const void *memory, size_t size)
{
    const char *bytes = memory;
    return size == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0);
}

static bool read_field(x12i_json_builder *builder, const x12i_field *field, void *owner)
{
    void *place = (char *)owner + field->offset;
    switch ((x12i_shape)field->shape) {
    case X12I_VALUE:
        return read_value(builder, field, place);
    case X12I_COMPOSITE:
        if (!is_empty(place, field->parts->size))
            return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
        return x12i_json_read_object(builder, field->parts, place, NULL);
    default:
        return read_repetitions(builder, field, place);
    }
}

/* Where the values of a part stand: a struct in a run is no element, its own parts are. */
static uint8_t place_of(const x12i_json_builder *builder, const x12i_field *field, const x12i_run *run)
{
    static const uint8_t places[] = {[X12I_VALUE] = X12I_IN_ELEMENT, [X12I_COMPOSITE] = X12I_IN_COMPONENT,
                                     [X12I_REPEATED_VALUE] = X12I_IN_REPETITION, [X12I_REPEATED_COMPOSITE] = X12I_IN_COMPONENT};
    return builder->place != X12I_IN_ELEMENT || (run != NULL && !run->bare) ? builder->place : places[field->shape];
}

bool x12i_json_read_part(x12i_json_builder *builder, const x12i_parts *parts, unsigned index, void *owner)
{
    const x12i_field *field = &parts->fields[index];
    const x12i_run *run = field->run != 0 && parts->runs != NULL ? &parts->runs[field->run - 1] : NULL;
    uint8_t around = builder->place;
    if (!x12i_json_enter(builder, run != NULL ? run->name : field->name, 0))
        return false;
    builder->place = place_of(builder, field, run);
    if (!(run != NULL ? read_run(builder, run, field, owner) : read_field(builder, field, owner)))
        return false;
    builder->place = around;
    x12i_json_leave(builder);
    return true;
}

bool x12i_json_read_object(x12i_json_builder *builder, const x12i_parts *parts, void *owner, const x12i_slot *slot)
{
    bool first = true, more;
    unsigned next = 0;
    if (!x12i_json_begin(builder, '{'))
        return false;
    while (x12i_json_more(builder, '}', &first, &more)) {
        if (!more)
            return x12i_json_settle_periods(builder, parts, owner, slot);
        int part = x12i_json_match_part(builder, parts, next);
        if (part < 0) {
            if (!x12i_json_read_key(builder))
                return false;
            part = x12i_json_named_part(builder, parts);
        }
        if (part >= 0) {
            if (!x12i_json_read_part(builder, parts, (unsigned)part, owner))
                return false;
            next = (unsigned)part + 1;
        } else if (x12i_json_skip_label(builder, parts)) {
            continue;
        } else if (slot == NULL || !x12i_json_key_is(builder, "x12")) {
            return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
        } else if (!x12i_json_read_note(builder, slot, owner)) {
            return false;
        }
    }
    return false;
}
