/* Any bytes as a publication of a set, or as a file of the store: read, or refused with a reason. What was written must load. */
#include "../flow.h"
#include <remedi/codes.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(void *context, const x12_finding *finding)
{
    (void)finding;
    ++*(unsigned *)context;
}

static x12_status load(const char *data, size_t size)
{
    source from = {data, size, 4096};
    x12_codes *codes;
    if (x12_codes_open(&codes, NULL) != X12_OK)
        return X12_ERROR_MEMORY;
    x12_status status = x12_codes_load(codes, (x12_input){&from, read_chunk}, NULL);
    x12_codes_edition edition;
    for (size_t i = 0; x12_codes_edition_at(codes, i, &edition); i++)
        x12_code_look_up(codes, edition.set, (x12_text){data, (uint32_t)(size < 5 ? size : 5)}, 20240101);
    x12_codes_free(codes);
    return status;
}

static void convert(const char *set, const char *data, size_t size)
{
    source from = {data, size, 4096};
    target out = {0};
    unsigned findings = 0;
    const x12_codes_publication publication = {set, 20240101, "fuzz"};
    const x12_codes_options options = {.findings = {&findings, count}};
    x12_status status = x12_codes_convert((x12_output){&out, append}, (x12_input){&from, read_chunk}, &publication, &options);
    require(status == X12_OK ? findings == 0 : findings == 1 && out.size == 0);
    require(status != X12_OK || load(out.data, out.size) == X12_OK);
    free(out.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sets[] = {"icd10cm", "icd10pcs", "hcpcs", "modifier", "taxonomy", "adjustment-reason", "plan-id"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        convert(sets[i], (const char *)data, size);
    load((const char *)data, size);
    return 0;
}
