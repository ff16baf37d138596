/* TA1 and 999 in plain words: what was refused, and where. */
#include "cli/summary.h"
#include "base/text.h"
#include "cli/finding_text.h"
#include "cli/text.h"
#include <remedi/277ca.h>
#include <remedi/999.h>
#include <remedi/codes.h>
#include <remedi/envelope.h>
#include <remedi/guide.h>
#include <string.h>

void cli_add_value(x12i_buffer *out, x12_text value)
{
    cli_add_escaped(out, value.data, value.length);
}

static x12_text text_of_decimal(x12_decimal decimal)
{
    return (x12_text){decimal.data, decimal.length};
}

void cli_add_labelled(x12i_buffer *out, const char *set, x12_text code)
{
    const x12_code_set *found = x12_code_set_find((x12_text){set, (uint32_t)strlen(set)});
    x12_code_answer answer = found ? x12_code_look_up(NULL, found, code, 0) : (x12_code_answer){0};
    if (answer.label.length != 0) {
        x12i_buffer_add(out, answer.label.data, answer.label.length);
        x12i_buffer_add_byte(out, ' ');
    }
    x12i_buffer_add_byte(out, '(');
    cli_add_value(out, code);
    x12i_buffer_add_byte(out, ')');
}

static void add_codes(x12i_buffer *out, const char *set, const x12_text_list *codes)
{
    for (size_t i = 0; i < codes->count; i++) {
        x12i_buffer_add_string(out, i ? "; " : ": ");
        cli_add_labelled(out, set, codes->items[i]);
    }
}

static void add_number(x12i_buffer *out, const char *name, x12_decimal number)
{
    x12i_buffer_add_string(out, name);
    cli_add_value(out, text_of_decimal(number));
}

static void summarize_ta1(cli_summary *summary, const x12_acknowledgment *acknowledgment)
{
    x12i_buffer *out = &summary->text;
    add_number(out, "interchange ", acknowledgment->control_number);
    x12i_buffer_add_string(out, ": ");
    cli_add_labelled(out, "interchange-acknowledgment", acknowledgment->acknowledgment_code);
    x12i_buffer_add_string(out, ": ");
    cli_add_labelled(out, "interchange-note", acknowledgment->note_code);
    x12i_buffer_add_byte(out, '\n');
}

static void summarize_group(cli_summary *summary, const x12_999 *answer)
{
    x12i_buffer *out = &summary->text;
    add_number(out, "group ", answer->group_control_number);
    x12i_buffer_add_string(out, ", ");
    cli_add_labelled(out, "functional-group", answer->group_code);
    x12i_buffer_add_byte(out, '\n');
}

static void summarize_outcome(cli_summary *summary, const x12_999 *answer)
{
    x12i_buffer *out = &summary->text;
    add_number(out, "group ", answer->group_control_number);
    x12i_buffer_add_string(out, ": ");
    cli_add_labelled(out, "acknowledgment", answer->acknowledgment_code);
    add_codes(out, "group-error", &answer->error_codes);
    add_number(out, "; ", answer->accepted_transactions);
    add_number(out, " of ", answer->received_transactions);
    x12i_buffer_add_string(out, " transactions accepted\n");
}

/* --- the errors of a transaction --- */

/* The claim, inquiry or payment: as the business unit names it, else as the original does. */
static x12_text unit_of(const cli_summary *summary, const x12_999_segment_error *error)
{
    const x12_999_acknowledged_transaction *entry = (const x12_999_acknowledged_transaction *)(const void *)error->loop.parent;
    const x12_999 *answer = (const x12_999 *)(const void *)entry->loop.parent;
    if (error->business_unit != NULL && error->business_unit->causes.count != 0)
        return error->business_unit->causes.items[0].value;
    if (summary->original == NULL || !error->segment_position.valid)
        return (x12_text){0};
    return cli_find_claim(summary->original, text_of_decimal(answer->group_control_number), entry->transaction_control_number,
                          (uint64_t)error->segment_position.coefficient);
}

/* An inquiry or a payment has a trace. */
static const char *kind_of_unit(const x12_999_segment_error *error)
{
    const x12_999_business_unit *unit = error->business_unit;
    x12_text name = unit != NULL && unit->causes.count != 0 ? unit->causes.items[0].name : (x12_text){0};
    return x12i_is_text(name, "TRN02") ? ", trace " : ", claim ";
}

static void add_segment(x12i_buffer *out, x12_decimal position, x12_text id, x12_text loop)
{
    add_number(out, "segment ", position);
    x12i_buffer_add_string(out, " (");
    cli_add_value(out, id);
    x12i_buffer_add_string(out, loop.length ? " in " : "");
    cli_add_value(out, loop);
    x12i_buffer_add_string(out, ")");
}

static void begin_error(cli_summary *summary, const x12_999_segment_error *error)
{
    x12i_buffer *out = &summary->text;
    x12_text unit = unit_of(summary, error);
    x12i_buffer_add_string(out, "    ");
    add_segment(out, error->segment_position, error->segment_id, error->loop_id);
    x12i_buffer_add_string(out, unit.length ? kind_of_unit(error) : "");
    cli_add_value(out, unit);
}

