#include "convert/json_reader.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "model/placement.h"
#include "model/structure.h"
#include <remedi/envelope.h>

static bool read_delimiter(x12i_json_builder *builder, uint32_t *code_point)
{
    x12_text text;
    if (!x12i_json_scan_text(builder, &text))
        return false;
    return x12i_delimiter_of(text, code_point) || x12i_json_fail(builder, X12_FINDING_JSON_TYPE);
}

bool x12i_json_read_name(x12i_json_builder *builder, char *name)
{
    x12_text text;
    if (!x12i_json_scan_text(builder, &text))
        return false;
    uint32_t length = text.length < X12I_JSON_NAME_MAX ? text.length : X12I_JSON_NAME_MAX - 1;
    memcpy(name, text.data, length);
    name[length] = '\0';
    return true;
}

/* False with status OK: the key is none of these. */
bool x12i_json_read_charset_key(x12_json_reader *reader)
{
    x12i_json_builder *builder = &reader->builder;
    if (x12i_json_key_is(builder, "charset"))
        return x12i_json_read_name(builder, reader->charset);
    if (x12i_json_key_is(builder, "byteOrderMark"))
        return reader->byte_order_mark = x12i_json_read_true(builder);
    return false;
}

bool x12i_json_read_interchange_key(x12_json_reader *reader)
{
    x12i_json_builder *builder = &reader->builder;
    x12_syntax *syntax = &reader->syntax;
    if (x12i_json_key_is(builder, "lineBreak"))
        return x12i_json_read_text(builder, &syntax->line_break);
    if (x12i_json_key_is(builder, "segmentTerminator"))
        return read_delimiter(builder, &syntax->segment);
    if (x12i_json_key_is(builder, "noComponentSeparator"))
        return reader->no_component_separator = x12i_json_read_true(builder);
    if (!x12i_json_key_is(builder, "elementSeparator"))
        return x12i_json_read_charset_key(reader);
    if (!read_delimiter(builder, &syntax->element))
        return false;
    if (syntax->element != 0)
        builder->separator_length = x12i_utf8_encode(syntax->element, builder->separator);
    return true;
}

static bool check_count(x12i_json_builder *builder, uint64_t count)
{
    char digits[20];
    x12i_buffer number = {.data = digits, .capacity = sizeof digits};
    x12_text text;
    if (!x12i_json_scan_text(builder, &text))
        return false;
    x12i_buffer_add_number(&number, count);
    bool same = text.length == number.length && memcmp(text.data, digits, number.length) == 0;
    return same || x12i_json_fail(builder, X12_FINDING_JSON_TRUNCATED);
}

bool x12i_json_read_count_key(x12_json_reader *reader, const x12_loop_type *type)
{
    x12i_json_builder *builder = &reader->builder;
    x12_text ignored;
    if (x12i_json_key_is(builder, "recordCount"))
        return check_count(builder, reader->record_count);
    if (!x12i_json_key_is(builder, "segmentCount"))
        return false;
    /* only a writer of X12 counts the segments that structs become */
    return type == &x12i_unnamed_type ? check_count(builder, reader->segment_count) : x12i_json_scan_text(builder, &ignored);
}

/* What the open group says of its transactions. */
static x12_text group_value(x12_json_reader *reader, x12i_fill fill)
{
    const x12i_json_open_loop *group = x12i_json_top(reader);
    if (group != NULL && x12i_is_group(group->loop->type)) {
        const x12i_parts *parts = group->loop->type->slots[0].parts;
        for (unsigned i = 0; i < parts->field_count; i++)
            if (parts->fields[i].fill == fill && parts->fields[i].shape == X12I_VALUE)
                return *x12i_text_at(group->loop, &parts->fields[i]);
    }
    return (x12_text){0};
}

/* By guide, or by what else is known; a transaction that shows nothing but segments has none. builder->key: its next key. */
static const x12_loop_type *transaction_type(x12_json_reader *reader, const char *guide_name)
{
    const x12i_json_builder *builder = &reader->builder;
    const x12i_guide *guide;
    bool near, bare = builder->key[0] == '\0' || x12i_json_key_is(builder, "segments") || x12i_json_key_is(builder, "continued");
    if (guide_name[0] != '\0') {
        guide = x12i_find_guide(x12i_string_text(guide_name), x12i_string_text(reader->transaction));
        return guide != NULL ? guide->loops[0] : NULL;
    }
    if (bare)
        return &x12i_unnamed_type;
    const x12i_signs signs = {.transaction = x12i_string_text(reader->transaction), .version = group_value(reader, X12I_FILL_GUIDE),
                              .group = group_value(reader, X12I_FILL_GROUP_CODE)};
    guide = x12i_choose_guide(&signs, &near);
    return guide != NULL ? guide->loops[0] : NULL;
}

/* ST03 as it will be written: as it was sent, or as the guide fixes it. */
static x12_text version_of(const x12_json_reader *reader, const x12_loop *transaction)
{
    enum { ST03 = 3 };
    const x12i_slot *slot = &transaction->type->slots[0];
    const x12_segment *sent = *x12i_segment_at(slot, (void *)(uintptr_t)transaction);
    if (sent != NULL && (sent->flags & X12_SEGMENT_AS_SENT))
        return x12i_element_of(sent, &reader->delimiters, ST03);
    const x12i_field *field = &slot->parts->fields[ST03 - 1];
    return field->shape == X12I_FIXED ? x12i_string_text(field->fill_text) : (x12_text){0};
}

void x12i_json_check_version(x12_json_reader *reader, const x12_loop *transaction)
{
    x12i_json_builder *builder = &reader->builder;
    const x12i_guide *guide = transaction->type->guide;
    if (guide == NULL || transaction->continued || !x12i_is_group(transaction->parent->type))
        return;
    const x12_text version = version_of(reader, transaction), of_group = ((const x12_group *)(const void *)transaction->parent)->version;
    const x12_text named = version.length != 0 ? version : of_group;
    builder->of_guide = named.length == 0 || x12i_is_same_guide(named, guide->id);
    if (version.length == 0 || of_group.length == 0 || x12i_same_text(version, of_group))
        return;
    size_t depth = builder->depth;
    if (x12i_json_enter(builder, "guide", 0))
        x12i_json_raise(builder, X12_FINDING_GUIDE_DIFFERS);
    builder->depth = depth;
}

bool x12i_json_arrive_transaction(x12_json_reader *reader, bool line, bool first)
{
    x12i_json_builder *builder = &reader->builder;
    char guide[X12I_JSON_NAME_MAX] = "";
    bool more = true;
    reader->transaction[0] = '\0';
    for (;;) {
        builder->key[0] = '\0';
        if (x12i_json_peek(&builder->lexer) == '}')
            break;
        if (!x12i_json_more(builder, '}', &first, &more) || !x12i_json_peek_key(builder))
            return false;
        bool names_guide = x12i_json_key_is(builder, "guide");
        if (!names_guide && !x12i_json_key_is(builder, "transaction")) {
            first = true; /* its comma is consumed */
            break;
        }
        if (!x12i_json_read_key(builder) || !x12i_json_read_name(builder, names_guide ? guide : reader->transaction))
            return false;
    }
    const x12_loop_type *type = transaction_type(reader, guide);
    reader->arrival = (x12i_json_arrival){.kind = X12I_JSON_NEW_LOOP, .type = type, .line = line, .first = first};
    return type != NULL || x12i_json_fail(builder, X12_FINDING_JSON_NO_TRANSACTION);
}
