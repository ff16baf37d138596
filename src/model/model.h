/* Segments to structs and back, driven by the tables of the guides. */
#ifndef REMEDI_MODEL_H
#define REMEDI_MODEL_H

#include "guide/descriptor.h"
#include "wire/wire.h"
#include <remedi/reader.h>
#include <remedi/writer.h>

/* The transaction that has no guide: its segments, ST and SE included, follow as SEGMENT events. */
typedef struct x12i_unnamed {
    x12_loop loop;
    x12_text transaction; /* ST01 */
} x12i_unnamed;
extern const x12_loop_type x12i_unnamed_type;

static inline bool x12i_is_interchange(const x12_loop_type *type)
{
    return type == x12i_envelope.loops[0];
}
static inline bool x12i_is_group(const x12_loop_type *type)
{
    return type == x12i_envelope.loops[1];
}
/* The root of a guide, or the unnamed transaction. */
static inline bool x12i_is_transaction(const x12_loop_type *type)
{
    return type->parent == NULL && type != x12i_envelope.loops[0];
}

/* What is known of a transaction before it is read. */
typedef struct x12i_signs {
    x12_text transaction; /* ST01 */
    x12_text version;     /* ST03, else GS08; may be empty */
    x12_text group;       /* GS01; may be empty */
    x12_text ahead;       /* what follows the ST; data NULL: nothing is known of it */
    const x12i_delimiters *delimiters;
} x12i_signs;

/* The guide by its number and, where the version says none or another one, by what else is known. `*near` is set where the version is not the guide's
   own. NULL: no guide, or several that nothing tells apart. */
const x12i_guide *x12i_choose_guide(const x12i_signs *signs, bool *near);
/* The guide of this id ("005010X221A1"), which two transactions may share, or of this prefix ("835"). `transaction` may be empty. NULL: none. */
const x12i_guide *x12i_find_guide(x12_text name, x12_text transaction);

/* Whether the version is that of the guide `id`, up to its errata: "005010X221A1" and "005010X221" are. */
bool x12i_is_same_guide(x12_text version, const char *id);

/* A segment id as the guide (NULL: none) or the envelope spells it; NULL where they know none such. */
const char *x12i_spelled_id(const x12i_guide *guide, x12_text id);

/* For who looks at a file segment by segment: told of each segment as it is placed, before the event that holds it. */
typedef struct x12i_trace {
    void *context;
    /* `slot` is NULL for a segment that has no place; `parts` then too. Envelope segments have their slots. */
    void (*placed)(void *context, const x12_segment *segment, const x12_loop_type *loop, const x12i_slot *slot, const x12i_tokens *tokens, const x12i_delimiters *delimiters);
} x12i_trace;
void x12i_reader_trace(x12_reader *reader, x12i_trace trace);

/* The text of an x12i_field's value: every value type begins with its text. */
static inline const x12_text *x12i_text_at(const void *owner, const x12i_field *field)
{
    return (const x12_text *)((const char *)owner + field->offset);
}

#endif
