#include "convert/json_read.h"
#include "model/values.h"

#include "base/buffer.h"
#include "base/text.h"

static const char *const note_keys[] = {"asSent", "before", "unterminated", "missing", "after", "elements"};

static bool keep_around(x12i_json_builder *builder, x12_segment *segment, uint32_t flag, const char **data, uint32_t *length)
{
    x12_text text;
    if (!x12i_json_read_text(builder, &text))
        return false;
    *data = text.data;
    *length = text.length;
    segment->flags |= flag;
    return true;
}

static bool keep_before(x12i_json_builder *builder, x12_segment *segment)
{
    return keep_around(builder, segment, X12_SEGMENT_BEFORE, &segment->before, &segment->before_length);
}

static bool keep_after(x12i_json_builder *builder, x12_segment *segment)
{
    return keep_around(builder, segment, X12_SEGMENT_AFTER, &segment->after, &segment->after_length);
}

/* Gives the segment its raw text, and the same without line breaks. */
static bool take_raw(x12i_json_builder *builder, x12_segment *segment, x12_text raw)
{
    segment->raw = segment->text = raw.data;
    segment->raw_length = segment->length = raw.length;
    if (!x12i_has_line_break(raw))
        return true;
    char *text = x12i_json_allocate(builder, raw.length);
    if (text != NULL)
        x12i_take_without_breaks(segment, text);
    return text != NULL;
}

static bool keep_as_sent(x12i_json_builder *builder, x12_segment *segment)
{
    x12_text raw;
    segment->flags |= X12_SEGMENT_AS_SENT;
    return x12i_json_read_text(builder, &raw) && take_raw(builder, segment, raw);
}

static bool set_flag(x12i_json_builder *builder, x12_segment *segment, uint32_t flag)
{
    segment->flags |= flag;
    return x12i_json_read_true(builder);
}

/* --- elements --- */

static bool add_element(x12i_json_builder *builder, x12i_buffer *raw, bool first)
{
    x12_text element;
    if (!x12i_json_scan_text(builder, &element) || !x12i_json_can_carry(builder, element, X12I_IN_RAW))
        return false;
    if (!first)
        x12i_buffer_add(raw, builder->separator, builder->separator_length);
    x12i_buffer_add(raw, element.data, element.length);
    return true;
}

static bool add_elements(x12i_json_builder *builder, x12i_buffer *raw)
{
    bool first = true, more;
    if (!x12i_json_begin(builder, '['))
        return false;
    for (size_t i = 0; x12i_json_more(builder, ']', &first, &more); i++) {
        if (!more)
            return true;
        if (!x12i_json_enter(builder, NULL, i) || !add_element(builder, raw, i == 0))
            return false;
        x12i_json_leave(builder);
    }
    return false;
}

static bool read_array(x12i_json_builder *builder, x12_segment *segment)
{
    x12i_buffer raw = {.allocator = builder->lexer.allocator};
    bool done = add_elements(builder, &raw);
    if (done && raw.failed) {
        builder->status = X12_ERROR_MEMORY;
        done = false;
    }
    x12_text text = {raw.length != 0 ? raw.data : "", (uint32_t)raw.length};
    done = done && x12i_json_keep(builder, &text) && take_raw(builder, segment, text);
    x12i_buffer_free(&raw);
    return done;
}

/* --- the objects --- */

static bool read_note_key(x12i_json_builder *builder, x12_segment *segment, size_t key)
{
    switch (key) {
    case 0:
        return keep_as_sent(builder, segment);
    case 1:
        return keep_before(builder, segment);
    case 2:
        return set_flag(builder, segment, X12_SEGMENT_UNTERMINATED);
    case 3:
        return set_flag(builder, segment, X12_SEGMENT_MISSING);
    case 4:
        return keep_after(builder, segment);
    case 5:
        return read_array(builder, segment);
    default:
        return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    }
}

static bool read_note_object(x12i_json_builder *builder, x12_segment *segment)
{
    const size_t key_count = sizeof note_keys / sizeof *note_keys;
    unsigned seen = 0;
    bool first = true, more;
    if (!x12i_json_begin(builder, '{'))
        return false;
    while (x12i_json_next_key(builder, &first, &more)) {
        if (!more)
            return true;
        size_t key = 0;
        while (key < key_count && !x12i_json_key_is(builder, note_keys[key]))
            key++;
        if (seen & 1u << key)
            return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
        seen |= 1u << key;
        if (!x12i_json_enter(builder, key < key_count ? note_keys[key] : "x12", 0) || !read_note_key(builder, segment, key))
            return false;
        x12i_json_leave(builder);
    }
    return false;
}

