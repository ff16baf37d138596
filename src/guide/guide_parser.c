#include "guide/guide_parser.h"
#include "base/arena.h"
#include <string.h>

bool x12i_parse_fail(x12i_parser *parser, x12i_place place, const char *format, const char *word)
{
    if (parser->failed)
        return false;
    parser->failed = true;
    parser->error->place = place;
    char *out = parser->error->message, *end = out + X12I_GUIDE_MESSAGE - 1;
    for (const char *at = format; *at != '\0' && out < end; at++) {
        if (at[0] != '%' || at[1] != 's') {
            *out++ = *at;
            continue;
        }
        for (const char *c = word ? word : ""; *c != '\0' && out < end; c++)
            *out++ = *c;
        at++;
    }
    *out = '\0';
    return false;
}

static bool out_of_memory(x12i_parser *parser)
{
    return x12i_parse_fail(parser, parser->token.place, "out of memory", NULL);
}

void x12i_advance(x12i_parser *parser)
{
    parser->token = x12i_guide_token(&parser->lexer);
    if (parser->token.kind == X12I_TOKEN_BAD)
        x12i_parse_fail(parser, parser->token.place, "a character that means nothing here", NULL);
    if (parser->failed)
        parser->token.kind = X12I_TOKEN_END; /* so that every loop comes to its end */
}

bool x12i_at_word(const x12i_parser *parser, const char *word)
{
    return parser->token.kind == X12I_TOKEN_WORD && parser->token.length == strlen(word) && memcmp(parser->token.text, word, parser->token.length) == 0;
}

bool x12i_take_word(x12i_parser *parser, const char *word)
{
    bool there = x12i_at_word(parser, word);
    if (there)
        x12i_advance(parser);
    return there;
}

char *x12i_keep(x12i_parser *parser, const char *text, size_t length)
{
    char *kept = x12i_arena_take(parser->arena, length + 1);
    if (kept == NULL) {
        out_of_memory(parser);
        return NULL;
    }
    memcpy(kept, text, length);
    kept[length] = '\0';
    return kept;
}

const char *x12i_take_any(x12i_parser *parser, const char *what)
{
    if (parser->token.kind != X12I_TOKEN_WORD) {
        x12i_parse_fail(parser, parser->token.place, "expected %s here", what);
        return NULL;
    }
    const char *word = x12i_keep(parser, parser->token.text, parser->token.length);
    x12i_advance(parser);
    return word;
}

const char *x12i_take_string(x12i_parser *parser)
{
    if (parser->token.kind != X12I_TOKEN_STRING)
        return NULL;
    const char *string = x12i_keep(parser, parser->token.text, parser->token.length);
    x12i_advance(parser);
    return string;
}

unsigned x12i_take_count(x12i_parser *parser)
{
    unsigned number = 0;
    for (size_t i = 0; i < parser->token.length; i++) {
        char c = parser->token.text[i];
        if (parser->token.kind != X12I_TOKEN_WORD || c < '0' || c > '9' || number > 1000000) {
            x12i_parse_fail(parser, parser->token.place, "expected a number here", NULL);
            return 0;
        }
        number = number * 10 + (unsigned)(c - '0');
    }
    x12i_advance(parser);
    return number;
}

bool x12i_take(x12i_parser *parser, x12i_token_kind kind, const char *what)
{
    if (parser->token.kind != kind)
        return x12i_parse_fail(parser, parser->token.place, "expected %s here", what);
    x12i_advance(parser);
    return true;
}

void x12i_skip_stops(x12i_parser *parser)
{
    while (parser->token.kind == X12I_TOKEN_STOP)
        x12i_advance(parser);
}

void *x12i_append(x12i_parser *parser, void *items, size_t *count, size_t size)
{
    size_t old = *count;
    if ((old & (old - 1)) == 0) {
        void *grown = x12i_arena_take(parser->arena, (old ? 2 * old : 1) * size);
        if (grown == NULL) {
            out_of_memory(parser);
            return NULL;
        }
        if (old != 0)
            memcpy(grown, items, old * size);
        items = grown;
    }
    memset((char *)items + old * size, 0, size);
    ++*count;
    return items;
}

