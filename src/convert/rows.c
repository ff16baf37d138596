#include "convert/rows.h"

#include "base/nearest.h"
#include "base/text.h"
#include "convert/places.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_WORDS = 24 };

typedef struct rows_parser {
    x12i_rows *rows;
    const char *words[MOST_WORDS];
    unsigned count;
    unsigned next;
    unsigned line;
    bool of_profile;
    x12_rows_error *error;
    x12_status status;
} rows_parser;

static bool fail(rows_parser *parser, const char *format, ...)
{
    va_list values;
    if (parser->status != X12_OK)
        return false;
    parser->status = X12_ERROR_USAGE;
    if (parser->error == NULL)
        return false;
    parser->error->line = parser->line;
    va_start(values, format);
    vsnprintf(parser->error->text, sizeof parser->error->text, format, values);
    va_end(values);
    return false;
}

static const char *keep(rows_parser *parser, const char *text, size_t length)
{
    char *copy = x12_arena_allocate(parser->rows->arena, length + 1);
    if (copy == NULL) {
        parser->status = X12_ERROR_MEMORY;
        return NULL;
    }
    memcpy(copy, text, length);
    return copy;
}

/* --- words --- */

static bool takes(rows_parser *parser, const char *word)
{
    bool is = parser->next < parser->count && strcmp(parser->words[parser->next], word) == 0;
    parser->next += is;
    return is;
}

static const char *take(rows_parser *parser)
{
    if (parser->next < parser->count)
        return parser->words[parser->next++];
    fail(parser, "a word is missing");
    return "";
}

static bool split(rows_parser *parser, const char *line, size_t length)
{
    parser->count = parser->next = 0;
    for (const char *end = line + length, *word; line < end && *line != '#';) {
        for (word = line; line < end && *line != ' ' && *line != '\t' && *line != '\r';)
            line++;
        if (line > word && parser->count < MOST_WORDS && (parser->words[parser->count++] = keep(parser, word, (size_t)(line - word))) == NULL)
            return false;
        while (line < end && (*line == ' ' || *line == '\t' || *line == '\r'))
            line++;
    }
    return true;
}

/* --- names --- */

int x12i_rows_column_named(const x12i_rows *rows, x12_text name)
{
    for (unsigned i = 0; i < rows->column_count; i++)
        if (x12i_is_text(name, rows->columns[i].name))
            return (int)i;
    return -1;
}

static int column_of(rows_parser *parser, const char *name)
{
    int index = x12i_rows_column_named(parser->rows, (x12_text){name, (uint32_t)strlen(name)});
    if (index < 0)
        fail(parser, "there is no column %s", name);
    return index;
}

/* A column that is named before it is declared, as the key of a level. */
static x12i_rows_column *column_for(rows_parser *parser, const char *name, unsigned *index)
{
    x12i_rows *rows = parser->rows;
    int known = x12i_rows_column_named(rows, (x12_text){name, (uint32_t)strlen(name)});
    if (known < 0 && rows->column_count == X12I_ROWS_COLUMNS)
        fail(parser, "too many columns");
    if (parser->status != X12_OK)
        return NULL;
    *index = known >= 0 ? (unsigned)known : rows->column_count++;
    if (known < 0)
        rows->columns[*index] = (x12i_rows_column){.name = name, .to_of = -1};
    return &rows->columns[*index];
}

static bool has_front(const char *path, const char *front)
{
    size_t length = strlen(front);
    return strncmp(path, front, length) == 0 && path[length] == '.';
}

/* A path begins with the name of its level; one of the transaction's own does not. */
static x12i_rows_place place_of(rows_parser *parser, const char *path)
{
    const x12i_rows *rows = parser->rows;
    x12i_place_found found;
    x12i_rows_place place = {X12I_ROWS_TRANSACTION, path};
    for (unsigned i = 0; i < rows->level_count; i++)
        if (has_front(path, rows->levels[i].name))
            place = (x12i_rows_place){i, path + strlen(rows->levels[i].name) + 1};
    const x12_loop_type *type = rows->levels[place.level].type;
    if (!x12i_is_place(type, place.path, &found))
        fail(parser, "%s has no place for a value that is called %s", parser->of_profile ? "the transaction" : rows->levels[place.level].name, path);
    return place;
}

/* --- statements --- */

static const x12_loop_type *find_type(const x12i_rows *rows, const char *path)
{
    for (unsigned i = rows->level_count; path != NULL && i-- > X12I_ROWS_TRANSACTION;) {
        const x12_loop_type *type = x12i_loop_at(rows->levels[i].type, path);
        if (type != NULL)
            return type;
    }
    return NULL;
}

