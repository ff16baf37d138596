/* What tests of acknowledgments share: any X12 is answered, with what is valid X12 itself and agrees with what was sent. */
#ifndef TESTS_ANSWERS_H
#define TESTS_ANSWERS_H

#include "flow.h"
#include <remedi/999.h>
#include <remedi/ack.h>
#include <remedi/check.h>
#include <remedi/guide.h>

enum { ALL_ANSWERS = X12_ACK_TA1 | X12_ACK_999 | X12_ACK_277CA };

/* Findings on their way to an acknowledgment. */
typedef struct finding_count {
    x12_finding_handler next;
    uint64_t errors;
    uint64_t coded; /* of them, those that a TA1 or 999 has a code for */
} finding_count;

static inline void count_and_pass(void *context, const x12_finding *finding)
{
    finding_count *count = context;
    const x12_finding_type *type = x12_finding_type_of(finding->code);
    bool coded = type->interchange_note || type->group_error || type->set_error || type->segment_error || type->element_error;
    bool error = finding->severity == X12_ERROR || finding->code == X12_FINDING_NO_GUIDE;
    count->errors += error;
    count->coded += error && coded;
    count->next.handle(count->next.context, finding);
}

/* X12_OK, or what went wrong. */
static inline x12_status acknowledge(const target *x12, const flow *how, unsigned kinds, target *out, x12_ack_result *result, finding_count *count)
{
    source from = {x12->data, x12->size, how->chunk};
    const x12_ack_options options = {.allocator = how->allocator, .kinds = kinds, .bad_values = true};
    x12_ack *ack = NULL;
    x12_check *check = NULL;
    x12_event event;
    x12_status status = x12_ack_open(&ack, (x12_output){out, append}, &options);
    const x12_watcher watcher = {ack, x12_ack_placed};
    if (status == X12_OK) {
        count->next = x12_ack_findings(ack);
        const x12_check_options checking = {.reader = {.allocator = how->allocator, .findings = {count, count_and_pass}}, .watcher = &watcher};
        status = x12_check_open(&check, (x12_input){&from, read_chunk}, &checking);
    }
    while (status == X12_OK && (status = x12_check_next(check, &event)) == X12_OK)
        status = x12_ack_event(ack, &event);
    if (status == X12_END)
        status = x12_ack_finish(ack);
    if (ack != NULL)
        *result = x12_ack_results(ack);
    x12_check_free(check);
    x12_ack_free(ack);
    return status;
}

/* What stands in a file, or in the answers to it. */
typedef struct answer_counts {
    uint64_t transactions; /* 999: received, as AK9 says */
    uint64_t accepted;
    uint64_t entries;      /* AK2 */
    uint64_t rejected_entries;
    uint64_t findings;
} answer_counts;

static inline void count_answer_finding(void *context, const x12_finding *finding)
{
    answer_counts *counts = context;
    counts->findings += finding->severity != X12_NOTE;
}

static inline void count_999(answer_counts *counts, const x12_event *event)
{
    const char *guide = event->loop ? x12_loop_guide(event->loop->type) : NULL;
    if (guide == NULL || strcmp(guide, X12_999_GUIDE) != 0)
        return;
    if (event->kind == X12_RECORD) {
        const x12_999_acknowledged_transaction *entry = (const x12_999_acknowledged_transaction *)(const void *)event->loop;
        counts->entries++;
        counts->rejected_entries += *entry->acknowledgment_code.data == 'R';
    } else if (event->kind == X12_LOOP_END) {
        const x12_999 *answer = (const x12_999 *)(const void *)event->loop;
        counts->transactions += (uint64_t)answer->received_transactions.coefficient;
        counts->accepted += (uint64_t)answer->accepted_transactions.coefficient;
        require(counts->accepted <= counts->transactions);
    }
}

/* The answers are valid, and agree with what they answer, with each other and with the result. */
static inline void require_valid_answers(const target *answers, const target *x12, const x12_ack_result *result)
{
    answer_counts counts = {0};
    source from = {answers->data, answers->size, 0}, sent_from = {x12->data, x12->size, 0};
    x12_sent *sent = NULL;
    require(x12_sent_new(&sent, NULL) == X12_OK);
    x12_status read = x12_sent_read(sent, (x12_input){&sent_from, read_chunk}, NULL);
    require(read == X12_OK || read == X12_ERROR_FORMAT);
    const x12_check_options options = {.reader = {.findings = {&counts, count_answer_finding}}, .level = 4, .sent = read == X12_OK ? sent : NULL}; /* codes that it repeats are as wrong as they came */
    x12_check *check = NULL;
    x12_event event;
    x12_status status = x12_check_open(&check, (x12_input){&from, read_chunk}, &options);
    while (status == X12_OK && (status = x12_check_next(check, &event)) == X12_OK)
        count_999(&counts, &event);
    x12_check_free(check);
    x12_sent_free(sent);
    require(status == X12_END);
    require(counts.findings == 0);
    require(counts.accepted == result->transactions - result->rejected_transactions);
    require(counts.transactions == result->transactions);
    require(counts.entries <= counts.transactions && counts.rejected_entries <= result->rejected_transactions);
}

/* What has no error is accepted, and what has one is not; acknowledgments themselves are not answered. */
static inline void require_verdict(const x12_ack_result *result, const finding_count *found)
{
    uint64_t rejected = result->rejected_interchanges + result->rejected_transactions + result->rejected_claims;
    require(rejected == 0 || found->errors != 0);
    require(found->coded == 0 || rejected != 0 || result->transactions == 0);
}

static inline void require_answers(const target *x12, const flow *how)
{
    target answers = {0};
    x12_ack_result result = {0};
    finding_count found = {0};
    x12_status status = acknowledge(x12, how, ALL_ANSWERS, &answers, &result, &found);
    require(status == X12_OK || status == X12_ERROR_FORMAT);
    if (answers.size != 0)
        require_valid_answers(&answers, x12, &result);
    if (status == X12_OK)
        require_verdict(&result, &found);
    free(answers.data);
}

#endif
