#include "trials.h"
#include <remedi/check.h>

static const char marker[] = "ZQXJKV7W";

static void require_unsaid(void *context, const x12_finding *finding)
{
    const x12_position *at = &finding->position;
    const char *const said[] = {finding->text, at->loop, at->segment, at->data_element, at->path};
    (void)context;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        require(said[i] == NULL || strstr(said[i], marker) == NULL);
}

static const flow listening = {.flaws = true, .findings = {NULL, require_unsaid}};

/* The text with the marker in place of its bytes from `start` up to `end`. */
static target marked(const target *text, size_t start, size_t end)
{
    target out = {0};
    require(append(&out, text->data, start) && append(&out, marker, sizeof marker - 1) && append(&out, text->data + end, text->size - end));
    return out;
}

static void read_x12(const target *x12)
{
    target json = {0};
    x12_status status = to_json(x12, &listening, &json);
    require(status == X12_END || status == X12_ERROR_FORMAT);
    free(json.data);
}

static void check_x12(const target *x12)
{
    source from = {x12->data, x12->size, 0};
    const x12_check_options options = {.reader = {.findings = listening.findings}};
    x12_check *check;
    x12_event event;
    x12_status status = x12_check_open(&check, (x12_input){&from, read_chunk}, &options);
    while (status == X12_OK)
        status = x12_check_next(check, &event);
    require(status == X12_END || status == X12_ERROR_FORMAT);
    x12_check_free(check);
}

/* What JSON cannot carry is refused: its status does not matter here. */
static void read_json(const target *json)
{
    target x12 = {0};
    to_x12(json, &listening, &x12);
    free(x12.data);
}

static size_t end_of(const target *text, size_t at, const char *ends)
{
    while (at < text->size && strchr(ends, text->data[at]) == NULL)
        at++;
    return at;
}

/* Each segment id, element, repetition and component in turn, and one element more behind each segment. */
void mark_x12(const target *x12, uint64_t seed)
{
    (void)seed;
    for (size_t start = 0, end; start < x12->size; start = end + 1) {
        end = end_of(x12, start, "*:^~\n");
        target copy = marked(x12, start, end);
        read_x12(&copy);
        check_x12(&copy);
        free(copy.data);
    }
}

static size_t string_end(const target *json, size_t at)
{
    while (json->data[at] != '"')
        at += json->data[at] == '\\' ? 2 : 1;
    return at;
}

/* Each key and value in turn, of a document or of lines. */
void mark_json(const target *x12, uint64_t seed)
{
    target json = {0};
    require(to_json(x12, &(flow){.lines = seed % 2 != 0}, &json) == X12_END);
    for (size_t start = end_of(&json, 0, "\"") + 1, end; start < json.size; start = end_of(&json, end + 1, "\"") + 1) {
        end = string_end(&json, start);
        target copy = marked(&json, start, end);
        read_json(&copy);
        free(copy.data);
    }
    free(json.data);
}
