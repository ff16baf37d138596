/* The language of views: doc/csv.md. */
#include "convert/view.h"
#include "base/text.h"
#include "model/formula_parser.h"
#include "model/structure.h"
#include <remedi/guide.h>
#include <stdio.h>
#include <string.h>

typedef struct view_reader {
    x12_view *view;
    x12i_formula_parser parser;
} view_reader;

static const char *const givens[X12I_GIVEN_COUNT] = {[X12I_GIVEN_FILE] = "file", [X12I_GIVEN_RECORD] = "record"};

static void *take(view_reader *reader, size_t size)
{
    void *memory = x12_arena_allocate(reader->view->arena, size);
    if (memory == NULL)
        x12i_formula_no_memory(&reader->parser);
    return memory;
}

/* The word at hand as a string, and on to the next. */
static const char *take_word(view_reader *reader)
{
    x12_text text = reader->parser.word.text;
    char *word = take(reader, text.length + 1);
    if (word != NULL)
        memcpy(word, text.data, text.length);
    x12i_formula_advance(&reader->parser);
    return word;
}

static bool expect(view_reader *reader, const char *word, const char *otherwise)
{
    bool there = x12i_formula_accept(&reader->parser, word);
    if (!there)
        x12i_formula_refuse(&reader->parser, otherwise);
    return there;
}

static const char *take_string(view_reader *reader, const char *otherwise)
{
    if (reader->parser.word.kind == X12I_LEXEME_STRING)
        return take_word(reader);
    x12i_formula_refuse(&reader->parser, otherwise);
    return NULL;
}

/* Ids of loops begin with a digit, but for ST. */
static bool at_loop_id(const view_reader *reader)
{
    const x12i_lexeme *word = &reader->parser.word;
    return word->kind == X12I_LEXEME_WORD || word->kind == X12I_LEXEME_NUMBER || x12i_formula_at(&reader->parser, "ST");
}

/* The name that some rows were given. */
static bool at_row_name(const view_reader *reader)
{
    for (unsigned i = 0; i < reader->view->kind_count; i++)
        if (reader->view->kinds[i]->name != NULL && x12i_is_text(reader->parser.word.text, reader->view->kinds[i]->name))
            return true;
    return false;
}

static bool at_choice(const view_reader *reader)
{
    return at_loop_id(reader) || at_row_name(reader);
}

/* ---- rows ---- */

static void add_kind(view_reader *reader, const x12_loop_type *type)
{
    x12_view *view = reader->view;
    x12i_row_kind *kind = view->kind_count < X12I_MOST_ROW_KINDS ? take(reader, sizeof *kind) : NULL;
    if (kind == NULL) {
        x12i_formula_refuse(&reader->parser, "a view has 32 kinds of rows at the most");
        return;
    }
    kind->type = type;
    view->kinds[view->kind_count++] = kind;
}

/* A loop may stand at several places of its guide: each has its rows. */
static void add_kinds(view_reader *reader)
{
    const x12i_guide *guide = reader->view->guide;
    unsigned before = reader->view->kind_count;
    for (unsigned i = 0; i < guide->loop_count; i++)
        if (x12i_is_text(reader->parser.word.text, guide->loops[i]->id))
            add_kind(reader, guide->loops[i]);
    if (reader->view->kind_count == before)
        x12i_formula_refuse_name(&reader->parser, "loop", reader->parser.word.text, "");
    x12i_formula_advance(&reader->parser);
}

static x12i_formula_subject subject_of(const view_reader *reader, const x12i_row_kind *kind)
{
    return (x12i_formula_subject){.arena = reader->view->arena, .loop = kind->type, .each = kind->each, .givens = givens, .given_count = X12I_GIVEN_COUNT};
}

/* Whether the path begins at what comes after the loops that are handed out one by one. */
static bool is_tail(const x12_loop_type *type, const x12i_path *path)
{
    const x12i_slot *slot = path->step_count ? path->steps[0].slot : NULL;
    return slot != NULL && path->hops == 0 && path->ups == 0 && slot - type->slots >= type->first_tail;
}

static void read_each(view_reader *reader, x12i_row_kind *kind)
{
    const x12i_formula_subject subject = subject_of(reader, kind);
    kind->each = x12i_path_parse(&reader->parser, &subject);
    if (kind->each == NULL)
        return;
    kind->at_end |= is_tail(kind->type, kind->each);
    if (kind->each->crossing != 0)
        x12i_formula_refuse(&reader->parser, "these come one by one: say rows of that loop instead");
    if (!x12i_formula_accept(&reader->parser, "or"))
        return;
    bool plain = kind->each->step_count == 1 && kind->each->hops == 0 && kind->each->ups == 0;
    if (!plain)
        x12i_formula_refuse(&reader->parser, "only what stands right in the loop can be missing: each NAME or none");
    else if (expect(reader, "none", "none is missing here: each NAME or none"))
        kind->nothing = take(reader, kind->each->steps[0].size);
}

