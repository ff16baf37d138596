#!/bin/sh
# Builds Remedi in several ways and runs every test; the last line has the totals.
set -eu
cd "$(dirname "$0")"
.ci/install gcc libc6-dev make autoconf automake libtool pkg-config gettext re2c check bats jq \
    clang libclang-rt-14-dev valgrind python3-jsonschema g++ sqlite3 time

failed=

# step NAME COMMAND...: goes on after a failure, to see the others too.
step() {
    echo "== $1"
    name=$1
    shift
    "$@" || failed="$failed [$name]"
}

# tests FOLDER [TARGET]: shows what did not pass, and the totals.
tests() {
    result=0
    make -C "$1" -j2 "${2:-check}" > "$1/check.output" 2>&1 || result=$?
    grep -aE '^(FAIL|ERROR|XPASS|SKIP):|^# (TOTAL|PASS|SKIP|FAIL|ERROR)|error: |\*\*\*' "$1/check.output" || :
    return $result
}

memory() {
    (cd build-gcc && srcdir=.. CK_FORK=no valgrind -q --error-exitcode=9 --leak-check=full tests/unit/unit) \
        > build-gcc/valgrind.output 2>&1 || { grep -aE '^(not ok|==)' build-gcc/valgrind.output; return 1; }
}

# Results of an earlier run must not count when this one cannot build.
find . -path './build-*' -name '*.trs' -exec rm -f {} +

step "gcc: build without a warning" .ci/build build-gcc --enable-werror
step "gcc: every test" tests build-gcc
step "clang: build without a warning" .ci/build build-clang CC=clang --enable-werror --disable-shared
step "gcc with sanitizers: build without a warning" .ci/build build-sanitizers --enable-sanitizers --enable-werror --disable-shared
step "sanitizers: every test" tests build-sanitizers
step "valgrind: unit tests" memory
step "release: make distcheck" tests build-gcc distcheck

test -z "$failed" || echo "== FAILED:$failed"
tests/summary build-gcc build-sanitizers && test -z "$failed"
