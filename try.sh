#!/bin/sh
# try.sh [FILE]: builds Remedi in build/, and shows a remittance, or the X12 file given, translated.
set -eu
top=$(cd "$(dirname "$0")" && pwd)
"$top/.ci/install" gcc libc6-dev make autoconf automake libtool pkg-config gettext re2c
"$top/.ci/build" build

# show SENTENCE COMMAND...: says it, and runs it.
show() {
    printf '\n%s\n$ remedi' "$1"
    shift
    printf ' %s' "$@"
    printf '\n\n'
    "$top/build/remedi" "$@"
}

if test $# -gt 0; then
    show "$1, loop by loop:" show --tree "$1"
    show "As JSON, a line for each claim, subscriber, or whatever its records are:" json --lines "$1"
    exit
fi
cd "$top"
sample=samples/remittance-denied-partly.835
columns=patient_control_number,service_from,procedure_code,charge,allowed,paid,codes,remarks
show "A remittance, loop by loop:" show --tree $sample
show "What was paid on each service line, and why not all of it:" csv --columns $columns $sample
show "What the codes say:" explain CO-45 CO-151 CO-197 PR-2 N362 M62
show "As JSON, in which every element has a name; remedi x12 makes the same bytes of it again:" json $sample
printf '\nREADME.md has more; build/remedi --help lists the commands.\n'
