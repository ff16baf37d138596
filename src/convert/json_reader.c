#include "convert/json_reader.h"

enum { DEFAULT_RECORD_LIMIT = 64 << 20, DEFAULT_DEPTH_LIMIT = 64 };

x12i_json_open_loop *x12i_json_push(x12_json_reader *reader, const x12_loop_type *type)
{
    x12i_json_builder *builder = &reader->builder;
    x12i_mark mark = x12i_arena_mark(builder->arena);
    if (reader->depth == X12I_JSON_MAXIMUM_LOOPS) {
        x12i_json_fail(builder, X12_FINDING_JSON_TOO_DEEP);
        return NULL;
    }
    builder->mark = mark;
    x12_loop *loop = x12i_json_allocate(builder, type->size);
    if (loop == NULL)
        return NULL;
    loop->type = type;
    loop->parent = reader->depth ? x12i_json_top(reader)->loop : NULL;
    x12i_json_open_loop *opened = &reader->loops[reader->depth++];
    *opened = (x12i_json_open_loop){.loop = loop, .mark = mark, .way = builder->depth};
    if (x12i_is_transaction(type))
        reader->record_count = reader->segment_count = 0;
    if (x12i_is_interchange(type)) {
        reader->syntax = (x12_syntax){0};
        reader->no_component_separator = false;
        builder->forbidden = (x12i_forbidden){0};
        builder->of_guide = true;
        builder->separator[0] = '*';
        builder->separator_length = 1;
    }
    return opened;
}

bool x12i_json_pop(x12_json_reader *reader, x12_event *event)
{
    x12i_json_open_loop *closed = &reader->loops[--reader->depth];
    x12i_json_release_later(reader, closed->mark);
    return x12i_json_show(event, X12_LOOP_END, closed->loop);
}

/* From here on values are looked through for them. */
static void settle_delimiters(x12_json_reader *reader, const x12_loop *interchange)
{
    if (!interchange->continued)
        reader->delimiters = x12i_delimiters_of(&reader->syntax);
    x12i_forbid(&reader->builder.forbidden, &reader->delimiters);
}

bool x12i_json_imply(x12_json_reader *reader, const x12_loop_type *type, x12_event *event)
{
    x12i_json_open_loop *opened = x12i_json_push(reader, type);
    if (opened == NULL)
        return false;
    opened->state = X12I_JSON_OUTSIDE;
    opened->implied = true;
    reader->group_guide = NULL;
    opened->place.started = true;
    if (x12i_is_interchange(type)) {
        event->syntax = &reader->syntax;
        settle_delimiters(reader, opened->loop);
    }
    return x12i_json_show(event, X12_LOOP_START, opened->loop);
}

bool x12i_json_read_record(x12_json_reader *reader, const x12_loop_type *type, bool first, x12_event *event)
{
    x12i_json_begin_passing(reader);
    x12_loop *loop = x12i_json_allocate(&reader->builder, type->size);
    if (loop == NULL)
        return false;
    loop->type = type;
    loop->parent = x12i_json_top(reader)->loop;
    reader->record_count++;
    return x12i_json_read_loop(&reader->builder, loop, first) && x12i_json_show(event, X12_RECORD, loop);
}

static bool open_children(x12_json_reader *reader, x12i_json_open_loop *loop, const x12i_slot *slot)
{
    loop->children = slot;
    loop->single = slot != NULL && slot->kind == X12I_SLOT_LOOP;
    loop->first = true;
    loop->index = 0;
    loop->state = X12I_JSON_IN_CHILDREN;
    loop->line = false;
    return loop->single || x12i_json_begin(&reader->builder, '[');
}

static bool open_segments(x12_json_reader *reader, x12i_json_open_loop *loop)
{
    loop->first = true;
    loop->index = 0;
    loop->state = X12I_JSON_IN_SEGMENTS;
    loop->line = false;
    return x12i_json_begin(&reader->builder, '[');
}

