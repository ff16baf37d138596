/* Checking X12: syntax, guide, balances, rules across segments, code sets. */
#ifndef REMEDI_CHECK_H
#define REMEDI_CHECK_H

#include <remedi/guide.h>
#include <remedi/reader.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What was sent, as far as answers repeat it (control numbers, ids of segments, traces): for a check of the answers. Of any number of files, of which up to
   1,048,576 segments and as many other facts are kept: of what is beyond that nothing is told. */
typedef struct x12_sent x12_sent;

/* Nothing, yet. The caller frees `*sent`; NULL allocator: malloc's family. */
x12_status x12_sent_new(x12_sent **sent, const x12_allocator *allocator);
/* Takes in what `input` sends. Options as for x12_reader_open, NULL: defaults; findings about it go to their handler. */
x12_status x12_sent_read(x12_sent *sent, x12_input input, const x12_reader_options *options);
/* Frees it; no check may use it any more. NULL is allowed. */
void x12_sent_free(x12_sent *sent);

typedef struct x12_check x12_check;

/* All zero means the defaults. */
typedef struct x12_check_options {
    x12_reader_options reader;  /* as for x12_reader_open; its handler gets the findings of the check, too */
    unsigned level;             /* the highest SNIP level of which findings are told; 0: all */
    const struct x12_codes *codes; /* code sets to ask; NULL: what is built in. Must outlive the check */
    const x12_sent *sent;       /* what the input answers: whether it repeats that is looked at, too. NULL: not known. Must outlive the check */
    bool differences;           /* findings about balances carry the difference: an amount worked out from values of the file */
    const x12_watcher *watcher; /* NULL, or told of each segment before the findings about it; must outlive the check */
} x12_check_options;

/* Opens a check of `input`, which is read as events are asked for. The caller frees `*check`; NULL options: defaults. */
x12_status x12_check_open(x12_check **check, x12_input input, const x12_check_options *options);
/* The next event of the input, as x12_reader_next gives it: by then all findings about it were told. A finding about something that is
   missing stands where the loop begins that lacks it. */
x12_status x12_check_next(x12_check *check, x12_event *event);
/* The reader that reads for it: for its character set. It must not be asked for events. */
const x12_reader *x12_check_reader(const x12_check *check);
/* Frees the check and every struct that it handed out. NULL is allowed. */
void x12_check_free(x12_check *check);

#ifdef __cplusplus
}
#endif
#endif
