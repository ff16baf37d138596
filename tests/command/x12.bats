#!/usr/bin/env bats
load helper

hand_made='{"transaction":"835","paymentAmount":"0","headers":[{"claims":[{"patientControlNumber":"A1","statusCode":"1"}]}]}'

@test "JSON made by hand: the envelope, numbers and counts are filled in" {
    run --separate-stderr "$REMEDI" x12 --date 2024-02-29T23:59 <<<"$hand_made"
    [ "$status" -eq 0 ]
    [[ "$output" == ISA\**"*240229*2359*"* ]]
    [[ "$output" == *"GS*HP*"*"*20240229*2359*"*"*X*005010X221A1~"* ]]
    [[ "$output" == *"CLP*A1*1~"* ]]
}

@test "what it makes is X12 that it reads without a finding" {
    "$REMEDI" x12 --date 2024-02-29 <<<"$hand_made" >a.835
    run --separate-stderr "$REMEDI" json a.835
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "SOURCE_DATE_EPOCH makes the date, and --date goes before it" {
    SOURCE_DATE_EPOCH=951782400 run "$REMEDI" x12 <<<"$hand_made"
    [[ "$output" == ISA\**"*000229*0000*"* ]]
    SOURCE_DATE_EPOCH=951782400 run "$REMEDI" x12 --date 2024-01-01 <<<"$hand_made"
    [[ "$output" == ISA\**"*240101*0000*"* ]]
    SOURCE_DATE_EPOCH=yesterday run --separate-stderr "$REMEDI" x12 <<<"$hand_made"
    [ "$status" -eq 2 ]
}

@test "an edit wins, and the rest stays as it was" {
    remittance 'ZZZ*odd**~' >a.835
    "$REMEDI" json a.835 2>/dev/null | sed 's/"firstName":"JANE"/"firstName":"JOAN"/' | "$REMEDI" x12 | cmp - <(sed 's/JANE/JOAN/' a.835)
}

@test "what X12 cannot carry: where and why, exit 3, and no file" {
    while read -r code json; do
        run --separate-stderr "$REMEDI" x12 -o a.835 <<<"$json"
        [ "$status" -eq 3 ]
        [ "$(findings)" -eq 1 ]
        [[ "$stderr" =~ ^stdin:[12]:[0-9]+:\ error\[$code\] ]]
        [ -z "$(ls)" ]
    done <<'END'
E3001 {"transaction":"835",
E3001 {"transaction" "835"}
E3001 nothing
E3001 {"transaction":nothing}
E3002 {"transaction":"835","paymentAmout":"1"}
E3003 {"transaction":"835","paymentAmount":1}
E3005 {"transaction":"835","paymentAmount":"1","paymentAmount":"1"}
END
}

@test "an element separator of one's own brings the usual others" {
    run --separate-stderr "$REMEDI" x12 <<<'{"elementSeparator":"|","groups":[{"transactions":[{"transaction":"835","headers":[{"claims":[{"services":[{"procedure":{"qualifier":"HC","code":"99213"}}]}]}]}]}]}'
    [ "$status" -eq 0 ]
    [[ "${lines[0]}" == "ISA|"*"|^|00501|000000001|0|P|:~" ]]
    [[ "$output" == *"SVC|HC:99213~"* ]]
}

@test "a character that the character set has not: one finding, exit 3" {
    run --separate-stderr "$REMEDI" x12 -o a.835 <<<'{"charset":"ISO-8859-1","groups":[{"transactions":[{"transaction":"835","payer":{"name":"\u20ac"}}]}]}'
    [ "$status" -eq 3 ]
    [ "$(findings)" -eq 1 ]
    [[ "$stderr" == *"E3010"* ]]
    [ ! -e a.835 ]
}

@test "a finding in JSON has a path, made of names only" {
    run --separate-stderr "$REMEDI" x12 --format json <<<'{"transaction":"835","headers":[{"claims":[{},{"paidAmount":7}]}]}'
    [ "$status" -eq 3 ]
    [[ "$(jq -r .path <<<"$stderr")" == *"headers[0].claims[1].paidAmount"* ]]
}

@test "lines that are missing show" {
    remittance | "$REMEDI" json --lines | grep -v '"record":"claim"' >a.jsonl
    run --separate-stderr "$REMEDI" x12 -o a.835 a.jsonl
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"E3009"* ]]
    [ ! -e a.835 ]
}

@test "several inputs follow each other" {
    remittance >a.835
    "$REMEDI" json a.835 | tee a.json >b.json
    "$REMEDI" x12 a.json b.json | cmp - <(cat a.835 a.835)
}

@test "a folder: all JSON below it; the rest is passed over" {
    mkdir in
    remittance >in/a.835
    "$REMEDI" json in/a.835 >in/b
    run --separate-stderr "$REMEDI" x12 in
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    diff <(echo "$output") in/a.835
}

@test "--strict writes all, or nothing" {
    remittance | "$REMEDI" json >a.json
    run --separate-stderr "$REMEDI" x12 --strict a.json
    [ "$status" -eq 0 ]
    diff <(echo "$output") <(remittance)
    long_remittance 3000 | "$REMEDI" json --lines | sed '$d' >short.jsonl
    sed 's/"recordCount":"3000"/"recordCount":"3001"/' short.jsonl >wrong.jsonl
    run --separate-stderr "$REMEDI" x12 --strict wrong.jsonl
    [ "$status" -ne 0 ]
    [ -z "$output" ]
}

