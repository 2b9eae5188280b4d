#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The inspector's own matcher inside Suricata, where the setting rule-files asks for it: it says of every case of the corpus
# what it says in smin-replay, but for what accepted-rules lists. Without the setting nothing is said. A file that is missing
# and a rule that is refused are told with their place, and the others work.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines/suricata8
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
# shellcheck disable=SC2034 # of find-suricata.sh
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
. "$SMIN_SRCDIR/tests/oracle/suricata-socket.sh"
prefix=app-layer.protocols.smin
bad=0
: >"$work/none.rules"
sed 's/^# alert /alert /' "$SMIN_SRCDIR/rules/smin.rules" | grep '^alert' >"$work/own.rules"
cat >>"$work/own.rules" <<'END'
alert tcp any any -> any 4786 (msg:"across messages"; flow:only_stream; content:"|00 00 00 04|"; content:"copy"; distance:0; sid:1;)
alert smin any any -> $HOME_NET any (msg:"a \"quoted\" word; and $HOME_NET"; smin.command; content:"copy"; sid:2; rev:7; priority:4;)
END
sed -i 's/word; and/word and/' "$work/own.rules"

suricata "$work/none.rules" "$work" -T --set "plugins.0=$adapter" --set "$prefix.rule-files.0=$work/own.rules" \
	>"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
grep -q "rule-files: $(grep -c '^alert' "$work/own.rules") rules of smin work, 0 were refused" "$work/log" ||
	{ cat "$work/log" >&2; echo "not all rules work" >&2; bad=1; }

# What is wrong is told.
{
	echo 'alert smin any any -> any any (msg:"wrong"; smin.type:eight; sid:3;)'
	echo 'alert udp any any -> any 69 (msg:"datagrams"; content:"x"; sid:4;)'
	echo 'alert smin any any -> any any (msg:"right"; smin.type:8; sid:5;)'
} >"$work/wrong.rules"
suricata "$work/none.rules" "$work" -T --set "plugins.0=$adapter" --set "$prefix.rule-files.0=$work/wrong.rules" \
	--set "$prefix.rule-files.1=$work/missing.rules" --set "$prefix.rule-files.2=$work" >"$work/log" 2>&1 || :
for line in "Error: .*/wrong.rules:1:45: smin.type: \"eight\" is no number.*(the rule is left out)" \
	"Error: .*/missing.rules: No such file or directory" "Error: .*: Is a directory: its rules are left out" \
	"Warning: .*packets or datagrams are never asked here" \
	": 2 rules of smin work, 1 were refused"; do
	grep -q "$line" "$work/log" || { cat "$work/log" >&2; echo "Suricata does not say: $line" >&2; bad=1; }
done
suricata "$work/none.rules" "$work" -T --set "plugins.0=$adapter" --set "$prefix.rule-files=$work/own.rules" \
	>"$work/log" 2>&1 || :
grep -q "Error: .*rule-files: expected a list of files" "$work/log" || { cat "$work/log" >&2; echo "no list is none" >&2; bad=1; }

for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${capture%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$capture"
done >"$work/list"
"$SMIN_SRCDIR/tests/oracle/ask-smin.sh" "$work/own.rules" "$work/list" "$work/alerts"
cut -f 1,2 "$work/alerts" | LC_ALL=C sort -u >"$work/smin"
number_captures "$work/list"
read_all "$work/none.rules" --set "plugins.0=$adapter" --set "$prefix.rule-files.0=$work/own.rules"
while IFS='	' read -r name number; do
	jq -r --arg name "$name" 'select(.event_type == "smin") | .smin_alerts // [] | .[] | [$name, .signature_id] | @tsv' \
		"$work/$number/eve.json"
done <"$work/numbers" | LC_ALL=C sort -u >"$work/suricata"
awk -v least=200 -v whole=0 -f "$SMIN_SRCDIR/tests/oracle/compare.awk" "$here/accepted-rules" "$work/own.rules" "$work/smin" \
	"$work/suricata" || bad=1

# As the engine's alerts are written; and nothing without the setting.
mkdir "$work/on" "$work/off"
capture=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap
suricata "$work/none.rules" "$work/on" -r "$capture" --runmode single --set "plugins.0=$adapter" \
	--set "$prefix.rule-files.0=$work/own.rules" >"$work/log" 2>&1
suricata "$work/none.rules" "$work/off" -r "$capture" --runmode single --set "plugins.0=$adapter" >"$work/log" 2>&1
jq -c '.smin_alerts // [] | .[] | select(.signature_id == 2)' "$work/on/eve.json" >"$work/second"
echo '{"action":"allowed","gid":1,"signature_id":2,"rev":7,"signature":"a \"quoted\" word and $HOME_NET","category":"","severity":4}' |
	cmp -s - "$work/second" || { cat "$work/second" >&2; echo "the alert is written otherwise" >&2; bad=1; }
if grep smin_alerts "$work/off/eve.json" >&2; then
	echo "without the setting there are alerts" >&2
	bad=1
fi
jq -c 'select(.event_type == "smin") | .smin' "$work/on/eve.json" >"$work/on/objects"
jq -c 'select(.event_type == "smin") | .smin' "$work/off/eve.json" | cmp -s - "$work/on/objects" ||
	{ echo "the object of a message differs with own rules" >&2; bad=1; }
exit $bad
