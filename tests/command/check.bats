#!/usr/bin/env bats
load helper

# Runs check on a remittance that sed has changed.
check_changed() {
    remittance | in_balance | sed "$1" > changed.835
    shift
    run --separate-stderr "$REMEDI" check "$@" changed.835
}

@test "a clean file gives nothing, and 0" {
    remittance | in_balance > clean.835
    run --separate-stderr "$REMEDI" check clean.835
    [ "$status" = 0 ]
    [ -z "$output" ]
    [ -z "$stderr" ]
}

@test "a finding has its file, line, column, code, loop and element, and never the value" {
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/'
    [ "$status" = 1 ]
    [ "${lines[0]}" = "changed.835:12:1: error[E4010]: the guide does not list this code here (byte 362, segment 10, loop 2100, CLP02)" ]
    [ "${lines[1]}" = "changed.835: 1 error, 0 warnings, 0 notes" ]
    [[ "$output" != *QX* ]]
}

@test "each kind of fault has its code" {
    while read -r code place change; do
        check_changed "$change" --level 4
        [ "$status" = 1 ] || { echo "$change: nothing"; return 1; }
        [[ "${lines[0]}" == *"[$code]"*"$place)" ]] || { echo "$change: $output"; return 1; }
        [ "${#lines[@]}" = 3 ] || { echo "$change: $output"; return 1; }
    done <<'END'
E4001 N403 s/44444/4/
E4002 SVC01-2 s/99214/999999999999999999999999999999999999999999999999999/
E4004 CLP12 s/119932404007801~/119932404007801*****1O~/
E4005 DTM02 s/20190301/20190231/
E4008 N301 s/^N3.*/N3~/
E4009 CLP10 s/119932404007801~/119932404007801***X~/
E4010 NM108 s/\*MI\*A1/*QQ*A1/
E4011 NM109 s/\*MI\*A1/*MI/
E4013 LX02 s/^LX\*1/LX*1*2/
E4018 N3 /^N3/d;s/^SE.15/SE*14/
END
}

@test "--level, --off, --only, --as and --fail-on choose what counts" {
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --level 1
    [ "$status" = 0 ]
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --off E4010
    [ "$status" = 0 ]
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --only E4001
    [ "$status" = 0 ]
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --as warning E4010
    [ "$status" = 0 ]
    [[ "$output" == *"warning[E4010]"* ]]
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --as warning E4010 --fail-on warning
    [ "$status" = 1 ]
}

@test "wrong words are refused with what to write" {
    run --separate-stderr "$REMEDI" check --as nothing E4010
    [ "$status" = 2 ]
    run --separate-stderr "$REMEDI" check --off E0000
    [ "$status" = 2 ]
    [[ "$stderr" == *"--rules"* ]]
    run --separate-stderr "$REMEDI" check --level 9
    [ "$status" = 2 ]
    run --separate-stderr "$REMEDI" check --format xml
    [ "$status" = 2 ]
    [[ "$stderr" == *"text, json, sarif or edi"* ]]
}

@test "--format json is one object a line" {
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --format json
    [ "$output" = '{"code":"E4010","severity":"error","level":2,"message":"the guide does not list this code here","file":"changed.835","line":12,"column":1,"offset":362,"segmentNumber":10,"loop":"2100","segment":"CLP","element":2,"dataElement":"1029"}' ]
}

@test "of a segment that is missing, which one" {
    while read -r loop place sample change; do
        check_sample "$sample" "$change" E4018
        [[ "${lines[0]}" == *", loop $loop $place)" && "${lines[1]}" == *": 1 error, 0 "* ]] || { echo "$change: $output"; return 1; }
    done <<'END'
2300, DTP*434 claim-institutional-inpatient.837 /^DTP.434/d
2010AA, REF*EI claim-professional-self.837 /^REF.EI/d
1000A, PER*BL remittance-paid.835 /^PER.BL/d
END
    check_changed '/^PER.BL/d' --format json --only E4018
    [[ "$output" == *'"segment":"PER","qualifier":"BL"'* ]]
}

@test "--format edi has each finding under its segment" {
    check_changed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' --format edi
    [ "${lines[11]}" = "CLP*7722337*QX*200*150**12*119932404007801" ]
    [ "${lines[12]}" = "  ^ error E4010 CLP02, loop 2100: the guide does not list this code here" ]
}

@test "--rules lists every code with its level" {
    run --separate-stderr "$REMEDI" check --rules
    [ "$status" = 0 ]
    [[ "$output" == *$'E4010\terror\t2\tIK403=7\t\tthe guide does not list this code here'* ]]
}

@test "--rules says which guides have a rule" {
    run --separate-stderr "$REMEDI" check --rules
    grep -q $'^E6101\terror\t3\t[^\t]*\t835\t' <<<"$output"
    [ "$(cut -f 5 <<<"$output" | tr ' ' '\n' | sort -u | grep -c .)" -ge 9 ]
}

@test "what to do is said once for each code, behind the findings" {
    long_remittance 5 | in_balance | sed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' > many.835
    run --separate-stderr "$REMEDI" check --level 2 many.835
    [ "${lines[5]}" = "many.835: 5 errors, 0 warnings, 0 notes" ]
    [[ "${lines[6]}" == "  E4010: "* ]]
    [ "${#lines[@]}" = 7 ]
    run --separate-stderr "$REMEDI" check --level 2 --format json many.835
    [ "${#lines[@]}" = 5 ]
}

@test "findings beyond the limit are counted" {
    long_remittance 500 | in_balance | sed 's/^CLP\*7722337\*1\*/CLP*7722337*QX*/' > long.835
    run --separate-stderr "$REMEDI" check --level 2 --max-findings 3 long.835
    [ "$status" = 1 ]
    [ "${#lines[@]}" = 5 ]
    [ "${lines[3]}" = "long.835: 500 errors, 0 warnings, 0 notes, of which 497 are not shown" ]
}

