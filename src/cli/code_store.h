/* The folder of loaded code sets: one file for each edition, SET.codes or SET-CCYYMMDD.codes. */
#ifndef REMEDI_CLI_CODE_STORE_H
#define REMEDI_CLI_CODE_STORE_H

#include "cli/input.h"
#include <remedi/codes.h>

/* Its path, which the caller frees. NULL, and reported: there is none, or no memory. */
char *cli_codes_folder(const cli_arguments *arguments, cli_report *report);
/* The files in the folder that may be editions of `set` (NULL: of any). No folder: no files. False: reported. */
bool cli_find_editions(cli_files *files, const char *folder, const x12_code_set *set, cli_report *report);
/* Loads a file. False: reported. */
bool cli_load_codes(x12_codes *codes, const cli_file *file, cli_report *report);
/* Loads all that is there; the caller frees `*codes`. False: reported. */
bool cli_open_codes(x12_codes **codes, const cli_arguments *arguments, cli_report *report);
/* A day as options spell it; false where it is none. */
bool cli_read_day(const char *text, uint32_t *day);

#endif
