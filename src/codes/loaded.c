/* Files of codes as x12_codes_convert writes them: their sum is checked, then they are kept as they are. */
#include "codes/loaded.h"
#include "base/arena.h"
#include "base/value.h"
#include "diagnostic/diagnostic.h"

static const char first_line[] = "remedi codes 1\n", sum_line[] = "sum ";
enum { DEFAULT_LIMIT = 256 << 20, STEP = 64 << 10 };

x12_status x12_codes_open(x12_codes **codes, const x12_allocator *allocator)
{
    *codes = x12i_allocate(allocator, sizeof **codes);
    if (*codes == NULL)
        return X12_ERROR_MEMORY;
    if (allocator != NULL) {
        (*codes)->own = *allocator;
        (*codes)->allocator = &(*codes)->own;
    }
    return X12_OK;
}

void x12_codes_free(x12_codes *codes)
{
    if (codes == NULL)
        return;
    x12_allocator own = codes->own;
    const x12_allocator *allocator = codes->allocator ? &own : NULL;
    for (size_t i = 0; i < codes->count; i++)
        x12i_buffer_free(&codes->items[i].text);
    x12i_release(allocator, codes->items, codes->capacity * sizeof *codes->items);
    x12i_release(allocator, codes, sizeof *codes);
}

static x12_status refuse(const x12_codes_options *options, x12_finding_code code, x12_status status)
{
    if (options != NULL)
        x12i_raise(&options->findings, code, (x12_position){0});
    return status;
}

x12_status x12i_read_all(x12i_buffer *text, x12_input input, const x12_codes_options *options)
{
    size_t limit = options != NULL && options->limit != 0 ? options->limit : DEFAULT_LIMIT;
    for (;;) {
        if (text->length > limit)
            return refuse(options, X12_FINDING_CODES_TOO_LARGE, X12_ERROR_LIMIT);
        if (!x12i_buffer_reserve(text, STEP))
            return X12_ERROR_MEMORY;
        ptrdiff_t size = input.read(input.context, text->data + text->length, text->capacity - text->length);
        if (size < 0)
            return refuse(options, X12_FINDING_INPUT_FAILED, X12_ERROR_INPUT);
        if (size == 0)
            return X12_OK;
        text->length += (size_t)size;
    }
}

uint32_t x12i_read_day(x12_text text)
{
    char sent[X12I_ISO_MAX];
    size_t length = x12i_date_from_iso(text, 8, sent);
    x12_date date = {.data = length ? sent : text.data, .length = length ? (uint32_t)length : text.length};
    if (date.length != 8)
        return 0;
    x12i_date_read(&date);
    return date.month == 0 || date.year < 1000 ? 0 : (uint32_t)date.year * 10000u + date.month * 100u + date.day;
}

/* FNV-1a over words of eight bytes, whatever the machine's order of bytes is. */
static uint64_t sum_of(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint64_t sum = 14695981039346656037u;
    for (; size >= 8; bytes += 8, size -= 8) {
        uint64_t word = 0;
        for (unsigned i = 0; i < 8; i++)
            word |= (uint64_t)bytes[i] << (8 * i);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 32;
    }
    for (; size != 0; bytes++, size--)
        sum = (sum ^ *bytes) * 1099511628211u;
    return sum;
}

static void spell_sum(uint64_t sum, char *digits)
{
    for (unsigned i = 0; i < X12I_SUM_SIZE; i++)
        digits[i] = "0123456789abcdef"[sum >> (4 * (X12I_SUM_SIZE - 1 - i)) & 15];
}

void x12i_add_codes_head(x12i_buffer *out, const x12_codes_publication *publication, size_t count)
{
    x12i_buffer_add_string(out, first_line);
    x12i_buffer_add_string(out, sum_line);
    for (unsigned i = 0; i < X12I_SUM_SIZE; i++)
        x12i_buffer_add_byte(out, '0');
    x12i_buffer_add_string(out, "\nset ");
    x12i_buffer_add_string(out, publication->set);
    x12i_buffer_add_string(out, "\nfrom ");
    if (publication->first_day != 0)
        x12i_buffer_add_number(out, publication->first_day);
    x12i_buffer_add_string(out, "\nsource ");
    if (publication->source != NULL)
        x12i_buffer_add_string(out, publication->source);
    x12i_buffer_add_string(out, "\ncount ");
    x12i_buffer_add_number(out, count);
    x12i_buffer_add_string(out, "\n\n");
}

