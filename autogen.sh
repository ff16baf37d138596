#!/bin/sh
# Makes configure, from a clone. A release tarball has it already.
set -eu
cd "$(dirname "$0")"
mkdir -p build-aux m4
for folder in "$(dirname "$(command -v gettext || echo /usr/bin/gettext)")/.." /usr /usr/local /opt/homebrew /opt/local; do
    test -f build-aux/config.rpath || cp "$folder/share/gettext/config.rpath" build-aux/ 2>/dev/null || :
done
test -f build-aux/config.rpath || { echo "autogen.sh: config.rpath not found: install gettext" >&2; exit 1; }
autoreconf --install --warnings=all,no-portability,no-obsolete
