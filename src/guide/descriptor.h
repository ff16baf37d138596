/* A compiled guide: the tables that guidec makes and the engine runs on. All of it is constant data. */
#ifndef REMEDI_GUIDE_DESCRIPTOR_H
#define REMEDI_GUIDE_DESCRIPTOR_H

#include <remedi/types.h>
#include <string.h>

/* How one part (an element of a segment, a component of a composite) is kept. */
typedef enum x12i_shape {
    X12I_UNUSED,             /* not used by the guide: no field */
    X12I_FIXED,              /* always `fill`, by which the slot was found: no field */
    X12I_DERIVED,            /* a count or a repeated control number, worked out: no field */
    X12I_VALUE,              /* one value */
    X12I_COMPOSITE,          /* a struct of its own, embedded; `parts` are its components */
    X12I_REPEATED_VALUE,     /* x12_text_list, one item a repetition */
    X12I_REPEATED_COMPOSITE  /* x12i_list of the composite's struct */
} x12i_shape;

typedef enum x12i_value_type {
    X12I_TEXT,    /* AN: x12_text */
    X12I_CODE,    /* ID: x12_text */
    X12I_DECIMAL, /* R: x12_decimal */
    X12I_INTEGER, /* N0: x12_decimal */
    X12I_DATE,    /* DT: x12_date */
    X12I_TIME,    /* TM: x12_time */
    X12I_PERIOD   /* AN written as the format qualifier in part `format_part` says: x12_period */
} x12i_value_type;

typedef enum x12i_usage { X12I_NOT_USED, X12I_SITUATIONAL, X12I_REQUIRED } x12i_usage;

/* What the writer puts into a part that has no value, when its segment is written. */
typedef enum x12i_fill {
    X12I_FILL_NONE,
    X12I_FILL_TEXT,          /* fill_text */
    X12I_FILL_DATE,          /* the date given to the writer: as many digits as the maximum length, 6 or 8 */
    X12I_FILL_TIME,          /* the time given to the writer: HHMM */
    X12I_FILL_CONTROL,       /* the next control number of this loop, zero-padded to the minimum length */
    X12I_FILL_ORDINAL,       /* 1, 2, 3 ... within the parent */
    X12I_FILL_COUNT,         /* DERIVED: number of segments (SE), transactions (GE), groups (IEA) */
    X12I_FILL_SAME_CONTROL,  /* DERIVED: the control number of this loop's header */
    X12I_FILL_REPETITION,    /* ISA11: the delimiter itself */
    X12I_FILL_COMPONENT,     /* ISA16: likewise */
    X12I_FILL_GROUP_CODE,    /* GS01 by the guide of the transactions */
    X12I_FILL_GUIDE,         /* GS08, ST03: the guide's id */
    X12I_FILL_LEVEL,         /* DERIVED, HL01: the number of the hierarchical level within the transaction */
    X12I_FILL_PARENT,        /* DERIVED, HL02: that of the level around it */
    X12I_FILL_CHILDREN,      /* HL04: 1 where a level stands below, else 0 */
    X12I_FILL_PAIRED         /* fill_text, where part `pair` has a value */
} x12i_fill;

/* What a value that is plain text needs to be right, but for a code list. */
typedef enum x12i_scrutiny {
    X12I_CLOSE,       /* more than these */
    X12I_LENGTH_ONLY, /* a length that the guide allows */
    X12I_CODE_ONLY,   /* and to be one of its codes */
    X12I_DIGITS_ONLY, /* as many digits, perhaps a sign; a point in a DECIMAL */
    X12I_DATE_ONLY    /* such a length, and to be a real date */
} x12i_scrutiny;

/* A permitted set of codes, sorted by strcmp. Those of up to four characters are found by open addressing, too: entry x12i_code_hash(word) & mask of
   `words`, then the following ones; 0: empty. */
typedef struct x12i_codes {
    const char *const *items;
    uint16_t count;
    uint16_t mask;
    const uint32_t *words; /* as x12i_pack makes them */
} x12i_codes;

typedef struct x12i_list {
    void *items;
    size_t count;
} x12i_list;

/* A JSON key, ready to be copied: `"paidAmount":`. At least 32 bytes may be read from `text`. */
typedef struct x12i_key {
    const char *text;
    uint8_t length;
} x12i_key;

struct x12i_parts;

/* One part: element n of a segment is fields[n - 1]. Parts of a run have `run` set: their offset is within the run's
   item; else within the segment's (or composite's) struct, or the loop's for an inline slot. */