/* A key that is not in the loop's tables. */
static bool read_other(x12_json_reader *reader, x12i_json_open_loop *loop)
{
    x12i_json_builder *builder = &reader->builder;
    const x12_loop_type *type = loop->loop->type;
    if (x12i_json_takes_segments(type) && x12i_json_key_is(builder, "segments"))
        return open_segments(reader, loop);
    if (x12i_is_group(type) && x12i_json_key_is(builder, "transactions"))
        return open_children(reader, loop, NULL);
    bool done = false;
    if (loop->place.started)
        done = x12i_is_transaction(type) && x12i_json_read_count_key(reader, type);
    else if (x12i_is_interchange(type))
        done = x12i_json_read_interchange_key(reader);
    return done || x12i_json_fail(builder, X12_FINDING_JSON_UNKNOWN_KEY);
}

static bool show_start(x12_json_reader *reader, x12i_json_open_loop *loop, x12_event *event)
{
    loop->place.started = true;
    if (x12i_is_interchange(loop->loop->type)) {
        x12i_take_separators(&reader->syntax, reader->no_component_separator, loop->loop);
        event->syntax = &reader->syntax;
        settle_delimiters(reader, loop->loop);
    }
    if (x12i_is_transaction(loop->loop->type))
        x12i_json_check_version(reader, loop->loop);
    return x12i_json_show(event, X12_LOOP_START, loop->loop);
}

static bool step_members(x12_json_reader *reader, x12i_json_open_loop *loop, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    builder->depth = loop->way;
    switch (x12i_json_read_members(builder, loop->loop, &loop->place)) {
    case X12I_JSON_FOUND_NOTHING:
        return false;
    case X12I_JSON_FOUND_END:
        loop->state = loop->line ? X12I_JSON_OUTSIDE : X12I_JSON_CLOSED;
        break;
    case X12I_JSON_FOUND_CHILDREN:
        if (!open_children(reader, loop, &loop->loop->type->slots[loop->place.slot]))
            return false;
        break;
    case X12I_JSON_FOUND_OTHER:
        if (!read_other(reader, loop) || loop->state == X12I_JSON_IN_MEMBERS)
            return false;
        break;
    }
    return !loop->place.started && show_start(reader, loop, event);
}

static bool step_children(x12_json_reader *reader, x12i_json_open_loop *loop, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    bool more = true;
    builder->depth = loop->way;
    if (!x12i_json_enter(builder, loop->children != NULL ? loop->children->name : "transactions", 0))
        return false;
    if (!loop->single && !x12i_json_more(builder, ']', &loop->first, &more))
        return false;
    if (loop->single || !more)
        loop->state = X12I_JSON_IN_MEMBERS;
    if (!more)
        return false;
    if ((!loop->single && !x12i_json_enter(builder, NULL, loop->index++)) || !x12i_json_begin(builder, '{'))
        return false;
    if (loop->children == NULL) {
        x12i_json_arrive_transaction(reader, false, true);
        return false;
    }
    if (loop->children->loop->record)
        return x12i_json_read_record(reader, loop->children->loop, true, event);
    reader->arrival = (x12i_json_arrival){.kind = X12I_JSON_NEW_LOOP, .type = loop->children->loop, .first = true};
    return false;
}

bool x12i_json_read_stray(x12_json_reader *reader, size_t index, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    x12i_json_begin_passing(reader);
    if (!x12i_json_enter(builder, "segments", 0) || !x12i_json_enter(builder, NULL, index) || !x12i_json_read_elements(builder, NULL, &event->segment))
        return false;
    reader->segment_count++;
    return x12i_json_show(event, X12_SEGMENT, reader->depth ? x12i_json_top(reader)->loop : NULL);
}

static bool step_segments(x12_json_reader *reader, x12i_json_open_loop *loop, x12_event *event)
{
    bool more;
    reader->builder.depth = loop->way;
    if (!x12i_json_more(&reader->builder, ']', &loop->first, &more))
        return false;
    if (more)
        return x12i_json_read_stray(reader, loop->index++, event);
    loop->state = X12I_JSON_IN_MEMBERS;
    return false;
}

