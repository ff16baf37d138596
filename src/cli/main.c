/* remedi: the command. */
#include "cli/options.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static const cli_command *const commands[] = {&cli_csv, &cli_json, &cli_x12, &cli_check, &cli_ack, &cli_show, &cli_explain, &cli_codes};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_usage(FILE *out)
{
    fputs("remedi reads and writes X12 005010, the EDI of US healthcare.\n\nusage: remedi COMMAND [OPTION...] [FILE...]\n\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-7s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nremedi COMMAND --help tells more; remedi --version, the version.\n", out);
}

static void print_help(const cli_command *command)
{
    printf("usage: remedi %s %s\n\n%s.\n\n%s\n", command->name, command->usage, command->summary, command->details);
    cli_print_options(command);
    puts("\nexit status: 0 fine; 1 done, but with errors in the data; 2 wrong usage; 3 input not readable, or not what it should be; 4 output not written");
}

/* What goes to stdout has only arrived when the last flush has. */
static int finish_stdout(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return CLI_FINE;
    perror("remedi: stdout");
    return CLI_UNWRITABLE;
}

static const cli_command *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int refuse_command(const char *name)
{
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    const char *nearest = cli_nearest(name, names, COMMAND_COUNT);
    if (nearest != NULL)
        fprintf(stderr, "remedi: there is no such command; did you mean remedi %s?\n", nearest);
    else
        fputs("remedi: there is no such command; see remedi --help\n", stderr);
    return CLI_USAGE;
}

static int run(const cli_command *command, char **words, size_t count)
{
    cli_arguments arguments;
    if (!cli_parse(&arguments, command, words, count))
        return CLI_USAGE;
    if (arguments.values[CLI_HELP] == NULL)
        return command->run(&arguments);
    print_help(command);
    return finish_stdout();
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_usage(stderr);
        return CLI_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_usage(stdout);
        return finish_stdout();
    }
    if (strcmp(name, "--version") == 0) {
        puts("remedi " PACKAGE_VERSION);
        return finish_stdout();
    }
    const cli_command *command = find_command(name);
    return command ? run(command, argv + 2, (size_t)argc - 2) : refuse_command(name);
}
