#include "wire/wire.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "diagnostic/diagnostic.h"
#include "wire/delimiters.h"
#include "wire/segment_scan.h"
#include "wire/source.h"
#include <string.h>

enum { NEXT_LINE = 0x85, FIRST_POSITIONS = 1024, LONGEST_LINE_BREAK = 2, LONGEST_START = 4 /* ISA and its separator */, SIGHT = 4096 };

struct x12i_wire {
    x12i_wire_options options;
    x12i_source source;
    x12i_lexer lexer;
    x12i_delimiters delimiters;
    unsigned char kinds[256]; /* what each byte is between segments */
    bool begun;             /* the delimiters are known */
    bool scans;             /* and most segments need no lexer */
    char line_break[3 * LONGEST_LINE_BREAK];
    size_t line_break_length;
    x12i_buffer joined;     /* the text of a segment that line breaks stand in, without them */
    size_t taken;           /* bytes from source.start that the last item used up */
    uint32_t line;
    uint64_t line_offset;   /* where the line begins */
};

static const char *first_byte(const x12i_wire *wire)
{
    return wire->source.data + wire->source.start;
}

static size_t available(const x12i_wire *wire)
{
    return wire->source.end - wire->source.start;
}

/* What a byte is between segments, beside the delimiters. */
enum { GAP = 1, LINE_BREAK = 2, LINE_END = 4 };

static void classify(x12i_wire *wire)
{
    memset(wire->kinds, 0, sizeof wire->kinds);
    wire->kinds['\r'] = GAP | LINE_BREAK;
    wire->kinds['\n'] = GAP | LINE_BREAK | LINE_END;
    wire->kinds[' '] = wire->kinds['\t'] = GAP;
    if (wire->source.single != NULL && wire->source.single->page != NULL)
        wire->kinds[NEXT_LINE] = GAP | LINE_BREAK | LINE_END;
    if (!wire->begun)
        return;
    wire->kinds[wire->delimiters.segment] &= (unsigned char)~GAP;
    wire->kinds[wire->delimiters.element] &= (unsigned char)~GAP;
}

static inline bool is(const x12i_wire *wire, char byte, unsigned kind)
{
    return (wire->kinds[(unsigned char)byte] & kind) != 0;
}

X12I_APART static x12_status raise(x12i_wire *wire, x12_finding_code code, uint64_t offset, x12_status status)
{
    x12_position position = {.offset = offset, .line = wire->line, .column = (uint32_t)(offset - wire->line_offset) + 1};
    x12i_raise(&wire->options.findings, code, position);
    return status;
}

static inline void count_line(x12i_wire *wire, char byte, uint64_t offset)
{
    if (!is(wire, byte, LINE_END))
        return;
    wire->line++;
    wire->line_offset = offset + 1;
}

static inline void count_lines(x12i_wire *wire, const char *data, size_t size, uint64_t offset)
{
    for (size_t i = 0; i < size; i++)
        count_line(wire, data[i], offset + i);
}

/* The usual line break is what follows the first terminator. */
static void find_line_break(x12i_wire *wire, const char *data, size_t size)
{
    const char *end = memchr(data, wire->delimiters.segment, size);
    size_t at = end ? (size_t)(end - data) + 1 : size, length = 0;
    if (at < size && data[at] == '\r' && wire->delimiters.segment != '\r')
        length++;
    if (at + length < size && data[at + length] != '\r' && is(wire, data[at + length], LINE_BREAK))
        length++;
    wire->line_break_length = x12i_wire_widen(wire, data + at, length, wire->line_break);
}

