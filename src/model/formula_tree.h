/* What a formula is compiled to. */
#ifndef REMEDI_MODEL_FORMULA_TREE_H
#define REMEDI_MODEL_FORMULA_TREE_H

#include "model/formula.h"

typedef enum x12i_result_kind {
    X12I_MISSING, /* not sent */
    X12I_UNKNOWN, /* cannot be told: an amount that is no number, one too many digits, a required amount that was not sent */
    X12I_TRUTH,
    X12I_STRING,  /* text */
    X12I_DATED,   /* text: a real date, time or period in its ISO spelling */
    X12I_NUMBER
} x12i_result_kind;

typedef struct x12i_result {
    x12i_result_kind kind;
    union {
        bool truth;
        x12_text text;      /* lives as long as the loop, or until the next evaluation that uses the same x12i_evaluation */
        x12_decimal number; /* straight from a field: with its spelling, which x12i_result_number has yet to read. Worked out: no spelling */
    };
} x12i_result;

/* What names mean at one place of a formula: the members of a loop, a segment, a composite, or an item of a run. */
typedef struct x12i_names {
    const struct x12i_names *outer;
    const x12_loop_type *loop; /* a loop; else NULL */
    const x12i_parts *parts;   /* a segment or composite, or what the run belongs to; NULL for a value */
    const x12i_run *run;       /* one item of it */
} x12i_names;

typedef enum x12i_step_kind {
    X12I_EMBEDDED, /* at the offset */
    X12I_POINTED,  /* at the offset stands a pointer, NULL where there is nothing */
    X12I_LISTED    /* at the offset stands an x12i_list */
} x12i_step_kind;

/* From one place to the next by one name. */
typedef struct x12i_path_step {
    uint8_t kind;      /* x12i_step_kind */
    uint8_t part;      /* of the segment or composite, from 1; of an item of a run, from 0; of a run its first */
    bool value;        /* it leads to a value */
    uint8_t type;      /* x12i_value_type of that; of a list of values TEXT */
    bool wanted;       /* which the guide requires */
    uint16_t offset;
    uint16_t size;     /* of what stands there; 0: a value */
    const x12i_slot *slot;   /* the segment or loop that it leads to, or the inline segment that the part belongs to */
    const x12i_run *run;     /* LISTED: its items are those of a run */
    const struct x12i_node *filter; /* NULL: none; asked with the item as its scope */
} x12i_path_step;

/* Whether it leads to a segment or loop, not to a part of a segment. */
static inline bool x12i_is_slot_step(const x12i_path_step *step)
{
    return step->slot != NULL && step->slot->kind != X12I_SLOT_INLINE;
}

enum { X12I_MOST_STEPS = 12, X12I_UP = 1 << 8 };

/* Where a path leads without a choice: by offsets, and by one pointer at the most. */
typedef struct x12i_spot {
    uint8_t steps;   /* how many of the path lead there; all of them: it needs no walk */
    bool pointed;    /* a pointer stands at `offset` */
    uint16_t from;   /* how many scopes out it begins, and X12I_UP for each loop from there */
    uint16_t offset;
    uint16_t behind; /* in what the pointer leads to */
} x12i_spot;

struct x12i_path {
    uint8_t hops;     /* how many scopes out it begins */
    uint8_t ups;      /* and then how many loops */
    uint8_t step_count;
    uint8_t crossing; /* up to this step it goes through loops that are handed out apart; 0: it does not */
    bool many;        /* it may have several values */
    bool sifted;      /* it has a list or filter in it */
    bool listed;      /* but that is the list at its end, as it is */
    x12i_spot spot;   /* as far as that goes */
    const x12i_path_step *steps;
    const x12i_names *end; /* what names mean where it ends */
};

/* Whether it leads to what stands there in any case, as far as its beginning does. */
static inline bool x12i_is_embedded(const x12i_path *path)
{
    return path->spot.steps == path->step_count && !path->spot.pointed;
}

/* The spot of the list that a path goes through first; false: there is none. */
static inline bool x12i_list_spot(const x12i_path *path, x12i_spot *spot)
{
    const x12i_path_step *step = &path->steps[path->spot.steps];
    if (path->spot.steps == path->step_count || step->kind != X12I_LISTED)
        return false;
    *spot = path->spot;
    uint16_t *place = spot->pointed ? &spot->behind : &spot->offset;
    *place = (uint16_t)(*place + step->offset);
    return true;
}

/* The value at which a path ends; NULL: it ends at a loop, segment or composite. */
static inline const x12i_path_step *x12i_path_value(const x12i_path *path)
{
    const x12i_path_step *last = path->step_count ? &path->steps[path->step_count - 1] : NULL;
    return last && last->value ? last : NULL;
}

