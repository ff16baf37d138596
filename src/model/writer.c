#include "model/writer_state.h"
#include "base/value.h"
#include <string.h>

static void use_syntax(x12_writer *writer, const x12_syntax *syntax)
{
    const x12i_delimiters delimiters = x12i_delimiters_of(syntax);
    x12i_encoder_delimiters(&writer->encoder, &delimiters);
    writer->terminator = (char)delimiters.segment;
    writer->line_break_due = syntax->line_break.data ? syntax->line_break : (x12_text){"\n", 1};
}

/* The number that a new loop of the envelope gets when it brings none; its own count begins at nothing. */
static void number_loop(x12_writer *writer, unsigned level)
{
    uint64_t *counter = level == X12I_INTERCHANGE ? &writer->interchanges : &writer->count[level - 1];
    writer->encoder.control = ++*counter;
    writer->count[level] = 0;
}

/* Makes ready to keep the control number of the header that comes next. */
static void expect_control(x12_writer *writer, const x12_loop_type *type, unsigned level)
{
    writer->control[level].length = 0;
    writer->control_level = level;
    for (unsigned i = 0; type->slot_count != 0 && i < type->slots[0].parts->field_count; i++)
        if (type->slots[0].parts->fields[i].fill == X12I_FILL_CONTROL)
            writer->control_part = i + 1;
}

static void write_start(x12_writer *writer, const x12_loop *loop, unsigned to)
{
    unsigned level = x12i_level_of(loop->type);
    writer->encoder.ordinal = writer->depth > 0 ? ++writer->children[writer->depth - 1] : 0;
    if (level < X12I_ENVELOPE_LOOPS && !loop->continued) {
        number_loop(writer, level);
        expect_control(writer, loop->type, level);
    }
    if (level == X12I_TRANSACTION && !loop->continued)
        writer->levels = writer->level_depth = 0;
    x12i_open_level(writer, loop);
    x12i_write_own(writer, loop, to);
    writer->control_part = 0;
}

/* A record, or a transaction whole. */
static void write_record(x12_writer *writer, const x12_loop *loop)
{
    write_start(writer, loop, loop->type->slot_count);
    x12i_close_level(writer, loop);
}

/* Writes the envelope that waited for its first transaction to say which guide it has. */
static void write_pending(x12_writer *writer, const x12_event *event)
{
    writer->encoder.guide = NULL;
    if (event != NULL && event->loop != NULL && x12i_is_transaction(event->loop->type))
        writer->encoder.guide = event->loop->type->guide;
    for (unsigned i = 0; i < writer->pending_count; i++) {
        const x12_loop *loop = writer->pending[i];
        if (x12i_is_interchange(loop->type)) {
            writer->depth = 0;
            if (!loop->continued)
                use_syntax(writer, &writer->pending_syntax);
        }
        write_start(writer, loop, loop->type->first_tail);
        writer->children[writer->depth++] = 0;
    }
    writer->pending_count = 0;
}

/* Now it shows whether the level that was begun last has levels below it. */
static void settle_children(x12_writer *writer, const x12_event *event)
{
    if (writer->children_at == 0)
        return;
    if (event != NULL && event->loop != NULL && event->kind != X12_LOOP_END && event->loop->type->level && writer->status == X12_OK)
        x12i_sink_change(writer->sink, writer->children_at, '1');
    writer->children_at = 0;
    x12i_sink_keep(writer->sink, false);
}