/* Settles the delimiters by the segment that begins `skip` bytes on. */
X12I_APART static x12_status begin_interchange(x12i_wire *wire, size_t skip, bool isa)
{
    x12_status status = x12i_source_ensure(&wire->source, skip + X12I_LOOKAHEAD);
    if (status != X12_OK)
        return status;
    const char *data = first_byte(wire) + skip;
    size_t size = available(wire) - skip < X12I_LOOKAHEAD ? available(wire) - skip : X12I_LOOKAHEAD;
    bool fixed = true, clash = false;
    wire->delimiters = isa ? x12i_isa_delimiters(data, size, &fixed, &clash) : x12i_guess_delimiters(data, size);
    wire->begun = true;
    wire->scans = !wire->options.lexer_only;
    classify(wire);
    if (!fixed)
        raise(wire, X12_FINDING_ISA_LENGTH, wire->source.offset + skip, X12_OK);
    if (clash)
        raise(wire, X12_FINDING_DELIMITERS_CLASH, wire->source.offset + skip, X12_OK);
    find_line_break(wire, data, size);
    x12i_lexer_delimiters(&wire->lexer, &wire->delimiters, wire->source.single != NULL);
    return X12_OK;
}

/* The length of the gap at the front. All of it is read, and where there is as much, LONGEST_START bytes behind it. */
static inline x12_status skip_gap(x12i_wire *wire, size_t *length)
{
    size_t gap = 0;
    for (;;) {
        const char *front = first_byte(wire);
        while (is(wire, front[gap], GAP)) /* the NUL behind what was read is none */
            gap++;
        *length = gap;
        if (gap > wire->options.segment_limit)
            return raise(wire, X12_FINDING_SEGMENT_TOO_LONG, wire->source.offset, X12_ERROR_LIMIT);
        if (available(wire) >= gap + LONGEST_START || wire->source.at_end)
            return X12_OK;
        x12_status status = x12i_source_more(&wire->source);
        if (status != X12_OK)
            return status;
    }
}

static x12_status grow_positions(x12i_lexer *lexer, const x12_allocator *allocator)
{
    size_t old = lexer->positions ? lexer->capacity + 1u : 0, new = old ? 2 * old : FIRST_POSITIONS;
    uint32_t *positions = x12i_resize(allocator, lexer->positions, old * sizeof *positions, new * sizeof *positions);
    if (positions == NULL)
        return X12_ERROR_MEMORY;
    lexer->positions = positions;
    lexer->capacity = (uint32_t)new - 1; /* room for the end is left */
    return X12_OK;
}

/* Whether the line break just read ends an unterminated segment: an ISA follows. */
static x12_status isa_follows(x12i_wire *wire, size_t length, bool *follows)
{
    x12_status status = x12i_source_ensure(&wire->source, length + X12I_LOOKAHEAD);
    *follows = status == X12_OK && x12i_has_isa_separators(first_byte(wire) + length, available(wire) - length);
    return status;
}

/* Takes back the line breaks at the end of what was read. */
static size_t without_line_breaks(const x12i_wire *wire, size_t gap, size_t length)
{
    while (length > gap && is(wire, first_byte(wire)[length - 1], LINE_BREAK))
        length--;
    return length;
}

/* Sees to what stopped the lexer within the segment behind the gap, `*length` bytes on; `*stop`: there the segment ends, without a terminator. */
X12I_APART static x12_status go_on(x12i_wire *wire, size_t gap, size_t *length, x12i_lexed lexed, x12i_view *view, bool *stop)
{
    x12_status status = X12_OK;
    if (*length > wire->options.segment_limit)
        return raise(wire, X12_FINDING_SEGMENT_TOO_LONG, wire->source.offset + gap, X12_ERROR_LIMIT);
    if (lexed == X12I_LEXED_FULL)
        return grow_positions(&wire->lexer, wire->options.allocator);
    if (lexed == X12I_LEXED_LINE_BREAK) {
        status = isa_follows(wire, gap + *length, stop);
        view->odd |= X12I_ODD_LINE_BREAK;
    } else if (!wire->source.at_end) {
        status = x12i_source_more(&wire->source);
    } else {
        *stop = true;
    }
    if (*stop)
        *length = without_line_breaks(wire, gap, gap + *length) - gap;
    return status;
}

