/* A 277CA in plain words: which claims were taken, and which were not. */
#include "cli/summary.h"
#include <remedi/277ca.h>
#include <remedi/guide.h>
#include <string.h>

static void add_amount(x12i_buffer *out, const char *name, x12_decimal amount)
{
    x12i_buffer_add_string(out, name);
    cli_add_value(out, (x12_text){amount.data, amount.length});
}

static void add_status(x12i_buffer *out, const x12_277ca_status_status *status)
{
    x12i_buffer_add_string(out, "; ");
    cli_add_labelled(out, "claim-status-category", status->category_code);
    x12i_buffer_add_string(out, ": ");
    cli_add_labelled(out, "claim-status", status->status_code);
    if (status->entity_code.length != 0) {
        x12i_buffer_add_string(out, ", ");
        cli_add_labelled(out, "entity", status->entity_code);
    }
}

/* U: rejected. */
static const char *outcome(x12_text action)
{
    return action.length == 1 && *action.data == 'U' ? "rejected" : "taken";
}

static void add_counts(x12i_buffer *out, const char *what, x12_decimal quantity, x12_decimal amount)
{
    if (quantity.length == 0 && amount.length == 0)
        return;
    add_amount(out, what, (x12_decimal){.data = quantity.length ? quantity.data : "0", .length = quantity.length ? quantity.length : 1});
    add_amount(out, amount.length ? ", charged " : "", amount);
}

static void summarize_receiver(cli_summary *summary, const x12_277ca_receiver *receiver)
{
    x12i_buffer *out = &summary->text;
    const x12_277ca_receiver_trace *trace = receiver->trace;
    x12i_buffer_add_string(out, "batch ");
    cli_add_value(out, trace ? trace->trace_number : (x12_text){0});
    x12i_buffer_add_string(out, receiver->party ? " of " : "");
    cli_add_value(out, receiver->party ? receiver->party->name : (x12_text){0});
    if (trace != NULL) {
        add_counts(out, "; claims taken: ", trace->accepted_quantity, trace->accepted_amount);
        add_counts(out, "; rejected: ", trace->rejected_quantity, trace->rejected_amount);
        for (size_t i = 0; i < trace->statuses.count; i++)
            add_status(out, &trace->statuses.items[i].status);
    }
    x12i_buffer_add_byte(out, '\n');
}

static void summarize_service(x12i_buffer *out, const x12_277ca_service *service)
{
    x12i_buffer_add_string(out, "    line ");
    cli_add_value(out, service->line_item_control_number);
    add_amount(out, ", charged ", service->charge_amount);
    for (size_t i = 0; i < service->statuses.count; i++)
        add_status(out, &service->statuses.items[i].status);
    x12i_buffer_add_byte(out, '\n');
}

static void summarize_claim(cli_summary *summary, const x12_277ca_claim *claim)
{
    x12i_buffer *out = &summary->text;
    x12i_buffer_add_string(out, "  claim ");
    cli_add_value(out, claim->trace_number);
    if (claim->statuses.count != 0) {
        add_amount(out, ", charged ", claim->statuses.items[0].charge_amount);
        x12i_buffer_add_string(out, ": ");
        x12i_buffer_add_string(out, outcome(claim->statuses.items[0].action_code));
    }
    for (size_t i = 0; i < claim->statuses.count; i++)
        add_status(out, &claim->statuses.items[i].status);
    x12i_buffer_add_byte(out, '\n');
    for (size_t i = 0; i < claim->services.count; i++)
        summarize_service(out, &claim->services.items[i]);
}

void cli_summarize_claims(cli_summary *summary, const x12_event *event)
{
    if (event->kind == X12_RECORD && strcmp(x12_loop_id(event->loop->type), "2200D") == 0)
        summarize_claim(summary, (const x12_277ca_claim *)(const void *)event->loop);
    else if (event->kind == X12_LOOP_START && !event->loop->continued && strcmp(x12_loop_id(event->loop->type), "2000B") == 0)
        summarize_receiver(summary, (const x12_277ca_receiver *)(const void *)event->loop);
}
