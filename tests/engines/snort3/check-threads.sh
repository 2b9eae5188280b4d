#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Snort 3 with one packet thread and with four finds the same messages and counts them: Snort starts its threads anew for
# every capture.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines/snort3
. "$here/find-snort.sh"
find_snort
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
	cat "$here/snort.lua" "$SMIN_SRCDIR/plugins/snort3/smin.lua"
	echo 'smin.log = true'
} >"$work/engine.lua"
for threads in 1 4; do
	mkdir "$work/log$threads"
	run_snort "$work/engine.lua" -z $threads -l "$work/log$threads" --pcap-dir "$SMIN_SRCDIR/pcaps/good" --pcap-filter '*.pcap' \
		>"$work/said" 2>&1 </dev/null || { cat "$work/said" >&2; echo "Snort failed with $threads threads" >&2; exit 1; }
	sed -n '/^smin$/,/^---/p' "$work/said" >"$work/counts$threads"
	cat "$work/log$threads"/*smin.log | sort >"$work/messages$threads"
done
messages=$(wc -l <"$work/messages1")
[ "$messages" -ge 50 ] || { echo "too few messages to prove anything: $messages" >&2; exit 1; }
grep -q " messages: $messages\$" "$work/counts1" || { cat "$work/counts1" >&2; echo "$messages messages were logged" >&2; exit 1; }
diff "$work/messages1" "$work/messages4" >&2 || { echo "four threads find other messages" >&2; exit 1; }
diff "$work/counts1" "$work/counts4" >&2 || { echo "four threads count otherwise" >&2; exit 1; }
