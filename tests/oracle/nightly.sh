#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: nightly.sh PAIRS SEEDS
# make check-nightly: what make check samples, at length. Fast matcher, plain matcher and reference judge on PAIRS
# invented rules and messages; smin-replay and Suricata 8 on rules and conversations of SEEDS seeds.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
pairs=$1
seeds=$2
bad=0

echo "fast, plain and reference judge: $pairs pairs"
SMIN_MATCH_PAIRS=$pairs "$SMIN_BUILDDIR/tests/unit/match/test_match" --filter 'differs/*' --timeout 0 || bad=1

for seed in $(seq 100 $((99 + seeds))); do
	for families in content content,negated content,negated,pcre content,byte_test,isdataat content,byte_jump \
		content,byte_extract content,byte_math \
		content,negated,pcre,byte_test,isdataat,byte_jump,byte_extract,byte_math; do
		status=0
		"$SMIN_SRCDIR/tests/oracle/check-generated.sh" "$seed" "$families" || status=$?
		[ $status != 77 ] || break 2
		[ $status = 0 ] || bad=1
	done
done
exit $bad
