/* Formulas: small expressions over the guides' names, compiled once against a loop's type and then run over its structs. doc/formulas.md is
   the language. A compiled formula is constant: any number of threads may evaluate it, each with an evaluation of its own. */
#ifndef REMEDI_MODEL_FORMULA_H
#define REMEDI_MODEL_FORMULA_H

#include "base/arena.h"
#include "base/buffer.h"
#include "model/model.h"
#include <remedi/decimal.h>
#include <remedi/event.h>

typedef struct x12i_formula x12i_formula;
typedef struct x12i_path x12i_path;

/* ---- Compiling ---- */

enum { X12I_FORMULA_ERROR_MAX = 200 };

/* What is wrong with a formula, and what to write instead; of the formula alone, never of a file. */
typedef struct x12i_formula_error {
    unsigned line;   /* from 1, within the source */
    unsigned column; /* in bytes, from 1 */
    bool memory;     /* nothing is wrong, but there was no memory */
    char text[X12I_FORMULA_ERROR_MAX];
} x12i_formula_error;

/* What a formula is about. */
typedef struct x12i_formula_subject {
    x12_arena *arena;          /* holds what is compiled; the source need not live on */
    const x12_loop_type *loop; /* the loop at hand: names are looked up there, then in the loops around it, out to the interchange */
    const x12i_path *each;     /* NULL, or a path from that loop: the formula is about one of its items, whose names come first */
    const char *const *givens; /* names of values that the caller supplies (x12i_evaluation.givens); looked up last */
    unsigned given_count;
} x12i_formula_subject;

/* The formula, or NULL and why. */
const x12i_formula *x12i_formula_compile(const x12i_formula_subject *subject, x12_text source, x12i_formula_error *error);
/* A path alone: it may have many values, and may end at a loop, a segment, a composite or a value. `subject->each` must be NULL. */
const x12i_path *x12i_path_compile(const x12i_formula_subject *subject, x12_text source, x12i_formula_error *error);

/* ---- Evaluating ---- */

/* A condition of three values. */
typedef enum x12i_truth { X12I_FAILS, X12I_HOLDS, X12I_UNTOLD } x12i_truth;

enum { X12I_SPELLED_MAX = 240 };

/* The working memory of one who evaluates: all zero but for what is given, used again and again, freed with x12i_evaluation_free. */
typedef struct x12i_evaluation {
    const x12_allocator *allocator;
    const x12_text *givens; /* in the order of the subject's names; data NULL: missing */
    bool failed;            /* asked once at the end: out of memory */
    char spelled[X12I_SPELLED_MAX]; /* texts that are compared, up to here */
    uint32_t used;
    x12_arena *scratch;     /* and beyond; made when first needed */
    x12i_mark empty;
    x12i_buffer joined;     /* what is still being put together */
} x12i_evaluation;

/* One thing that a formula is evaluated for: a loop, or an item of a path. Lives on the stack of who made it. */
typedef struct x12i_scope {
    const void *base;
    const struct x12i_scope *outer; /* around it, in the formula */
    const struct x12i_scope *same;  /* the scope that this one repeats, where a path begins; NULL: none */
    const struct x12i_path_step *step; /* NULL: a loop that was not reached by a path */
    uint32_t index;
} x12i_scope;

static inline x12i_scope x12i_scope_of(const x12_loop *loop)
{
    return (x12i_scope){.base = loop};
}

struct x12i_gathered;

/* Puts what the formula gives at the end of `out`, as text: a number as it was sent or, worked out, in its shortest spelling; a real date, time or period
   in ISO 8601; true, false; ? for what cannot be told; nothing for what was not sent. `scope` is a loop of the subject's type or, with `each`, an item that
   x12i_path_each hands out. `gathered` is needed where x12i_formula_gathers. */
void x12i_spell(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12i_buffer *out);
/* Whether a formula that is a condition holds. */
x12i_truth x12i_formula_ask(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered);

/* For a formula that compares two amounts (a = b, a <= b ...): a - b. False for any other, and where it cannot be told. */
bool x12i_formula_difference(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered, x12_decimal *difference);

enum { X12I_MOST_SUMS = 16 };

