#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Rules that were converted to Snort 3's dialect load in Snort 3: all of them, without an error.
# SMIN_SNORT names the program where it is not on the path; SMIN_SNORT_OPTIONS gives it what it needs there (--daq-dir).
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/oracle
snort=${SMIN_SNORT:-$(command -v snort || :)}
case $([ -z "$snort" ] || "$snort" -V 2>&1) in
*"Version 3."*) ;;
*)
	echo "SKIPPED: there is no Snort 3 on the path: no converted rule was loaded in it" >&2
	exit 77
	;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/gather-rules.sh" snort3 "$work"

# As little of an engine as loads rules on streams and packets, with the classes that the rules name.
{
	printf '%s = { }\n' stream stream_ip stream_tcp stream_udp stream_icmp
	echo "ips = { variables = { nets = { HOME_NET = 'any', EXTERNAL_NET = 'any' } } }"
	echo "classifications = {"
	sed -n "s/.* classtype:\([^;]*\);.*/    { name = '\1', priority = 1, text = '\1' },/p" "$work/plain" | sort -u
	echo "}"
} >"$work/engine.lua"
# shellcheck disable=SC2086 # options, not one word
"$snort" ${SMIN_SNORT_OPTIONS:-} -c "$work/engine.lua" -R "$work/plain" -T >"$work/log" 2>&1 ||
	{ cat "$work/log" >&2; echo "Snort refuses rules" >&2; exit 1; }
wanted=$(wc -l <"$work/plain")
[ "$wanted" -ge 40 ] || { echo "too few rules to prove anything" >&2; exit 1; }
grep -q "total rules loaded: $wanted\$" "$work/log" ||
	{ cat "$work/log" >&2; echo "Snort did not load all $wanted rules" >&2; exit 1; }
echo "$wanted converted rules loaded in Snort; $(wc -l <"$work/smin") rules with smin keywords need our plugin there and" \
	"were read back by smin-replay only; $(wc -l <"$work/refused") cannot be said in that dialect"
