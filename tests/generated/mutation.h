/* One thing broken in a valid transaction, and what a check must say of it. */
#ifndef TESTS_MUTATION_H
#define TESTS_MUTATION_H

#include "chance.h"
#include "made.h"
#include <remedi/finding.h>

/* A finding that must come, and where. */
typedef struct expectation {
    x12_finding_code code;
    uint32_t at;         /* the segment, by its place in `made` */
    const char *segment; /* NULL: that segment's id */
    const char *loop;    /* NULL: that segment's loop */
    unsigned element, component, repetition;
} expectation;

enum { MOST_EXPECTED = 4 };

typedef struct mutation {
    made *made;
    chance *chance;
    expectation expected[MOST_EXPECTED];
    unsigned count;
} mutation;

void expect(mutation *m, expectation expected);

/* Whether `words`, separated by blanks, have this one. */
static inline bool is_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, word, length) == 0 && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* Where a value stands, or might: a simple element, a component, or a composite as a whole. */
typedef struct value_place {
    uint32_t segment;
    const x12i_slot *slot;
    const x12i_parts *parts; /* of the segment, or of the composite */
    const x12i_field *field;
    unsigned part;           /* of `parts` */
    unsigned element, component;
    bool decides;            /* by it the slot is found, or by a component of it */
    bool repeats;            /* it, or the composite that it lies in, may be repeated: the first repetition is meant */
} value_place;

/* Whether it is missing now by a relational condition of its segment. */
bool is_asked_for(const mutation *m, const value_place *place);

/* A way to break a value. */
typedef struct value_kind {
    const char *name;
    bool (*applies)(const value_place *place); /* by what the guide says of it */
    bool (*apply)(mutation *m, const value_place *place); /* false: not here */
} value_kind;

/* A way to break a slot of a loop. */
typedef struct slot_kind {
    const char *name;
    bool (*applies)(const x12_loop_type *type, unsigned slot);
    /* In this loop, which holds nothing of its kind to be mistaken for. */
    bool (*apply)(mutation *m, uint32_t loop, unsigned slot);
} slot_kind;

/* A way to break what the whole interchange says: counts, control numbers, levels, totals. False: there is no such thing in it. */
typedef struct whole_kind {
    const char *name;
    const char *guides; /* NULL: all; else their prefixes */
    bool (*apply)(mutation *m);
} whole_kind;

/* A way to break what a rule of the guide says: an element becomes wrong. */
typedef struct rule_kind {
    const char *name;
    const char *guides;
    const char *loops;       /* ids of loops, in one of which */
    const char *segment;     /* this one, "SVC" or "AMT*D", is changed */
    unsigned element;        /* 0: it is taken out */
    unsigned component;
    const char *value;       /* what the element becomes */
    const char *beside;      /* NULL, or a segment that must be in the loop too; must not, with "-" before it */
    x12_finding_code code;
    struct {
        const char *segment; /* of the same loop; NULL: the changed element */
        unsigned element, component;
        const char *missing; /* a segment that is missing there; NULL: it is there */
    } found;
} rule_kind;
bool break_rule(mutation *m, const rule_kind *kind);

/* Each ends with a kind without name. */
extern const value_kind value_kinds[];
extern const value_kind condition_kinds[];
extern const slot_kind slot_kinds[];
extern const whole_kind envelope_kinds[];
extern const rule_kind rule_kinds[];

#endif
