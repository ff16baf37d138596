/* Random numbers that come again with their seed. */
#ifndef TESTS_CHANCE_H
#define TESTS_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct chance {
    uint64_t state;
} chance;

static inline uint32_t below(chance *c, uint32_t limit)
{
    c->state ^= c->state << 13;
    c->state ^= c->state >> 7;
    c->state ^= c->state << 17;
    return (uint32_t)((c->state >> 33) % limit);
}

static inline bool one_in(chance *c, uint32_t chances)
{
    return below(c, chances) == 0;
}

static inline chance chance_of(uint64_t seed)
{
    chance c = {seed * 0x9E3779B97F4A7C15u + 0x123456789ABCDEFu};
    for (unsigned i = 0; i < 4; i++)
        below(&c, 2);
    return c;
}

#endif
