/* Which Remedi this is. */
#ifndef REMEDI_VERSION_H
#define REMEDI_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, "1.2.3"; constant. pkg-config knows that of the library compiled against. */
const char *x12_version(void);

#ifdef __cplusplus
}
#endif
#endif
