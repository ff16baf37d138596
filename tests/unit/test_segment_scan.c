/* Sixteen bytes at a time or one by one: the same segments. */
#include "wire/segment_scan.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 50000, LONGEST = 100, POSITIONS = LONGEST + 32 };

static uint32_t random_below(uint32_t limit)
{
    static uint32_t state = 2463534242u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % limit;
}

typedef struct read_text {
    x12i_lexer lexer;
    uint32_t positions[POSITIONS];
    x12i_tokens tokens;
    bool plain;
} read_text;

/* Reads the segment at `text`; false where it does not end there. */
static bool read_segment(read_text *r, const x12i_delimiters *delimiters, bool single_byte, const char *text, size_t length, bool scan)
{
    const char *cursor = text;
    memset(r, 0, sizeof *r);
    r->lexer.positions = r->positions;
    r->lexer.capacity = POSITIONS - 1;
    x12i_lexer_delimiters(&r->lexer, delimiters, single_byte);
    r->tokens.text = text;
    if (scan)
        return x12i_scan(&r->lexer, &r->tokens, &r->plain);
    bool ends = x12i_lex(&r->lexer, text, &cursor, text + length) == X12I_LEXED_TERMINATOR && !r->lexer.high;
    r->tokens.count = r->lexer.count;
    r->tokens.nested = r->lexer.nested;
    r->tokens.length = (uint32_t)(cursor - text) - 1;
    return ends;
}

static bool is_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] >= 0x80 || text[i] == '"' || text[i] == '\\')
            return false;
    return true;
}

START_TEST(same_segments)
{
    static const x12i_delimiters sets[] = {{'*', ':', '^', '~'}, {'*', 0, 0, '~'}, {'*', '*', '^', '\n'}, {0x1D, 0x1F, '\\', 0x1C}, {'~', ':', 0, '~'}};
    static const char bytes[] = "ABCDEF0123456789 *:^~\n\r\x1D\x1C\x1F\"\\\x7F\x80\xFF\0";
    static read_text alone, scanned;
    char text[LONGEST + X12I_SLACK];
    unsigned taken = 0;
    for (unsigned i = 0; i < TEXTS; i++) {
        const x12i_delimiters *delimiters = &sets[random_below(sizeof sets / sizeof *sets)];
        size_t length = random_below(LONGEST + 1), kinds = 1 + random_below(sizeof bytes);
        bool single_byte = random_below(2);
        for (size_t k = 0; k < sizeof text; k++)
            text[k] = k == length ? '\0' : bytes[random_below((uint32_t)kinds)];
        bool ends = read_segment(&alone, delimiters, single_byte, text, length, false);
        if (!read_segment(&scanned, delimiters, single_byte, text, length, true))
            continue; /* the lexer sees to it */
        taken++;
        ck_assert(ends);
        ck_assert_uint_eq(alone.tokens.length, scanned.tokens.length);
        ck_assert_uint_eq(alone.tokens.count, scanned.tokens.count);
        ck_assert_int_eq(alone.tokens.nested, scanned.tokens.nested);
        ck_assert_mem_eq(alone.positions, scanned.positions, alone.tokens.count * sizeof *alone.positions);
        ck_assert(!scanned.plain || is_plain(text, scanned.tokens.length));
    }
#ifdef __SSE2__
    ck_assert_uint_gt(taken, TEXTS / 10);
#endif
}
END_TEST

Suite *segment_scan_suite(void);
Suite *segment_scan_suite(void)
{
    Suite *suite = suite_create("segment scan");
    TCase *cases = tcase_create("segment scan");
    tcase_add_test(cases, same_segments);
    suite_add_tcase(suite, cases);
    return suite;
}
