#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Tenants: several sets of rules in one engine, loaded by threads of their own, reloaded and taken away while it runs. Each
# capture is judged by the rules of its tenant, and by no others.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"
bad=0
: >"$work/none.rules"
{
	cat "$SMIN_SRCDIR/tests/engines/suricata.yaml"
	printf 'multi-detect: {enabled: yes, selector: direct, loaders: 2, tenants: []}\n'
} >"$work/suricata.yaml"
# shellcheck disable=SC2034 # of find-suricata.sh
configuration=$work/suricata.yaml

# rules_of TENANT SID: its own rule, and all that the tests of keywords have.
rules_of()
{
	{
		cat "$SMIN_SRCDIR/tests/engines/suricata8/keywords.rules"
		echo "alert smin any any -> any any (smin.type:8; smin.command; content:\"copy\"; sid:$2;)"
	} >"$work/tenant-$1.rules"
	printf '%%YAML 1.1\n---\nrule-files: ["%s"]\n' "$work/tenant-$1.rules" >"$work/tenant-$1.yaml"
}
order()
{
	say "$1" >"$work/answer"
	grep -q '"return": *"OK"' "$work/answer" || { echo "$1:" >&2; cat "$work/answer" "$work/log" >&2; exit 1; }
}
# read_for TENANT NAME
read_for()
{
	mkdir "$work/$2"
	order "pcap-file $work/capture.pcap $work/$2 $1"
	for _ in $(seq 300); do
		case $(say pcap-file-number)$(say pcap-current) in
		*'"message":0,'*'"None"'*) break ;;
		esac
		sleep 0.1
	done
	jq -r 'select(.event_type == "alert") | .alert.signature_id' "$work/$2/eve.json" | sort -n >"$work/$2/sids"
}
# alerted NAME SID: of the rules of tenants, that one alone.
alerted()
{
	[ "$(grep '^5' "$work/$1/sids")" = "$2" ] ||
		{ echo "$1: instead of $2 alerted: $(grep '^5' "$work/$1/sids" | tr '\n' ' ')" >&2; bad=1; }
}

ln -s "$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap" "$work/capture.pcap"
suricata "$work/none.rules" "$work" --unix-socket="$work/socket" --set "plugins.0=$adapter" >"$work/log" 2>&1 &
pid=$!
for _ in $(seq 300); do
	[ ! -S "$work/socket" ] || break
	sleep 0.1
done
rules_of 1 50001
rules_of 2 50002
order "register-tenant 1 $work/tenant-1.yaml"
order "register-tenant 2 $work/tenant-2.yaml"
read_for 1 first
read_for 2 second
rules_of 1 50003
order "reload-tenant 1 $work/tenant-1.yaml"
read_for 1 third
read_for 2 fourth
order "unregister-tenant 2"
read_for 1 fifth
alerted first 50001
alerted second 50002
alerted third 50003
alerted fourth 50002
alerted fifth 50003
[ "$(wc -l <"$work/first/sids")" -ge 50 ] || { echo "too few alerts to prove anything" >&2; bad=1; }
say shutdown >/dev/null
wait "$pid" || { cat "$work/log" >&2; echo "Suricata ended with an error" >&2; bad=1; }
pid=
exit $bad
