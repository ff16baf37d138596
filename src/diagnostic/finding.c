#include "diagnostic/diagnostic.h"
#include <remedi/status.h>
#include <stddef.h>

typedef struct registered {
    x12_finding_code code;
    x12_severity severity;
    const char *name;
    const char *text;
} registered;

#define LETTER_X12_NOTE "N"
#define LETTER_X12_WARNING "W"
#define LETTER_X12_ERROR "E"

static const registered registry[] = {
#define X12_FINDING(code, number, severity, text) {X12_FINDING_##code, severity, LETTER_##severity #number, text},
#include <remedi/findings.def>
#undef X12_FINDING
};

static const registered *find(x12_finding_code code)
{
    for (size_t i = 0; i < sizeof registry / sizeof *registry; i++)
        if (registry[i].code == code)
            return &registry[i];
    return NULL;
}

const char *x12_finding_name(x12_finding_code code)
{
    const registered *entry = find(code);
    return entry ? entry->name : "?";
}

const char *x12_finding_text(x12_finding_code code)
{
    const registered *entry = find(code);
    return entry ? entry->text : "?";
}

void x12i_raise(const x12_finding_handler *handler, x12_finding_code code, x12_position position)
{
    const registered *entry = find(code);
    if (handler->handle == NULL || entry == NULL)
        return;
    x12_finding finding = {code, entry->severity, entry->text, position};
    handler->handle(handler->context, &finding);
}

x12_position x12i_segment_position(const x12_segment *segment)
{
    return (x12_position){.offset = segment->offset, .line = segment->line, .column = segment->column, .segment_number = segment->number};
}

const char *x12_status_text(x12_status status)
{
    static const char *const texts[] = {
        "fine", "no more", "out of memory", "the input could not be read", "the output could not be written",
        "not in the expected format", "larger than the limit", "refused", "wrong use of the library",
    };
    return (size_t)status < sizeof texts / sizeof *texts ? texts[status] : "?";
}