@test "a balance that is off by a cent, and by how much only when asked" {
    while read -r code place change; do
        check_changed "$change"
        [[ "${lines[0]}" == *"[$code]"*"$place)" ]] || { echo "$change: $output"; return 1; }
        [ "${#lines[@]}" = 3 ] || { echo "$change: $output"; return 1; }
    done <<'END'
E6101 SVC03 s/^SVC.HC:99214:25.200.150/SVC*HC:99214:25*200*150.01/
E6102 CLP04 s/^CLP.*/&\nCAS*CO*45*0.01~/;s/^SE.15/SE*16/
E6103 CLP03 s/^CLP.7722337.1.200\(.*\)/CLP*7722337*1*201\1\nCAS*CO*45*1~/;s/^SE.15/SE*16/
E6105 BPR02 s/^BPR.I.150/BPR*I*150.01/
END
    check_changed 's/^BPR.I.150/BPR*I*149.99/' --differences
    [[ "${lines[0]}" == *"adjustments, by -0.01 (byte"* ]]
    check_changed 's/^BPR.I.150/BPR*I*149.99/' --differences --format json
    [[ "$output" == *'"computed":{"difference":"-0.01"}}' ]]
}

@test "a balance that cannot be worked out is neither right nor wrong" {
    check_changed 's/^CAS.CO.45.50~/CAS*CO*45*5O~/' --only N6001
    [ "$status" = 0 ]
    [[ "$output" == *"note[N6001]"* ]]
}

@test "one character for two separators" {
    check_changed '1s/:~$/^~/' --only E1005
    [ "$status" = 1 ]
    [[ $output == *"changed.835:1:1: error[E1005]"* ]]
}

@test "lines of a fixed length, which break ids, qualifiers and numbers, too: nothing but this is told of, and all reads the same" {
    for sample in claim-professional-self.837 eligibility-other-payer.271 remittance-denied-partly.835 status-paid.277; do
        whole=$BATS_TEST_DIRNAME/../../samples/$sample
        for width in 80 7 1; do
            { head -c 106 "$whole"; echo; tail -c +107 "$whole" | tr -d '\n' | fold -w $width; } > "$sample"
            run --separate-stderr "$REMEDI" check --off W1018 "$sample"
            [ -z "$output" ] || { echo "$output"; return 1; }
            diff <("$REMEDI" csv <"$sample" 2>/dev/null | sed 's/,[^,]*$//') <("$REMEDI" csv <"$whole" | sed 's/,[^,]*$//') # but for the offset
            "$REMEDI" json "$sample" 2>/dev/null | "$REMEDI" x12 | cmp - "$sample"
        done
    done
}

