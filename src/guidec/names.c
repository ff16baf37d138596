#include "guidec/guidec.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("guidec: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void gc_add(x12i_buffer *out, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = length > 0 ? (size_t)length : 0;
    if (x12i_buffer_reserve(out, size + 1)) {
        vsnprintf(out->data + out->length, size + 1, format, again);
        out->length += size;
    }
    va_end(again);
    va_end(arguments);
}

char *gc_text(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = (length > 0 ? (size_t)length : 0) + 1;
    char *text = checked(malloc(size));
    vsnprintf(text, size, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

void gc_add_snake(x12i_buffer *out, const char *camel)
{
    for (; *camel != '\0'; camel++) {
        bool capital = *camel >= 'A' && *camel <= 'Z';
        if (capital)
            x12i_buffer_add_byte(out, '_');
        x12i_buffer_add_byte(out, capital ? (char)(*camel + 32) : *camel);
    }
}

char *gc_snake(const char *camel)
{
    x12i_buffer text = {0};
    gc_add_snake(&text, camel);
    x12i_buffer_add_byte(&text, '\0');
    return checked(text.data);
}

char *gc_prefix(const x12i_gguide *guide)
{
    return strcmp(guide->prefix, "envelope") == 0 ? gc_text("x12_") : gc_text("x12_%s_", guide->prefix);
}

char *gc_note(const x12i_gloop *loop, const x12i_gslot *slot)
{
    size_t same = 0;
    for (size_t i = 0; i < loop->count; i++)
        same += loop->slots[i].name == NULL && strcmp(loop->slots[i].id, slot->id) == 0;
    bool qualified = same > 1 && slot->name == NULL && slot->qualifiers.count != 0;
    return qualified ? gc_text("%s*%s", slot->id, slot->qualifiers.items[0]) : gc_text("%s", slot->id);
}

char *gc_segment_member(const x12i_gloop *loop, const x12i_gslot *slot)
{
    char *note = gc_note(loop, slot);
    for (char *c = note; *c != '\0'; c++)
        *c = *c == '*' ? '_' : *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    char *member = gc_text("%s_segment", note);
    free(note);
    return member;
}
