#include "convert/json_read.h"

#include "base/buffer.h"
#include "base/short_text.h"
#include "model/structure.h"

enum { PATH_SIZE = 1024 };

static void spell_path(const x12i_json_builder *builder, x12i_buffer *path)
{
    for (size_t i = 0; i < builder->depth && path->length + 2 * X12I_JSON_NAME_MAX < PATH_SIZE; i++) {
        const x12i_json_way *way = &builder->way[i];
        if (way->name == NULL) {
            x12i_buffer_add_byte(path, '[');
            x12i_buffer_add_number(path, way->index);
            x12i_buffer_add_byte(path, ']');
            continue;
        }
        if (path->length != 0)
            x12i_buffer_add_byte(path, '.');
        x12i_buffer_add_string(path, way->name);
    }
    x12i_buffer_add_byte(path, '\0');
}

static x12_status status_for(x12_finding_code code)
{
    return code == X12_FINDING_JSON_TOO_DEEP || code == X12_FINDING_RECORD_TOO_LARGE ? X12_ERROR_LIMIT : X12_ERROR_FORMAT;
}

static void raise_at(const x12i_json_builder *builder, x12_finding_code code, const unsigned char *place)
{
    char text[PATH_SIZE];
    x12i_buffer path = {.data = text, .capacity = sizeof text};
    spell_path(builder, &path);
    x12_position position = {.path = text};
    x12i_json_locate(&builder->lexer, place, &position.offset, &position.line, &position.column);
    x12i_raise(&builder->findings, code, position);
}

void x12i_json_raise(const x12i_json_builder *builder, x12_finding_code code)
{
    raise_at(builder, code, builder->lexer.cursor);
}

bool x12i_json_fail(x12i_json_builder *builder, x12_finding_code code)
{
    const x12i_json_lexer *lexer = &builder->lexer;
    if (builder->status != X12_OK)
        return false;
    if (lexer->status == X12_ERROR_LIMIT)
        code = X12_FINDING_RECORD_TOO_LARGE;
    else if (lexer->status != X12_OK)
        builder->status = lexer->status;
    if (builder->status != X12_OK)
        return false;
    x12i_json_raise(builder, code);
    builder->status = status_for(code);
    return false;
}

bool x12i_json_fail_type(x12i_json_builder *builder)
{
    int byte = x12i_json_peek(&builder->lexer);
    bool value = byte == '{' || byte == '[';
    if (!value) {
        value = x12i_json_scan(&builder->lexer) <= X12I_JSON_OTHER;
        builder->lexer.cursor = builder->lexer.token; /* what the finding points at */
    }
    return x12i_json_fail(builder, value ? X12_FINDING_JSON_TYPE : X12_FINDING_JSON_SYNTAX);
}

bool x12i_json_can_carry(x12i_json_builder *builder, x12_text text, unsigned place)
{
    unsigned seen = 0;
    for (uint32_t i = 0; i < text.length; i++)
        seen |= builder->forbidden.places[(unsigned char)text.data[i]];
    builder->plain = (seen & X12I_IN_PLAIN) == 0;
    if (!(seen & place) || !x12i_holds_forbidden(&builder->forbidden, text, place))
        return true;
    builder->lexer.cursor = builder->lexer.token;
    return x12i_json_fail(builder, X12_FINDING_JSON_DELIMITER);
}

void x12i_json_tell_flaws(const x12i_json_builder *builder, const x12i_field *field, x12_text text, x12_text format)
{
    const x12i_flaws flaws = x12i_find_flaws(field, text, format);
    for (unsigned i = 0; i < flaws.count; i++) {
        const x12_finding_type *type = x12_finding_type_of(flaws.codes[i]);
        bool counts = type->level == 1 || (builder->of_guide && !x12i_is_other_version(field, text));
        if (counts && type->severity != X12_NOTE)
            raise_at(builder, type->code, builder->lexer.token);
    }
}

/* Strings that only pass through may take more than the record's structs: the window bounds those. */
static bool within_limit(x12i_json_builder *builder, size_t size)
{
    return x12i_arena_used_since(builder->arena, builder->mark) + size <= builder->record_limit || x12i_json_fail(builder, X12_FINDING_RECORD_TOO_LARGE);
}

static void *take(x12i_json_builder *builder, size_t size)
{
    void *memory = within_limit(builder, size) ? x12i_arena_take(builder->arena, size) : NULL;
    if (memory == NULL && builder->status == X12_OK)
        builder->status = X12_ERROR_MEMORY;
    return memory;
}

void *x12i_json_allocate(x12i_json_builder *builder, size_t size)
{
    void *memory = take(builder, size);
    return memory ? memset(memory, 0, size) : NULL;
}

