#include "check/ack_claims.h"
#include <stddef.h>
#include <string.h>

/* What is wrong where, as claim status codes (508) say it. What stands nowhere here is of the claim's format. */
typedef struct status_of_place {
    const char *segment;
    uint8_t element;   /* 0: any */
    uint8_t component; /* 0: any */
    const char *loop;  /* NULL: any; else how its id begins */
    const char *status;
    bool entity;       /* it speaks of one: that of the loop */
} status_of_place;

enum { BALANCES = 3, SITUATIONS = 4 }; /* SNIP levels: those of rules across segments */
static const char OUT_OF_BALANCE[] = "400", FORMAT_INVALID[] = "481";

static const status_of_place places[] = {
    {"CLM", 1, 0, NULL, "478", false}, /* claim submitter's identifier */
    {"CLM", 2, 0, NULL, "178", false}, /* submitted charges */
    {"CLM", 5, 3, NULL, "535", false}, /* claim frequency */
    {"SV1", 1, 3, NULL, "453", false}, /* modifiers */
    {"SV1", 1, 4, NULL, "453", false},
    {"SV1", 1, 5, NULL, "453", false},
    {"SV1", 1, 6, NULL, "453", false},
    {"SV1", 1, 0, NULL, "454", false}, /* procedure code */
    {"SV1", 2, 0, NULL, "583", false}, /* line item charge */
    {"SV1", 4, 0, NULL, "476", false}, /* units of service */
    {"SV1", 5, 0, NULL, "249", false}, /* place of service */
    {"SV1", 7, 0, NULL, "477", false}, /* diagnosis pointer */
    {"SV2", 1, 0, NULL, "455", false}, /* revenue code */
    {"SV2", 2, 0, NULL, "454", false},
    {"SV2", 3, 0, NULL, "583", false},
    {"SV2", 5, 0, NULL, "476", false},
    {"DTP", 0, 0, "2400", "187", false}, /* dates of service */
    {"HI", 0, 0, NULL, "255", false},    /* diagnosis code */
    {"SBR", 9, 0, NULL, "480", true},    /* claim filing indicator */
    {"DMG", 2, 0, NULL, "158", true},    /* date of birth */
    {"DMG", 3, 0, NULL, "157", true},    /* gender */
    {"N3", 0, 0, NULL, "503", true},     /* street address */
    {"N4", 1, 0, NULL, "502", true},     /* city */
    {"N4", 2, 0, NULL, "501", true},     /* state */
    {"N4", 3, 0, NULL, "500", true},     /* postal code */
    {"NM1", 3, 0, NULL, "504", true},    /* last name */
    {"NM1", 4, 0, NULL, "505", true},    /* first name */
    {"NM1", 8, 0, "2010BA", "164", true}, /* member number */
    {"NM1", 9, 0, "2010BA", "164", true},
    {"NM1", 8, 0, "2010BB", "153", true}, /* id */
    {"NM1", 9, 0, "2010BB", "153", true},
    {"NM1", 8, 0, NULL, "562", true},    /* NPI */
    {"NM1", 9, 0, NULL, "562", true},
    {"PRV", 3, 0, NULL, "145", true},    /* taxonomy */
    {"REF", 2, 0, "2010AA", "128", true}, /* tax id */
};

/* Of those that an 837 names, whom STC01-3 may speak of. */
static const char *const entities[] = {"71", "72", "77", "82", "85", "87", "DK", "DN", "DQ", "IL", "PR", "QB", "QC"};

static const x12_loop_type *find_loop(const x12i_guide *guide, const char *id)
{
    for (unsigned i = 0; i < guide->loop_count && id != NULL; i++)
        if (strcmp(guide->loops[i]->id, id) == 0)
            return guide->loops[i];
    return NULL;
}

static const x12_loop_type *first_within(const x12_loop_type *loop)
{
    for (unsigned i = 0; i < loop->slot_count; i++)
        if (loop->slots[i].loop != NULL)
            return loop->slots[i].loop;
    return loop;
}

/* Whom the loop is about: the one that its NM1 names or, of a level, the first one in it. NULL: nobody, or one of several. */
static const char *entity_of(const x12_loop_type *loop)
{
    if (loop != NULL && loop->level)
        loop = first_within(loop);
    const x12i_slot *slot = loop && loop->slot_count ? &loop->slots[0] : NULL;
    if (slot == NULL || strcmp(slot->segment, "NM1") != 0 || slot->qualifiers == NULL || slot->qualifiers->count != 1)
        return NULL;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strcmp(entities[i], slot->qualifiers->items[0]) == 0)
            return entities[i];
    return NULL;
}

static bool is_at(const status_of_place *place, const x12_position *position)
{
    return strcmp(place->segment, position->segment) == 0 && (place->element == 0 || place->element == position->element) &&
           (place->component == 0 || place->component == position->component) &&
           (place->loop == NULL || (position->loop != NULL && strncmp(position->loop, place->loop, strlen(place->loop)) == 0));
}

static bool is_of_rule(const x12_finding_type *type)
{
    return type->level == BALANCES || type->level == SITUATIONS;
}

bool x12i_is_of_claims(const x12_finding_type *type)
{
    return type->set_error == NULL && (type->segment_error != NULL || type->element_error != NULL || is_of_rule(type));
}

/* A6 something is missing, A7 something is invalid, A8 two things do not fit each other, A3 it cannot be processed as it is. */
static const char *category_of(const x12_finding_type *type)
{
    static const char *const missing[] = {"1", "2", "I9"};
    const char *element = type->element_error, *segment = type->segment_error;
    for (size_t i = 0; i < sizeof missing / sizeof *missing && element != NULL; i++)
        if (strcmp(missing[i], element) == 0)
            return "A6";
    if (is_of_rule(type))
        return "A8";
    if (element != NULL)
        return "A7";
    bool lacks = segment != NULL && (strcmp(segment, "3") == 0 || strcmp(segment, "I6") == 0 || strcmp(segment, "I7") == 0);
    return lacks ? "A6" : "A3";
}

x12i_claim_code x12i_claim_code_of(const x12i_guide *guide, const x12_finding_type *type, const x12_position *position)
{
    x12i_claim_code code = {category_of(type), FORMAT_INVALID, NULL};
    const char *entity = entity_of(find_loop(guide, position->loop));
    if (type->level == BALANCES) {
        code.status = OUT_OF_BALANCE;
        return code;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places && position->segment != NULL; i++) {
        if (!is_at(&places[i], position) || (places[i].entity && entity == NULL))
            continue;
        code.status = places[i].status;
        code.entity = places[i].entity ? entity : NULL;
        break;
    }
    return code;
}
