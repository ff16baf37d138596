/* Big, varied, valid files: generate KIND SIZE [one|many] > FILE. The same arguments give the same bytes; all amounts are in balance. */
#include "generate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const file_kind *const kinds[] = {&remittance, &professional_claims, &institutional_claims, &eligibility_answers};

enum { LARGEST_OF_MANY = 200000 };

static void put_interchange(const file_kind *kind, uint64_t size, bool one)
{
    uint64_t number = 0;
    put("ISA*00*          *00*          *ZZ*EXAMPLEPLAN    *ZZ*EXAMPLECLINIC  *240131*1015*^*00501*000000001*0*T*:");
    put("GS*%s*EXAMPLEPLAN*EXAMPLECLINIC*20240131*1015*1*X*%s", kind->group, kind->guide);
    do
        kind->put_transaction(++number, one ? size : 1 + random_below(LARGEST_OF_MANY));
    while (!one && written() < size);
    put("GE*%" PRIu64 "*1", number);
    put("IEA*1*000000001");
}

int main(int argc, char **argv)
{
    uint64_t size = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    bool one = argc > 3 && strcmp(argv[3], "one") == 0;
    for (size_t i = 0; size != 0 && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(argv[1], kinds[i]->name) != 0)
            continue;
        put_interchange(kinds[i], size, one);
        return fflush(stdout) == 0 ? 0 : 4;
    }
    fputs("usage: generate 835|837P|837I|271 SIZE [one|many] > FILE    (SIZE in bytes; one huge transaction, or many)\n", stderr);
    return 2;
}
