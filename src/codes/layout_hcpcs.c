/* HCPCS level II as CMS publishes it: 1-5 code (a modifier: 4-5), 6-10 sequence, 11 kind of record, 12-91 long description (goes on in the
   next record), 92-119 short description, 269-276 added, 285-292 terminated. */
#include "codes/publication.h"
#include "codes/loaded.h"
#include <string.h>

enum { PROCEDURE = '3', PROCEDURE_MORE = '4', MODIFIER = '7', MODIFIER_MORE = '8', KIND = 10 };

static bool is_record(x12_text line)
{
    return line.length > KIND + 1 && x12i_is_number((x12_text){line.data + 5, 5}) && strchr("3478", line.data[KIND]) != NULL && line.data[KIND] != '\0';
}

static bool fits(const x12_code_set *set, x12_text line)
{
    return (strcmp(set->name, "hcpcs") == 0 || strcmp(set->name, "modifier") == 0) && is_record(line);
}

/* A date that is not there is blank. False, and a finding, for anything else. */
static bool read_date(const x12i_publication *publication, x12_text line, uint32_t column, uint32_t *day)
{
    x12_text text = x12i_columns(line, column, column + 7);
    *day = text.length == 8 ? x12i_read_day(text) : 0;
    if (text.length == 0 || *day != 0)
        return true;
    x12i_refuse_publication(publication, X12_FINDING_CODES_DAY, line.data + column - 1);
    return false;
}

static x12_status begin_row(x12i_publication *publication, x12_text line, x12i_code_row *row)
{
    bool modifier = line.data[KIND] == MODIFIER;
    *row = (x12i_code_row){.code = modifier ? x12i_columns(line, 4, 5) : x12i_columns(line, 1, 5), .label = x12i_columns(line, 12, 91), .place = line.data + (modifier ? 3 : 0)};
    if (row->label.length == 0)
        row->label = x12i_columns(line, 92, 119);
    return read_date(publication, line, 269, &row->first_day) && read_date(publication, line, 285, &row->last_day) ? X12_OK : X12_ERROR_FORMAT;
}

static x12_status finish_row(x12i_publication *publication, x12i_code_row *row)
{
    x12_status status = row->place ? x12i_add_code_row(publication, row) : X12_OK;
    row->place = NULL;
    return status;
}

static x12_status continue_row(x12i_publication *publication, x12_text line, x12i_code_row *row)
{
    if (row->place == NULL)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, line.data + KIND);
    row->label = x12i_joined(publication, row->label, " ", x12i_columns(line, 12, 91));
    return row->label.data ? X12_OK : X12_ERROR_MEMORY;
}

static x12_status read(x12i_publication *publication)
{
    bool modifiers = strcmp(publication->set->name, "modifier") == 0;
    x12i_code_row row = {.place = NULL};
    x12_status status = X12_OK;
    for (x12_text line; status == X12_OK && x12i_next_line(publication, &line);) {
        if (x12i_trimmed(line).length == 0)
            continue;
        if (!is_record(line))
            return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, line.data);
        char kind = line.data[KIND];
        if (kind == (modifiers ? MODIFIER_MORE : PROCEDURE_MORE))
            status = continue_row(publication, line, &row);
        else
            status = finish_row(publication, &row);
        if (status == X12_OK && kind == (modifiers ? MODIFIER : PROCEDURE))
            status = begin_row(publication, line, &row);
    }
    return status == X12_OK ? finish_row(publication, &row) : status;
}

const x12i_code_layout x12i_hcpcs_records = {fits, read};
