#include <remedi/version.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

const char *x12_version(void)
{
    return PACKAGE_VERSION;
}