forbidden_claim() {
    sed 's/"birthDate": "1980-02-03"/"birthDate": "1980-02-31"/; s/"chargeAmount": "30"/"chargeAmount": "3O"/; s/"typeCode": "11"/"typeCode": "112233"/' \
        "$BATS_TEST_DIRNAME/../../samples/claim.json"
}

@test "--strict writes nothing that the guide forbids, and says what that is" {
    forbidden_claim >a.json
    run --separate-stderr "$REMEDI" x12 --strict a.json
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ "${stderr_lines[0]}" == "a.json: error[E4005]: "*" (segment 16, loop 2010BA, DMG02)" ]]
    [[ "$stderr" == *"(segment 24, loop 2400, SV102)"* ]]
    run --separate-stderr "$REMEDI" x12 --strict a.json -o out.x12 --format json
    [ "$status" -eq 1 ]
    [ "$(ls)" = a.json ]
    jq -e 'select(.code == "E4005") | .segment == "DMG" and .element == 2 and .line == null and .offset == null' <<<"${stderr_lines[0]}"
}

@test "without --strict what the guide forbids is written, and told of where the JSON says it: exit 1" {
    forbidden_claim >a.json
    run --separate-stderr "$REMEDI" x12 a.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"*112233:B:1*"* ]]
    [ "${#stderr_lines[@]}" -eq 3 ]
    [[ "${stderr_lines[0]}" == "a.json:22:52: error[E4005]: "*"subscribers[0].insured.birthDate)" ]]
    [[ "${stderr_lines[1]}" == "a.json:27:37: error[E4002]: "*"claims[0].facility.typeCode)" ]]
    [[ "${stderr_lines[2]}" == "a.json:38:31: error[E4004]: "*"claims[0].services[1].chargeAmount)" ]]
    run "$REMEDI" x12 a.json -o a.x12
    [ "$status" -eq 1 ]
    [ -s a.x12 ]
}

@test "each item of a run has codes of its own: a principal diagnosis comes first, and not again" {
    run --separate-stderr "$REMEDI" x12 "$BATS_TEST_DIRNAME/../../samples/claim.json"
    [ -z "$stderr" ]
    sed 's/"ABF"/"ABK"/' "$BATS_TEST_DIRNAME/../../samples/claim.json" >a.json
    run --separate-stderr "$REMEDI" x12 a.json
    [[ "$stderr" == "a.json:"*": error[E4010]: "*"diagnoses[1].qualifier)" ]]
}

@test "what comes of a file that is not right is the same file, and its values are told of again" {
    remittance | sed 's/CLP\*[^*]*\*1\*/CLP*PCN-1*77*/' >a.835
    "$REMEDI" json a.835 >a.json
    run --separate-stderr "$REMEDI" x12 a.json -o b.835
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"[E4010]"*"claims[0].statusCode)" ]]
    cmp a.835 b.835
}

@test "of a guide that is none of ours only what X12 itself forbids is told" {
    remittance | sed 's/005010X221A1/005010X999/; s/CLP\*[^*]*\*1\*/CLP*PCN-1*77*/' >a.835
    run --separate-stderr "$REMEDI" x12 <<<"$("$REMEDI" json a.835 2>/dev/null)"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    run --separate-stderr "$REMEDI" x12 <<<"$("$REMEDI" json a.835 2>/dev/null | sed 's/"statusCode":"77"/"statusCode":"777"/')"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"[E4002]"*"claims[0].statusCode)" ]]
}

@test "--strict checks each of several files that go to one output" {
    cp "$BATS_TEST_DIRNAME/../../samples/claim.json" a.json
    sed 's/"1980-02-03"/"1980-02-31"/' a.json >b.json
    run --separate-stderr "$REMEDI" x12 --strict a.json a.json
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    run --separate-stderr "$REMEDI" x12 --strict a.json b.json
    [ "$status" -eq 1 ]
    [[ "$stderr" == b.json:* ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
}

@test "a delimiter in a value: one finding, exit 3, no file" {
    sed 's/"code": "99213"/"code": "99:213"/' "$BATS_TEST_DIRNAME/../../samples/claim.json" >a.json
    run --separate-stderr "$REMEDI" x12 a.json -o out
    [ "$status" -eq 3 ]
    [[ "$stderr" == a.json:32:57:*"error[E3004]: "*".subscribers[0].claims[0].services[0].procedure.code)" ]]
    [ "$(ls)" = a.json ]
    run --separate-stderr "$REMEDI" x12 a.json
    [ "$status" -eq 3 ]
    [ -z "$output" ]
}

@test "a delimiter late in a stream: what stands before it are whole records" {
    long_remittance 3000 | "$REMEDI" json --lines | sed '2900s/"7722337"/"77*22337"/' >a.jsonl
    run --separate-stderr "$REMEDI" x12 a.jsonl
    [ "$status" -eq 3 ]
    [[ "$stderr" == a.jsonl:*"error[E3004]: "*".claim.patientControlNumber)" ]]
    records="${#lines[@]}"
    [ "$records" -gt 1000 ]
    long_remittance 3000 | head -n "$records" | diff - <(echo "$output")
    [[ "$(long_remittance 3000 | sed -n "$((records + 1))p")" == CLP* ]]
}

@test "a group of another guide than its transaction" {
    sed 's/"groups": *\[ *{/&"version":"005010X223A2",/' "$BATS_TEST_DIRNAME/../../samples/claim.json" | tr -d '\n' >a.json
    run --separate-stderr "$REMEDI" x12 a.json
    [ "$status" -eq 1 ]
    [[ "$stderr" == a.json:1:*"error[E4033]"*", groups[0].transactions[0].guide)"* ]]
    [[ "$output" == *005010X223A2*005010X222A1* ]]
}
