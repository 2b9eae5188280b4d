#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: list-captures.sh FOLDER
# Prints what the engines are given, lines "name<tab>path": every case of the corpus, and deliveries of good cases, which
# are made in FOLDER: each variant of tests/corpus/variants, in turn of another case; with SMIN_LONG=1 of all of them.
# And what is no good message: those of tests/vectors and the seeds of the fuzzers, spoilt.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
folder=$1
delivered='good/siet-get-config good/pipelined-three good/siet-change-multi good/siet-update-ios-scheduled
	good/director-backup good/two-devices good/talos-checker'

for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${capture%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$capture"
done
[ -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ] || exit 0

turn=0
while read -r variant _ options; do
	case $variant in '' | \#* | except) continue ;; esac
	turn=$((turn + 1))
	place=0
	for name in $delivered; do
		place=$((place + 1))
		[ "${SMIN_LONG:-0}" = 1 ] || [ $((place % 7)) = $((turn % 7)) ] || continue
		capture=$folder/$(echo "$name" | tr / -)+$variant.pcap
		# shellcheck disable=SC2086 # options, not one word; those of smin-replay stand behind --
		"$SMIN_SRCDIR/tests/corpus/make-case.sh" "$SMIN_SRCDIR/pcaps/$name" "$capture" ${options%% -- *}
		printf '%s+%s\t%s\n' "$name" "$variant" "$capture"
	done
done <"$SMIN_SRCDIR/tests/corpus/variants"

for rules in "$SMIN_SRCDIR"/tests/fuzz/seeds/*/*.rules; do
	od -An -v -tx1 "$rules" >"$folder/$(basename "$rules" .rules).hex"
done
awk -v folder="$folder" -v seed="${SMIN_SEED:-1}" -v spoilt=2 -f "$SMIN_SRCDIR/tests/engines/spoil.awk" \
	"$SMIN_SRCDIR"/tests/vectors/*.hex "$SMIN_SRCDIR"/tests/fuzz/seeds/*/*.hex "$folder"/*.hex
for talk in "$folder"/spoilt-*.txt; do
	name=$(basename "$talk" .txt)
	"$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -o "$folder/$name.pcap" "$talk"
	printf 'spoilt/%s\t%s\n' "$name" "$folder/$name.pcap"
done
