#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The report counts rules as they are: honoured, refused, commented out, of other protocols, given twice.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/given.rules" <<'END'
# alert about nothing: a comment
alert tcp $HOME_NET any -> $STRANGE_NET $STRANGE_PORTS (msg:"a, (b)"; content:"x"; sid:1;)
alert tcp any any -> any any (msg:"two lines"; \
    content:"x"; nonsense:1; sid:2;)
# alert tcp any any -> any any (content:"commented out"; sid:3;)
alert http any any -> any any (content:"x"; sid:4;)
alert tcp any any -> any any (content:"x"; http_uri; sid:5;)
alert tcp any any -> any any (pcre:"/x/Ui"; sid:6;)
END
cp "$work/given.rules" "$work/again.rules"
report()
{
	"$SMIN_SRCDIR/tools/compat/rule-report.sh" -r "$SMIN_BUILDDIR/tools/replay/smin-replay" "$@" >"$work/report"
}
expect()
{
	grep -qF -- "$1" "$work/report" || { echo "missing: $1" >&2; cat "$work/report" >&2; exit 1; }
}

report "$work/given.rules"
expect "5 rules in 1 files: 1 honoured, 4 refused"
expect "tcp, udp and ip without another protocol's keywords: 2 rules, 1 honoured, 1 refused, 50.00 %"
expect "other protocols and their keywords: 3 rules, 0 honoured, 3 refused"
expect "          1       1  nonsense: "
expect "given.rules:3 (1:2)"
report -c "$work/given.rules"
expect "6 rules in 1 files: 2 honoured, 4 refused"
report -R "$work/table" "$work/given.rules" "$work/again.rules"
expect "1 not counted below because an earlier rule has their number"
[ "$(wc -l <"$work/table")" = 10 ] || { echo "the table has not a line per rule" >&2; exit 1; }
if "$SMIN_SRCDIR/tools/compat/rule-report.sh" -r false "$work/given.rules" 2>/dev/null; then
	echo "a program that fails is taken for one that honours all" >&2
	exit 1
fi
