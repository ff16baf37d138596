/* Any bytes as X12: however they are cut into pieces, the events and findings are the same, and the writer makes the same bytes of them,
   by way of JSON too. */
#include "../flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const target x12 = {(char *)data, size, size};
    target first = {0}, second = {0}, first_findings = {0}, second_findings = {0};
    const size_t chunk = 1 + size % 7, limit = 1 << 24;
    x12_status status = to_json(&x12, &(flow){.chunk = chunk, .lines = true, .record_limit = limit, .findings = {&first_findings, note_finding}}, &first);
    require(to_json(&x12, &(flow){.lines = true, .record_limit = limit, .findings = {&second_findings, note_finding}}, &second) == status);
    require(same(&first, second.data, second.size));
    require(same(&first_findings, second_findings.data, second_findings.size));
    if (status == X12_END) {
        by_structs(&x12, &(flow){.whole = size % 2 != 0});
        by_json(&x12, &(flow){.chunk = chunk, .lines = size % 2 == 0, .record_limit = limit});
    }
    free(first.data);
    free(second.data);
    free(first_findings.data);
    free(second_findings.data);
    return 0;
}