bool x12i_json_begin(x12i_json_builder *builder, char bracket)
{
    return x12i_json_take(&builder->lexer, bracket) || x12i_json_fail_type(builder);
}

bool x12i_json_more(x12i_json_builder *builder, char closing, bool *first, bool *more)
{
    x12i_json_step step = x12i_json_next(&builder->lexer, closing, first);
    *more = step == X12I_JSON_STEP_ITEM;
    return step != X12I_JSON_STEP_WRONG || x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
}

/* Scans a string; `*escaped` says whether it is to be unescaped. */
static bool scan_string(x12i_json_builder *builder, x12_text *text, bool *escaped)
{
    x12i_json_token token = x12i_json_scan(&builder->lexer);
    *escaped = token == X12I_JSON_ESCAPED;
    if (token != X12I_JSON_TEXT && token != X12I_JSON_ESCAPED) {
        builder->lexer.cursor = builder->lexer.token;
        return x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
    }
    *text = x12i_json_scanned(&builder->lexer);
    return true;
}

static bool scan_key(x12i_json_builder *builder)
{
    x12_text name;
    size_t length = 0;
    bool escaped;
    if (!scan_string(builder, &name, &escaped))
        return false;
    if (name.length < sizeof builder->key && !x12i_json_unescape(name, builder->key, &length))
        return x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
    bool has_nul = memchr(builder->key, '\0', length) != NULL;
    builder->key[has_nul ? 0 : length] = '\0';
    return true;
}

bool x12i_json_peek_key(x12i_json_builder *builder)
{
    bool done = scan_key(builder);
    builder->lexer.cursor = builder->lexer.token;
    return done;
}

bool x12i_json_read_key(x12i_json_builder *builder)
{
    if (!scan_key(builder))
        return false;
    return x12i_json_take(&builder->lexer, ':') || x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
}

bool x12i_json_next_key(x12i_json_builder *builder, bool *first, bool *more)
{
    return x12i_json_more(builder, '}', first, more) && (!*more || x12i_json_read_key(builder));
}

bool x12i_json_scan_text(x12i_json_builder *builder, x12_text *text)
{
    bool escaped;
    if (x12i_json_peek(&builder->lexer) != '"')
        return x12i_json_fail_type(builder);
    if (!scan_string(builder, text, &escaped))
        return false;
    if (!escaped)
        return true;
    char *out = x12i_json_allocate(builder, text->length + X12I_BEHIND_PLAIN);
    size_t length;
    if (out == NULL)
        return false;
    if (!x12i_json_unescape(*text, out, &length))
        return x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
    *text = (x12_text){out, (uint32_t)length};
    return true;
}

bool x12i_json_keep(x12i_json_builder *builder, x12_text *text)
{
    uint64_t words[2];
    char *copy = x12i_arena_take(builder->arena, text->length + 1u);
    if (copy == NULL) {
        builder->status = X12_ERROR_MEMORY;
        return false;
    }
    if (text->length - 1u < X12I_SHORT_TEXT)
        x12i_copy_short(copy, text->data, text->length, words);
    else
        memcpy(copy, text->data, text->length);
    text->data = copy;
    return true;
}

bool x12i_json_read_text(x12i_json_builder *builder, x12_text *text)
{
    return x12i_json_scan_text(builder, text) && x12i_json_keep(builder, text);
}

bool x12i_json_read_true(x12i_json_builder *builder)
{
    if (x12i_json_peek(&builder->lexer) != 't' || x12i_json_scan(&builder->lexer) != X12I_JSON_TRUE)
        return x12i_json_fail_type(builder);
    return true;
}

/* One more zeroed item. */
static void *append(x12i_json_builder *builder, x12i_list *list, size_t size)
{
    void *item = within_limit(builder, size) ? x12i_append_item(builder->arena, list, size) : NULL;
    if (item == NULL && builder->status == X12_OK)
        builder->status = X12_ERROR_MEMORY;
    return item;
}

bool x12i_json_read_list(x12i_json_builder *builder, x12i_list *list, size_t size, x12i_json_read_item *read, const void *context)
{
    bool first = true, more;
    if (list->count != 0)
        return x12i_json_fail(builder, X12_FINDING_JSON_DUPLICATE_KEY);
    if (!x12i_json_begin(builder, '['))
        return false;
    while (x12i_json_more(builder, ']', &first, &more)) {
        if (!more)
            return true;
        void *item = append(builder, list, size);
        if (item == NULL || !x12i_json_enter(builder, NULL, list->count - 1) || !read(builder, context, item))
            return false;
        x12i_json_leave(builder);
    }
    return false;
}
