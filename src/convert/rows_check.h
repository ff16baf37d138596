/* Whether a row's value can stand where it is to go. */
#ifndef REMEDI_CONVERT_ROWS_CHECK_H
#define REMEDI_CONVERT_ROWS_CHECK_H

#include "convert/rows.h"

/* X12_FINDING_... of what is wrong with one value of this column; 0: nothing. `field` is NULL for an item of a list of texts. */
int x12i_rows_check(const x12i_rows_column *column, const x12i_field *field, x12_text text);

/* CCYYMMDD of a day in that spelling or in ISO 8601, in `sent` (X12I_ISO_MAX bytes) or the text itself; empty where it is no real day. */
x12_text x12i_rows_day(x12_text text, char *sent);

#endif
