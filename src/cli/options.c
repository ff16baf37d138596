#include "cli/options.h"
#include "base/nearest.h"
#include <stdio.h>
#include <string.h>

typedef struct option_text {
    const char *name;
    char letter;
    const char *value; /* what its value is called; NULL: it takes none */
    const char *help;
} option_text;

/* Those that may be given again and again: see cli_arguments.given. And those that take a second value. */
static const bool again[CLI_OPTION_COUNT] = {[CLI_AS] = true, [CLI_OFF] = true, [CLI_ONLY] = true};
static const bool twofold[CLI_OPTION_COUNT] = {[CLI_AS] = true};

static const option_text options[CLI_OPTION_COUNT] = {
    [CLI_277CA] = {"277ca", 0, NULL, "for 837s: which claims are taken, and which are not"},
    [CLI_999] = {"999", 0, NULL, "for each functional group: which transactions are taken, and what is wrong with the others"},
    [CLI_AS] = {"as", 0, "error|warning|note CODE", "count findings of this code as such; may be given again"},
    [CLI_BAD_VALUES] = {"bad-values", 0, NULL, "a 999 repeats the wrong values (IK404): they may be patients' data"},
    [CLI_CHARSET] = {"charset", 0, "NAME", "character set of the input; without it, told by the first bytes"},
    [CLI_CHECK_FORMAT] = {"format", 0, "text|json|sarif|edi", "findings for people, one JSON object a line, one SARIF document, or each under its segment in the file"},
    [CLI_CODES] = {"codes", 0, "DIR", "the folder of loaded code sets; without it REMEDI_CODES, then XDG_DATA_HOME/remedi/codes or ~/.local/share/remedi/codes"},
    [CLI_CONTROL_NUMBER] = {"control-number", 0, "N", "of the first interchange and group written, 1 without it; the next follow"},
    [CLI_COLUMNS] = {"columns", 0, "NAME,NAME...", "only these columns, in this order"},
    [CLI_DATE] = {"date", 0, "YYYY-MM-DD[THH:MM]", "for envelope dates that were left out; without it SOURCE_DATE_EPOCH, then now"},
    [CLI_DIFFERENCES] = {"differences", 0, NULL, "say of balances by how much they are out: an amount worked out from the file's values"},
    [CLI_EXCEL] = {"excel", 0, NULL, "for spreadsheets: a byte order mark, CR LF, and no cell that would be run as a formula"},
    [CLI_FAIL_ON] = {"fail-on", 0, "error|warning", "the least severity that makes the exit status 1; error without it"},
    [CLI_FORMAT] = {"format", 0, "text|json", "how findings are written to stderr: for people, or one JSON object a line"},
    [CLI_FROM] = {"from", 0, "YYYY-MM-DD", "the first day of an edition, which is valid until the next one; without it on every day"},
    [CLI_GUIDE] = {"guide", 0, "NAME", "only what this guide says, as in --guide 835"},
    [CLI_HELP] = {"help", 'h', NULL, "this page"},
    [CLI_KEEP_GOING] = {"keep-going", 0, "REJECTS", "write what is right; rows of a claim or inquiry in which one is not go to this file"},
    [CLI_LEVEL] = {"level", 0, "N", "the highest SNIP level, 1 to 7, that is looked at"},
    [CLI_LINES] = {"lines", 'l', NULL, "one JSON object a line instead of one document"},
    [CLI_MAX_ERRORS] = {"max-errors", 0, "N", "errors that a 999 tells of for each transaction, 100 without it"},
    [CLI_LIST_COLUMNS] = {"list-columns", 0, NULL, "print the columns of every view, or of those that are named"},
    [CLI_MAX_FINDINGS] = {"max-findings", 0, "N", "findings shown for each file, 100 without it; the rest is only counted"},
    [CLI_NAMES] = {"names", 0, NULL, "beside each code what it means, where that is known: statusCodeName beside statusCode"},
    [CLI_OF] = {"of", 0, "FILE", "what is answered, for check a file or folder: it compares, show names the claims that refused segments are in"},
    [CLI_OFF] = {"off", 0, "CODE", "tell nothing of this code; may be given again"},
    [CLI_ONLY] = {"only", 0, "CODE", "tell only of this code; may be given again"},
    [CLI_OUTPUT] = {"output", 'o', "FILE", "write there instead of stdout: all of it, or nothing"},
    [CLI_PROFILE] = {"profile", 0, "FILE", "FILE... are rows of CSV; this file says what they do not: who sends, who gets, who bills"},
    [CLI_PROFILE_TEMPLATE] = {"profile-template", 0, "837P", "print a profile to fill in, of 270, 276, 837I or 837P"},
    [CLI_RULES] = {"rules", 0, NULL, "list every code, its severity, SNIP level, acknowledgment codes, the guides that have such a rule, and text"},
    [CLI_SCHEMA] = {"schema", 0, NULL, "print the JSON Schema of the output; of one transaction, when it is named"},
    [CLI_STRICT] = {"strict", 0, NULL, "check it against the guide, and write nothing when there is any finding"},
    [CLI_SUMMARY] = {"summary", 's', NULL, "of acknowledgments: what was refused, where and why, in words"},
    [CLI_TA1] = {"ta1", 0, NULL, "for each interchange: whether it is taken; without it only where ISA14 asks, or it is refused"},
    [CLI_TABLES] = {"tables", 0, "DIR", "make a new folder with a table for each kind of loop; remedi x12 DIR makes the X12 again"},
    [CLI_TREE] = {"tree", 't', NULL, "loops, indented, with their segments; no elements"},
    [CLI_VIEW] = {"view", 0, "NAME|FILE", "another view than that of the first transaction, or one of your own; see doc/csv.md"},
};

const char *cli_nearest(const char *word, const char *const *candidates, size_t count)
{
    return x12i_nearest(word, candidates, count);
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
    char word[X12I_LONGEST_WORD + 1] = "";
    for (int i = 0; i < CLI_OPTION_COUNT; i++)
        if (has(command, i))
            known[count++] = options[i].name;
    if (length <= X12I_LONGEST_WORD)
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
    if (!twofold[option])
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
    return !again[option] || keep_again(arguments, command, option, next, end);
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
