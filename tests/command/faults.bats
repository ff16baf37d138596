#!/usr/bin/env bats
# Each call to the system in turn fails: either it does not matter, or there is one finding, exit 3 or 4, and no file.
load helper

# each_call_fails OPTION COMMAND...: the command makes something under the name behind the option.
each_call_fails() {
    local option=$1 before call number failures
    shift
    before=$(ls)
    "$REMEDI" "$@" $option expected
    for call in open mkstemp mkdir read write close rename; do
        failures=0
        for number in 1 2 3 4 5 6 7 8; do
            run_failing $call $number 5 "$@" $option out
            if [ "$status" -eq 0 ]; then
                diff -r expected out
                rm -r out
            else
                [ "$status" -eq 3 ] || [ "$status" -eq 4 ]
                [ "$(findings)" -eq 1 ]
                failures=$((failures + 1))
            fi
            [ "$(ls -A | grep -vx -e expected -e faults.so)" = "$before" ]
        done
        [[ $failures -gt 0 || $call == mkdir || $call == mkstemp || $call == close ]]
    done
}

@test "json, at each call" {
    long_remittance 1500 >a.835
    each_call_fails -o json a.835
}

@test "json --lines, at each call" {
    long_remittance 1500 >a.835
    each_call_fails -o json --lines a.835
}

@test "x12, at each call" {
    long_remittance 300 >a.835
    "$REMEDI" json a.835 >a.json
    each_call_fails -o x12 a.json
}

@test "show, at each call" {
    long_remittance 300 >a.835
    each_call_fails -o show a.835
}

@test "csv, at each call" {
    long_remittance 300 >a.835
    each_call_fails -o csv a.835
}

@test "json of a claim, at each call" {
    cat "$BATS_TEST_DIRNAME"/../../samples/claim-institutional-inpatient.837 >a.837
    each_call_fails -o json a.837
}

@test "csv --tables, at each call" {
    remittance >a.835
    each_call_fails --tables csv a.835
}

@test "x12 of tables, at each call" {
    remittance >a.835
    "$REMEDI" csv --tables tables a.835
    each_call_fails -o x12 tables
}
