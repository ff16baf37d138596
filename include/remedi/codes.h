/* Code sets: the shape of their codes, which codes there are, and what they mean in a few words. */
#ifndef REMEDI_CODES_H
#define REMEDI_CODES_H

#include <remedi/arena.h>
#include <remedi/finding.h>
#include <remedi/io.h>
#include <remedi/status.h>
#include <remedi/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A code set by its name, "place-of-service". Opaque and constant. */
typedef struct x12_code_set x12_code_set;

/* How much of a set is built in. */
typedef enum x12_code_list {
    X12_CODES_NONE,    /* only the shape */
    X12_CODES_PARTIAL, /* some codes: one that is not listed may be right */
    X12_CODES_GROWING, /* all up to the time of the list: a number beyond the last one listed may be right */
    X12_CODES_COMPLETE
} x12_code_list;

/* The sets by their names: one for each index from 0; NULL behind the last. */
const x12_code_set *x12_code_set_at(size_t index);
/* NULL: there is no such set. */
const x12_code_set *x12_code_set_find(x12_text name);
/* Constant, as are all strings here. */
const char *x12_code_set_name(const x12_code_set *set);
/* What it is in a few words, "Place of service". */
const char *x12_code_set_title(const x12_code_set *set);
x12_code_list x12_code_set_list(const x12_code_set *set);
/* How many codes are built in. */
size_t x12_code_set_size(const x12_code_set *set);
/* Whether `code` looks like one of the set: its length, its characters, its check digit. True for a set without a known shape. */
bool x12_code_has_shape(const x12_code_set *set, x12_text code);

/* The code sets at hand: what is built in, and publications that were loaded. */
typedef struct x12_codes x12_codes;

/* NULL `allocator` means malloc's family. The caller frees `*codes`. */
x12_status x12_codes_open(x12_codes **codes, const x12_allocator *allocator);
/* NULL is allowed. */
void x12_codes_free(x12_codes *codes);

typedef enum x12_code_state {
    X12_CODE_UNCHECKED,   /* its shape is right; no list at hand says more */
    X12_CODE_KNOWN,
    X12_CODE_MISSHAPEN,   /* no code of the set looks like this */
    X12_CODE_UNKNOWN,     /* its shape is right, but it is not in the list */
    X12_CODE_OUT_OF_DATE, /* in the list, but not valid on that day */
    X12_CODE_HEADING      /* in the list, but only as the heading of the codes that may be used */
} x12_code_state;

typedef struct x12_code_answer {
    x12_code_state state;
    x12_text label;     /* empty: there is none. Lives as long as `codes`, built in: as long as the library */
    bool published;     /* the answer is that of a loaded publication; else of the list that is built in, with labels of our own */
    bool retired;       /* the set's owner has taken it out of use; it may stand in older files */
    uint32_t first_day; /* validity, CCYYMMDD; 0: not known */
    uint32_t last_day;
} x12_code_answer;

/* Looks up `code` as of `day` (CCYYMMDD; 0: any), in the publication of that day, or else in what is built in. NULL `codes`: only that. */
x12_code_answer x12_code_look_up(const x12_codes *codes, const x12_code_set *set, x12_text code, uint32_t day);

/* --- publications: what CMS, NUCC and others publish, in a form of our own that opens fast --- */

typedef struct x12_codes_publication {
    const char *set;     /* "icd10cm" */
    uint32_t first_day;  /* the edition is valid from this day until the next one, CCYYMMDD; 0: on every day */
    const char *source;  /* where it is from, kept as a remark; NULL: nothing. No line break */
} x12_codes_publication;

/* All zero means the defaults. */
typedef struct x12_codes_options {
    const x12_allocator *allocator;
    x12_finding_handler findings;
    size_t limit; /* bytes of the input; 0: 256 MiB */
} x12_codes_options;

/* Reads an official file of a set, verifies every line that it uses, and writes the codes in the form that x12_codes_load reads.
   X12_ERROR_USAGE: there is no such set. X12_ERROR_FORMAT: a finding says what does not fit, and where; nothing was written. */
x12_status x12_codes_convert(x12_output output, x12_input input, const x12_codes_publication *publication, const x12_codes_options *options);
/* Adds what x12_codes_convert wrote; a later edition does not replace an earlier one: each answers for its days. */
x12_status x12_codes_load(x12_codes *codes, x12_input input, const x12_codes_options *options);

/* One loaded edition. */
typedef struct x12_codes_edition {
    const x12_code_set *set;
    uint32_t first_day;
    size_t size;        /* codes */
    x12_text source;    /* as long as `codes` */
} x12_codes_edition;

/* The loaded editions, in the order of sets and days: false behind the last. */
bool x12_codes_edition_at(const x12_codes *codes, size_t index, x12_codes_edition *edition);

#ifdef __cplusplus
}
#endif
#endif
