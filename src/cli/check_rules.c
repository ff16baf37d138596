#include "cli/check_show.h"
#include "guide/descriptor.h"
#include <string.h>

static void add_codes(x12i_buffer *out, const x12_finding_type *type)
{
    const struct {
        const char *name, *code;
    } acknowledgments[] = {{"TA105", type->interchange_note}, {"AK905", type->group_error}, {"IK502", type->set_error}, {"IK304", type->segment_error}, {"IK403", type->element_error}};
    size_t start = out->length;
    for (size_t i = 0; i < sizeof acknowledgments / sizeof *acknowledgments; i++)
        if (acknowledgments[i].code != NULL)
            cli_add_format(out, "%s%s=%s", out->length > start ? " " : "", acknowledgments[i].name, acknowledgments[i].code);
}

static bool has_rule(const x12i_guide *guide, const x12_finding_type *type)
{
    for (unsigned i = 0; i < guide->loop_count; i++)
        for (unsigned k = 0; k < guide->loops[i]->rule_count; k++)
            if (guide->loops[i]->rules[k].code == (unsigned)type->code)
                return true;
    return false;
}

/* The guides that have a rule of this code; of all other codes none. */
static void add_guides(x12i_buffer *out, const x12_finding_type *type)
{
    size_t start = out->length;
    for (size_t i = 0; i < x12i_guide_count; i++)
        if (has_rule(x12i_guides[i], type))
            cli_add_format(out, "%s%s", out->length > start ? " " : "", x12i_guides[i]->prefix);
}

/* Tab-separated, for people and for scripts. */
void cli_check_list_rules(cli_output *output)
{
    const x12_finding_type *type;
    x12i_buffer text = {0};
    x12i_buffer_add_string(&text, "code\tseverity\tlevel\tacknowledged\tguides\ttext\n");
    for (size_t i = 0; (type = x12_finding_type_at(i)) != NULL; i++) {
        if (type->level == 0)
            continue;
        cli_add_format(&text, "%s\t%s\t%u\t", type->name, cli_severity_name(type->severity), type->level);
        add_codes(&text, type);
        x12i_buffer_add_byte(&text, '\t');
        add_guides(&text, type);
        cli_add_format(&text, "\t%s\n", type->text);
    }
    cli_write(output, text.data, text.length);
    x12i_buffer_free(&text);
}
