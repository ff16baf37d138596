#include "check/check.h"
#include "base/arena.h"
#include "base/compiler.h"
#include "base/text.h"
#include "model/placement.h"
#include <string.h>

/* What only the guide says, and X12 itself does not. */
static bool is_of_guide(const x12_finding_type *type, const x12_position *position)
{
    return position->scope == X12_SCOPE_TRANSACTION && type->code != X12_FINDING_NEAR_GUIDE && type->code != X12_FINDING_NO_GUIDE &&
           (type->level > 1 || (type->segment_error != NULL && type->element_error == NULL));
}

void x12i_check_raise(x12_check *check, x12_finding_code code, const x12_position *position)
{
    const x12_finding_type *type = x12_finding_type_of(code);
    if (check->borrowed && is_of_guide(type, position))
        return;
    if (check->options.level != 0 && type->level > check->options.level)
        return;
    const x12_finding finding = {code, type->severity, type->level, type->text, *position, check->difference, check->trigger};
    if (check->options.reader.findings.handle != NULL)
        check->options.reader.findings.handle(check->options.reader.findings.context, &finding);
}

static uint8_t scope_of(const x12_loop_type *type)
{
    return x12i_is_interchange(type) ? X12_SCOPE_INTERCHANGE : x12i_is_group(type) ? X12_SCOPE_GROUP : X12_SCOPE_TRANSACTION;
}

x12_position x12i_check_position(const x12_segment *segment, const x12_loop_type *type, const char *id)
{
    x12_position position = segment ? x12i_segment_position(segment) : (x12_position){0};
    position.loop = x12_loop_id(type);
    position.segment = id;
    position.scope = scope_of(type);
    return position;
}

x12_position x12i_check_missing(const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot)
{
    x12_position position = x12i_check_position(segment, type, slot->segment);
    if (slot->qualifiers != NULL)
        position.qualifier = slot->qualifiers->items[0];
    return position;
}

const char *x12i_data_element(const x12i_parts *parts, unsigned element, unsigned component)
{
    if (element == 0 || element > parts->field_count)
        return NULL;
    const x12i_field *field = &parts->fields[element - 1];
    return component != 0 && field->parts != NULL ? x12i_data_element(field->parts, component, 0) : field->data_element;
}

x12_position x12i_check_here(const x12_check *check)
{
    x12_position position = x12i_check_position(check->segment, check->type, check->slot->segment);
    position.element = check->spot.element;
    position.component = check->spot.component;
    position.repetition = check->spot.repetition;
    position.data_element = x12i_data_element(check->slot->parts, position.element, position.component);
    return position;
}

void x12i_check_raise_here(x12_check *check, x12_finding_code code)
{
    const x12_position position = x12i_check_here(check);
    check->raised += code != X12_FINDING_BEYOND_ASCII;
    x12i_check_raise(check, code, &position);
}

/* --- the reader's findings: what it bears with, a check does not --- */

/* The qualifier that the guide does not list, in the segment at hand. */
static void raise_qualifier(x12_check *check, x12_position position)
{
    const x12i_slot *slot = check->slot;
    if (slot != NULL && position.element != 0)
        position.data_element = x12i_data_element(slot->parts, position.element, 0);
    x12i_check_raise(check, X12_FINDING_CODE, &position);
}

/* The segment of this id, as the guide spells it; NULL: it has none. */
static const char *segment_of(const x12i_guide *guide, x12_text id)
{
    for (unsigned i = 0; i < guide->loop_count; i++)
        for (unsigned j = 0; j < guide->loops[i]->slot_count; j++)
            if (x12i_is_text(id, guide->loops[i]->slots[j].segment))
                return guide->loops[i]->slots[j].segment;
    return NULL;
}

