/* What was written is checked before it is let out. */
#include "cli/strict.h"
#include <errno.h>
#include <remedi/check.h>
#include <unistd.h>

enum { GUIDE_LEVEL = 2 };

typedef struct written {
    int descriptor;
    off_t at;
    int reason; /* errno of a read that failed */
} written;

static ptrdiff_t read_written(void *context, void *buffer, size_t size)
{
    written *from = context;
    ssize_t count;
    do
        count = pread(from->descriptor, buffer, size, from->at);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        from->reason = errno;
    else
        from->at += count;
    return count;
}

/* It has no line that anybody could look at. */
static void tell(void *context, const x12_finding *finding)
{
    x12_finding told = *finding;
    x12_finding_handler next = cli_findings(context);
    told.position.line = told.position.column = 0;
    told.position.offset = 0;
    next.handle(next.context, &told);
}

x12_status cli_check_written(cli_output *output, int64_t begin, cli_report *report)
{
    written from = {output->descriptor, (off_t)begin, 0};
    const x12_check_options options = {.reader = {.findings = {report, tell}}, .level = GUIDE_LEVEL};
    x12_check *check = NULL;
    x12_event event;
    if (begin < 0 || cli_written(output) < 0)
        return output->reason != 0 ? X12_ERROR_OUTPUT : X12_OK;
    x12_status status = x12_check_open(&check, (x12_input){&from, read_written}, &options);
    while (status == X12_OK)
        status = x12_check_next(check, &event);
    x12_check_free(check);
    return status == X12_END ? X12_OK : status;
}