typedef struct x12i_field {
    uint8_t shape;       /* x12i_shape */
    uint8_t type;        /* x12i_value_type */
    uint8_t usage;       /* x12i_usage */
    uint8_t run;         /* 0, or 1 + index of the run that this part belongs to */
    uint16_t offset;
    uint16_t maximum_repetitions; /* 1; 0: no limit */
    uint16_t minimum_length;
    uint16_t maximum_length;
    uint16_t widest_length; /* what X12 allows, where the guide narrows it; 0: the same */
    uint8_t fill;        /* x12i_fill */
    uint8_t format_part; /* PERIOD: 1-based part that says the format */
    uint8_t pair;        /* FILL_PAIRED: 1-based part */
    bool padded;         /* ISA: fixed width, blanks at the end are no value */
    bool plain;          /* VALUE, outside of a run and not padded: the common case */
    uint8_t scrutiny;    /* x12i_scrutiny */
    x12i_key key;
    const char *name;             /* camelCase; NULL without field */
    const char *fill_text;        /* FILL_TEXT, FILL_PAIRED, FIXED */
    const struct x12i_parts *parts; /* COMPOSITE, REPEATED_COMPOSITE */
    const x12i_codes *codes;      /* NULL: any value */
    const char *code_list;        /* name of an external code source, or NULL */
    const char *data_element;     /* "1028" */
} x12i_field;

/* ISA11 and ISA16, where a delimiter is what is meant. */
static inline bool x12i_is_delimiter(const x12i_field *field)
{
    return field->fill == X12I_FILL_REPETITION || field->fill == X12I_FILL_COMPONENT;
}

/* How decoding takes in a part: what it needs of the x12i_field, in two words. */
typedef enum x12i_intake_kind {
    X12I_INTAKE_TEXT,     /* a plain value that is kept as it is */
    X12I_INTAKE_NUMBER,   /* a plain value that may be worked out */
    X12I_INTAKE_DATED,    /* a date, time or period: likewise */
    X12I_INTAKE_FIXED,
    X12I_INTAKE_OPTIONAL, /* nothing, where it is empty; else see the field */
    X12I_INTAKE_OTHER     /* see the field */
} x12i_intake_kind;

typedef struct x12i_intake {
    uint16_t offset;
    uint8_t kind;  /* x12i_intake_kind */
    uint8_t fill;  /* x12i_fill */
    uint32_t word; /* FIXED: its text, as x12i_pack makes it; 0: a longer one. TEXT, NUMBER, DATED: see x12i_key_of */
} x12i_intake;

/* A run: `stride` consecutive parts, up to `maximum` times, kept as a list (CAS: reason, amount, quantity, 6 times). */
typedef struct x12i_run {
    uint8_t first;  /* 1-based part */
    uint8_t stride;
    uint8_t maximum;
    bool bare;      /* stride 1: the item is the value (x12_text) or composite itself, not a struct around it */
    uint16_t offset; /* of the x12i_list */
    uint16_t item_size;
    x12i_key key;
    const char *name;
} x12i_run;

/* A relational condition: which parts go together. Bit n of a mask stands for part n + 1. */
typedef struct x12i_condition {
    char kind;       /* P all of them or none, R at least one, E at most one, C part `first` needs all others, L needs one of the others, N goes with
                        none of the others where it is `code`, U is needed where one of the others is missing */
    uint8_t first;   /* 1-based */
    uint64_t parts;  /* all of them; with C, L, N and U without the first */
    uint64_t asked_by; /* without any of these parts it holds; all bits: with none, too */
    const char *code;  /* N; else NULL */
} x12i_condition;

/* The parts of a segment or composite, in order. */
typedef struct x12i_parts {
    const char *id;   /* "CLP", "C003" */
    uint8_t field_count;
    uint8_t run_count;
    uint8_t last_used;   /* the last part that has a field; 0: none */
    uint8_t last_filled; /* the last part that a writer fills in when it was not sent; 0: none */
    bool has_periods;    /* some of its own parts are PERIODs */
    bool has_derived;    /* or DERIVED */
    uint16_t size;    /* of the struct; 0 for an inline slot, whose fields are the loop's own */
    const x12i_field *fields;
    const char *keys; /* of the guide */
    const x12i_intake *intakes; /* one more than there are fields: what is beyond them is OTHER */
    const x12i_run *runs;
    uint8_t condition_count;
    uint64_t conditioned; /* without any of these parts every condition holds; all bits where one wants something in any case */
    const x12i_condition *conditions;
    const char *rules; /* the same as the dictionary has them, "P0304 C0807 N0204=2", or NULL */
    uint64_t required; /* bit n: part n + 1 is required */
} x12i_parts;

