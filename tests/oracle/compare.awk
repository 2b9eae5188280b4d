# SPDX-License-Identifier: BSD-2-Clause
# Files: the accepted differences, the rules, what smin said, what Suricata said.
# Prints every difference that no accepted line explains, and every accepted line that explains none.
# An accepted line: who has more (smin, suricata or both), captures, sids (both anchored regular expressions), the reason.
# Instead of sids, /EXPRESSION/ stands for the rules whose text it matches.
# Variables: least, how many alerts both must share for this to mean anything; whole, 0 when rules that the accepted
# lines speak of are missing; uses, a file that gets the number of each line that explained something.
FNR == 1 { stage++ }

stage == 1 {
	if ($0 ~ /^[ \t]*(#|$)/) next
	if (NF < 4 || $1 !~ /^(smin|suricata|both)$/) { print "accepted line without its parts: " $0; bad = 1; next }
	lines++
	side[lines] = $1
	where[lines] = "^(" $2 ")$"
	by_text[lines] = $3 ~ /^\/.*\/$/
	which[lines] = by_text[lines] ? substr($3, 2, length($3) - 2) : "^(" $3 ")$"
	text[lines] = $0
	next
}
stage == 2 {
	if (match($0, /sid:[0-9]+/)) rule[substr($0, RSTART + 4, RLENGTH - 4)] = $0
	next
}
stage == 3 { smin[$0] = 1; next }
{ suricata[$0] = 1 }

function judge(who, alert,    parts, i, found) {
	split(alert, parts, "\t")
	differences++
	for (i = 1; i <= lines; i++)
		if ((side[i] == who || side[i] == "both") && parts[1] ~ where[i] && (by_text[i] ? rule[parts[2]] : parts[2]) ~ which[i]) {
			used[i]++
			found = 1
		}
	if (found) { explained++; return }
	print "only " who ": " alert
	if (!(parts[2] in shown)) print "    " rule[parts[2]]
	shown[parts[2]] = 1
	bad = 1
}

END {
	for (alert in smin)
		if (alert in suricata) common++
		else judge("smin", alert)
	for (alert in suricata)
		if (!(alert in smin)) judge("suricata", alert)
	if (uses != "") for (i in used) print i >> uses
	for (i = 1; i <= lines; i++)
		if (!used[i] && whole) { print "this line explains nothing any more: " text[i]; bad = 1 }
	printf "%d alerts of both, %d of one only, %d of these explained by %d lines\n", common, differences, explained, lines
	if (common < least) { print "too few alerts to compare, at least " least " are expected"; bad = 1 }
	exit bad
}
