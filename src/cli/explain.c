/* remedi explain: what a code, an element, a segment, a loop or a finding is. */
#include "cli/explain.h"
#include "cli/advice.h"
#include "cli/output.h"
#include "cli/text.h"
#include <ctype.h>
#include <remedi/guide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_acknowledgment(x12i_buffer *out, const char *name, const char *code)
{
    if (code != NULL)
        cli_add_format(out, ", %s %s", name, code);
}

static bool explain_finding(cli_explanation *out, const char *word)
{
    const x12_finding_type *type;
    for (size_t i = 0; (type = x12_finding_type_at(i)) != NULL && strcmp(type->name, word) != 0;)
        i++;
    if (type == NULL)
        return false;
    cli_add_format(&out->text, "  %s: %s\n", cli_severity_name(type->severity), type->text);
    if (type->level != 0) {
        cli_add_format(&out->text, "  SNIP level %u", type->level);
        add_acknowledgment(&out->text, "TA105", type->interchange_note);
        add_acknowledgment(&out->text, "AK905", type->group_error);
        add_acknowledgment(&out->text, "IK502", type->set_error);
        add_acknowledgment(&out->text, "IK304", type->segment_error);
        add_acknowledgment(&out->text, "IK403", type->element_error);
        x12i_buffer_add_byte(&out->text, '\n');
    }
    const char *advice = cli_advice_for(word);
    if (advice != NULL) {
        x12i_buffer_add_string(&out->text, "  What to do: ");
        x12i_buffer_add_string(&out->text, advice);
        x12i_buffer_add_byte(&out->text, '\n');
    }
    return true;
}

static bool explain_all(cli_explanation *out, const char *word)
{
    static bool (*const ways[])(cli_explanation *out, const char *word) = {explain_finding,     cli_explain_element, cli_explain_segment,
                                                                           cli_explain_loop,    cli_explain_set,     cli_explain_code};
    bool found = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        found = ways[i](out, word) || found;
    return found;
}

enum { WORD_MAX = 64, KNOWN_MAX = 512 };

/* "E11.9" as X12 writes it, without the point; in capitals. */
static void as_x12(char *plain, const char *word)
{
    size_t length = 0;
    for (const char *at = word; *at != '\0' && length < WORD_MAX - 1; at++)
        if (*at != '.')
            plain[length++] = (char)toupper((unsigned char)*at);
    plain[length] = '\0';
}

static bool explain_word(cli_explanation *out, const char *word)
{
    char plain[WORD_MAX];
    size_t begin = out->text.length;
    as_x12(plain, word);
    cli_add_escaped(&out->text, word, strlen(word));
    x12i_buffer_add_byte(&out->text, '\n');
    if (explain_all(out, word) || explain_all(out, plain) || cli_explain_shape(out, plain))
        return true;
    out->text.length = begin;
    return false;
}

static void say_unknown(const char *word)
{
    const char *known[KNOWN_MAX];
    size_t count = 0;
    for (size_t i = 0; x12_code_set_at(i) != NULL && count < KNOWN_MAX; i++)
        known[count++] = x12_code_set_name(x12_code_set_at(i));
    for (size_t i = 0; x12_finding_type_at(i) != NULL && count < KNOWN_MAX; i++)
        known[count++] = x12_finding_type_at(i)->name;
    const char *nearest = cli_nearest(word, known, count);
    fputs("remedi explain: nothing is known of a word that was given", stderr);
    if (nearest != NULL)
        fprintf(stderr, "; did you mean %s?", nearest);
    fputc('\n', stderr);
}

static bool is_guide(const char *name)
{
    for (size_t i = 0; x12_guide_name(i) != NULL; i++)
        if (strcmp(x12_guide_name(i), name) == 0)
            return true;
    return false;
}

static int explain_words(cli_explanation *out, const cli_arguments *arguments)
{
    int code = CLI_FINE;
    for (size_t i = 0; i < arguments->operand_count; i++)
        if (!explain_word(out, arguments->operands[i])) {
            say_unknown(arguments->operands[i]);
            code = CLI_NO;
        }
    return code;
}

static int write_words(const cli_arguments *arguments, cli_output *output)
{
    cli_report report;
    x12_codes *codes = NULL;
    if (!cli_report_open(&report, arguments))
        return CLI_USAGE;
    int code = CLI_UNREADABLE;
    cli_explanation out = {.guide = arguments->values[CLI_GUIDE]};
    if (cli_open_codes(&codes, arguments, &report)) {
        out.codes = codes;
        code = explain_words(&out, arguments);
        bool opened = cli_open_output(output, arguments->values[CLI_OUTPUT], false, &report);
        if (!opened || !cli_write(output, out.text.data, out.text.length) || !cli_close_output(output, true, &report))
            code = CLI_UNWRITABLE;
    }
    x12i_buffer_free(&out.text);
    x12_codes_free(codes);
    return code;
}

static int run(const cli_arguments *arguments)
{
    const char *guide = arguments->values[CLI_GUIDE];
    if (arguments->operand_count == 0) {
        fputs("remedi explain: say what, as in remedi explain CO-45\n", stderr);
        return CLI_USAGE;
    }
    if (guide != NULL && !is_guide(guide)) {
        fputs("remedi explain: there is no guide of that name; try --guide 835\n", stderr);
        return CLI_USAGE;
    }
    cli_output *output = malloc(sizeof *output);
    int code = output ? write_words(arguments, output) : CLI_UNWRITABLE;
    free(output);
    return code;
}

const cli_command cli_explain = {
    .name = "explain",
    .summary = "Explains codes, elements, segments, loops and findings",
    .usage = "[OPTION...] WORD...",
    .details = "WORD is a code (CO-45, N130, 11), a code of one set (place-of-service:11), a whole set (place-of-service), an element\n"
               "(CLP02, SVC01-1), a segment (CLP), a loop (2100) or a finding (E1008). All meanings of a word are told. What is said of\n"
               "codes is in our own words, and no official text, but for what remedi codes add has loaded.\n",
    .options = 1ull << CLI_CODES | 1ull << CLI_GUIDE | 1ull << CLI_OUTPUT,
    .run = run,
};
