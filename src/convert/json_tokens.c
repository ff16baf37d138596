#include "base/arena.h"
#include "base/utf8.h"
#include "convert/json_lexer.h"

/* PADDING: what may be read beyond the limit. */
enum { FIRST_CAPACITY = 1 << 16, PADDING = 32 };

x12_status x12i_json_lexer_open(x12i_json_lexer *lexer, x12_input input, const x12_allocator *allocator, size_t maximum)
{
    *lexer = (x12i_json_lexer){.input = input, .allocator = allocator, .maximum = maximum, .line = 1};
    lexer->data = x12i_allocate(allocator, FIRST_CAPACITY);
    if (lexer->data == NULL)
        return X12_ERROR_MEMORY;
    lexer->capacity = FIRST_CAPACITY;
    lexer->token = lexer->cursor = lexer->marker = lexer->limit = lexer->data;
    return X12_OK;
}

void x12i_json_lexer_close(x12i_json_lexer *lexer)
{
    x12i_release(lexer->allocator, lexer->data, lexer->capacity);
}

static void count_lines(const unsigned char *data, const unsigned char *end, uint64_t offset, uint32_t *line, uint64_t *line_offset)
{
    for (const unsigned char *at = data; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;) {
        at++;
        (*line)++;
        *line_offset = offset + (uint64_t)(at - data);
    }
}

void x12i_json_locate(const x12i_json_lexer *lexer, const unsigned char *place, uint64_t *offset, uint32_t *line, uint32_t *column)
{
    uint64_t line_offset = lexer->line_offset;
    *line = lexer->line;
    *offset = lexer->offset + (uint64_t)(place - lexer->data);
    count_lines(lexer->data, place, lexer->offset, line, &line_offset);
    *column = (uint32_t)(*offset - line_offset) + 1;
}

static void move(x12i_json_lexer *lexer, unsigned char *data, size_t dropped)
{
    lexer->cursor = data + (lexer->cursor - lexer->data) - dropped;
    lexer->limit = data + (lexer->limit - lexer->data) - dropped;
    /* a marker that an earlier token left behind may stand before what is kept */
    lexer->marker = lexer->marker > lexer->token ? data + (lexer->marker - lexer->data) - dropped : data;
    lexer->token = data;
    lexer->data = data;
}

/* Drops what stands before the token. */
static void shift(x12i_json_lexer *lexer)
{
    size_t dropped = (size_t)(lexer->token - lexer->data);
    count_lines(lexer->data, lexer->token, lexer->offset, &lexer->line, &lexer->line_offset);
    lexer->offset += dropped;
    memmove(lexer->data, lexer->token, (size_t)(lexer->limit - lexer->token));
    move(lexer, lexer->data, dropped);
}

static bool grow(x12i_json_lexer *lexer)
{
    if (lexer->capacity >= lexer->maximum) {
        lexer->status = X12_ERROR_LIMIT;
        return false;
    }
    unsigned char *old = lexer->data, *data = x12i_allocate(lexer->allocator, 2 * lexer->capacity);
    if (data == NULL) {
        lexer->status = X12_ERROR_MEMORY;
        return false;
    }
    memcpy(data, old, (size_t)(lexer->limit - old));
    move(lexer, data, 0);
    x12i_release(lexer->allocator, old, lexer->capacity);
    lexer->capacity *= 2;
    return true;
}

bool x12i_json_fill(x12i_json_lexer *lexer)
{
    if (lexer->ended || lexer->status != X12_OK)
        return false;
    shift(lexer);
    size_t used = (size_t)(lexer->limit - lexer->data);
    if (lexer->capacity - used <= PADDING && !grow(lexer))
        return false;
    ptrdiff_t size = lexer->input.read(lexer->input.context, lexer->data + used, lexer->capacity - used - PADDING);
    if (size < 0)
        lexer->status = X12_ERROR_INPUT;
    lexer->ended = size <= 0;
    lexer->limit += size > 0 ? size : 0;
    lexer->data[lexer->limit - lexer->data] = 0;
    return size > 0;
}

int x12i_json_peek_slow(x12i_json_lexer *lexer)
{
    for (;;) {
        unsigned char byte = *lexer->cursor;
        if (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
            lexer->cursor++;
        } else if (byte != 0 || lexer->cursor != lexer->limit) {
            return byte;
        } else {
            lexer->token = lexer->cursor;
            if (!x12i_json_fill(lexer))
                return -1;
        }
    }
}

x12i_json_step x12i_json_next_slow(x12i_json_lexer *lexer, char closing, bool *first)
{
    bool was_first = *first;
    *first = false;
    int byte = x12i_json_peek(lexer);
    if (byte == closing) {
        lexer->cursor++;
        return X12I_JSON_STEP_DONE;
    }
    if (was_first)
        return X12I_JSON_STEP_ITEM;
    if (byte != ',')
        return X12I_JSON_STEP_WRONG;
    lexer->cursor++;
    return x12i_json_peek(lexer) == closing ? X12I_JSON_STEP_WRONG : X12I_JSON_STEP_ITEM;
}

static uint32_t read_unit(const char *digits)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        unsigned char digit = (unsigned char)digits[i];
        unit = unit << 4 | (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return unit;
}

/* The character that the escape at `*at` (behind its backslash) says; half of a pair gives 0xD800 and up. */
static uint32_t read_escape(const char **at, const char *end)
{
    static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
    char letter = *(*at)++;
    if (letter != 'u') {
        const char *found = strchr(letters, letter);
        return found != NULL ? (unsigned char)controls[found - letters] : (unsigned char)letter;
    }
    uint32_t high = read_unit(*at);
    *at += 4;
    if ((high & 0xFC00) != 0xD800 || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
        return high;
    uint32_t low = read_unit(*at + 2);
    if ((low & 0xFC00) != 0xDC00)
        return high;
    *at += 6;
    return 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
}

bool x12i_json_unescape(x12_text string, char *out, size_t *length)
{
    const char *at = string.data, *end = at + string.length;
    char *start = out;
    while (at < end) {
        uint32_t code_point = (unsigned char)*at;
        if (code_point == '\\') {
            at++;
            code_point = read_escape(&at, end);
            if ((code_point & 0xFFFFF800) == 0xD800)
                return false;
        } else if (code_point < 0x80) {
            *out++ = *at++;
            continue;
        } else {
            code_point = x12i_utf8_decode((const unsigned char *)at);
            at += x12i_utf8_length((const unsigned char *)at, (size_t)(end - at));
        }
        if (x12i_is_byte_character(code_point))
            *out++ = (char)(code_point - X12I_BYTE_BASE);
        else
            out += x12i_utf8_encode(code_point, out);
    }
    *length = (size_t)(out - start);
    return true;
}
