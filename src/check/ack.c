#include "check/ack_state.h"
#include "diagnostic/diagnostic.h"

enum { DEFAULT_ERROR_LIMIT = 100, LARGEST_CONTROL_NUMBER = 999999999, COUNT_DIGITS = 6 };
static const size_t DEFAULT_RECORD_LIMIT = (size_t)64 << 20;

void x12_ack_placed(void *handle, const x12_placed *placed)
{
    x12_ack *ack = handle;
    bool envelope = x12i_is_interchange(placed->loop) || x12i_is_group(placed->loop);
    if (envelope && x12i_is_segment(placed, "GE")) {
        ack->group.included = x12i_keep_digits(ack, ack->lasting, x12i_sent(placed, 1, 0, 0), COUNT_DIGITS);
    } else if (!envelope) {
        x12i_take_segment(ack, placed);
        x12i_take_claims(ack, placed);
    }
}

static void take_event(x12_ack *ack, const x12_event *event)
{
    const x12_loop_type *type = event->loop ? event->loop->type : NULL;
    bool begins = event->kind == X12_LOOP_START && !event->loop->continued, ends = event->kind == X12_LOOP_END && !event->loop->goes_on;
    if (begins && x12i_is_interchange(type))
        x12i_begin_interchange(ack, event);
    else if (begins && x12i_is_group(type))
        x12i_begin_group(ack, (const x12_group *)(const void *)event->loop);
    else if (ends && x12i_is_transaction(type))
        x12i_end_transaction(ack);
    else if (ends && x12i_is_group(type))
        x12i_end_group(ack);
    else if (ends && x12i_is_interchange(type))
        x12i_end_interchange(ack);
}

x12_status x12_ack_event(x12_ack *ack, const x12_event *event)
{
    if (ack->status == X12_OK)
        take_event(ack, event);
    ack->transaction.at_hand.segment = NULL;
    return ack->status;
}

x12_status x12_ack_finish(x12_ack *ack)
{
    if (ack->status == X12_OK && !ack->answerable)
        x12i_ack_fail(ack, X12_ERROR_FORMAT);
    return ack->status;
}

x12_ack_result x12_ack_results(const x12_ack *ack)
{
    return ack->result;
}

void x12i_watch_memory(x12_ack *ack)
{
    size_t used = x12i_arena_used_since(ack->arena, ack->bottom) + x12i_arena_used_since(ack->claim_arena, ack->claim_bottom);
    for (unsigned i = 0; i < 2; i++)
        used += x12i_arena_used_since(ack->line_arenas[i], ack->line_bottoms[i]);
    if (used <= ack->options.record_limit || ack->status != X12_OK)
        return;
    x12i_raise(&ack->options.findings, X12_FINDING_RECORD_TOO_LARGE, (x12_position){0});
    x12i_ack_fail(ack, X12_ERROR_LIMIT);
}

static void set_defaults(x12_ack_options *options)
{
    if (options->kinds == 0)
        options->kinds = X12_ACK_999;
    if (options->error_limit == 0)
        options->error_limit = DEFAULT_ERROR_LIMIT;
    if (options->record_limit == 0)
        options->record_limit = DEFAULT_RECORD_LIMIT;
    if (options->control_number == 0 || options->control_number > LARGEST_CONTROL_NUMBER)
        options->control_number = 1;
}

static bool allocate_parts(x12_ack *ack)
{
    const x12_allocator *allocator = ack->options.allocator;
    ack->lasting = x12_arena_new(allocator);
    ack->arena = x12_arena_new(allocator);
    ack->claim_arena = x12_arena_new(allocator);
    if (ack->lasting == NULL || ack->arena == NULL || ack->claim_arena == NULL)
        return false;
    ack->lasting_bottom = x12i_arena_mark(ack->lasting);
    ack->bottom = x12i_arena_mark(ack->arena);
    ack->claim_bottom = x12i_arena_mark(ack->claim_arena);
    for (unsigned i = 0; i < 2; i++) {
        if ((ack->line_arenas[i] = x12_arena_new(allocator)) == NULL)
            return false;
        ack->line_bottoms[i] = x12i_arena_mark(ack->line_arenas[i]);
    }
    return true;
}

x12_status x12_ack_open(x12_ack **ack, x12_output output, const x12_ack_options *options)
{
    static const x12_ack_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *ack = NULL;
    x12_ack *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    made->output = output;
    set_defaults(&made->options);
    made->result.control_number = made->options.control_number;
    if (!allocate_parts(made)) {
        x12_ack_free(made);
        return X12_ERROR_MEMORY;
    }
    *ack = made;
    return X12_OK;
}

static void free_answers(x12i_answers *answers)
{
    x12_writer_free(answers->writer);
    x12i_buffer_free(&answers->held);
}

void x12_ack_free(x12_ack *ack)
{
    if (ack == NULL)
        return;
    const x12_allocator *allocator = ack->options.allocator;
    free_answers(&ack->implementation_answers);
    free_answers(&ack->claim_answers);
    x12_arena_free(ack->arena);
    x12_arena_free(ack->claim_arena);
    x12_arena_free(ack->line_arenas[0]);
    x12_arena_free(ack->line_arenas[1]);
    x12_arena_free(ack->lasting);
    x12i_release(allocator, ack->notes, ack->note_capacity * sizeof *ack->notes);
    x12i_release(allocator, ack, sizeof *ack);
}