/* Sums of the same amounts, of which they choose by codes alone: they are worked out together. */
typedef struct x12i_sums x12i_sums;

/* Of the formulas (NULL ends them) as many as can be, from the first on; NULL: not even that, or there is no memory. In `arena`. */
const x12i_sums *x12i_sums_make(x12_arena *arena, const x12i_formula *const *formulas, unsigned count);
unsigned x12i_sums_count(const x12i_sums *sums);
/* False where an amount is not as it should be: then each has to be asked by itself. */
bool x12i_sum_up(const x12i_sums *sums, const x12i_scope *scope, x12_decimal *results);
/* A number as x12i_spell puts it. */
void x12i_spell_number(const x12_decimal *number, x12i_buffer *out);

/* How many loops out the innermost loop lies that the formula says anything of: 0 the loop at hand (or its item), 1 its parent. A formula of
   constants: UINT_MAX. What it gives is the same for all loops that share that one. */
unsigned x12i_formula_level(const x12i_formula *formula);
/* Whether it says anything of the item at hand. If not, what it gives is the same for all items of a loop. */
bool x12i_formula_is_of_item(const x12i_formula *formula);
/* Whether it asks for a given value, by its place in the subject's names: at most 32. Nothing of this shows in the level. */
bool x12i_formula_uses(const x12i_formula *formula, unsigned given);
void x12i_evaluation_free(x12i_evaluation *evaluation);

/* Hands out each item of the path from `loop`, in order, until `visit` says false; an item lives for the duration of the call. A value that was not
   sent is handed out where its segment (or composite, or item of a run) was. False where `visit` said so. */
bool x12i_path_each(x12i_evaluation *evaluation, const x12i_path *path, const x12_loop *loop, void *context, bool (*visit)(void *context, const x12i_scope *item));
/* Whether an item is a value that was sent. */
bool x12i_is_value(const x12i_scope *item);

/* ---- Where things stand ---- */

typedef struct x12i_place {
    const x12_segment *segment;   /* where the segment of the value is not there: the one that opens its loop, or the loop around that; NULL: neither is */
    const x12i_slot *slot;        /* of the value's own segment, even where it is not there; NULL: a loop as a whole */
    const x12_loop_type *loop;
    uint8_t element;    /* CLP02: 2; 0: the segment as a whole */
    uint8_t component;
    uint16_t repetition;
    bool absent;        /* that segment was not sent */
} x12i_place;

/* Where an item stands; a loop stands at the segment that opens it. */
x12i_place x12i_place_of(const x12i_scope *item);
/* Where the first path that the formula names stands, of the first item that it has there; where it has none, where that would stand. */
x12i_place x12i_formula_place(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope);
/* Why a condition does not hold: where that stands whose has(...) is its first part that is not true, or the value that was there before where that is
   a unique(...); else the same. */
x12i_place x12i_formula_fault(x12i_evaluation *evaluation, const x12i_formula *formula, const x12i_scope *scope, const struct x12i_gathered *gathered);

/* ---- What is handed out in parts ----

   From a transaction, sum(headers.claims.paidAmount) runs over claims that are long gone when the transaction ends. Such a path is cut at the loops
   that are handed out apart, and its values are gathered as they come by: sum, count, has, any and all work in constant memory, unique in a bounded one.

       x12i_gather_begin     at the LOOP_START of the formula's loop, unless it is continued
       x12i_gather           for each LOOP_END and RECORD within it, and for its own LOOP_END before it is evaluated
       x12i_evaluate         at its LOOP_END; from a tree that was kept whole the same formula works with `gathered` begun and nothing gathered */

typedef struct x12i_gathered x12i_gathered;

bool x12i_formula_gathers(const x12i_formula *formula);
/* Whether loops of this type are of any interest to it: for who has many formulas and wants to ask few. */
bool x12i_formula_gathers_from(const x12i_formula *formula, const x12_loop_type *type);
/* What one formula gathers, empty; in `arena`. NULL when out of memory. */
x12i_gathered *x12i_gathered_new(const x12i_formula *formula, x12_arena *arena);
void x12i_gather_begin(x12i_gathered *gathered);
void x12i_gather(x12i_evaluation *evaluation, x12i_gathered *gathered, const x12_event *event);

#endif