static void read_conditions(view_reader *reader, x12i_row_kind *kind)
{
    if (x12i_formula_accept(&reader->parser, "at")) {
        expect(reader, "end", "end is missing here: at end");
        kind->at_end = true;
    }
    if (x12i_formula_accept(&reader->parser, "each"))
        read_each(reader, kind);
    if (reader->parser.failed || !x12i_formula_accept(&reader->parser, "when"))
        return;
    const x12i_formula_subject subject = subject_of(reader, kind);
    kind->when = x12i_formula_parse(&reader->parser, &subject);
    if (kind->when != NULL && kind->when->root->type != X12I_TRUTH)
        x12i_formula_refuse(&reader->parser, "a condition must stand before this: compare with something, or ask has(...)");
}

/* Back to where the parser was: what was read there for one kind of row is read again for another. */
static void go_back(view_reader *reader, const x12i_formula_parser *mark)
{
    reader->parser.lexer = mark->lexer;
    reader->parser.word = mark->word;
}

/* rows benefit 2110C 2110D each serviceTypeCodes or none when ... */
static void read_rows(view_reader *reader)
{
    unsigned first = reader->view->kind_count;
    const char *name = reader->parser.word.kind == X12I_LEXEME_NAME && !at_loop_id(reader) ? take_word(reader) : NULL;
    if (reader->view->column_count != 0)
        x12i_formula_refuse(&reader->parser, "rows are said before columns");
    else if (!at_loop_id(reader))
        x12i_formula_refuse(&reader->parser, "the id of a loop is missing here, as in rows 2110");
    while (!reader->parser.failed && at_loop_id(reader))
        add_kinds(reader);
    const x12i_formula_parser mark = reader->parser;
    for (unsigned i = first; i < reader->view->kind_count && !reader->parser.failed; i++) {
        reader->view->kinds[i]->name = name;
        go_back(reader, &mark);
        read_conditions(reader, reader->view->kinds[i]);
    }
}

/* ---- columns ---- */

/* The cell of one kind of row. The same formula may be wrong for one and right for another: which, the error says. */
static void read_cell(view_reader *reader, x12i_row_kind *kind)
{
    const x12i_formula_subject subject = subject_of(reader, kind);
    kind->cells[reader->view->column_count] = x12i_formula_parse(&reader->parser, &subject);
    x12i_formula_error *error = reader->parser.error;
    size_t used = strlen(error->text);
    if (reader->parser.failed && !error->memory && reader->view->kind_count > 1)
        snprintf(error->text + used, sizeof error->text - used, " (in a row of loop %s)", kind->type->id);
}

enum { MOST_IDS = 8 };

/* Which rows a formula is for. */
typedef struct row_choice {
    x12_text ids[MOST_IDS]; /* of their loops, or their names */
    unsigned id_count;      /* 0: all rows */
    x12_text within;        /* a loop around them; empty: any */
} row_choice;

static bool is_within(const x12_loop_type *type, x12_text id)
{
    while (type != NULL && !x12i_is_text(id, type->id))
        type = type->parent;
    return type != NULL;
}

static bool is_chosen(const row_choice *choice, const x12i_row_kind *kind)
{
    bool chosen = choice->id_count == 0;
    for (unsigned i = 0; i < choice->id_count && !chosen; i++)
        chosen = x12i_is_text(choice->ids[i], kind->type->id) || (kind->name != NULL && x12i_is_text(choice->ids[i], kind->name));
    return chosen && (choice->within.length == 0 || is_within(kind->type, choice->within));
}

/* One formula for all rows that it is for and that have none yet. */
static void read_cells(view_reader *reader, const row_choice *choice)
{
    const x12i_formula_parser mark = reader->parser;
    bool used = false;
    for (unsigned i = 0; i < reader->view->kind_count && !reader->parser.failed; i++) {
        x12i_row_kind *kind = reader->view->kinds[i];
        if (!is_chosen(choice, kind) || kind->cells[reader->view->column_count] != NULL)
            continue;
        used = true;
        go_back(reader, &mark);
        read_cell(reader, kind);
    }
    if (!used)
        x12i_formula_refuse(&reader->parser, "the view has no rows of this loop that want a formula");
}

/* 2400 within 2000C = formula */
static void read_cells_of_loops(view_reader *reader)
{
    row_choice choice = {.id_count = 0};
    while (at_choice(reader) && choice.id_count < MOST_IDS) {
        choice.ids[choice.id_count++] = reader->parser.word.text;
        x12i_formula_advance(&reader->parser);
    }
    if (x12i_formula_accept(&reader->parser, "within")) {
        choice.within = reader->parser.word.text;
        x12i_formula_advance(&reader->parser);
    }
    if (choice.id_count == 0)
        x12i_formula_refuse(&reader->parser, "= is missing here, or the ids of loops, as in 2110 = chargeAmount");
    else if (expect(reader, "=", "= is missing here, as in 2110 = chargeAmount"))
        read_cells(reader, &choice);
}

