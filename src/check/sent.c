#include "check/sent.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/value.h"
#include "model/placement.h"
#include "model/structure.h"

enum { CODE_LENGTH = 2, DAY_LENGTH = 6, TIME_LENGTH = 4, LONGEST_NUMBER = 9, LONGEST_COUNT = 6, LONGEST_VERSION = 12, LONGEST_GUIDE = 35 };

struct x12_sent {
    const x12_allocator *allocator;
    x12_arena *arena;
    x12i_text_set facts[2]; /* by is_of_segment: they are many, and must not crowd out the rest */
    uint64_t group;        /* the facts that are open; 0: none is */
    const char *code;      /* GS01 of that group; NULL: no guide has it */
    uint64_t transaction;
    uint64_t transactions; /* of the group, so far */
    bool trailed;          /* its GE has come */
    x12_status status;
};

static bool is_letter_or_digit(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static x12_text number_alone(x12_text text)
{
    while (text.length != 0 && !is_letter_or_digit(*text.data))
        text = (x12_text){text.data + 1, text.length - 1};
    return x12i_without_zeros(text);
}

uint64_t x12i_fact(uint64_t of, x12i_fact_kind kind, x12_text text)
{
    const char name = (char)kind;
    uint64_t hash = x12i_text_hash(of, (x12_text){&name, 1});
    text = kind <= X12I_FACT_POSITION ? number_alone(text) : text;
    for (uint32_t i = 0, first = 0; i <= text.length; i++) {
        if (i < text.length && is_letter_or_digit(text.data[i]))
            continue;
        if (i > first)
            hash = x12i_text_hash(hash, (x12_text){text.data + first, i - first});
        first = i + 1;
    }
    return hash;
}

static uint64_t count_fact(uint64_t of, x12i_fact_kind kind, uint64_t count)
{
    char digits[20];
    x12i_buffer text = {.data = digits, .capacity = sizeof digits};
    x12i_buffer_add_number(&text, count);
    return x12i_fact(of, kind, (x12_text){digits, (uint32_t)text.length});
}

static bool is_of_segment(x12i_fact_kind kind)
{
    return kind == X12I_FACT_SEGMENT;
}

bool x12i_was_sent(const x12_sent *sent, x12i_fact_kind kind, uint64_t fact)
{
    return x12i_text_set_has(&sent->facts[is_of_segment(kind)], fact);
}

bool x12i_sent_is_full(const x12_sent *sent, x12i_fact_kind kind)
{
    return x12i_text_set_is_full(&sent->facts[is_of_segment(kind)]);
}

/* ---- Segments as they come ---- */

static void keep(x12_sent *sent, x12i_fact_kind kind, uint64_t fact)
{
    bool twice;
    if (!x12i_text_set_add_hash(&sent->facts[is_of_segment(kind)], sent->arena, fact, &twice))
        sent->status = X12_ERROR_MEMORY;
}

static bool is_number(x12_text text)
{
    uint32_t digits = 0;
    while (digits < text.length && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    return digits == text.length;
}

/* ISA09 and ISA10 */
static bool is_day(x12_text text)
{
    x12_date day = {.data = text.data, .length = text.length};
    x12i_date_read(&day);
    return text.length == DAY_LENGTH && day.month != 0;
}

static bool is_time(x12_text text)
{
    x12_time time = {.data = text.data, .length = text.length};
    x12i_time_read(&time);
    return text.length == TIME_LENGTH && time.valid;
}

/* Instead of a text that is not right an answer may say anything; of what is no number, that alone is known. */
static uint64_t keep_text(x12_sent *sent, uint64_t of, x12i_fact_kind kind, x12_text text, bool right)
{
    const x12_text none = {NULL, 0};
    uint64_t fact = x12i_fact(of, kind, text);
    bool known = right && text.length != 0;
    if (known || kind > X12I_FACT_POSITION)
        keep(sent, kind, fact);
    if (!known)
        keep(sent, kind, x12i_fact(of, kind, none));
    return fact;
}

/* What an answer may refer to. */
static uint64_t keep_trace(x12_sent *sent, x12_text trace)
{
    uint64_t fact = x12i_fact(0, X12I_FACT_TRACE, trace);
    keep(sent, X12I_FACT_TRACE, fact);
    return fact;
}

/* A segment's elements: none where another delimiter follows the id ("NM:1*"). */
typedef struct elements {
    const x12i_tokens *tokens;
    const x12i_delimiters *delimiters;
    bool broken;
} elements;

static x12_text element(const elements *of, unsigned number)
{
    return of->broken ? (x12_text){NULL, 0} : x12i_part_of(of->tokens, of->delimiters, number, 0);
}

static void end_group(x12_sent *sent)
{
    if (sent->group != 0)
        keep(sent, X12I_FACT_RECEIVED, count_fact(sent->group, X12I_FACT_RECEIVED, sent->transactions));
    if (sent->group != 0 && !sent->trailed)
        keep(sent, X12I_FACT_INCLUDED, x12i_fact(sent->group, X12I_FACT_INCLUDED, (x12_text){NULL, 0}));
    sent->group = sent->transaction = sent->transactions = 0;
    sent->trailed = false;
}

static void keep_interchange(x12_sent *sent, const elements *isa)
{
    const x12_text number = element(isa, 13), date = element(isa, 9), time = element(isa, 10);
    uint64_t interchange = keep_text(sent, 0, X12I_FACT_INTERCHANGE, number, number.length == LONGEST_NUMBER && is_number(number));
    end_group(sent);
    keep_text(sent, interchange, X12I_FACT_DATE, date, is_day(date));
    keep_text(sent, interchange, X12I_FACT_TIME, time, is_time(time));
}

/* The code as guides have it; NULL: none has. */
static const char *group_code(x12_text code)
{
    size_t i = 0;
    while (i < x12i_guide_count && !x12i_is_text(code, x12i_guides[i]->group))
        i++;
    return i < x12i_guide_count ? x12i_guides[i]->group : NULL;
}

static void keep_group(x12_sent *sent, const elements *gs)
{
    const x12_text code = element(gs, 1), number = element(gs, 6), version = element(gs, 8);
    end_group(sent);
    sent->code = group_code(code);
    uint64_t of = keep_text(sent, 0, X12I_FACT_CODE, code, code.length == CODE_LENGTH);
    sent->group = keep_text(sent, of, X12I_FACT_GROUP, number, number.length <= LONGEST_NUMBER && is_number(number));
    keep_text(sent, sent->group, X12I_FACT_VERSION, version, version.length <= LONGEST_VERSION);
}

static void keep_trailer(x12_sent *sent, x12_text included)
{
    sent->trailed = true;
    keep_text(sent, sent->group, X12I_FACT_INCLUDED, included, included.length <= LONGEST_COUNT && is_number(included));
}

/* Of one that does not belong into its group an answer may say the group's code. */
static bool belongs(const x12_sent *sent, x12_text code)
{
    bool known = false;
    for (size_t i = 0; i < x12i_guide_count && !known && sent->code != NULL; i++)
        known = x12i_is_text(code, x12i_guides[i]->transaction) && strcmp(sent->code, x12i_guides[i]->group) == 0;
    return known;
}

static void keep_transaction(x12_sent *sent, const elements *st)
{
    const x12_text code = element(st, 1), number = element(st, 2), guide = element(st, 3);
    sent->transactions++;
    sent->transaction = keep_text(sent, sent->group, X12I_FACT_TRANSACTION, number, number.length <= LONGEST_NUMBER);
    keep_text(sent, sent->transaction, X12I_FACT_CODE, code, belongs(sent, code));
    keep_text(sent, sent->transaction, X12I_FACT_VERSION, guide, guide.length <= LONGEST_GUIDE);
}

static void keep_references(x12_sent *sent, x12_text id, const elements *of)
{
    if (x12i_is_text(id, "TRN")) {
        keep_text(sent, keep_trace(sent, element(of, 2)), X12I_FACT_ORIGINATOR, element(of, 3), true);
    } else if (x12i_is_text(id, "BHT")) {
        keep_trace(sent, element(of, 3));
        keep_text(sent, x12i_fact(0, X12I_FACT_CODE, element(of, 1)), X12I_FACT_REFERENCE, element(of, 3), true);
    } else if (x12i_is_text(id, "CLM")) {
        keep_trace(sent, element(of, 1));
    }
}

static void keep_segment(x12_sent *sent, const x12_segment *segment, x12_text id, const elements *of)
{
    uint64_t position = count_fact(sent->transaction, X12I_FACT_POSITION, segment->number);
    keep_text(sent, position, X12I_FACT_SEGMENT, id, x12i_is_id(id) && !of->broken);
    keep_references(sent, id, of);
}

static void take_segment(void *context, const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot, const x12i_tokens *tokens, const x12i_delimiters *delimiters)
{
    x12_sent *sent = context;
    const x12_text id = x12i_id_of(tokens);
    const elements of = {tokens, delimiters, tokens->length > id.length && (unsigned char)tokens->text[id.length] != delimiters->element};
    (void)slot;
    if (x12i_is_interchange(type) && x12i_is_text(id, "ISA")) {
        keep_interchange(sent, &of);
    } else if (x12i_is_group(type)) {
        if (x12i_is_text(id, "GS"))
            keep_group(sent, &of);
        else if (x12i_is_text(id, "GE") && sent->group != 0)
            keep_trailer(sent, element(&of, 1));
    } else if (!x12i_is_interchange(type)) {
        if (segment->number == 1)
            keep_transaction(sent, &of);
        keep_segment(sent, segment, id, &of);
    }
}

/* ---- Files ---- */

x12_status x12_sent_new(x12_sent **sent, const x12_allocator *allocator)
{
    x12_sent *made = x12i_allocate(allocator, sizeof *made);
    *sent = made;
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->allocator = allocator;
    if ((made->arena = x12_arena_new(allocator)) != NULL)
        return X12_OK;
    x12_sent_free(made);
    *sent = NULL;
    return X12_ERROR_MEMORY;
}

x12_status x12_sent_read(x12_sent *sent, x12_input input, const x12_reader_options *options)
{
    x12_reader *reader = NULL;
    x12_event event;
    x12_status status = x12_reader_open(&reader, input, options);
    if (status == X12_OK)
        x12i_reader_trace(reader, (x12i_trace){sent, take_segment});
    while (status == X12_OK && sent->status == X12_OK)
        status = x12_reader_next(reader, &event);
    end_group(sent);
    x12_reader_free(reader);
    return sent->status ? sent->status : status == X12_END ? X12_OK : status;
}

void x12_sent_free(x12_sent *sent)
{
    if (sent == NULL)
        return;
    x12_arena_free(sent->arena);
    x12i_release(sent->allocator, sent, sizeof *sent);
}
