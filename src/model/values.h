/* Values as they are spelled outside of X12: text as sent, dates, times and periods in ISO 8601. JSON, CSV and formulas share it. */
#ifndef REMEDI_MODEL_VALUES_H
#define REMEDI_MODEL_VALUES_H

#include "base/value.h"
#include "model/model.h"

/* Writes the ISO form of a date, time or period; 0 for what stands as sent. `out`: X12I_ISO_MAX bytes. */
size_t x12i_value_to_iso(x12i_value_type type, const void *value, char *out);

/* The X12 spelling of a date's or time's ISO form, in `sent` (X12I_ISO_MAX bytes); any other text is itself. */
x12_text x12i_value_from_iso(const x12i_field *field, x12_text text, char *sent);
/* Fills in what the text of a value says. A period needs its format, too: see x12i_settle_period. */
void x12i_value_interpret(x12i_value_type type, void *value);

/* A period made from outside of X12: gives the X12 spelling of its text, in `sent` or the text itself. Where no qualifier says the format, the spelling
   does, and *format becomes it (NULL: it has no field). */
x12_text x12i_period_sent(const x12_period *period, x12_text *qualifier, x12_text *format, char *sent);

/* Repetition and component separator are elements of the interchange's header: takes them over into its syntax. */
void x12i_take_separators(x12_syntax *syntax, bool no_component_separator, const x12_loop *loop);
/* The one delimiter that `text` is; false where it is none. */
bool x12i_delimiter_of(x12_text text, uint32_t *code_point);

/* A segment made from its raw text, in which line breaks may stand: its text without them, in `room` for as many bytes. */
bool x12i_has_line_break(x12_text raw);
void x12i_take_without_breaks(x12_segment *segment, char *room);

#endif
