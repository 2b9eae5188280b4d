#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Exit statuses, and that what could be read is reported with each of them.
set -u
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
pcaps=$SMIN_SRCDIR/pcaps
theft=$pcaps/good/siet-get-config/input.pcap
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

expect() {
    wanted=$1
    shift
    "$replay" "$@" > "$work/out" 2> "$work/err"
    got=$?
    if [ $got -ne "$wanted" ]; then
        echo "exit $got instead of $wanted: smin-replay $*" >&2
        cat "$work/err" >&2
        failed=1
    fi
}
says() {
    if ! grep -q -e "$2" "$work/$1"; then
        echo "$1 does not say '$2':" >&2
        cat "$work/$1" >&2
        failed=1
    fi
}

expect 0 "$theft"
says out 'config-exfiltration, succeeded'
says out 'copy system:running-config'
says out 'packet 10'
expect 0 --help
says out 'Exit status'
expect 0 -V
expect 0 -T
expect 0 --dump-rules
says out '9478640'
expect 0 "$(find "$pcaps/clean" -name input.pcap | sort | head -1)"
says out 'Nothing found'

expect 1 --fail-on high "$theft"
expect 1 --fail-on info "$theft"
expect 0 --fail-on critical "$pcaps/good/transfer-nobody-came/input.pcap"
expect 1 --fail-on critical "$theft"
expect 0 --fail-on low --director 198.51.100.7 "$theft"
says out 'director-activity'
expect 1 --fail-on high --director 192.0.2.1 "$theft"
says out 'authorised: no'

expect 2
expect 2 --no-such-option "$theft"
says err 'no-such-option'
expect 2 --overlap middle "$theft"
expect 2 -j 0 "$theft"
expect 2 -j x "$theft"
expect 2 --director 192.0.2.300 "$theft"
expect 2 --tap "$theft"
expect 2 --set HOME_NET "$theft"
expect 2 --set 'HOME NET=192.0.2.0/24' "$theft"
says err 'takes NAME=VALUE'
expect 2 -S "$work/absent.rules" "$theft"
expect 2 --plugin "$work/absent.so" "$theft"
expect 2 --no-builtin "$theft"
expect 2 --rate max "$theft"
says err 'goes with --inject'
expect 2 --inject no-such-if --json "$theft"
says err 'excludes --json'
echo 'alert tcp any any -> any any (msg:"x"; no_such_keyword; sid:1;)' > "$work/bad.rules"
expect 0 -S "$work/bad.rules" "$theft"
says err "bad.rules:1:"
expect 2 --rules-strict -S "$work/bad.rules" "$theft"
expect 2 -T -S "$work/bad.rules"

expect 2 -S "$work" "$theft"
says err 'Is a directory'
expect 2 -s /dev/zero "$theft"
says err 'larger than'

# A capture is never written over.
mkdir "$work/evidence"
cp "$theft" "$work/evidence/eve.json"
ln -s eve.json "$work/evidence/link"
expect 2 --eve "$work/evidence/eve.json" "$work/evidence"
says err 'is a capture to be read'
expect 2 --eve "$work/evidence/link" "$work/evidence/eve.json"
expect 2 -l "$work/evidence" "$work/evidence/eve.json"
says err 'is a capture to be read'
cmp "$theft" "$work/evidence/eve.json" || failed=1

expect 3 "$work/absent.pcap"
says out 'absent.pcap'
expect 3 "$theft" "$work/absent.pcap"
says out 'config-exfiltration'
head -c 1300 "$theft" > "$work/cut.pcap"
expect 3 "$work/cut.pcap"
says out 'Incomplete'
: > "$work/empty.pcap"
expect 3 "$work/empty.pcap"
says out 'empty.pcap'
echo 'not a capture at all' > "$work/text.pcap"
expect 3 "$work/text.pcap"
expect 1 --fail-on high "$theft" "$work/empty.pcap"

expect 0 -l "$work/log" "$theft"
test -s "$work/log/eve.json" && grep -q config-exfiltration "$work/log/summary.txt" || {
    echo "-l left no eve.json or summary.txt" >&2
    failed=1
}

# A reader that goes away ends us quietly.
("$replay" --json "$pcaps" 2> "$work/err"; echo $? > "$work/status") | head -1 > /dev/null
if grep -qi 'broken\|pipe' "$work/err"; then
    echo "a closed pipe made noise" >&2
    failed=1
fi

# Asked by a signal it says how far it is; stopped by one it reports what it read.
mkfifo "$work/pipe.pcap"
(head -c 1400 "$theft"; sleep 30; tail -c +1401 "$theft") > "$work/pipe.pcap" &
writer=$!
"$replay" "$work/pipe.pcap" > "$work/out" 2> "$work/err" &
reader=$!
# Not before it has its handlers: SigCgt is the mask of signals that are caught, SIGUSR1, the last to be set, its tenth bit.
tries=0
while [ $tries -lt 250 ] && ! grep -q '^SigCgt:.*[2367abef]..$' /proc/$reader/status 2> /dev/null; do
    sleep 0.1
    tries=$((tries + 1))
done
kill -USR1 $reader
kill -INT $reader
wait $reader
got=$?
kill $writer 2> /dev/null
if [ $got -ne 3 ]; then
    echo "exit $got instead of 3 after SIGINT" >&2
    failed=1
fi
says out 'interrupted before everything was read'

# Whatever a packet holds, no control character reaches the terminal.
"$replay" "$pcaps" 2> /dev/null | LC_ALL=C tr -d '\n\040-\176' > "$work/odd"
if [ -s "$work/odd" ]; then
    echo "control characters in the summary" >&2
    failed=1
fi
exit $failed
