/* CSV with a header: our own columns code, label, valid_from, valid_to, or those of NUCC's provider taxonomy. */
#include "codes/publication.h"
#include "base/arena.h"
#include "codes/loaded.h"
#include <string.h>

enum { COLUMN_MAX = 32 };

enum { CODE, LABEL, VALID_FROM, VALID_TO, DISPLAY_NAME, CLASSIFICATION, SPECIALIZATION, MEANING_COUNT };
static const char *const meanings[MEANING_COUNT] = {"code", "label", "valid_from", "valid_to", "display name", "classification", "specialization"};

typedef struct csv_row {
    x12_text fields[COLUMN_MAX];
    const char *places[COLUMN_MAX];
    unsigned count;
} csv_row;

typedef struct csv_columns {
    int of[MEANING_COUNT]; /* -1: there is no such column */
} csv_columns;

static bool equals_ignoring_case(x12_text text, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < length && text.length == length; i++)
        if ((text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + ('a' - 'A') : text.data[i]) != word[i])
            return false;
    return text.length == length;
}

static x12_text without_quotes(x12_text cell)
{
    bool quoted = cell.length >= 2 && cell.data[0] == '"' && cell.data[cell.length - 1] == '"';
    return quoted ? (x12_text){cell.data + 1, cell.length - 2} : cell;
}

/* Whether one of the cells of the header is "code". */
static bool fits(const x12_code_set *set, x12_text line)
{
    (void)set;
    for (uint32_t begin = 0; begin <= line.length;) {
        const char *comma = begin < line.length ? memchr(line.data + begin, ',', line.length - begin) : NULL;
        uint32_t end = comma ? (uint32_t)(comma - line.data) : line.length;
        x12_text cell = {line.data + begin, end - begin};
        if (equals_ignoring_case(without_quotes(x12i_trimmed(cell)), meanings[CODE]))
            return true;
        begin = end + 1;
    }
    return false;
}

/* "" within quotes stands for one. */
static x12_status join_quotes(x12i_publication *publication, x12_text *field)
{
    char *out = x12i_arena_take(publication->arena, field->length);
    uint32_t length = 0;
    if (out == NULL)
        return X12_ERROR_MEMORY;
    for (uint32_t i = 0; i < field->length; i++) {
        out[length++] = field->data[i];
        i += field->data[i] == '"';
    }
    *field = (x12_text){out, length};
    return X12_OK;
}

static x12_status read_quoted(x12i_publication *publication, x12_text *field)
{
    const char *begin = publication->text.data + publication->at + 1, *end = publication->text.data + publication->text.length, *at = begin;
    bool doubled = false;
    for (; at < end && (*at != '"' || (at + 1 < end && at[1] == '"')); at++) {
        doubled = doubled || *at == '"';
        at += *at == '"';
    }
    if (at == end)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, begin - 1);
    *field = (x12_text){begin, (uint32_t)(at - begin)};
    publication->at += field->length + (size_t)2;
    return doubled ? join_quotes(publication, field) : X12_OK;
}

static x12_status read_plain(x12i_publication *publication, x12_text *field)
{
    const char *begin = publication->text.data + publication->at;
    size_t left = publication->text.length - publication->at, length = 0;
    while (length < left && begin[length] != ',' && begin[length] != '\r' && begin[length] != '\n')
        length++;
    publication->at += length;
    *field = x12i_trimmed((x12_text){begin, (uint32_t)length});
    return X12_OK;
}

/* Takes `c`, if it comes next. */
static bool take(x12i_publication *publication, char c)
{
    bool comes = publication->at < publication->text.length && publication->text.data[publication->at] == c;
    publication->at += comes;
    return comes;
}

/* A row and its line's end. */
static x12_status read_row(x12i_publication *publication, csv_row *row)
{
    x12_status status = X12_OK;
    row->count = 0;
    do {
        const char *place = publication->text.data + publication->at;
        bool quoted = publication->at < publication->text.length && *place == '"';
        if (row->count == COLUMN_MAX)
            return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, place);
        row->places[row->count] = place;
        status = quoted ? read_quoted(publication, &row->fields[row->count]) : read_plain(publication, &row->fields[row->count]);
        row->count++;
    } while (status == X12_OK && take(publication, ','));
    if (status != X12_OK)
        return status;
    bool ended = take(publication, '\r');
    ended = take(publication, '\n') || ended || publication->at == publication->text.length;
    return ended ? X12_OK : x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, publication->text.data + publication->at);
}

static csv_columns find_columns(const csv_row *header)
{
    csv_columns columns;
    for (int meaning = 0; meaning < MEANING_COUNT; meaning++) {
        columns.of[meaning] = -1;
        for (unsigned i = header->count; i-- > 0;)
            if (equals_ignoring_case(header->fields[i], meanings[meaning]))
                columns.of[meaning] = (int)i;
    }
    return columns;
}

static x12_text field_of(const csv_row *row, const csv_columns *columns, int meaning)
{
    int column = columns->of[meaning];
    return column >= 0 && (unsigned)column < row->count ? row->fields[column] : (x12_text){"", 0};
}

static bool read_day_of(const x12i_publication *publication, const csv_row *row, const csv_columns *columns, int meaning, uint32_t *day)
{
    x12_text text = field_of(row, columns, meaning);
    *day = text.length ? x12i_read_day(text) : 0;
    if (text.length == 0 || *day != 0)
        return true;
    x12i_refuse_publication(publication, X12_FINDING_CODES_DAY, row->places[columns->of[meaning]]);
    return false;
}

/* NUCC's display name, or in older editions what it is made of. */
static x12_text label_of(x12i_publication *publication, const csv_row *row, const csv_columns *columns)
{
    if (columns->of[LABEL] >= 0)
        return field_of(row, columns, LABEL);
    if (columns->of[DISPLAY_NAME] >= 0)
        return field_of(row, columns, DISPLAY_NAME);
    return x12i_joined(publication, field_of(row, columns, CLASSIFICATION), ", ", field_of(row, columns, SPECIALIZATION));
}

static x12_status take_row(x12i_publication *publication, const csv_row *row, const csv_columns *columns)
{
    int column = columns->of[CODE];
    if (column < 0 || (unsigned)column >= row->count)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_CODE, row->places[0]);
    x12i_code_row code = {.code = row->fields[column], .label = label_of(publication, row, columns), .place = row->places[column]};
    if (code.label.data == NULL)
        return X12_ERROR_MEMORY;
    if (!read_day_of(publication, row, columns, VALID_FROM, &code.first_day) || !read_day_of(publication, row, columns, VALID_TO, &code.last_day))
        return X12_ERROR_FORMAT;
    return x12i_add_code_row(publication, &code);
}

static x12_status read(x12i_publication *publication)
{
    csv_row row;
    x12_status status = read_row(publication, &row);
    const csv_columns columns = find_columns(&row);
    while (status == X12_OK && publication->at < publication->text.length) {
        status = read_row(publication, &row);
        bool empty = row.count == 1 && row.fields[0].length == 0;
        if (status == X12_OK && !empty)
            status = take_row(publication, &row, &columns);
    }
    return status;
}

const x12i_code_layout x12i_codes_csv = {fits, read};