/* The JSON key of a plain part: where it stands among the keys, and its length in the lowest byte. */
static inline x12i_key x12i_key_of(const x12i_parts *parts, const x12i_intake *intake)
{
    return (x12i_key){parts->keys + (intake->word >> 8), (uint8_t)intake->word};
}

typedef enum x12i_slot_kind {
    X12I_SLOT_INLINE,    /* a segment whose fields are the loop's own */
    X12I_SLOT_SEGMENT,   /* pointer to the segment's struct */
    X12I_SLOT_SEGMENTS,  /* x12i_list of the segment's struct */
    X12I_SLOT_LOOP,      /* pointer to the loop's struct */
    X12I_SLOT_LOOPS      /* x12i_list of the loop's struct */
} x12i_slot_kind;

/* One place in a loop. Every segment struct of its own begins with `const x12_segment *segment`. */
typedef struct x12i_slot {
    uint8_t kind;             /* x12i_slot_kind */
    uint8_t usage;
    bool other;               /* takes the qualifiers that its siblings do not know */
    uint8_t qualifier_part;   /* 1-based element that tells it from its siblings; 0: none */
    uint8_t qualifier_component; /* 1-based; 0: the element as a whole */
    uint8_t order;            /* slots with the same order may come in any order */
    uint16_t offset;          /* of the pointer or list in the loop's struct */
    uint16_t segment_offset;  /* INLINE: of its `const x12_segment *` in the loop's struct */
    uint32_t maximum;         /* 0: no limit */
    const char *segment;      /* "REF"; for a loop: of its first slot */
    const char *name;         /* camelCase; INLINE: NULL */
    x12i_key key;             /* of the slot; INLINE: none */
    const char *note;         /* "REF", or "REF*EV" where two inline slots share an id: key of its note in JSON */
    const x12i_parts *parts;  /* segments; for a loop NULL */
    const x12_loop_type *loop; /* loops */
    const x12i_codes *qualifiers; /* NULL: no qualifier */
} x12i_slot;

/* An entry of a loop's next[], by symbol, says where the segment goes: 0 nowhere, else how many loops end before it, and 1 + the slot of the loop that
   is open then, which with X12I_NEXT_LOOP is one of a loop; with X12I_IMPLIED, through a loop slot whose own first segment is missing: open it and look
   again. */
enum { X12I_IMPLIED = 0x8000, X12I_NEXT_LOOP = 0x400, X12I_NEXT_SLOT = 0x3FF, X12I_NEXT_ENDS_SHIFT = 11, X12I_NEXT_ENDS = 0xF };

/* Where in a loop's struct two words stand that are both 0 when a slot holds nothing. An inline slot with several fields has one that is never 0. */
typedef struct x12i_presence {
    uint16_t value;
    uint16_t segment; /* INLINE: of its `const x12_segment *`; else the same word again */
} x12i_presence;

/* What must hold across the segments of a loop: formulas, as model/formula.h has them. */
typedef struct x12i_rule {
    bool balance;        /* an equation: where it cannot be told, that is said */
    uint16_t code;       /* x12_finding_code */
    uint16_t unless[2];  /* not where one of these was told of the same loop, or of one within it; 0: none */
    const char *each;    /* a path: the rule is about each item of it; NULL: about the loop */
    const char *when;    /* only where this is true; NULL: always */
    const char *formula; /* must be true; the first that it names is where a finding stands */
} x12i_rule;

struct x12_loop_type {
    const char *id;       /* "2100" */
    const char *name;     /* singular, camelCase: "claim"; the `record` of its JSON line */
    const char *path;     /* "2000/2100": ids from below the root; "" for the root */
    uint16_t index;       /* in the guide's loops */
    uint16_t size;
    uint16_t slot_count;
    uint16_t first_tail;  /* the first slot after the last streamed loop; slot_count where there is none */
    uint16_t counted_count;
    bool record;          /* handed out whole */
    bool streamed;        /* holds records below it: handed out in parts */
    bool level;           /* a hierarchical level: an HL opens it */
    bool closed;          /* of unknown kind: it keeps all segments up to the next level, unmapped */
    const x12i_slot *slots; /* slots[0] is the segment that opens it */
    const x12i_presence *presence; /* for each slot */
    const uint8_t *counted; /* the slots that may lack something or have too much: required ones, limited lists, loops */
    const uint16_t *next; /* for each symbol of the guide */
    const x12i_rule *rules;
    uint16_t rule_count;
    const x12_loop_type *parent; /* NULL: the guide's root */
    const struct x12i_guide *guide;
};

