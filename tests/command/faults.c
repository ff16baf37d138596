/* Preloaded: lets one call of read, write, close or rename fail, as FAULT_CALL, FAULT_NUMBER and FAULT_ERROR say. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* Only the command itself, not a shell that starts it. */
static bool is_time(const char *call)
{
    static int calls;
    const char *wanted = getenv("FAULT_CALL"), *number = getenv("FAULT_NUMBER"), *error = getenv("FAULT_ERROR");
    if (wanted == NULL || number == NULL || error == NULL || strcmp(wanted, call) != 0 || strstr(program_invocation_short_name, "remedi") == NULL)
        return false;
    if (++calls != atoi(number))
        return false;
    errno = atoi(error);
    return true;
}

static void *next(const char *call)
{
    return dlsym(RTLD_NEXT, call);
}

ssize_t read(int descriptor, void *buffer, size_t size)
{
    return is_time("read") ? -1 : ((ssize_t(*)(int, void *, size_t))next("read"))(descriptor, buffer, size);
}

ssize_t write(int descriptor, const void *buffer, size_t size)
{
    return is_time("write") ? -1 : ((ssize_t(*)(int, const void *, size_t))next("write"))(descriptor, buffer, size);
}

int close(int descriptor)
{
    return is_time("close") ? -1 : ((int (*)(int))next("close"))(descriptor);
}

int rename(const char *from, const char *to)
{
    return is_time("rename") ? -1 : ((int (*)(const char *, const char *))next("rename"))(from, to);
}
