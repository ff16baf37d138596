#include "convert/json_reader.h"

bool x12i_json_takes_segments(const x12_loop_type *type)
{
    return x12i_is_interchange(type) || x12i_is_group(type) || type == &x12i_unnamed_type;
}

static bool group_fits(const x12_json_reader *reader, const x12i_json_open_loop *group, const x12_loop_type *transaction)
{
    if (!x12i_is_group(group->loop->type))
        return false;
    return !group->implied || reader->group_guide == NULL || transaction->guide == NULL || strcmp(reader->group_guide->group, transaction->guide->group) == 0;
}

/* Whether the loop on top is where the arrival belongs. */
static bool has_come(x12_json_reader *reader)
{
    const x12i_json_arrival *at = &reader->arrival;
    const x12i_json_open_loop *above = x12i_json_top(reader);
    switch (at->kind) {
    case X12I_JSON_NEW_END:
        return reader->depth == at->depth;
    case X12I_JSON_NEW_STRAY:
        return above == NULL || x12i_json_takes_segments(above->loop->type);
    case X12I_JSON_NEW_LOOP:
    case X12I_JSON_NEW_RECORD:
        if (above != NULL && x12i_is_transaction(at->type))
            return group_fits(reader, above, at->type);
        if (!x12i_is_interchange(at->type))
            return above != NULL && x12i_slot_of(above->loop->type, at->type) != NULL;
        return above == NULL;
    default:
        return above == NULL;
    }
}

/* The loop of the envelope that is to be implied on top of what is open; NULL: none. */
static const x12_loop_type *missing_loop(x12_json_reader *reader)
{
    const x12_loop_type *type = reader->arrival.type;
    if (reader->arrival.kind != X12I_JSON_NEW_LOOP)
        return NULL;
    if (reader->depth == 0)
        return x12i_envelope.loops[0];
    return x12i_is_transaction(type) && x12i_is_interchange(x12i_json_top(reader)->loop->type) ? x12i_envelope.loops[1] : NULL;
}

static bool open_arrived(x12_json_reader *reader, x12i_json_arrival at)
{
    x12i_json_open_loop *opened = x12i_json_push(reader, at.type);
    if (opened == NULL)
        return false;
    opened->line = at.line;
    opened->place.first = at.first;
    if (x12i_is_transaction(at.type))
        reader->group_guide = at.type->guide;
    if (at.type == &x12i_unnamed_type) {
        x12_text *transaction = &((x12i_unnamed *)(void *)opened->loop)->transaction;
        *transaction = x12i_string_text(reader->transaction);
        return x12i_json_keep(&reader->builder, transaction);
    }
    return true;
}

static bool read_bytes(x12_json_reader *reader, bool first, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    bool more;
    x12i_json_begin_passing(reader);
    while (x12i_json_next_key(builder, &first, &more)) {
        if (!more && event->bytes.data == NULL)
            return x12i_json_fail(builder, X12_FINDING_JSON_TYPE);
        if (!more)
            return x12i_json_show(event, X12_BYTES, NULL);
        if (x12i_json_key_is(builder, "bytes") ? !x12i_json_read_text(builder, &event->bytes) : !x12i_json_read_charset_key(reader))
            return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    }
    return false;
}

static bool enter_segments(x12_json_reader *reader, bool first)
{
    x12i_json_builder *builder = &reader->builder;
    bool more;
    if (!x12i_json_next_key(builder, &first, &more))
        return false;
    if (!more || !x12i_json_key_is(builder, "segments"))
        return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    reader->in_segments = reader->first = true;
    return x12i_json_begin(builder, '[');
}

/* One step towards the arrival's place, or its reading. */
bool x12i_json_arrive(x12_json_reader *reader, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    x12i_json_arrival at = reader->arrival;
    if (!has_come(reader)) {
        const x12_loop_type *missing = missing_loop(reader);
        return missing != NULL ? x12i_json_imply(reader, missing, event) : x12i_json_pop(reader, event);
    }
    reader->arrival.kind = X12I_JSON_NEW_NOTHING;
    if (at.line) {
        builder->depth = reader->depth ? x12i_json_top(reader)->way : 0;
        if (at.type != NULL && !x12i_json_enter(builder, x12i_json_record_name(at.type), 0))
            return false;
    }
    switch (at.kind) {
    case X12I_JSON_NEW_LOOP:
        open_arrived(reader, at);
        return false;
    case X12I_JSON_NEW_RECORD:
        return x12i_json_read_record(reader, at.type, at.first, event);
    case X12I_JSON_NEW_STRAY:
        enter_segments(reader, at.first);
        return false;
    case X12I_JSON_NEW_BYTES:
        return read_bytes(reader, at.first, event);
    case X12I_JSON_NEW_END:
        x12i_json_top(reader)->state = X12I_JSON_IN_MEMBERS;
        x12i_json_top(reader)->line = false;
        x12i_json_top(reader)->place.first = at.first;
        return false;
    case X12I_JSON_NEW_NOTHING:
        break;
    }
    return false;
}

