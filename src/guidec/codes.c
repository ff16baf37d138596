/* Files of code sets (grammar/codes/) to the tables of the library. */
#include "codes/codes.h"
#include "guidec/guidec.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct code {
    x12_text text;
    x12_text first, last; /* days, CCYY-MM-DD */
    x12_text label;
    bool retired;
    unsigned line;
} code;

typedef struct code_set {
    x12_text name, title, shape, also, element;
    bool npi;
    const char *list; /* x12_code_list, as it is spelled; NULL: not said */
    code *codes;
    size_t count;
    const char *file;
    unsigned line;
} code_set;

/* The line that is read, and what was read before it. */
typedef struct codes_reader {
    const char *file;
    unsigned line;
    x12_text rest;
    code_set *sets;
    size_t count;
} codes_reader;

enum { LABEL_MAX = 120 };

static bool refuse(const codes_reader *reader, const char *message)
{
    fprintf(stderr, "%s:%u: %s\n", reader->file, reader->line, message);
    return false;
}

static bool is(x12_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

static void skip_blanks(x12_text *rest)
{
    while (rest->length != 0 && *rest->data == ' ') {
        rest->data++;
        rest->length--;
    }
}

static x12_text take_word(x12_text *rest)
{
    skip_blanks(rest);
    x12_text word = *rest;
    const char *blank = memchr(word.data, ' ', word.length);
    word.length = blank ? (uint32_t)(blank - word.data) : word.length;
    rest->data += word.length;
    rest->length -= word.length;
    skip_blanks(rest);
    return word;
}

static void *grown(void *items, size_t count, size_t size)
{
    void *memory = realloc(items, (count + 1) * size);
    if (memory == NULL) {
        fputs("guidec: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static bool read_set(codes_reader *reader)
{
    x12_text name = take_word(&reader->rest), title = reader->rest;
    if (name.length == 0 || title.length < 3 || title.data[0] != '"' || title.data[title.length - 1] != '"')
        return refuse(reader, "a set has a name and a title: set place-of-service \"Place of service\"");
    reader->sets = grown(reader->sets, reader->count, sizeof *reader->sets);
    reader->sets[reader->count++] = (code_set){.name = name, .title = {title.data + 1, title.length - 2}, .file = reader->file, .line = reader->line};
    return true;
}

/* Whether `word` is an attribute of the set, which is then taken over. */
static bool read_attribute(codes_reader *reader, code_set *set, x12_text word)
{
    static const char *const lists[][2] = {{"partial", "X12_CODES_PARTIAL"}, {"growing", "X12_CODES_GROWING"}, {"complete", "X12_CODES_COMPLETE"}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (is(word, lists[i][0])) {
            set->list = lists[i][1];
            return true;
        }
    if (is(word, "shape"))
        set->shape = reader->rest;
    else if (is(word, "also"))
        set->also = reader->rest;
    else if (is(word, "element"))
        set->element = reader->rest;
    else if (is(word, "npi"))
        set->npi = true;
    else
        return false;
    return true;
}

static bool is_day(x12_text word)
{
    for (uint32_t i = 0; i < word.length; i++)
        if (i == 4 || i == 7 ? word.data[i] != '-' : word.data[i] < '0' || word.data[i] > '9')
            return false;
    return word.length == 10;
}

/* The words between a code and its label: old, from DAY, until DAY. */
static void read_marks(x12_text *rest, code *entry)
{
    for (;;) {
        x12_text after = *rest, word = take_word(&after);
        if (is(word, "old")) {
            entry->retired = true;
        } else if (is(word, "from") || is(word, "until")) {
            x12_text day = take_word(&after);
            if (!is_day(day))
                return;
            *(is(word, "from") ? &entry->first : &entry->last) = day;
        } else {
            return;
        }
        *rest = after;
    }
}

static bool is_plain(x12_text label)
{
    for (uint32_t i = 0; i < label.length; i++)
        if (label.data[i] < ' ' || label.data[i] > '~')
            return false;
    return label.length <= LABEL_MAX;
}

static bool read_code(codes_reader *reader, code_set *set, x12_text word)
{
    code entry = {.text = word, .line = reader->line};
    x12_text shape = set->shape;
    read_marks(&reader->rest, &entry);
    entry.label = reader->rest;
    if (shape.data != NULL && !x12i_fits_shape(gc_text("%.*s", (int)shape.length, shape.data), word))
        return refuse(reader, "the code does not have the shape of its set");
    if (!is_plain(entry.label) || !is_plain(word))
        return refuse(reader, "a code and its label are a few words of ASCII");
    set->codes = grown(set->codes, set->count, sizeof *set->codes);
    set->codes[set->count++] = entry;
    return true;
}

static bool read_line(codes_reader *reader)
{
    x12_text word = take_word(&reader->rest);
    if (word.length == 0 || *word.data == '#')
        return true;
    if (is(word, "set"))
        return read_set(reader);
    if (reader->count == 0)
        return refuse(reader, "no set has begun");
    code_set *set = &reader->sets[reader->count - 1];
    return read_attribute(reader, set, word) || read_code(reader, set, word);
}

static bool read_source(codes_reader *reader, const x12i_guide_source *source)
{
    x12_text rest = {source->text, (uint32_t)source->length};
    reader->file = source->file;
    for (reader->line = 1; rest.length != 0; reader->line++) {
        const char *end = memchr(rest.data, '\n', rest.length);
        uint32_t length = end ? (uint32_t)(end - rest.data) : rest.length;
        reader->rest = (x12_text){rest.data, length};
        while (reader->rest.length != 0 && reader->rest.data[reader->rest.length - 1] == ' ')
            reader->rest.length--;
        if (!read_line(reader))
            return false;
        rest.data += length + (end != NULL);
        rest.length -= length + (end != NULL);
    }
    return true;
}

static int compare_sets(const void *a, const void *b)
{
    const code_set *left = a, *right = b;
    return x12i_compare_codes(left->name, right->name);
}

static int compare_entries(const void *a, const void *b)
{
    const code *left = a, *right = b;
    int order = x12i_compare_codes(left->text, right->text);
    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

static bool is_known(const codes_reader *reader, x12_text name)
{
    for (size_t i = 0; i < reader->count; i++)
        if (x12i_compare_codes(reader->sets[i].name, name) == 0)
            return true;
    return false;
}

static bool sort_codes(codes_reader *reader, const code_set *set)
{
    if (set->count != 0)
        qsort(set->codes, set->count, sizeof *set->codes, compare_entries);
    for (size_t i = 1; i < set->count; i++) {
        reader->line = set->codes[i].line;
        if (x12i_compare_codes(set->codes[i - 1].text, set->codes[i].text) == 0)
            return refuse(reader, "the set has this code twice");
    }
    return true;
}

static bool check_sets(codes_reader *reader)
{
    qsort(reader->sets, reader->count, sizeof *reader->sets, compare_sets);
    for (size_t i = 0; i < reader->count; i++) {
        code_set *set = &reader->sets[i];
        reader->file = set->file;
        reader->line = set->line;
        if (i != 0 && x12i_compare_codes(set[-1].name, set->name) == 0)
            return refuse(reader, "there are two sets of this name");
        if (set->also.data != NULL && !is_known(reader, set->also))
            return refuse(reader, "there is no set of the name that `also` gives");
        if (!sort_codes(reader, set))
            return false;
    }
    return true;
}

static void add_literal(x12i_buffer *out, x12_text text)
{
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\' || text.data[i] == '?')
            x12i_buffer_add_byte(out, '\\');
        x12i_buffer_add_byte(out, text.data[i]);
    }
}

static void add_day(x12i_buffer *out, x12_text day)
{
    for (uint32_t i = 0; i < day.length; i++)
        if (day.data[i] != '-')
            x12i_buffer_add_byte(out, day.data[i]);
    gc_add(out, "\\t");
}

static void write_codes(x12i_buffer *out, const code_set *set, size_t number)
{
    if (set->count == 0)
        return;
    gc_add(out, "\nstatic const char codes_%zu[] =", number);
    for (size_t i = 0; i < set->count; i++) {
        gc_add(out, "\n    \"");
        add_literal(out, set->codes[i].text);
        gc_add(out, "\\t");
        add_day(out, set->codes[i].first);
        add_day(out, set->codes[i].last);
        gc_add(out, "%s\\t", set->codes[i].retired ? "r" : "");
        add_literal(out, set->codes[i].label);
        gc_add(out, "\\n\"");
    }
    gc_add(out, ";\n");
}

static void add_member(x12i_buffer *out, const char *name, x12_text text)
{
    if (text.data == NULL)
        return;
    gc_add(out, ".%s = \"", name);
    add_literal(out, text);
    gc_add(out, "\", ");
}

static void write_entry(x12i_buffer *out, const code_set *set, size_t number)
{
    gc_add(out, "    {");
    add_member(out, "name", set->name);
    add_member(out, "title", set->title);
    add_member(out, "shape", set->shape);
    add_member(out, "also", set->also);
    add_member(out, "element", set->element);
    gc_add(out, "%s.list = %s", set->npi ? ".npi = true, " : "", set->count == 0 ? "X12_CODES_NONE" : set->list ? set->list : "X12_CODES_COMPLETE");
    if (set->count != 0)
        gc_add(out, ", .codes = {codes_%zu, sizeof codes_%zu - 1, %zu}", number, number, set->count);
    gc_add(out, "},\n");
}

bool gc_write_codes(x12i_buffer *out, const x12i_guide_source *sources, size_t count)
{
    codes_reader reader = {.sets = NULL};
    for (size_t i = 0; i < count; i++)
        if (!read_source(&reader, &sources[i]))
            return false;
    if (!check_sets(&reader))
        return false;
    gc_add(out, "/* Made by guidec from grammar/codes/: the code sets that are built in, with labels of our own. */\n#include \"codes/codes.h\"\n");
    for (size_t i = 0; i < reader.count; i++)
        write_codes(out, &reader.sets[i], i);
    gc_add(out, "\nconst x12_code_set x12i_code_sets[] = {\n");
    for (size_t i = 0; i < reader.count; i++)
        write_entry(out, &reader.sets[i], i);
    gc_add(out, "};\nconst size_t x12i_code_set_count = %zu;\n", reader.count);
    return true;
}
