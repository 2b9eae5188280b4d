#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The comparison of engines notices what it is there to notice: made-up findings that differ in one thing each.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# found ENGINE VALUE: what one message and one alert look like in lines.
found()
{
	printf '%s\tgood/one\ta>b\t0\ttype\t%s\n' "$1" "$2"
	printf '%s\tgood/one\ta>b\t0\talert.1\t{}\n' "$1"
}
printf 'one\nother\n' >"$work/engines"
printf 'one\tgood/one\none\tgood/none\nother\tgood/none\n' >"$work/ran"

# compare [awk variables]: of the found lines and accepted lines as they are; the answer in $work/answer.
compare()
{
	awk -v least=1 -v shown=5 -v whole=1 "$@" -f "$here/compare.awk" stage=accepted "$work/accepted" stage=engines "$work/engines" \
		stage=ran "$work/ran" stage=found "$work/replay" "$work/one" "$work/other" >"$work/answer" 2>&1
}
# expect TITLE STATUS TEXT: how it ended, and a line of what it said.
expect()
{
	status=0
	compare ${least:+-v least=$least} || status=$?
	if [ "$status" = "$2" ] && grep -qE "$3" "$work/answer"; then return; fi
	echo "$1: status $status, said:" >&2
	cat "$work/answer" >&2
	bad=1
}
fresh()
{
	least=
	: >"$work/accepted"
	: >"$work/other"
	found replay 8 >"$work/replay"
	found one 8 >"$work/one"
	printf 'one\tgood/one\none\tgood/none\n' >"$work/ran"
}

fresh
expect "equal findings are equal" 0 '^good/one +equal +skipped'
expect "nothing found by both is told apart" 0 '^good/none +nothing'
fresh
found one 9 >"$work/one"
expect "another value differs" 1 '^good/one, one: only smin-replay: a>b 0 type 8'
expect "another value is in the table" 1 '^good/one +DIFFERENT'
fresh
sed 1d "$work/one" >"$work/shorter" && mv "$work/shorter" "$work/one"
expect "a missing line differs" 1 '^good/one, one: only smin-replay'
fresh
found one 8 | sed p >"$work/one"
expect "a message told twice differs" 1 '^good/one, one: not in smin-replay: .* \(1, 2\)$'
fresh
found one 8 | sed 's/a>b/b>a/' >"$work/one"
expect "the other direction differs" 1 DIFFERENT
fresh
found one 8 | sed 's/	0	/	16	/' >"$work/one"
expect "another offset differs" 1 DIFFERENT
fresh
found one 8 | sed 's/alert.1/alert.2/' >"$work/one"
expect "another alert differs" 1 'alert.2'
fresh
found one 9 >"$work/one"
echo 'one both good/one type because it is so' >"$work/accepted"
expect "an accepted difference is no failure" 0 '^good/one +accepted \[1\]'
expect "an accepted difference is given with its reason" 0 '\[1\] because it is so'
echo 'one both good/one type=9 because it is so' >"$work/accepted"
expect "an accepted value does not explain another" 1 'only smin-replay: a>b 0 type 8'
echo 'one engine good/one type because it is so' >"$work/accepted"
expect "an accepted side does not explain the other" 1 'only smin-replay: a>b 0 type 8'
echo 'other both good/one type because it is so' >"$work/accepted"
expect "an accepted engine does not explain another" 1 DIFFERENT
fresh
echo 'one both good/one type because it was so' >"$work/accepted"
expect "an accepted line that explains nothing fails" 1 'explains nothing any more: one both'
echo 'one sometimes good/one' >"$work/accepted"
expect "an accepted line without a reason fails" 1 'without its parts'
fresh
printf 'one\tgood/none\nother\tgood/one\n' >"$work/ran"
found other 8 >"$work/other"
least=0
echo 'one both good/one type because it was so' >"$work/accepted"
expect "an accepted line about a capture that its engine was not given is no failure" 0 '^good/one +skipped +equal'
fresh
least=3
expect "too little to compare fails" 1 'too few lines'
fresh
printf 'one\tgood/none\n' >"$work/ran"
least=0
expect "a capture that was not given is skipped" 0 '^one: 0 lines of both; captures: 1 equal'

# The lines come from records of either program: the same message, once with its sender and once with its client in front.
cat >"$work/replay.json" <<'END'
{"event_type":"smin","src_ip":"2001:db8::2","src_port":4786,"dest_ip":"2001:db8::1","dest_port":1,"smin":{"direction":"to_client","offset":0,"tlvs":[{"type":1}],"events":["gap"]}}
END
cat >"$work/suricata.json" <<'END'
{"event_type":"smin","src_ip":"2001:0db8:0000:0000:0000:0000:0000:0001","src_port":1,"dest_ip":"2001:0db8:0000:0000:0000:0000:0000:0002","dest_port":4786,"smin":{"direction":"to_client","offset":0,"tlvs":[{"type":1}],"events":["gap"]}}
{"event_type":"anomaly","src_ip":"2001:0db8:0000:0000:0000:0000:0000:0001","src_port":1,"dest_ip":"2001:0db8:0000:0000:0000:0000:0000:0002","dest_port":4786,"anomaly":{"app_proto":"smin","type":"applayer","event":"gap"}}
{"event_type":"anomaly","src_ip":"2001:0db8:0000:0000:0000:0000:0000:0001","src_port":1,"dest_ip":"2001:0db8:0000:0000:0000:0000:0000:0002","dest_port":4786,"anomaly":{"app_proto":"smin","type":"applayer","event":"APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS"}}
END
jq -r --arg name x --arg source sender -f "$here/eve.jq" "$work/replay.json" | sort >"$work/replay"
jq -r --arg name x --arg source opener -f "$here/eve.jq" "$work/suricata.json" | sort >"$work/one"
grep -q '	tlvs\[0\].type	1$' "$work/replay" && grep -q '	raised	gap$' "$work/replay" ||
	{ echo "a record's parts are missing in its lines:" >&2; cat "$work/replay" >&2; bad=1; }
diff "$work/replay" "$work/one" >&2 || { echo "records of one message give different lines" >&2; bad=1; }
exit $bad