/* The first slot from `index` on that may hold something; `end` where there is none before it. */
static inline unsigned x12i_next_present(const x12_loop *loop, unsigned index, unsigned end)
{
    const x12i_presence *presence = loop->type->presence;
    for (; index < end; index++) {
        size_t value, segment;
        memcpy(&value, (const char *)loop + presence[index].value, sizeof value);
        memcpy(&segment, (const char *)loop + presence[index].segment, sizeof segment);
        if ((value | segment) != 0)
            break;
    }
    return index;
}

/* Whether slot `index` may hold anything. */
static inline bool x12i_is_present(const x12_loop *loop, unsigned index)
{
    return x12i_next_present(loop, index, index + 1) == index;
}

/* Whether it holds something, or a segment without any value. */
static inline bool x12i_is_filled(const x12_loop *loop, unsigned index)
{
    size_t word;
    memcpy(&word, (const char *)loop + loop->type->presence[index].segment, sizeof word);
    return word != 0;
}

typedef struct x12i_symbol {
    uint32_t id;         /* x12i_pack of the segment id */
    uint32_t qualifier;  /* x12i_pack of the qualifier; 0: the id alone, for every other qualifier */
    uint16_t symbol;     /* place in every next[] */
    uint8_t part;        /* id alone: where its qualifier stands; 0: it has none */
    uint8_t component;   /* 0: the element as a whole */
} x12i_symbol;

typedef struct x12i_guide {
    const char *id;           /* "005010X221A1" */
    const char *transaction;  /* ST01 "835" */
    const char *group;        /* GS01 "HP" */
    const char *prefix;       /* "835": of its C names and files; unique */
    const char *purpose;      /* BHT01, or NULL */
    const char *telltale;     /* a segment that none of the other guides with this ST01 has, or NULL */
    const char *title;
    uint16_t loop_count;
    const x12_loop_type *const *loops; /* loops[0] is the root: the transaction */
    /* Open addressing: entry x12i_symbol_hash(id, qualifier) & symbol_mask, then the following ones; id 0: empty. */
    uint32_t symbol_mask;
    const x12i_symbol *symbols;
} x12i_guide;

/* Up to four characters of an id or qualifier in one word, so that equal words mean equal text; 0 for longer ones, and for those that a NUL ends. */
static inline uint32_t x12i_pack(const char *text, size_t length)
{
    if (length == 0 || length > 4 || text[length - 1] == '\0')
        return 0;
    uint32_t word = (unsigned char)text[0];
    if (length > 1)
        word |= (uint32_t)(unsigned char)text[1] << 8;
    if (length > 2)
        word |= (uint32_t)(unsigned char)text[2] << 16;
    if (length > 3)
        word |= (uint32_t)(unsigned char)text[3] << 24;
    return word;
}

static inline uint32_t x12i_code_hash(uint32_t word)
{
    return word * 0x9E3779B1u >> 16;
}

static inline bool x12i_codes_hold_long(const x12i_codes *codes, x12_text code)
{
    for (unsigned i = 0; i < codes->count; i++)
        if (strlen(codes->items[i]) == code.length && memcmp(codes->items[i], code.data, code.length) == 0)
            return true;
    return false;
}

/* Whether the code is one of them. */
static inline bool x12i_codes_hold(const x12i_codes *codes, x12_text code)
{
    uint32_t word = x12i_pack(code.data, code.length);
    if (word == 0)
        return x12i_codes_hold_long(codes, code);
    uint32_t at = x12i_code_hash(word);
    while (codes->words[at & codes->mask] != word)
        if (codes->words[at++ & codes->mask] == 0)
            return false;
    return true;
}

/* The same for qualifiers of any length; the longer ones have the highest bit, which no ASCII text sets. */
static inline uint32_t x12i_pack_qualifier(const char *text, size_t length)
{
    if (length <= 4)
        return x12i_pack(text, length);
    uint32_t word = 2166136261u;
    for (size_t i = 0; i < length; i++)
        word = (word ^ (unsigned char)text[i]) * 16777619u;
    return word | 0x80000000u;
}

static inline uint32_t x12i_symbol_hash(uint32_t id, uint32_t qualifier)
{
    uint32_t h = id * 0x9E3779B1u ^ qualifier * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

/* Every guide that is built in, envelope excluded, in the order of grammar/; generated. */
extern const x12i_guide *const x12i_guides[];
extern const size_t x12i_guide_count;
/* ISA .. IEA: the root is the interchange, loops[1] the functional group. Both are streamed. Generated. */
extern const x12i_guide x12i_envelope;

#endif