void x12i_add_code(x12i_parser *parser, x12i_words *words, const char *code)
{
    const char **place = X12I_APPEND(parser, words->items, words->count);
    if (place != NULL)
        *place = code;
}

/* --- files --- */

static void begin(x12i_parser *parser, const x12i_guide_source *source)
{
    parser->lexer = (x12i_guide_lexer){source->file, source->text, source->text + source->length, source->text, 1};
    x12i_advance(parser);
    x12i_skip_stops(parser);
}

static void read_named_codes(x12i_parser *parser)
{
    struct x12i_named_codes *list = X12I_APPEND(parser, parser->dictionary.lists, parser->dictionary.list_count);
    if (list == NULL)
        return;
    list->name = x12i_take_any(parser, "the name of the codes");
    x12i_take(parser, X12I_TOKEN_OPEN, "{");
    while (parser->token.kind == X12I_TOKEN_WORD || parser->token.kind == X12I_TOKEN_STOP) {
        if (parser->token.kind == X12I_TOKEN_WORD)
            x12i_add_code(parser, &list->codes, x12i_take_any(parser, "a code"));
        x12i_skip_stops(parser);
    }
    x12i_take(parser, X12I_TOKEN_CLOSE, "}");
}

/* "01" or "01-1" */
static void read_qualifier(x12i_parser *parser, x12i_gparts *parts)
{
    const char *text = x12i_take_any(parser, "the number of an element");
    unsigned *number = &parts->qualifier_part;
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '-')
            number = &parts->qualifier_component;
        else if (*text >= '0' && *text <= '9' && *number < 100)
            *number = *number * 10 + (unsigned)(*text - '0');
        else
            x12i_parse_fail(parser, parts->place, "expected the number of an element, or of its component, as in 01-1", NULL);
    }
}

static void read_rules(x12i_parser *parser, x12i_gparts *parts)
{
    const char *start = parser->token.text, *end = start;
    while (parser->token.kind == X12I_TOKEN_WORD) {
        end = parser->token.text + parser->token.length;
        x12i_advance(parser);
    }
    parts->rules = x12i_keep(parser, start, (size_t)(end - start));
}

static void read_segment_or_composite(x12i_parser *parser, x12i_gparts ***all, size_t *count)
{
    x12i_gparts *parts = x12_arena_allocate(parser->arena, sizeof *parts), **place = X12I_APPEND(parser, *all, *count);
    if (parts == NULL || place == NULL) {
        out_of_memory(parser);
        return;
    }
    *place = parts;
    parts->place = parser->token.place;
    parts->id = x12i_take_any(parser, "an id");
    parts->title = x12i_take_string(parser);
    while (!parser->failed && parser->token.kind == X12I_TOKEN_WORD) {
        if (x12i_take_word(parser, "qualifier"))
            read_qualifier(parser, parts);
        else if (x12i_take_word(parser, "other"))
            parts->other = x12i_take_any(parser, "the name of the slot for unknown qualifiers");
        else if (x12i_take_word(parser, "rules"))
            read_rules(parser, parts);
        else
            x12i_parse_fail(parser, parser->token.place, "expected qualifier, other, rules or {", NULL);
    }
    x12i_read_parts(parser, parts, false);
}

