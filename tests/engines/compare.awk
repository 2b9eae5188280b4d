# SPDX-License-Identifier: BSD-2-Clause
# What engines found, against what smin-replay found: prints every difference that no accepted line explains, every
# accepted line that explains none, and a table of captures and engines.
#
# Files, each behind an assignment of `stage`: accepted differences (accepted), engines in the order of the table (engines;
# a second word names what they are compared with, "replay" by itself), what each was given (ran: engine, capture), and lines of all of them and of smin-replay, sorted or not
# (found: engine, capture, ends, offset, what, value). Separators are tabs, but for the accepted lines.
#
# An accepted line: engines, who has more (replay, engine or both), captures, what, the reason. The first, third and fourth
# are anchored regular expressions without blanks; what is matched alone and as WHAT=VALUE.
# Variables: least, how many equal lines each engine must share with smin-replay for this to mean anything; shown, how
# many differences of one capture are printed; whole, 0 when not everything ran, so that a line may explain nothing.
BEGIN { FS = OFS = "\t" }

stage == "accepted" {
	if ($0 ~ /^[ \t]*(#|$)/) next
	parts = split($0, word, /[ \t]+/)
	if (parts < 5 || word[2] !~ /^(replay|engine|both)$/) { print "accepted line without its parts: " $0; bad = 1; next }
	lines++
	text[lines] = $0
	engine_of[lines] = "^(" word[1] ")$"
	more_of[lines] = word[2]
	capture_of[lines] = "^(" word[3] ")$"
	what_of[lines] = "^(" word[4] ")$"
	reason_of[lines] = word[5]
	for (i = 6; i <= parts; i++) reason_of[lines] = reason_of[lines] " " word[i]
	next
}
stage == "engines" { engines[++engine_count] = $1; measure[$1] = NF > 1 ? $2 : "replay"; next }
stage == "ran" {
	ran[$1, $2] = 1
	if (!($2 in seen)) { seen[$2] = 1; captures[++capture_count] = $2 }
	next
}
{
	key = $2
	for (i = 3; i <= NF; i++) key = key FS $i
	times[$1, key]++
	if (!(key in known)) { known[key] = 1; keys[++key_count] = key }
}

# Number of the first accepted line for it, 0 for none; all that fit count as used.
function explained_by(engine, more, capture, what, value,    i, first) {
	for (i = 1; i <= lines; i++)
		if (engine ~ engine_of[i] && (more_of[i] == more || more_of[i] == "both") && capture ~ capture_of[i] &&
		    (what ~ what_of[i] || (what "=" value) ~ what_of[i])) {
			used[i]++
			if (!first) first = i
		}
	return first
}

function judge(engine, key,    part, here, there, more, line, cell) {
	split(key, part, FS)
	if (!((engine, part[1]) in ran)) return
	here = times[measure[engine], key] + 0
	there = times[engine, key] + 0
	cell = engine SUBSEP part[1]
	equal[engine] += here < there ? here : there
	if (here > 0 || there > 0) told[cell]++
	if (here == there) return
	more = here > there ? "replay" : "engine"
	line = explained_by(engine, more, part[1], part[4], part[5])
	if (line) { accepted[cell] = line; return }
	if (++different[cell] <= shown)
		printf "%s, %s: %s: %s %s %s %s (%d, %d)\n", part[1], engine, more == "replay" ? "only smin-replay" : "not in smin-replay", \
			part[2], part[3], part[4], substr(part[5], 1, 200), here, there
	bad = 1
}

# One cell of the table, counted.
function state(engine, capture,    cell) {
	cell = engine SUBSEP capture
	if (!(cell in ran)) { count[engine, "skipped"]++; return "skipped" }
	if (cell in different) { count[engine, "DIFFERENT"]++; return "DIFFERENT" }
	if (cell in accepted) { count[engine, "accepted"]++; listed[accepted[cell]] = 1; return "accepted [" accepted[cell] "]" }
	count[engine, "equal"]++
	return told[cell] ? "equal" : "nothing"
}

# Could line `i` have explained something? Not when a capture that it speaks of was given to none of its engines.
function asked(i,    j, k, given, matching) {
	for (k = 1; k <= capture_count; k++) {
		if (captures[k] !~ capture_of[i]) continue
		matching = 1
		given = 0
		for (j = 1; j <= engine_count; j++)
			if (engines[j] ~ engine_of[i] && (engines[j], captures[k]) in ran) given = 1
		if (!given) return 0
	}
	for (j = 1; j <= engine_count && !matching; j++)
		if (engines[j] ~ engine_of[i] && count[engines[j], "skipped"] < capture_count) return 1
	return matching
}

function table(    i, j, row) {
	row = sprintf("%-44s", "capture")
	for (j = 1; j <= engine_count; j++) row = row sprintf(" %-16s", engines[j])
	print row
	for (i = 1; i <= capture_count; i++) {
		row = sprintf("%-44s", captures[i])
		for (j = 1; j <= engine_count; j++) row = row sprintf(" %-16s", state(engines[j], captures[i]))
		print row
	}
	print "equal: line by line; nothing: equal, neither found anything; accepted [N]: differs for a reason:"
	for (i = 1; i <= lines; i++) if (i in listed) print "  [" i "] " reason_of[i]
}

END {
	for (j = 1; j <= engine_count; j++) for (i = 1; i <= key_count; i++) judge(engines[j], keys[i])
	for (j = 1; j <= engine_count; j++) for (i = 1; i <= capture_count; i++)
		if ((engines[j], captures[i]) in different && different[engines[j], captures[i]] > shown)
			printf "%s, %s: %d more\n", captures[i], engines[j], different[engines[j], captures[i]] - shown
	table()
	for (j = 1; j <= engine_count; j++) {
		printf "%s: %d lines of both; captures: %d equal, %d accepted, %d DIFFERENT, %d skipped\n", engines[j], equal[engines[j]], \
			count[engines[j], "equal"], count[engines[j], "accepted"], count[engines[j], "DIFFERENT"], count[engines[j], "skipped"]
		if (count[engines[j], "skipped"] < capture_count && equal[engines[j]] < least) {
			print engines[j] ": too few lines to compare, at least " least " are expected"
			bad = 1
		}
	}
	for (i = 1; i <= lines; i++)
		if (!used[i] && whole && asked(i)) { print "this line explains nothing any more: " text[i]; bad = 1 }
	exit bad
}
