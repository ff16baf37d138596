/* Preloaded: lets one call of open or openat, mkstemp, mkdir, read or pread, write, close or rename fail, as FAULT_CALL, FAULT_NUMBER and FAULT_ERROR say. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* With large files the C library has some under two names; a mode that is not given is not looked at. */
#define OPEN(name)                                                                                        \
    int name(const char *path, int flags, ...)                                                            \
    {                                                                                                     \
        va_list rest;                                                                                     \
        va_start(rest, flags);                                                                            \
        mode_t mode = va_arg(rest, mode_t);                                                               \
        va_end(rest);                                                                                     \
        return is_time("open") ? -1 : ((int (*)(const char *, int, ...))next(#name))(path, flags, mode);  \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
    int name(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = va_arg(rest, mode_t);                                                                            \
        va_end(rest);                                                                                                  \
        return is_time("open") ? -1 : ((int (*)(int, const char *, int, ...))next(#name))(folder, path, flags, mode);  \
    }
OPENAT(openat)
OPENAT(openat64)

#define PREAD(name)                                                                                                                     \
    ssize_t name(int descriptor, void *buffer, size_t size, off_t offset)                                                               \
    {                                                                                                                                   \
        return is_time("read") ? -1 : ((ssize_t(*)(int, void *, size_t, off_t))next(#name))(descriptor, buffer, size, offset);  \
    }
PREAD(pread)
PREAD(pread64)

int mkstemp(char *path)
{
    return is_time("mkstemp") ? -1 : ((int (*)(char *))next("mkstemp"))(path);
}

int mkstemp64(char *path)
{
    return is_time("mkstemp") ? -1 : ((int (*)(char *))next("mkstemp64"))(path);
}

int mkdir(const char *path, mode_t mode)
{
    return is_time("mkdir") ? -1 : ((int (*)(const char *, mode_t))next("mkdir"))(path, mode);
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
