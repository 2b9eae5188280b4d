#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# How many rules of rule files are honoured, how many are refused, and why.
set -eu

usage() {
	cat <<'END'
usage: rule-report.sh [-c] [-n N] [-s NAME=VALUE]... [-r PROGRAM] FILE...

  -c            read rules that are commented out, too
  -n N          list at most N reasons per group (default 20)
  -s NAME=VALUE value of a rule variable; the others get values as a sensor has them
  -r PROGRAM    the smin-replay to ask (default: $SMIN_REPLAY, else smin-replay)
  -R FILE       write a line per rule, too: status, protocol, group, gid:sid, place, reasons

Groups: "plain" are tcp, udp and ip rules without another protocol's keywords (other-protocols
beside this script lists those); "other" is everything else.
END
}

here=$(dirname "$0")
commented=0 reasons=20 settings='' table='' replay=${SMIN_REPLAY:-smin-replay}
while getopts cn:s:r:R:h option; do
	case $option in
	c) commented=1 ;;
	n) reasons=$OPTARG ;;
	s) settings="$settings $OPTARG" ;;
	r) replay=$OPTARG ;;
	R) table=$OPTARG ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { usage >&2; exit 2; }
command -v "$replay" >/dev/null || { echo "rule-report: $replay is not there; name it with -r" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Copies with the lines where they were, so that what smin-replay says can be traced back by file and line.
number=0
set -f
arguments=''
for file; do
	number=$((number + 1))
	[ -r "$file" ] || { echo "rule-report: $file cannot be read" >&2; exit 2; }
	printf '%s\t%s\n' "$number" "$file" >>"$work/files"
	: >"$work/$number.rules"
	LC_ALL=C awk -v file="$number" -v commented="$commented" -v copy="$work/$number.rules" \
		-v variables="$work/variables" -f "$here/read-rules.awk" "$here/other-protocols" "$file" >>"$work/rules"
	arguments="$arguments -S $work/$number.rules"
done
touch "$work/variables"

# Values as Suricata's own configuration has them; what the caller sets counts.
values() {
	echo "HOME_NET=[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12] EXTERNAL_NET=!\$HOME_NET"
	sort -u "$work/variables" | while read -r kind name; do
		case $kind:$name in
		*:HOME_NET | *:EXTERNAL_NET) ;;
		port:HTTP_PORTS) echo "$name=80" ;;
		port:SHELLCODE_PORTS) echo "$name=!80" ;;
		port:*) echo "$name=[1,1024:2048]" ;;
		address:*) echo "$name=\$HOME_NET" ;;
		esac
	done
}
assigned=''
for pair in $(values) $settings; do
	assigned="$assigned --set $pair"
done

status=0
# shellcheck disable=SC2086 # settings and the folder of mktemp hold no blanks
"$replay" -T $assigned $arguments >"$work/out" 2>"$work/said" || status=$?
if [ "$status" != 0 ] && ! grep -q 'rules refused, [0-9]* honoured' "$work/said"; then
	tail -n 5 "$work/said" >&2
	echo "rule-report: $replay ended with $status" >&2
	exit 4
fi
LC_ALL=C awk -v most="$reasons" -v folder="$work" -v table="$table" -f "$here/tell.awk" \
	"$work/files" "$work/rules" "$work/said"
