#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Rules that were converted to Suricata 8's dialect load in Suricata 8: all of them, without an error or a warning.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/oracle
. "$here/find-suricata.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/gather-rules.sh" suricata8 "$work"
# Rules on files name the protocols that move them, which the comparison itself does without.
suricata_loads "$work/plain" "$work" --set app-layer.protocols.http.enabled=yes --set app-layer.protocols.ftp.enabled=yes
[ "$(wc -l <"$work/plain")" -ge 60 ] || { echo "too few rules to prove anything" >&2; exit 1; }
echo "$(wc -l <"$work/plain") converted rules loaded in Suricata; $(wc -l <"$work/smin") rules with smin keywords need" \
	"our plugin there and were read back by smin-replay only; $(wc -l <"$work/refused") cannot be said in that dialect"
