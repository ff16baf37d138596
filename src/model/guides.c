#include "model/model.h"
#include <string.h>

const x12_loop_type x12i_unnamed_type = {.id = "ST", .name = "transaction", .path = "", .size = sizeof(x12i_unnamed), .streamed = true};

static bool equals(x12_text text, const char *string)
{
    return text.length == strlen(string) && memcmp(text.data, string, text.length) == 0;
}

/* "005010X221A1" and "005010X221" share the guide number, up to its errata. */
static bool same_guide_number(x12_text version, const char *id)
{
    size_t length = 0;
    while (id[length] != '\0' && !(length > 6 && id[length] == 'A'))
        length++;
    return version.length >= length && memcmp(version.data, id, length) == 0 && (version.length == length || version.data[length] == 'A');
}

/* A version that says nothing of the guide: "005010", "00501", or nothing at all. */
static bool is_silent(x12_text version)
{
    return version.length <= 6 && (version.length < 5 || memcmp(version.data, "00501", 5) == 0);
}

const x12i_guide *x12i_choose_guide(x12_text transaction, x12_text version, x12_text group, bool *near)
{
    const x12i_guide *silent = NULL;
    *near = false;
    for (size_t i = 0; i < x12i_guide_count; i++) {
        const x12i_guide *guide = x12i_guides[i];
        if (!equals(transaction, guide->transaction) || (group.length != 0 && !equals(group, guide->group)))
            continue;
        if (equals(version, guide->id))
            return guide;
        if (same_guide_number(version, guide->id)) {
            *near = true;
            return guide;
        }
        if (silent == NULL && is_silent(version))
            silent = guide;
    }
    *near = silent != NULL;
    return silent;
}

const x12i_guide *x12i_find_guide(x12_text name)
{
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (equals(name, x12i_guides[i]->id) || equals(name, x12i_guides[i]->prefix))
            return x12i_guides[i];
    return NULL;
}

const char *x12i_spelled_id(const x12i_guide *guide, x12_text id)
{
    const x12i_guide *const known[] = {&x12i_envelope, guide};
    for (size_t i = 0; i < sizeof known / sizeof *known && known[i] != NULL; i++)
        for (unsigned loop = 0; loop < known[i]->loop_count; loop++)
            for (unsigned slot = 0; slot < known[i]->loops[loop]->slot_count; slot++)
                if (equals(id, known[i]->loops[loop]->slots[slot].segment))
                    return known[i]->loops[loop]->slots[slot].segment;
    return NULL;
}
