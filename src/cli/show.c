#include "cli/options.h"
static int run(const cli_arguments *a) { (void)a; return 0; }
const cli_command cli_show = {.name = "show", .summary = "Shows X12 segment by segment", .usage = "", .details = "", .run = run};
