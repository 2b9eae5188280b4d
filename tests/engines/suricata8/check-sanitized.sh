#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# With sanitizers in the adapter, the whole corpus passes through the engine without a report about us: no invalid access, no
# undefined behaviour, no leak. The engine leaks by itself when it has a plugin of a protocol; those stacks do not name us.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
[ -n "$preload" ] || { echo "SKIPPED: the adapter was built without --enable-sanitizers: no leak was looked for" >&2; exit 77; }
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"

for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	printf '%s\t%s\n' "$capture" "$capture"
done >"$work/list"
[ "$(wc -l <"$work/list")" -ge 100 ] || { echo "too few captures were found" >&2; exit 1; }
number_captures "$work/list"
# One process reads all captures: threads come and go with each of them.
leaks=detect_leaks=1:exitcode=0:abort_on_error=0
LSAN_OPTIONS=print_suppressions=0
export LSAN_OPTIONS
read_all "$SMIN_SRCDIR/rules/smin.rules" --set "plugins.0=$adapter"

bad=0
if grep -E 'runtime error:|ERROR: AddressSanitizer|SEGV' "$work/log"; then
	echo "a sanitizer reports" >&2
	bad=1
fi
# A stack that names the adapter.
if sed -n '/LeakSanitizer/,$p' "$work/log" | grep 'smin-suricata8'; then
	echo "a leak of ours" >&2
	bad=1
fi
grep -q 'LeakSanitizer' "$work/log" || { echo "leaks were not looked for" >&2; bad=1; }
[ "$bad" -eq 0 ] || cat "$work/log" >&2
exit $bad
