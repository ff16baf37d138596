# What the tests of the command share.
bats_require_minimum_version 1.5.0
: "${REMEDI:=$BATS_TEST_DIRNAME/../../build/remedi}"
unset SOURCE_DATE_EPOCH NO_COLOR
export REMEDI_CODES=/nonexistent # no test depends on what its user has loaded

setup() {
    [ -x "$REMEDI" ] || { echo "there is no program $REMEDI"; return 1; }
    mkdir "$BATS_TEST_TMPDIR/here"
    cd "$BATS_TEST_TMPDIR/here" || return 1
}

# A clean remittance with one claim; an argument is put behind the claim's own segments.
remittance() {
    cat <<END
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *190101*1253*^*00501*000000905*0*P*:~
GS*HP*SENDER*RECEIVER*20190101*1253*1*X*005010X221A1~
ST*835*0001~
BPR*I*150*C*CHK************20190316~
TRN*1*71700666555*1935665544~
N1*PR*PLAIN HEALTH~
N3*1 MAIN STREET~
N4*TOWN*OH*44444~
PER*BL*DESK*TE*5555555555~
N1*PE*GOOD CLINIC*XX*1999999984~
LX*1~
CLP*7722337*1*200*150**12*119932404007801~
CAS*CO*45*50~
NM1*QC*1*DOE*JANE****MI*A1~
${1:-}SVC*HC:99214:25*200*150~
DTM*472*20190301~
SE*$((15 + $(tr -dc '~' <<<"${1:-}" | wc -c)))*0001~
GE*1*1~
IEA*1*000000905~
END
}

# The same, but all balances are right, of each claim and line.
in_balance() {
    sed -e '/^CAS/d' -e 's/^DTM\*472.*/&\nCAS*CO*45*50~/' -e 's/\*XX\*1999999984~/*FI*199999998~/'
}

# A remittance with as many claims as the argument says.
long_remittance() {
    remittance | sed -n '1,11p'
    yes "$(remittance | sed -n '12,16p')" | head -n $((5 * $1))
    printf 'SE*%d*0001~\nGE*1*1~\nIEA*1*000000905~\n' $((10 + 5 * $1))
}

# How many findings stand in $stderr.
findings() {
    grep -c '\[[EWN][0-9]*\]' <<<"$stderr"
}

# Runs remedi with call number $2 of function $1 failing with errno $3.
run_failing() {
    [ -z "${INSTRUMENTED:-}" ] || skip "a sanitizer does not let calls be replaced"
    [ -e faults.so ] || ${CC:-cc} -shared -fPIC -o faults.so "$BATS_TEST_DIRNAME/faults.c" -ldl || skip "NOT RUN: no compiler for faults.c"
    local call=$1 number=$2 error=$3
    shift 3
    run --separate-stderr env LD_PRELOAD="$PWD/faults.so" FAULT_CALL="$call" FAULT_NUMBER="$number" FAULT_ERROR="$error" "$REMEDI" "$@"
}
