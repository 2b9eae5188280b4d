#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Rules with our options in Snort 3: every one that is converted loads, they mean what they say, and what cannot work is told.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines/snort3
. "$here/find-snort.sh"
find_snort
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() { echo "$1" >&2; [ ! -f "$work/said" ] || grep -E '^(ERROR|FATAL|WARNING)' "$work/said" | head -n 5 >&2; bad=1; }
cat "$here/snort.lua" "$SMIN_SRCDIR/plugins/snort3/smin.lua" >"$work/engine.lua"
capture=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap

# try [OPTION...]: what it says stands in $work/said.
try()
{
	run_snort "$work/engine.lua" --warn-all "$@" >"$work/said" 2>&1 </dev/null
}

try -T -R "$SMIN_SRCDIR/rules/smin-snort3.rules" || fail "the shipped rules are refused"
on=$(grep -c '^alert' "$SMIN_SRCDIR/rules/smin-snort3.rules")
grep -q "text rules: $on\$" "$work/said" || fail "not all $on shipped rules were loaded"
grep -q 'smin: inspector .* (built in), ' "$work/said" || fail "Snort does not tell which inspector is at work"

"$SMIN_SRCDIR/tests/oracle/gather-rules.sh" snort3 "$work"
{
	cat "$work/engine.lua"
	echo "classifications = {"
	sed -n "s/.* classtype:\([^;]*\);.*/    { name = '\1', priority = 1, text = '\1' },/p" "$work/smin" | sort -u
	echo "}"
} >"$work/classes.lua"
wanted=$(wc -l <"$work/smin")
run_snort "$work/classes.lua" -T -R "$work/smin" >"$work/said" 2>&1 || fail "converted rules are refused"
grep -q "text rules: $wanted\$" "$work/said" || fail "not all $wanted converted rules were loaded"
[ "$wanted" -ge 40 ] || fail "too few converted rules to prove anything"

mkdir "$work/log"
try -q -A alert_json -l "$work/log" -R "$here/options.rules" -r "$capture" || fail "the rules on options are refused"
sed -n 's/.*"gid" : 1, "sid" : \([0-9]*\),.*/\1/p' "$work/log/alert_json.txt" | sort -n >"$work/alerts"
sed -n 's/.* sid:\([0-9]*[13579]\);.*/\1/p' "$here/options.rules" | sort -n >"$work/expected"
diff "$work/expected" "$work/alerts" >&2 || fail "options mean something else"

echo 'alert smin any any -> any any (smin_type:many; sid:1;)' >"$work/wrong.rules"
! try -T -R "$work/wrong.rules" || fail "a condition that is none is accepted"
grep -q 'smin_type:many is no number' "$work/said" || fail "it is not said why a condition is refused"

# What Snort says without the adapter, or with an inspector that cannot be had.
if "$snort" ${SMIN_SNORT_OPTIONS:-} -c "$work/engine.lua" -T >"$work/said" 2>&1; then
	fail "a missing adapter goes unnoticed with smin.lua"
fi
grep -q "Can't bind to unknown type 'smin'" "$work/said" || fail "it is not said that the adapter is missing"
cp "$work/engine.lua" "$work/other.lua"
echo "smin.inspector = '/nowhere/at-all.so'" >>"$work/engine.lua"
! try -T || fail "an inspector that is not there goes unnoticed"
grep -q '/nowhere/at-all.so' "$work/said" || fail "it is not said which inspector is not there"
{ cat "$work/other.lua"; echo "smin.inspector = '$SMIN_BUILDDIR/.libs/smartinstall.so'"; } >"$work/engine.lua"
try -T || fail "the inspector as a plugin of its own cannot be used"
grep -q 'smin: inspector .*smartinstall.so' "$work/said" || fail "another inspector is not told"
exit $bad
