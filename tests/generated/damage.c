#include "chance.h"
#include "generate.h"

static size_t segment_at(const x12i_buffer *out, size_t at)
{
    while (at > 0 && out->data[at - 1] != '\n')
        at--;
    return at;
}

static size_t segment_end(const x12i_buffer *out, size_t at)
{
    const char *end = memchr(out->data + at, '\n', out->length - at);
    return end ? (size_t)(end - out->data) + 1 : out->length;
}

static void replace(x12i_buffer *out, size_t at, size_t taken, const char *put, size_t length)
{
    if (!x12i_buffer_reserve(out, length))
        return;
    memmove(out->data + at + length, out->data + at + taken, out->length - at - taken);
    memcpy(out->data + at, put, length);
    out->length += length - taken;
}

static void damage_once(chance *c, x12i_buffer *out)
{
    static const char *const inserted[] = {"*", "**", ":", "^", "~", "~\n", "\n", "\r\n", " ", "ZZZ*1~\n", "REF*ZZ*1~\n", "NM1*ZZ*1*X~\n", "HL*9*8*22*0~\n", "HL*9*8*ZZ~\n", "X", "0", "\xE9", "-"};
    size_t isa = segment_end(out, 0), at = isa + below(c, (uint32_t)(out->length - isa));
    size_t start = segment_at(out, at), end = segment_end(out, at);
    x12i_buffer kept = {0};
    const char *text;
    switch (below(c, 4)) {
    case 0: /* a segment lost */
        replace(out, start, end - start, "", 0);
        break;
    case 1: /* a segment moved, or come twice */
        x12i_buffer_add(&kept, out->data + start, end - start);
        if (one_in(c, 2))
            replace(out, start, end - start, "", 0);
        at = segment_at(out, isa + below(c, (uint32_t)(out->length - isa)));
        replace(out, at < isa ? isa : at, 0, kept.data, kept.length);
        x12i_buffer_free(&kept);
        break;
    case 2: /* something put in */
        text = inserted[below(c, sizeof inserted / sizeof *inserted)];
        replace(out, at, 0, text, strlen(text));
        break;
    default: /* some bytes lost */
        replace(out, at, end - at < 4 ? end - at : 1 + below(c, 4), "", 0);
        break;
    }
}

void damage(x12i_buffer *text, uint64_t seed)
{
    chance c = chance_of(seed ^ 0x5DEECE66Du);
    for (unsigned count = 1 + below(&c, 6); count > 0; count--)
        damage_once(&c, text);
}
