#include "model/model.h"
#include "base/text.h"
#include <string.h>

const x12_loop_type x12i_unnamed_type = {.id = "ST", .name = "transaction", .path = "", .size = sizeof(x12i_unnamed), .streamed = true};

bool x12i_is_same_guide(x12_text version, const char *id)
{
    size_t length = 0;
    while (id[length] != '\0' && !(length > 6 && id[length] == 'A'))
        length++;
    return version.length >= length && memcmp(version.data, id, length) == 0 && (version.length == length || version.data[length] == 'A');
}

/* A version that a guide may stand in for: another one of 005010, or one that says less. */
static bool is_replaceable(x12_text version)
{
    return version.length == 0 || (version.length >= 5 && memcmp(version.data, "00501", 5) == 0);
}

static bool begins_with(x12_text text, const char *word, unsigned char separator)
{
    size_t length = strlen(word);
    return text.length > length && memcmp(text.data, word, length) == 0 && (unsigned char)text.data[length] == separator;
}

static x12_text without_front(x12_text text, size_t length)
{
    return (x12_text){text.data + length, text.length - (uint32_t)length};
}

/* Whether a segment with this id, and this first element (NULL: any), follows. */
static bool follows(const x12i_signs *signs, const char *id, const char *element)
{
    unsigned char separator = signs->delimiters->element;
    for (x12_text rest = signs->ahead; rest.length != 0;) {
        while (rest.length != 0 && (*rest.data == '\r' || *rest.data == '\n'))
            rest = without_front(rest, 1);
        if (begins_with(rest, id, separator) && (element == NULL || begins_with(without_front(rest, strlen(id) + 1), element, separator)))
            return true;
        const char *end = rest.length ? memchr(rest.data, signs->delimiters->segment, rest.length) : NULL;
        if (end == NULL)
            return false;
        rest = without_front(rest, (size_t)(end - rest.data) + 1);
    }
    return false;
}

static bool looks_like(const x12i_guide *guide, const x12i_signs *signs)
{
    if (signs->group.length != 0 && !x12i_is_text(signs->group, guide->group))
        return false;
    return signs->ahead.data == NULL || ((guide->purpose == NULL || follows(signs, "BHT", guide->purpose)) &&
                                         (guide->telltale == NULL || follows(signs, guide->telltale, NULL)));
}

const x12i_guide *x12i_choose_guide(const x12i_signs *signs, bool *near)
{
    const x12i_guide *kin = NULL, *alike = NULL;
    unsigned alike_count = 0;
    for (size_t i = 0; i < x12i_guide_count; i++) {
        const x12i_guide *guide = x12i_guides[i];
        if (!x12i_is_text(signs->transaction, guide->transaction))
            continue;
        if (x12i_is_text(signs->version, guide->id)) {
            *near = false;
            return guide;
        }
        if (x12i_is_same_guide(signs->version, guide->id))
            kin = guide;
        if (looks_like(guide, signs)) {
            alike = guide;
            alike_count++;
        }
    }
    *near = true;
    return kin ? kin : is_replaceable(signs->version) && alike_count == 1 ? alike : NULL;
}

const x12i_guide *x12i_find_guide(x12_text name, x12_text transaction)
{
    for (size_t i = 0; i < x12i_guide_count; i++) {
        const x12i_guide *guide = x12i_guides[i];
        bool agrees = transaction.length == 0 || x12i_is_text(transaction, guide->transaction);
        if (agrees && (x12i_is_text(name, guide->id) || x12i_is_text(name, guide->prefix)))
            return guide;
    }
    return NULL;
}

const char *x12i_spelled_id(const x12i_guide *guide, x12_text id)
{
    const x12i_guide *const known[] = {&x12i_envelope, guide};
    for (size_t i = 0; i < sizeof known / sizeof *known && known[i] != NULL; i++)
        for (unsigned loop = 0; loop < known[i]->loop_count; loop++)
            for (unsigned slot = 0; slot < known[i]->loops[loop]->slot_count; slot++)
                if (x12i_is_text(id, known[i]->loops[loop]->slots[slot].segment))
                    return known[i]->loops[loop]->slots[slot].segment;
    return NULL;
}
