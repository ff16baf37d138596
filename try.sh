#!/bin/sh
# try.sh [FILE]: builds Remedi in build/, and shows a remittance, or the X12 file given, as JSON.
set -eu
top=$(cd "$(dirname "$0")" && pwd)
"$top/.ci/install" gcc libc6-dev make autoconf automake libtool pkg-config gettext re2c
"$top/.ci/build" build
exec "$top/build/remedi" json "${1:-$top/samples/remittance-paid.835}"
