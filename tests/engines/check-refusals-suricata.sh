#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a user of Suricata sees when the adapter, its protocol or the rules do not come to work: a line that says so, and,
# with --init-errors-fatal, an exit status. doc/suricata.md quotes these lines.
# suricata8/check-loading.sh holds what the adapter itself says of its settings.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
here=$SMIN_SRCDIR/tests/engines
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$here/find-adapter.sh"
adapter=$(find_adapter smin-suricata8)
configuration=$here/suricata.yaml
rules=$SMIN_SRCDIR/rules/smin.rules
capture=$SMIN_SRCDIR/pcaps/good/siet-get-config/input.pcap
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
patience=60 # seconds

# told TITLE STATUS TEXT RULES [OPTION...]: the engine ends with STATUS and has said TEXT in one line.
told()
{
	title=$1
	wanted=$2
	text=$3
	used_rules=$4
	shift 4
	status=0
	suricata "$used_rules" "$work" -r "$capture" --runmode single "$@" >"$work/said" 2>&1 || status=$?
	[ "$status" = "$wanted" ] || { echo "$title: ends with $status, not $wanted" >&2; bad=1; }
	grep -qE "$text" "$work/said" || { echo "$title: this was not said: $text" >&2; cut -c 1-240 "$work/said" >&2; bad=1; }
}

told "a loaded adapter says so" 0 'Notice: Initializing plugin smin; version= [0-9.]*; .*; built from 8\.0\.x$' \
	"$rules" --set "plugins.0=$adapter" --init-errors-fatal
told "a loaded inspector says so" 0 '^Info: smin: org\.smin\.smartinstall [0-9.]* \(built in\)$' \
	"$rules" --set "plugins.0=$adapter"

# Without --init-errors-fatal the engine runs on, without the adapter.
${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -fvisibility=hidden -o "$work/other.so" "$here/other_engine.c"
told "an adapter for another engine is refused" 0 \
	'^Error: Suricata and plugin versions differ: plugin has 9900 .* vs Suricata 800 \(plugin was built with 99\.0\.x\)$' \
	"$rules" --set "plugins.0=$work/other.so"
told "an adapter for another engine is no start" 1 '^Error: No output module named eve-log\.smin$' \
	"$rules" --set "plugins.0=$work/other.so" --init-errors-fatal
told "a path that is misspelt is told" 0 '^Error: Bad plugin path: /nowhere/smin-suricata8\.so: No such file or directory$' \
	"$rules" --set plugins.0=/nowhere/smin-suricata8.so
told "a path that is misspelt is no start" 1 '^Error: No output module named eve-log\.smin$' \
	"$rules" --set plugins.0=/nowhere/smin-suricata8.so --init-errors-fatal
cp "$adapter" "$work/bare.so"
(cd "$work" && told "a name without its folder is told" 0 '^Notice: Failed to open bare\.so as a plugin: bare\.so: cannot open' \
	"$rules" --set plugins.0=bare.so && exit $bad) || bad=1

told "rules that are not there are told" 0 '^Warning: No rule files match the pattern /nowhere/smin\.rules$' \
	/nowhere/smin.rules --set "plugins.0=$adapter"
told "rules that are not there are no start" 1 '^Warning: No rule files match the pattern /nowhere/smin\.rules$' \
	/nowhere/smin.rules --set "plugins.0=$adapter" --init-errors-fatal

told "rules of a disabled protocol are told" 1 '^Error: protocol "smin" cannot be used in a signature' \
	"$rules" --set "plugins.0=$adapter" --set app-layer.protocols.smin.enabled=no --init-errors-fatal
told "an adapter that is loaded twice is told" 0 '^Error: Duplicate pp registered' \
	"$rules" --set "plugins.0=$adapter" --set "plugins.1=$adapter"
exit $bad
