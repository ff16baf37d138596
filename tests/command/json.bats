#!/usr/bin/env bats
load helper

@test "a document, with names" {
    remittance >a.835
    run --separate-stderr "$REMEDI" json a.835
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(jq -r '.interchanges[0].groups[0].transactions[0].headers[0].claims[0].paidAmount' <<<"$output")" = 150 ]
}

@test "lines, each with its kind; the counts stand in the last of a transaction" {
    remittance | "$REMEDI" json --lines >a.jsonl
    [ "$(jq -r .record a.jsonl | paste -sd' ')" = "interchange group transaction header claim transactionEnd groupEnd interchangeEnd" ]
    [ "$(jq -r 'select(.record == "transactionEnd").segmentCount' a.jsonl)" = 15 ]
}

@test "both come back as the same bytes" {
    for file in clean dirty; do
        [ $file = clean ] && remittance >a.835 || { echo junk; remittance 'ZZZ*odd**~  CAS*CO*45*~'; echo; } >a.835
        "$REMEDI" json a.835 2>/dev/null | "$REMEDI" x12 | cmp - a.835
        "$REMEDI" json --lines a.835 2>/dev/null | "$REMEDI" x12 | cmp - a.835
    done
}

@test "the same input makes the same output, anywhere" {
    remittance >a.835
    "$REMEDI" json a.835 >one
    LC_ALL=C.UTF-8 TZ=Asia/Tokyo HOME=/ "$REMEDI" json <a.835 >other
    cmp one other
}

@test "errors in the data: all of the output, the finding with its address, exit 1" {
    remittance 'ZZZ*SECRET~' >a.835
    run --separate-stderr "$REMEDI" json a.835
    [ "$status" -eq 1 ]
    jq -e . <<<"$output"
    [ "$(findings)" -eq 1 ]
    [[ "$stderr" == "a.835:15:1: error[E2003]: "*"(byte "*", segment 13, loop 2100)" ]]
}

@test "no finding shows a value of the file" {
    remittance 'ZZZ*SECRET~QQQ*SECRET~REF*ZZ*SECRET~CAS*SECRET*SECRET*SECRET*******SECRET~' >a.835
    for format in text json; do
        run --separate-stderr "$REMEDI" json --format $format a.835
        [ "$(grep -c a.835 <<<"$stderr")" -ge 3 ]
        [[ "$stderr" != *SECRET* ]]
    done
}

@test "findings for machines: one JSON object a line" {
    remittance 'ZZZ*odd~' >a.835
    run --separate-stderr "$REMEDI" json --format json a.835
    [ "$(jq -c '[.code, .severity, .file, .line, .column, .segmentNumber, .loop]' <<<"$stderr")" = '["E2003","error","a.835",15,1,13,"2100"]' ]
}

@test "findings are limited for each file, and the rest is counted" {
    remittance "$(printf 'ZZZ*%d~' {1..120})" >a.835
    run --separate-stderr "$REMEDI" json a.835
    [ "$(findings)" -eq 100 ]
    [ "${stderr_lines[100]}" = "a.835: and 20 more" ]
    run --separate-stderr "$REMEDI" json --max-findings 3 a.835
    [ "$(findings)" -eq 3 ]
    [ "${stderr_lines[3]}" = "a.835: and 117 more" ]
    run --separate-stderr "$REMEDI" json --max-findings 0 --format json a.835
    [ "$stderr" = '{"notShown":120,"file":"a.835"}' ]
}

@test "no colors where stderr is no terminal" {
    remittance 'ZZZ*odd~' >a.835
    TERM=xterm run --separate-stderr "$REMEDI" json a.835
    [[ "$stderr" != *$'\e'* ]]
}

@test "colors on a terminal, but not with NO_COLOR" {
    type script >/dev/null || skip "NOT RUN: no script(1) to make a terminal"
    remittance 'ZZZ*odd~' >a.835
    TERM=xterm script -qec "'$REMEDI' json a.835 -o out" seen >/dev/null || true
    grep -q $'\e\\[31m' seen
    NO_COLOR=1 TERM=xterm script -qec "'$REMEDI' json a.835 -o out" seen >/dev/null || true
    run ! grep -q $'\e\\[' seen
}

@test "control characters of a file's name do not reach the terminal" {
    remittance 'ZZZ*odd~' >$'a\e[31m.835'
    run --separate-stderr "$REMEDI" json $'a\e[31m.835'
    [[ "$stderr" == 'a\u001b[31m.835:'* ]]
}

@test "what is not X12: one finding, exit 3, no output" {
    for text in "" "hello" '{"interchanges":[]}'; do
        printf '%s' "$text" >a.835
        run --separate-stderr "$REMEDI" json a.835
        [ "$status" -eq 3 ]
        [ -z "$output" ]
        [ "$(findings)" -eq 1 ]
        [[ "$stderr" == *"error[E1001]"* ]]
    done
}

@test "a file that is not there: one finding with the reason, exit 3" {
    run --separate-stderr "$REMEDI" json nowhere.835
    [ "$status" -eq 3 ]
    [ "$(findings)" -eq 1 ]
    [[ "$stderr" == "nowhere.835: error[E1002]: "*"No such file or directory" ]]
}

@test "stdin is - or nothing" {
    remittance >a.835
    "$REMEDI" json a.835 >expected
    "$REMEDI" json <a.835 | cmp - expected
    "$REMEDI" json - <a.835 | cmp - expected
}

@test "several inputs do not make one document" {
    remittance | tee a.835 >b.835
    run --separate-stderr "$REMEDI" json a.835 b.835
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--lines"*"-o"* ]]
}

