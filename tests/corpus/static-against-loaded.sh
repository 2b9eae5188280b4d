#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The harness is a host like any other: the built-in inspector and the loaded one give identical records.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
plugin=$SMIN_BUILDDIR/.libs/smartinstall.so
[ -f "$plugin" ] || plugin=$(find "$SMIN_BUILDDIR" -name smartinstall.so -type f | head -n 1)
tftp=$(dirname "$plugin")/tftp.so
[ -f "$tftp" ] || { echo "tftp.so was not built" >&2; exit 1; }
ftp=$(dirname "$plugin")/ftp.so
[ -f "$ftp" ] || { echo "ftp.so was not built" >&2; exit 1; }
sealed=$(dirname "$plugin")/sealed.so
[ -f "$sealed" ] || { echo "sealed.so was not built" >&2; exit 1; }
[ -n "$plugin" ] || { echo "smartinstall.so was not built" >&2; exit 1; }
set -- --plugin "$plugin" --plugin "$tftp" --plugin "$ftp" --plugin "$sealed"
http=$(dirname "$plugin")/http.so
[ ! -f "$http" ] || set -- "$@" --plugin "$http" # configure may leave it out
here=$SMIN_SRCDIR/tests/corpus
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
count=0
for case in "$SMIN_SRCDIR"/pcaps/*/*/; do
	case=${case%/}
	count=$((count + 1))
	"$here/replay-case.sh" "$case" "$case/input.pcap" >"$work/static" || { echo "$case: built-in fails" >&2; bad=1; }
	"$here/replay-case.sh" "$case" "$case/input.pcap" --no-builtin "$@" >"$work/loaded" ||
		{ echo "$case: loaded fails" >&2; bad=1; }
	cmp -s "$work/static" "$work/loaded" && continue
	echo "$case: built-in and loaded inspector differ" >&2
	diff "$work/static" "$work/loaded" | head -n 5 >&2
	bad=1
done
[ $count -ge 40 ] || { echo "only $count cases" >&2; bad=1; }
exit $bad