static inline x12i_lexed lex(x12i_wire *wire, size_t gap, size_t *length)
{
    const char *text = first_byte(wire) + gap, *cursor = text + *length;
    x12i_lexed lexed = x12i_lex(&wire->lexer, text, &cursor, wire->source.data + wire->source.end);
    *length = (size_t)(cursor - text);
    return lexed;
}

/* Reads the segment behind the gap, whatever is in it. */
static inline x12_status lex_segment(x12i_wire *wire, size_t gap, x12i_view *view)
{
    size_t length = 0;
    bool stop = false;
    wire->lexer.count = 0;
    wire->lexer.high = wire->lexer.nested = false;
    x12i_lexed lexed = lex(wire, gap, &length);
    while (lexed != X12I_LEXED_TERMINATOR || length > wire->options.segment_limit) {
        x12_status status = go_on(wire, gap, &length, lexed, view, &stop);
        if (status != X12_OK)
            return status;
        if (stop)
            break;
        lexed = lex(wire, gap, &length);
    }
    if (wire->lexer.high)
        view->odd |= X12I_ODD_HIGH;
    if (stop)
        view->odd |= is(wire, (char)wire->delimiters.segment, LINE_BREAK) ? X12I_ODD_UNTERMINATED : X12I_ODD_UNTERMINATED | X12I_ODD_CUT;
    view->tokens = (x12i_tokens){.positions = wire->lexer.positions, .count = wire->lexer.count, .length = (uint32_t)length - !stop, .nested = wire->lexer.nested};
    wire->lexer.positions[view->tokens.count] = view->tokens.length;
    wire->taken = gap + length;
    return X12_OK;
}

/* Says where the segment stands, and goes on to its end. */
static inline void locate(x12i_wire *wire, size_t gap, x12i_view *view)
{
    view->before = first_byte(wire);
    view->before_length = (uint32_t)gap;
    view->offset = wire->source.offset + gap;
    count_lines(wire, view->before, gap, wire->source.offset);
    view->line = wire->line;
    view->column = (uint32_t)(view->offset - wire->line_offset) + 1;
}

static void add_without_line_breaks(x12i_buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' && text[i] != '\n')
            out->data[out->length++] = text[i];
}

/* Takes the line breaks out of the text, stretch by stretch, for it is its delimiters that move. */
static x12_status join_lines(x12i_wire *wire, x12i_view *view)
{
    x12_text raw = view->raw = (x12_text){view->tokens.text, view->tokens.length};
    wire->joined.length = 0;
    if (!x12i_buffer_reserve(&wire->joined, raw.length + X12I_SLACK))
        return X12_ERROR_MEMORY;
    for (uint32_t i = 0, from = 0; i <= view->tokens.count; i++) {
        uint32_t to = wire->lexer.positions[i];
        add_without_line_breaks(&wire->joined, raw.data + from, to - from);
        wire->lexer.positions[i] = (uint32_t)wire->joined.length;
        if (i < view->tokens.count)
            x12i_buffer_add_byte(&wire->joined, raw.data[to]);
        from = to + 1;
    }
    view->tokens.text = wire->joined.data;
    view->tokens.length = (uint32_t)wire->joined.length;
    return X12_OK;
}

static inline x12_status finish_view(x12i_wire *wire, size_t gap, x12i_view *view)
{
    locate(wire, gap, view);
    view->tokens.text = view->before + gap;
    if (view->odd & X12I_ODD_LINE_BREAK) {
        count_lines(wire, view->tokens.text, view->tokens.length, view->offset);
        if (!memchr(view->tokens.text, '\r', view->tokens.length) && !memchr(view->tokens.text, '\n', view->tokens.length))
            view->odd &= (uint8_t)~X12I_ODD_LINE_BREAK; /* they stood at its end only */
    }
    if (!(view->odd & X12I_ODD_UNTERMINATED))
        count_line(wire, view->tokens.text[view->tokens.length], view->offset + view->tokens.length);
    return view->odd & X12I_ODD_LINE_BREAK ? join_lines(wire, view) : X12_OK;
}

