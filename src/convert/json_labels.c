#include "convert/json_labels.h"
#include "codes/codes.h"

static const char suffix[] = "Name";

bool x12i_json_is_labeled(const x12i_field *field)
{
    bool text = field->type == X12I_TEXT || field->type == X12I_CODE;
    bool value = field->shape == X12I_VALUE || field->shape == X12I_REPEATED_VALUE;
    return text && value && (field->code_list != NULL || x12i_code_set_of_element(field->data_element, NULL) != NULL);
}

const char *x12i_json_label_key(x12i_key key, char *out)
{
    size_t length = key.length - 3u;
    if (length + sizeof suffix > X12I_JSON_NAME_MAX)
        return NULL;
    memcpy(out, key.text + 1, length);
    memcpy(out + length, suffix, sizeof suffix);
    return out;
}

/* --- out --- */

/* What the part says that decides which list a code is of. */
static x12_text decider_of(const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    unsigned number = x12i_list_decider(field->code_list);
    const x12i_field *decider = number >= 1 && number <= parts->field_count ? &parts->fields[number - 1] : NULL;
    if (decider == NULL || decider->run != 0)
        return (x12_text){"", 0};
    if (decider->shape == X12I_FIXED)
        return x12i_string_text(decider->fill_text);
    return decider->shape == X12I_VALUE ? *(const x12_text *)(const void *)((const char *)owner + decider->offset) : (x12_text){"", 0};
}

static const x12_code_set *find_set(const x12i_parts *parts, const x12i_field *field)
{
    if (field->code_list != NULL)
        return x12i_code_set_of_list(field->code_list, (x12_text){"", 0});
    return x12i_code_set_of_element(field->data_element, parts->id);
}

static const x12_code_set *set_of(x12i_json_labels *labels, const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    if (field->code_list != NULL && x12i_list_decider(field->code_list) != 0)
        return x12i_code_set_of_list(field->code_list, decider_of(parts, field, owner));
    size_t place = ((size_t)(uintptr_t)field / sizeof *field) % X12I_LABELED_FIELDS;
    if (labels->known[place].field != field) {
        labels->known[place].field = field;
        labels->known[place].set = find_set(parts, field);
    }
    return labels->known[place].set;
}

static char *put_label_key(x12i_json_output *output, char *out, x12i_key key)
{
    out = x12i_json_put_key(output, out, key) - 2; /* before its closing quote and colon */
    memcpy(out, "Name\":", 6);
    return out + 6;
}

static x12_text label_of(const x12i_json_labels *labels, const x12_code_set *set, x12_text code)
{
    return code.length != 0 ? x12_code_look_up(labels->codes, set, code, 0).label : code;
}

static char *put_list(x12i_json_output *output, char *out, x12i_key key, const x12_code_set *set, const x12i_list *list)
{
    const x12_text *codes = list->items;
    size_t start = (size_t)(out - output->buffer.data);
    bool any = false;
    out = put_label_key(output, out, key);
    *out++ = '[';
    for (size_t i = 0; i < list->count; i++) {
        x12_text label = label_of(output->labels, set, codes[i]);
        any = any || label.length != 0;
        out = x12i_json_put_text(output, out, label);
    }
    return any ? x12i_json_close(output, out, ']') : output->buffer.data + start;
}

char *x12i_json_put_label(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_field *field, const void *owner)
{
    const void *place = (const char *)owner + field->offset;
    const x12_code_set *set = field->type == X12I_TEXT || field->type == X12I_CODE ? set_of(output->labels, parts, field, owner) : NULL;
    if (set == NULL)
        return out;
    if (field->shape == X12I_REPEATED_VALUE)
        return put_list(output, out, field->key, set, place);
    x12_text label = field->shape == X12I_VALUE ? label_of(output->labels, set, *(const x12_text *)place) : (x12_text){"", 0};
    return label.length == 0 ? out : x12i_json_put_text(output, put_label_key(output, out, field->key), label);
}

char *x12i_json_put_run_labels(x12i_json_output *output, char *out, const x12i_parts *parts, const x12i_run *run, const void *owner)
{
    const x12i_field *field = &parts->fields[run->first - 1];
    if (!run->bare || field->shape != X12I_VALUE || (field->type != X12I_TEXT && field->type != X12I_CODE))
        return out;
    const x12_code_set *set = set_of(output->labels, parts, field, owner);
    return set == NULL ? out : put_list(output, out, run->key, set, (const x12i_list *)(const void *)((const char *)owner + run->offset));
}

/* --- in --- */

static bool is_label_of(const x12i_json_builder *builder, x12i_key key)
{
    char name[X12I_JSON_NAME_MAX];
    const char *label = x12i_json_label_key(key, name);
    return label != NULL && x12i_json_key_is(builder, label);
}

static bool skip_labels(x12i_json_builder *builder)
{
    bool first = true, more;
    x12_text text;
    if (x12i_json_peek(&builder->lexer) != '[')
        return x12i_json_scan_text(builder, &text);
    if (!x12i_json_begin(builder, '['))
        return false;
    while (x12i_json_more(builder, ']', &first, &more)) {
        if (!more)
            return true;
        if (!x12i_json_scan_text(builder, &text))
            return false;
    }
    return false;
}

bool x12i_json_skip_label(x12i_json_builder *builder, const x12i_parts *parts)
{
    for (unsigned i = 0; i < parts->field_count; i++) {
        const x12i_field *field = &parts->fields[i];
        const x12i_run *run = field->run != 0 && parts->runs != NULL ? &parts->runs[field->run - 1] : NULL;
        bool bare = run != NULL && run->bare && i + 1u == run->first;
        if (!x12i_json_is_labeled(field) || (run != NULL && !bare))
            continue;
        if (is_label_of(builder, run != NULL ? run->key : field->key))
            return skip_labels(builder);
    }
    return false;
}
