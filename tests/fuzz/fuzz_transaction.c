/* Any bytes as the inside of a transaction of any guide, which the first byte chooses: the same bytes come back through the structs, and
   through JSON of both forms. */
#include "../flow.h"
#include "model/model.h"
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char tail[] = "SE*2*0001~\nGE*1*7~\nIEA*1*000000007~\n";

static target wrapped(const x12i_guide *guide, const uint8_t *data, size_t size)
{
    char head[300];
    target x12 = {0};
    int length = snprintf(head, sizeof head,
                          "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *240131*1015*^*00501*000000007*0*T*:~\n"
                          "GS*%s*PAYER*CLINIC*20240131*1015*7*X*%s~\nST*%s*0001*%s~\n",
                          guide->group, guide->id, guide->transaction, guide->id);
    require(append(&x12, head, (size_t)length) && append(&x12, data, size) && append(&x12, tail, sizeof tail - 1));
    return x12;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    target x12 = wrapped(x12i_guides[(uint8_t)(data[0] - '0') % x12i_guide_count], data + 1, size - 1);
    by_structs(&x12, &(flow){.chunk = 1 + size % 61, .whole = size % 2 != 0});
    by_json(&x12, &(flow){.record_limit = 1 << 24});
    by_json(&x12, &(flow){.chunk = 1 + size % 13, .lines = true, .record_limit = 1 << 24});
    free(x12.data);
    return 0;
}