static bool ends_with_end(const char *name, size_t length)
{
    return length > 3 && strcmp(name + length - 3, "End") == 0;
}

/* The depth of the innermost open loop that is called so; 0: none is. */
static unsigned depth_of(const x12_json_reader *reader, const char *name, size_t length)
{
    for (unsigned depth = reader->depth; depth > 0; depth--) {
        const char *own = x12i_json_record_name(reader->loops[depth - 1].loop->type);
        if (strlen(own) == length && memcmp(own, name, length) == 0)
            return depth;
    }
    return 0;
}

/* The loop of this name that an open loop may hold, the innermost first. */
static const x12_loop_type *child_type(const x12_json_reader *reader, const char *name)
{
    for (unsigned depth = reader->depth; depth > 0; depth--) {
        const x12_loop_type *type = reader->loops[depth - 1].loop->type;
        for (unsigned i = 0; i < type->slot_count; i++)
            if (x12i_is_apart(&type->slots[i]) && strcmp(x12i_json_record_name(type->slots[i].loop), name) == 0)
                return type->slots[i].loop;
    }
    return NULL;
}

static bool arrive_line(x12_json_reader *reader)
{
    x12i_json_builder *builder = &reader->builder;
    char name[X12I_JSON_NAME_MAX];
    if (!x12i_json_read_key(builder) || !x12i_json_read_name(builder, name))
        return false;
    if (strcmp(name, "transaction") == 0)
        return x12i_json_arrive_transaction(reader, true, false);
    x12i_json_arrival at = {.line = true};
    size_t length = strlen(name);
    if (strcmp(name, "interchange") == 0)
        at.type = x12i_envelope.loops[0];
    else if (strcmp(name, "group") == 0)
        at.type = x12i_envelope.loops[1];
    else
        at.type = child_type(reader, name);
    if (at.type != NULL)
        at.kind = at.type->record ? X12I_JSON_NEW_RECORD : X12I_JSON_NEW_LOOP;
    else if (strcmp(name, "bytes") == 0)
        at.kind = X12I_JSON_NEW_BYTES;
    else if (strcmp(name, "segments") == 0)
        at.kind = X12I_JSON_NEW_STRAY;
    else if (ends_with_end(name, length) && (at.depth = depth_of(reader, name, length - 3)) != 0)
        at.kind = X12I_JSON_NEW_END;
    else
        return x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
    reader->arrival = at;
    return true;
}

/* An object that stands in no loop's object: what it is, its first key says. */
static bool read_outer_object(x12_json_reader *reader)
{
    x12i_json_builder *builder = &reader->builder;
    if (!x12i_json_begin(builder, '{'))
        return false;
    const x12i_json_arrival interchange = {.kind = X12I_JSON_NEW_LOOP, .type = x12i_envelope.loops[0], .first = true};
    if (x12i_json_peek(&builder->lexer) == '}') {
        reader->arrival = interchange;
        return reader->in_document || x12i_json_fail(builder, X12_FINDING_JSON_NO_TRANSACTION);
    }
    if (!x12i_json_peek_key(builder))
        return false;
    if (x12i_json_key_is(builder, "record"))
        return arrive_line(reader);
    if (x12i_json_key_is(builder, "transaction") || x12i_json_key_is(builder, "guide"))
        return x12i_json_arrive_transaction(reader, false, true);
    if (!reader->in_list && x12i_json_key_is(builder, "interchanges")) {
        reader->in_list = reader->in_document = reader->first = true;
        reader->index = 0;
        return x12i_json_read_key(builder) && x12i_json_begin(builder, '[');
    }
    bool bytes = x12i_json_key_is(builder, "bytes");
    reader->arrival = bytes ? (x12i_json_arrival){.kind = X12I_JSON_NEW_BYTES, .first = true} : interchange;
    return true;
}

static bool next_in_list(x12_json_reader *reader)
{
    x12i_json_builder *builder = &reader->builder;
    bool more;
    if (!x12i_json_more(builder, ']', &reader->first, &more))
        return false;
    if (more) {
        bool named = !reader->in_document || x12i_json_enter(builder, "interchanges", 0);
        return named && x12i_json_enter(builder, NULL, reader->index++) && read_outer_object(reader);
    }
    bool document = reader->in_document;
    reader->in_list = reader->in_document = false;
    return !document || x12i_json_take(&builder->lexer, '}') || x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
}

/* Nothing more: what is still open ends. */
static bool finish(x12_json_reader *reader, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    if (builder->lexer.status != X12_OK || !reader->any)
        return x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
    if (reader->depth != 0)
        return x12i_json_pop(reader, event);
    builder->status = X12_END;
    return false;
}

bool x12i_json_step_outside(x12_json_reader *reader, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    builder->depth = 0;
    if (reader->in_list) {
        next_in_list(reader);
        return false;
    }
    int byte = x12i_json_peek(&builder->lexer);
    if (byte < 0)
        return finish(reader, event);
    reader->any = true;
    if (byte != '[') {
        read_outer_object(reader);
        return false;
    }
    builder->lexer.cursor++;
    reader->in_list = reader->first = true;
    reader->index = 0;
    return false;
}
