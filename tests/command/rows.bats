#!/usr/bin/env bats
# remedi x12 --profile: rows of CSV to X12.

load helper

samples=$BATS_TEST_DIRNAME/../../samples

make_claims() {
    run --separate-stderr "$REMEDI" x12 --profile "$samples/practice.profile" --date 2026-01-15T09:30 "$@"
}

# envelope TRANSACTION: the lines of a profile that all have
envelope() {
    cat <<END
transaction = $1
interchange.usage = T
interchange.senderQualifier = ZZ
interchange.sender = CLINIC
interchange.receiverQualifier = ZZ
interchange.receiver = PLAN
group.sender = CLINIC
group.receiver = PLAN
END
}

@test "claims that remedi check has nothing against, and that read as the same values" {
    make_claims "$samples/claims.csv"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    echo "$output" >out.837
    "$REMEDI" check out.837
    columns=member_id,relationship,patient_first_name,patient_control_number,diagnoses,service_from,procedure_code,modifiers,pointers,units,charge
    diff <("$REMEDI" csv --columns $columns out.837) - <<END
$columns
LS100001,18,ANNA,MFP-3001,J020 R509,2026-01-05,99213,25,1 2,1,120.00
LS100001,18,ANNA,MFP-3001,J020 R509,2026-01-05,87880,,1,1,30.50
LS100001,19,TOM,MFP-3002,H6691,2026-01-06,99214,,1,1,95
LS100002,18,RITA,MFP-3003,I10,2026-01-07,99213,,1,1,120
END
}

@test "rows of several billing providers; the profile says what a row leaves out" {
    cat >rows.csv <<END
payer_id,member_id,relationship,patient_last_name,patient_first_name,patient_address,patient_city,patient_state,patient_postal_code,birth_date,gender,billing_provider,billing_npi,tax_id,billing_address,billing_city,billing_state,billing_postal_code,billing_taxonomy,patient_control_number,diagnoses,place_of_service,service_from,procedure_code,units,charge
99001,M1,18,DOE,JANE,1 ELM STREET,TOWN,OH,44099,1980-02-03,F,,,,,,,,,C1,I10,11,2026-01-05,99213,1,100
99001,M1,18,DOE,JANE,1 ELM STREET,TOWN,OH,44099,1980-02-03,F,CEDAR CLINIC,1999999984,922222222,7 CEDAR LANE,TOWN,OH,440990003,208D00000X,C2,I10,11,2026-01-06,99213,1,110
99001,M1,18,DOE,JANE,1 ELM STREET,TOWN,OH,44099,1980-02-03,F,CEDAR CLINIC,1999999984,922222222,7 CEDAR LANE,TOWN,OH,440990003,208D00000X,C3,I10,11,2026-01-07,99213,1,120
END
    make_claims rows.csv
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    echo "$output" >out.837
    "$REMEDI" check out.837
    grep -q '^N3\*7 CEDAR LANE~' out.837
    grep -q '^PRV\*BI\*PXC\*208D00000X~' out.837
    diff <("$REMEDI" csv --columns patient_control_number,billing_provider,billing_npi,tax_id out.837) - <<END
patient_control_number,billing_provider,billing_npi,tax_id
C1,MAPLE FAMILY PRACTICE,1234567893,911111111
C2,CEDAR CLINIC,1999999984,922222222
C3,CEDAR CLINIC,1999999984,922222222
END
    sed 's/1999999984/199999998/' rows.csv >wrong.csv
    make_claims wrong.csv
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"wrong.csv:3:"*"billing_npi"* ]]
}

@test "claims of a hospital" {
    { envelope 837I; sed '1,/^referenceId/d' "$samples/practice.profile"; } >a.profile
    cat >rows.csv <<END
payer_id,member_id,relationship,patient_last_name,patient_first_name,birth_date,gender,patient_control_number,facility_type,statement_from,statement_to,admission_date,patient_status,admission_type,admission_source,principal_diagnosis,present_on_admission,diagnoses,attending_npi,attending_last_name,revenue_code,units,unit,charge
99001,M1,18,DOE,JANE,1980-02-03,F,H1,13,2026-01-05,2026-01-08,2026-01-05T14:30,01,1,1,J189,Y,I10 E119,1999999984,DOCTOR,0120,3,DA,4500
99001,M1,18,DOE,JANE,1980-02-03,F,H1,13,2026-01-05,2026-01-08,2026-01-05T14:30,01,1,1,J189,Y,I10 E119,1999999984,DOCTOR,0250,1,,310.25
END
    "$REMEDI" x12 --profile a.profile rows.csv >out.837
    grep -q '^CLM\*H1\*4810.25\*\*\*13:A:1\*' out.837
    grep -q '^HI\*ABF:I10\*ABF:E119~' out.837
    grep -q '^DTP\*435\*DT\*202601051430~' out.837
    grep -q '^SV2\*0120\*\*4500\*DA\*3~' out.837
    "$REMEDI" check out.837
}

@test "requests for eligibility" {
    { envelope 270; printf 'receivers.party.name = GOOD CLINIC\nreceivers.party.id = 1234567893\nsources.party.name = PLAIN HEALTH\n'; } >a.profile
    cat >rows.csv <<END
payer_id,member_id,subscriber_last_name,relationship,patient_last_name,patient_first_name,birth_date,gender,date_from,date_to,service_types,procedure_code
P1,M1,DOE,18,,JANE,1980-02-03,F,2026-01-15,,30 98,
P1,M1,DOE,18,,JANE,1980-02-03,F,2026-01-15,,,99213
P1,M1,DOE,19,DOE,TOM,2015-06-10,M,2026-01-15,2026-02-15,30,
P1,M2,,21,ROE,ANN,2016-07-11,F,2026-01-15,,30,
END
    "$REMEDI" x12 --profile a.profile rows.csv >out.270
    grep -q '^EQ\*30^98~' out.270
    grep -q '^DTP\*291\*RD8\*20260115-20260215~' out.270
    [ "$(grep -c '^HL\*.*\*2[23]\*' out.270)" -eq 5 ]
    "$REMEDI" check out.270
}

