#!/usr/bin/env bats
load helper

# A request for eligibility.
inquiry() {
    cat <<END
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *190101*1253*^*00501*000000906*0*P*:~
GS*HS*SENDER*RECEIVER*20190101*1253*2*X*005010X279A1~
ST*270*0001*005010X279A1~
BHT*0022*13*1*20190101*1253~
HL*1**20*1~
NM1*PR*2*PLAIN HEALTH*****PI*1~
HL*2*1*21*1~
NM1*1P*2*GOOD CLINIC*****XX*1999999984~
HL*3*2*22*0~
NM1*IL*1*DOE*JANE****MI*A1~
EQ*30~
SE*10*0001~
GE*1*2~
IEA*1*000000906~
END
}

@test "a remittance: a row for each service line and one for the claim's own adjustments" {
    remittance >a.835
    run --separate-stderr "$REMEDI" csv a.835 --columns patient_control_number,procedure_code,modifiers,charge,paid,contractual,codes,file
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$output" = "patient_control_number,procedure_code,modifiers,charge,paid,contractual,codes,file
7722337,,,0,0,50,CO-45:50,a.835
7722337,99214,25,200,150,0,,a.835" ]
}

# A row copies what it shares with the one before of its kind, as long as that is at hand.
@test "rows of a kind that lie far apart share what the transaction says" {
    long_remittance 2000 | awk '/^CAS/ && n++ % 1999 { next } { count++ } /^SE/ { $0 = "SE*" count - 2 "*0001~" } 1' >long.835
    run --separate-stderr "$REMEDI" csv --columns payment_date,trace_number,payer,patient_control_number,codes,paid long.835
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(LC_ALL=C sort <<<"$output" | uniq -c | tr -s ' ')" = " 2000 2019-03-16,71700666555,PLAIN HEALTH,7722337,,150
 2 2019-03-16,71700666555,PLAIN HEALTH,7722337,CO-45:50,0
 1 payment_date,trace_number,payer,patient_control_number,codes,paid" ]
}

@test "several files, a folder and stdin make one table" {
    mkdir in
    remittance >in/a.835
    remittance >b.835
    echo "no X12" >in/readme.txt
    run --separate-stderr "$REMEDI" csv b.835 in - --columns file,claim_id,offset <b.835
    [ "$status" -eq 0 ]
    [ "$(cut -d, -f1 <<<"$output" | uniq -c | tr -s ' ' | paste -sd, -)" = " 1 file, 2 b.835, 2 in/a.835, 2 " ]
    [ "$(tail -n 1 <<<"$output")" = ",3,$(grep -bo "^SVC" b.835 | cut -d: -f1)" ]
}

@test "with -o and a folder each file has a table of its own, of its own kind" {
    mkdir out
    remittance >a.835
    inquiry >b.270
    run --separate-stderr "$REMEDI" csv -o out a.835 b.270
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ "$(head -n 1 out/a.835.csv)" == payment_date,* ]]
    [[ "$(sed -n 2p out/b.270.csv)" == "PLAIN HEALTH,1,GOOD CLINIC,1999999984,,A1,DOE,JANE,"* ]]
}

@test "a transaction of another kind has no rows, and that is said" {
    remittance >a.835
    inquiry >b.270
    run --separate-stderr "$REMEDI" csv a.835 b.270
    [ "$status" -eq 0 ]
    [ "$(wc -l <<<"$output")" -eq 3 ]
    [[ "$stderr" == "b.270:3:1: warning[W5050]: "* ]]
    run --separate-stderr "$REMEDI" csv --view 270 a.835 b.270
    [ "$(wc -l <<<"$output")" -eq 2 ]
    [[ "$stderr" == "a.835:3:1: warning[W5050]: "* ]]
}