static void write_event(x12_writer *writer, const x12_event *event)
{
    switch (event->kind) {
    case X12_LOOP_START:
        writer->starting = event->loop->type->level;
        write_start(writer, event->loop, event->loop->type->first_tail);
        writer->starting = false;
        if (writer->depth < X12I_MAXIMUM_DEPTH)
            writer->children[writer->depth++] = 0;
        break;
    case X12_RECORD:
        write_record(writer, event->loop);
        break;
    case X12_LOOP_END:
        x12i_write_slots(writer, event->loop, event->loop->type->first_tail, event->loop->type->slot_count);
        x12i_close_level(writer, event->loop);
        writer->depth -= writer->depth > 0;
        break;
    case X12_SEGMENT:
        x12i_put_unnamed(writer, event->segment);
        break;
    case X12_BYTES:
        x12i_put(writer, event->bytes.data, event->bytes.length);
        writer->first = true;
        break;
    }
}

/* Writes out what is full, once an event is whole: of one that is refused nothing is to be seen. */
static x12_status drain(x12_writer *writer)
{
    x12_status status = writer->status ? writer->status : x12i_sink_drain(writer->sink);
    if (status != X12_OK)
        x12i_writer_fail(writer, status);
    return writer->status;
}

x12_status x12_writer_write(x12_writer *writer, const x12_event *event)
{
    bool waits = event->kind == X12_LOOP_START && x12i_level_of(event->loop->type) < X12I_TRANSACTION;
    if (writer->status != X12_OK)
        return writer->status;
    settle_children(writer, event);
    if (!waits || writer->pending_count == 2)
        write_pending(writer, event);
    if (!waits) {
        write_event(writer, event);
        return drain(writer);
    }
    if (x12i_is_interchange(event->loop->type) && event->syntax != NULL)
        writer->pending_syntax = *event->syntax;
    else if (x12i_is_interchange(event->loop->type))
        writer->pending_syntax = (x12_syntax){0};
    writer->pending[writer->pending_count++] = event->loop;
    return writer->status;
}

static void set_clock(x12_writer *writer, int64_t seconds)
{
    x12i_spell_clock(seconds, writer->date, writer->time);
    writer->encoder.date = writer->date;
    writer->encoder.time = writer->time;
}

x12_status x12_writer_open(x12_writer **writer, x12_output output, const x12_writer_options *options)
{
    static const x12_writer_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *writer = NULL;
    x12_writer *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    made->encoder.findings = &made->options.findings;
    made->after.allocator = made->fields.allocator = made->sent.allocator = made->merged.allocator = options->allocator;
    for (unsigned i = 0; i < X12I_ENVELOPE_LOOPS; i++)
        made->control[i].allocator = options->allocator;
    made->first = true;
    set_clock(made, options->date);
    made->scratch = x12_arena_new(options->allocator);
    x12_status status = made->scratch ? x12i_sink_open(&made->sink, output, options->allocator, options->charset, options->byte_order_mark) : X12_ERROR_MEMORY;
    if (status != X12_OK) {
        x12_writer_free(made);
        return status;
    }
    use_syntax(made, &made->pending_syntax);
    *writer = made;
    return X12_OK;
}

x12_status x12_writer_finish(x12_writer *writer)
{
    if (writer->status != X12_OK)
        return writer->status;
    settle_children(writer, NULL);
    write_pending(writer, NULL);
    if (writer->has_after)
        x12i_put(writer, writer->after.data, writer->after.length);
    else if (!writer->first)
        x12i_put(writer, writer->line_break, writer->line_break_length);
    x12_status status = x12i_sink_finish(writer->sink);
    if (status != X12_OK)
        x12i_writer_fail(writer, status);
    return writer->status;
}

void x12_writer_free(x12_writer *writer)
{
    if (writer == NULL)
        return;
    x12i_buffer_free(&writer->fields);
    x12i_buffer_free(&writer->sent);
    x12i_buffer_free(&writer->merged);
    x12i_buffer_free(&writer->after);
    for (unsigned i = 0; i < X12I_ENVELOPE_LOOPS; i++)
        x12i_buffer_free(&writer->control[i]);
    x12_arena_free(writer->scratch);
    if (writer->sink != NULL)
        x12i_sink_free(writer->sink);
    x12i_release(writer->options.allocator, writer, sizeof *writer);
}
