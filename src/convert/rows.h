/* How rows become a transaction: a declaration of grammar/rows, read, with a profile. */
#ifndef REMEDI_CONVERT_ROWS_H
#define REMEDI_CONVERT_ROWS_H

#include "base/arena.h"
#include "model/model.h"
#include <remedi/rows.h>

typedef struct x12i_rows_text {
    const char *name;     /* "837P" */
    const char *rows;     /* the declaration */
    const char *template; /* the profile to fill in */
} x12i_rows_text;
extern const x12i_rows_text x12i_rows_texts[];
extern const size_t x12i_rows_text_count;

enum { X12I_ROWS_LEVELS = 12, X12I_ROWS_COLUMNS = 96, X12I_ROWS_SETS = 192, X12I_ROWS_KEYS = 6 };
/* The levels that no declaration names; the declared ones follow. */
enum { X12I_ROWS_INTERCHANGE, X12I_ROWS_GROUP, X12I_ROWS_TRANSACTION, X12I_ROWS_DECLARED };

/* A place of one level's loop. */
typedef struct x12i_rows_place {
    unsigned level;
    const char *path;
} x12i_rows_place;

typedef struct x12i_rows_level {
    const char *name;
    const char *paths[2];     /* from the loop of a level above: of two the first that there is */
    const x12_loop_type *type;
    bool each;                /* every row is one */
    unsigned keys[X12I_ROWS_KEYS]; /* columns: where one changes a new loop begins */
    unsigned key_count;
    int unless_column;        /* -1: always there; else only where this column has a value, and another than `unless` */
    const char *unless;
} x12i_rows_level;

typedef struct x12i_rows_column {
    const char *name;
    bool ignored;
    bool required;
    bool words;               /* blanks stand between values */
    const char *unsaid;       /* the value that says nothing but that there is a loop of its place; NULL: none does */
    const char *digits;       /* "5,9": nothing but so many digits */
    int to_of;                /* the column with the day at which the period begins that ends with this one; -1: none */
    x12i_rows_place places[2]; /* the first whose level is there */
    unsigned place_count;
    const char *with, *with_first, *with_rest; /* beside each word: the path of a value, its value for the first and for the rest */
    x12i_rows_place sum;      /* path NULL: none; what all values of this column add up to */
} x12i_rows_column;

/* A value where no row gives one. */
typedef struct x12i_rows_set {
    x12i_rows_place place;
    const char *value;
    int with;                 /* only where this column has a value; -1: always */
    unsigned unless;          /* only where this level is not there; 0: always */
} x12i_rows_set;

typedef struct x12i_rows {
    x12_arena *arena;
    const x12i_guide *guide;
    x12i_rows_level levels[X12I_ROWS_LEVELS];
    unsigned level_count;
    unsigned record;          /* the level that is handed out whole */
    x12i_rows_column columns[X12I_ROWS_COLUMNS];
    unsigned column_count;
    x12i_rows_set sets[X12I_ROWS_SETS]; /* those of the profile first */
    unsigned set_count;
} x12i_rows;

/* Reads the profile, and the declaration of the transaction that it names. On an error `error` says why; X12_ERROR_MEMORY says it alone. */
x12_status x12i_rows_read(x12i_rows *rows, const char *profile, size_t length, x12_rows_error *error);
/* Index of a column, -1: there is none. */
int x12i_rows_column_named(const x12i_rows *rows, x12_text name);

#endif