@test "an interchange that ends within a segment" {
    remittance | in_balance | head -c -2 > cut.835 # the terminator and the line break of the IEA
    run --separate-stderr "$REMEDI" check cut.835
    [ "$status" = 1 ]
    [[ "${lines[0]}" == cut.835:19:1:*"[E1008]"*" IEA)" ]]
    [ "${#lines[@]}" = 3 ]
    remittance | in_balance | tr -d '\n' | tr '~' '\n' | head -c -1 > lines.835 # of a line the end of the file is one
    run --separate-stderr "$REMEDI" check lines.835
    [ "$status" = 0 ]
    [ -z "$output" ]
}

@test "an interchange of an older version: there is no guide, and nothing more is wrong" {
    remittance | in_balance | sed '1s/\*^\*00501\*/*U*00401*/; 2s/005010X221A1/004010X091A1/' > older.835
    run --separate-stderr "$REMEDI" check older.835
    [ "$status" = 0 ]
    [[ "${lines[0]}" == older.835:3:1:*"[W2001]"* ]]
    [ "${#lines[@]}" = 3 ]
    check_changed '1s/\*00501\*/*00401*/' # but the group is of this one
    [ "$status" = 1 ]
    [[ "$output" == changed.835:1:1:*"[E4010]"*" ISA12)"* ]]
}

@test "what only the situation asks for, and what makes it so" {
    run --separate-stderr "$REMEDI" check "$BATS_TEST_DIRNAME/../acknowledgments/known/request-situation.edi"
    [[ "${lines[0]}" == *":11:1: error[E6401]"*" loop 2000D, DMG; because of HL04 in segment 9)" ]]
    run --separate-stderr "$REMEDI" check --format json "$BATS_TEST_DIRNAME/../acknowledgments/known/request-situation.edi"
    [[ "${lines[0]}" == *'"segment":"DMG","trigger":{"line":11,"column":1,'*'"segment":"HL","element":4,"dataElement":"736"}}' ]]
}

@test "a number that is to come once in the transaction is told of where it comes again; a part that goes on with it is no second" {
    check_changed 's/^SE.15/LX*2~\n&/;s/^SE.15/SE*16/' --only E6120
    [ -z "$output" ]
    check_changed 's/^SE.15/LX*01~\nLX*1~\n&/' --only E6120
    [[ "${lines[0]}" == changed.835:17:1:*"[E6120]"*" LX01)" ]]
    [ "${lines[1]}" = "changed.835: 1 error, 0 warnings, 0 notes" ]
    check_changed 's/^SE.15/TS3*1999999984*11*20191231*1*200~\n&/' --only E6120
    [ -z "$output" ]
}

@test "a kind of reference comes once in its loop: the second is told of" {
    answer=$BATS_TEST_DIRNAME/../../samples/eligibility-other-payer.271
    sed 's/^REF.F6.*/&\nREF*6P*X~\nREF*NQ*Y~\nREF*F6*Z~/' "$answer" > twice.271
    run --separate-stderr "$REMEDI" check --only W6306 twice.271
    [[ "${lines[0]}" == twice.271:29:1:*"[W6306]"*" loop 2110C, REF01)" ]]
    [ "${lines[1]}" = "twice.271: 0 errors, 1 warning, 0 notes" ]
    sed 's/^REF.6P.*/&\nREF*F6*X~/' "$answer" > once.271
    run --separate-stderr "$REMEDI" check --only W6306 once.271
    [ -z "$output" ]
}

# Runs check on a sample that sed has changed, for one code.
check_sample() {
    sed -e "$2" "$BATS_TEST_DIRNAME/../../samples/$1" > changed.edi
    run --separate-stderr "$REMEDI" check --only "$3" changed.edi
}

