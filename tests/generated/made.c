#include "made.h"
#include <stdio.h>
#include <stdlib.h>

void made_clear(made *m, const x12i_guide *guide)
{
    m->guide = guide;
    m->segment_count = m->loop_count = 0;
    m->text.length = 0;
}

void made_free(made *m)
{
    free(m->segments);
    free(m->loops);
    x12i_buffer_free(&m->text);
    *m = (made){0};
}

/* Room for one more at least. */
static void *grown(void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = 2 * count + 64;
    items = realloc(items, *capacity * size);
    if (items == NULL)
        abort();
    return items;
}

uint32_t made_open(made *m, const x12_loop_type *type, uint32_t parent)
{
    m->loops = grown(m->loops, m->loop_count, &m->loop_capacity, sizeof *m->loops);
    m->loops[m->loop_count] = (made_loop){.type = type, .parent = parent, .first = m->segment_count, .end = m->segment_count, .last = m->loop_count};
    return m->loop_count++;
}

void made_close(made *m, uint32_t loop)
{
    m->loops[loop].end = m->segment_count;
    m->loops[loop].last = m->loop_count - 1;
}

made_segment *made_add(made *m, const x12i_slot *slot, uint32_t loop, size_t start)
{
    m->segments = grown(m->segments, m->segment_count, &m->segment_capacity, sizeof *m->segments);
    made_segment *segment = &m->segments[m->segment_count++];
    *segment = (made_segment){.slot = slot, .loop = loop, .start = start, .length = (uint32_t)(m->text.length - start)};
    return segment;
}

/* --- elements --- */

static const char *part_end(const char *at, const char *end, char separator)
{
    const char *found = at < end ? memchr(at, separator, (size_t)(end - at)) : NULL;
    return found ? found : end;
}

/* The n-th part, from 1; past the end where there are fewer: `*missing` separators would have to come before it. */
static x12_text part_of(x12_text whole, unsigned n, char separator, unsigned *missing)
{
    const char *at = whole.data, *end = whole.data + whole.length;
    for (*missing = 0; n > 1; n--) {
        const char *next = part_end(at, end, separator);
        *missing += next == end;
        at = next + (next < end);
    }
    return (x12_text){at, (uint32_t)(part_end(at, end, separator) - at)};
}

static x12_text text_of(const made *m, const made_segment *segment)
{
    return (x12_text){m->text.data + segment->start, segment->length};
}

x12_text made_element(const made *m, const made_segment *segment, unsigned element, unsigned component)
{
    unsigned missing;
    x12_text found = part_of(text_of(m, segment), element + 1, '*', &missing);
    if (missing != 0 || component == 0)
        return missing ? (x12_text){found.data, 0} : found;
    found.length = (uint32_t)(part_end(found.data, found.data + found.length, '^') - found.data);
    found = part_of(found, component, ':', &missing);
    return missing ? (x12_text){found.data, 0} : found;
}

static void add_separators(x12i_buffer *out, char separator, unsigned count)
{
    for (; count > 0; count--)
        x12i_buffer_add_byte(out, separator);
}

/* `out` may be what holds `data`. */
static void add_again(x12i_buffer *out, size_t from, size_t length)
{
    if (x12i_buffer_reserve(out, length))
        x12i_buffer_add(out, out->data + from, length);
}

static void cut_end(x12i_buffer *out, size_t start, char separator)
{
    while (out->length > start && out->data[out->length - 1] == separator)
        out->length--;
}

void made_set(made *m, made_segment *segment, unsigned element, unsigned component, const char *value)
{
    x12i_buffer *text = &m->text;
    unsigned missing, inner = 0;
    size_t end = segment->start + segment->length, start = text->length;
    x12_text old = part_of(text_of(m, segment), element + 1, '*', &missing);
    x12_text part = component == 0 ? old : part_of((x12_text){old.data, missing ? 0 : (uint32_t)(part_end(old.data, old.data + old.length, '^') - old.data)}, component, ':', &inner);
    size_t at = (size_t)(part.data - text->data), after = at + (missing || inner ? 0 : part.length);
    add_again(text, segment->start, at - segment->start);
    add_separators(text, '*', missing);
    add_separators(text, ':', inner);
    x12i_buffer_add_string(text, value);
    if (*value == '\0' && component != 0 && (after == end || text->data[after] != ':'))
        cut_end(text, start, ':');
    add_again(text, after, end - after);
    cut_end(text, start, '*');
    segment->start = start;
    segment->length = (uint32_t)(text->length - start);
}

void made_put(made *m, made_segment *segment, const char *text)
{
    segment->start = m->text.length;
    segment->length = (uint32_t)strlen(text);
    x12i_buffer_add_string(&m->text, text);
}

bool made_is(const made *m, const made_segment *segment, unsigned element, unsigned component, const char *value)
{
    x12_text text = made_element(m, segment, element, component);
    return text.length == strlen(value) && memcmp(text.data, value, text.length) == 0;
}

/* --- segments and loops --- */

static bool says(const made *m, const made_segment *segment, const char *id)
{
    size_t length = strlen(id);
    const char *text = m->text.data + segment->start;
    return segment->length >= length && memcmp(text, id, length) == 0 && (segment->length == length || text[length] == '*');
}

made_segment *made_find(const made *m, const char *id, uint32_t at, uint32_t end)
{
    for (; at < end; at++)
        if (says(m, &m->segments[at], id))
            return &m->segments[at];
    return NULL;
}

made_segment *made_own(const made *m, const char *id, uint32_t loop, const made_segment *before)
{
    uint32_t at = before ? (uint32_t)(before - m->segments) + 1 : m->loops[loop].first;
    for (; at < m->loops[loop].end; at++)
        if (m->segments[at].loop == loop && says(m, &m->segments[at], id))
            return &m->segments[at];
    return NULL;
}

uint32_t made_loop_named(const made *m, const char *name, uint32_t within, uint32_t after)
{
    for (uint32_t i = after + 1; i <= m->loops[within].last; i++)
        if (strcmp(m->loops[i].type->name, name) == 0 && m->segments[m->loops[i].first].length != 0)
            return i;
    return NO_LOOP;
}

void made_remove_loop(made *m, uint32_t loop)
{
    for (uint32_t i = m->loops[loop].first; i < m->loops[loop].end; i++)
        m->segments[i].length = 0;
}

void made_copy(made *m, uint32_t first, uint32_t end, uint32_t at)
{
    uint32_t count = end - first;
    m->segments = grown(m->segments, m->segment_count + count, &m->segment_capacity, sizeof *m->segments);
    memmove(m->segments + at + count, m->segments + at, (m->segment_count - at) * sizeof *m->segments);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = first + i;
        m->segments[at + i] = m->segments[from < at ? from : from + count];
    }
    m->segment_count += count;
}

void made_recount(made *m)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < m->segment_count; i++) {
        made_segment *segment = &m->segments[i];
        count = says(m, segment, "ST") ? 1 : count + (segment->length != 0);
        if (says(m, segment, "SE")) {
            char digits[16];
            snprintf(digits, sizeof digits, "%u", count);
            if (!made_is(m, segment, 1, 0, digits))
                made_set(m, segment, 1, 0, digits);
        }
    }
}

void made_join(const made *m, x12i_buffer *out)
{
    out->length = 0;
    for (uint32_t i = 0; i < m->segment_count; i++) {
        if (m->segments[i].length == 0)
            continue;
        x12i_buffer_add(out, m->text.data + m->segments[i].start, m->segments[i].length);
        x12i_buffer_add_string(out, "~\n");
    }
}