enum { SUM_AT = sizeof first_line + sizeof sum_line - 2, SUMMED_AT = SUM_AT + X12I_SUM_SIZE };

void x12i_seal_codes(x12i_buffer *out)
{
    if (!out->failed)
        spell_sum(sum_of(out->data + SUMMED_AT, out->length - SUMMED_AT), out->data + SUM_AT);
}

static bool is_sealed(const x12i_buffer *text)
{
    char digits[X12I_SUM_SIZE];
    if (text->length < SUMMED_AT)
        return false;
    spell_sum(sum_of(text->data + SUMMED_AT, text->length - SUMMED_AT), digits);
    return memcmp(digits, text->data + SUM_AT, sizeof digits) == 0;
}

/* Takes the line "NAME VALUE" off the front of `rest`. */
static bool take_member(x12_text *rest, const char *name, x12_text *value)
{
    uint32_t length = (uint32_t)strlen(name);
    const char *end = memchr(rest->data, '\n', rest->length);
    uint32_t line = end ? (uint32_t)(end - rest->data) : 0;
    if (end == NULL || line < length || memcmp(rest->data, name, length) != 0)
        return false;
    *value = (x12_text){rest->data + length, line - length};
    *rest = (x12_text){end + 1, rest->length - line - 1};
    return true;
}

static bool read_count(x12_text text, size_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || *count > 100000000)
            return false;
        *count = *count * 10 + (size_t)(text.data[i] - '0');
    }
    return text.length != 0;
}

static bool read_head(x12i_edition *edition)
{
    x12_text rest = {edition->text.data, (uint32_t)edition->text.length}, set, from, count, sum, nothing;
    if (edition->text.length > UINT32_MAX || !take_member(&rest, "remedi codes 1", &nothing) || nothing.length != 0 ||
        !take_member(&rest, sum_line, &sum) || sum.length != X12I_SUM_SIZE || !take_member(&rest, "set ", &set) ||
        !take_member(&rest, "from ", &from) || !take_member(&rest, "source ", &edition->source) || !take_member(&rest, "count ", &count) ||
        !take_member(&rest, "", &nothing) || nothing.length != 0)
        return false;
    edition->set = x12_code_set_find(set);
    edition->first_day = x12i_read_day(from);
    edition->table = (x12i_code_table){.text = rest.data, .size = rest.length};
    return edition->set != NULL && (from.length == 0 || edition->first_day != 0) && read_count(count, &edition->table.count);
}

static bool make_room(x12_codes *codes)
{
    if (codes->count < codes->capacity)
        return true;
    size_t capacity = codes->capacity ? 2 * codes->capacity : 8;
    x12i_edition *items = x12i_resize(codes->allocator, codes->items, codes->capacity * sizeof *items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    codes->items = items;
    codes->capacity = capacity;
    return true;
}

static void insert(x12_codes *codes, const x12i_edition *edition)
{
    size_t at = codes->count++;
    for (; at > 0; at--) {
        const x12i_edition *before = &codes->items[at - 1];
        if (before->set < edition->set || (before->set == edition->set && before->first_day <= edition->first_day))
            break;
        codes->items[at] = *before;
    }
    codes->items[at] = *edition;
}

x12_status x12_codes_load(x12_codes *codes, x12_input input, const x12_codes_options *options)
{
    x12i_edition edition = {.text = {.allocator = codes->allocator}};
    x12_status status = x12i_read_all(&edition.text, input, options);
    if (status == X12_OK && (!is_sealed(&edition.text) || !read_head(&edition)))
        status = refuse(options, X12_FINDING_CODES_DAMAGED, X12_ERROR_FORMAT);
    if (status == X12_OK && !make_room(codes))
        status = X12_ERROR_MEMORY;
    if (status == X12_OK)
        insert(codes, &edition);
    else
        x12i_buffer_free(&edition.text);
    return status;
}
