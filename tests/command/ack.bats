#!/usr/bin/env bats
load helper

# What the options make, dated.
ack() {
    run --separate-stderr "$REMEDI" ack --date 2026-01-15T09:30 "$@"
}

@test "a clean file: a 999 that accepts it, exit 0" {
    remittance | in_balance >a.835
    ack a.835
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    cat >expected <<'END'
ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260115*0930*^*00501*000000001*0*P*:~
GS*FA*RECEIVER*SENDER*20260115*0930*1*X*005010X231A1~
ST*999*0001*005010X231A1~
AK1*HP*1*005010X221A1~
AK2*835*0001~
IK5*A~
AK9*A*1*1*1~
SE*6*0001~
GE*1*1~
IEA*1*000000001~
END
    diff expected - <<<"$output"
}

@test "what no answer has a code for is told on stderr, and refuses nothing" {
    remittance | sed 's/\*XX\*1999999984~/*FI*199999998~/' >a.835
    ack a.835
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"error[E6101]"* ]]
    [[ "$output" == *$'\nIK5*A~\nAK9*A*1*1*1~\n'* ]]
}

@test "what cannot be read to its end has no answer: exit 3, and why on stderr" {
    { remittance | head -n 5; head -c 2000000 /dev/zero | tr '\0' A; } >long.835
    ack long.835
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == long.835:*"error[E1003]: "* ]]
    remittance | iconv -f UTF-8 -t UTF-16 | head -c 701 >half.835
    ack half.835
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == half.835:*"error[E1004]: "* ]]
    run --separate-stderr "$REMEDI" check --only E4010 half.835
    [ "$status" -eq 3 ]
    [[ "$output" == *"error[E1004]: "* ]]
}

@test "something refused: exit 1, and why is in the 999" {
    remittance | in_balance | sed 's/^SE.*/SE*99*0001~/' >a.835
    ack a.835
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
    [[ "$output" == *$'\nIK5*R*4~\nAK9*R*1*1*0~\n'* ]]
}

@test "a TA1 where ISA14 asks for it, or --ta1" {
    remittance | in_balance >a.835
    sed 's/\*0\*P\*:~/*1*P*:~/' a.835 >asks.835
    ack a.835
    [[ "$output" != *TA1* ]]
    ack asks.835
    [[ "$output" == *$'\nTA1*000000905*190101*1253*A*000~\nIEA*0*000000001~\n'*$'\nAK9*A*1*1*1~\n'* ]]
    ack --ta1 a.835
    [[ "$output" == *$'\nTA1*000000905*190101*1253*A*000~\nIEA*0*000000001~' ]]
    [[ "$output" != *AK9* ]]
}

@test "an interchange that is broken is refused as a whole" {
    remittance | sed 's/^IEA.*/IEA*1*000000906~/' >a.835
    ack a.835
    [ "$status" -eq 1 ]
    [[ "$output" == *$'\nTA1*000000905*190101*1253*R*001~\n'* ]]
    [[ "$output" != *AK9* ]]
}

@test "acknowledgments are not acknowledged" {
    remittance | in_balance | "$REMEDI" ack >a.999
    ack a.999
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    "$REMEDI" ack --ta1 a.999 | sed '/^TA1/!d' >ta1
    [ "$(wc -l <ta1)" -eq 1 ]
    printf '%s\n' "$(head -n 1 a.999)" "$(cat ta1)" "$(tail -n 1 a.999 | sed 's/IEA\*1/IEA*0/')" >only.ta1
    ack --ta1 only.ta1
    [ -z "$output" ]
}

@test "control numbers go on from file to file" {
    remittance | tee a.835 >b.835
    ack --control-number 77 a.835 b.835
    [ "$(grep -c '^IEA\*1\*000000077~$\|^GE\*1\*77~$\|^GE\*1\*78~$\|^IEA\*1\*000000078~$' <<<"$output")" -eq 4 ]
}

@test "a value is repeated only when that is asked for" {
    remittance $'QTY*CA*abc~\n' | sed 's/\*QC\*1\*/*Q9*1*/' >a.835
    ack a.835
    [[ "$output" == *$'\nIK4*1*98*7~\n'* ]]
    ack --bad-values a.835
    [[ "$output" == *$'\nIK4*1*98*7*Q9~\n'* ]]
}

@test "numbers that are none are wrong usage" {
    for option in --level=8 --level=x --control-number=0 --control-number=1000000000 --max-errors=-1; do
        ack "$option"
        [ "$status" -eq 2 ]
        [[ "$stderr" == *"needs a number from 1 to"* ]]
    done
}

@test "no interchange, nobody to answer: exit 3" {
    remittance | sed '1,2d' >a.835
    ack a.835
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == *"E1009"* ]]
}

@test "an error that takes the place of a warning still names its segment and claim" {
    sed 's/^DTP\*472\*.*/DTP*472*RD8*20260302-20260201~/; s/^SE\*/ZZ1*1~\nZZ2*1~\nSE*/' "$BATS_TEST_DIRNAME/../../samples/claim-professional-self.837" >a.837
    ack --max-errors 2 a.837
    [[ "$output" == *$'IK3*ZZ1*31*2400*1~\nCTX*CLM01:MFP-2001~\nIK3*ZZ2*32*2400*1~\nCTX*CLM01:MFP-2001~'* ]]
}
