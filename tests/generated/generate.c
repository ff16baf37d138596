#include "generate.h"
#include "generator.h"

/* References, dates, amounts and quantities come once of each kind. */
static bool is_once_of_a_kind(const x12i_slot *slot)
{
    static const char *const ids[] = {"REF", "DTP", "DTM", "AMT", "QTY"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (slot->qualifiers != NULL && slot->qualifiers->count > 1 && is_string(slot->segment, ids[i]))
            return true;
    return false;
}

static unsigned times(generator *g, const x12_loop_type *type, const x12i_slot *slot)
{
    unsigned most = slot->maximum == 0 || slot->maximum > 3 ? 3 : slot->maximum;
    presence ruled = slot->other ? CANNOT_BE : presence_of_slot(g, type, slot);
    bool least = slot->usage == X12I_REQUIRED || ruled == MUST_BE;
    if (slot->usage != X12I_REQUIRED && ruled == CANNOT_BE)
        return 0;
    if (slot->loop != NULL && g->now.adjudications != 0 && is_string(slot->name, "adjudications"))
        return g->now.adjudications;
    if (g->out->length > ROOM)
        return least;
    if (is_once_of_a_kind(slot) && most > slot->qualifiers->count)
        most = slot->qualifiers->count;
    return least || one_in(&g->chance, slot->loop ? 3 : 5) ? 1 + below(&g->chance, one_in(&g->chance, 3) ? most : 1) : 0;
}

/* A claim's dates begin with its first one. */
static unsigned first_turn(generator *g, const x12i_slot *slot)
{
    bool first = slot->qualifiers == NULL || is_string(slot->qualifiers->items[0], "232");
    return first ? 0 : below(&g->chance, slot->qualifiers->count);
}

/* How many payers have adjudicated each line of the claim. */
static unsigned adjudications(generator *g)
{
    unsigned payers = 0;
    for (uint32_t at = g->loop; (at = made_loop_named(g->made, "otherSubscriber", g->loop, at)) != NO_LOOP;)
        payers++;
    return below(&g->chance, (payers < 2 ? payers : 2) + 1);
}

static void add_loop(generator *g, const x12_loop_type *type);

static void add_slot(generator *g, const x12i_slot *slot, unsigned count)
{
    g->turn = first_turn(g, slot);
    for (unsigned first = g->turn; g->turn < first + count; g->turn++) {
        unsigned turn = g->turn;
        if (slot->loop != NULL)
            add_loop(g, slot->loop);
        else
            add_segment(g, slot);
        g->turn = turn;
    }
}

static void add_loop(generator *g, const x12_loop_type *type)
{
    const situation around = g->now;
    uint32_t parent = g->loop;
    g->loop = made_open(g->made, type, parent);
    if (type->level) {
        g->levels++;
        enter_level(g, type);
    }
    for (unsigned i = 0; i < type->slot_count; i++) {
        made_close(g->made, g->loop); /* so far */
        if (type->slots[i].loop != NULL && is_string(type->slots[i].name, "services"))
            g->now.adjudications = adjudications(g);
        add_slot(g, &type->slots[i], i == 0 ? 1 : times(g, type, &type->slots[i]));
        if (i == 0 && type->level)
            g->now.level = g->levels;
    }
    made_close(g->made, g->loop);
    g->loop = parent;
    leave_loop(g, type, around);
}

/* --- the envelope --- */

static const x12i_slot *slot_of(const x12_loop_type *type, const char *segment)
{
    const x12i_slot *slot = type->slots;
    while (slot->loop != NULL || strcmp(slot->segment, segment) != 0)
        slot++;
    return slot;
}

static void add_line(made *m, uint32_t loop, const char *segment, const char *elements)
{
    size_t start = m->text.length;
    x12i_buffer_add_string(&m->text, segment);
    x12i_buffer_add_string(&m->text, elements);
    made_add(m, slot_of(m->loops[loop].type, segment), loop, start);
}

static void add_interchange(generator *g, const x12i_guide *guide)
{
    made *m = g->made;
    uint32_t interchange = made_open(m, x12i_envelope.loops[0], NO_LOOP);
    add_line(m, interchange, "ISA", "*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240131*1015*^*00501*000000007*0*T*:");
    uint32_t group = made_open(m, x12i_envelope.loops[1], interchange);
    add_line(m, group, "GS", "**SENDER*RECEIVER*20240131*1015*7*X*");
    made_set(m, &m->segments[m->segment_count - 1], 1, 0, guide->group);
    made_set(m, &m->segments[m->segment_count - 1], 8, 0, guide->id);
    g->loop = group;
    add_loop(g, guide->loops[0]);
    add_line(m, group, "GE", "*1*7");
    made_close(m, group);
    add_line(m, interchange, "IEA", "*1*000000007");
    made_close(m, interchange);
}

void generate(made *m, const x12i_guide *guide, uint64_t seed, bool accents)
{
    generator g = {.chance = chance_of(seed), .made = m, .out = &m->text, .accents = accents};
    g.old_codes = one_in(&g.chance, 6);
    made_clear(m, guide);
    add_interchange(&g, guide);
    settle(&g);
}
