#!/usr/bin/env bats
load helper

@test "no argument: how it is used, on stderr, exit 2" {
    run --separate-stderr "$REMEDI"
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ "$stderr" == *"usage: remedi COMMAND"* ]]
}

@test "--help names every command" {
    run --separate-stderr "$REMEDI" --help
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    for command in json x12 check ack show; do
        [[ "$output" == *"  $command "* ]]
    done
}

@test "each command has a --help of its own" {
    for command in json x12 check ack show; do
        run --separate-stderr "$REMEDI" "$command" --help
        [ "$status" -eq 0 ]
        [[ "$output" == "usage: remedi $command "*"--max-findings N"*"exit status"* ]]
    done
}

@test "--version is one line" {
    run "$REMEDI" --version
    [ "$status" -eq 0 ]
    [[ "$output" =~ ^remedi\ [0-9]+\.[0-9]+ ]]
    [ "${#lines[@]}" -eq 1 ]
}

@test "an unknown command: the nearest one" {
    run --separate-stderr "$REMEDI" jsno
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"did you mean remedi json?"* ]]
    run --separate-stderr "$REMEDI" sh
    [[ "$stderr" == *"did you mean remedi show?"* ]]
}

@test "a command that is like no other" {
    run --separate-stderr "$REMEDI" frobnicate
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"remedi --help"* ]]
}

@test "an unknown option: the nearest one of this command" {
    run --separate-stderr "$REMEDI" json --line
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--lines?"* ]]
    run --separate-stderr "$REMEDI" x12 --srict
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--strict?"* ]]
    run --separate-stderr "$REMEDI" show --lines
    [ "$status" -eq 2 ]
    [[ "$stderr" != *"--lines?"* ]]
}

@test "an option without its value, and a value for an option that has none" {
    run --separate-stderr "$REMEDI" json --output
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--output needs a value"* ]]
    run --separate-stderr "$REMEDI" json --lines=1
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--lines takes no value"* ]]
}

@test "values that are wrong" {
    for words in "json --format xml" "json --max-findings many" "json --charset klingon" "x12 --date today" "x12 --date 2019-02-29" "x12 --date 2019-01-01T24:00" "json --schema 835 837"; do
        run --separate-stderr "$REMEDI" $words </dev/null
        [ "$status" -eq 2 ]
        [ -n "$stderr" ]
    done
}

@test "options may stand behind files, and -- ends them" {
    remittance >-a.835
    run --separate-stderr "$REMEDI" json -l -- -a.835
    [ "$status" -eq 0 ]
    cp -- -a.835 a.835
    run --separate-stderr "$REMEDI" json a.835 -o a.json
    [ "$status" -eq 0 ]
    [ -s a.json ]
}

@test "an unknown guide: the nearest one" {
    run --separate-stderr "$REMEDI" json --schema 853
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"835"* ]]
}
