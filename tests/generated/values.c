/* A value of one element: its type, length and codes, and what the parts before it say of it. */
#include "generator.h"

static void add_two(x12i_buffer *out, unsigned number)
{
    x12i_buffer_add_byte(out, (char)('0' + number / 10 % 10));
    x12i_buffer_add_byte(out, (char)('0' + number % 10));
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && year % 4 == 0 ? 1u : 0u);
}

static void add_date(generator *g, unsigned digits)
{
    unsigned year = (g->old_codes ? 2009 : 2016) + below(&g->chance, g->old_codes ? 6 : 8), month = 1 + below(&g->chance, 12);
    if (digits != 6)
        add_two(g->out, year / 100);
    add_two(g->out, year % 100);
    add_two(g->out, month);
    add_two(g->out, 1 + below(&g->chance, days_in(year, month)));
}

static void add_time(generator *g, unsigned most)
{
    add_two(g->out, below(&g->chance, 24));
    add_two(g->out, below(&g->chance, 60));
    if (most >= 6 && one_in(&g->chance, 3))
        add_two(g->out, below(&g->chance, 60));
}

/* The first day is not after the last. */
static void add_range(generator *g)
{
    size_t from = g->out->length, to;
    add_date(g, 8);
    x12i_buffer_add_byte(g->out, '-');
    to = g->out->length;
    add_date(g, 8);
    if (!g->out->failed && memcmp(g->out->data + from, g->out->data + to, 8) > 0)
        memcpy(g->out->data + from, g->out->data + to, 8);
}

static void add_text(generator *g, unsigned length, bool plain)
{
    static const char first[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static const char inner[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz0123456789-.,'/&()\"\\";
    for (unsigned i = 0; i < length; i++) {
        if (!plain && g->accents && i > 0 && one_in(&g->chance, 40))
            x12i_buffer_add_string(g->out, "\xC3\x89"); /* one character beyond ASCII */
        else if (plain || i == 0 || i + 1 == length)
            x12i_buffer_add_byte(g->out, first[below(&g->chance, sizeof first - 1)]);
        else
            x12i_buffer_add_byte(g->out, inner[below(&g->chance, sizeof inner - 1)]);
    }
}

static void add_period(generator *g, x12_text format)
{
    if (is_text(format, "RD8"))
        add_range(g);
    else if (is_text(format, "TM"))
        add_time(g, 4);
    else if (is_text(format, "D8") || is_text(format, "DT"))
        add_date(g, 8);
    else
        add_text(g, 6, false);
    if (is_text(format, "DT"))
        add_time(g, 4);
}

static unsigned length_of(generator *g, const x12i_field *field, unsigned more)
{
    unsigned most = field->maximum_length < field->minimum_length + more ? field->maximum_length : field->minimum_length + more;
    return field->minimum_length + below(&g->chance, most - field->minimum_length + 1);
}

static void add_digits(generator *g, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        x12i_buffer_add_byte(g->out, (char)('0' + (i == 0 ? 1 + below(&g->chance, 9) : below(&g->chance, 10))));
}

/* Amounts (element 782) are short, so that their sums fit too. */
static void add_decimal(generator *g, const x12i_field *field)
{
    bool amount = is_element(field, "782");
    unsigned digits = length_of(g, field, amount ? 6 : 12);
    if (amount && one_in(&g->chance, 8))
        x12i_buffer_add_byte(g->out, '-');
    if (field->type == X12I_DECIMAL && digits > 2 && one_in(&g->chance, 2)) {
        add_digits(g, digits - 2);
        x12i_buffer_add_byte(g->out, '.');
        digits = 2;
    }
    add_digits(g, digits);
}

/* ICD-9 and ICD-10 do not mix in a transaction. */
static bool is_of_other_time(const generator *g, const x12i_field *field, const char *code)
{
    static const char *const ages[][2] = {{"BK", "ABK"}, {"BF", "ABF"}, {"BJ", "ABJ"}, {"PR", "APR"}, {"BN", "ABN"}, {"BR", "BBR"}, {"BQ", "BBQ"}};
    for (size_t i = 0; is_element(field, "1270") && i < sizeof ages / sizeof *ages; i++)
        if (strcmp(code, ages[i][!g->old_codes ? 0 : 1]) == 0)
            return true;
    return false;
}

static void add_code(generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    const x12i_codes *codes = field->codes;
    bool qualifier = codes == written->slot->qualifiers && written->slot->qualifier_component == 0;
    unsigned chosen = qualifier ? g->turn % codes->count : below(&g->chance, codes->count);
    while (is_of_other_time(g, field, codes->items[chosen]))
        chosen = (chosen + 1) % codes->count;
    x12i_buffer_add_string(g->out, codes->items[chosen]);
}

void add_value(generator *g, const parts_so_far *written, unsigned part)
{
    const x12i_field *field = &written->parts->fields[part - 1];
    char name[LIST_NAME];
    const char *fixed = value_of_part(g, written, part), *list = list_of(g, written, part, name);
    if (fixed != NULL)
        x12i_buffer_add_string(g->out, fixed);
    else if (field->codes != NULL)
        add_code(g, written, part);
    else if (list != NULL && add_listed(g, list))
        return;
    else if (field->type == X12I_PERIOD) {
        char format[8] = ""; /* `out` may move */
        x12_text said = so_far(g, written, field->format_part);
        memcpy(format, said.data, said.length < sizeof format ? said.length : 0);
        add_period(g, (x12_text){format, (uint32_t)strlen(format)});
    }
    else if (field->type == X12I_DECIMAL || field->type == X12I_INTEGER)
        add_decimal(g, field);
    else if (field->type == X12I_DATE)
        add_date(g, field->maximum_length);
    else if (field->type == X12I_TIME)
        add_time(g, field->maximum_length);
    else
        add_text(g, length_of(g, field, 12), field->type == X12I_CODE);
}
