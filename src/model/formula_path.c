/* Paths in formulas: claim.adjustments[groupCode = "PR"].reasons.amount */
#include "model/formula_names.h"
#include "model/formula_parser.h"
#include <string.h>

typedef struct path_builder {
    x12i_formula_parser *parser;
    x12i_names *names; /* of where it stands */
    x12i_path path;
    x12i_path_step steps[X12I_MOST_STEPS];
} path_builder;

/* Names of one place more, within those of `outer`. */
static bool enter(path_builder *builder, const x12i_names *names, const x12i_names *outer)
{
    x12i_names *entered = x12_arena_allocate(builder->parser->arena, sizeof *entered);
    if (entered == NULL) {
        x12i_formula_no_memory(builder->parser);
        return false;
    }
    *entered = *names;
    entered->outer = outer;
    builder->names = entered;
    return true;
}

/* Whether the place is one that a filter or template of this formula made. */
static bool is_inside(const x12i_formula_parser *parser, const x12i_names *place)
{
    for (const x12i_names *names = parser->scope; names != parser->base; names = names->outer)
        if (names == place)
            return true;
    return false;
}

static void note_level(x12i_formula_parser *parser, const x12i_beginning *beginning)
{
    if (is_inside(parser, beginning->at))
        return;
    parser->of_item |= beginning->ups == 0 && beginning->at->loop != parser->subject->loop;
    if (beginning->ups < parser->level)
        parser->level = beginning->ups;
}

static bool begin(path_builder *builder, bool *whole)
{
    x12i_formula_parser *parser = builder->parser;
    x12i_beginning beginning;
    char meant[64];
    if (parser->word.kind != X12I_LEXEME_NAME) {
        x12i_formula_refuse(parser, "a name is missing here");
        return false;
    }
    x12i_find_beginning(parser->scope, parser->word.text, &beginning);
    if (beginning.at == NULL) {
        x12i_suggest_name(parser->word.text, parser->scope, true, meant, sizeof meant);
        x12i_formula_refuse_name(parser, "name", parser->word.text, meant);
        return false;
    }
    note_level(parser, &beginning);
    builder->path.hops = (uint8_t)beginning.hops;
    builder->path.ups = (uint8_t)beginning.ups;
    *whole = beginning.whole;
    return enter(builder, beginning.at, parser->scope);
}

static void note_crossing(path_builder *builder, const x12i_path_step *step)
{
    const x12_loop_type *loop = builder->names->loop;
    if (loop == NULL || !x12i_is_slot_step(step) || !x12i_is_handed_out_apart(loop, step->slot))
        return;
    builder->path.crossing = (uint8_t)(builder->path.step_count + 1);
    if (builder->path.hops != 0 || builder->path.ups != 0 || builder->parser->subject->each)
        x12i_formula_refuse(builder->parser, "these come one by one: only a formula about the loop around them can look at them all");
}

/* By the name at hand. */
static bool take_step(path_builder *builder)
{
    x12i_formula_parser *parser = builder->parser;
    x12i_path_step *step = &builder->steps[builder->path.step_count];
    x12i_names behind;
    char meant[64];
    if (builder->path.step_count == X12I_MOST_STEPS) {
        x12i_formula_refuse(parser, "this path is too long");
        return false;
    }
    if (parser->word.kind != X12I_LEXEME_NAME || !x12i_find_member(builder->names, parser->word.text, step, &behind)) {
        x12i_suggest_name(parser->word.text, builder->names, false, meant, sizeof meant);
        x12i_formula_refuse_name(parser, "part of this called", parser->word.text, meant);
        return false;
    }
    note_crossing(builder, step);
    builder->path.many |= step->kind == X12I_LISTED;
    builder->path.sifted |= step->kind == X12I_LISTED;
    builder->path.step_count++;
    x12i_formula_advance(parser);
    return !parser->failed && enter(builder, &behind, builder->names);
}

static bool take_filter(path_builder *builder)
{
    x12i_formula_parser *parser = builder->parser;
    const x12i_names *scope = parser->scope;
    if (builder->path.step_count == 0) {
        x12i_formula_refuse(parser, "only what this loop holds can be chosen from");
        return false;
    }
    x12i_formula_advance(parser);
    parser->scope = builder->names;
    parser->inside++;
    builder->steps[builder->path.step_count - 1].filter = x12i_parse_condition(parser);
    parser->inside--;
    parser->scope = scope;
    builder->path.sifted = true;
    if (!parser->failed && !x12i_formula_accept(parser, "]"))
        x12i_formula_refuse(parser, "] is missing here");
    return !parser->failed;
}

static x12i_spot find_spot(const path_builder *builder)
{
    const x12i_path *path = &builder->path;
    x12i_spot spot = {.from = (uint16_t)(path->hops + path->ups * X12I_UP)};
    for (; spot.steps < path->step_count; spot.steps++) {
        const x12i_path_step *step = &builder->steps[spot.steps];
        if (step->kind == X12I_LISTED || step->filter != NULL || (step->kind == X12I_POINTED && spot.pointed))
            break;
        uint16_t *place = spot.pointed ? &spot.behind : &spot.offset;
        *place = (uint16_t)(*place + step->offset);
        spot.pointed |= step->kind == X12I_POINTED;
    }
    return spot;
}

static bool is_listed(const x12i_path *path, const x12i_path_step *steps)
{
    unsigned plain = 0;
    while (plain < path->step_count && steps[plain].kind != X12I_LISTED && steps[plain].filter == NULL)
        plain++;
    return plain + 1 == path->step_count && steps[plain].kind == X12I_LISTED && steps[plain].filter == NULL && path->crossing == 0;
}

static const x12i_path *keep(path_builder *builder)
{
    x12i_formula_parser *parser = builder->parser;
    size_t size = builder->path.step_count * sizeof *builder->steps;
    x12i_path *path = x12_arena_allocate(parser->arena, sizeof *path);
    x12i_path_step *steps = x12_arena_allocate(parser->arena, size ? size : 1);
    if (path == NULL || steps == NULL) {
        x12i_formula_no_memory(parser);
        return NULL;
    }
    memcpy(steps, builder->steps, size);
    *path = builder->path;
    path->steps = steps;
    path->listed = is_listed(path, steps);
    path->spot = find_spot(builder);
    path->end = builder->names;
    if (parser->first_path == NULL && parser->inside == 0)
        parser->first_path = path;
    return path;
}

const x12i_path *x12i_parse_path(x12i_formula_parser *parser)
{
    path_builder builder = {.parser = parser};
    bool whole;
    if (!begin(&builder, &whole))
        return NULL;
    if (whole)
        x12i_formula_advance(parser);
    else if (!take_step(&builder))
        return NULL;
    for (;;) {
        if (x12i_formula_at(parser, "[")) {
            if (!take_filter(&builder))
                return NULL;
        } else if (!x12i_formula_accept(parser, ".")) {
            return keep(&builder);
        } else if (!take_step(&builder)) {
            return NULL;
        }
    }
}
