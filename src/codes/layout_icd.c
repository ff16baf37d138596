/* ICD-10-CM and ICD-10-PCS as CMS publishes them: the order file, and the file of codes and descriptions. */
#include "codes/publication.h"
#include <string.h>

static bool is_icd10(const x12_code_set *set)
{
    return strncmp(set->name, "icd10", 5) == 0;
}

/* Order file: 1-5 order number, 7-13 code, 15 flag (0 heading, 1 code), 17-76 short description, 78- long description. */
static bool is_order(const x12_code_set *set, x12_text line)
{
    return is_icd10(set) && line.length >= 17 && x12i_is_number((x12_text){line.data, 5}) && line.data[5] == ' ';
}

static x12_status read_order_line(x12i_publication *publication, x12_text line)
{
    if (!is_order(publication->set, line) || line.data[13] != ' ' || line.data[15] != ' ')
        return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, line.data);
    char flag = line.data[14];
    if (flag != '0' && flag != '1')
        return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, line.data + 14);
    x12i_code_row row = {.code = x12i_columns(line, 7, 13), .label = x12i_columns(line, 78, UINT32_MAX), .mark = flag == '0' ? X12I_MARK_HEADING : '\0', .place = line.data + 6};
    if (row.label.length == 0)
        row.label = x12i_columns(line, 17, 76);
    return x12i_add_code_row(publication, &row);
}

static x12_status read_lines(x12i_publication *publication, x12_status (*read)(x12i_publication *publication, x12_text line))
{
    x12_status status = X12_OK;
    for (x12_text line; status == X12_OK && x12i_next_line(publication, &line);)
        if (x12i_trimmed(line).length != 0)
            status = read(publication, line);
    return status;
}

static x12_status read_order(x12i_publication *publication)
{
    return read_lines(publication, read_order_line);
}

const x12i_code_layout x12i_icd_order = {is_order, read_order};

/* File of codes: code, blanks, description. */
static bool is_codes(const x12_code_set *set, x12_text line)
{
    const char *blank = line.length ? memchr(line.data, ' ', line.length) : NULL;
    return is_icd10(set) && blank != NULL && x12i_code_set_fits(set, (x12_text){line.data, (uint32_t)(blank - line.data)});
}

static x12_status read_code_line(x12i_publication *publication, x12_text line)
{
    const char *blank = memchr(line.data, ' ', line.length);
    if (blank == NULL)
        return x12i_refuse_publication(publication, X12_FINDING_CODES_LAYOUT, line.data);
    uint32_t length = (uint32_t)(blank - line.data);
    const x12i_code_row row = {.code = {line.data, length}, .label = x12i_columns(line, length + 1, UINT32_MAX), .place = line.data};
    return x12i_add_code_row(publication, &row);
}

static x12_status read_codes(x12i_publication *publication)
{
    return read_lines(publication, read_code_line);
}

const x12i_code_layout x12i_icd_codes = {is_codes, read_codes};
