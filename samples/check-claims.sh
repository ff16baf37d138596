#!/bin/sh
# A job for a pipeline: stops where claims are not right. check-claims.sh FOLDER [SARIF FILE]
set -eu
folder=${1:?usage: check-claims.sh FOLDER [SARIF FILE]}
report=${2:-findings.sarif}
remedi=${REMEDI:-remedi}

# For the dashboard: all findings, whatever they mean for this job.
"$remedi" check --format sarif --max-findings 10000 -o "$report" "$folder" || test $? -eq 1

# For the log, and for the exit status: 1 where there is an error up to SNIP level 4, 3 where a file cannot be read.
"$remedi" check --level 4 "$folder"
