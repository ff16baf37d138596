/* The registry: code sets by name, by data element, and by what a guide says of an element. */
#include "codes/codes.h"
#include "base/text.h"
#include <string.h>

const x12_code_set *x12_code_set_at(size_t index)
{
    return index < x12i_code_set_count ? &x12i_code_sets[index] : NULL;
}

const x12_code_set *x12_code_set_find(x12_text name)
{
    size_t low = 0, high = x12i_code_set_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *other = x12i_code_sets[middle].name;
        int order = x12i_compare_codes((x12_text){other, (uint32_t)strlen(other)}, name);
        if (order == 0)
            return &x12i_code_sets[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *x12_code_set_name(const x12_code_set *set)
{
    return set->name;
}

const char *x12_code_set_title(const x12_code_set *set)
{
    return set->title;
}

x12_code_list x12_code_set_list(const x12_code_set *set)
{
    return (x12_code_list)set->list;
}

size_t x12_code_set_size(const x12_code_set *set)
{
    return set->codes.count;
}

bool x12i_code_set_fits(const x12_code_set *set, x12_text code)
{
    return set->shape == NULL || (x12i_fits_shape(set->shape, code) && (!set->npi || x12i_has_npi_check_digit(code)));
}

const x12_code_set *x12i_code_set_holding(const x12_code_set *set, x12_text code)
{
    if (x12i_code_set_fits(set, code))
        return set;
    const x12_code_set *other = set->also ? x12_code_set_find((x12_text){set->also, (uint32_t)strlen(set->also)}) : NULL;
    return other != NULL && x12i_code_set_fits(other, code) ? other : NULL;
}

bool x12_code_has_shape(const x12_code_set *set, x12_text code)
{
    return x12i_code_set_holding(set, code) != NULL;
}

/* The next of the words of `*rest`, which are apart by blanks; empty behind the last. */
static x12_text next_word(const char **rest)
{
    const char *begin = *rest + strspn(*rest, " ");
    *rest = begin + strcspn(begin, " ");
    return (x12_text){begin, (uint32_t)(*rest - begin)};
}

/* "1073" is every such element, "1073@C022" those in C022: 2 for that, 1, or 0 where neither. */
static int match_element(x12_text word, const char *element, const char *parts)
{
    const char *place = memchr(word.data, '@', word.length);
    if (place == NULL)
        return x12i_is_text(word, element);
    uint32_t length = (uint32_t)(place - word.data);
    bool here = parts != NULL && x12i_is_text((x12_text){place + 1, word.length - length - 1}, parts);
    return here && x12i_is_text((x12_text){word.data, length}, element) ? 2 : 0;
}

const x12_code_set *x12i_code_set_of_element(const char *element, const char *parts)
{
    const x12_code_set *found = NULL;
    int best = 0;
    for (size_t i = 0; i < x12i_code_set_count && element != NULL; i++) {
        const char *rest = x12i_code_sets[i].element;
        for (x12_text word; rest != NULL && (word = next_word(&rest)).length != 0;) {
            int match = match_element(word, element, parts);
            if (match > best) {
                best = match;
                found = &x12i_code_sets[i];
            }
        }
    }
    return found;
}

unsigned x12i_list_decider(const char *list)
{
    unsigned part = 0;
    if (strncmp(list, "by ", 3) != 0)
        return 0;
    for (const char *at = list + 3; *at >= '0' && *at <= '9'; at++)
        part = part * 10 + (unsigned)(*at - '0');
    return part;
}

/* "by 03 { XX npi XV plan-id }": pairs of a value and a set; `none` is for no value. */
const x12_code_set *x12i_code_set_of_list(const char *list, x12_text decider)
{
    if (x12i_list_decider(list) == 0)
        return x12_code_set_find((x12_text){list, (uint32_t)strlen(list)});
    const char *rest = strchr(list, '{');
    if (rest == NULL)
        return NULL;
    rest++;
    for (x12_text value; (value = next_word(&rest)).length != 0;) {
        x12_text set = next_word(&rest);
        if (x12i_compare_codes(value, decider.length != 0 ? decider : (x12_text){"none", 4}) == 0)
            return x12_code_set_find(set);
    }
    return NULL;
}
