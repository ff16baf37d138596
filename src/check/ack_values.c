#include "check/ack_state.h"
#include "base/text.h"
#include <string.h>

void x12i_add_error(x12i_error_codes *codes, const char *code)
{
    for (unsigned i = 0; i < codes->count; i++)
        if (code != NULL && strcmp(codes->items[i], code) == 0)
            return;
    if (code != NULL && codes->count < sizeof codes->items / sizeof *codes->items)
        codes->items[codes->count++] = code;
}

bool x12i_has_id(const x12_placed *placed, const char *id)
{
    const x12_segment *segment = placed->segment;
    size_t length = strlen(id);
    return segment->length >= length && memcmp(segment->text, id, length) == 0 &&
           (segment->length == length || (unsigned char)segment->text[length] == placed->syntax.element);
}

/* The piece number `index` of `text`, from 0; empty where there are not as many. */
static x12_text piece_of(x12_text text, uint32_t separator, unsigned index)
{
    uint32_t start = 0;
    for (uint32_t at = 0; separator != 0 && at < text.length; at++) {
        if ((unsigned char)text.data[at] != separator)
            continue;
        if (index-- == 0)
            return (x12_text){text.data + start, at - start};
        start = at + 1;
    }
    if (index != 0 || start == text.length)
        return (x12_text){0};
    return (x12_text){text.data + start, text.length - start};
}

x12_text x12i_sent(const x12_placed *placed, unsigned element, unsigned component, unsigned repetition)
{
    x12_text text = piece_of((x12_text){placed->segment->text, placed->segment->length}, placed->syntax.element, element);
    if (repetition != 0)
        text = piece_of(text, placed->syntax.repetition, repetition - 1);
    return component == 0 ? text : piece_of(text, placed->syntax.component, component - 1);
}

bool x12i_is_qualified(const x12_placed *placed, const char *qualifier)
{
    return x12i_is_text(x12i_sent(placed, 1, 0, 0), qualifier);
}

static bool is_delimiter(const x12_syntax *syntax, unsigned char byte)
{
    return byte == syntax->element || byte == syntax->component || byte == syntax->repetition || byte == syntax->segment;
}

x12_text x12i_ack_keep(x12_ack *ack, x12_arena *arena, x12_text value, uint32_t maximum)
{
    char *kept = value.length ? x12i_arena_take(arena, value.length) : NULL;
    uint32_t length = 0;
    if (value.length != 0 && kept == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    for (uint32_t i = 0; kept != NULL && i < value.length && length < maximum; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        bool follows = byte >= 0x80 && byte < 0xC0; /* the rest of a character */
        bool fits = byte > ' ' && byte < 0x7F && !is_delimiter(&ack->interchange.syntax, byte);
        if (fits || (!follows && length != 0))
            kept[length++] = fits ? (char)byte : ' ';
    }
    while (length != 0 && kept[length - 1] == ' ')
        length--;
    return length ? (x12_text){kept, length} : (x12_text){0};
}

x12_text x12i_keep_digits(x12_ack *ack, x12_arena *arena, x12_text value, uint32_t maximum)
{
    bool digits = value.length <= maximum;
    for (uint32_t i = 0; i < value.length; i++)
        digits = digits && value.data[i] >= '0' && value.data[i] <= '9';
    return digits ? x12i_ack_keep(ack, arena, value, maximum) : (x12_text){0};
}

x12_text x12i_number_text(x12_ack *ack, x12_arena *arena, uint64_t number, unsigned width)
{
    char digits[20];
    x12i_buffer buffer = {.data = digits, .capacity = sizeof digits};
    x12i_buffer_add_number(&buffer, number);
    unsigned length = width > buffer.length ? width : (unsigned)buffer.length;
    char *kept = x12i_arena_take(arena, length);
    if (kept == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return (x12_text){0};
    }
    memset(kept, '0', length);
    memcpy(kept + length - buffer.length, digits, buffer.length);
    return (x12_text){kept, length};
}

bool x12i_lists(const x12i_slot *slot, unsigned element, x12_text code)
{
    return x12i_codes_hold(slot->parts->fields[element - 1].codes, code);
}

const x12i_guide *x12i_answer_guide(const char *id)
{
    return x12i_find_guide(x12i_string_text(id), (x12_text){0});
}

void *x12i_new_answer(x12_ack *ack, x12_arena *arena, const char *guide)
{
    x12_loop *loop = x12i_new_loop(arena, x12i_answer_guide(guide)->loops[0], NULL);
    if (loop == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return loop;
}

/* The slot of the loops with this id. */
static const x12i_slot *slot_of(const x12_loop *parent, const char *id)
{
    const x12i_slot *slot = parent->type->slots;
    while (slot->loop == NULL || strcmp(slot->loop->id, id) != 0)
        slot++;
    return slot;
}

void *x12i_add_answer(x12_ack *ack, x12_arena *arena, void *parent, const char *id)
{
    bool full;
    x12_loop *added = parent ? x12i_add_loop(arena, parent, slot_of(parent, id), &full) : NULL;
    if (added == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return added;
}

void *x12i_open_answer(x12_ack *ack, x12_arena *arena, void *parent, const char *id)
{
    x12_loop *opened = parent ? x12i_new_loop(arena, slot_of(parent, id)->loop, parent) : NULL;
    if (opened == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return opened;
}

x12_text_list x12i_list_errors(x12_ack *ack, const x12i_error_codes *codes)
{
    x12_text_list list = {x12i_arena_take(ack->arena, (codes->count + 1) * sizeof *list.items), codes->count};
    if (list.items == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return (x12_text_list){0};
    }
    for (unsigned i = 0; i < codes->count; i++)
        list.items[i] = x12i_string_text(codes->items[i]);
    return list;
}
