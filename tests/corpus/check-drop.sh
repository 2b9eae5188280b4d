#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Whoever converts every shipped rule to drop does no harm to a director: inside one network, what directors, their
# clients and other protocols send meets no rule that is on. No director is listed: the bytes and the border do.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

sed 's/^alert /drop /' "$SMIN_SRCDIR/rules/smin.rules" >"$work/drop.rules"
grep -q '^alert ' "$work/drop.rules" && wrong "a rule was not converted"
[ "$(grep -c '^drop ' "$work/drop.rules")" -gt 10 ] || wrong "hardly a rule is on"

# Well-formed messages of every kind that a director or its client sends, and everything that is not Smart Install.
cd "$SMIN_SRCDIR/pcaps" || exit 1
everywhere='[0.0.0.0/0,::/0]'
for case in good/director* good/init-discovery-* good/probe-* good/siet-probe good/two-devices good/config-* \
	good/siet-update-ios-* good/execute-ftp-url good/siet-execute good/talos-checker* good/nmap-service-scan clean/*; do
	[ -f "$case/input.pcap" ] || { wrong "no pcaps/$case/input.pcap"; continue; }
	"$replay" --json -S "$work/drop.rules" --home-net "$everywhere" --set 'EXTERNAL_NET=!$HOME_NET' \
		"$case/input.pcap" >"$work/records" 2>"$work/errors"
	[ $? -le 1 ] || wrong "$case: $(cat "$work/errors")"
	! grep '"event_type":"alert"' "$work/records" >&2 || wrong "$case would lose packets"
done

# From outside the same bytes are an attack, and what a client answers outwards says that it is exposed.
for case in good/siet-probe good/siet-update-ios-now good/siet-execute good/talos-checker good/siet-change-config; do
	[ -f "$case/input.pcap" ] || { wrong "no pcaps/$case/input.pcap"; continue; }
	"$replay" --json -S "$work/drop.rules" --home-net 192.0.2.0/24 --set 'EXTERNAL_NET=!$HOME_NET' \
		"$case/input.pcap" 2>/dev/null | grep -q '"event_type":"alert"' || wrong "$case from outside meets no rule"
done

# What no director sends is dropped wherever it is.
for case in good/siet-get-config good/tool-2018-tftp-server good/command-delete bad/discovery-29 bad/go-siet-execute; do
	"$replay" --json -S "$work/drop.rules" --home-net "$everywhere" --set 'EXTERNAL_NET=!$HOME_NET' \
		"$case/input.pcap" 2>/dev/null | grep -q '"event_type":"alert"' || wrong "$case meets no rule"
done
exit $bad
