#include "cli/check_show.h"

static bool read_file(x12_sent *sent, const cli_file *file, const char *charset, cli_report *report)
{
    const x12_reader_options options = {.findings = cli_ending_findings(report), .charset = charset};
    cli_input input;
    if (!cli_open_input(&input, file, report))
        return false;
    x12_status status = x12_sent_read(sent, cli_reading(&input), &options);
    cli_close_input(&input);
    return cli_report_end(report, status) == CLI_FINE;
}

bool cli_read_sent(x12_sent **sent, const cli_arguments *arguments, cli_report *report)
{
    char *path = (char *)(uintptr_t)arguments->values[CLI_OF];
    const cli_arguments operand = {.operands = &path, .operand_count = 1};
    cli_files files;
    if (path == NULL)
        return true;
    bool read = cli_find_files(&files, &operand, report);
    if (read && x12_sent_new(sent, NULL) != X12_OK) {
        cli_report_failure(report, X12_FINDING_NO_MEMORY, path, 0);
        read = false;
    }
    for (size_t i = 0; i < files.count && read; i++)
        read = read_file(*sent, &files.items[i], arguments->values[CLI_CHARSET], report);
    cli_free_files(&files);
    return read;
}
