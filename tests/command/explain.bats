#!/usr/bin/env bats
load helper

@test "an adjustment: its group and its reason" {
    run --separate-stderr "$REMEDI" explain CO-45
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "CO-45" ]
    [[ "${lines[1]}" =~ "Contractual obligation" ]]
    [[ "${lines[2]}" =~ "45 "\ +"Adjustment reason (CARC): Above the fee schedule" ]]
}

@test "remarks, in small letters, too" {
    run --separate-stderr "$REMEDI" explain n130
    [ "$status" -eq 0 ]
    [[ "$output" =~ "N130  Remark (RARC): See the plan's documents" ]]
}

@test "a word of several meanings: all of them; one set alone when it is named" {
    run --separate-stderr "$REMEDI" explain 11
    [[ "$output" =~ "Place of service: Office" ]]
    [[ "$output" =~ "Adjustment reason (CARC): Diagnosis does not go with the procedure" ]]
    run --separate-stderr "$REMEDI" explain place-of-service:11
    [ "${#lines[@]}" -eq 2 ]
    [[ "$output" =~ "Place of service: Office" ]]
}

@test "a set, whole" {
    run --separate-stderr "$REMEDI" explain adjustment-group
    [[ "$output" =~ "PR    Patient responsibility" ]]
    run --separate-stderr "$REMEDI" explain cpt
    [[ "$output" =~ "No list is built in" ]]
}

@test "an element: type, length, and its codes with what they mean" {
    run --separate-stderr "$REMEDI" explain CLP02
    [ "$status" -eq 0 ]
    [[ "$output" =~ "code, 1 to 2 characters, data element 1029" ]]
    [[ "$output" =~ "835   2100 statusCode, required: 1 " ]]
    [[ "$output" =~ "22    Reversal of an earlier payment" ]]
    run --separate-stderr "$REMEDI" explain SVC01-1 --guide 835
    [[ "$output" =~ "835   2110 qualifier, required: AD " ]]
    [[ ! "$output" =~ "277" ]]
}

@test "a qualifier: what each place takes" {
    run --separate-stderr "$REMEDI" explain DTM01 --guide 835
    [[ "$output" =~ "232   Claim statement begin" ]]
}

@test "a segment and a loop" {
    run --separate-stderr "$REMEDI" explain SVC
    [[ "$output" =~ "SVC02  chargeAmount: decimal number" ]]
    run --separate-stderr "$REMEDI" explain 2110 --guide 835
    [[ "$output" =~ "CAS adjustments, situational" ]]
}

@test "a finding: what it says, and what to do" {
    run --separate-stderr "$REMEDI" explain E1008
    [ "$status" -eq 0 ]
    [[ "$output" =~ "the interchange ends within a segment" ]]
    [[ "$output" =~ "What to do: the file may be cut off" ]]
    [[ "$output" =~ "TA105 023" ]]
}

@test "every finding has advice" {
    names=$(sed -n 's/^X12_FINDING([A-Z0-9_]*, \([0-9]*\), X12_\(.\).*/\2\1/p' "$top_srcdir/include/remedi/findings.def")
    [ "$(wc -w <<<"$names")" -gt 90 ]
    run --separate-stderr "$REMEDI" explain $names
    [ "$status" -eq 0 ]
    [ "$(grep -c 'What to do: .' <<<"$output")" -eq "$(wc -w <<<"$names")" ]
}

@test "what no list has: whose form it has" {
    run --separate-stderr "$REMEDI" explain 1999999984 E11.9
    [ "$status" -eq 0 ]
    [[ "$output" =~ "(NPI), and its check digit is right" ]]
    [[ "$output" =~ "E119  has the form of: ICD-10-CM diagnosis" ]]
}

@test "an unknown word: no, and what was probably meant" {
    run --separate-stderr "$REMEDI" explain place-of-servise
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ "$stderr" =~ "did you mean place-of-service?" ]]
    run --separate-stderr "$REMEDI" explain CO-45 nothing-at-all
    [ "$status" -eq 1 ]
    [[ "$output" =~ "fee schedule" ]]
    run --separate-stderr "$REMEDI" explain
    [ "$status" -eq 2 ]
    run --separate-stderr "$REMEDI" explain CLP --guide 999999
    [ "$status" -eq 2 ]
}