@test "a rule across segments fails at its place, and nowhere else" {
    while read -r sample code place change; do
        check_sample "$sample" "$change" "$code"
        [[ "${lines[0]}" == changed.edi:$place* ]] || { echo "$change: $output"; return 1; }
        [[ "${lines[1]}" == *": 1 error, 0 "* || "${lines[1]}" == *": 0 errors, 1 warning, "* ]] || { echo "$change: $output"; return 1; }
    done <<'END'
claim-professional-self.837 W6226 12:1:*N403) s/440990002/44099/
claim-institutional-inpatient.837 W6226 12:1:*N403) s/440990001/44099-001/
claim-professional-self.837 W6002 13:1:*REF02) s/^REF.EI.*/REF*SY*911-11-1111~/
claim-institutional-inpatient.837 W6002 *2010AA,?REF02) s/^REF.EI.*/REF*EI*91-1111111~/
claim-professional-self.837 W4026 18:1:*N402) s|OH.44099~|*44099~|
claim-professional-self.837 E4024 22:1:*HI02) s/^HI.*/HI*ABK:J069**ABF:J020~/
remittance-denied-partly.835 E4024 29:1:*CAS05) s/^CAS.CO.45.28.*/CAS*CO*45*28*****151*100*2~/
remittance-provider-adjustment.835 E4024 34:1:*PLB05) s/.L6:LSH/*&/;s/^PLB.*WO[^*]*.75/&*/
claim-professional-self.837 W6210 22:1:*HI01*) s/^HI.*/HI*BK:4659~/
claim-professional-self.837 W6210 22:1:*HI01*) s/^\(DTP.472.D8.\).*/\120150930~/
claim-institutional-inpatient.837 W6210 *2300,?HI01*) /^HI.ABK/s/^.*/HI*BK:41401~/;/^HI.*[AB]B[FJRQN]:/d
claim-institutional-inpatient.837 W6210 *2300,?HI01*) s/^\(DTP.434.RD8.\).*/\120150925-20150930~/
status-receiver-unknown.277 W6406 9:1:*2200B,?TRN s/^STC.*/&\nHL*3*2*19*0~\nNM1*1P*2*MAPLE*****XX*1234567893~/
eligibility-inquiry-services.270 W6002 12:1:*2100C,?REF02 s/^REF.6P.*/REF*SY*123-45-6789~/
eligibility-inquiry-referral.270 W6002 9:1:*2100B,?REF02 s/^REF.EO.*/REF*SY*12345678~/
eligibility-dependent.271 W6002 15:1:*2100D,?REF02 s/^NM1.03.*/&\nREF*SY*12345678~/
eligibility-inquiry-dependent.270 W6306 15:1:*2100D,?REF01 s/^NM1.03.*/&\nREF*6P*1~\nREF*6P*2~/
eligibility-other-payer.271 W6305 26:1:*REF* s/^REF.F6/REF*9F/
eligibility-inquiry-subscriber.270 W6302 11:1:*NM104* s/^NM1.IL.*/NM1*IL*1*EXAMPLE*****MI*LS100001~/
eligibility-active.271 W6303 *2100A,?AAA s/^NM1.PR.*/&\nAAA*N**42*C~/
eligibility-active.271 W6303 *2000A,?AAA s/^HL.1.*/&\nAAA*N**42*C~/
eligibility-active.271 W6303 *2100B,?AAA s/^NM1.1P.*/&\nAAA*N**43*C~/
acknowledgment-partly.999 E6502 *AK901 s/^AK9.*/AK9*A*2*2*2~/
acknowledgment-partly.999 E6502 *AK901 s/^AK9.*/AK9*E*2*2*2~/
acknowledgment-partly.999 E6502 *AK901 s/^AK9.*/AK9*R*2*2*0~/
acknowledgment-partly.999 E6502 *AK2* s/^IK5.R.*/IK5*E*5~/
acknowledgment-partly.999 W6505 *CTX /^CTX.SITUATIONAL.*22/d;s/^CTX.CLM01.*/&\nCTX*SITUATIONAL TRIGGER*CLM*22*2300*5:1~/
END
}

@test "what another rule told, or what is no such thing, no rule tells" {
    while read -r sample code change; do
        check_sample "$sample" "$change" "$code"
        [ -z "$output" ] || { echo "$change: $output"; return 1; }
    done <<'END'
claim-professional-self.837 W6226 s/OH.440990002/*75001*FR/
claim-professional-self.837 E6209 s/^HI.*/HI*ABK:J069**ABF:J020~/
claim-institutional-inpatient.837 E6209 s/^HI.ABF:E119:::::::Y/HI*ABF:E119:::::::Y*/
claim-professional-self.837 W6210 s/^HI.*/HI*BK:4659~/;s/^\(DTP.472.D8.\).*/\120150930~/
claim-professional-self.837 W6210 s/^HI.*/HI*BK:4659*ABF:J020~/
claim-professional-self.837 W6210 s/^HI.*/HI*BK:4659~/;s/^\(DTP.472.D8.\).*/\120159931~/
claim-institutional-inpatient.837 W6210 s/^\(DTP.434.RD8.\).*/\120150925-20151001~/
claim-professional-self.837 E6222 s/^HL.2.1/HL*2*7/
status-receiver-unknown.277 W6406 s/x/x/
eligibility-rejected.271 W6303 s/^NM1.PR.*/&\nAAA*N**42*C~/
eligibility-other-payer.271 W6305 s/^REF.F6/REF*18/
eligibility-inquiry-subscriber.270 W6302 s/^NM1.IL/nm1*IL/
acknowledgment-partly.999 W6505 s/x/x/
acknowledgment-partly.999 E6502 s/^AK9.*/AK9*P*9*9*5~/
END
}

