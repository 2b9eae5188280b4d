#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: convert-snort3.sh SMIN-REPLAY < smin.rules > smin-snort3.rules
# The shipped rules in Snort 3's dialect, in their order; those that are off stay so.
set -eu
replay=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/shipped"
sed 's/^# \(alert .*sid:\)/\1/' "$work/shipped" >"$work/on"
"$replay" -q --to-dialect snort3 -S "$work/on" >"$work/converted"
sed -n 's/^# alert .*sid:\([0-9]*\);.*/\1/p' "$work/shipped" >"$work/off"
cat <<'END'
# SPDX-License-Identifier: BSD-2-Clause
# smin.rules for Snort 3 with the adapter of smin in it: converted by convert-snort3.sh, to be changed there only.
# smin-snort3.rules and smin.rules say the same; README.md says of each rule what it proves and what it does not.
END
awk 'FNR == NR { off["sid:" $1 ";"] = 1; next }
	{ match($0, /sid:[0-9]+;/); print (substr($0, RSTART, RLENGTH) in off ? "# " : "") $0 }' "$work/off" "$work/converted"
