/* Files, folders and stdin to read from. */
#ifndef REMEDI_CLI_INPUT_H
#define REMEDI_CLI_INPUT_H

#include "cli/report.h"
#include <remedi/io.h>

typedef struct cli_file {
    char *path;       /* "-": stdin */
    const char *name; /* within path: from below the folder that was walked, or only the last part */
    bool walked;
    bool tables;      /* a folder of CSV tables, which is read as one */
} cli_file;

typedef struct cli_files {
    cli_file *items;
    size_t count;
    size_t capacity;
    bool folders; /* one of the operands was a folder */
} cli_files;

/* The files that the operands name, folders walked (but for those that hold tables) in strcmp order without hidden files; stdin where there are none. Operands that do not
   exist are kept: opening them fails. False when a folder cannot be read, or out of memory; it was reported. */
bool cli_find_files(cli_files *files, const cli_arguments *arguments, cli_report *report);
void cli_free_files(cli_files *files);

/* Whether `path` is a folder of CSV tables, as remedi csv --tables makes it. */
bool cli_is_tables(const char *path);

typedef struct cli_input {
    int descriptor;
    cli_report *report;
    bool tables;       /* the descriptor is that of a folder of tables */
    char first[256];   /* what was looked at before it was asked for */
    size_t first_size;
    size_t first_used;
} cli_input;

/* Begins the file's report too. False when it cannot be opened: reported. */
bool cli_open_input(cli_input *input, const cli_file *file, cli_report *report);
void cli_close_input(cli_input *input);
/* The first byte that is no blank, as far as it is near the front; it is read again. '\0': none. */
char cli_first_byte(cli_input *input);
/* Whether it is JSON, as that byte tells. */
bool cli_begins_json(cli_input *input);
x12_input cli_reading(cli_input *input);

#endif