typedef enum x12i_operation {
    X12I_CONSTANT,
    X12I_VALUE_OF,   /* path, of one value */
    X12I_GIVEN,      /* number */
    X12I_ITEM,       /* the text at hand */
    X12I_POSITION,   /* of the item at hand in its list, from 1 */
    X12I_ADD, X12I_SUBTRACT, X12I_MULTIPLY, X12I_NEGATE,
    X12I_JOINED,     /* parts, put together */
    X12I_WORDS,      /* the same, with blanks between */
    X12I_EITHER,     /* the first of the parts that is not missing */
    X12I_EQUAL, X12I_NOT_EQUAL, X12I_LESS, X12I_LESS_EQUAL, X12I_GREATER, X12I_GREATER_EQUAL,
    X12I_AMONG,      /* first is one of those that `second` chains */
    X12I_AND, X12I_OR, X12I_NOT,
    X12I_IF,         /* first, second, third (NULL: missing) */
    X12I_SUM, X12I_COUNT, X12I_ANY, X12I_ALL, /* path, first: what of each item (NULL: its value), number: 1 + place among what is gathered */
    X12I_HAS,        /* path */
    X12I_UNIQUE,     /* path, first, number: as above */
    X12I_FIRST,      /* path, first */
    X12I_JOIN,       /* path, first, second: what stands between */
    X12I_FROM, X12I_TO, /* first: the beginning and the end of a period */
    X12I_DIGITS,     /* first: how many it is made of */
    X12I_OFFSET, X12I_LINE /* path: where it stands */
} x12i_operation;

enum { X12I_MOST_CODES = 4, X12I_LONGEST_CODE = 7 };

/* A condition that asks only whether a text is one of some codes: nothing of that can be unknown. */
typedef struct x12i_quick {
    uint16_t offset;  /* of the text in what is asked */
    bool unless;      /* it holds where it is none of them */
    uint8_t count;
    uint64_t codes[X12I_MOST_CODES]; /* as x12i_code_of makes them */
} x12i_quick;

/* A code in one word; 0: no text, all bits: one that is longer than any code. */
static inline uint64_t x12i_code_of(const x12_text *text)
{
    uint64_t code = text->length;
    if (text->length > X12I_LONGEST_CODE)
        return UINT64_MAX;
    for (uint32_t i = 0; i < text->length; i++)
        code = code << 8 | (unsigned char)text->data[i];
    return code;
}

/* Of the text that stands there. */
static inline uint64_t x12i_code_at(const void *base, unsigned offset)
{
    return x12i_code_of((const x12_text *)(const void *)((const char *)base + offset));
}

typedef enum x12i_part_kind {
    X12I_CONSTANT_PART, /* no more than what stands before it */
    X12I_TEXT_PART,     /* the text or number at its spot */
    X12I_DATED_PART,    /* the date, time or period there */
    X12I_OTHER_PART     /* what its node gives */
} x12i_part_kind;

enum { X12I_SHORT_CONSTANT = 8 };

/* What a text is put together of. */
typedef struct x12i_part {
    uint8_t kind; /* x12i_part_kind */
    uint8_t type; /* DATED: x12i_value_type */
    uint8_t constant_length;
    char constant[X12I_SHORT_CONSTANT]; /* in any case, before it */
    x12i_spot spot;
    const struct x12i_node *node;
} x12i_part;

typedef struct x12i_node {
    uint8_t operation; /* x12i_operation */
    uint8_t type;      /* x12i_result_kind of what it gives where that can be told: MISSING stands for any text */
    uint16_t number;
    bool one_list;     /* UNIQUE: all its values are items of a list that stands in the loop at hand */
    const x12i_sums *sums; /* SUM: by the shorter way; NULL: it has none */
    const x12i_quick *condition; /* the same condition, where it is a quick one */
    const struct x12i_node *first, *second, *third;
    const struct x12i_node *next; /* of the texts of AMONG */
    const x12i_part *parts;  /* JOINED, WORDS, EITHER */
    unsigned part_count;
    const x12i_path *path;
    x12i_result constant;
} x12i_node;

struct x12i_formula {
    const x12i_node *root;
    const x12_loop_type *loop;
    const x12i_path *first_path; /* as it is written */
    const x12i_node *const *gathering; /* sums and the like over loops that are handed out apart */
    unsigned gathering_count;
    unsigned level;
    unsigned used_givens; /* one bit for each */
    bool of_item;
};

/* The node as a part of a text. */
x12i_part x12i_part_of(const x12i_node *node);

/* Whether the slot's loops are handed out apart, where `parent` is. */
static inline bool x12i_is_handed_out_apart(const x12_loop_type *parent, const x12i_slot *slot)
{
    return parent->streamed && slot->loop != NULL && (slot->loop->streamed || slot->loop->record);
}

#endif
