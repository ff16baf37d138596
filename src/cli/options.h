/* The command line: which commands there are, and what they were given. */
#ifndef REMEDI_CLI_OPTIONS_H
#define REMEDI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cli_option {
    CLI_277CA,
    CLI_999,
    CLI_AS,
    CLI_BAD_VALUES,
    CLI_CHARSET,
    CLI_CHECK_FORMAT,
    CLI_CODES,
    CLI_COLUMNS,
    CLI_CONTROL_NUMBER,
    CLI_DATE,
    CLI_EXCEL,
    CLI_DIFFERENCES,
    CLI_FAIL_ON,
    CLI_FORMAT,
    CLI_FROM,
    CLI_GUIDE,
    CLI_HELP,
    CLI_KEEP_GOING,
    CLI_LEVEL,
    CLI_LINES,
    CLI_LIST_COLUMNS,
    CLI_MAX_ERRORS,
    CLI_MAX_FINDINGS,
    CLI_NAMES,
    CLI_OF,
    CLI_OFF,
    CLI_ONLY,
    CLI_OUTPUT,
    CLI_PROFILE,
    CLI_PROFILE_TEMPLATE,
    CLI_RULES,
    CLI_SCHEMA,
    CLI_STRICT,
    CLI_SUMMARY,
    CLI_TA1,
    CLI_TABLES,
    CLI_TREE,
    CLI_VIEW,
    CLI_OPTION_COUNT
} cli_option;

enum { CLI_FINE, CLI_NO, CLI_USAGE, CLI_UNREADABLE, CLI_UNWRITABLE }; /* exit codes */

/* One of the options that may be given again and again. */
typedef struct cli_given {
    cli_option option;
    const char *value;
    const char *second; /* of an option with two values */
} cli_given;

enum { CLI_GIVEN_MAX = 64 };

typedef struct cli_arguments {
    const char *values[CLI_OPTION_COUNT]; /* NULL: not given; "" for one that takes no value; the last where there are several */
    cli_given given[CLI_GIVEN_MAX];
    size_t given_count;
    char **operands;
    size_t operand_count;
} cli_arguments;

typedef struct cli_command {
    const char *name;
    const char *summary;
    const char *usage;   /* what follows its name */
    const char *details; /* paragraphs for its help */
    uint64_t options;    /* bits 1 << cli_option; --help goes without saying */
    int (*run)(const cli_arguments *arguments);
} cli_command;

extern const cli_command cli_ack, cli_check, cli_codes, cli_csv, cli_explain, cli_json, cli_show, cli_x12;

/* Sorts the words behind the command into options and operands, of which `words` is the memory. False, and said on stderr, for a wrong one. */
bool cli_parse(cli_arguments *arguments, const cli_command *command, char **words, size_t count);
void cli_print_options(const cli_command *command);
/* The candidate that `word` is probably meant to be; NULL: none comes near. */
const char *cli_nearest(const char *word, const char *const *candidates, size_t count);

#endif
