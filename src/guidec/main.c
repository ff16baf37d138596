/* guidec: from guide files to C structs, tables, and pages. */
#include "base/arena.h"
#include "guidec/guidec.h"
#include <stdio.h>
#include <stdlib.h>

static int usage(void)
{
    fputs("usage: guidec header|tables|dump|reference -o OUT DICTIONARY GUIDE\n"
          "       guidec index -o OUT DICTIONARY GUIDE...\n"
          "       guidec codes -o OUT CODES...\n", stderr);
    return 2;
}

static bool read_file(const char *name, x12i_guide_source *source)
{
    x12i_buffer text = {0};
    FILE *file = fopen(name, "rb");
    size_t count = 1;
    while (file != NULL && count != 0 && x12i_buffer_reserve(&text, 65536)) {
        count = fread(text.data + text.length, 1, 65536, file);
        text.length += count;
    }
    bool read = file != NULL && !ferror(file) && !text.failed;
    if (file != NULL)
        fclose(file);
    if (!read)
        fprintf(stderr, "guidec: cannot read %s\n", name);
    x12i_buffer_add_byte(&text, '\0');
    *source = (x12i_guide_source){name, text.data, text.length - 1};
    return read;
}

/* Under a temporary name first, so that nobody ever sees half a file. */
static bool write_file(const char *name, const x12i_buffer *text)
{
    char *temporary = gc_text("%s.tmp", name);
    FILE *file = fopen(temporary, "wb");
    bool written = file != NULL && fwrite(text->data, 1, text->length, file) == text->length;
    written = file != NULL && fclose(file) == 0 && written && rename(temporary, name) == 0;
    if (!written)
        fprintf(stderr, "guidec: cannot write %s\n", name);
    free(temporary);
    return written;
}

static x12i_gguide *read_guide(x12_arena *arena, const x12i_guide_source *dictionary, const char *name)
{
    x12i_guide_source source;
    x12i_guide_error error;
    if (!read_file(name, &source))
        return NULL;
    x12i_gguide *guide = x12i_guide_read(arena, dictionary, &source, &error);
    if (guide == NULL)
        fprintf(stderr, "%s:%u:%u: %s\n", error.place.file, error.place.line, error.place.column, error.message);
    return guide;
}

void gc_write_index(x12i_buffer *out, const x12i_gguide *const *guides, size_t count)
{
    gc_add(out, "/* Made by guidec: the guides that are built in. */\n#include \"guide/descriptor.h\"\n\n");
    for (size_t i = 0; i < count; i++)
        gc_add(out, "extern const x12i_guide x12i_guide_%s;\n", guides[i]->prefix);
    gc_add(out, "\nconst x12i_guide *const x12i_guides[] = {\n");
    for (size_t i = 0; i < count; i++)
        gc_add(out, "    &x12i_guide_%s,\n", guides[i]->prefix);
    gc_add(out, "};\nconst size_t x12i_guide_count = %zu;\n", count);
}

static bool write_one(const char *what, const x12i_gguide *guide, x12i_buffer *out)
{
    gc_types types;
    if (!gc_find_types(&types, guide))
        return false;
    if (strcmp(what, "header") == 0)
        gc_write_header(out, &types);
    else if (strcmp(what, "tables") == 0)
        gc_write_tables(out, &types);
    else if (strcmp(what, "dump") == 0)
        gc_write_dump(out, guide);
    else
        gc_write_reference(out, guide);
    return true;
}

static int compile_codes(char **names, size_t count, const char *output)
{
    x12i_buffer out = {0};
    x12i_guide_source *sources = calloc(count, sizeof *sources);
    bool right = sources != NULL;
    for (size_t i = 0; i < count && right; i++)
        right = read_file(names[i], &sources[i]);
    return right && gc_write_codes(&out, sources, count) && write_file(output, &out) ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const char *const commands[] = {"header", "tables", "dump", "reference", "index"};
    bool known = false;
    if (argc > 4 && strcmp(argv[1], "codes") == 0 && strcmp(argv[2], "-o") == 0)
        return compile_codes(argv + 4, (size_t)argc - 4, argv[3]);
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        known = known || strcmp(argv[1], commands[i]) == 0;
    if (!known || argc < 6 || strcmp(argv[2], "-o") != 0)
        return usage();
    x12i_guide_source dictionary;
    x12_arena *arena = x12_arena_new(NULL);
    x12i_buffer out = {0};
    size_t count = (size_t)argc - 5;
    const x12i_gguide **guides = calloc(count, sizeof *guides);
    if (arena == NULL || guides == NULL || !read_file(argv[4], &dictionary))
        return 1;
    for (size_t i = 0; i < count; i++)
        if ((guides[i] = read_guide(arena, &dictionary, argv[5 + i])) == NULL)
            return 1;
    if (strcmp(argv[1], "index") == 0)
        gc_write_index(&out, guides, count);
    else if (!write_one(argv[1], guides[0], &out))
        return 1;
    return write_file(argv[3], &out) ? 0 : 1;
}
