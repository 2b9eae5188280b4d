#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every shipped rule, on or off, has a case that it alerts on and a near miss: a message that differs only in what the
# rule asks for, and on which it is silent. And no message has two alerts, anywhere in the corpus.
# pcaps/COVERAGE: sid, positive case, near miss, what differs.
set -eu
: "${SMIN_SRCDIR:?}"
cd "$SMIN_SRCDIR/pcaps"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

command -v jq >/dev/null || { echo "SKIPPED: jq is missing, records cannot be compared" >&2; exit 77; }

grep -E '^(# )?alert ' ../rules/smin.rules | grep -Eo 'sid: *[0-9]+' | grep -Eo '[0-9]+' | sort >"$work/rules"
grep -Ev '^(#|$)' COVERAGE | cut -f 1 | sort >"$work/covered"
[ -s "$work/rules" ] || wrong "no sid found in rules/smin.rules"
diff "$work/rules" "$work/covered" >&2 || wrong "rules/smin.rules and pcaps/COVERAGE name different sids"
sort "$work/rules" | uniq -d | grep . >&2 && wrong "a sid is used twice"

alerts_on() { grep -Eq "\"event_type\":\"alert\".*\"signature_id\":$2[,}]" "$1/expect.jsonl"; }
while IFS='	' read -r sid positive negative differs; do
	case $sid in '' | \#*) continue ;; esac
	for case in "$positive" "$negative"; do
		[ -f "$case/expect.jsonl" ] || { wrong "$sid: no pcaps/$case/expect.jsonl"; continue 2; }
	done
	alerts_on "$positive" "$sid" || { wrong "$sid does not alert on $positive"; continue; }
	! alerts_on "$negative" "$sid" || wrong "$sid alerts on $negative"
	jq -r -n --arg sid "$sid" --slurpfile one "$positive/expect.jsonl" --slurpfile other "$negative/expect.jsonl" \
		-f "$SMIN_SRCDIR/tests/corpus/near-miss.jq" >"$work/differs"
	grep -qx -- "$differs" "$work/differs" ||
		wrong "$sid: no message of $negative differs from that of $positive in $differs, but in: $(cat "$work/differs")"
done <COVERAGE

# A trailer has the number (tx_id) of its message; where copies of bytes disagree, each reading is a message.
for expect in */*/expect.jsonl; do
	jq -r -s -f "$SMIN_SRCDIR/tests/corpus/alerts-per-message.jq" "$expect" >"$work/several"
	[ ! -s "$work/several" ] || wrong "pcaps/$expect has several alerts on one message: $(cat "$work/several")"
done

# Over the whole class: clean means clean.
for expect in clean/*/expect.jsonl; do
	! grep -E '"event_type":"(alert|incident)"' "$expect" >&2 || wrong "pcaps/$expect has an alert or an incident"
done
exit $bad
