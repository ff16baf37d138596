/* An official file of codes on its way into the form that is loaded. */
#ifndef REMEDI_CODES_PUBLICATION_H
#define REMEDI_CODES_PUBLICATION_H

#include "base/buffer.h"
#include "codes/codes.h"

/* One code as it was read; views into the file, the label also into the arena. */
typedef struct x12i_code_row {
    x12_text code;
    x12_text label;
    uint32_t first_day; /* 0: none given */
    uint32_t last_day;
    char mark;
    const char *place;  /* of the code in the file */
} x12i_code_row;

typedef struct x12i_publication {
    const x12_code_set *set;
    const x12_codes_options *options;
    x12i_buffer text;   /* the whole file */
    size_t at;          /* what was read so far */
    x12_arena *arena;
    x12i_buffer rows;   /* of x12i_code_row */
} x12i_publication;

/* The layouts. Each reads the whole file: X12_OK, or a finding said what does not fit. */
typedef struct x12i_code_layout {
    bool (*fits)(const x12_code_set *set, x12_text first_line);
    x12_status (*read)(x12i_publication *publication);
} x12i_code_layout;
extern const x12i_code_layout x12i_icd_order, x12i_icd_codes, x12i_hcpcs_records, x12i_codes_csv;

/* The next line, without its end; false behind the last. */
bool x12i_next_line(x12i_publication *publication, x12_text *line);
/* Columns `first` to `last` of a line, from 1, without blanks around; empty where the line is shorter. */
x12_text x12i_columns(x12_text line, uint32_t first, uint32_t last);
x12_text x12i_trimmed(x12_text text);
bool x12i_is_number(x12_text text);
/* Raises `code` at `place` in the file. Always X12_ERROR_FORMAT. */
x12_status x12i_refuse_publication(const x12i_publication *publication, x12_finding_code code, const char *place);
/* Checks the row's code and label, and keeps it. */
x12_status x12i_add_code_row(x12i_publication *publication, const x12i_code_row *row);
/* The same text with `more` behind it, in the arena. Data NULL: out of memory. */
x12_text x12i_joined(x12i_publication *publication, x12_text text, const char *between, x12_text more);

#endif
