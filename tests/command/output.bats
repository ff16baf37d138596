#!/usr/bin/env bats
# What becomes of the output when something fails.
load helper

@test "-o: the file is there whole, for nobody else to read" {
    remittance >a.835
    "$REMEDI" json a.835 -o a.json
    "$REMEDI" json a.835 | cmp - a.json
    [ "$(stat -c %a a.json)" = 600 ]
    [ "$(ls | paste -sd' ')" = "a.835 a.json" ]
}

@test "-o may name the input itself" {
    remittance >a
    "$REMEDI" json a >expected
    "$REMEDI" json a -o a
    cmp a expected
}

@test "-o keeps a link a link, and a device a device" {
    remittance >a.835
    echo old >target
    ln -s target link
    "$REMEDI" json a.835 -o link
    [ -L link ]
    jq -e . target >/dev/null
    "$REMEDI" json a.835 -o /dev/null
    [ -c /dev/null ]
}

@test "-o where nothing can be written: one finding, exit 4" {
    remittance >a.835
    run --separate-stderr "$REMEDI" json a.835 -o nowhere/a.json
    [ "$status" -eq 4 ]
    [ "$(findings)" -eq 1 ]
    [[ "$stderr" == "nowhere/a.json: error[E9001]: "*"No such file or directory" ]]
}

@test "input that fails leaves the old file as it was" {
    echo old >a.json
    run --separate-stderr "$REMEDI" json nowhere -o a.json
    [ "$status" -eq 3 ]
    [ "$(ls)" = a.json ]
    [ "$(cat a.json)" = old ]
}

@test "a full disk: one finding, exit 4" {
    [ -c /dev/full ] || skip "NOT RUN: no /dev/full"
    long_remittance 1 >short.835
    long_remittance 2000 >long.835
    for size in short long; do
        for command in json "json --lines" show; do
            run --separate-stderr sh -c "'$REMEDI' $command $size.835 >/dev/full"
            [ "$status" -eq 4 ]
            [ "$(findings)" -eq 1 ]
            run --separate-stderr "$REMEDI" show $size.835 -o /dev/full
            [ "$status" -eq 4 ]
        done
    done
    run --separate-stderr sh -c "'$REMEDI' json --schema >/dev/full"
    [ "$status" -eq 4 ]
    run --separate-stderr sh -c "'$REMEDI' --help >/dev/full"
    [ "$status" -eq 4 ]
}

@test "a reader that went away: one finding, exit 4, no signal" {
    long_remittance 2000 >a.835
    for command in json "json --lines" show; do
        run --separate-stderr bash -c "'$REMEDI' $command a.835 | head -c 10 >/dev/null; exit \${PIPESTATUS[0]}"
        [ "$status" -eq 4 ]
        [ "$(findings)" -eq 1 ]
        [[ "$stderr" == *"Broken pipe"* ]]
    done
}

@test "stdin that is a folder: one finding, exit 3" {
    for command in json x12 show; do
        run --separate-stderr sh -c "'$REMEDI' $command </"
        [ "$status" -eq 3 ]
        [ "$(findings)" -eq 1 ]
    done
}

@test "a folder that may not be read" {
    [ "$(id -u)" -ne 0 ] || skip "root reads everything"
    mkdir -m 0 in
    run --separate-stderr "$REMEDI" json --lines in
    [ "$status" -eq 3 ]
    [ "$(findings)" -eq 1 ]
}

@test "the n-th read fails: one finding, exit 3, no file" {
    long_remittance 2000 >a.835
    "$REMEDI" json a.835 >a.json
    for number in 1 2 3; do
        run_failing read $number 5 json a.835 -o out
        [ "$status" -eq 3 ]
        [ "$(findings)" -eq 1 ]
        [[ "$stderr" == "a.835: error[E1002]: "*"Input/output error"* ]]
        run_failing read $number 5 x12 a.json -o out
        [ "$status" -eq 3 ]
        [ "$(findings)" -eq 1 ]
        [ "$(ls | paste -sd' ')" = "a.835 a.json faults.so" ]
    done
}

@test "the n-th write fails: one finding, exit 4, no file" {
    long_remittance 2000 >a.835
    for number in 1 2; do
        run_failing write $number 28 json a.835 -o out
        [ "$status" -eq 4 ]
        [ "$(ls | paste -sd' ')" = "a.835 faults.so" ]
    done
    [[ "$stderr" == "out: error[E9001]: "*"No space left on device"* ]]
}

@test "an interrupted read or write goes on" {
    remittance >a.835
    "$REMEDI" json a.835 >expected
    for call in read write; do
        run_failing $call 1 4 json a.835
        [ "$status" -eq 0 ]
        diff <(echo "$output") expected
    done
}

@test "closing or renaming fails: exit 4, no file" {
    remittance >a.835
    run_failing rename 1 13 json a.835 -o out
    [ "$status" -eq 4 ]
    [ "$(findings)" -eq 1 ]
    run_failing close 2 5 json a.835 -o out
    [ "$status" -eq 4 ]
    [ "$(findings)" -eq 1 ]
    [ "$(ls | paste -sd' ')" = "a.835 faults.so" ]
    run_failing close 2 5 json a.835
    [ "$status" -eq 4 ]
    [ "$(findings)" -eq 1 ]
}

@test "a signal takes the unfinished file away" {
    mkfifo pipe
    for signal in INT TERM HUP; do
        # a job in the background ignores INT, what nohup starts HUP, and so would its program
        env --default-signal=INT,TERM,HUP "$REMEDI" json pipe -o out 3>&- &
        running=$!
        exec 9<>pipe
        for ((i = 0; i < 100; i++)); do
            [ "$(ls | wc -l)" -eq 1 ] || break
            sleep 0.05
        done
        [ "$(ls | wc -l)" -eq 2 ]
        kill -$signal $running
        wait $running && result=0 || result=$?
        exec 9>&-
        [ $result -gt 128 ]
        [ "$(ls)" = pipe ]
    done
}

@test "memory does not grow with the file" {
    [ -z "${INSTRUMENTED:-}" ] || skip "a sanitizer needs its own memory"
    for size in 100 20000; do
        long_remittance $size >a.835
        (ulimit -v 40000; "$REMEDI" json a.835) >a.json
        (ulimit -v 40000; "$REMEDI" x12 a.json) | cmp - a.835
        (ulimit -v 40000; "$REMEDI" show a.835) >/dev/null
    done
}
