/* Every way to break a guide's transactions that its tables know: each is to be tried once. */
#ifndef TESTS_GOALS_H
#define TESTS_GOALS_H

#include "mutation.h"

typedef struct goal {
    const value_kind *value; /* one of these four */
    const slot_kind *kind;
    const whole_kind *whole;
    const rule_kind *rule;
    value_place place;       /* of a value; its segment is still to be found */
    const x12_loop_type *type;
    unsigned index;          /* of the slot */
    bool reached;
    struct goal *next;       /* of the same slot or loop */
} goal;

typedef struct goals {
    goal *items;
    size_t count, capacity;
    struct goal_list *lists; /* by slot or loop type */
    size_t list_capacity;
} goals;

void goals_set(goals *g, const x12i_guide *guide);
void goals_free(goals *g);
goal *goals_of_segment(const goals *g, const x12i_slot *slot);
goal *goals_of_loop(const goals *g, const x12_loop_type *type);
goal *goals_of_whole(const goals *g);
unsigned goals_left(const goals *g);
void goals_show_left(const goals *g, unsigned most);

#endif
