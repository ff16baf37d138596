#!/usr/bin/env bats
load helper

order() {
    printf '%s\n' '00001 A00     0 Made up sickness' '00002 A000    1 Made up sickness, mild' '00003 A001    1 Made up sickness, grave'
}

setup() {
    mkdir "$BATS_TEST_TMPDIR/here"
    cd "$BATS_TEST_TMPDIR/here" || return 1
    export REMEDI_CODES="$PWD/store"
    order >order.txt
}

@test "what is built in is listed without a store" {
    run --separate-stderr "$REMEDI" codes
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ "$output" =~ "place-of-service "\ +[0-9]+\ +"built in"\ +"Place of service" ]]
    [[ "$output" =~ "cpt "\ +"0  shape only" ]]
    [ ! -e store ]
}

@test "a publication is loaded, listed, looked up by its day, and removed" {
    run --separate-stderr "$REMEDI" codes add icd10cm order.txt --from 2025-10-01
    [ "$status" -eq 0 ]
    [ "$output" = "icd10cm: 3 codes in $PWD/store/icd10cm-20251001.codes" ]
    run --separate-stderr "$REMEDI" codes list
    [[ "$output" =~ "icd10cm "\ +"3  2025-10-01  order.txt" ]]
    run --separate-stderr "$REMEDI" explain A00.0 A00
    [ "$status" -eq 0 ]
    [[ "$output" =~ "A000  ICD-10-CM diagnosis: Made up sickness, mild" ]]
    [[ "$output" =~ "heading" ]]
    run --separate-stderr "$REMEDI" codes remove icd10cm --from 2024-10-01
    [ "$status" -eq 1 ]
    run --separate-stderr "$REMEDI" codes remove icd10cm
    [ "$status" -eq 0 ]
    [ -z "$(ls store)" ]
    run --separate-stderr "$REMEDI" codes remove icd10cm
    [ "$status" -eq 1 ]
}

@test "the same edition again replaces it; another one stands beside it" {
    "$REMEDI" codes add icd10cm order.txt --from 20251001
    head -n 2 order.txt | "$REMEDI" codes add icd10cm - --from 2025-10-01
    "$REMEDI" codes add icd10cm order.txt --from 2024-10-01
    run "$REMEDI" codes list
    [ "$(grep -c '^icd10cm .*20..-10-01' <<<"$output")" -eq 2 ]
    [[ "$output" =~ "icd10cm "\ +"2  2025-10-01" ]]
}

@test "a file that does not fit is refused with its place, and what was loaded stays" {
    "$REMEDI" codes add icd10cm order.txt
    cp -r store before
    order | sed '3s/A001 /A0!1 /' >wrong.txt
    run --separate-stderr "$REMEDI" codes add icd10cm wrong.txt
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" =~ ^"wrong.txt:3:7: error[E7102]: " ]]
    [[ ! "$stderr" =~ "A0!1" ]]
    diff -r before store
}

@test "a damaged file of the store is named, and nothing is looked up" {
    "$REMEDI" codes add icd10cm order.txt
    echo more >>store/icd10cm.codes
    run --separate-stderr "$REMEDI" explain A000
    [ "$status" -eq 3 ]
    [[ "$stderr" =~ "store/icd10cm.codes: error[E7108]" ]]
}

@test "other files in the store are left alone" {
    mkdir store
    echo anything >store/notes.txt
    run --separate-stderr "$REMEDI" codes list
    [ "$status" -eq 0 ]
}

@test "wrong usage says what to type" {
    run --separate-stderr "$REMEDI" codes add icd10 order.txt
    [ "$status" -eq 2 ]
    [[ "$stderr" =~ "did you mean icd10cm?" ]]
    run --separate-stderr "$REMEDI" codes add icd10cm order.txt --from 2025-13-01
    [ "$status" -eq 2 ]
    [[ "$stderr" =~ "--from 2025-10-01" ]]
    run --separate-stderr "$REMEDI" codes add icd10cm
    [ "$status" -eq 2 ]
    [[ "$stderr" =~ "remedi codes add icd10cm" ]]
    run --separate-stderr "$REMEDI" codes load
    [ "$status" -eq 2 ]
    [[ "$stderr" =~ "list, add or remove" ]]
    run --separate-stderr "$REMEDI" codes add icd10cm no-such-file
    [ "$status" -eq 3 ]
    [ ! -e store ]
}

@test "the store can be named, and follows XDG" {
    "$REMEDI" codes add icd10cm order.txt --codes elsewhere
    [ -e elsewhere/icd10cm.codes ]
    unset REMEDI_CODES
    XDG_DATA_HOME="$PWD/data" "$REMEDI" codes add icd10cm order.txt
    [ -e data/remedi/codes/icd10cm.codes ]
    env -u XDG_DATA_HOME HOME="$PWD/home" "$REMEDI" codes add icd10cm order.txt
    [ -e home/.local/share/remedi/codes/icd10cm.codes ]
}
