#include "base/nearest.h"
#include <stdbool.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters to change, add, drop or swap make one word the other. */
static size_t edit_distance(const char *from, const char *to)
{
    size_t rows[3][X12I_LONGEST_WORD + 1], from_length = strlen(from), to_length = strlen(to);
    if (from_length > X12I_LONGEST_WORD || to_length > X12I_LONGEST_WORD)
        return X12I_LONGEST_WORD;
    for (size_t j = 0; j <= to_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= from_length; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= to_length; j++) {
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] != to[j - 1]));
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[from_length % 3][to_length];
}

const char *x12i_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t length = strlen(word), limit = length / 3 + 1, best = limit + 1;
    for (size_t i = 0; i < count; i++) {
        bool begins = length > 1 && strncmp(word, candidates[i], length) == 0;
        size_t distance = begins ? 0 : edit_distance(word, candidates[i]);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
