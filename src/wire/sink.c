#include "base/arena.h"
#include "base/buffer.h"
#include "wire/charset.h"
#include "wire/wire.h"
#include <iconv.h>
#include <string.h>

enum { FLUSH_SIZE = 64 << 10, CONVERTED_SIZE = 4 << 10 };

struct x12i_sink {
    x12_output output;
    x12i_buffer text; /* UTF-8 that is not written yet */
    const x12_allocator *allocator;
    const x12i_charset *single;
    iconv_t converter;
    bool converts;
    bool keeps;
};

x12_status x12i_sink_open(x12i_sink **sink, x12_output output, const x12_allocator *allocator, const char *charset, bool byte_order_mark)
{
    *sink = NULL;
    x12i_sink *made = x12i_allocate(allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->output = output;
    made->allocator = allocator;
    made->text.allocator = allocator;
    if (!x12i_is_utf8_name(charset)) {
        made->single = x12i_single_byte_charset(charset);
        made->converts = made->single == NULL;
    }
    if (made->converts)
        made->converter = iconv_open(charset, "UTF-8");
    if (made->converts && made->converter == (iconv_t)-1) {
        made->converts = false;
        x12i_sink_free(made);
        return X12_ERROR_USAGE;
    }
    if (byte_order_mark)
        x12i_buffer_add(&made->text, "\xEF\xBB\xBF", 3);
    *sink = made;
    return X12_OK;
}

char *x12i_sink_room(x12i_sink *sink, size_t size)
{
    return x12i_buffer_reserve(&sink->text, size) ? sink->text.data + sink->text.length : NULL;
}

void x12i_sink_put(x12i_sink *sink, size_t length)
{
    sink->text.length += length;
}

static x12_status put_out(x12i_sink *sink, const char *data, size_t size)
{
    return size == 0 || sink->output.write(sink->output.context, data, size) ? X12_OK : X12_ERROR_OUTPUT;
}

static x12_status write_converted(x12i_sink *sink)
{
    char *in = sink->text.data, converted[CONVERTED_SIZE];
    size_t in_left = sink->text.length;
    while (in_left != 0) {
        char *out = converted;
        size_t out_left = sizeof converted;
        size_t result = iconv(sink->converter, &in, &in_left, &out, &out_left);
        x12_status status = put_out(sink, converted, (size_t)(out - converted));
        if (status != X12_OK)
            return status;
        if (result == (size_t)-1 && out_left == sizeof converted)
            return X12_ERROR_FORMAT;
    }
    return X12_OK;
}

static x12_status write_text(x12i_sink *sink)
{
    x12i_buffer *text = &sink->text;
    x12_status status = X12_OK;
    if (text->failed)
        return X12_ERROR_MEMORY;
    if (sink->converts) {
        status = write_converted(sink);
    } else {
        if (sink->single != NULL && !x12i_charset_narrow(sink->single, text->data, text->length, text->data, &text->length))
            return X12_ERROR_FORMAT;
        status = put_out(sink, text->data, text->length);
    }
    text->length = 0;
    return status;
}

size_t x12i_sink_end(const x12i_sink *sink)
{
    return sink->text.length;
}

void x12i_sink_keep(x12i_sink *sink, bool keep)
{
    sink->keeps = keep;
}

void x12i_sink_change(x12i_sink *sink, size_t at, char byte)
{
    sink->text.data[at] = byte;
}

x12_status x12i_sink_drain(x12i_sink *sink)
{
    return sink->text.length < FLUSH_SIZE || sink->keeps ? X12_OK : write_text(sink);
}

x12_status x12i_sink_finish(x12i_sink *sink)
{
    return write_text(sink);
}

void x12i_sink_free(x12i_sink *sink)
{
    if (sink == NULL)
        return;
    if (sink->converts)
        iconv_close(sink->converter);
    x12i_buffer_free(&sink->text);
    x12i_release(sink->allocator, sink, sizeof *sink);
}
