#include "cli/options.h"
#include <stdio.h>
#include <string.h>

typedef struct option_text {
    const char *name;
    char letter;
    const char *value; /* what its value is called; NULL: it takes none */
    const char *help;
    bool again;        /* it may be given again and again: see cli_arguments.given */
    bool twofold;      /* it takes a second value */
} option_text;

static const option_text options[CLI_OPTION_COUNT] = {
    [CLI_AS] = {"as", 0, "error|warning|note CODE", "count findings of this code as such; may be given again", true, true},
    [CLI_CHARSET] = {"charset", 0, "NAME", "character set of the input; without it, told by the first bytes"},
    [CLI_CHECK_FORMAT] = {"format", 0, "text|json|sarif|edi", "findings for people, one JSON object a line, one SARIF document, or each under its segment in the file"},
    [CLI_DATE] = {"date", 0, "YYYY-MM-DD[THH:MM]", "for envelope dates that were left out; without it SOURCE_DATE_EPOCH, then now"},
    [CLI_FAIL_ON] = {"fail-on", 0, "error|warning", "the least severity that makes the exit status 1; error without it"},
    [CLI_FORMAT] = {"format", 0, "text|json", "how findings are written to stderr: for people, or one JSON object a line"},
    [CLI_HELP] = {"help", 'h', NULL, "this page"},
    [CLI_LEVEL] = {"level", 0, "N", "tell only of findings up to this SNIP level, 1 to 7; all without it"},
    [CLI_LINES] = {"lines", 'l', NULL, "one JSON object a line instead of one document"},
    [CLI_MAX_FINDINGS] = {"max-findings", 0, "N", "findings shown for each file, 100 without it; the rest is only counted"},
    [CLI_OFF] = {"off", 0, "CODE", "tell nothing of this code; may be given again", true},
    [CLI_ONLY] = {"only", 0, "CODE", "tell only of this code; may be given again", true},
    [CLI_OUTPUT] = {"output", 'o', "FILE", "write there instead of stdout: all of it, or nothing"},
    [CLI_RULES] = {"rules", 0, NULL, "list every code, its severity, SNIP level, acknowledgment codes and text"},
    [CLI_SCHEMA] = {"schema", 0, NULL, "print the JSON Schema of the output; of one transaction, when it is named"},
    [CLI_STRICT] = {"strict", 0, NULL, "write nothing when there is any finding"},
    [CLI_TREE] = {"tree", 't', NULL, "loops, indented, with their segments; no elements"},
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum { LONGEST_WORD = 32 };

/* How many letters to change, add, drop or swap make one word the other. */
static size_t edit_distance(const char *from, const char *to)
{
    size_t rows[3][LONGEST_WORD + 1], from_length = strlen(from), to_length = strlen(to);
    if (from_length > LONGEST_WORD || to_length > LONGEST_WORD)
        return LONGEST_WORD;
    for (size_t j = 0; j <= to_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= from_length; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= to_length; j++) {
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] != to[j - 1]));
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[from_length % 3][to_length];
}

const char *cli_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t length = strlen(word), limit = length / 3 + 1, best = limit + 1;
    for (size_t i = 0; i < count; i++) {
        bool begins = length > 1 && strncmp(word, candidates[i], length) == 0;
        size_t distance = begins ? 0 : edit_distance(word, candidates[i]);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

static bool has(const cli_command *command, int option)
{
    return option == CLI_HELP || ((command->options >> option) & 1) != 0;
}

static bool refuse(const cli_command *command, const char *what, const char *word, const char *advice)
{
    fprintf(stderr, "remedi %s: %s%s%s\n", command->name, what, word, advice);
    return false;
}

static bool refuse_unknown(const cli_command *command, const char *name, size_t length)
{
    const char *known[CLI_OPTION_COUNT];
    size_t count = 0;
    char word[LONGEST_WORD + 1] = "";
    for (int i = 0; i < CLI_OPTION_COUNT; i++)
        if (has(command, i))
            known[count++] = options[i].name;
    if (length <= LONGEST_WORD)
        memcpy(word, name, length);
    const char *nearest = cli_nearest(word, known, count);
    if (nearest != NULL)
        fprintf(stderr, "remedi %s: there is no such option; did you mean --%s?\n", command->name, nearest);
    else
        fprintf(stderr, "remedi %s: there is no such option; see remedi %s --help\n", command->name, command->name);
    return false;
}

/* Index of the option, -1: the command has none of that name. */
static int find_long(const cli_command *command, const char *name, size_t length)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++)
        if (has(command, i) && strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

static int find_short(const cli_command *command, char letter)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++)
        if (has(command, i) && options[i].letter == letter)
            return i;
    return -1;
}

static bool keep_again(cli_arguments *arguments, const cli_command *command, int option, char ***next, char **end)
{
    if (arguments->given_count == CLI_GIVEN_MAX)
        return refuse(command, "--", options[option].name, " is given too often");
    cli_given *given = &arguments->given[arguments->given_count++];
    *given = (cli_given){.option = (cli_option)option, .value = arguments->values[option]};
    if (!options[option].twofold)
        return true;
    if (*next == end)
        return refuse(command, "--", options[option].name, " needs two values");
    given->second = *(*next)++;
    return true;
}

/* The value is what is joined to the option, or else the next word, which is used up then. */
static bool take_value(cli_arguments *arguments, const cli_command *command, int option, const char *joined, char ***next, char **end)
{
    if (options[option].value == NULL) {
        arguments->values[option] = "";
        return joined == NULL || refuse(command, "--", options[option].name, " takes no value");
    }
    if (joined == NULL && *next == end)
        return refuse(command, "--", options[option].name, " needs a value");
    arguments->values[option] = joined ? joined : *(*next)++;
    return !options[option].again || keep_again(arguments, command, option, next, end);
}

static bool parse_long(cli_arguments *arguments, const cli_command *command, const char *name, char ***next, char **end)
{
    size_t length = strcspn(name, "=");
    int option = find_long(command, name, length);
    if (option < 0)
        return refuse_unknown(command, name, length);
    return take_value(arguments, command, option, name[length] == '=' ? name + length + 1 : NULL, next, end);
}

static bool parse_short(cli_arguments *arguments, const cli_command *command, const char *letters, char ***next, char **end)
{
    for (; *letters != '\0'; letters++) {
        int option = find_short(command, *letters);
        if (option < 0)
            return refuse_unknown(command, letters, strlen(letters));
        if (options[option].value != NULL)
            return take_value(arguments, command, option, letters[1] != '\0' ? letters + 1 : NULL, next, end);
        arguments->values[option] = "";
    }
    return true;
}

bool cli_parse(cli_arguments *arguments, const cli_command *command, char **words, size_t count)
{
    char **next = words, **end = words + count;
    bool only_operands = false;
    *arguments = (cli_arguments){.operands = words};
    while (next < end) {
        char *word = *next++;
        bool right = true;
        if (only_operands || word[0] != '-' || word[1] == '\0')
            arguments->operands[arguments->operand_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            right = parse_long(arguments, command, word + 2, &next, end);
        else
            right = parse_short(arguments, command, word + 1, &next, end);
        if (!right)
            return false;
    }
    return true;
}

void cli_print_options(const cli_command *command)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (!has(command, i))
            continue;
        const option_text *option = &options[i];
        char letter[] = {'-', option->letter, ',', ' ', '\0'};
        printf("  %s--%s%s%s\n        %s\n", option->letter ? letter : "    ", option->name, option->value ? " " : "", option->value ? option->value : "", option->help);
    }
}
