#include "diagnostic/diagnostic.h"
#include <remedi/status.h>
#include <stddef.h>

#define LETTER_X12_NOTE "N"
#define LETTER_X12_WARNING "W"
#define LETTER_X12_ERROR "E"
#define TA105(note) .interchange_note = note,
#define AK905(error) .group_error = error,
#define IK502(error) .set_error = error,
#define IK304(error) .segment_error = error,
#define IK403(error) .element_error = error,

static const x12_finding_type registry[] = {
#define X12_FINDING(code_, number, severity_, level_, acknowledgment, text_) \
    {.code = X12_FINDING_##code_, .severity = severity_, .level = level_, acknowledgment .name = LETTER_##severity_ #number, .text = text_},
#include <remedi/findings.def>
#undef X12_FINDING
};
enum { REGISTERED = sizeof registry / sizeof *registry };

const x12_finding_type *x12_finding_type_at(size_t index)
{
    return index < REGISTERED ? &registry[index] : NULL;
}

const x12_finding_type *x12_finding_type_of(x12_finding_code code)
{
    size_t low = 0, high = REGISTERED;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (registry[middle].code == code)
            return &registry[middle];
        if (registry[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *x12_finding_name(x12_finding_code code)
{
    const x12_finding_type *type = x12_finding_type_of(code);
    return type ? type->name : "?";
}

const char *x12_finding_text(x12_finding_code code)
{
    const x12_finding_type *type = x12_finding_type_of(code);
    return type ? type->text : "?";
}

void x12i_raise(const x12_finding_handler *handler, x12_finding_code code, x12_position position)
{
    const x12_finding_type *type = x12_finding_type_of(code);
    if (handler->handle == NULL || type == NULL)
        return;
    x12_finding finding = {code, type->severity, type->level, type->text, position, NULL, NULL};
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
