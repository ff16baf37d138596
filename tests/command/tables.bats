#!/usr/bin/env bats
# remedi csv --tables, and remedi x12 of the folder that it makes.

load helper

# A folder of tables of one remittance.
tables() {
    remittance >in.835
    rm -rf out
    "$REMEDI" csv --tables out in.835
}

@test "a table for each kind of loop, and the same X12 again" {
    tables
    [ "$(cut -d, -f1-6 out/835/claims.csv)" = "id,parent_id,patient_control_number,status_code,charge_amount,paid_amount
9,8,7722337,1,200,150" ]
    [ "$(cut -d, -f2-6 out/835/services.csv | tail -n 1)" = "9,HC,99214,200,150" ]
    "$REMEDI" x12 out | cmp - in.835
}

@test "tables are readable by nobody else" {
    tables
    [ "$(find out ! -perm /077 | wc -l)" -eq "$(find out | wc -l)" ]
}

@test "several files make one folder, and follow each other on the way back" {
    remittance >a.835
    remittance "DTM*050*20190302~
" >b.835
    "$REMEDI" csv --tables out a.835 b.835
    "$REMEDI" x12 out | cmp - <(cat a.835 b.835)
    run --separate-stderr cut -d, -f2 out/interchanges.csv
    [ "$output" = "file
a.835
b.835" ]
}

@test "a folder is walked for X12 alone" {
    mkdir in
    remittance >in/a.835
    "$REMEDI" json in/a.835 -o in/a.json
    "$REMEDI" csv --tables out in
    "$REMEDI" x12 out | cmp - in/a.835
}

@test "JSON makes the same tables" {
    tables
    "$REMEDI" json in.835 | "$REMEDI" csv --tables other
    diff -r out/835 other/835
}

@test "tables make JSON" {
    tables
    diff <("$REMEDI" json out) <("$REMEDI" json in.835)
}

@test "for a spreadsheet" {
    remittance | sed 's/JANE/=1+1/' >in.835
    "$REMEDI" csv --excel --tables out in.835
    [ "$(head -c 3 out/835/claims.csv)" = $'\xef\xbb\xbf' ]
    grep -q "DOE,'=1+1," out/835/claims.csv
    "$REMEDI" x12 out | cmp - in.835
}

@test "what is there already stays" {
    mkdir out
    remittance >in.835
    "$REMEDI" csv --tables out in.835
    run --separate-stderr "$REMEDI" csv --tables out in.835
    [ "$status" -eq 4 ]
    [ "$(ls)" = "in.835
out" ]
}

@test "an input that cannot be read leaves no folder" {
    remittance >in.835
    run --separate-stderr "$REMEDI" csv --tables out in.835 nowhere.835
    [ "$status" -eq 3 ]
    [ "$(ls)" = "in.835" ]
    echo no >no.835
    run --separate-stderr "$REMEDI" csv --tables out in.835 no.835
    [ "$status" -eq 3 ]
    [ ! -e out ]
}

@test "a full disk leaves no folder" {
    remittance >in.835
    run_failing write 1 28 csv --tables out in.835
    [ "$status" -eq 4 ]
    [ ! -e out ]
    [ -z "$(ls -d out.* 2>/dev/null)" ]
}

@test "--tables names the output" {
    remittance >in.835
    run --separate-stderr "$REMEDI" csv --tables out -o other in.835
    [ "$status" -eq 2 ]
}

# refused EXPRESSION TABLE MESSAGE: after this change of a table nothing is written, and the finding says where it is
refused() {
    tables
    sed -i "$1" "out/$2"
    run --separate-stderr "$REMEDI" x12 out
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == "out/$2"*"$3"* ]] || { echo "$stderr"; return 1; }
}

@test "an unknown column, and what was probably meant" {
    refused '1s/paid_amount/payd_amount/' 835/claims.csv ":1:63: error[E5006]: there is no such column here (byte 62, row 1, did you mean paid_amount?)"
}

@test "an unknown table, and what was probably meant" {
    tables
    mv out/835/services.csv out/835/service.csv
    run --separate-stderr "$REMEDI" x12 out
    [ "$status" -eq 3 ]
    [[ "$stderr" == "out/835/service.csv:"*"E5101"*"did you mean 835/services?"* ]]
}

@test "a column that stands twice" {
    refused '1s/paid_amount/charge_amount/' 835/claims.csv "E5007"
}

@test "a missing id column" {
    refused '1s/parent_id,//;2s/8,//' 835/claims.csv "E5008"
}

@test "a row without parent" {
    refused '2s/9,8,/9,7,/' 835/claims.csv ":2:3: error[E5105]"
}

@test "an id that is there already, in the table or in another one" {
    refused '$p' 835/claims.csv "E5103"
    refused '2s/9,8,/8,8,/' 835/claims.csv "E5103"
}

@test "an id that is no number" {
    refused '2s/9,8,/x,8,/' 835/claims.csv "E5102"
}

@test "rows out of order" {
    remittance "$(remittance | sed -n 12,16p)
" >in.835
    "$REMEDI" csv --tables out in.835
    sed -i '2{h;d};3{G}' out/835/claims.csv
    run --separate-stderr "$REMEDI" x12 out
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"out/835/claims.csv:3:1: error[E5104]"* ]]
}

@test "a row that was cut off" {
    refused '2s/,1,200.*//' 835/claims.csv "E5005"
}

@test "a second row where there may be one" {
    refused '2{p;s/^4/4.5/}' 835/payer.csv ":3:5: error[E5106]"
}

@test "a row goes between two others by a fraction" {
    tables
    sed -i '$a11.5,10,94,10,' out/835/adjustments_reasons.csv
    "$REMEDI" x12 out | grep -q '^CAS\*CO\*45\*50\*\*94\*10~'
}

@test "no value of a table is told" {
    refused '2s/7722337/"7722337"DOE/' 835/claims.csv "E5001"
    [[ "$stderr" != *7722337* && "$stderr" != *DOE* ]]
}

@test "what a guide has no place for has its tables" {
    remittance "ZZZ*1*2~
" | sed 's/CLP\*7722337/CLP*7722337 /; s/A1~/A1**~/' >in.835
    "$REMEDI" csv --tables out in.835 2>/dev/null || true
    [ "$(cut -d, -f3 out/unmapped.csv)" = "segment
ZZZ*1*2" ]
    grep -q ',patient,as_sent,NM1\*QC\*1\*DOE\*JANE\*\*\*\*MI\*A1\*\*$' out/notes.csv
    "$REMEDI" x12 out | cmp - in.835
}
