#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# smin-mkpcap refuses what it does not know, with file and line, and does the same thing twice.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
mkpcap=$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap
[ -x "$mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

# LINE: is refused, and the message names line 2 of the file.
refused()
{
	printf 'open\n%s\n' "$1" >"$work/talk.txt"
	status=0
	"$mkpcap" -o "$work/out" "$work/talk.txt" 2>"$work/err" || status=$?
	[ $status -eq 2 ] || wrong "exit status $status for: $1"
	grep -q "talk.txt:2: " "$work/err" || wrong "no place named for: $1"
}
refused 'speak'
refused '> smi'
refused '> smi greeting'
refused '> smi status state=1'
refused '> smi status status=1 status=2'
refused '> smi status status=4294967296'
refused '> smi backup-response mac=00:11'
refused '> text hello'
refused '> text "hello'
refused '> text "\q"'
refused '> hex 123'
refused '> hex 12xy'
refused '> hex'
refused '> zeros -1'
refused '> zeros 99999999'
refused '> fill 300 2'
refused '> file nowhere.hex'
refused '> text "a" +'
refused '> loud text "a"'
refused '> offset=x text "a"'
refused '> flags=Z text "a"'
refused 'set client=1.2.3'
refused 'set client=192.0.2.1:70000'
refused 'set client=[2001:db8::1'
refused 'set start=yesterday'
refused 'set colour=red'
refused 'set mss=0'
refused 'set acks=maybe'
refused 'capture link=token-ring'
refused 'connection'
refused 'connection main'
refused '@nobody > text "a"'
refused '@main'
refused 'close sideways'
refused 'retransmit >'
refused 'wait 5 parsecs'
refused 'wait 5'
refused 'udp 192.0.2.1:1 text "a"'
refused 'udp 192.0.2.1:1 > [2001:db8::1]:1 text "a"'
refused 'ip 300 192.0.2.1 > 192.0.2.2 text "a"'
refused 'flood'
refused 'flood syn count=100000'

printf 'open\n> zeros 3000\nclose\nudp 192.0.2.1:9 > 192.0.2.2:69 zeros 300\n' >"$work/talk.txt"
"$mkpcap" -o "$work/plain" "$work/talk.txt" || wrong "the plain conversation cannot be made"
names=$("$mkpcap" --list | sed -n '/^perturbations:/,/^damages:/p' | sed '1d;$d;s/ .*//')
[ -n "$names" ] || wrong "no perturbation is listed"
for name in $names; do
	case $name in reorder) extra='--perturb split:100' ;; fragment-overlap) extra= ;; *) extra= ;; esac
	# shellcheck disable=SC2086 # options
	for out in once again; do
		"$mkpcap" $extra --perturb "$name" --seed 9 -o "$work/$out" "$work/talk.txt" || wrong "$name fails"
	done
	cmp -s "$work/once" "$work/again" || wrong "$name is not the same twice"
	! cmp -s "$work/once" "$work/plain" || wrong "$name changes nothing"
	grep -Eq -- "--perturb $name(:| |\$)" "$SMIN_SRCDIR/tests/corpus/variants" ||
		grep -Elq "^perturb = (.* )?$name(:| |\$)" "$SMIN_SRCDIR"/pcaps/*/*/case.conf || wrong "nobody uses $name"
done
for name in colour split:0 split:x one-sided:nobody fragment-overlap:x; do
	! "$mkpcap" --perturb "$name" -o "$work/out" "$work/talk.txt" 2>/dev/null || wrong "perturbation $name is taken"
done
for name in colour truncate:x truncate:1:2:3 byte:99999999 record-length:99999; do
	! "$mkpcap" --damage "$name" -o "$work/out" "$work/talk.txt" 2>/dev/null || wrong "damage $name is taken"
done
exit $bad