static void add_element(x12i_buffer *out, const x12_999_position *position)
{
    add_number(out, position->element_position.length ? ", element " : "", position->element_position);
    add_number(out, position->component_position.length ? "-" : "", position->component_position);
    add_number(out, position->repetition_position.length ? ", repetition " : "", position->repetition_position);
}

/* What the error depends on; `before` is what was said of that already. */
static void add_triggers(x12i_buffer *out, const x12_999_context_list *triggers, const x12_999_context_list *before)
{
    for (size_t i = 0; i < triggers->count; i++) {
        const x12_999_context *trigger = &triggers->items[i];
        x12i_buffer_add_string(out, i == 0 && (before == NULL || before->count == 0) ? "; because of " : " and ");
        add_segment(out, trigger->segment_position, trigger->segment_id, trigger->loop_id);
        add_element(out, &trigger->position);
    }
}

static void summarize_element(cli_summary *summary, const x12_999_segment_error *error, const x12_999_element_error *element)
{
    x12i_buffer *out = &summary->text;
    begin_error(summary, error);
    add_element(out, &element->position);
    x12i_buffer_add_string(out, ": ");
    cli_add_labelled(out, "element-error", element->error_code);
    add_triggers(out, &error->contexts, NULL);
    add_triggers(out, &element->contexts, &error->contexts);
    x12i_buffer_add_byte(out, '\n');
}

static void summarize_error(cli_summary *summary, const x12_999_segment_error *error)
{
    for (size_t i = 0; i < error->element_errors.count; i++)
        summarize_element(summary, error, &error->element_errors.items[i]);
    if (error->element_errors.count != 0)
        return;
    begin_error(summary, error);
    x12i_buffer_add_string(&summary->text, ": ");
    cli_add_labelled(&summary->text, "segment-error", error->error_code);
    add_triggers(&summary->text, &error->contexts, NULL);
    x12i_buffer_add_byte(&summary->text, '\n');
}

static void summarize_transaction(cli_summary *summary, const x12_999_acknowledged_transaction *entry)
{
    x12i_buffer *out = &summary->text;
    x12i_buffer_add_string(out, "  transaction ");
    cli_add_value(out, entry->transaction_control_number);
    x12i_buffer_add_string(out, " (");
    cli_add_value(out, entry->transaction);
    x12i_buffer_add_string(out, "): ");
    cli_add_labelled(out, "acknowledgment", entry->acknowledgment_code);
    add_codes(out, "set-error", &entry->error_codes);
    x12i_buffer_add_byte(out, '\n');
    for (size_t i = 0; i < entry->segment_errors.count; i++)
        summarize_error(summary, &entry->segment_errors.items[i]);
}

static void summarize_999(cli_summary *summary, const x12_event *event)
{
    if (event->kind == X12_RECORD)
        summarize_transaction(summary, (const x12_999_acknowledged_transaction *)(const void *)event->loop);
    else if (event->kind == X12_LOOP_START && !event->loop->continued)
        summarize_group(summary, (const x12_999 *)(const void *)event->loop);
    else if (event->kind == X12_LOOP_END && !event->loop->goes_on)
        summarize_outcome(summary, (const x12_999 *)(const void *)event->loop);
}

/* --- the whole file --- */

static void summarize_interchange(cli_summary *summary, const x12_event *event)
{
    const x12_interchange *interchange = (const x12_interchange *)(const void *)event->loop;
    for (size_t i = 0; event->kind == X12_LOOP_START && i < interchange->acknowledgments.count; i++)
        summarize_ta1(summary, &interchange->acknowledgments.items[i]);
}

static bool is_guide(const x12_loop_type *type, const char *id)
{
    const char *guide = x12_loop_guide(type);
    return guide != NULL && strcmp(guide, id) == 0;
}

static bool is_transaction(const x12_loop_type *type)
{
    const x12_loop_type *group = x12_loop_parent(type), *interchange = group ? x12_loop_parent(group) : NULL;
    return interchange != NULL && x12_loop_parent(interchange) == NULL;
}

void cli_summarize(cli_summary *summary, const x12_event *event)
{
    const x12_loop_type *type = event->kind == X12_BYTES || event->loop == NULL ? NULL : event->loop->type;
    if (type == NULL || event->kind == X12_SEGMENT)
        return;
    if (x12_loop_parent(type) == NULL)
        summarize_interchange(summary, event);
    else if (is_guide(type, X12_999_GUIDE))
        summarize_999(summary, event);
    else if (is_guide(type, X12_277CA_GUIDE))
        cli_summarize_claims(summary, event);
    else if (is_transaction(type) && event->kind == X12_LOOP_START && !event->loop->continued)
        x12i_buffer_add_string(&summary->text, "a transaction that acknowledges nothing\n");
}
