#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every case of the corpus, once read by smin-replay and once by Suricata 8, with the same rules: those in rules/ and,
# where SMIN_PUBLIC_RULES names their folder, public ones. The alerts are the same sets, but for what accepted-corpus lists.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/oracle
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in "$here"/rules/*.rules; do
	[ "$(basename "$file")" = counting.rules ] || grep -E '^[a-z]' "$file" >>"$work/rules"
done
least=60
whole=0
if [ -d "${SMIN_PUBLIC_RULES:-}" ]; then
	cat "$SMIN_PUBLIC_RULES"/*.rules | grep -E '^[a-z]' >>"$work/rules"
	least=300
	whole=1
else
	echo "SMIN_PUBLIC_RULES is not set: only rules of this project are compared" >&2
fi
for case in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${case%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$case"
done >"$work/list"
"$here/ask-suricata.sh" "$work/rules" "$work/list" "$work/suricata" || exit $?
"$here/ask-smin.sh" "$work/rules" "$work/list" "$work/smin"
bad=0
awk -v least=$least -v whole=$whole -f "$here/compare.awk" "$here/accepted-corpus" "$work/rules" \
	"$work/smin" "$work/suricata" || bad=1

# Rules that count: the engine keeps its counts from one capture to the next, so each gets an engine of its own.
grep -E '^[a-z]' "$here/rules/counting.rules" >"$work/rules"
grep -E '^(good/(siet-get-config|siet-change-multi|state-threshold|state-xbits-flowint|two-devices)|evasion/port-reuse|clean/tftp-autoinstall)	' \
	"$work/list" >"$work/few"
SMIN_ORACLE_FRESH=1 "$here/ask-suricata.sh" "$work/rules" "$work/few" "$work/suricata" || exit $?
"$here/ask-smin.sh" "$work/rules" "$work/few" "$work/smin"
awk -v least=10 -v whole=1 -f "$here/compare.awk" "$here/accepted-counting" "$work/rules" "$work/smin" "$work/suricata" || bad=1
exit $bad
