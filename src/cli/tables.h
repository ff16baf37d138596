/* Folders of CSV tables: to read from, and to make. */
#ifndef REMEDI_CLI_TABLES_H
#define REMEDI_CLI_TABLES_H

#include "cli/input.h"
#include <remedi/csv.h>

typedef struct cli_table_files cli_table_files;

/* The tables in the folder that the input is. NULL when out of memory. */
cli_table_files *cli_find_tables(cli_input *input);
void cli_forget_tables(cli_table_files *files);
x12_tables_input cli_reading_tables(cli_table_files *files);
/* Tells the reader of each table in the folder; a finding for those that no guide has. */
x12_status cli_expect_tables(cli_table_files *files, x12_tables_reader *reader, cli_report *report);

/* remedi csv --tables: all inputs to the tables of one new folder, or nothing. Returns the exit code. */
int cli_write_tables(const cli_arguments *arguments);

#endif