@test "a qualifier of a date, an amount or a reference comes once in a claim" {
    twice() { # SAMPLE SEGMENT QUALIFIERS: each of them twice, and how many are told of
        local lines='' kind=$2
        for qualifier in $3; do lines+="$kind*$qualifier*D8*20260105~\n$kind*$qualifier*D8*20260105~\n"; done
        check_sample "$1" "/^CLM/,/^HI/{/^\(DTP\|REF\)/d};s/^\(CLM.*\)/\1\n$lines/" E2005
        [ "$(grep -c '\[E2005\]' <<<"$output")" = "$(wc -w <<<"$3")" ] || { echo "$output"; return 1; }
    }
    twice claim-professional-self.837 DTP "431 454 304 453 439 484 455 471 314 297 296 435 096 444 050"
    twice claim-professional-self.837 AMT F5
    twice claim-professional-self.837 REF "4N F5 EW 9F G1 F8 X4 9A 9C LX D9 EA P4 1J"
    twice claim-institutional-inpatient.837 DTP "096 434 435 050"
    twice claim-institutional-inpatient.837 AMT F3
    twice claim-institutional-inpatient.837 REF "4N 9F G1 F8 9A 9C D9 LU EA P4 G4"
}

@test "blanks in front of segments are told of once in an interchange" {
    check_changed '4,9s/^/  /;12s/^/\t/' --level 1
    [ "$status" = 0 ]
    [[ "${lines[0]}" == changed.835:4:3:*"[W1021]"*" loop ST, BPR)" ]]
    [ "${lines[1]}" = "changed.835: 0 errors, 1 warning, 0 notes" ]
    check_changed '4,9s/$/ /;s/^SE/\n&/' --level 1
    [ -z "$output" ]
}

@test "an organization has no first name, and an accepted interchange no error" {
    check_sample claim-professional-self.837 's/^NM1.85.*/NM1*85*2*MAPLE FAMILY PRACTICE*JOE*B***XX*1234567893~/' W4025
    [[ "${lines[0]}" == changed.edi:10:1:*" loop 2010AA, NM104)" ]]
    [[ "${lines[1]}" == *": 0 errors, 1 warning, "* ]]
    for note in A*001 R*000 A*000; do
        check_sample claim-professional-self.837 "s/^GS/TA1*000000201*260115*0930*$note~\n&/" E4035
        [ "$note" != 'A*001' ] || [[ "${lines[0]}" == changed.edi:2:1:*" loop ISA, TA105)" ]]
        [ "$note" = 'A*001' ] || [ -z "$output" ]
    done
}

@test "the code of a claim status is one of pharmacies where the part behind it says so" {
    while read -r status findings; do
        sed "s/STC\*F2:88/STC*$status/" "$BATS_TEST_DIRNAME/../../samples/status-denied.277" > changed.277
        run --separate-stderr "$REMEDI" check --only E7001 changed.277
        [ "$(grep -c '^changed.277:15:.*E7001' <<< "$output")" = "$findings" ] || { echo "$status: $output"; return 1; }
    done <<'END'
F2:88 0
F2:M5 1
F2:M5::RX 0
F2:70::RX 0
END
}

# answer SENT ANSWER CHANGE: what check finds in the changed answer
answer() {
    sed -e "$3" "$2" > changed.edi
    run --separate-stderr "$REMEDI" check --level 4 --of "$1" changed.edi
}

