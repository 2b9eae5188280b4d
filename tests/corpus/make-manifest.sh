#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Prints pcaps/MANIFEST: case, SHA-256 of its capture, packets the conversation has, licence, origin.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
cd "$SMIN_SRCDIR/pcaps"
printf '# case\tsha256\tpackets\tlicence\torigin (tests/corpus/make-manifest.sh prints this file)\n'
for case in */*/; do
	case=${case%/}
	digest=$(sha256sum "$case/input.pcap")
	packets=$("$SMIN_SRCDIR/tests/corpus/make-case.sh" "$case" /dev/null --count)
	licence=$(sed -n 's/^licence *= *//p' "$case/case.conf")
	origin=$(sed -n 's/^origin *= *//p' "$case/case.conf")
	printf '%s\t%s\t%s\t%s\t%s\n' "$case" "${digest%% *}" "$packets" "$licence" "$origin"
done
