#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The corpus is what it says: complete cases, nothing else, captures that can be made again.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

cd "$SMIN_SRCDIR/pcaps"
for entry in *; do
	case $entry in
	good | bad | unsupported | evasion | clean) ;;
	README.md | MANIFEST | COVERAGE | local.mk | messages) ;;
	*) wrong "pcaps/$entry belongs to no case" ;;
	esac
done
for folder in good bad unsupported evasion clean; do
	for case in "$folder"/*; do
		[ -d "$case" ] || { wrong "pcaps/$case is not a folder"; continue; }
		for file in case.conf input.pcap expect.jsonl; do
			[ -f "$case/$file" ] || wrong "pcaps/$case has no $file"
		done
		for file in "$case"/* "$case"/.[!.]*; do
			[ -e "$file" ] || continue
			case ${file##*/} in
			case.conf | talk.txt | input.pcap | expect.jsonl | rules) ;;
			*) wrong "pcaps/$file belongs to nothing" ;;
			esac
		done
		for key in purpose origin licence rules; do
			grep -Eq "^$key = .+" "$case/case.conf" || wrong "pcaps/$case/case.conf has no $key"
		done
		unknown=$(grep -Ev '^(#.*|(purpose|origin|licence|rules|options|perturb|damage|seed|checksums) = .+|)$' \
			"$case/case.conf") && wrong "pcaps/$case/case.conf: $unknown"
		[ -f "$case/talk.txt" ] || grep -q '^origin = captured' "$case/case.conf" ||
			wrong "pcaps/$case has neither talk.txt nor 'origin = captured ...'"
	done
done
[ $bad -eq 0 ] || exit 1

if [ ! -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ]; then
	echo "SKIPPED: smin-mkpcap was not built (libnet is missing), so no capture was made again" >&2
	exit 77
fi
for talk in */*/talk.txt; do
	case=${talk%/talk.txt}
	"$SMIN_SRCDIR/tests/corpus/make-case.sh" "$case" "$work/again.pcap" || { wrong "pcaps/$talk cannot be made"; continue; }
	cmp -s "$work/again.pcap" "$case/input.pcap" || wrong "pcaps/$case/input.pcap is not what its talk.txt makes"
done
"$SMIN_SRCDIR/tests/corpus/make-manifest.sh" >"$work/MANIFEST"
diff -u MANIFEST "$work/MANIFEST" >&2 || wrong "pcaps/MANIFEST is not what tests/corpus/make-manifest.sh prints"

# A second opinion on every header and checksum that is not wrong on purpose.
if ! command -v tshark >/dev/null || ! command -v mergecap >/dev/null; then
	echo "NOT CHECKED: tshark or mergecap is missing, so nobody else read the captures" >&2
	exit $bad
fi
plain=$(for case in */*; do
	[ -f "$case/case.conf" ] && ! grep -Eq '^(damage|checksums) = ' "$case/case.conf" && echo "$case/input.pcap"
done || true)
# shellcheck disable=SC2086 # names of cases hold no blanks
mergecap -a -w "$work/all.pcapng" $plain || wrong "mergecap cannot read a capture"
tshark -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -r "$work/all.pcapng" \
	-Y 'ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0' >"$work/tshark" 2>"$work/tshark.err" ||
	{ cat "$work/tshark.err" >&2; wrong "tshark cannot read the captures"; }
[ ! -s "$work/tshark" ] || { cat "$work/tshark" >&2; wrong "tshark finds wrong checksums"; }
exit $bad
