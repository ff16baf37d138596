#include "convert/json_output.h"

static char *put_flags(x12i_json_output *output, char *out, const x12_segment *segment)
{
    if (segment->flags & X12_SEGMENT_BEFORE)
        out = x12i_json_put_named(output, out, "before", (x12_text){segment->before, segment->before_length});
    if (segment->flags & X12_SEGMENT_UNTERMINATED)
        out = x12i_json_put_true(output, out, "unterminated");
    if (segment->flags & X12_SEGMENT_MISSING)
        out = x12i_json_put_true(output, out, "missing");
    if (segment->flags & X12_SEGMENT_AFTER)
        out = x12i_json_put_named(output, out, "after", (x12_text){segment->after, segment->after_length});
    return out;
}

static char *put_named_note(x12i_json_output *output, char *out, const x12i_slot *slot, const x12_segment *segment)
{
    out = x12i_json_put_name(output, out, slot->note);
    out = x12i_json_open(output, out, '{');
    if (segment->flags & X12_SEGMENT_AS_SENT)
        out = x12i_json_put_named(output, out, "asSent", (x12_text){segment->raw, segment->raw_length});
    return x12i_json_close(output, put_flags(output, out, segment), '}');
}

char *x12i_json_put_note(x12i_json_output *output, char *out, const x12i_slot *slot, const x12_segment *segment)
{
    out = x12i_json_put_name(output, out, "x12");
    out = x12i_json_open(output, out, '{');
    return x12i_json_close(output, put_named_note(output, out, slot, segment), '}');
}

static char *put_order(x12i_json_output *output, char *out, const x12_loop *loop)
{
    out = x12i_json_put_name(output, out, "order");
    out = x12i_json_open(output, out, '[');
    for (uint32_t i = 0; i < loop->order_count; i++)
        out = x12i_json_put_text(output, out, x12i_string_text(x12i_part_name(loop->type, loop->order[i])));
    return x12i_json_close(output, out, ']');
}

char *x12i_json_put_notes(x12i_json_output *output, char *out, const char *key, const x12_loop *loop, unsigned first, unsigned last, bool order)
{
    const x12i_slot *slots = loop->type->slots;
    order = order && loop->order != NULL;
    while (first < last && x12i_json_noted(loop, &slots[first]) == NULL)
        first++;
    if (first == last && !order)
        return out;
    out = x12i_json_put_name(output, out, key);
    out = x12i_json_open(output, out, '{');
    for (; first < last; first++) {
        const x12_segment *segment = x12i_json_noted(loop, &slots[first]);
        if (segment != NULL)
            out = put_named_note(output, out, &slots[first], segment);
    }
    if (order)
        out = put_order(output, out, loop);
    return x12i_json_close(output, out, '}');
}

/* Where the next element separator begins; `end` where there is none. */
static const char *find_separator(const x12i_json_output *output, const char *data, const char *end)
{
    size_t length = output->separator_length;
    for (; (size_t)(end - data) >= length; data++)
        if (memcmp(data, output->separator, length) == 0)
            return data;
    return end;
}

static char *put_array(x12i_json_output *output, char *out, const x12_segment *segment)
{
    const char *data = segment->raw, *end = data + segment->raw_length;
    out = x12i_json_open(output, out, '[');
    for (;;) {
        const char *stop = find_separator(output, data, end);
        out = x12i_json_put_text(output, out, (x12_text){data, (uint32_t)(stop - data)});
        if (stop == end)
            return x12i_json_close(output, out, ']');
        data = stop + output->separator_length;
    }
}

char *x12i_json_put_elements(x12i_json_output *output, char *out, const x12_segment *segment)
{
    if ((segment->flags & (X12_SEGMENT_NOTED & ~(unsigned)X12_SEGMENT_AS_SENT)) == 0)
        return put_array(output, out, segment);
    out = x12i_json_open(output, out, '{');
    out = x12i_json_put_name(output, out, "elements");
    out = put_array(output, out, segment);
    return x12i_json_close(output, put_flags(output, out, segment), '}');
}