/* How many bytes stand before the first ISA; all of what is there when none is seen. */
static size_t find_isa(const x12i_wire *wire)
{
    const char *data = first_byte(wire);
    size_t size = available(wire);
    for (size_t at = 0; at < size; at++) {
        const char *letter = memchr(data + at, 'I', size - at);
        if (letter == NULL)
            return size;
        at = (size_t)(letter - data);
        if (x12i_has_isa_separators(letter, size - at))
            return at;
    }
    return size;
}

/* Bytes before the first segment. Nothing is told of them until it is sure that a segment follows. */
X12I_APART static x12_status skip_junk(x12i_wire *wire, x12i_wire_item *item)
{
    size_t junk;
    for (;;) {
        junk = find_isa(wire);
        bool all = wire->source.at_end || available(wire) > wire->options.segment_limit;
        if (junk < available(wire))
            break;
        if (all)
            return raise(wire, X12_FINDING_NOT_X12, 0, X12_ERROR_FORMAT);
        x12_status status = x12i_source_more(&wire->source);
        if (status != X12_OK)
            return status;
    }
    item->kind = X12I_WIRE_BYTES;
    item->bytes = (x12_text){first_byte(wire), (uint32_t)junk};
    item->view.offset = wire->source.offset;
    item->view.line = item->view.column = 1;
    count_lines(wire, item->bytes.data, junk, wire->source.offset);
    wire->taken = junk;
    return X12_OK;
}

void x12i_wire_as_bytes(x12i_wire *wire, x12i_wire_item *item)
{
    size_t segment = wire->taken;
    while (wire->taken < available(wire) && is(wire, first_byte(wire)[wire->taken], GAP))
        wire->taken++;
    item->kind = X12I_WIRE_BYTES;
    item->bytes = (x12_text){first_byte(wire), (uint32_t)wire->taken};
    count_lines(wire, first_byte(wire) + segment, wire->taken - segment, wire->source.offset + segment);
}

X12I_APART static x12_status finish_input(x12i_wire *wire, size_t gap, x12i_wire_item *item)
{
    if (!wire->begun)
        return raise(wire, X12_FINDING_NOT_X12, 0, X12_ERROR_FORMAT);
    *item = (x12i_wire_item){.kind = X12I_WIRE_END, .bytes = {first_byte(wire), (uint32_t)gap}, .offset = wire->source.offset};
    return X12_OK;
}

static inline bool is_st(const x12i_wire *wire, const char *text)
{
    return text[0] == 'S' && text[1] == 'T' && ((unsigned char)text[2] == wire->delimiters.element || (unsigned char)text[2] == wire->delimiters.segment);
}

/* Behind an ST some of its transaction is read already: see x12i_wire_ahead. */
static inline x12_status see_ahead(x12i_wire *wire, size_t gap, const x12i_view *view)
{
    bool perhaps = (view->odd & X12I_ODD_LINE_BREAK) != 0; /* which may stand in the id */
    return perhaps || is_st(wire, first_byte(wire) + gap) ? x12i_source_ensure(&wire->source, wire->taken + SIGHT) : X12_OK;
}

x12_text x12i_wire_ahead(const x12i_wire *wire)
{
    size_t size = available(wire) - wire->taken;
    return (x12_text){first_byte(wire) + wire->taken, (uint32_t)(size < SIGHT ? size : SIGHT)};
}

