# SPDX-License-Identifier: BSD-2-Clause
# Reads the list of files, the rules that read-rules.awk saw, and what smin-replay said; prints the report.
# Variables: most (reasons listed per group), folder (of the copies), table (file for a line per rule, or "").
BEGIN { FS = "\t"; stage = 0 }
FNR == 1 { stage++ }

stage == 1 { name[$1] = $2; next }

stage == 2 {
	rules++
	protocol[rules] = $4
	number[rules] = $5
	group[rules] = $6 == "plain" ? "plain" : "other"
	keyword[rules] = $6
	place[rules] = name[$1] ":" $2
	for (line = $2; line <= $3; line++) at[$1, line] = rules
	next
}

# What differs from rule to rule is taken out of a reason, so that equal ones are counted together.
function general(text,    option) {
	option = ""
	if (match(text, /^[A-Za-z_][A-Za-z0-9_.-]*: /)) {
		option = substr(text, 1, RLENGTH)
		text = substr(text, RLENGTH + 1)
	}
	gsub(/"[^"]*"/, "\"...\"", text)
	gsub(/\$[A-Za-z_0-9]+/, "$NAME", text)
	gsub(/[0-9]+/, "N", text)
	return option text
}

index($0, folder "/") == 1 {
	rest = substr($0, length(folder) + 2)
	if (!match(rest, /^[0-9]+\.rules:[0-9]+:[0-9]+: error: /)) next
	split(rest, words, /[.:]/)
	reason = general(substr(rest, RLENGTH + 1))
	rule = at[words[1], words[3]]
	if (rule == "") { nowhere++; next }
	if (reason ~ /is already the number of the rule/) { again[rule] = 1; next }
	if ((rule, reason) in told) next
	told[rule, reason] = 1
	refused[rule]++
	list[rule] = list[rule] (list[rule] == "" ? "" : " | ") reason
	only[rule] = reason
	next
}

/rules refused, [0-9]+ honoured/ { summary = $0 }
/further problems are counted/ { cut = 1 }

function share(part, whole) { return whole ? sprintf("%.2f %%", 100 * part / whole) : "-" }

function protocols(which,    i, p, seen, order, count, j) {
	for (i = 1; i <= rules; i++) {
		if (group[i] != which || (i in again && !(i in refused))) continue
		p = protocol[i]
		if (!(p in seen)) { seen[p] = 0; lost[p] = 0; order[++count] = p }
		seen[p]++
		if (i in refused) lost[p]++
	}
	for (i = 1; i <= count; i++)
		for (j = i + 1; j <= count; j++)
			if (seen[order[j]] > seen[order[i]]) { p = order[i]; order[i] = order[j]; order[j] = p }
	for (i = 1; i <= count; i++) {
		p = order[i]
		printf "    %-12s %7d rules, %7d honoured, %7d refused, %s\n", p, seen[p], seen[p] - lost[p], lost[p], share(seen[p] - lost[p], seen[p])
	}
}

function why(which,    i, pair, reason, count, order, all, alone, example, best, j, swap) {
	for (pair in told) {
		split(pair, words, SUBSEP)
		i = words[1]
		reason = words[2]
		if (group[i] != which) continue
		if (!(reason in all)) order[++count] = reason
		all[reason]++
		if (refused[i] == 1) alone[reason]++
		if (!(reason in example) || i + 0 < example[reason] + 0) example[reason] = i
	}
	for (i = 1; i <= count && i <= most; i++) {
		best = i
		for (j = i + 1; j <= count; j++)
			if (all[order[j]] > all[order[best]] || (all[order[j]] == all[order[best]] && order[j] < order[best])) best = j
		swap = order[i]; order[i] = order[best]; order[best] = swap
		reason = order[i]
		printf "    %7d %7d  %s\n                     e.g. %s (%s)\n", all[reason], alone[reason], reason, place[example[reason]], number[example[reason]]
	}
	if (count > most) printf "    and %d reasons more\n", count - most
}

function tell_group(which, title,    i, seen, lost) {
	for (i = 1; i <= rules; i++) {
		if (group[i] != which || (i in again && !(i in refused))) continue
		seen++
		if (i in refused) lost++
	}
	printf "\n%s: %d rules, %d honoured, %d refused, %s\n", title, seen, seen - lost, lost, share(seen - lost, seen)
	protocols(which)
	if (lost) {
		print "  why (rules; rules refused for nothing else):"
		why(which)
	}
}

END {
	for (i = 1; i <= rules; i++) {
		if (i in refused) bad++
		else if (i in again) double++
		if (table == "") continue
		print (i in refused ? "refused" : i in again ? "number taken" : "honoured"), protocol[i], keyword[i], number[i], place[i], list[i] > table
	}
	printf "%d rules in %d files: %d honoured, %d refused", rules, length_of_files(), rules - bad - double, bad
	printf double ? ", %d not counted below because an earlier rule has their number\n" : "\n", double
	sub(/^smin-replay: /, "", summary)
	if (summary != "") print "smin-replay: " summary
	if (cut) print "the list of problems was cut off: give fewer files at a time"
	if (nowhere) print nowhere " problems are of no rule that this script saw"
	tell_group("plain", "tcp, udp and ip without another protocol's keywords")
	tell_group("other", "other protocols and their keywords")
}

function length_of_files(    i, count) { for (i in name) count++; return count }
BEGIN { OFS = "\t" }
