/* Any bytes as the inside of an 835: the same bytes come back through the structs, and through JSON of both forms. */
#include "flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char head[] = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *240131*1015*^*00501*000000007*0*T*:~\n"
                           "GS*HP*PAYER*CLINIC*20240131*1015*7*X*005010X221A1~\nST*835*0001~\n";
static const char tail[] = "SE*2*0001~\nGE*1*7~\nIEA*1*000000007~\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    target x12 = {0}, copied = {0};
    require(append(&x12, head, sizeof head - 1) && append(&x12, data, size) && append(&x12, tail, sizeof tail - 1));
    require(copy(&x12, 1 + size % 61, size % 2 != 0, &copied) == X12_END);
    require(same(&copied, x12.data, x12.size));
    by_json(&x12, 1 << 16, false);
    by_json(&x12, 1 + size % 13, true);
    free(x12.data);
    free(copied.data);
    return 0;
}
