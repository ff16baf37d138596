/* What a call answers. */
#ifndef REMEDI_STATUS_H
#define REMEDI_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum x12_status {
    X12_OK,
    X12_END,           /* there is no more: not an error */
    X12_ERROR_MEMORY,  /* an allocation failed */
    X12_ERROR_INPUT,   /* the input's read function failed */
    X12_ERROR_OUTPUT,  /* the output's write function failed */
    X12_ERROR_FORMAT,  /* the input is not what it was said to be (X12, JSON); a finding says where */
    X12_ERROR_LIMIT,   /* something is larger than the options allow; a finding says what and where */
    X12_ERROR_REFUSED, /* strict: a finding stands against it */
    X12_ERROR_USAGE    /* the call itself is wrong */
} x12_status;

/* A short fixed English text for `status`, never NULL. */
const char *x12_status_text(x12_status status);

#ifdef __cplusplus
}
#endif
#endif
