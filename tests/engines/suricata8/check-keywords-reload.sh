#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Rules can be loaded anew while the engine runs, by command and by signal, again and again: what alerts follows the rules,
# a rule that was refused changes nothing of what holds, and the engine ends as it should.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
times=${SMIN_RELOADS:-6}
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
[ -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
running=
finish()
{
	[ -z "$running" ] || kill -9 "$running" 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT
mkdir "$work/captures" "$work/log"

rules()
{
	sed 's/^# alert /alert /' "$SMIN_SRCDIR/rules/smin.rules" | grep '^alert' >"$work/new.rules"
	cat "$SMIN_SRCDIR/tests/engines/suricata8/keywords.rules" >>"$work/new.rules"
	echo "alert smin any any -> any any (smin.type:$1; smin.command; content:\"copy\"; msg:\"round $2\"; sid:$2; rev:1;)" \
		>>"$work/new.rules"
	mv "$work/new.rules" "$work/all.rules"
}
say()
{
	"$client" -c "$1" "$work/socket" 2>&1
}
wait_for()
{
	for _ in $(seq 300); do
		[ "$(grep -c "$1" "$work/out")" -lt "$2" ] || return 0
		sleep 0.1
	done
	cat "$work/out" >&2
	echo "Suricata never said \"$1\" $2 times" >&2
	exit 1
}
# read_one NUMBER: hands over one more capture, younger than those before, of connections of its own.
read_one()
{
	sed "s/:4000\([0-9]\)/:4$(printf '%03d' "$1")\1/" "$SMIN_SRCDIR/pcaps/good/siet-get-config/talk.txt" >"$work/talk.txt"
	"$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -I "$SMIN_SRCDIR/pcaps/messages" -I "$SMIN_SRCDIR/tests/vectors" \
		-o "$work/next" "$work/talk.txt"
	touch -d "$((1000 - $1)) seconds ago" "$work/next"
	mv "$work/next" "$work/captures/$1.pcap"
	wait_for "captures/$1.pcap end of file" 1
}

rules 8 5000
{
	cat "$SMIN_SRCDIR/tests/engines/suricata.yaml"
	printf 'rule-files: ["%s"]\n' "$work/all.rules"
} >"$work/suricata.yaml"
# shellcheck disable=SC2086 # options, not one word
${preload:+env "LD_PRELOAD=$preload" ASAN_OPTIONS=detect_leaks=0} "$engine" -c "$work/suricata.yaml" -l "$work/log" -r "$work/captures" --pcap-file-continuous \
	--pidfile "$work/pid" --set "plugins.0=$adapter" --set pcap-file.poll-interval=1 \
	--set classification-file="$settings/classification.config" \
	--set reference-config-file="$settings/reference.config" --set threshold-file="$settings/threshold.config" \
	--set unix-command.enabled=yes --set unix-command.filename="$work/socket" ${SMIN_SURICATA_OPTIONS:-} \
	>"$work/out" 2>&1 &
wait_for 'Engine started' 1
running=$(cat "$work/pid")
read_one 1

for round in $(seq "$times"); do
	sid=$((5000 + round))
	if [ $((round % 3)) = 0 ]; then
		rules nothing $sid # refused: the others hold
	else
		rules 8 $sid
	fi
	if [ $((round % 2)) = 0 ]; then
		kill -USR2 "$running"
	else
		say reload-rules >"$work/answer" || { cat "$work/answer" >&2; exit 1; }
	fi
	wait_for 'rule reload complete' "$round"
	read_one $((round + 1))
done
say shutdown >/dev/null
status=0
wait $! || status=$?
running=
bad=0
[ $status = 0 ] || { cat "$work/out" >&2; echo "Suricata ended with $status" >&2; bad=1; }

for round in $(seq 0 "$times"); do
	jq -r --arg file "$work/captures/$((round + 1)).pcap" \
		'select(.event_type == "alert" and .pcap_filename == $file) | .alert.signature_id' "$work/log/eve.json" |
		sort -n >"$work/sids"
	count=$(grep -c "^$((5000 + round))\$" "$work/sids" || :)
	wanted=1
	[ "$round" = 0 ] || [ $((round % 3)) != 0 ] || wanted=0
	[ "$count" = $wanted ] || { echo "round $round: its rule alerted $count times instead of $wanted" >&2; bad=1; }
	grep -vx '5[0-9][0-9][0-9]' "$work/sids" >"$work/constant" || :
	[ -e "$work/first" ] || cp "$work/constant" "$work/first"
	cmp -s "$work/first" "$work/constant" || { echo "round $round: other rules alert otherwise" >&2; bad=1; }
done
[ "$(wc -l <"$work/first")" -ge 50 ] || { echo "too few alerts to prove anything" >&2; bad=1; }
exit $bad
