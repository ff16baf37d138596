/* Whether a row's value can stand where it is to go. */
#ifndef REMEDI_CONVERT_ROWS_CHECK_H
#define REMEDI_CONVERT_ROWS_CHECK_H

#include "convert/places.h"
#include "convert/rows.h"

/* X12_FINDING_... of what is wrong with one value of this column, which goes to `place`; 0: nothing. */
int x12i_rows_check(const x12i_rows_column *column, const x12i_place_found *place, x12_text text);

/* CCYYMMDD of a day in that spelling or in ISO 8601, in `sent` (X12I_ISO_MAX bytes) or the text itself; empty where it is no real day. */
x12_text x12i_rows_day(x12_text text, char *sent);
/* CCYYMMDDHHMM of a day with a time, likewise. */
x12_text x12i_rows_moment(x12_text text, char *sent);

#endif