@test "an answer repeats what it answers" {
    samples="$BATS_TEST_DIRNAME/../../samples"
    sed "s/^CLM.*/CLM~/" "$samples/claim-professional-self.837" > sent.837
    "$REMEDI" ack --ta1 --999 sent.837 > sent.999 || [ $? = 1 ]
    while read -r sent answer place change; do
        [[ "$sent" != */* ]] && sent="$samples/$sent" answer="$samples/$answer"
        answer "$sent" "$answer" ''
        [ -z "$output" ] || { echo "$answer: $output"; return 1; }
        answer "$sent" "$answer" "$change"
        [[ "${lines[0]}" == changed.edi:$place ]] || { echo "$change: $output"; return 1; }
        [ "${lines[1]}" = "changed.edi: 1 error, 0 warnings, 0 notes" ] || { echo "$change: $output"; return 1; }
    done <<'END'
./sent.837 ./sent.999 *[E4036]*TA101) s/^TA1.000000201/TA1*000000202/
./sent.837 ./sent.999 *[E4037]*TA102) s/^\(TA1.[0-9]*\).26/\1*25/
./sent.837 ./sent.999 *[E4037]*TA103) s/^\(TA1.[0-9]*.[0-9]*\).0930/\1*0931/
./sent.837 ./sent.999 *[E4036]*AK102) s/^AK1.HC.201/AK1*HC*202/
./sent.837 ./sent.999 *[E4036]*AK102) s/^AK1.HC/AK1*HP/
./sent.837 ./sent.999 *[E4037]*AK103) s/^\(AK1.*\)X222A1/\1X223A2/
./sent.837 ./sent.999 *[E4037]*AK201) s/^AK2.837/AK2*835/
./sent.837 ./sent.999 *[E4036]*AK202) s/^AK2.837.0001/AK2*837*0002/
./sent.837 ./sent.999 *[E4037]*AK203) s/^\(AK2.*\)X222A1/\1X223A2/
./sent.837 ./sent.999 *[E4037]*IK301) s/^\(IK3.CLM\).\([0-9]*\)/\1*1\2/
./sent.837 ./sent.999 *[E4037]*IK301) s/^IK3.CLM/IK3*HI/
./sent.837 ./sent.999 *[E4037]*AK902) s/^\(AK9.R\).1/\1*2/
./sent.837 ./sent.999 *[E4037]*AK903) s/^\(AK9.R.1\).1/\1*2/
./sent.837 ./sent.999 *[E4037]*AK103) s/^AK1.HC.201.00/AK1*HC*201*/
status-request-claim.276 status-paid.277 *[E4036]*TRN02) s/^TRN.2.S501-1/TRN*2*S501-2/
status-request-claim.276 status-paid.277 *[E4036]*TRN02) s/^TRN.2.S501-1/TRN*2*S501-01/
eligibility-inquiry-subscriber.270 eligibility-active.271 *[E4036]*TRN02) s/^TRN.2.Q401-1/TRN*2*Q401-2/
eligibility-inquiry-subscriber.270 eligibility-active.271 *[E4037]*TRN03) s/^\(TRN.2.Q401-1\).*/\1*9OTHER0001~/
eligibility-inquiry-subscriber.270 eligibility-active.271 *[E4037]*BHT03) s/^BHT.0022.11.Q401/BHT*0022*11*Q402/
END
}

@test "what is answered must be there to be read" {
    "$REMEDI" ack "$BATS_TEST_DIRNAME/../../samples/claim-professional-self.837" > good.999
    run --separate-stderr "$REMEDI" check --of nowhere.837 good.999
    [ "$status" = 3 ]
    [[ "$stderr" == *nowhere.837* ]]
    echo hi > foreign
    run --separate-stderr "$REMEDI" check --of foreign good.999
    [ "$status" = 3 ]
    [[ "$stderr" == foreign:*E1001* ]]
    head -c 110 "$BATS_TEST_DIRNAME/../../samples/claim-professional-self.837" > cut.837
    run --separate-stderr "$REMEDI" check --of cut.837 good.999
    [ "$status" = 0 ]
    [[ "${lines[0]}" == good.999:*"[N4038]"*AK101* ]]
    mkdir sent
    cp foreign "$BATS_TEST_DIRNAME"/../../samples/remittance-*.835 "$BATS_TEST_DIRNAME/../../samples/claim-professional-self.837" sent
    run --separate-stderr "$REMEDI" check --of sent good.999
    [ "$status" = 0 ]
    [ -z "$output$stderr" ]
    run --separate-stderr "$REMEDI" check --of -
    [ "$status" = 2 ]
    [[ "$stderr" == *"--of - "* ]]
    run --separate-stderr "$REMEDI" check --of - good.999 < "$BATS_TEST_DIRNAME/../../samples/claim-professional-self.837"
    [ "$status" = 0 ]
    [ -z "$output" ]
}
