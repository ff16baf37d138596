/* Element values: reading them into their fields, and their JSON spelling. */
#ifndef REMEDI_BASE_VALUE_H
#define REMEDI_BASE_VALUE_H

#include <remedi/types.h>

/* Each fills everything but data and length, which are set already; a text that is not of the type leaves it invalid. */
void x12i_decimal_read(x12_decimal *decimal);
void x12i_date_read(x12_date *date);
void x12i_time_read(x12_time *time);
/* `qualifier` is the text of the element that names the format ("D8", "RD8", "DT", "TM"). */
void x12i_period_read(x12_period *period, x12_text qualifier);

enum { X12I_ISO_MAX = 32 };
/* Writes the ISO 8601 form of a valid value to `out` (at least X12I_ISO_MAX bytes) and returns its length; 0 where the
   value is not valid: then it stands as sent. */
size_t x12i_date_to_iso(const x12_date *date, char *out);
size_t x12i_time_to_iso(const x12_time *time, char *out);
size_t x12i_period_to_iso(const x12_period *period, char *out);

/* CCYYMMDD and HHMM of a point in time, in seconds since 1970 UTC. Both are ended by NUL. */
void x12i_spell_clock(int64_t seconds, char date[9], char time[5]);

/* The way back: the X12 spelling of an ISO form, for a date with `digits` 8 or 6. Returns its length, 0 where `iso` is not
   the ISO form of a real date or time: then it stands as it is. For every valid value, from_iso(to_iso(v)) is v's text, and
   a text for which to_iso gives 0 but from_iso does not, is one that cannot be kept as it is (see looks_iso). */
size_t x12i_date_from_iso(x12_text iso, unsigned digits, char *out);
size_t x12i_time_from_iso(x12_text iso, char *out);
size_t x12i_period_from_iso(x12_text iso, x12_text qualifier, char *out);
/* The qualifier of the format that `iso` is the ISO form of; empty: of none. */
x12_text x12i_period_guess(x12_text iso);

#endif
