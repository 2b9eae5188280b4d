#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: gather-rules.sh DIALECT FOLDER
# Converts every rule file that the tests have, and public ones where SMIN_PUBLIC_RULES names their folder, to DIALECT.
# FOLDER/plain gets the rules that the engine knows by itself, FOLDER/smin those that need our plugin in it, each with
# a number of its own; FOLDER/refused gets the reasons of those that the dialect cannot say.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
dialect=$1
folder=$2
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
sed -n 's/^in: //p' "$SMIN_SRCDIR/tests/unit/rule/dialects.txt" |
	awk '{ if (!sub(/ sid:[0-9]+;/, " sid:" NR ";")) sub(/\(sid:[0-9]+;/, "(sid:" NR ";"); print }' >"$folder/dialects.rules"
for rules in "$SMIN_SRCDIR"/rules/*.rules "$SMIN_SRCDIR"/tests/fuzz/seeds/fuzz_rule/*.rules \
	"$SMIN_SRCDIR"/tests/oracle/rules/*.rules "$SMIN_SRCDIR"/pcaps/*/*/rules "$folder/dialects.rules" \
	"${SMIN_PUBLIC_RULES:-/nowhere}"/*.rules; do
	[ -f "$rules" ] || continue
	"$replay" --set LAB_NET=10.0.0.0/8 -q --to-dialect "$dialect" -S "$rules" 2>>"$folder/diagnostics"
done | awk -v folder="$folder" '
	/^#/ { print > (folder "/refused"); next }
	{ sid++; if (!sub(/ sid:[0-9]+;/, " sid:" sid ";")) sub(/\(sid:[0-9]+;/, "(sid:" sid ";") }
	{ sub(/\$LAB_NET/, "10.0.0.0/8") }
	/^[a-z]+ smin |[( ]smin[._]|:!?smin;|event:smin/ { print > (folder "/smin"); next }
	{ print > (folder "/plain") }
'
for part in smin plain; do
	"$replay" -T -q --rules-strict -S "$folder/$part" 2>"$folder/again" || { cat "$folder/again" >&2; exit 1; }
done
