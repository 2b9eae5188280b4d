#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The runner of regression cases: what is expected passes, anything else fails, and says where.
set -u
replay=$SMIN_BUILDDIR/tools/replay/smin-replay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

case_of() {
    mkdir -p "$work/pcaps/$1"
    cp "$SMIN_SRCDIR/pcaps/$2/input.pcap" "$work/pcaps/$1/"
    printf 'purpose = a case of its own\norigin = made for this test\nrules = %s\noptions = %s\n' "$3" "$4" \
        > "$work/pcaps/$1/case.conf"
}
corpus() {
    wanted=$1
    shift
    "$replay" --corpus "$work/pcaps" "$@" > "$work/out" 2> "$work/err"
    got=$?
    if [ $got -ne "$wanted" ]; then
        echo "exit $got instead of $wanted: --corpus $*" >&2
        cat "$work/out" "$work/err" >&2
        failed=1
    fi
}
says() {
    if ! grep -q -e "$2" "$1"; then
        echo "no '$2' in:" >&2
        cat "$1" >&2
        failed=1
    fi
}

mkdir "$work/pcaps"
corpus 2
case_of good/theft good/siet-get-config builtin '--overlap last'
case_of good/listed good/siet-get-config builtin '--director 198.51.100.7'
case_of good/own good/siet-get-config file ''
echo 'alert tcp any any -> any any (msg:"own"; content:"copy "; sid:1; rev:1;)' > "$work/pcaps/good/own/rules"
case_of good/quiet good/siet-get-config none ''
corpus 1 --tap
says "$work/out" 'not ok 1 - good/listed'
says "$work/out" 'expect.jsonl is missing'
corpus 0 --update-expected
corpus 0 --tap --junit "$work/junit.xml"
says "$work/out" '^1\.\.4$'
says "$work/out" '^ok 4 - good/theft$'
says "$work/junit.xml" 'tests="4" failures="0"'
says "$work/pcaps/good/own/expect.jsonl" '"signature":"own"'
says "$work/pcaps/good/own/expect.jsonl" '"pcap_filename":"input.pcap"'
says "$work/pcaps/good/listed/expect.jsonl" 'director-activity'
if grep -q '"event_type":"alert"' "$work/pcaps/good/quiet/expect.jsonl"; then
    echo "alerts without rules" >&2
    failed=1
fi

sed -i 's/"verdict":"config-exfiltration"/"verdict":"probe"/' "$work/pcaps/good/theft/expect.jsonl"
corpus 1 --tap --junit "$work/junit.xml"
says "$work/out" '^not ok 4 - good/theft$'
says "$work/out" '^# - .*"verdict":"probe"'
says "$work/out" '^# + .*"verdict":"config-exfiltration"'
says "$work/junit.xml" 'failures="1"'
if command -v xmllint > /dev/null; then
    xmllint --noout "$work/junit.xml" || failed=1
fi
sed -i '$d' "$work/pcaps/good/own/expect.jsonl"
corpus 1
says "$work/out" '^FAIL good/own'

rm -r "$work/pcaps/good"
case_of clean/theft good/siet-get-config builtin ''
corpus 1 --update-expected
says "$work/out" 'an alert on clean traffic'
says "$work/out" 'an incident on clean traffic'

rm -r "$work/pcaps/clean"
case_of good/wrong good/siet-probe builtin '--json'
corpus 1 --update-expected
case_of good/wrong good/siet-probe nonsense ''
corpus 1 --update-expected
says "$work/out" 'rules is builtin, none or file'
echo 'surprise = 1' >> "$work/pcaps/good/wrong/case.conf"
sed -i 's/nonsense/none/' "$work/pcaps/good/wrong/case.conf"
corpus 1 --update-expected
says "$work/out" 'unknown key surprise'
exit $failed
