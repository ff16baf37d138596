#include "findings.h"
#include "../flow.h"

static void keep_finding(void *context, const x12_finding *finding)
{
    findings *found = context;
    if (finding->severity != X12_NOTE && found->count < MOST_FINDINGS)
        found->items[found->count++] = *finding;
}

void check_text(const x12i_buffer *text, findings *found)
{
    source from = {text->data, text->length, text->length + 1};
    const x12_check_options options = {.reader = {.findings = {found, keep_finding}}};
    x12_check *check;
    x12_event event;
    found->count = 0;
    found->status = x12_check_open(&check, (x12_input){&from, read_chunk}, &options);
    while (found->status == X12_OK)
        found->status = x12_check_next(check, &event);
    x12_check_free(check);
}

void check_values_in_json(const x12i_buffer *text, findings *found)
{
    const target x12 = {text->data, text->length, text->length};
    target json = {0}, back = {0};
    found->count = 0;
    require(to_json(&x12, &(flow){.lines = true}, &json) == X12_END);
    found->status = to_x12(&json, &(flow){.flaws = true, .findings = {found, keep_finding}}, &back);
    require(back.size == x12.size && memcmp(back.data, x12.data, x12.size) == 0);
    free(json.data);
    free(back.data);
}