static void read_other_loop(x12i_parser *parser)
{
    if (!x12i_take_word(parser, "loop")) {
        x12i_parse_fail(parser, parser->token.place, "expected loop here", NULL);
        return;
    }
    x12i_gloop *loop = x12_arena_allocate(parser->arena, sizeof *loop);
    x12i_gslot *slot = X12I_APPEND(parser, parser->dictionary.other_loops, parser->dictionary.other_loop_count);
    if (loop == NULL || slot == NULL)
        return;
    slot->place = parser->token.place;
    slot->id = x12i_take_any(parser, "a segment id");
    slot->name = x12i_take_any(parser, "a name");
    if (x12i_take_word(parser, "each"))
        loop->singular = slot->singular = x12i_take_any(parser, "a name");
    loop->record = x12i_take_word(parser, "record");
    loop->closed = x12i_take_word(parser, "closed");
    slot->loop = loop;
    slot->other = loop->other = true;
    loop->records_at = (size_t)-1;
    loop->id = "other";
    x12i_read_slots(parser, loop);
}

static void read_dictionary(x12i_parser *parser)
{
    x12i_dictionary *dictionary = &parser->dictionary;
    while (!parser->failed && parser->token.kind != X12I_TOKEN_END) {
        if (x12i_take_word(parser, "segment"))
            read_segment_or_composite(parser, &dictionary->segments, &dictionary->segment_count);
        else if (x12i_take_word(parser, "composite"))
            read_segment_or_composite(parser, &dictionary->composites, &dictionary->composite_count);
        else if (x12i_take_word(parser, "codes"))
            read_named_codes(parser);
        else if (x12i_take_word(parser, "other"))
            read_other_loop(parser);
        else
            x12i_parse_fail(parser, parser->token.place, "expected segment, composite, codes or other", NULL);
        x12i_skip_stops(parser);
    }
}

static bool read_guide_attribute(x12i_parser *parser, x12i_gguide *guide)
{
    const struct {
        const char *word;
        const char **place;
    } attributes[] = {{"transaction", &guide->transaction}, {"group", &guide->group}, {"prefix", &guide->prefix}, {"purpose", &guide->purpose}, {"telltale", &guide->telltale}, {"root", &guide->root_name}};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (!x12i_take_word(parser, attributes[i].word))
            continue;
        *attributes[i].place = x12i_take_any(parser, attributes[i].word);
        return true;
    }
    return false;
}

static x12i_gguide *read_guide(x12i_parser *parser)
{
    x12i_gguide *guide = x12_arena_allocate(parser->arena, sizeof *guide);
    x12i_gloop *root = x12_arena_allocate(parser->arena, sizeof *root);
    if (guide == NULL || root == NULL || !x12i_take_word(parser, "guide")) {
        x12i_parse_fail(parser, parser->token.place, "a guide begins with: guide ID \"title\"", NULL);
        return NULL;
    }
    guide->id = x12i_take_any(parser, "the id of the guide");
    guide->title = x12i_take_string(parser);
    guide->root_name = "transaction";
    guide->root = root;
    root->records_at = (size_t)-1;
    x12i_skip_stops(parser);
    while (read_guide_attribute(parser, guide) || x12i_take_word(parser, "streamed"))
        x12i_skip_stops(parser);
    if (guide->prefix == NULL)
        x12i_parse_fail(parser, parser->token.place, "the guide needs a prefix", NULL);
    root->path = "";
    root->singular = guide->root_name;
    x12i_read_slots(parser, root);
    root->id = root->count != 0 ? root->slots[0].id : "";
    return guide;
}

x12i_gguide *x12i_guide_read(x12_arena *arena, const x12i_guide_source *dictionary, const x12i_guide_source *source, x12i_guide_error *error)
{
    x12i_parser parser = {.arena = arena, .error = error};
    *error = (x12i_guide_error){0};
    begin(&parser, dictionary);
    read_dictionary(&parser);
    if (parser.failed)
        return NULL;
    begin(&parser, source);
    x12i_gguide *guide = read_guide(&parser);
    if (!parser.failed && parser.token.kind != X12I_TOKEN_END)
        x12i_parse_fail(&parser, parser.token.place, "expected a slot or a loop here", NULL);
    if (!parser.failed)
        x12i_resolve_guide(&parser, guide);
    return parser.failed ? NULL : guide;
}
