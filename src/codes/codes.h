/* Code sets from inside: what guidec compiles grammar/codes/ to, and how a list of codes is kept. */
#ifndef REMEDI_CODES_CODES_H
#define REMEDI_CODES_CODES_H

#include <remedi/codes.h>

/* Codes as text: one line each, "CODE\tFIRST\tLAST\tMARK\tLABEL\n", in the order of their bytes. FIRST and LAST are days (CCYYMMDD) or
   empty, MARK one of these or empty, LABEL may be empty. What is built in and what is loaded have this form, and are searched as they are. */
#define X12I_MARK_HEADING 'h'
#define X12I_MARK_RETIRED 'r'

typedef struct x12i_code_table {
    const char *text;
    size_t size;
    size_t count;
} x12i_code_table;

struct x12_code_set {
    const char *name;
    const char *title;
    const char *shape;   /* see x12i_fits_shape; NULL: any */
    const char *also;    /* the set that holds the codes of another shape: "cpt" for hcpcs; or NULL */
    const char *element; /* data elements whose values these are: "98", "1073@C022" (only there); several apart by blanks; or NULL */
    bool npi;            /* the last digit is a check digit */
    uint8_t list;        /* x12_code_list */
    x12i_code_table codes;
};

/* Sorted by name; generated. */
extern const x12_code_set x12i_code_sets[];
extern const size_t x12i_code_set_count;

/* `shape`: alternatives, apart by blanks. # is a digit, @ a capital letter, * either, % one that ICD-10-PCS uses, [..] one of those; anything
   else is itself. What follows a ( may be missing from any place on. */
bool x12i_fits_shape(const char *shape, x12_text code);
/* Whether the last of ten digits is right: Luhn's formula over 80840 and the number. */
bool x12i_has_npi_check_digit(x12_text code);

/* One line of a table. */
typedef struct x12i_code_line {
    x12_text code;
    x12_text first;
    x12_text last;
    x12_text label;
    char mark; /* '\0': none */
} x12i_code_line;

/* Reads the line at `*at` and moves there behind it; false at the end, or where it is no such line: *at stays then. */
bool x12i_next_code(const x12i_code_table *table, size_t *at, x12i_code_line *line);
bool x12i_find_code(const x12i_code_table *table, x12_text code, x12i_code_line *line);
/* Order of codes: that of their bytes, the shorter first. */
int x12i_compare_codes(x12_text left, x12_text right);

/* Whether `code` looks like one of this set, those of `also` left out. */
bool x12i_code_set_fits(const x12_code_set *set, x12_text code);
/* The set of which `code` has the shape: `set`, or its `also`; NULL: neither. */
const x12_code_set *x12i_code_set_holding(const x12_code_set *set, x12_text code);
/* The set that the values of data element `element` in the segment or composite `parts` are of; NULL: none. */
const x12_code_set *x12i_code_set_of_element(const char *element, const char *parts);
/* The set that a guide's `list` names: "npi", or "by 03 { XX npi XV plan-id }" with the value that decides; NULL: none, or not known here. */
const x12_code_set *x12i_code_set_of_list(const char *list, x12_text decider);
/* The part whose value decides: 3 for "by 03 ..."; 0: nothing does. */
unsigned x12i_list_decider(const char *list);

#endif