@test "JSON gives the same rows, but for where they stood" {
    remittance >a.835
    "$REMEDI" json a.835 >a.json
    "$REMEDI" json --lines a.835 >a.jsonl
    "$REMEDI" csv a.835 | sed 's/,[^,]*,[^,]*$//' >expected
    for file in a.json a.jsonl; do
        "$REMEDI" csv $file | sed 's/,[^,]*,[^,]*$//' | cmp - expected
        "$REMEDI" csv $file | sed 1d | grep -v ",$file,\$" && return 1
    done
    "$REMEDI" csv - <a.json | sed 's/,[^,]*,[^,]*$//' | cmp - expected
}

@test "for spreadsheets: a byte order mark, CR LF, no formulas; numbers stay numbers" {
    remittance 'SVC*HC:99215*-20*-20~DTM*472*20190301~REF*6R*=1+1~' >a.835
    "$REMEDI" csv --excel --columns line_control_number,charge a.835 >out
    [ "$(head -c 3 out | od -An -tx1 | tr -d ' ')" = efbbbf ]
    [ "$(grep -c $'\r$' out)" -eq 4 ]
    grep -q "^'=1+1,-20" out
    "$REMEDI" csv --columns line_control_number,charge a.835 | grep -qx '=1+1,-20'
}

@test "columns are chosen by name, and a wrong one gets the right one" {
    remittance >a.835
    run --separate-stderr "$REMEDI" csv --columns paid,tracenumber a.835
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [ "$stderr" = "remedi csv: there is no column tracenumber; did you mean trace_number?" ]
    run --separate-stderr "$REMEDI" csv --view 835 --columns paid,paid a.835
    [ "$status" -eq 2 ]
    [ "$stderr" = "remedi csv: column paid is named twice" ]
}

@test "all columns can be listed, of all views or of one" {
    run --separate-stderr "$REMEDI" csv --list-columns
    [ "$status" -eq 0 ]
    for view in 270 271 276 277 277ca 835 835-provider-adjustments 837i 837p 999; do
        grep -q "^$view: " <<<"$output"
    done
    run --separate-stderr "$REMEDI" csv --list-columns 835
    [ "$(sed 1d <<<"$output" | awk '{ print $1 }' | paste -sd,)" = "payment_date,trace_number,payer,patient_control_number,patient_last_name,patient_first_name,member_id,payer_claim_control_number,line_control_number,service_from,service_to,procedure_code,modifiers,units,charge,allowed,paid,deductible,coinsurance,copay,other_patient,contractual,other_adjustment,codes,remarks,status,claim_id,file,offset" ]
    run --separate-stderr "$REMEDI" csv --list-columns 838
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"did you mean 835?"* ]]
}

@test "a view of one's own" {
    remittance >a.835
    cat >mine.view <<'END'
# A row for each claim.
view of 835 "claims"
rows 2100 when paidAmount > 100
column claim "its number" = patientControlNumber
column lines "how many lines" = count(services)
column share "what was paid of it" = words(paidAmount, "of", chargeAmount)
column file "where from" = file
END
    run --separate-stderr "$REMEDI" csv --view mine.view a.835
    [ "$status" -eq 0 ]
    [ "$output" = "claim,lines,share,file
7722337,1,150 of 200,a.835" ]
    sed -i 's/patientControlNumber/patientControlNumbr/' mine.view
    run --separate-stderr "$REMEDI" csv --view mine.view a.835
    [ "$status" -eq 2 ]
    [ "$stderr" = "mine.view:4:29: error: there is no name patientControlNumbr; did you mean patientControlNumber?" ]
    run --separate-stderr "$REMEDI" csv --view nowhere.view a.835
    [ "$status" -eq 2 ]
    [ -z "$output" ]
}

@test "what is neither X12 nor JSON, what is not there, and what cannot be written" {
    echo "no X12" >a.txt
    run --separate-stderr "$REMEDI" csv a.txt
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    run --separate-stderr "$REMEDI" csv nowhere.835
    [ "$status" -eq 3 ]
    remittance >a.835
    run --separate-stderr "$REMEDI" csv -o nowhere/a.csv a.835
    [ "$status" -eq 4 ]
}
