# SPDX-License-Identifier: BSD-2-Clause
# First file: regular expressions of other protocols' keywords. Second: a rule file.
# Writes one line per rule: file, first line, last line, protocol, gid:sid, plain or the keyword that makes it other.
# Variables: file, commented, copy (the rules as they are given on), variables (their names).
BEGIN { FS = "\t" }

FNR == NR {
	if ($0 !~ /^#/ && $0 != "") foreign = foreign (foreign == "" ? "" : "|") $0
	next
}

function number_after(text, name,    place) {
	if (!match(text, "[;( \t]" name ":[ \t]*[0-9]+")) return ""
	place = substr(text, RSTART, RLENGTH)
	sub(/^.*:[ \t]*/, "", place)
	return place
}

# The names of a header, each noted as address or as port.
function note_variables(head,    words, count, i, name, kind, rest) {
	gsub(/[ \t]*,[ \t]*/, ",", head)
	gsub(/\[[ \t]+/, "[", head)
	gsub(/[ \t]+\]/, "]", head)
	gsub(/![ \t]+/, "!", head)
	count = split(head, words, /[ \t]+/)
	for (i = 3; i <= count; i++) {
		kind = i == 4 || i == 7 ? "port" : "address"
		rest = words[i]
		while (match(rest, /\$[A-Za-z_0-9]+/)) {
			name = substr(rest, RSTART + 1, RLENGTH - 1)
			rest = substr(rest, RSTART + RLENGTH)
			if (!(name in noted)) print kind, name >> variables
			noted[name] = 1
		}
	}
}

function group_of(protocol, body,    parts, count, i, name) {
	if (protocol !~ /^(tcp|udp|ip|tcp-pkt|tcp-stream|ipv4|ipv6|ip4|ip6)$/) return "header"
	if (body ~ /pcre:[ \t]*!?"\/[^"]*\/[a-zA-Z]*[UIPQHDMCSYVWZ][a-zA-Z]*"/) return "pcre/http"
	gsub(/"[^"]*"/, "", body)
	count = split(body, parts, ";")
	for (i = 1; i <= count; i++) {
		name = parts[i]
		sub(/^[ \t]+/, "", name)
		sub(/[ \t]*:.*/, "", name)
		sub(/[ \t]+$/, "", name)
		if (name ~ ("^(" foreign ")$")) return name
	}
	return "plain"
}

function tell(    place, head, body, words, gid) {
	place = index(rule, "(")
	head = place ? substr(rule, 1, place - 1) : rule
	body = place ? substr(rule, place + 1) : ""
	sub(/^[ \t]+/, "", head)
	split(head, words, /[ \t]+/)
	note_variables(head)
	gsub(/\\./, "", body)
	gid = number_after("(" body, "gid")
	print file, first, FNR, words[2] == "" ? "none" : words[2], (gid == "" ? 1 : gid) ":" number_after("(" body, "sid"), group_of(words[2], body)
	rule = ""
}

BEGIN { OFS = "\t" }

{
	line = $0
	sub(/\r$/, "", line)
	if (commented && line ~ /^[ \t]*#[# \t]*(alert|drop|pass|reject|log|block)[ \t]+[a-z0-9-]+[ \t].*sid:/)
		sub(/^[ \t]*#[# \t]*/, "", line)
	print line >> copy
	if (rule == "") {
		if (line ~ /^[ \t]*(#|$)/) next
		first = FNR
	}
	if (line ~ /\\[ \t]*$/) {
		sub(/\\[ \t]*$/, "", line)
		rule = rule line
		next
	}
	rule = rule line
	tell()
}

END { if (rule != "") tell() }
