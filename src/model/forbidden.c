#include "model/forbidden.h"
#include "base/utf8.h"

x12i_delimiters x12i_delimiters_of(const x12_syntax *syntax)
{
    bool given = syntax->element != 0;
    return (x12i_delimiters){
        .element = (unsigned char)(given ? syntax->element : '*'),
        .component = (unsigned char)(syntax->component || given ? syntax->component : ':'),
        .repetition = (unsigned char)(syntax->repetition || given ? syntax->repetition : '^'),
        .segment = (unsigned char)(syntax->segment ? syntax->segment : '~'),
    };
}

void x12i_forbid(x12i_forbidden *forbidden, const x12i_delimiters *delimiters)
{
    uint8_t *places = forbidden->places;
    for (unsigned byte = 0; byte < sizeof forbidden->places; byte++)
        places[byte] = byte < 0x20 || byte >= 0x7F ? X12I_IN_PLAIN : 0;
    if (delimiters->component)
        places[delimiters->component] |= X12I_IN_COMPONENT;
    if (delimiters->repetition)
        places[delimiters->repetition] |= X12I_IN_REPETITION;
    const unsigned char never[] = {'\r', '\n', delimiters->element, delimiters->segment};
    for (size_t i = 0; i < sizeof never; i++)
        places[never[i]] |= X12I_IN_ELEMENT | X12I_IN_COMPONENT | X12I_IN_REPETITION;
    places[delimiters->element] |= X12I_IN_RAW;
    places[delimiters->segment] |= X12I_IN_RAW;
}

bool x12i_holds_forbidden(const x12i_forbidden *forbidden, x12_text text, unsigned place)
{
    const unsigned char *at = (const unsigned char *)text.data, *end = at + text.length;
    unsigned found = 0;
    for (size_t length; at < end; at += length ? length : 1) {
        length = x12i_utf8_length(at, (size_t)(end - at));
        uint32_t character = length ? x12i_utf8_decode(at) : *at;
        found |= character < sizeof forbidden->places ? forbidden->places[character] : 0;
    }
    return (found & place) != 0;
}