static void read_keys(rows_parser *parser, x12i_rows_level *level)
{
    while (parser->next < parser->count && strcmp(parser->words[parser->next], "unless") != 0 && strcmp(parser->words[parser->next], "at") != 0 && level->key_count < X12I_ROWS_KEYS)
        column_for(parser, take(parser), &level->keys[level->key_count++]);
}

static void read_level(rows_parser *parser)
{
    x12i_rows *rows = parser->rows;
    unsigned column;
    if (rows->level_count == X12I_ROWS_LEVELS) {
        fail(parser, "too many loops");
        return;
    }
    x12i_rows_level level = {.name = take(parser), .unless_column = -1};
    level.paths[0] = level.name;
    if (takes(parser, "each") && takes(parser, "row"))
        level.each = true;
    else if (takes(parser, "by"))
        read_keys(parser, &level);
    else if (!takes(parser, "once"))
        fail(parser, "once, each row or by");
    if (takes(parser, "when") && column_for(parser, take(parser), &column) != NULL) {
        level.unless_column = (int)column;
        level.unless = "";
    }
    if (takes(parser, "unless") && column_for(parser, take(parser), &column) != NULL) {
        level.unless_column = (int)column;
        level.unless = take(parser);
    }
    if (takes(parser, "at")) {
        level.paths[0] = take(parser);
        level.paths[1] = takes(parser, "or") ? take(parser) : NULL;
    }
    level.type = find_type(rows, level.paths[0]);
    if (level.type == NULL)
        level.type = find_type(rows, level.paths[1]);
    if (level.type == NULL)
        fail(parser, "there is no loop %s", level.name);
    else if (level.type->record && rows->record == 0)
        rows->record = rows->level_count;
    rows->levels[rows->level_count++] = level;
}

static void read_column(rows_parser *parser)
{
    unsigned index;
    x12i_rows_column *column = column_for(parser, take(parser), &index);
    if (column == NULL)
        return;
    column->required = takes(parser, "required");
    column->words = takes(parser, "words");
    column->unsaid = takes(parser, "unsaid") ? take(parser) : NULL;
    column->digits = takes(parser, "digits") ? take(parser) : NULL;
    column->to_of = takes(parser, "to") ? column_of(parser, take(parser)) : -1;
    column->places[column->place_count++] = place_of(parser, take(parser));
    if (takes(parser, "or"))
        column->places[column->place_count++] = place_of(parser, take(parser));
    if (takes(parser, "with")) {
        column->with = place_of(parser, take(parser)).path;
        column->with_first = take(parser);
        column->with_rest = take(parser);
    }
    if (takes(parser, "sum"))
        column->sum = place_of(parser, take(parser));
}

static void read_ignored(rows_parser *parser)
{
    unsigned index;
    while (parser->next < parser->count && parser->status == X12_OK) {
        x12i_rows_column *column = column_for(parser, take(parser), &index);
        if (column != NULL)
            column->ignored = true;
    }
}

static void add_set(rows_parser *parser, x12i_rows_set set)
{
    if (parser->rows->set_count == X12I_ROWS_SETS)
        fail(parser, "too many values");
    else
        parser->rows->sets[parser->rows->set_count++] = set;
}

static void read_conditions(rows_parser *parser, x12i_rows_set *set)
{
    const x12i_rows *rows = parser->rows;
    set->with = takes(parser, "with") ? column_of(parser, take(parser)) : -1;
    if (takes(parser, "unless")) {
        const char *name = take(parser);
        for (unsigned i = X12I_ROWS_DECLARED; i < rows->level_count; i++)
            if (strcmp(rows->levels[i].name, name) == 0)
                set->unless = i;
    }
}

static void read_set(rows_parser *parser)
{
    x12i_rows_set set = {.place = place_of(parser, take(parser)), .value = take(parser)};
    read_conditions(parser, &set);
    add_set(parser, set);
}

/* When what the profile says holds, of a value that is nothing without another. */
static void read_only(rows_parser *parser)
{
    x12i_rows_set only = {.place = place_of(parser, take(parser))};
    read_conditions(parser, &only);
    for (unsigned i = 0; i < parser->rows->set_count; i++) {
        x12i_rows_set *set = &parser->rows->sets[i];
        if (set->place.level == only.place.level && strcmp(set->place.path, only.place.path) == 0) {
            set->with = only.with;
            set->unless = only.unless;
        }
    }
}

static void read_statement(rows_parser *parser)
{
    static const struct {
        const char *word;
        void (*read)(rows_parser *parser);
    } statements[] = {{"loop", read_level}, {"column", read_column}, {"ignore", read_ignored}, {"set", read_set}, {"only", read_only}};
    if (parser->count == 0 || takes(parser, "rows"))
        return;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (takes(parser, statements[i].word)) {
            statements[i].read(parser);
            return;
        }
    fail(parser, "unknown word %s", parser->words[0]);
}