bool x12i_json_read_elements(x12i_json_builder *builder, const void *context, void *item)
{
    (void)context;
    x12_segment *segment = x12i_json_allocate(builder, sizeof *segment);
    if (segment == NULL)
        return false;
    *(const x12_segment **)item = segment;
    if (x12i_json_peek(&builder->lexer) == '[')
        return read_array(builder, segment);
    if (!read_note_object(builder, segment))
        return false;
    return segment->raw != NULL || x12i_json_fail(builder, X12_FINDING_JSON_TYPE);
}

/* The note of the segment that `place` points to: `*place` is made here. */
static bool read_segment_note(x12i_json_builder *builder, const char *name, const x12_segment **place)
{
    if (*place != NULL)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    x12_segment *segment = x12i_json_allocate(builder, sizeof *segment);
    if (segment == NULL)
        return false;
    *place = segment;
    if (!x12i_json_enter(builder, name, 0) || !read_note_object(builder, segment))
        return false;
    x12i_json_leave(builder);
    return true;
}

bool x12i_json_read_note(x12i_json_builder *builder, const x12i_slot *slot, void *owner)
{
    bool first = true, more;
    if (!x12i_json_enter(builder, "x12", 0) || !x12i_json_begin(builder, '{'))
        return false;
    while (x12i_json_next_key(builder, &first, &more)) {
        if (!more) {
            x12i_json_leave(builder);
            return true;
        }
        if (!x12i_json_key_is(builder, slot->note))
            return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
        if (!read_segment_note(builder, slot->note, owner))
            return false;
    }
    return false;
}

/* The slot of this name in `order`; slot_count for `unmapped`, more where there is none. */
static unsigned ordered_slot(const x12_loop_type *type, x12_text name)
{
    for (unsigned i = 0; i < type->slot_count; i++) {
        const x12i_slot *slot = &type->slots[i];
        const char *slot_name = slot->kind == X12I_SLOT_INLINE ? slot->note : slot->name;
        if (x12i_is_text(name, slot_name))
            return i;
    }
    bool unmapped = name.length == 8 && memcmp(name.data, "unmapped", 8) == 0;
    return unmapped ? type->slot_count : type->slot_count + 1u;
}

static bool read_order_item(x12i_json_builder *builder, const void *context, void *item)
{
    const x12_loop_type *type = context;
    x12_text name;
    if (!x12i_json_scan_text(builder, &name))
        return false;
    unsigned slot = ordered_slot(type, name);
    *(uint16_t *)item = (uint16_t)slot;
    return slot <= type->slot_count || x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
}

static bool read_order(x12i_json_builder *builder, x12_loop *loop)
{
    x12i_list list = {0};
    if (loop->order != NULL)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    if (!x12i_json_enter(builder, "order", 0) || !x12i_json_read_list(builder, &list, sizeof(uint16_t), read_order_item, loop->type))
        return false;
    loop->order = list.items;
    loop->order_count = (uint32_t)list.count;
    x12i_json_leave(builder);
    return true;
}

static bool read_slot_note(x12i_json_builder *builder, x12_loop *loop, unsigned first)
{
    const x12_loop_type *type = loop->type;
    unsigned index = 0;
    while (index < type->slot_count && (type->slots[index].kind != X12I_SLOT_INLINE || !x12i_json_key_is(builder, type->slots[index].note)))
        index++;
    if (index == type->slot_count)
        return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    if (index < first)
        return x12i_json_fail(builder, X12_FINDING_JSON_KEY_ORDER);
    const x12i_slot *slot = &type->slots[index];
    return read_segment_note(builder, slot->note, (const x12_segment **)(void *)((char *)loop + slot->segment_offset));
}

bool x12i_json_read_notes(x12i_json_builder *builder, x12_loop *loop, unsigned first_slot)
{
    bool first = true, more;
    if (!x12i_json_begin(builder, '{'))
        return false;
    while (x12i_json_next_key(builder, &first, &more)) {
        if (!more)
            return true;
        bool order = x12i_json_key_is(builder, "order") && first_slot == 0;
        if (!(order ? read_order(builder, loop) : read_slot_note(builder, loop, first_slot)))
            return false;
    }
    return false;
}
