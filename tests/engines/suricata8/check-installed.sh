#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# doc/suricata.md, done: an installed adapter, the engine's own suricata.yaml with the three additions of that page, one run.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
find_adapter smin-suricata8 >/dev/null
stock=$settings/suricata.yaml
[ -f "$stock" ] || { echo "SKIPPED: the engine came without its suricata.yaml: the page was not followed" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL
(cd "$SMIN_BUILDDIR" && ${MAKE:-make} install DESTDIR="$work/dest") >"$work/log" 2>&1 || { tail "$work/log" >&2; exit 1; }
fragment=$(find "$work/dest" -name smin-plugin.yaml)
rules=$(find "$work/dest" -name smin.rules)
grep -q '^  - /.*/smin-suricata8\.so$' "$fragment" || { echo "no absolute path in smin-plugin.yaml" >&2; exit 1; }

# What is installed below DESTDIR believes to be in its final place.
sed "s|^  - /|  - $work/dest/|" "$fragment" >"$work/smin-plugin.yaml"
awk -v rules="$rules" '
	/^  - eve-log:/ { eve = 1 }
	{ print }
	eve && /^      types:/ { print "        - smin"; eve = 0; types++ }
	/^rule-files:/ { print "  - " rules; files++ }
	END { exit types != 1 || files != 1 }' "$stock" >"$work/suricata.yaml"
sed -i '/^  - suricata\.rules$/d' "$work/suricata.yaml" # an engine that was only unpacked has none
echo "include: $work/smin-plugin.yaml" >>"$work/suricata.yaml"

installed()
{
	${preload:+env "LD_PRELOAD=$preload" ASAN_OPTIONS=detect_leaks=0} "$engine" -c "$work/suricata.yaml" -l "$work" \
		--set classification-file="$settings/classification.config" --init-errors-fatal \
		--set reference-config-file="$settings/reference.config" --set threshold-file="$settings/threshold.config" "$@"
}
installed -T -v >"$work/test" 2>&1 || { cat "$work/test" >&2; exit 1; }
for line in 'Initializing plugin smin' 'smin: org.smin.smartinstall .* (built in)' ' rules successfully loaded, 0 rules failed'; do
	grep -q "$line" "$work/test" || { cat "$work/test" >&2; echo "this is what the page says to look for: $line" >&2; exit 1; }
done
installed -k none --runmode single -r "$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap" >"$work/run" 2>&1 ||
	{ cat "$work/run" >&2; exit 1; }
for type in smin alert; do
	[ "$(jq -c "select(.event_type == \"$type\" and .smin.type == 8)" "$work/eve.json" | wc -l)" = 1 ] ||
		{ echo "no record \"$type\" with the message" >&2; exit 1; }
done