@test "the lines of several files are one stream, from which all come back" {
    remittance | tee a.835 >b.835
    "$REMEDI" json --lines a.835 b.835 >both.jsonl
    [ "$(wc -l <both.jsonl)" -eq 16 ]
    "$REMEDI" x12 both.jsonl | cmp - <(cat a.835 b.835)
}

@test "a stream of several files ends at the first that cannot be read" {
    remittance | tee a.835 >c.835
    run --separate-stderr "$REMEDI" json --lines a.835 b.835 c.835
    [ "$status" -eq 3 ]
    [ "${#lines[@]}" -eq 8 ]
    run --separate-stderr "$REMEDI" json --lines a.835 b.835 c.835 -o out.jsonl
    [ "$status" -eq 3 ]
    [ ! -e out.jsonl ]
}

@test "a folder: all X12 below it, told by content, in the order of names; the rest is passed over" {
    mkdir -p in/deep in/.hidden
    remittance >in/b
    remittance | sed 's/7722337/OTHER/' >in/deep/a.txt
    remittance >in/.hidden/c.835
    echo "not X12" >in/a.835
    run --separate-stderr "$REMEDI" json --lines in
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(jq -r 'select(.record == "claim").patientControlNumber' <<<"$output" | paste -sd' ')" = "7722337 OTHER" ]
}

@test "a folder that links to itself is walked once" {
    mkdir in
    remittance >in/a
    ln -s ../in in/again
    run --separate-stderr "$REMEDI" json --lines in
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 8 ]
}

@test "-o with a folder: a file for each" {
    mkdir -p in/deep
    remittance >in/a.835
    remittance 'ZZZ*odd~' >in/deep/b.835
    echo "not X12" >in/deep/notes.txt
    run --separate-stderr "$REMEDI" json in -o out/
    [ "$status" -eq 1 ]
    [ "$(cd out && find . -type f | sort | paste -sd' ')" = "./a.835.json ./deep/b.835.json" ]
    "$REMEDI" x12 out -o back/
    diff -r in back -x notes.txt
}

@test "-o with a folder: one that fails does not stop the others" {
    mkdir out
    remittance >a.835
    run --separate-stderr "$REMEDI" json nowhere a.835 -o out
    [ "$status" -eq 3 ]
    [ "$(ls out)" = a.835.json ]
}

@test "-o with a folder: no output takes the place of another" {
    mkdir one two out
    remittance | tee one/a.835 >two/a.835
    run --separate-stderr "$REMEDI" json one/a.835 two/a.835 -o out
    [ "$status" -eq 2 ]
    [ -z "$(ls out)" ]
}

@test "the character set: told by itself, or as --charset says; kept for the way back" {
    remittance | sed 's/JANE/ZOË/' >utf8.835
    for charset in ISO-8859-1 IBM037 UTF-16LE; do
        iconv -f UTF-8 -t $charset utf8.835 >a.835 || skip "NOT RUN: iconv has no $charset"
        "$REMEDI" json --lines --charset $charset a.835 >a.jsonl
        jq -se 'map(select(.record == "claim"))[0].patient.firstName == "ZOË"' a.jsonl
        jq -se --arg charset $charset '.[0].charset == $charset' a.jsonl
        "$REMEDI" x12 a.jsonl | cmp - a.835
        "$REMEDI" json --lines a.835 | cmp - a.jsonl
    done
}

@test "output validates against the schema, document and lines" {
    "${PYTHON3:-/usr/bin/python3}" -c 'import jsonschema' 2>/dev/null || skip "NOT RUN: no python3-jsonschema"
    { echo junk; remittance 'ZZZ*odd**~  CAS*CO*45*~'; remittance; echo; } >a.835
    for form in "" --lines; do
        for guide in "" 835; do
            "$REMEDI" json --schema $form $guide >schema.json
            "$REMEDI" json $form ${guide:+--names} a.835 >a.json 2>/dev/null || [ $? -eq 1 ]
            "${PYTHON3:-/usr/bin/python3}" - schema.json a.json <<'PYTHON'
import json, jsonschema, sys
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
text = open(sys.argv[2]).read()
values = [json.loads(text)] if text.startswith('{"interchanges"') else [json.loads(line) for line in text.splitlines()]
for value in values:
    validator.validate(value)
    assert not validator.is_valid(dict(value, surprise=1))
PYTHON
        done
    done
}

@test "--names puts what codes mean beside them, and nothing of it comes back" {
    remittance >a.835
    run --separate-stderr "$REMEDI" json --names a.835
    [ "$status" -eq 0 ]
    [[ "$output" =~ '"statusCode":"1","statusCodeName":"Processed as primary"' ]]
    [[ "$output" =~ '"code":"45","codeName":"Above the fee schedule' ]]
    for form in "" --lines; do
        "$REMEDI" json --names $form a.835 | sed 's/Processed as primary/Said by somebody else/' | "$REMEDI" x12 | cmp - a.835
    done
    run "$REMEDI" json a.835
    [[ ! "$output" =~ statusCodeName ]]
}

@test "--names takes loaded code sets first" {
    remittance >a.835
    printf 'code,label\n45,Made up\n' | "$REMEDI" codes add adjustment-reason - --codes store
    run "$REMEDI" json --names --codes store a.835
    [[ "$output" =~ '"code":"45","codeName":"Made up"' ]]
}

@test "what speaks of a party stays with it, and is not taken for another's" {
    sed '/^NM1.72/a PRV*AT*PXC*208600000X~' "$BATS_TEST_DIRNAME/../../samples/claim-institutional-inpatient.837" >a.837
    run --separate-stderr "$REMEDI" json --lines a.837
    [ "$(jq -c 'select(.record == "claim").operatingPhysician.unmapped' <<<"$output")" = '[["PRV","AT","PXC","208600000X"]]' ]
    [ "$(jq -c 'select(.record == "billingProvider").otherProviders' <<<"$output")" = null ]
}
