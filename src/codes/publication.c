#include "codes/publication.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "codes/loaded.h"
#include "diagnostic/diagnostic.h"
#include <stdlib.h>

bool x12i_next_line(x12i_publication *publication, x12_text *line)
{
    const char *begin = publication->text.data + publication->at;
    size_t left = publication->text.length - publication->at;
    if (left == 0)
        return false;
    const char *end = memchr(begin, '\n', left);
    size_t length = end ? (size_t)(end - begin) : left;
    publication->at += length + (end != NULL);
    *line = (x12_text){begin, (uint32_t)(length - (length != 0 && begin[length - 1] == '\r'))};
    return true;
}

x12_text x12i_trimmed(x12_text text)
{
    while (text.length != 0 && *text.data == ' ') {
        text.data++;
        text.length--;
    }
    while (text.length != 0 && text.data[text.length - 1] == ' ')
        text.length--;
    return text;
}

x12_text x12i_columns(x12_text line, uint32_t first, uint32_t last)
{
    if (line.length < first)
        return (x12_text){line.data + line.length, 0};
    uint32_t end = line.length < last ? line.length : last;
    return x12i_trimmed((x12_text){line.data + first - 1, end - first + 1});
}

bool x12i_is_number(x12_text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.length != 0;
}

x12_status x12i_refuse_publication(const x12i_publication *publication, x12_finding_code code, const char *place)
{
    const char *begin = publication->text.data;
    x12_position position = {.offset = (uint64_t)(place - begin), .line = 1, .column = 1};
    for (const char *at = begin; at < place; at++) {
        position.column = *at == '\n' ? 1 : position.column + 1;
        position.line += *at == '\n';
    }
    if (publication->options != NULL)
        x12i_raise(&publication->options->findings, code, position);
    return X12_ERROR_FORMAT;
}

x12_text x12i_joined(x12i_publication *publication, x12_text text, const char *between, x12_text more)
{
    uint32_t gap = text.length != 0 && more.length != 0 ? (uint32_t)strlen(between) : 0;
    x12_text joined = {x12i_arena_take(publication->arena, (size_t)text.length + gap + more.length + 1), text.length + gap + more.length};
    if (joined.data == NULL)
        return joined;
    char *out = (char *)(uintptr_t)joined.data;
    if (text.length != 0)
        memcpy(out, text.data, text.length);
    memcpy(out + text.length, between, gap);
    if (more.length != 0)
        memcpy(out + text.length + gap, more.data, more.length);
    return joined;
}

/* One line of valid UTF-8: tabs and line breaks would be taken for separators. */
static bool is_label(x12_text label)
{
    for (uint32_t i = 0; i < label.length; i++)
        if ((unsigned char)label.data[i] < 0x20 || label.data[i] == 0x7F)
            return false;
    return label.length == 0 || x12i_utf8_is_valid(label.data, label.length);
}

static bool is_heading_of(const x12_code_set *set, x12_text code)
{
    return code.length >= 3 && set->shape != NULL && x12i_fits_shape("***(****", code);
}

x12_status x12i_add_code_row(x12i_publication *publication, const x12i_code_row *row)
{
    bool right = row->mark == X12I_MARK_HEADING ? is_heading_of(publication->set, row->code)
                                                : row->code.length != 0 && is_label(row->code) && x12i_code_set_fits(publication->set, row->code);
    if (!right)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_CODE, row->place);
    if (!is_label(row->label))
        return x12i_refuse_publication(publication, X12_FINDING_CODES_TEXT, row->place);
    x12i_buffer_add(&publication->rows, (const char *)row, sizeof *row);
    return publication->rows.failed ? X12_ERROR_MEMORY : X12_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const x12i_code_row *left = a, *right = b;
    int order = x12i_compare_codes(left->code, right->code);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

static x12_status sort_rows(x12i_publication *publication, x12i_code_row *rows, size_t count)
{
    if (count == 0)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_EMPTY, publication->text.data + publication->text.length);
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 1; i < count; i++)
        if (x12i_compare_codes(rows[i - 1].code, rows[i].code) == 0)
            return x12i_refuse_publication(publication, X12_FINDING_CODES_TWICE, rows[i].place);
    return X12_OK;
}

static void add_day(x12i_buffer *out, uint32_t day)
{
    if (day != 0)
        x12i_buffer_add_number(out, day);
    x12i_buffer_add_byte(out, '\t');
}

static void add_row(x12i_buffer *out, const x12i_code_row *row)
{
    x12i_buffer_add(out, row->code.data, row->code.length);
    x12i_buffer_add_byte(out, '\t');
    add_day(out, row->first_day);
    add_day(out, row->last_day);
    if (row->mark != '\0')
        x12i_buffer_add_byte(out, row->mark);
    x12i_buffer_add_byte(out, '\t');
    x12i_buffer_add(out, row->label.data, row->label.length);
    x12i_buffer_add_byte(out, '\n');
}

static x12_status write_rows(x12i_publication *publication, x12_output output, const x12_codes_publication *what)
{
    x12i_code_row *rows = (x12i_code_row *)(void *)publication->rows.data;
    size_t count = publication->rows.length / sizeof *rows;
    x12i_buffer out = {.allocator = publication->text.allocator};
    x12_status status = sort_rows(publication, rows, count);
    if (status != X12_OK)
        return status;
    x12i_add_codes_head(&out, what, count);
    for (size_t i = 0; i < count; i++)
        add_row(&out, &rows[i]);
    x12i_seal_codes(&out);
    if (out.failed)
        status = X12_ERROR_MEMORY;
    else if (!output.write(output.context, out.data, out.length))
        status = X12_ERROR_OUTPUT;
    x12i_buffer_free(&out);
    return status;
}

static void skip_byte_order_mark(x12i_publication *publication)
{
    if (publication->text.length >= 3 && memcmp(publication->text.data, "\xEF\xBB\xBF", 3) == 0)
        publication->at = 3;
}

static x12_status read_publication(x12i_publication *publication)
{
    static const x12i_code_layout *const layouts[] = {&x12i_icd_order, &x12i_icd_codes, &x12i_hcpcs_records, &x12i_codes_csv};
    x12_text line = {"", 0};
    skip_byte_order_mark(publication);
    size_t begin = publication->at;
    x12i_next_line(publication, &line);
    publication->at = begin;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (layouts[i]->fits(publication->set, line))
            return layouts[i]->read(publication);
    return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, publication->text.data + begin);
}

x12_status x12_codes_convert(x12_output output, x12_input input, const x12_codes_publication *what, const x12_codes_options *options)
{
    const x12_allocator *allocator = options ? options->allocator : NULL;
    x12i_publication publication = {
        .set = x12_code_set_find((x12_text){what->set, (uint32_t)strlen(what->set)}), .options = options, .text = {.allocator = allocator}, .rows = {.allocator = allocator}};
    if (publication.set == NULL || (what->source != NULL && strpbrk(what->source, "\r\n") != NULL))
        return X12_ERROR_USAGE;
    publication.arena = x12_arena_new(allocator);
    x12_status status = publication.arena ? x12i_read_all(&publication.text, input, options) : X12_ERROR_MEMORY;
    if (status == X12_OK)
        status = read_publication(&publication);
    if (status == X12_OK)
        status = write_rows(&publication, output, what);
    x12i_buffer_free(&publication.text);
    x12i_buffer_free(&publication.rows);
    x12_arena_free(publication.arena);
    return status;
}