static void each_line(rows_parser *parser, const char *text, size_t length, void (*read)(rows_parser *parser, const char *line, size_t length))
{
    const char *end = text + length;
    parser->line = 0;
    while (text < end && parser->status == X12_OK) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        parser->line++;
        read(parser, text, (size_t)((stop ? stop : end) - text));
        text = stop ? stop + 1 : end;
    }
}

static void read_declaration_line(rows_parser *parser, const char *line, size_t length)
{
    if (split(parser, line, length))
        read_statement(parser);
}

/* --- the profile: lines of `path = value` --- */

/* The value of a line, without the blanks around it; the words before it are split. */
static const char *read_assignment(rows_parser *parser, const char *line, size_t length)
{
    const char *equals = memchr(line, '=', length), *start, *end = line + length;
    if (!split(parser, line, equals ? (size_t)(equals - line) : length) || parser->count == 0)
        return NULL;
    if (equals == NULL || parser->count != 1) {
        fail(parser, "a line is NAME = VALUE, or a comment behind #");
        return NULL;
    }
    for (start = equals + 1; start < end && (*start == ' ' || *start == '\t');)
        start++;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return keep(parser, start, (size_t)(end - start));
}

static bool names_transaction(const char *a, const char *b)
{
    for (; *a != '\0' && (*a | 0x20) == (*b | 0x20); a++, b++)
        ;
    return *a == *b;
}

static void choose_transaction(rows_parser *parser, const char *line, size_t length)
{
    const char *value = read_assignment(parser, line, length);
    if (value == NULL || strcmp(parser->words[0], "transaction") != 0)
        return;
    for (size_t i = 0; i < x12i_rows_text_count; i++)
        if (names_transaction(x12i_rows_texts[i].name, value)) {
            for (size_t k = 0; k < x12i_guide_count; k++)
                if (names_transaction(x12i_guides[k]->prefix, value))
                    parser->rows->guide = x12i_guides[k];
            return;
        }
    fail(parser, "no rows are known of such a transaction: 270, 276, 837I and 837P are");
}

static void read_profile_line(rows_parser *parser, const char *line, size_t length)
{
    const char *value = read_assignment(parser, line, length);
    if (value == NULL || *value == '\0' || strcmp(parser->words[0], "transaction") == 0)
        return;
    add_set(parser, (x12i_rows_set){.place = place_of(parser, parser->words[0]), .value = value, .with = -1});
}

static const char *declaration_of(const x12i_guide *guide)
{
    size_t i = 0;
    while (!names_transaction(x12i_rows_texts[i].name, guide->prefix))
        i++;
    return x12i_rows_texts[i].rows;
}

static void add_envelope(x12i_rows *rows)
{
    rows->levels[X12I_ROWS_INTERCHANGE] = (x12i_rows_level){.name = "interchange", .type = x12i_envelope.loops[0], .unless_column = -1};
    rows->levels[X12I_ROWS_GROUP] = (x12i_rows_level){.name = "group", .type = x12i_envelope.loops[1], .unless_column = -1};
    rows->levels[X12I_ROWS_TRANSACTION] = (x12i_rows_level){.name = "transaction", .type = rows->guide->loops[0], .unless_column = -1};
    rows->level_count = X12I_ROWS_DECLARED;
}

/* Loops and columns stand before what is set, for its paths name them; and what the profile says goes before it. */
static void read_declaration(rows_parser *parser, const char *profile, size_t length)
{
    const char *text = declaration_of(parser->rows->guide), *sets = strstr(text, "\nset ");
    size_t size = sets ? (size_t)(sets - text) + 1 : strlen(text);
    each_line(parser, text, size, read_declaration_line);
    parser->of_profile = true;
    each_line(parser, profile, length, read_profile_line);
    parser->of_profile = false;
    each_line(parser, text + size, strlen(text + size), read_declaration_line);
}

x12_status x12i_rows_read(x12i_rows *rows, const char *profile, size_t length, x12_rows_error *error)
{
    rows_parser parser = {.rows = rows, .error = error, .of_profile = true};
    each_line(&parser, profile, length, choose_transaction);
    parser.line = 0;
    if (parser.status == X12_OK && rows->guide == NULL)
        fail(&parser, "the profile does not say of which transaction it is: transaction = 837P");
    if (parser.status != X12_OK)
        return parser.status;
    add_envelope(rows);
    read_declaration(&parser, profile, length);
    return parser.status;
}

const char *x12_rows_name(size_t index)
{
    return index < x12i_rows_text_count ? x12i_rows_texts[index].name : NULL;
}

const char *x12_rows_template(const char *name)
{
    for (size_t i = 0; i < x12i_rows_text_count; i++)
        if (names_transaction(x12i_rows_texts[i].name, name))
            return x12i_rows_texts[i].template;
    return NULL;
}