/* X12 has one transaction where there are several guides to it: what one of them has and the other has not, is not used by that. */
static const char *segment_of_siblings(const x12i_guide *guide, x12_text id)
{
    const char *found = NULL;
    for (size_t i = 0; i < x12i_guide_count && found == NULL; i++)
        if (x12i_guides[i] != guide && strcmp(x12i_guides[i]->transaction, guide->transaction) == 0)
            found = segment_of(x12i_guides[i], id);
    return found;
}

static void raise_unknown(x12_check *check, x12_position position)
{
    const char *unused = position.segment == NULL && check->type->guide != NULL ? segment_of_siblings(check->type->guide, x12i_id_of(check->tokens)) : NULL;
    if (unused != NULL)
        position.segment = unused;
    x12i_check_raise(check, unused ? X12_FINDING_SEGMENT_NOT_USED : X12_FINDING_UNKNOWN_SEGMENT, &position);
}

/* Of a loop that is one too many only the first segment is told of. */
static bool is_of_surplus(const x12_check *check, const x12_finding *finding)
{
    if (check->surplus == NULL)
        return false;
    if (finding->code == X12_FINDING_TOO_MANY_LOOPS)
        return finding->position.segment == NULL || strcmp(finding->position.segment, check->surplus) != 0;
    return finding->code == X12_FINDING_UNKNOWN_QUALIFIER || finding->code == X12_FINDING_OUT_OF_ORDER || finding->code == X12_FINDING_UNKNOWN_SEGMENT ||
           finding->code == X12_FINDING_TOO_MANY;
}

static void take_finding(void *context, const x12_finding *finding)
{
    x12_check *check = context;
    if (is_of_surplus(check, finding))
        return;
    switch (finding->code) {
    case X12_FINDING_EXTRA_ELEMENT:
        break; /* x12i_check_elements says it better */
    case X12_FINDING_UNKNOWN_QUALIFIER:
        raise_qualifier(check, finding->position);
        break;
    case X12_FINDING_UNKNOWN_SEGMENT:
        raise_unknown(check, finding->position);
        break;
    case X12_FINDING_OUT_OF_ORDER:
        x12i_check_raise(check, X12_FINDING_SEGMENT_ORDER, &finding->position);
        break;
    case X12_FINDING_LEVEL_PARENT:
        check->orphans = true;
        x12i_check_raise(check, finding->code, &finding->position);
        break;
    case X12_FINDING_TOO_MANY_LOOPS:
        check->surplus = finding->position.segment;
        x12i_check_raise(check, finding->code, &finding->position);
        break;
    default:
        x12i_check_raise(check, finding->code, &finding->position);
        break;
    }
}

/* --- segments --- */

/* The version that the transaction names: its own (ST03), or its group's. */
static bool is_borrowed(const x12_check *check, const x12i_guide *guide)
{
    x12_text version = x12i_part_of(check->tokens, check->delimiters, 3, 0);
    if (version.length == 0)
        version = (x12_text){check->group_version, (uint32_t)strlen(check->group_version)};
    return version.length != 0 && !x12i_is_same_guide(version, guide->id);
}

static void take_group_version(x12_check *check)
{
    x12_text version = x12i_part_of(check->tokens, check->delimiters, 8, 0);
    size_t length = version.length < sizeof check->group_version ? version.length : 0;
    if (length != 0)
        memcpy(check->group_version, version.data, length);
    check->group_version[length] = '\0';
}

static bool is_of_unknown_kind(const x12_loop_type *type)
{
    return type->id[0] == 'o' && strcmp(type->id, "other") == 0;
}

static inline bool is_indented(const x12_segment *segment)
{
    const char *before = segment->before_length != 0 ? segment->before + segment->before_length - 1 : "";
    return *before == ' ' || *before == '\t';
}

/* Once in each interchange. */
X12I_APART static void note_blanks(x12_check *check, const x12_segment *segment, const x12_loop_type *type, const char *id)
{
    if (check->blanks)
        return;
    const x12_position position = x12i_check_position(segment, type, id);
    check->blanks = true;
    x12i_check_raise(check, X12_FINDING_BLANKS, &position);
}

