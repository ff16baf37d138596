/* Where each loop takes each segment: the symbols, and each loop's next[]. */
#include "guidec/guidec.h"
#include <stdlib.h>

/* A segment id, or an id with one of its qualifiers. */
typedef struct symbol {
    const char *id;
    const char *qualifier; /* NULL: the id alone */
    unsigned part, component;
} symbol;

typedef struct placement {
    const x12i_gguide *guide;
    symbol *symbols;
    size_t count;
    unsigned *own; /* loop by loop, what each symbol is to this loop alone */
} placement;

static const x12i_gslot *trigger_of(const x12i_gslot *slot)
{
    return slot->loop ? &slot->loop->slots[0] : slot;
}

static symbol *find(const placement *p, const char *id, const char *qualifier)
{
    for (size_t i = 0; i < p->count; i++) {
        symbol *s = &p->symbols[i];
        bool same = qualifier == NULL || s->qualifier == NULL ? qualifier == s->qualifier : strcmp(qualifier, s->qualifier) == 0;
        if (same && strcmp(s->id, id) == 0)
            return s;
    }
    return NULL;
}

static symbol *add(placement *p, const char *id, const char *qualifier)
{
    symbol *known = find(p, id, qualifier);
    if (known != NULL)
        return known;
    symbol *symbols = realloc(p->symbols, (p->count + 1) * sizeof *symbols);
    if (symbols == NULL)
        exit(1);
    p->symbols = symbols;
    symbols[p->count] = (symbol){.id = id, .qualifier = qualifier};
    return &symbols[p->count++];
}

static void find_symbols(placement *p)
{
    for (size_t i = 0; i < p->guide->loop_count; i++)
        for (size_t k = 0; k < p->guide->loops[i]->count; k++) {
            const x12i_gslot *slot = trigger_of(&p->guide->loops[i]->slots[k]);
            symbol *alone = add(p, slot->id, NULL);
            if (slot->qualifiers.count != 0) {
                alone->part = slot->qualifier_part;
                alone->component = slot->qualifier_component;
            }
            for (size_t q = 0; q < slot->qualifiers.count; q++)
                add(p, slot->id, slot->qualifiers.items[q]);
        }
}

static bool lists(const x12i_gslot *slot, const char *qualifier)
{
    for (size_t i = 0; qualifier != NULL && i < slot->qualifiers.count; i++)
        if (strcmp(slot->qualifiers.items[i], qualifier) == 0)
            return true;
    return false;
}

/* The loop's slot for the symbol, as 1 + its index: by the qualifier; else what takes any; else the only one of its id. */
static unsigned own_slot(const x12i_gloop *loop, const symbol *s)
{
    unsigned any = 0, only = 0, same = 0;
    for (size_t i = loop->slots[0].maximum == 1 ? 1 : 0; i < loop->count; i++) {
        const x12i_gslot *slot = trigger_of(&loop->slots[i]);
        if (strcmp(slot->id, s->id) != 0)
            continue;
        if (lists(slot, s->qualifier))
            return (unsigned)i + 1;
        bool known = s->qualifier != NULL && loop->slots[i].loop != NULL && loop->slots[i].loop->closed; /* to a level above or below */
        bool takes_any = (slot->qualifiers.count == 0 || loop->slots[i].other) && !known;
        if (takes_any && any == 0)
            any = (unsigned)i + 1;
        only = (unsigned)i + 1;
        same++;
    }
    return any ? any : same == 1 ? only : 0;
}

/* Whether the loop, or one below it through its first segment missing, would take the symbol. */
static bool leads_to(const x12i_gloop *loop, const symbol *s)
{
    for (size_t i = 0; i < loop->count; i++) {
        const x12i_gslot *slot = &loop->slots[i];
        if (slot->loop != NULL && !slot->other && strcmp(trigger_of(slot)->id, s->id) == 0 && (trigger_of(slot)->qualifiers.count == 0 || lists(trigger_of(slot), s->qualifier)))
            return true;
    }
    return false;
}

/* A child loop whose header may be missing before the symbol, which opens a loop within it. */
static unsigned implied_slot(const x12i_gloop *loop, const symbol *s)
{
    for (size_t i = 0; i < loop->count; i++)
        if (loop->slots[i].loop != NULL && !loop->slots[i].other && leads_to(loop->slots[i].loop, s))
            return X12I_IMPLIED | ((unsigned)i + 1);
    return 0;
}

