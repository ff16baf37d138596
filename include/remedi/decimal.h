/* Exact arithmetic on amounts and quantities: nothing is rounded, and nothing is floating point. */
#ifndef REMEDI_DECIMAL_H
#define REMEDI_DECIMAL_H

#include <remedi/status.h>
#include <remedi/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A result is valid, exact, without zeros at its end, and has no spelling (data is NULL): x12_decimal_format makes one.
   It may be one of the operands. Functions neither allocate nor keep a pointer. */

/* coefficient / 10^scale; not valid where that takes more than 18 digits, before or behind the point. */
x12_decimal x12_decimal_make(int64_t coefficient, unsigned scale);
/* What `text` says, as a reader would take it; not valid where that is no number. Its spelling is `text`, which must live as long. */
x12_decimal x12_decimal_parse(x12_text text);

/* X12_OK; X12_ERROR_LIMIT where the exact result takes more than 18 digits; X12_ERROR_USAGE where an operand is not valid (not sent, or
   no number: neither is zero). On an error the result stays as it was. */
x12_status x12_decimal_add(x12_decimal *sum, const x12_decimal *left, const x12_decimal *right);
x12_status x12_decimal_subtract(x12_decimal *difference, const x12_decimal *left, const x12_decimal *right);
x12_status x12_decimal_multiply(x12_decimal *product, const x12_decimal *left, const x12_decimal *right);

/* Negative, 0 or positive, as `left` is less than, equal to or greater than `right`; how they are spelled does not matter. What is
   not valid comes before every number, and equals what is not valid. */
int x12_decimal_compare(const x12_decimal *left, const x12_decimal *right);

enum { X12_DECIMAL_SIZE = 22 };
/* Writes the number to `out`, at least X12_DECIMAL_SIZE bytes, ended by NUL: a digit before the point, no zeros at the end ("0.5",
   "-20"). Returns its length, 0 (and an empty string) where it is not valid. */
size_t x12_decimal_format(const x12_decimal *decimal, char *out);

#ifdef __cplusplus
}
#endif
#endif
