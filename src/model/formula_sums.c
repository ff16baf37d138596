/* Sums of amounts that are chosen by codes alone: one walk over the amounts for all that add up the same ones. */
#include "base/value.h"
#include "model/formula_values.h"

enum { MOST_CODES = 16 };

/* What the filters of one step let through, of all sums: a bit for each. */
typedef struct code_sieve {
    uint16_t offset; /* of the code in an item */
    uint16_t count;  /* 0: no filters */
    uint64_t codes[MOST_CODES];
    unsigned chosen[MOST_CODES]; /* by which of the sums, for each code */
    unsigned otherwise;          /* with any other code */
} code_sieve;

struct x12i_sums {
    const x12i_path *path; /* of the first; the others are alike but for their filters */
    unsigned count;
    code_sieve sieves[];      /* for each step */
};

/* ---- Making them ---- */

/* Whether a sum needs to look at nothing but codes and amounts. */
static bool is_quick(const x12i_node *node)
{
    if (node->operation != X12I_SUM || node->first != NULL || node->number != 0)
        return false;
    const x12i_path_step *value = x12i_path_value(node->path);
    bool quick = value != NULL && (value->type == X12I_DECIMAL || value->type == X12I_INTEGER);
    for (unsigned i = 0; quick && i < node->path->step_count; i++)
        quick = node->path->steps[i].filter == NULL || (node->path->steps[i].filter->condition && !node->path->steps[i].value);
    return quick;
}

static bool is_alike(const x12i_path *path, const x12i_path *other)
{
    bool alike = path->step_count == other->step_count && path->spot.from == other->spot.from;
    for (unsigned i = 0; alike && i < path->step_count; i++) {
        const x12i_path_step *one = &path->steps[i], *two = &other->steps[i];
        alike = one->kind == two->kind && one->offset == two->offset && one->size == two->size;
    }
    return alike;
}

static bool add_code(code_sieve *sieve, uint64_t code)
{
    unsigned i = 0;
    while (i < sieve->count && sieve->codes[i] != code)
        i++;
    if (i == MOST_CODES)
        return false;
    sieve->codes[i] = code;
    if (i == sieve->count)
        sieve->count++;
    return true;
}

/* False where the sieves cannot hold them. */
static bool add_filters(x12i_sums *sums, const x12i_path *path)
{
    for (unsigned step = 0; step < path->step_count; step++) {
        code_sieve *sieve = &sums->sieves[step];
        const x12i_quick *quick = path->steps[step].filter ? path->steps[step].filter->condition : NULL;
        if (quick != NULL && sieve->count != 0 && sieve->offset != quick->offset)
            return false;
        for (unsigned i = 0; quick != NULL && i < quick->count; i++)
            if (!add_code(sieve, quick->codes[i]))
                return false;
        if (quick != NULL)
            sieve->offset = quick->offset;
    }
    return true;
}

/* What the filters of the sum `bit` let through. */
static void note_choice(x12i_sums *sums, const x12i_path *path, unsigned bit)
{
    for (unsigned step = 0; step < path->step_count; step++) {
        code_sieve *sieve = &sums->sieves[step];
        const x12i_quick *quick = path->steps[step].filter ? path->steps[step].filter->condition : NULL;
        for (unsigned i = 0; i < sieve->count; i++)
            sieve->chosen[i] |= quick == NULL || x12i_quick_holds_for(quick, sieve->codes[i]) ? bit : 0;
        sieve->otherwise |= quick == NULL || quick->unless ? bit : 0;
    }
}

const x12i_sums *x12i_sums_of_nodes(x12_arena *arena, const x12i_node *const *nodes, unsigned count)
{
    if (count == 0 || !is_quick(nodes[0]))
        return NULL;
    const x12i_path *path = nodes[0]->path;
    x12i_sums *sums = x12_arena_allocate(arena, sizeof *sums + path->step_count * sizeof *sums->sieves);
    if (sums == NULL)
        return NULL;
    sums->path = path;
    while (sums->count < count && is_quick(nodes[sums->count]) && is_alike(path, nodes[sums->count]->path) && add_filters(sums, nodes[sums->count]->path))
        sums->count++;
    for (unsigned i = 0; i < sums->count; i++)
        note_choice(sums, nodes[i]->path, 1u << i);
    return sums;
}

const x12i_sums *x12i_sums_make(x12_arena *arena, const x12i_formula *const *formulas, unsigned count)
{
    const x12i_node *nodes[X12I_MOST_SUMS];
    unsigned node_count = 0;
    while (node_count < count && node_count < X12I_MOST_SUMS && formulas[node_count] != NULL) {
        nodes[node_count] = formulas[node_count]->root;
        node_count++;
    }
    return x12i_sums_of_nodes(arena, nodes, node_count);
}

unsigned x12i_sums_count(const x12i_sums *sums)
{
    return sums->count;
}

/* ---- Working them out ---- */

/* Which of the `wanted` sums, a bit for each, want the item. */
static inline unsigned sift(const code_sieve *sieve, const void *item, unsigned wanted)
{
    if (sieve->count == 0)
        return wanted;
    uint64_t code = x12i_code_at(item, sieve->offset);
    for (unsigned i = 0; i < sieve->count; i++)
        if (sieve->codes[i] == code)
            return wanted & sieve->chosen[i];
    return wanted & sieve->otherwise;
}

static inline bool add_value(const x12i_path_step *step, const x12_decimal *value, unsigned wanted, x12_decimal *results)
{
    x12_decimal number = *value;
    if (number.length == 0)
        return !step->wanted;
    if (!number.valid)
        x12i_decimal_read(&number);
    bool told = number.valid;
    for (; told && wanted != 0; wanted &= wanted - 1)
        told = x12i_add_number(&results[x12i_lowest_bit(wanted)], &number);
    return told;
}

/* Of all that the steps from `index` on lead to. */
static bool add_from(const x12i_sums *sums, unsigned index, const void *base, unsigned wanted, x12_decimal *results)
{
    const x12i_path_step *step = &sums->path->steps[index];
    const void *item;
    size_t left = x12i_find_items(step, base, &item);
    if (step->value)
        return left == 0 || add_value(step, item, wanted, results);
    for (; left > 0; left--, item = (const char *)item + step->size) {
        unsigned sifted = sift(&sums->sieves[index], item, wanted);
        if (sifted != 0 && !add_from(sums, index + 1, item, sifted, results))
            return false;
    }
    return true;
}

bool x12i_sum_up(const x12i_sums *sums, const x12i_scope *scope, x12_decimal *results)
{
    for (unsigned i = 0; i < sums->count; i++)
        results[i] = x12i_zero;
    const void *base = x12i_spot_base(&sums->path->spot, scope);
    return base == NULL || add_from(sums, 0, base, (1u << sums->count) - 1, results);
}
