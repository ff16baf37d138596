#include <remedi/guide.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "model/model.h"

const char *x12_guide_name(size_t index)
{
    return index < x12i_guide_count ? x12i_guides[index]->prefix : NULL;
}

const char *x12_loop_id(const x12_loop_type *type)
{
    return x12i_is_interchange(type) ? "ISA" : type->id;
}

const char *x12_loop_name(const x12_loop_type *type)
{
    return type->name;
}

const x12_loop_type *x12_loop_parent(const x12_loop_type *type)
{
    return x12i_is_transaction(type) ? x12i_envelope.loops[1] : type->parent;
}

bool x12_loop_is_within(const x12_loop_type *type, const x12_loop_type *outer)
{
    while (type != NULL && type != outer)
        type = x12_loop_parent(type);
    return type != NULL;
}

const char *x12_loop_guide(const x12_loop_type *type)
{
    return type->guide != NULL && type->guide != &x12i_envelope ? type->guide->id : NULL;
}

const char *x12_place_name(const x12_place *place)
{
    return place->name;
}

const char *x12_place_segment(const x12_place *place)
{
    return place->segment;
}

bool x12_place_opens(const x12_place *place, const x12_loop_type *type)
{
    return place == type->slots;
}

static void tell(void *context, const x12_segment *segment, const x12_loop_type *loop, const x12i_slot *slot, const x12i_tokens *tokens, const x12i_delimiters *delimiters)
{
    (void)tokens;
    const x12_watcher *watcher = context;
    const x12_placed placed = {
        segment, loop, slot, {delimiters->element, delimiters->component, delimiters->repetition, delimiters->segment, {NULL, 0}}};
    watcher->placed(watcher->context, &placed);
}

void x12_reader_watch(x12_reader *reader, const x12_watcher *watcher)
{
    x12i_reader_trace(reader, (x12i_trace){(void *)(uintptr_t)watcher, tell});
}

/* --- the values of a segment --- */

/* Takes the text before the next `separator` (0: none) off the front of `rest`; false when there is no more. */
static bool take_piece(x12_text *rest, uint32_t separator, x12_text *piece)
{
    char encoded[4];
    size_t length = separator ? x12i_utf8_encode(separator, encoded) : 0;
    if (rest->data == NULL)
        return false;
    *piece = *rest;
    for (uint32_t at = 0; length != 0 && at + length <= rest->length; at++) {
        if (memcmp(rest->data + at, encoded, length) != 0)
            continue;
        piece->length = at;
        rest->data += at + length;
        rest->length -= at + (uint32_t)length;
        return true;
    }
    *rest = (x12_text){NULL, 0};
    return true;
}

static void add_index(x12i_buffer *name, size_t index)
{
    x12i_buffer_add_byte(name, '[');
    x12i_buffer_add_number(name, index);
    x12i_buffer_add_byte(name, ']');
}

/* Adds ".name" of part `number`; "" where it has none. */
static void add_part_name(x12i_buffer *name, const x12i_parts *parts, unsigned number)
{
    const x12i_field *field = &parts->fields[number - 1];
    const x12i_run *run = field->run ? &parts->runs[field->run - 1] : NULL;
    if (name->length != 0)
        x12i_buffer_add_byte(name, '.');
    if (run != NULL) {
        x12i_buffer_add_string(name, run->name);
        add_index(name, (number - run->first) / run->stride);
        if (run->bare)
            return;
        x12i_buffer_add_byte(name, '.');
    }
    if (field->name != NULL)
        x12i_buffer_add_string(name, field->name);
}

static const x12i_field *part_at(const x12i_parts *parts, unsigned number)
{
    return parts != NULL && number >= 1 && number <= parts->field_count ? &parts->fields[number - 1] : NULL;
}

static void name_element(const x12i_parts *parts, const x12_element *element, x12i_buffer *name)
{
    const x12i_field *field = part_at(parts, element->element);
    if (field == NULL || (field->name == NULL && field->run == 0))
        return;
    add_part_name(name, parts, element->element);
    if (field->shape == X12I_REPEATED_VALUE || field->shape == X12I_REPEATED_COMPOSITE)
        add_index(name, element->repetition ? element->repetition - 1 : 0);
    const x12i_field *component = part_at(field->parts, element->component);
    if (component != NULL && (component->name != NULL || component->run != 0))
        add_part_name(name, field->parts, element->component);
}

typedef struct element_walk {
    const x12_placed *placed;
    const x12i_parts *parts;
    void *context;
    void (*handle)(void *context, const x12_element *element);
} element_walk;

static void hand_out(const element_walk *walk, x12_element *element)
{
    char text[X12_ELEMENT_NAME_MAX + 1];
    x12i_buffer name = {.data = text, .capacity = X12_ELEMENT_NAME_MAX};
    if (element->value.length == 0)
        return;
    name_element(walk->parts, element, &name);
    text[name.length] = '\0';
    element->name = text;
    walk->handle(walk->context, element);
}

/* One repetition of an element, by its components. */
static void walk_components(const element_walk *walk, x12_element element, x12_text text)
{
    const x12i_field *field = part_at(walk->parts, element.element);
    x12_text rest = text;
    bool first = true;
    while (take_piece(&rest, walk->placed->syntax.component, &element.value)) {
        bool composite = (field != NULL && field->parts != NULL) || !first || rest.data != NULL;
        element.component = composite ? element.component + 1 : 0;
        first = false;
        hand_out(walk, &element);
    }
}

static void walk_repetitions(const element_walk *walk, unsigned number, x12_text text)
{
    x12_element element = {.element = number};
    x12_text rest = text, piece;
    while (take_piece(&rest, walk->placed->syntax.repetition, &piece)) {
        element.repetition = element.repetition != 0 || rest.data != NULL ? element.repetition + 1 : 0;
        walk_components(walk, element, piece);
    }
}

/* The header of an interchange holds the delimiters as values. */
static bool is_whole(const x12_placed *placed)
{
    return x12i_is_interchange(placed->loop) && placed->place == placed->loop->slots;
}

void x12_each_element(const x12_placed *placed, void *context, void (*handle)(void *context, const x12_element *element))
{
    const element_walk walk = {placed, placed->place ? placed->place->parts : NULL, context, handle};
    x12_text rest = {placed->segment->text, placed->segment->length}, piece;
    take_piece(&rest, placed->syntax.element, &piece);
    for (unsigned number = 1; take_piece(&rest, placed->syntax.element, &piece); number++) {
        if (is_whole(placed))
            hand_out(&walk, &(x12_element){.element = number, .value = piece});
        else
            walk_repetitions(&walk, number, piece);
    }
}
