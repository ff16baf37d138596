/* Relational conditions, as the tables spell them: "P0304 C0807 N0204=2". */
#ifndef TESTS_RELATIONS_H
#define TESTS_RELATIONS_H

#include <stdbool.h>

enum { MOST_RELATED = 8 };

typedef struct relation {
    char kind; /* P all or none, R at least one, E at most one, C the first needs all others, L the first needs one of the others,
                  N where the first is the code, none of the others is sent, U unless the first is sent, the others are */
    unsigned count;
    unsigned parts[MOST_RELATED];
    char code;
} relation;

/* Takes the next relation from `*rules`; false at the end. NULL has none. */
static inline bool next_relation(const char **rules, relation *taken)
{
    const char *at = *rules;
    while (at != NULL && *at == ' ')
        at++;
    if (at == NULL || *at == '\0')
        return false;
    *taken = (relation){.kind = *at++};
    for (; *at >= '0' && *at <= '9' && taken->count < MOST_RELATED; at += 2)
        taken->parts[taken->count++] = (unsigned)(at[0] - '0') * 10 + (unsigned)(at[1] - '0');
    if (*at == '=')
        taken->code = *++at;
    at += taken->code != '\0';
    *rules = at;
    return true;
}

#endif