/* Most segments: whole, with a terminator, and neither an ISA nor an ST. */
static inline bool take_ordinary(x12i_wire *wire, x12i_view *view)
{
    const char *front = first_byte(wire), *text = front;
    while (is(wire, *text, GAP))
        text++;
    size_t gap = (size_t)(text - front);
    bool looked_at = (text[0] == 'I' && text[1] == 'S') || is_st(wire, text);
    view->tokens.text = text;
    if (looked_at || !x12i_scan(&wire->lexer, &view->tokens, &view->plain))
        return false;
    if (gap > wire->options.segment_limit || view->tokens.length >= wire->options.segment_limit)
        return false;
    view->opens_interchange = false;
    view->odd = 0;
    wire->taken = gap + view->tokens.length + 1;
    locate(wire, gap, view);
    count_line(wire, (char)wire->delimiters.segment, view->offset + view->tokens.length);
    return true;
}

X12I_APART static x12_status take_any(x12i_wire *wire, x12i_wire_item *item)
{
    size_t gap;
    item->view.plain = false;
    item->view.odd = 0;
    x12_status status = skip_gap(wire, &gap);
    if (status != X12_OK)
        return status;
    if (gap == available(wire))
        return finish_input(wire, gap, item);
    bool isa = first_byte(wire)[gap] == 'I' && x12i_is_isa(first_byte(wire) + gap, available(wire) - gap);
    if (!isa && !wire->begun && !x12i_is_bare_start(first_byte(wire) + gap, available(wire) - gap))
        return skip_junk(wire, item);
    if (isa || !wire->begun)
        status = begin_interchange(wire, gap, isa);
    item->view.opens_interchange = isa;
    if (status == X12_OK)
        status = lex_segment(wire, gap, &item->view);
    if (status == X12_OK)
        status = see_ahead(wire, gap, &item->view);
    if (status == X12_OK)
        status = finish_view(wire, gap, &item->view);
    return status;
}

x12_status x12i_wire_next(x12i_wire *wire, x12i_wire_item *item)
{
    x12i_source_skip(&wire->source, wire->taken);
    wire->taken = 0;
    item->kind = X12I_WIRE_SEGMENT;
    return wire->scans && take_ordinary(wire, &item->view) ? X12_OK : take_any(wire, item);
}

x12_status x12i_wire_open(x12i_wire **wire, x12_input input, const x12i_wire_options *options)
{
    *wire = NULL;
    x12i_wire *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    made->line = 1;
    made->joined.allocator = options->allocator;
    made->source = (x12i_source){.input = input, .allocator = options->allocator, .findings = &made->options.findings};
    x12_status status = grow_positions(&made->lexer, options->allocator);
    if (status == X12_OK)
        status = x12i_source_open(&made->source, options->charset);
    classify(made);
    made->line_offset = made->source.offset;
    if (status != X12_OK)
        x12i_wire_free(made);
    else
        *wire = made;
    return status;
}

const x12i_delimiters *x12i_wire_delimiters(const x12i_wire *wire)
{
    return &wire->delimiters;
}

x12_text x12i_wire_line_break(const x12i_wire *wire)
{
    return (x12_text){wire->line_break, (uint32_t)wire->line_break_length};
}

const char *x12i_wire_charset(const x12i_wire *wire)
{
    return wire->source.charset;
}

bool x12i_wire_has_bom(const x12i_wire *wire)
{
    return wire->source.byte_order_mark;
}

size_t x12i_wire_widen(const x12i_wire *wire, const char *data, size_t size, char *out)
{
    if (wire->source.single != NULL)
        return x12i_charset_widen(wire->source.single, data, size, out);
    if (size != 0)
        memcpy(out, data, size);
    return size;
}

void x12i_wire_free(x12i_wire *wire)
{
    if (wire == NULL)
        return;
    const x12_allocator *allocator = wire->options.allocator;
    x12i_source_close(&wire->source);
    x12i_buffer_free(&wire->joined);
    x12i_release(allocator, wire->lexer.positions, (wire->lexer.capacity + 1u) * sizeof *wire->lexer.positions);
    x12i_release(allocator, wire, sizeof *wire);
}
