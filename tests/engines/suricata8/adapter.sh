# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it: the engine with our adapter, one capture at a time, each with a fresh process.
# Sets $adapter and $work.
. "$SMIN_SRCDIR/tests/oracle/find-suricata.sh"
. "$SMIN_SRCDIR/tests/engines/find-adapter.sh"
configuration=$SMIN_SRCDIR/tests/engines/suricata.yaml
adapter=$(find_adapter smin-suricata8)
command -v jq >/dev/null || { echo "SKIPPED: jq is missing, nothing can be compared" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
# Nothing in it ever matches; the engine complains of a file without rules.
echo 'alert ip 203.0.113.255 any -> 203.0.113.255 any (msg:"never"; sid:99;)' >"$work/no.rules"

# run CAPTURE RULES [OPTION...]: "good/siet-probe"; into $work/out. The engine's exit status.
run()
{
	capture=$SMIN_SRCDIR/pcaps/$1/input.pcap
	used_by_run=$2
	shift 2
	rm -rf "$work/out"
	mkdir "$work/out"
	suricata "$used_by_run" "$work/out" -r "$capture" --runmode "${runmode:-single}" --set "plugins.0=$adapter" "$@" >"$work/out/log" 2>&1
}

# wrong TITLE: with what the engine said.
wrong()
{
	echo "$1" >&2
	sed 's/^/    /' "$work/out/log" >&2
	bad=1
}

content()
{
	! grep -E '^(Error|Warning): ' "$work/out/log"
}

# count FILTER: records of eve.json for which it holds.
count()
{
	jq -c "select($1)" "$work/out/eve.json" 2>/dev/null | wc -l
}

# expect TITLE NUMBER FILTER
expect()
{
	found=$(count "$3")
	[ "$found" -eq "$2" ] || wrong "$1: $found records instead of $2"
}
