#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The shipped rules, unchanged, in Suricata with our adapter: all of them load without a word, and on every case of the
# corpus they give the alerts that smin-replay gives, but for what accepted-rules lists, with those that are off turned on.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines/suricata8
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for capture in "$SMIN_SRCDIR"/pcaps/*/*/input.pcap; do
	name=${capture%/input.pcap}
	printf '%s\t%s\n' "${name#"$SMIN_SRCDIR"/pcaps/}" "$capture"
done >"$work/list"
sed 's/^# alert /alert /' "$SMIN_SRCDIR/rules/smin.rules" >"$work/all.rules"

# Unchanged they load.
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
suricata_loads "$SMIN_SRCDIR/rules/smin.rules" "$work" --set "plugins.0=$adapter"

"$here/ask-alerts.sh" "$work/all.rules" "$work/list" "$work/suricata" || exit $?
"$SMIN_SRCDIR/tests/oracle/ask-smin.sh" "$work/all.rules" "$work/list" "$work/smin"
awk -v least=165 -v whole=1 -f "$SMIN_SRCDIR/tests/oracle/compare.awk" "$here/accepted-rules" "$work/all.rules" "$work/smin" \
	"$work/suricata"
