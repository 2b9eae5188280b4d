# SPDX-License-Identifier: BSD-2-Clause
# Read by scripts behind find-suricata.sh: one process of the engine reads many captures. Its socket mode forgets every
# flow between two of them, though not what rules have counted, and compiles the rules once. Uses $work, an empty folder:
# the engine writes of capture N to $work/N; $work/numbers has lines "name<tab>N".
pid=
finish()
{
	[ -z "$pid" ] || say shutdown >/dev/null || kill "$pid" 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT

say()
{
	"$client" -c "$1" "$work/socket" 2>&1
}

# number_captures LIST: lines "name<tab>path".
number_captures()
{
	number=0
	while IFS='	' read -r name capture; do
		number=$((number + 1))
		mkdir "$work/$number"
		printf '%s\t%s\n' "$name" "$number" >>"$work/numbers"
		ln -s "$capture" "$work/$number.pcap" # the client splits at blanks
		printf 'pcap-file %s %s\n' "$work/$number.pcap" "$work/$number" >>"$work/commands"
	done <"$1"
}

# read_all RULES [OPTION...]: what the engine says stays in $work/log.
read_all()
{
	used_by_all=$1
	shift
	suricata "$used_by_all" "$work" --unix-socket="$work/socket" "$@" >"$work/log" 2>&1 &
	pid=$!
	for _ in $(seq 300); do
		[ ! -S "$work/socket" ] || break
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	[ -S "$work/socket" ] || { cat "$work/log" >&2; echo "Suricata did not start" >&2; return 1; }

	"$client" "$work/socket" <"$work/commands" >"$work/taken" 2>&1
	[ "$(grep -c 'Successfully added' "$work/taken")" = "$number" ] || { cat "$work/taken" >&2; return 1; }
	while :; do
		left=$(say pcap-file-number)$(say pcap-current)
		case $left in
		*'"message":0,'*'"None"'*) break ;;
		*OK*) sleep 0.3 ;;
		*) tail "$work/log" >&2; echo "Suricata ended early: $left" >&2; return 1 ;;
		esac
	done
	say shutdown >/dev/null
	wait "$pid" || { tail "$work/log" >&2; echo "Suricata failed" >&2; return 1; }
	pid=
}
