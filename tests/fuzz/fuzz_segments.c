/* Any bytes as X12: however they are cut into pieces, the events and findings are the same, and the writer makes the same bytes of them,
   by way of JSON too. */
#include "flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const target x12 = {(char *)data, size, size};
    target first = {0}, second = {0}, first_findings = {0}, second_findings = {0}, copied = {0};
    x12_status status = to_json(&x12, 1 + size % 7, true, &first, &first_findings);
    require(to_json(&x12, 1 << 16, true, &second, &second_findings) == status);
    require(same(&first, second.data, second.size));
    require(same(&first_findings, second_findings.data, second_findings.size));
    if (status == X12_END) {
        require(copy(&x12, 1 << 16, size % 2 != 0, &copied) == X12_END);
        require(same(&copied, data, size));
        by_json(&x12, 1 + size % 7, size % 2 == 0);
    }
    free(first.data);
    free(second.data);
    free(first_findings.data);
    free(second_findings.data);
    free(copied.data);
    return 0;
}
