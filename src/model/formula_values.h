/* Results of formulas, from inside. */
#ifndef REMEDI_MODEL_FORMULA_VALUES_H
#define REMEDI_MODEL_FORMULA_VALUES_H

#include "base/text_set.h"
#include "base/value.h"
#include "model/formula_walk.h"

/* Working memory, until the next evaluation; NULL when out of memory, which is noted. */
char *x12i_take_more_scratch(x12i_evaluation *evaluation, size_t size);
x12_arena *x12i_scratch_of(x12i_evaluation *evaluation);
static inline char *x12i_take_scratch(x12i_evaluation *evaluation, size_t size)
{
    if (size > X12I_SPELLED_MAX - evaluation->used)
        return x12i_take_more_scratch(evaluation, size);
    evaluation->used += (uint32_t)size;
    return evaluation->spelled + evaluation->used - size;
}

static inline void x12i_release_scratch(x12i_evaluation *evaluation)
{
    if (evaluation->scratch != NULL && x12i_arena_used_since(evaluation->scratch, evaluation->empty) != 0)
        x12i_arena_release(evaluation->scratch, evaluation->empty);
    evaluation->used = 0;
}

/* The value at the end of a path, whose last step is `step`. */
void x12i_read_value(x12i_evaluation *evaluation, const x12i_path_step *step, const void *value, x12i_result *result);
/* The value at which an item's path ends; MISSING where it ends at a loop, segment or composite. */
void x12i_item_value(x12i_evaluation *evaluation, const x12i_scope *item, x12i_result *result);
/* The number of a NUMBER, or that a text spells; false where there is none, or it is none. */
bool x12i_result_number(const x12i_result *result, x12_decimal *number);
/* The result as x12i_spell puts it. */
x12_text x12i_result_text(x12i_evaluation *evaluation, const x12i_result *result);
/* Part of a date or period in ISO spelling: its beginning, or its end. */
x12_text x12i_cut_period(x12_text iso, bool end);
/* The same of a value, spelled at `out` (X12I_ISO_MAX bytes): the length; 0 where it is not valid. */
size_t x12i_end_to_iso(x12i_value_type type, const void *value, bool end, char *out);

/* *sum += term, both of them numbers; false where that takes too many digits. What is added to nothing keeps its spelling. */
bool x12i_add_number(x12_decimal *sum, const x12_decimal *term);

/* Nothing added up. */
extern const x12_decimal x12i_zero;

static inline void x12i_set_number(x12i_result *result, const x12_decimal *number)
{
    result->kind = X12I_NUMBER;
    result->number = *number;
    result->number.data = NULL;
    result->number.length = 0;
}

/* What a condition gives as a result. */
static inline void x12i_set_told(x12i_result *result, x12i_truth told)
{
    result->kind = told == X12I_UNTOLD ? X12I_UNKNOWN : X12I_TRUTH;
    result->truth = told == X12I_HOLDS;
}

/* The values that unique() has met. */
typedef struct x12i_met {
    x12i_text_set values;
    uint64_t count;
    bool unknown;        /* one could not be told, or there was no room to keep it */
    bool again;          /* one was there before: */
    x12i_place place;    /* the first that was */
    x12_arena *arena;    /* for those of loops that come one by one; NULL: working memory */
    x12_segment segment; /* and then that of the place */
} x12i_met;

/* What sum, count, any and all make of the items that they meet. */
typedef struct x12i_tally {
    uint64_t count;  /* of those that are there, or that the condition holds for */
    x12_decimal sum;
    bool unknown;    /* something could not be told */
    bool against;    /* the condition did not hold for one */
    x12i_met *met;   /* what unique() makes instead */
} x12i_tally;

struct x12i_gathered {
    const x12i_formula *formula;
    x12i_tally *tallies; /* one for each node that gathers */
};

/* One item more. */
void x12i_meet_item(x12i_evaluation *evaluation, const x12i_node *node, x12i_met *met, const x12i_scope *item);
void x12i_forget_met(x12i_met *met);
void x12i_tally_item(x12i_evaluation *evaluation, const x12i_node *node, x12i_tally *tally, const x12i_scope *item);

/* Those of `nodes`, from the first on, that can be worked out together; NULL: the first is none that can, or there is no memory. */
const x12i_sums *x12i_sums_of_nodes(x12_arena *arena, const x12i_node *const *nodes, unsigned count);

/* One evaluation of a formula. */
typedef struct x12i_formula_run {
    x12i_evaluation *evaluation;
    const struct x12i_gathered *gathered;
} x12i_formula_run;

void x12i_run_node(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result);
/* Puts what the node gives at the end of `out`; false: it is missing. */
bool x12i_spell_node(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_buffer *out);
/* JOINED, WORDS, JOIN */
void x12i_put_together(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result);

/* Whether it is a value that stands in what is at hand. */
static inline bool x12i_is_at_hand(const x12i_node *node)
{
    return node->operation == X12I_VALUE_OF && node->path->spot.from == 0 && x12i_is_embedded(node->path);
}

/* The number that the node gives, perhaps in `room`; NULL: it gives none. Most are constants, or amounts that stand in the loop at hand and were
   read already. */
const x12_decimal *x12i_work_out(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *room);
static inline const x12_decimal *x12i_number_of(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *room)
{
    if (node->type == X12I_NUMBER && node->operation == X12I_CONSTANT)
        return &node->constant.number;
    if (node->type == X12I_NUMBER && x12i_is_at_hand(node)) {
        const x12_decimal *number = (const x12_decimal *)(const void *)((const char *)scope->base + node->path->spot.offset);
        if (number->length == 0)
            return NULL; /* not sent: what has no spelling, X12 and JSON do not show either */
        if (number->valid)
            return number;
        *room = *number;
        x12i_decimal_read(room);
        return room->valid ? room : NULL;
    }
    if (node->sums != NULL && node->number == 0 && x12i_sum_up(node->sums, scope, room))
        return room;
    return x12i_work_out(run, node, scope, room);
}
/* Whether a condition holds. */
x12i_truth x12i_ask(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope);
/* The same of a SUM or COUNT; false: it gives none. */
bool x12i_tally_number(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12_decimal *number);
/* UNIQUE; and where the first value stands that was there before, false: there is none. */
x12i_truth x12i_ask_unique(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope);
bool x12i_find_second(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_place *place);
/* HAS, ANY, ALL */
x12i_truth x12i_ask_tally(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope);
void x12i_find_first(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, x12i_result *result);
/* The template of an item; without one, its value. */
void x12i_item_result(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *item, x12i_result *result);
/* OFFSET, LINE; false: there is none. */
bool x12i_tell_place(const x12i_formula_run *run, const x12i_node *node, const x12i_scope *scope, uint64_t *number);

/* The condition as a quick one; false where it is none. */
bool x12i_make_quick(const x12i_node *condition, x12i_quick *quick);
bool x12i_quick_holds_for(const x12i_quick *quick, uint64_t code);
/* Of what stands at `base`. */
bool x12i_holds_quick(const x12i_quick *quick, const void *base);
/* Whether a condition holds: what cannot be told does not. */
bool x12i_holds(x12i_evaluation *evaluation, const x12i_node *condition, const x12i_scope *scope);

#endif
