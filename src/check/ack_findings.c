/* What each finding means for whom: for the interchange, the group or the transaction. */
#include "check/ack_state.h"
#include "diagnostic/diagnostic.h"
#include <string.h>

/* What is wrong with an element of the envelope, as its level says it. */
typedef struct element_code {
    const char *segment;
    uint8_t element;
    const char *code;
} element_code;

static const element_code interchange_codes[] = { /* TA105 */
    {"ISA", 1, "010"}, {"ISA", 2, "011"}, {"ISA", 3, "012"}, {"ISA", 4, "013"}, {"ISA", 5, "005"}, {"ISA", 6, "006"},
    {"ISA", 7, "007"}, {"ISA", 8, "008"}, {"ISA", 9, "014"}, {"ISA", 10, "015"}, {"ISA", 11, "026"}, {"ISA", 12, "017"},
    {"ISA", 13, "018"}, {"ISA", 14, "019"}, {"ISA", 15, "020"}, {"ISA", 16, "027"}, {"IEA", 1, "021"}, {"IEA", 2, "018"},
};
static const element_code group_codes[] = { /* AK905 */
    {"GS", 1, "1"}, {"GS", 6, "6"}, {"GS", 8, "2"}, {"GE", 1, "5"}, {"GE", 2, "6"},
};
static const element_code transaction_codes[] = { /* IK502 */
    {"ST", 1, "6"}, {"ST", 2, "7"}, {"SE", 1, "4"}, {"SE", 2, "7"},
};
static const char INVALID_CONTENT[] = "024"; /* TA105, for what no group can be answered with */

static const char *code_of(const element_code *codes, size_t count, const x12_position *position)
{
    for (size_t i = 0; i < count && position->segment != NULL; i++)
        if (strcmp(codes[i].segment, position->segment) == 0 && codes[i].element == position->element)
            return codes[i].code;
    return NULL;
}
#define CODE_OF(codes, position) code_of(codes, sizeof(codes) / sizeof *(codes), position)

static x12_scope scope_of(const x12_ack *ack, const x12_position *position)
{
    if (position->scope != X12_SCOPE_NONE)
        return (x12_scope)position->scope;
    if (position->loop != NULL && strcmp(position->loop, "ISA") == 0)
        return X12_SCOPE_INTERCHANGE;
    if (position->loop != NULL && strcmp(position->loop, "GS") == 0)
        return X12_SCOPE_GROUP;
    return ack->transaction.open || position->loop != NULL ? X12_SCOPE_TRANSACTION : X12_SCOPE_INTERCHANGE;
}

static bool is_error(const x12_finding *finding)
{
    return finding->severity == X12_ERROR;
}

/* Each of the following answers whether the finding is told of there. */

static bool tell_interchange(x12_ack *ack, const x12_finding *finding, const x12_finding_type *type)
{
    const char *code = type->interchange_note ? type->interchange_note : CODE_OF(interchange_codes, &finding->position);
    if (code == NULL && (type->group_error || (type->element_error && scope_of(ack, &finding->position) == X12_SCOPE_GROUP)))
        code = INVALID_CONTENT;
    const char **kept = is_error(finding) ? &ack->interchange.error : &ack->interchange.warning;
    if (*kept == NULL)
        *kept = code;
    return code != NULL;
}

static bool tell_group(x12_ack *ack, const x12_finding *finding, const x12_finding_type *type)
{
    const char *code = type->group_error ? type->group_error : CODE_OF(group_codes, &finding->position);
    if (code == NULL)
        return false;
    x12i_add_error(&ack->group.errors, code);
    ack->group.rejected = ack->group.rejected || is_error(finding);
    return true;
}

static bool tell_transaction(x12_ack *ack, const x12_finding *finding, const x12_finding_type *type)
{
    x12i_transaction_state *transaction = &ack->transaction;
    const char *code = type->set_error ? type->set_error : CODE_OF(transaction_codes, &finding->position);
    bool refused = is_error(finding) || finding->code == X12_FINDING_NO_GUIDE; /* what cannot be read is not accepted */
    bool of_claim = refused && code == NULL && x12i_reject_claim(ack, type, &finding->position);
    if (code == NULL && type->segment_error == NULL && type->element_error == NULL)
        return of_claim;
    if (code != NULL)
        x12i_add_error(&transaction->errors, code);
    else
        x12i_add_note(ack, finding);
    transaction->rejected = transaction->rejected || (refused && !of_claim);
    transaction->noted = true;
    return true;
}

/* What only a TA1 has a code for, wherever it stands: that the interchange is cut off, for one. */
static bool is_of_interchange(const x12_finding_type *type)
{
    return type->interchange_note && !type->group_error && !type->set_error && !type->segment_error && !type->element_error;
}

static bool tell(x12_ack *ack, const x12_finding *finding, const x12_finding_type *type)
{
    x12_scope scope = is_of_interchange(type) ? X12_SCOPE_INTERCHANGE : scope_of(ack, &finding->position);
    if (scope == X12_SCOPE_TRANSACTION && tell_transaction(ack, finding, type))
        return true;
    if (scope != X12_SCOPE_INTERCHANGE && tell_group(ack, finding, type))
        return true;
    return tell_interchange(ack, finding, type);
}

static void take_finding(void *context, const x12_finding *finding)
{
    x12_ack *ack = context;
    const x12_finding_type *type = x12_finding_type_of(finding->code);
    bool counts = type != NULL && !x12i_ends_reading(finding) && finding->severity != X12_NOTE && (ack->options.level == 0 || finding->level <= ack->options.level);
    bool told = counts && tell(ack, finding, type);
    if (!told && finding->severity != X12_NOTE && ack->options.findings.handle != NULL)
        ack->options.findings.handle(ack->options.findings.context, finding);
}

x12_finding_handler x12_ack_findings(x12_ack *ack)
{
    return (x12_finding_handler){ack, take_finding};
}
