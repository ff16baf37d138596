#include "check/ack_state.h"
#include <string.h>

enum { ISA13_DIGITS = 9, LARGEST_CONTROL_NUMBER = 999999999 };

uint32_t x12i_take_control_number(x12_ack *ack)
{
    uint32_t number = ack->result.control_number;
    ack->result.control_number = number == LARGEST_CONTROL_NUMBER ? 1 : number + 1;
    return number;
}

static bool hold(void *context, const void *data, size_t size)
{
    x12i_buffer *held = context;
    x12i_buffer_add(held, data, size);
    return !held->failed;
}

/* Output that is only held back fails for want of memory. */
static void take_status(x12_ack *ack, const x12i_answers *answers, x12_status status)
{
    x12i_ack_fail(ack, status == X12_ERROR_OUTPUT && answers->held.failed ? X12_ERROR_MEMORY : status);
}

void x12i_write_answer(x12_ack *ack, const x12i_answers *answers, x12_event_kind kind, void *loop)
{
    const x12_event event = {.kind = kind, .loop = loop, .syntax = loop == answers->header ? &ack->interchange.syntax : NULL};
    if (ack->status == X12_OK && loop != NULL)
        take_status(ack, answers, x12_writer_write(answers->writer, &event));
}

/* A loop of the envelope, which lives as long as the interchange that is answered. */
static void *new_envelope_loop(x12_ack *ack, unsigned index)
{
    x12_loop *loop = x12i_new_loop(ack->lasting, x12i_envelope.loops[index], NULL);
    if (loop == NULL)
        x12i_ack_fail(ack, X12_ERROR_MEMORY);
    return loop;
}

static x12_interchange *new_header(x12_ack *ack, uint32_t control_number)
{
    x12_interchange *header = new_envelope_loop(ack, X12I_INTERCHANGE);
    if (header == NULL)
        return NULL;
    x12_loop loop = header->loop;
    *header = ack->interchange.header;
    header->loop = loop;
    header->control_number = x12i_as_decimal(x12i_number_text(ack, ack->lasting, control_number, ISA13_DIGITS));
    return header;
}

/* Opens the interchange, when nothing opened it yet. */
static bool begin(x12_ack *ack, x12i_answers *answers, uint32_t control_number)
{
    const x12_writer_options options = {.allocator = ack->options.allocator, .findings = ack->options.findings, .date = ack->options.date};
    answers->held.allocator = ack->options.allocator;
    answers->start = answers->held.length;
    x12i_ack_fail(ack, x12_writer_open(&answers->writer, (x12_output){&answers->held, hold}, &options));
    answers->header = ack->status == X12_OK ? new_header(ack, control_number) : NULL;
    return answers->header != NULL;
}

static x12_group *new_group(x12_ack *ack, uint32_t control_number)
{
    x12_group *group = new_envelope_loop(ack, X12I_GROUP);
    if (group == NULL)
        return NULL;
    group->sender = ack->group.receiver;
    group->receiver = ack->group.sender;
    group->control_number = x12i_as_decimal(x12i_number_text(ack, ack->lasting, control_number, 1));
    return group;
}

void x12i_begin_answers(x12_ack *ack, x12i_answers *answers, uint32_t control_number)
{
    if (answers->writer == NULL) {
        if (!begin(ack, answers, control_number))
            return;
        x12i_write_answer(ack, answers, X12_LOOP_START, answers->header);
    }
    if (answers->group == NULL) {
        answers->group = new_group(ack, control_number);
        x12i_write_answer(ack, answers, X12_LOOP_START, answers->group);
    }
}

void x12i_end_answer_group(x12_ack *ack, x12i_answers *answers)
{
    if (answers->group != NULL)
        x12i_write_answer(ack, answers, X12_LOOP_END, answers->group);
    answers->group = NULL;
}

void x12i_end_answers(x12_ack *ack, x12i_answers *answers)
{
    if (answers->writer == NULL)
        return;
    x12i_end_answer_group(ack, answers);
    x12i_write_answer(ack, answers, X12_LOOP_END, answers->header);
    if (ack->status == X12_OK)
        take_status(ack, answers, x12_writer_finish(answers->writer));
    x12_writer_free(answers->writer);
    answers->writer = NULL;
}

void x12i_drop_answers(x12i_answers *answers)
{
    if (answers->writer == NULL)
        return;
    x12_writer_free(answers->writer);
    answers->writer = NULL;
    answers->group = NULL;
    answers->held.length = answers->start;
}

void x12i_settle_answers(x12_ack *ack, x12i_answers *answers, bool send)
{
    x12i_end_answers(ack, answers);
    bool sends = send && ack->status == X12_OK && answers->held.length != 0;
    if (sends && !ack->output.write(ack->output.context, answers->held.data, answers->held.length))
        x12i_ack_fail(ack, X12_ERROR_OUTPUT);
    answers->held.length = 0;
}

void x12i_send_ta1(x12_ack *ack, const char *code, const char *note)
{
    x12i_answers answers = {0};
    uint32_t number = ack->interchange.reserved ? ack->interchange.reserved : x12i_take_control_number(ack);
    x12_acknowledgment acknowledgment = ack->interchange.acknowledgment;
    acknowledgment.acknowledgment_code = x12i_string_text(code);
    acknowledgment.note_code = x12i_string_text(note);
    if (begin(ack, &answers, number)) {
        answers.header->acknowledgments = (x12_acknowledgment_list){&acknowledgment, 1};
        x12i_write_answer(ack, &answers, X12_LOOP_START, answers.header);
    }
    x12i_settle_answers(ack, &answers, true);
    x12i_buffer_free(&answers.held);
}