static bool is_new(const view_reader *reader)
{
    for (unsigned i = 0; i < reader->view->column_count; i++)
        if (x12i_is_text(reader->parser.word.text, reader->view->columns[i].name))
            return false;
    return true;
}

/* column charge "what was charged" = chargeAmount */
static void read_column(view_reader *reader)
{
    x12_view *view = reader->view;
    if (view->kind_count == 0)
        x12i_formula_refuse(&reader->parser, "say first what makes a row, as in rows 2110");
    else if (view->column_count == X12I_MOST_COLUMNS)
        x12i_formula_refuse(&reader->parser, "a view has 256 columns at the most");
    else if (reader->parser.word.kind != X12I_LEXEME_NAME || !is_new(reader))
        x12i_formula_refuse(&reader->parser, "a column has a name of its own: letters, digits and _");
    if (reader->parser.failed)
        return;
    x12i_column *column = &view->columns[view->column_count];
    column->name = take_word(reader);
    column->description = take_string(reader, "what the column is about is missing here: a \"text\"");
    if (reader->parser.failed)
        return;
    if (x12i_formula_accept(&reader->parser, "=")) {
        read_cells(reader, &(row_choice){.id_count = 0});
    } else {
        do
            read_cells_of_loops(reader);
        while (!reader->parser.failed && at_choice(reader));
    }
    view->chosen[view->column_count] = (uint16_t)view->column_count;
    view->chosen_count = ++view->column_count;
}

/* ---- the whole ---- */

static void read_head(view_reader *reader)
{
    x12i_formula_parser *parser = &reader->parser;
    if (!expect(reader, "view", "a view begins with view of 835 \"what its rows are\"") || !expect(reader, "of", "of is missing here: view of 835"))
        return;
    reader->view->guide = x12i_find_guide(parser->word.text, (x12_text){NULL, 0});
    if (reader->view->guide == NULL) {
        x12i_formula_refuse_name(parser, "guide", parser->word.text, "");
        return;
    }
    x12i_formula_advance(parser);
    reader->view->title = take_string(reader, "what its rows are is missing here: a \"text\"");
}

static void read_statement(view_reader *reader)
{
    if (x12i_formula_accept(&reader->parser, "rows"))
        read_rows(reader);
    else if (expect(reader, "column", "rows or column should stand here"))
        read_column(reader);
}

static bool has_rows_within(const x12_view *view, const x12_loop_type *type)
{
    for (unsigned i = 0; type != NULL && i < view->kind_count; i++)
        if (x12_loop_is_within(view->kinds[i]->type, type))
            return true;
    return false;
}

static bool map_loop(view_reader *reader, const x12_loop_type *type)
{
    x12i_view_loop *loop = &reader->view->loops[type->index];
    loop->slots = take(reader, type->slot_count * sizeof *loop->slots);
    for (unsigned i = 0; i < type->slot_count && loop->slots != NULL; i++)
        if (has_rows_within(reader->view, type->slots[i].loop))
            loop->slots[loop->slot_count++] = (uint16_t)i;
    for (const x12_loop_type *parent = type->parent; parent != NULL; parent = parent->parent)
        loop->depth++;
    return loop->slots != NULL;
}

static bool map_loops(view_reader *reader)
{
    x12_view *view = reader->view;
    view->loops = take(reader, view->guide->loop_count * sizeof *view->loops);
    bool mapped = view->loops != NULL;
    for (unsigned i = 0; i < view->guide->loop_count && mapped; i++)
        mapped = map_loop(reader, view->guide->loops[i]);
    for (unsigned i = view->kind_count; i-- > 0 && mapped;) {
        x12i_view_loop *loop = &view->loops[view->kinds[i]->type->index];
        view->kinds[i]->index = i;
        view->kinds[i]->next = loop->kinds[view->kinds[i]->at_end];
        loop->kinds[view->kinds[i]->at_end] = view->kinds[i];
    }
    return mapped;
}

x12_status x12i_view_read(x12_view *view, x12_text text, x12_view_error *error)
{
    x12i_formula_error wrong;
    view_reader reader = {.view = view};
    x12i_formula_parser_begin(&reader.parser, text, &wrong);
    read_head(&reader);
    while (!reader.parser.failed && reader.parser.word.kind != X12I_LEXEME_END)
        read_statement(&reader);
    if (!reader.parser.failed && view->column_count == 0)
        x12i_formula_refuse(&reader.parser, "the view has no columns");
    if (!reader.parser.failed && map_loops(&reader))
        return X12_OK;
    if (wrong.memory)
        return X12_ERROR_MEMORY;
    error->line = wrong.line;
    error->column = wrong.column;
    snprintf(error->text, sizeof error->text, "%s", wrong.text);
    return X12_ERROR_USAGE;
}
