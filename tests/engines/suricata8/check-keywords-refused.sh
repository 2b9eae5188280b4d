#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A rule that cannot be honoured is refused by Suricata with our adapter and by smin-replay: each of keywords-refused.rules,
# and where the value of a number is wrong, with the same words.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
rules=$SMIN_SRCDIR/tests/engines/suricata8/keywords-refused.rules
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
wanted=$(grep -c '^[a-z]' "$rules")

"$SMIN_BUILDDIR/tools/replay/smin-replay" -T -S "$rules" >"$work/smin" 2>&1 || :
grep -q "$wanted rules refused, 0 honoured" "$work/smin" || { cat "$work/smin" >&2; echo "smin-replay honours one" >&2; bad=1; }

# An event that is not known is no failed rule to the engine, but a warning; loaded it is not.
suricata "$rules" "$work" --set "plugins.0=$adapter" -T >"$work/suricata" 2>&1 || :
failed=$(grep -c 'error parsing signature' "$work/suricata")
unknown=$(grep -c "doesn't have event" "$work/suricata")
[ $((failed + unknown)) = "$wanted" ] ||
	{ cat "$work/suricata" >&2; echo "Suricata loads one of $wanted" >&2; bad=1; }

# Of smin-replay "FILE:LINE:COLUMN: error: KEYWORD: REASON", of the engine "Error: KEYWORD: REASON".
grep -oE 'error: smin\.[a-z_]+: "[^"]+" .*' "$work/smin" | sed 's/^error: //' | sort -u >"$work/reasons"
[ "$(wc -l <"$work/reasons")" -ge 20 ] || { echo "too few reasons to compare" >&2; bad=1; }
while read -r reason; do
	grep -qF "$reason" "$work/suricata" || { echo "Suricata does not say: $reason" >&2; bad=1; }
done <"$work/reasons"

# Where the protocol is found, but not parsed, no rule could ever hold: all are refused, with what to do.
grep '^[a-z]' "$SMIN_SRCDIR/tests/engines/suricata8/keywords.rules" | grep -v app-layer-event >"$work/rules"
suricata "$work/rules" "$work" --set "plugins.0=$adapter" --set app-layer.protocols.smin.enabled=detection-only -T \
	>"$work/suricata" 2>&1 || :
[ "$(grep -c 'error parsing signature' "$work/suricata")" = "$(wc -l <"$work/rules")" ] &&
	grep -q 'Error: .*smin.type: the protocol is not parsed: app-layer.protocols.smin.enabled has to be yes' "$work/suricata" || {
	tail -n 20 "$work/suricata" >&2
	echo "without its parser Suricata loads rules about the protocol" >&2
	bad=1
}
exit $bad
