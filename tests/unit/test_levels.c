/* Hierarchical levels nest as HL02 says, and come back the same whatever it says. */
#include "../flow.h"
#include <check.h>
#include <remedi/837p.h>
#include <remedi/finding.h>
#include <stdio.h>

Suite *levels_suite(void);

#define HEAD                                                                                                    \
    "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240131*1015*^*00501*000000007*0*T*:~" \
    "GS*HC*A*B*20240131*1015*7*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20240131*1015*CH~"
#define PROVIDER(levels, name) "HL*" levels "~NM1*85*2*" name "~"
#define SUBSCRIBER(levels, name) "HL*" levels "~SBR*P~NM1*IL*1*" name "~"
#define DEPENDENT(levels, name) "HL*" levels "~PAT*19~NM1*QC*1*" name "~CLM*1*1***11:B:1~"

/* An outline has (subscribers) within providers and [dependents] within subscribers; ? is a level whose HL is not there. */
static const struct {
    const char *what, *x12, *outline;
    unsigned findings; /* of a parent that is not open */
} inputs[] = {
    {"each below the one before", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") DEPENDENT("3*2*23*0", "D3") SUBSCRIBER("4*1*22*1", "S4") DEPENDENT("5*4*23*0", "D5"),
     "P1(S2[D3]S4[D5])", 0},
    {"the parent is an earlier sibling", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") SUBSCRIBER("3*1*22*1", "S3") DEPENDENT("4*2*23*0", "D4"), "P1(S2S3?[D4])", 1},
    {"children of two parents in turn", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") SUBSCRIBER("3*1*22*1", "S3") DEPENDENT("4*2*23*0", "D4") DEPENDENT("5*3*23*0", "D5"),
     "P1(S2S3?[D4]?[D5])", 2},
    {"two children of an earlier sibling", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") SUBSCRIBER("3*1*22*1", "S3") DEPENDENT("4*2*23*0", "D4") DEPENDENT("5*2*23*0", "D5"),
     "P1(S2S3?[D4D5])", 1},
    {"the parent is an earlier provider", PROVIDER("1**20*1", "P1") PROVIDER("2**20*1", "P2") SUBSCRIBER("3*1*22*0", "S3") SUBSCRIBER("4*2*22*0", "S4"), "P1P2?(S3)?(S4)", 2},
    {"a parent that never was", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") DEPENDENT("3*9*23*0", "D3"), "P1(S2?[D3])", 1},
    {"its own parent", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*2*22*0", "S2"), "P1?(S2)", 1},
    {"a level left out", PROVIDER("1**20*1", "P1") DEPENDENT("2*1*23*0", "D2") SUBSCRIBER("3*1*22*0", "S3"), "P1(?[D2]S3)", 0},
    {"no parent named: the level that is open", PROVIDER("1**20*1", "P1") SUBSCRIBER("2**22*1", "S2") DEPENDENT("3**23*0", "D3"), "P1(S2[D3])", 0},
    {"a parent in no letters of X12", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") DEPENDENT("3*\xE9*23*0", "D3"), "P1(S2[D3])", 0},
    {"a parent that is no number", PROVIDER("1**20*1", "P1") DEPENDENT("3*\xE9*23*0", "D3"), "P1(?[D3])", 0},
    {"a parent that is broken by a line", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") DEPENDENT("3*\n2*23*0", "D3"), "P1(S2[D3])", 0},
    {"a parent that never was, broken by a line", PROVIDER("1**20*1", "P1") SUBSCRIBER("2*1*22*1", "S2") DEPENDENT("3*9\n9*23*0", "D3"), "P1(S2?[D3])", 1},
    {"any names will do", PROVIDER("A**20*1", "P1") SUBSCRIBER("7*A*22*1", "S2") DEPENDENT("X*7*23*0", "D3"), "P1(S2[D3])", 0},
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

static target with_envelope(const char *levels)
{
    static const char tail[] = "SE*2*0001~GE*1*7~IEA*1*000000007~";
    target x12 = {0};
    ck_assert(append(&x12, HEAD, sizeof HEAD - 1) && append(&x12, levels, strlen(levels)) && append(&x12, tail, sizeof tail - 1));
    return x12;
}

START_TEST(same_bytes_back)
{
    static const size_t chunks[] = {1, 2, 3, 5, 7, 1 << 16};
    target x12 = with_envelope(inputs[_i].x12);
    for (size_t i = 0; i < 2 * sizeof chunks / sizeof *chunks; i++) {
        const flow how = {.chunk = chunks[i / 2], .whole = i % 2 != 0, .lines = i % 2 != 0};
        by_structs(&x12, &how);
        by_json(&x12, &how);
    }
    free(x12.data);
}
END_TEST

typedef struct outline {
    char text[100];
    size_t length;
    unsigned false_parents;
    unsigned missing;
} outline;

static void add(outline *out, const char *text, size_t length)
{
    ck_assert_uint_lt(out->length + length, sizeof out->text);
    memcpy(out->text + out->length, text, length);
    out->length += length;
}

static void add_name(outline *out, const x12_text *name)
{
    add(out, name ? name->data : "?", name ? name->length : 1);
}

static void add_dependents(outline *out, const x12_837p_dependent_list *dependents)
{
    for (size_t i = 0; i < dependents->count; i++) {
        add(out, i == 0 ? "[" : "", i == 0);
        add_name(out, &dependents->items[i].patient->last_name);
        ck_assert_uint_eq(dependents->items[i].claims.count, 1);
    }
    add(out, "]", dependents->count != 0);
}

static void add_subscribers(outline *out, const x12_837p_subscriber_list *subscribers)
{
    for (size_t i = 0; i < subscribers->count; i++) {
        const x12_837p_subscriber *subscriber = &subscribers->items[i];
        add(out, i == 0 ? "(" : "", i == 0);
        add_name(out, subscriber->insured ? &subscriber->insured->last_name : NULL);
        add_dependents(out, &subscriber->dependents);
    }
    add(out, ")", subscribers->count != 0);
}

static void add_providers(outline *out, const x12_837p_billing_provider_list *providers)
{
    for (size_t i = 0; i < providers->count; i++) {
        add_name(out, providers->items[i].provider ? &providers->items[i].provider->name : NULL);
        add_subscribers(out, &providers->items[i].subscribers);
    }
}

static unsigned unnamed_levels(const char *text)
{
    unsigned count = 0;
    for (; *text != '\0'; text++)
        count += *text == '?';
    return count;
}

static void count_findings(void *context, const x12_finding *finding)
{
    outline *out = context;
    out->false_parents += finding->code == X12_FINDING_LEVEL_PARENT;
    out->missing += finding->code == X12_FINDING_LOOP_HEADER_MISSING;
}

START_TEST(each_level_stands_below_its_parent)
{
    target x12 = with_envelope(inputs[_i].x12);
    source from = {x12.data, x12.size, 7};
    outline out = {.length = 0};
    const x12_reader_options options = {.findings = {&out, count_findings}, .whole_transactions = true};
    x12_reader *reader;
    x12_event event;
    ck_assert_int_eq(x12_reader_open(&reader, (x12_input){&from, read_chunk}, &options), X12_OK);
    while (x12_reader_next(reader, &event) == X12_OK)
        if (event.kind == X12_RECORD)
            add_providers(&out, &((const x12_837p *)event.loop)->billing_providers);
    ck_assert_msg(strcmp(out.text, inputs[_i].outline) == 0, "%s: %s, not %s", inputs[_i].what, out.text, inputs[_i].outline);
    ck_assert_msg(out.false_parents == inputs[_i].findings, "%s: %u findings", inputs[_i].what, out.false_parents);
    ck_assert_msg(out.false_parents + out.missing == unnamed_levels(out.text), "%s: a level that is not there has one finding, not %u and %u", inputs[_i].what,
                  out.false_parents, out.missing);
    x12_reader_free(reader);
    free(x12.data);
}
END_TEST

Suite *levels_suite(void)
{
    Suite *suite = suite_create("levels");
    TCase *cases = tcase_create("HL");
    tcase_add_loop_test(cases, same_bytes_back, 0, INPUTS);
    tcase_add_loop_test(cases, each_level_stands_below_its_parent, 0, INPUTS);
    suite_add_tcase(suite, cases);
    return suite;
}