static bool step_line_of_segments(x12_json_reader *reader, x12_event *event)
{
    x12i_json_builder *builder = &reader->builder;
    bool more;
    builder->depth = 0;
    if (!x12i_json_more(builder, ']', &reader->first, &more))
        return false;
    if (more)
        return x12i_json_read_stray(reader, 0, event);
    reader->in_segments = false;
    reader->first = false;
    if (!x12i_json_take(&builder->lexer, '}'))
        x12i_json_fail(builder, X12_FINDING_JSON_SYNTAX);
    return false;
}

/* One step; true when it made an event. */
static bool step(x12_json_reader *reader, x12_event *event)
{
    x12i_json_open_loop *loop = x12i_json_top(reader);
    reader->builder.mark = loop != NULL ? loop->mark : x12i_arena_mark(reader->builder.arena);
    if (reader->arrival.kind != X12I_JSON_NEW_NOTHING)
        return x12i_json_arrive(reader, event);
    if (reader->in_segments)
        return step_line_of_segments(reader, event);
    switch (loop != NULL ? loop->state : X12I_JSON_OUTSIDE) {
    case X12I_JSON_IN_MEMBERS:
        return step_members(reader, loop, event);
    case X12I_JSON_IN_CHILDREN:
        return step_children(reader, loop, event);
    case X12I_JSON_IN_SEGMENTS:
        return step_segments(reader, loop, event);
    case X12I_JSON_CLOSED:
        return x12i_json_pop(reader, event);
    case X12I_JSON_OUTSIDE:
        return x12i_json_step_outside(reader, event);
    }
    return false;
}

x12_status x12_json_reader_next(x12_json_reader *reader, x12_event *event)
{
    if (reader->has_release)
        x12i_arena_release(reader->builder.arena, reader->release);
    reader->has_release = false;
    *event = (x12_event){0};
    while (reader->builder.status == X12_OK)
        if (step(reader, event))
            return X12_OK;
    return reader->builder.status;
}

x12_status x12_json_reader_open(x12_json_reader **reader, x12_input input, const x12_json_reader_options *options)
{
    static const x12_json_reader_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *reader = NULL;
    x12_json_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    x12i_json_builder *builder = &made->builder;
    made->allocator = options->allocator;
    strcpy(made->charset, "UTF-8");
    builder->findings = options->findings;
    builder->record_limit = options->record_limit ? options->record_limit : DEFAULT_RECORD_LIMIT;
    builder->depth_limit = options->depth_limit ? options->depth_limit : DEFAULT_DEPTH_LIMIT;
    builder->place = X12I_IN_ELEMENT;
    builder->numbers_as_text = options->numbers_as_text;
    builder->flaws = options->flaws;
    builder->way = x12i_allocate(options->allocator, builder->depth_limit * sizeof *builder->way);
    builder->arena = x12_arena_new(options->allocator);
    x12_status status = x12i_json_lexer_open(&builder->lexer, input, options->allocator, builder->record_limit);
    if (builder->way == NULL || builder->arena == NULL || status != X12_OK) {
        x12_json_reader_free(made);
        return X12_ERROR_MEMORY;
    }
    *reader = made;
    return X12_OK;
}

const char *x12_json_reader_charset(const x12_json_reader *reader)
{
    return reader->charset;
}

bool x12_json_reader_has_bom(const x12_json_reader *reader)
{
    return reader->byte_order_mark;
}

void x12_json_reader_free(x12_json_reader *reader)
{
    if (reader == NULL)
        return;
    x12i_json_builder *builder = &reader->builder;
    x12i_json_lexer_close(&builder->lexer);
    x12_arena_free(builder->arena);
    x12i_release(reader->allocator, builder->way, builder->depth_limit * sizeof *builder->way);
    x12i_release(reader->allocator, reader, sizeof *reader);
}
