#include "wire/source.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "diagnostic/diagnostic.h"
#include <errno.h>
#include <string.h>

static size_t available(const x12i_source *source)
{
    return source->end - source->start;
}

/* Moves what is not used yet to the front, and sees that `size` more bytes and the slack have room. */
static bool make_room(x12i_source *source, size_t size)
{
    size_t kept = available(source), needed = kept + size + X12I_SLACK;
    if (source->start != 0)
        memmove(source->data, source->data + source->start, kept);
    source->start = 0;
    source->end = kept;
    if (needed <= source->capacity)
        return true;
    size_t capacity = source->capacity ? source->capacity : X12I_BLOCK;
    while (capacity < needed)
        capacity *= 2;
    char *data = x12i_resize(source->allocator, source->data, source->capacity, capacity);
    if (data == NULL)
        return false;
    source->data = data;
    source->capacity = capacity;
    return true;
}

static x12_status read_input(x12i_source *source, char *buffer, size_t size, size_t *taken)
{
    ptrdiff_t count = source->input.read(source->input.context, buffer, size);
    if (count < 0 || (size_t)count > size) {
        x12i_raise(source->findings, X12_FINDING_INPUT_FAILED, (x12_position){.offset = source->offset + available(source)});
        return X12_ERROR_INPUT;
    }
    source->at_end = count == 0;
    *taken = (size_t)count;
    return X12_OK;
}

static x12_status refuse_charset(x12i_source *source)
{
    x12i_raise(source->findings, X12_FINDING_CHARSET, (x12_position){.offset = source->offset + available(source)});
    return X12_ERROR_FORMAT;
}

/* Brings the raw bytes to UTF-8, as far as they make whole characters. */
static x12_status convert(x12i_source *source)
{
    char *in = source->raw, *out = source->data + source->end;
    size_t in_left = source->raw_size, out_left = source->capacity - source->end - X12I_SLACK;
    size_t result = iconv(source->converter, &in, &in_left, &out, &out_left);
    bool incomplete = result == (size_t)-1 && (errno == EINVAL || errno == E2BIG);
    source->end = (size_t)(out - source->data);
    memmove(source->raw, in, in_left);
    source->raw_size = in_left;
    if ((result == (size_t)-1 && !incomplete) || (source->at_end && in_left != 0))
        return refuse_charset(source);
    return X12_OK;
}

/* One UTF-16 unit may become three bytes of UTF-8. */
enum { GROWTH = 3 };

static x12_status read_converted(x12i_source *source)
{
    size_t taken;
    x12_status status = read_input(source, source->raw + source->raw_size, X12I_BLOCK - source->raw_size, &taken);
    if (status != X12_OK)
        return status;
    source->raw_size += taken;
    return convert(source);
}

static void end_with_nul(x12i_source *source)
{
    memset(source->data + source->end, 0, X12I_SLACK);
}

x12_status x12i_source_more(x12i_source *source)
{
    size_t before = available(source), taken = 0;
    x12_status status = X12_OK;
    if (!make_room(source, source->converts ? GROWTH * X12I_BLOCK : X12I_BLOCK))
        return X12_ERROR_MEMORY;
    if (source->converts) {
        while (status == X12_OK && !source->at_end && available(source) == before)
            status = read_converted(source);
    } else {
        status = read_input(source, source->data + source->end, source->capacity - source->end - X12I_SLACK, &taken);
        if (source->single != NULL && status == X12_OK)
            x12i_charset_read(source->single, (unsigned char *)source->data + source->end, taken);
        source->end += taken;
    }
    end_with_nul(source);
    return status;
}

x12_status x12i_source_ensure(x12i_source *source, size_t size)
{
    x12_status status = X12_OK;
    while (status == X12_OK && available(source) < size && !source->at_end)
        status = x12i_source_more(source);
    return status;
}

static bool begins(const x12i_source *source, const char *bytes, size_t size)
{
    return available(source) >= size && memcmp(source->data + source->start, bytes, size) == 0;
}

/* A block may end within a character. */
static bool looks_utf8(const char *data, size_t size)
{
    for (size_t cut = 0; cut < 4 && cut <= size; cut++)
        if (x12i_utf8_is_valid(data, size - cut))
            return true;
    return false;
}

/* Where ISA11, the repetition separator, stands; its usual '^' tells the two EBCDIC code pages apart. */
enum { REPETITION_AT = 82, CIRCUMFLEX_IN_IBM1047 = 0x5F };

static const char *guess_ebcdic(const x12i_source *source)
{
    bool other = available(source) > REPETITION_AT && (unsigned char)source->data[source->start + REPETITION_AT] == CIRCUMFLEX_IN_IBM1047;
    return other ? "IBM1047" : "IBM037";
}

static const char *guess_charset(x12i_source *source)
{
    if (begins(source, "\0I\0S", 4) || begins(source, "\0S\0T", 4))
        return "UTF-16BE";
    if (begins(source, "I\0S\0", 4) || begins(source, "S\0T\0", 4))
        return "UTF-16LE";
    if (begins(source, "\xC9\xE2\xC1", 3) || begins(source, "\xE2\xE3\x5C", 3))
        return guess_ebcdic(source);
    size_t looked_at = available(source) < X12I_BLOCK ? available(source) : X12I_BLOCK;
    return looks_utf8(source->data + source->start, looked_at) ? "UTF-8" : "ISO-8859-1";
}

static const char *take_byte_order_mark(x12i_source *source)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *charset;
    } marks[] = {{"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFE\xFF", 2, "UTF-16BE"}, {"\xFF\xFE", 2, "UTF-16LE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!begins(source, marks[i].bytes, marks[i].size))
            continue;
        source->byte_order_mark = true;
        x12i_source_skip(source, marks[i].size);
        return marks[i].charset;
    }
    return NULL;
}

/* What was read before the converter was there goes through it now. */
static x12_status begin_converting(x12i_source *source)
{
    source->converter = iconv_open("UTF-8", source->charset);
    if (source->converter == (iconv_t)-1)
        return refuse_charset(source);
    source->converts = true;
    source->raw = x12i_resize(source->allocator, NULL, 0, 2 * (size_t)X12I_BLOCK);
    if (source->raw == NULL)
        return X12_ERROR_MEMORY;
    size_t size = available(source);
    source->raw_size = size;
    memcpy(source->raw, source->data + source->start, size);
    source->end = source->start;
    return make_room(source, GROWTH * size) ? convert(source) : X12_ERROR_MEMORY;
}

x12_status x12i_source_open(x12i_source *source, const char *charset)
{
    x12_status status = x12i_source_ensure(source, X12I_BLOCK);
    if (status != X12_OK)
        return status;
    const char *marked = take_byte_order_mark(source);
    source->charset = charset ? charset : marked ? marked : guess_charset(source);
    if (x12i_is_utf8_name(source->charset)) {
        source->charset = "UTF-8";
        return X12_OK;
    }
    source->single = x12i_single_byte_charset(source->charset);
    if (source->single == NULL)
        status = begin_converting(source);
    else
        x12i_charset_read(source->single, (unsigned char *)source->data + source->start, available(source));
    if (status == X12_OK)
        end_with_nul(source);
    return status;
}

void x12i_source_close(x12i_source *source)
{
    if (source->converts)
        iconv_close(source->converter);
    x12i_release(source->allocator, source->raw, 2 * (size_t)X12I_BLOCK);
    x12i_release(source->allocator, source->data, source->capacity);
}
