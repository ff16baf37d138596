#!/usr/bin/env bats
load helper

@test "each element with its place and its name" {
    remittance >a.835
    run --separate-stderr "$REMEDI" show a.835
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ "$output" =~ " 2000/2100 adjustments "\ +"CAS*CO*45*50" ]]
    [[ "$output" =~ CAS03\ +"reasons[0].amount"\ +\"50\" ]]
    [[ "$output" =~ SVC01-3\ +"procedure.modifiers[0]"\ +\"25\" ]]
}

@test "every value of the file is shown" {
    remittance $'ZZZ*odd^e:f~\n' >a.835
    "$REMEDI" show a.835 2>/dev/null | sed -n 's/^                   .* "\(.*\)"$/\1/p' | sort >shown
    sed '1d; s/^[^*]*\*//; s/~$//' a.835 | tr '*:^' '\n\n\n' | grep . | sort >sent
    [ -s sent ]
    [ -z "$(comm -13 shown sent)" ]
}

@test "offsets are those of the bytes" {
    { echo junk; remittance; } >a.835
    "$REMEDI" show a.835 2>/dev/null | grep -E '^ *[0-9]+ +[0-9]+  ' >segments
    [ "$(wc -l <segments)" -eq 19 ]
    while read -r offset _ line; do
        id=${line%%\**}
        id=${id##* }
        [ "$(tail -c +$((offset + 1)) a.835 | head -c ${#id})" = "$id" ]
    done <segments
}

@test "bytes of no segment, before and after, are shown too" {
    { echo junk; remittance; printf '\n \n'; } >a.835
    run --separate-stderr "$REMEDI" show a.835
    [[ "$output" == *'bytes of no segment: "junk\u000a"'* ]]
    [[ "$output" == *'after the last: "\u000a\u000a \u000a"'* ]]
}

@test "what a program left behind the last segment is bytes, wherever it goes, and refuses nothing" {
    for left in '~' '~\n' '\x1a' '\r\n\x1a\r\n' '\0\0\0' 'EOF\n'; do
        { cat "$BATS_TEST_DIRNAME/../../samples/remittance-paid.835"; printf "$left"; } >a.835
        run --separate-stderr "$REMEDI" check a.835
        [ "$status" = 0 ]
        [[ "${lines[0]}" == a.835:*"[W1007]"* ]] && [[ "${lines[1]}" == *": 0 errors, 1 warning, 0 notes" ]]
        "$REMEDI" json a.835 2>/dev/null | "$REMEDI" x12 - | cmp - a.835
        "$REMEDI" json --lines a.835 2>/dev/null | "$REMEDI" x12 - | cmp - a.835
        rm -rf tables
        "$REMEDI" csv --tables tables a.835 2>/dev/null
        "$REMEDI" x12 tables | cmp - a.835
        [[ "$("$REMEDI" ack a.835 2>/dev/null)" != *'TA1*'*'*R*'* ]]
    done
}

@test "control and bidi characters, and bytes that are no characters, do not reach the terminal" {
    remittance $'ZZZ*a\e[31mb\u202ec\u009bd\x07e~' >a.835
    for form in "" --tree; do
        run --separate-stderr "$REMEDI" show $form a.835
        [[ "$output" == *'a\u001b[31mb\u202ec\u009bd\u0007e'* ]]
        run ! grep -q "[$(printf '\001-\010\013-\037\177')]" <<<"$output"
    done
}

@test "--tree: the loops, indented" {
    remittance >a.835
    run --separate-stderr "$REMEDI" show --tree a.835
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "ISA interchange" ]
    [ "${lines[4]}" = "    ST transaction 005010X221A1" ]
    [[ "$output" == *$'\n        2100 claim\n          CLP*7722337*'* ]]
    [[ "$output" == *$'\n          2110 service\n            SVC*HC:99214:25*200*150\n'* ]]
}

@test "--tree: each claim is a loop of its own" {
    long_remittance 3 | "$REMEDI" show --tree >tree
    [ "$(grep -c '2100 claim' tree)" -eq 3 ]
    [ "$(grep -c '2110 service' tree)" -eq 3 ]
    [ "$(grep -c '2000 header' tree)" -eq 1 ]
}

@test "a transaction that no guide knows" {
    remittance | sed 's/ST\*835/ST*850/; s/GS\*HP/GS*PO/' >a.850
    run --separate-stderr "$REMEDI" show --tree a.850
    [ "$status" -eq 0 ]
    [[ "$output" == *$'\n    ST transaction\n      ST*850*0001\n      BPR*'* ]]
    [[ "$stderr" == *"W2001"* ]]
}

@test "several files have their names above them" {
    remittance | tee a.835 >b.835
    run --separate-stderr "$REMEDI" show a.835 b.835
    [ "$(grep '^==' <<<"$output" | paste -sd' ')" = "== a.835 == b.835" ]
}

@test "--summary: what a 999 refuses, and where, in words" {
    run --separate-stderr "$REMEDI" show --summary "$BATS_TEST_DIRNAME/../../samples/acknowledgment-partly.999"
    [ "$status" -eq 0 ]
    cat >expected <<'END'
group 204, Claim (837) (HC)
  transaction 0001 (837): Accepted (A)
  transaction 0002 (837): Rejected (R): Segments in error (5)
    segment 31 (SV1 in 2400), claim MFP-2004, element 7-1: Required element missing (1); because of segment 22 (CLM in 2300), element 5-1 and segment 24 (HI in 2300)
    segment 32 (DTP in 2400): Required segment missing (3)
group 204: Partly accepted: some transactions were rejected (P); 1 of 2 transactions accepted
END
    diff expected - <<<"$output"
}

@test "--summary: what a situation asks for, and what makes it one" {
    run --separate-stderr "$REMEDI" show --summary "$BATS_TEST_DIRNAME/../acknowledgments/known/inquiry-situations.999"
    [ "$status" -eq 0 ]
    [ "${lines[2]}" = "    segment 9 (EQ in 2110), trace Q605-1: Dependent segment missing (I6); because of segment 7 (HL in 2000), element 4" ]
    [ "${lines[3]}" = "    segment 9 (NM1 in 2100), trace Q605-1, element 4: Dependent element missing (I9); because of segment 7 (HL in 2000), element 4" ]
}

@test "--summary --of: a claim that only the original names" {
    remittance | sed 's/^SVC.*/SVC*HC:99214:25*2OO*150~/' >a.835
    "$REMEDI" ack a.835 2>/dev/null | sed '/^CTX/d' >a.999 || true
    run --separate-stderr "$REMEDI" show -s a.999
    [[ "$output" == *$'\n    segment 13 (SVC in 2110), element 2: Character not allowed (6)\n'* ]]
    run --separate-stderr "$REMEDI" show -s --of a.835 a.999
    [[ "$output" == *$'\n    segment 13 (SVC in 2110), claim 7722337, element 2: '* ]]
}

@test "--summary: a TA1, a 277CA, and what is neither" {
    remittance | in_balance >a.835
    "$REMEDI" ack --ta1 a.835 >a.ta1
    run --separate-stderr "$REMEDI" show -s a.ta1 "$BATS_TEST_DIRNAME/../../samples/claim-acknowledgment-rejected.277" a.835
    [[ "$output" == "== a.ta1"$'\ninterchange 000000905: Accepted (A): No error (000)\n== '* ]]
    [[ "$output" == *$'\n  claim MFP-2002, charged 95: rejected; Acknowledged: returned as unprocessable (A3): '* ]]
    [ "${lines[-1]}" = "a transaction that acknowledges nothing" ]
}

@test "--of without --summary, or a file that is not there" {
    remittance >a.835
    run --separate-stderr "$REMEDI" show --of a.835 a.835
    [ "$status" -eq 2 ]
    run --separate-stderr "$REMEDI" show -s --of nowhere a.835
    [ "$status" -eq 3 ]
    [[ "$stderr" == "nowhere: error[E1002]"* ]]
}