@test "who numbers the requests stands beside a number, and nowhere else" {
    { envelope 270; printf 'receivers.party.name = GOOD CLINIC\nreceivers.party.id = 1234567893\nsources.party.name = PLAIN HEALTH\n'
        printf '%s.traces.originatorId = 9GOODCLINI\n' subscribers dependents; } >a.profile
    cat >rows.csv <<END
payer_id,member_id,subscriber_last_name,relationship,patient_last_name,patient_first_name,birth_date,gender,service_types,trace_number
P1,M1,DOE,18,,JANE,1980-02-03,F,30,
P1,M2,ROE,18,,RITA,1980-02-03,F,30,T2
P1,M3,DOE,19,DOE,TOM,2015-06-10,M,30,T3
P1,M4,ROE,19,ROE,ANN,2016-07-11,F,30,
END
    "$REMEDI" x12 --profile a.profile rows.csv >out.270
    diff <(grep -E '^(TRN|NM1.(IL|03))' out.270) - <<END
NM1*IL*1*DOE*JANE****MI*M1~
TRN*1*T2*9GOODCLINI~
NM1*IL*1*ROE*RITA****MI*M2~
NM1*IL*1*DOE*****MI*M3~
TRN*1*T3*9GOODCLINI~
NM1*03*1*DOE*TOM~
NM1*IL*1*ROE*****MI*M4~
NM1*03*1*ROE*ANN~
END
    "$REMEDI" check out.270
}

@test "questions for the status of claims" {
    { envelope 276; printf 'receivers.party.name = GOOD CLINIC\nreceivers.party.id = GC1\nproviders.parties.name = GOOD CLINIC\nproviders.parties.id = 1234567893\npayers.party.name = PLAIN HEALTH\n'; } >a.profile
    cat >rows.csv <<END
payer_id,member_id,subscriber_last_name,subscriber_first_name,birth_date,gender,trace_number,patient_control_number,claim_charge,claim_from,procedure_code,units,charge,service_from
P1,M1,DOE,JANE,1980-02-03,F,T1,A1,150,2026-01-05,99213,1,120,2026-01-05
P1,M1,DOE,JANE,1980-02-03,F,T1,A1,150,2026-01-05,36415,1,30,2026-01-05
P1,M1,DOE,JANE,1980-02-03,F,T2,A2,95,2026-01-06,,,,
END
    "$REMEDI" x12 --profile a.profile rows.csv >out.276
    [ "$(grep -c '^TRN' out.276)" -eq 2 ]
    [ "$(grep -c '^SVC' out.276)" -eq 2 ]
    "$REMEDI" check out.276
    sed -i '4s/,,,,$/,,2,,/' rows.csv # units of no line
    run --separate-stderr "$REMEDI" x12 --profile a.profile rows.csv
    [ "$status" -eq 3 ]
    [[ "$stderr" == rows.csv:4:*"error[E5201]"*", procedure_code)"* ]]
}

@test "a bad row: where and why, and nothing is written" {
    sed 's/,120\.00$/,$120.00/; s/,20260106,/,1\/6\/26,/' "$samples/claims.csv" >bad.csv
    make_claims bad.csv
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [ "$(findings)" -eq 2 ]
    [[ "$stderr" == *"bad.csv:2:136: error[E5204]"*"row 2, charge)"* ]]
    [[ "$stderr" == *"error[E5203]"*"row 4, service_from)"* ]]
    [[ "$stderr" != *'$120'* ]]
}

@test "--keep-going writes what is right, and what is not to a file of the same columns" {
    sed '3s/,30.50$/,/' "$samples/claims.csv" >bad.csv
    make_claims --keep-going rejects.csv bad.csv
    [ "$status" -eq 1 ]
    [ "$(grep -c '^CLM' <<<"$output")" -eq 2 ]
    diff rejects.csv <(head -n 3 bad.csv)
    [ "$(stat -c %a rejects.csv)" = 600 ]
}

@test "an unknown column, and what was probably meant" {
    sed '1s/charge/chrage/' "$samples/claims.csv" >bad.csv
    make_claims bad.csv
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"E5006"*"did you mean charge?"* ]]
}

@test "a semicolon may stand between cells, and a spreadsheet may have written them" {
    { printf '\xef\xbb\xbf'; tr , ';' <"$samples/claims.csv" | sed 's/$/\r/'; } >other.csv
    make_claims other.csv
    [ "$status" -eq 0 ]
    diff <(echo "$output") <("$REMEDI" x12 --profile "$samples/practice.profile" --date 2026-01-15T09:30 "$samples/claims.csv")
}

@test "a profile that is wrong, or missing" {
    printf 'transaction = 837P\nsubmitter.nam = X\n' >a.profile
    run --separate-stderr "$REMEDI" x12 --profile a.profile "$samples/claims.csv"
    [ "$status" -eq 2 ]
    [[ "$stderr" == "a.profile:2: error: "* ]]
    run --separate-stderr "$REMEDI" x12 --profile nowhere "$samples/claims.csv"
    [ "$status" -eq 3 ]
}

@test "templates to fill in" {
    for name in 837P 837I 270 276; do
        run --separate-stderr "$REMEDI" x12 --profile-template $name
        [ "$status" -eq 0 ]
        [[ "$output" == *"transaction = $name"* ]]
    done
    run --separate-stderr "$REMEDI" x12 --profile-template 835
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"837p"* ]]
}
