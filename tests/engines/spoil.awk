# SPDX-License-Identifier: BSD-2-Clause
# Files of hex digits, as in tests/vectors and tests/fuzz/seeds, into conversations for smin-mkpcap: each as it is, cut
# short, with bytes changed, and twice in a row, each on a connection of its own. What the switch sends is known by the
# file's name, r*; of others both sides send it. Variables: folder, for the files spoilt-N.txt; seed, which chooses the
# bytes; spoilt, how many times bytes of each are changed.

# The same numbers in every awk.
function random(below) {
	state = (state * 1103 + 12345) % 2147483
	return int(state / 7) % below
}
function connection(sign, digits) {
	if (length(digits) == 0) return
	printf "connection c%d client=198.51.100.7:%d server=192.0.2.10:4786\nopen\n%s hex %s\nclose\n", count, 20000 + count, sign, digits \
		> (folder "/spoilt-" int(count / 60) + 10 ".txt") # smin-mkpcap knows 64 connections at most
	count++
}
function changed(digits,    place, i) {
	for (i = 0; i <= random(3); i++) {
		place = random(random(2) ? 16 : length(digits) / 2) * 2
		if (place >= length(digits)) place = 0
		digits = substr(digits, 1, place) substr("0001027f80fffe4610", 1 + 2 * random(9), 2) substr(digits, place + 3)
	}
	return digits
}
function talk(sign, digits,    i, bytes) {
	bytes = length(digits) / 2
	connection(sign, digits)
	connection(sign, substr(digits, 1, 2 * int(bytes / 4)))
	connection(sign, substr(digits, 1, 2 * (bytes - 1)))
	connection(sign, digits digits)
	for (i = 0; i < spoilt; i++) connection(sign, changed(digits))
}
function finish() {
	if (file == "") return
	if (file !~ /\/r[^\/]*$/) talk(">", text)
	if (file !~ /\/[t][^\/]*$/) talk("<", text)
}
BEGIN { state = seed + 1 }
FNR == 1 { finish(); file = FILENAME; text = "" }
/^#/ { next }
{ gsub(/[^0-9A-Fa-f]/, ""); text = text $0 }
END { finish() }