/* What the headers say of all that follows. */
static void take_header(x12_check *check, const x12_loop_type *type)
{
    if (x12i_is_interchange(type)) {
        check->group_version[0] = '\0';
        check->blanks = false;
    } else if (x12i_is_group(type)) {
        take_group_version(check);
        x12i_check_version(check);
    } else if (x12i_is_transaction(type)) {
        check->borrowed = is_borrowed(check, type->guide);
    }
}

static void take_segment(void *context, const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot, const x12i_tokens *tokens, const x12i_delimiters *delimiters)
{
    x12_check *check = context;
    const x12_watcher *watcher = check->options.watcher;
    check->slot = slot;
    check->tokens = tokens;
    check->delimiters = delimiters;
    check->type = type;
    if (watcher != NULL) {
        const x12_placed placed = {segment, type, slot, {delimiters->element, delimiters->component, delimiters->repetition, delimiters->segment, {NULL, 0}}};
        watcher->placed(watcher->context, &placed);
    }
    if (slot != NULL && !is_of_unknown_kind(type))
        check->surplus = NULL;
    if (type == &x12i_unnamed_type && segment->number == 1)
        x12i_check_unnamed(check, segment, type);
    if (is_indented(segment))
        note_blanks(check, segment, type, slot ? slot->segment : NULL);
    if (slot == NULL || check->surplus != NULL)
        return;
    check->segment = segment;
    check->loose = slot->other || is_of_unknown_kind(type);
    if (slot == type->slots)
        take_header(check, type);
    x12i_check_elements(check);
    if (check->dated)
        x12i_check_service_date(check);
    if (type->level && slot == type->slots)
        x12i_check_level(check, type);
    if (check->options.sent != NULL)
        x12i_check_answer(check);
}

/* --- events --- */

static void check_event(x12_check *check, const x12_event *event)
{
    if (event->kind == X12_SEGMENT || event->kind == X12_BYTES)
        return;
    x12i_check_envelope(check, event);
    x12i_check_gather(check, event);
    x12i_check_structure(check, event);
    if (check->dated)
        x12i_check_waiting_codes(check);
}

x12_status x12_check_next(x12_check *check, x12_event *event)
{
    x12_status status = check->status ? check->status : x12_reader_next(check->reader, event);
    if (status == X12_OK)
        check_event(check, event);
    return check->status ? check->status : status;
}

static bool has_editions(const x12_codes *codes)
{
    x12_codes_edition edition;
    return x12_codes_edition_at(codes, 0, &edition);
}

x12_status x12_check_open(x12_check **check, x12_input input, const x12_check_options *options)
{
    static const x12_check_options defaults = {0};
    const x12_check_options *chosen = options ? options : &defaults;
    *check = NULL;
    x12_check *made = x12i_allocate(chosen->reader.allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *chosen;
    made->evaluation.allocator = made->waiting.allocator = chosen->reader.allocator;
    made->coded = chosen->level == 0 || chosen->level >= 5;
    made->dated = made->coded && has_editions(chosen->codes);
    x12_reader_options reader = chosen->reader;
    reader.findings = (x12_finding_handler){made, take_finding};
    made->arena = x12_arena_new(reader.allocator);
    x12_status status = made->arena ? x12_reader_open(&made->reader, input, &reader) : X12_ERROR_MEMORY;
    if (status != X12_OK) {
        x12_check_free(made);
        return status;
    }
    x12i_reader_trace(made->reader, (x12i_trace){made, take_segment});
    *check = made;
    return X12_OK;
}

const x12_reader *x12_check_reader(const x12_check *check)
{
    return check->reader;
}

void x12_check_free(x12_check *check)
{
    if (check == NULL)
        return;
    const x12_allocator *allocator = check->options.reader.allocator;
    x12i_buffer_free(&check->waiting);
    x12i_evaluation_free(&check->evaluation);
    x12_arena_free(check->arena);
    x12_reader_free(check->reader);
    x12i_release(allocator, check, sizeof *check);
}