/* A header may be passed over only where no loop above has another place for the symbol. */
static void fill_own(placement *p)
{
    for (size_t i = 0; i < p->guide->loop_count; i++)
        for (size_t k = 0; k < p->count; k++) {
            const x12i_gloop *loop = p->guide->loops[i];
            unsigned entry = own_slot(loop, &p->symbols[k]);
            bool elsewhere = false;
            for (const x12i_gloop *above = loop->parent; above != NULL; above = above->parent)
                elsewhere = elsewhere || own_slot(above, &p->symbols[k]) != 0;
            p->own[i * p->count + k] = entry || elsewhere ? entry : implied_slot(loop, &p->symbols[k]);
        }
}

/* Whether the segment would speak of the party whose segment opens the loop: the loop for unknown parties of that kind has it. */
static bool is_of_party(const x12i_gguide *guide, const x12i_gloop *loop, const char *id)
{
    for (size_t i = 0; i < guide->loop_count; i++) {
        const x12i_gloop *party = guide->loops[i];
        if (!party->other || party->closed || strcmp(party->slots[0].id, loop->slots[0].id) != 0)
            continue;
        for (size_t k = 1; k < party->count; k++)
            if (strcmp(party->slots[k].id, id) == 0)
                return true;
    }
    return false;
}

/* From the loop outwards, the first that has a place for the symbol. What speaks of a party goes further out only by a qualifier that is known there. */
static unsigned next_of(const placement *p, const x12i_gloop *loop, size_t column)
{
    const symbol *s = &p->symbols[column];
    bool of_party = false;
    unsigned entry, ends = 0;
    while ((entry = p->own[loop->index * p->count + column]) == 0 && loop->parent != NULL) {
        of_party = of_party || is_of_party(p->guide, loop, s->id);
        loop = loop->parent;
        ends++;
    }
    if (of_party && entry != 0 && !(entry & X12I_IMPLIED) && !lists(&loop->slots[entry - 1], s->qualifier))
        return 0;
    if ((entry & ~(unsigned)X12I_IMPLIED) > X12I_NEXT_SLOT || ends > X12I_NEXT_ENDS)
        abort(); /* no guide has so many slots in a loop, or loops in each other */
    if (entry != 0 && loop->slots[(entry & X12I_NEXT_SLOT) - 1].loop != NULL)
        entry |= X12I_NEXT_LOOP;
    return entry ? entry | ends << X12I_NEXT_ENDS_SHIFT : 0;
}

static void write_symbols(x12i_buffer *out, const placement *p)
{
    size_t size = 4;
    while (size < 2 * p->count)
        size *= 2;
    const symbol **places = calloc(size, sizeof *places);
    if (places == NULL)
        exit(1);
    for (size_t i = 0; i < p->count; i++) {
        const symbol *s = &p->symbols[i];
        uint32_t at = x12i_symbol_hash(x12i_pack(s->id, strlen(s->id)), s->qualifier ? x12i_pack_qualifier(s->qualifier, strlen(s->qualifier)) : 0);
        while (places[at & (size - 1)] != NULL)
            at++;
        places[at & (size - 1)] = s;
    }
    gc_add(out, "enum { SYMBOL_COUNT = %zu, SYMBOL_MASK = %zu };\n\nstatic const x12i_symbol symbols[] = {\n", p->count, size - 1);
    for (size_t i = 0; i < size; i++) {
        const symbol *s = places[i];
        if (s == NULL)
            gc_add(out, "    {0},\n");
        else
            gc_add(out, "    {0x%xu, 0x%xu, %zu, %u, %u}, /* %s %s */\n", x12i_pack(s->id, strlen(s->id)), s->qualifier ? x12i_pack_qualifier(s->qualifier, strlen(s->qualifier)) : 0,
                   (size_t)(s - p->symbols), s->part, s->component, s->id, s->qualifier ? s->qualifier : "");
    }
    gc_add(out, "};\n\n");
    free(places);
}

void gc_write_placement(x12i_buffer *out, const x12i_gguide *guide)
{
    placement p = {.guide = guide};
    find_symbols(&p);
    p.own = calloc(guide->loop_count * p.count, sizeof *p.own);
    if (p.own == NULL)
        exit(1);
    fill_own(&p);
    write_symbols(out, &p);
    gc_add(out, "static const uint16_t next[][SYMBOL_COUNT] = {\n");
    for (size_t i = 0; i < guide->loop_count; i++) {
        gc_add(out, "    {");
        for (size_t k = 0; k < p.count; k++)
            gc_add(out, "%s%u", k ? ", " : "", next_of(&p, guide->loops[i], k));
        gc_add(out, "},\n");
    }
    gc_add(out, "};\n\n");
    free(p.own);
    free(p.symbols);
}
