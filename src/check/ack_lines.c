#include "check/ack_state.h"
#include <string.h>

/* The segments that are kept of a line; what is qualified, by that. */
static const struct { const char *id, *qualifier; uint8_t index; } kept[] = {
    {"LX", NULL, 0}, {"SV1", NULL, 1}, {"SV2", NULL, 1}, {"REF", "6R", 2}, {"DTP", "472", 3},
};

/* Where a text of a line stands. */
typedef struct text_place {
    uint8_t text; /* x12i_line_text */
    const char *segment;
    uint8_t element;
    uint8_t component;
    uint8_t maximum;
} text_place;

enum { AMOUNT = 40, DATES = 18 }; /* longer than they may be, to see what is too long */
static const text_place places[] = {
    {X12I_LINE_NUMBER, "LX", 1, 0, 6},
    {X12I_LINE_CONTROL, "REF", 2, 0, 50},
    {X12I_LINE_QUALIFIER, "SV1", 1, 1, 2},
    {X12I_LINE_QUALIFIER, "SV2", 2, 1, 2},
    {X12I_LINE_PROCEDURE, "SV1", 1, 2, 48},
    {X12I_LINE_PROCEDURE, "SV2", 2, 2, 48},
    {X12I_LINE_MODIFIERS, "SV1", 1, 3, 2}, /* and the three behind it */
    {X12I_LINE_MODIFIERS, "SV2", 2, 3, 2},
    {X12I_LINE_REVENUE, "SV2", 1, 0, 48},
    {X12I_LINE_CHARGE, "SV1", 2, 0, AMOUNT},
    {X12I_LINE_CHARGE, "SV2", 3, 0, AMOUNT},
    {X12I_LINE_UNITS, "SV1", 4, 0, AMOUNT},
    {X12I_LINE_UNITS, "SV2", 5, 0, AMOUNT},
    {X12I_LINE_DATE, "DTP", 3, 0, DATES},
};

static x12_text copy(x12_ack *ack, x12_arena *arena, x12_text text)
{
    char *copied = x12i_arena_take(arena, text.length);
    if (copied == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return (x12_text){0};
    }
    memcpy(copied, text.data, text.length);
    return (x12_text){copied, text.length};
}

static void begin_line(x12_ack *ack, x12i_claim_lines *lines, x12_arena *arena, uint32_t number)
{
    x12i_line *line = x12_arena_allocate(arena, sizeof *line);
    if (line == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return;
    }
    line->first = number;
    *(lines->last ? &lines->last->next : &lines->first) = line;
    lines->last = line;
    x12i_watch_memory(ack);
}

void x12i_take_line(x12_ack *ack, const x12_placed *placed)
{
    x12i_claim_lines *lines = &ack->claims.lines[ack->claims.turn];
    x12_arena *arena = ack->line_arenas[ack->claims.turn];
    if (lines->claim != NULL && placed->place != NULL && x12_place_opens(placed->place, placed->loop))
        begin_line(ack, lines, arena, placed->segment->number);
    for (size_t i = 0; i < sizeof kept / sizeof *kept && lines->last != NULL; i++)
        if (x12i_is_segment(placed, kept[i].id) && (kept[i].qualifier == NULL || x12i_is_qualified(placed, kept[i].qualifier)))
            lines->last->segments[kept[i].index] = copy(ack, arena, (x12_text){placed->segment->text, placed->segment->length});
    ack->claims.syntax = placed->syntax;
}

x12_text x12i_text_of_line(x12_ack *ack, const x12i_line *line, x12i_line_text text)
{
    unsigned modifier = text > X12I_LINE_MODIFIERS && text < X12I_LINE_REVENUE ? text - X12I_LINE_MODIFIERS : 0;
    for (unsigned i = 0; i < X12I_LINE_SEGMENTS; i++) {
        const x12_segment segment = {.text = line->segments[i].data, .length = line->segments[i].length};
        const x12_placed placed = {.segment = &segment, .syntax = ack->claims.syntax};
        for (size_t k = 0; k < sizeof places / sizeof *places; k++)
            if (places[k].text == text - modifier && x12i_is_segment(&placed, places[k].segment))
                return x12i_ack_keep(ack, ack->claim_arena, x12i_sent(&placed, places[k].element, places[k].component + modifier, 0), places[k].maximum);
    }
    return (x12_text){0};
}

void x12i_reject_line(x12_ack *ack, const x12i_answered *claim, uint32_t segment_number, const x12i_claim_code *code)
{
    x12i_line *line = NULL;
    for (unsigned i = 0; i < 2; i++)
        for (x12i_line *next = ack->claims.lines[i].first; next != NULL && ack->claims.lines[i].claim == claim && next->first <= segment_number; next = next->next)
            line = next;
    if (line != NULL)
        x12i_refuse(&line->refusal, code);
}

/* A copy that lives as long as the claim. */
static x12i_line *keep_line(x12_ack *ack, const x12i_line *line)
{
    x12i_line *made = x12_arena_allocate(ack->claim_arena, sizeof *made);
    if (made == NULL) {
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
        return NULL;
    }
    *made = *line;
    made->next = NULL;
    for (unsigned i = 0; i < X12I_LINE_SEGMENTS; i++)
        if (line->segments[i].length != 0)
            made->segments[i] = copy(ack, ack->claim_arena, line->segments[i]);
    return made;
}

/* Nothing more will be found in them: what is refused stays. */
static void settle(x12_ack *ack, unsigned turn)
{
    x12i_claim_lines *lines = &ack->claims.lines[turn];
    x12i_line **end = lines->claim ? &lines->claim->lines : NULL;
    for (const x12i_line *line = lines->first; line != NULL && ack->status == X12_OK; line = line->next)
        if (line->refusal.count != 0 && (*end = keep_line(ack, line)) != NULL)
            end = &(*end)->next;
    *lines = (x12i_claim_lines){0};
    x12i_arena_release(ack->line_arenas[turn], ack->line_bottoms[turn]);
}

void x12i_begin_lines(x12_ack *ack, x12i_answered *claim)
{
    x12i_claims_state *claims = &ack->claims;
    claims->turn = 1 - claims->turn;
    settle(ack, claims->turn);
    claims->lines[claims->turn].claim = claim;
}

void x12i_settle_lines(x12_ack *ack)
{
    settle(ack, 0);
    settle(ack, 1);
}
