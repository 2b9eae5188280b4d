#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every shipped rule has a case that it alerts on and one that it must not alert on.
# pcaps/COVERAGE: sid, positive case, negative case.
set -eu
: "${SMIN_SRCDIR:?}"
cd "$SMIN_SRCDIR/pcaps"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

grep -Ev '^[[:space:]]*(#|$)' ../rules/smin.rules | grep -Eo 'sid: *[0-9]+' | grep -Eo '[0-9]+' | sort >"$work/rules"
grep -Ev '^(#|$)' COVERAGE | cut -f 1 | sort >"$work/covered"
[ -s "$work/rules" ] || wrong "no sid found in rules/smin.rules"
diff "$work/rules" "$work/covered" >&2 || wrong "rules/smin.rules and pcaps/COVERAGE name different sids"
sort "$work/rules" | uniq -d | grep . >&2 && wrong "a sid is used twice"

alerts_on() { grep -Eq "\"event_type\":\"alert\".*\"signature_id\":$2[,}]" "$1/expect.jsonl"; }
while IFS='	' read -r sid positive negative; do
	case $sid in '' | \#*) continue ;; esac
	for case in "$positive" "$negative"; do
		[ -f "$case/expect.jsonl" ] || wrong "$sid: no pcaps/$case/expect.jsonl"
	done
	[ "$positive" != "$negative" ] || wrong "$sid: the same case twice"
	[ $bad -eq 0 ] || continue
	alerts_on "$positive" "$sid" || wrong "$sid does not alert on $positive"
	! alerts_on "$negative" "$sid" || wrong "$sid alerts on $negative"
done <COVERAGE

# Over the whole class: clean means clean.
for expect in clean/*/expect.jsonl; do
	! grep -E '"event_type":"(alert|incident)"' "$expect" >&2 || wrong "pcaps/$expect has an alert or an incident"
done
exit $bad
