#include "model/reader_state.h"
#include "model/hold.h"

enum { DEFAULT_SEGMENT_LIMIT = 1 << 20, DEFAULT_RECORD_LIMIT = 64 << 20 };

static x12i_step show_bytes(x12_reader *reader, x12_event *event)
{
    x12i_step result = x12i_close_to(reader, 0, event);
    if (result != X12I_STEP_AGAIN)
        return result;
    x12i_raise_at_item(reader, X12_FINDING_JUNK);
    x12i_release_later(reader, x12i_arena_mark(reader->arena));
    x12i_show(event, X12_BYTES, NULL);
    event->bytes = x12i_hold_bytes(reader->wire, reader->arena, reader->item.bytes.data, reader->item.bytes.length);
    if (event->bytes.data == NULL)
        return x12i_fail(reader, X12_ERROR_MEMORY);
    reader->has_item = false;
    reader->usual_before = (x12_text){0};
    return X12I_STEP_EVENT;
}

static x12i_step show_end(x12_reader *reader, x12_event *event)
{
    x12i_step result = x12i_close_to(reader, 0, event);
    return result == X12I_STEP_AGAIN ? x12i_fail(reader, X12_END) : result;
}

static inline bool is_of_envelope(uint32_t id)
{
    return id == ID_ST || id == ID_SE || id == ID_GS || id == ID_GE || id == ID_IEA || id == ID_TA1;
}

/* By the first two letters: false for most ids that are not of the envelope, and for none that is. An ISA is, too. */
static inline bool may_be_of_envelope(uint32_t id)
{
    const uint32_t first = 1u << ('S' & 31) | 1u << ('G' & 31) | 1u << ('I' & 31) | 1u << ('T' & 31);
    const uint32_t second = 1u << ('T' & 31) | 1u << ('E' & 31) | 1u << ('S' & 31) | 1u << ('A' & 31);
    return (first >> (id & 31) & second >> (id >> 8 & 31) & 1) != 0;
}

/* One step with the segment at hand. */
static inline x12i_step take_step(x12_reader *reader, x12_event *event)
{
    uint32_t id = x12i_packed_id(&reader->item.view.tokens);
    bool placed = reader->guide != NULL && x12i_is_within_transaction(reader) &&
                  (!may_be_of_envelope(id) || (!is_of_envelope(id) && !reader->item.view.opens_interchange));
    return placed ? x12i_place_by_guide(reader, id, event) : x12i_take_envelope_step(reader, id, event);
}

x12_status x12_reader_next(x12_reader *reader, x12_event *event)
{
    if (reader->has_release)
        x12i_arena_release(reader->arena, reader->release);
    reader->has_release = false;
    x12i_step result = X12I_STEP_AGAIN;
    while (result == X12I_STEP_AGAIN && reader->status == X12_OK) {
        if (!reader->has_item && (reader->status = x12i_wire_next(reader->wire, &reader->item)) != X12_OK)
            break;
        reader->has_item = true;
        if (reader->item.kind == X12I_WIRE_SEGMENT)
            result = take_step(reader, event);
        else
            result = reader->item.kind == X12I_WIRE_BYTES ? show_bytes(reader, event) : show_end(reader, event);
    }
    return reader->status;
}

x12_status x12_reader_open(x12_reader **reader, x12_input input, const x12_reader_options *options)
{
    static const x12_reader_options defaults = {0};
    if (options == NULL)
        options = &defaults;
    *reader = NULL;
    x12_reader *made = x12i_allocate(options->allocator, sizeof *made);
    if (made == NULL)
        return X12_ERROR_MEMORY;
    made->options = *options;
    if (made->options.record_limit == 0)
        made->options.record_limit = DEFAULT_RECORD_LIMIT;
    x12i_wire_options wire = {.allocator = options->allocator, .findings = options->findings, .charset = options->charset,
                              .segment_limit = options->segment_limit ? options->segment_limit : DEFAULT_SEGMENT_LIMIT};
    made->arena = x12_arena_new(options->allocator);
    x12_status status = made->arena ? x12i_wire_open(&made->wire, input, &wire) : X12_ERROR_MEMORY;
    if (status != X12_OK) {
        x12_reader_free(made);
        return status;
    }
    made->bottom = x12i_arena_mark(made->arena);
    made->decoder = (x12i_decoder){.arena = made->arena, .delimiters = x12i_wire_delimiters(made->wire), .numbers_as_text = made->options.numbers_as_text, .findings = &made->options.findings};
    *reader = made;
    return X12_OK;
}

const char *x12_reader_charset(const x12_reader *reader)
{
    return x12i_wire_charset(reader->wire);
}

bool x12_reader_has_bom(const x12_reader *reader)
{
    return x12i_wire_has_bom(reader->wire);
}

void x12i_reader_scribe(x12_reader *reader, x12i_scribe *scribe)
{
    if (reader->scribe != NULL)
        reader->scribe->reader = NULL;
    reader->scribe = scribe;
    if (scribe != NULL)
        scribe->reader = reader;
}

void x12i_reader_trace(x12_reader *reader, x12i_trace tracer)
{
    reader->trace = tracer;
}

void x12_reader_free(x12_reader *reader)
{
    if (reader == NULL)
        return;
    const x12_allocator *allocator = reader->options.allocator;
    x12i_reader_scribe(reader, NULL);
    for (unsigned i = 0; i < X12I_MAXIMUM_DEPTH; i++)
        x12i_release(allocator, reader->frames[i].sequence, reader->frames[i].sequence_capacity * sizeof(uint16_t));
    x12_arena_free(reader->arena);
    if (reader->wire != NULL)
        x12i_wire_free(reader->wire);
    x12i_release(allocator, reader, sizeof *reader);
}
