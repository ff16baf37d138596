#!/bin/sh
# How fast, and in how much memory: run by `make bench`, in the folder of the build. BENCH_SIZE: bytes of X12 of each kind, 200 MB without it.
# Times are of processor, not of clock: user and system, the best of five runs.
set -eu
size=${BENCH_SIZE:-200000000}
remedi=${REMEDI:-./remedi}
folder=$(mktemp -d "${TMPDIR:-/tmp}/remedi-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
x12=$folder/x12 json=$folder/json part=$folder/part findings=$folder/findings

bytes() {
    wc -c < "$1"
}

# best INPUT COMMAND...: its seconds and its peak memory in KB.
best() {
    input=$1
    shift
    for run in 1 2 3 4 5; do
        /usr/bin/time -f '%U %S %M' -o "$folder/time" "$@" < "$input" > /dev/null
        cat "$folder/time"
    done | awk '{ seconds = $1 + $2 } NR == 1 || seconds < least { least = seconds; peak = $3 }
                END { if (NR != 5) exit 1; print (least > 0 ? least : 0.01), peak }'
}

# row NAME X12-BYTES INPUT COMMAND...: a line for the table.
row() {
    name=$1 amount=$2
    shift 2
    best "$@" | awk -v name="$name" -v amount="$amount" '{ printf "%s\t%.1f\t%d\n", name, amount / 1e6 / $1, $2 }
        END { exit NR != 1 }'
}

# measure KIND SHAPE: one huge transaction, or many.
measure() {
    bench/generate "$1" "$size" "$2" > "$x12"
    "$remedi" json --lines "$x12" > "$json" 2> "$findings"
    "$remedi" check --off W4017 "$x12" >> "$findings" # all of it in one transaction pays more than ten digits of money
    test ! -s "$findings" || { cat "$findings" >&2; exit 1; }
    "$remedi" x12 "$json" 2> "$findings" | cmp - "$x12"
    head -c $(($(bytes "$json") / 10)) "$json" | sed '$d' > "$part"
    amount=$(bytes "$x12")
    {
        row "tokens, by the generated lexer" "$amount" "$x12" bench/stages lexer
        row "tokens" "$amount" "$x12" bench/stages tokens
        row "records: placed and decoded" "$amount" "$x12" bench/stages records
        row "X12 to JSON lines" "$amount" "$x12" "$remedi" json --lines
        row "X12 to CSV" "$amount" "$x12" "$remedi" csv
        row "check" "$amount" "$x12" "$remedi" check
        row "JSON lines to X12" "$amount" "$json" "$remedi" x12
        row "jq -c . on that JSON" "$(awk "BEGIN { print $amount * $(bytes "$part") / $(bytes "$json") }")" "$part" jq -c .
    } > "$folder/rows"
    awk -F '\t' 'NR == FNR { if ($1 ~ /^tokens, by/) lexer = $2; if ($1 ~ /^jq/) jq = $2; next }
                 { printf "| %s | %.0f | %.1f | %.1f | %d |\n", $1, $2, lexer / $2, $2 / jq, $3 }' "$folder/rows" "$folder/rows"
    echo
    echo "JSON lines: $(awk "BEGIN { printf \"%.1f\", $(bytes "$json") / $(bytes "$x12") }") times as large as their X12."
    "$remedi" csv < "$x12" > "$part"
    echo "CSV: $(awk "BEGIN { printf \"%.1f\", $(bytes "$part") / $(bytes "$x12") }") times as large."
    awk -F '\t' '/^X12 to JSON/ { json = $2 } /^X12 to CSV/ { printf "CSV takes %.2f times as long as the JSON.\n", json / $2 }
        /^check/ { printf "The check takes %.2f times as long as the JSON.\n", json / $2 }' "$folder/rows"
}

for kind in 835 837P 837I 271; do
    for shape in one many; do
        echo
        test "$shape" = one && echo "$kind, one transaction:" || echo "$kind, many transactions:"
        echo
        echo "| | MB/s of X12 | time, lexer = 1 | speed, jq = 1 | peak KB |"
        echo "|---|---|---|---|---|"
        measure "$kind" "$shape"
    done
done
echo
echo "All came back byte for byte, without a finding."
