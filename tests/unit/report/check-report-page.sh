#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The pages of made-up cases, and of a real one, in a real Chromium: they load without a complaint of the console, fit a phone, stand out from
# their ground in both schemes, have no labels over each other, and print. A spoiled page is found to be one.
set -u
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
cases='none one sweep many hostile secrets partial'
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-page.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "$*" >&2; bad=1; }

for case in $cases; do
    "$SMIN_BUILDDIR/tests/unit/report/print_page" "$case" >"$work/$case.html" || wrong "$case is not written"
done
# One that smin-replay writes: a configuration with marks planted, another stolen.
good=$SMIN_SRCDIR/pcaps/good
"$SMIN_BUILDDIR/tools/replay/smin-replay" -q --case "$work/case" "$good/siet-default-config/input.pcap" "$good/siet-get-config/input.pcap" \
    "$good/siet-default-commands/input.pcap" || wrong "no case folder"
cp "$work/case/report.html" "$work/real.html" || wrong "a case folder without its page"
cases="$cases real"
for words in 'took its configuration' 'had it fetch a new configuration' 'a user with full rights' 'CM0014'; do
    grep -q "$words" "$work/real.html" || wrong "the page does not say: $words"
done
# The password that SIET's configuration and commands set.
grep -Eq 'secret 0 cisco|(secret|password) [0-9] [A-Za-z]' "$work/real.html" && wrong "a password is on the page"

if command -v xmllint >/dev/null; then
    for case in $cases; do
        xmllint --noout --nonet "$work/$case.html" || wrong "$case is no well-formed XML"
    done
else
    echo "xmllint is missing: only the checker of test_page has read the pages"
fi

browser=
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && browser=$name && break
done
if [ -z "$browser" ]; then
    echo "SKIP: chromium is not installed, so nobody has seen the page"
    [ "$bad" -eq 0 ] || exit 1
    exit 77
fi
cp "$SMIN_SRCDIR/tests/unit/report/look.html" "$work/look.html"

# Options, then what to open. Everything goes into the working folder; nothing may be asked of the network.
run() {
    HOME=$work timeout 150 "$browser" --headless=new --no-sandbox --disable-gpu --no-first-run --disable-extensions \
        --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage \
        --host-resolver-rules='MAP * ~NOTFOUND' --user-data-dir="$work/profile" --enable-logging=stderr "$@" 2>"$work/log"
}
echo '<!DOCTYPE html><title>x</title><p id="here">here</p>' >"$work/plain.html"
if ! run --dump-dom "file://$work/plain.html" | grep -q 'id="here"'; then
    tail -n 5 "$work/log"
    echo "SKIP: $browser is there but does not start here, so nobody has seen the page"
    [ "$bad" -eq 0 ] || exit 1
    exit 77
fi

# look SCHEME CASE,CASE: what look.html says, on standard output
look() {
    dark=
    [ "$1" = dark ] && dark=--blink-settings=preferredColorScheme=0
    run $dark --allow-file-access-from-files --virtual-time-budget=120000 --dump-dom "file://$work/look.html#$2" |
        sed -n '/<pre id="result">/,/<\/pre>/p' | sed 's/.*<pre id="result">//; s/<\/pre>.*//'
}
for scheme in light dark; do
    look "$scheme" "$(echo $cases | tr ' ' ,)" >"$work/seen"
    grep '^wrong' "$work/seen" >"$work/faults" && wrong "$(cut -c 1-300 "$work/faults" | head -n 20)"
    [ "$(grep -c '^looked at' "$work/seen")" -eq 24 ] || wrong "not every page was looked at in the $scheme scheme"
    grep -qx "scheme $scheme" "$work/seen" || wrong "the $scheme scheme was not in force"
    grep CONSOLE "$work/log" && wrong "the console complains in the $scheme scheme"
done

# The look finds what it looks for.
sed 's|<main>|<main><p class="wide">x</p><p class="pale">pale</p>|
     s|</style>|.wide{width:2000px}.pale{color:#bbb}svg text{font-size:30px}</style>|
     s|style-src [^;]*|style-src '"'unsafe-inline'"'|' "$work/one.html" >"$work/spoiled.html"
look light spoiled >"$work/seen"
for fault in 'page scrolls sideways' 'contrast' 'labels overlap'; do
    grep -q "^wrong.*$fault" "$work/seen" || wrong "a spoiled page passes: $fault"
done
# The policy lets no other style in, and the console says so.
sed 's|<main>|<main><style>main{color:red}</style>|' "$work/one.html" >"$work/styled.html"
run --dump-dom "file://$work/styled.html" >/dev/null
grep -q CONSOLE "$work/log" || wrong "the policy lets a foreign style in, or the console cannot be heard"

for case in one hostile; do
    run --no-pdf-header-footer --print-to-pdf="$work/$case.pdf" "file://$work/$case.html"
    [ "$(head -c 4 "$work/$case.pdf" 2>/dev/null)" = "%PDF" ] || { wrong "$case does not print"; continue; }
    grep -aq '/MediaBox \[0 0 59[45][0-9.]* 84[12][0-9.]*\]' "$work/$case.pdf" || wrong "$case is not printed on A4"
    grep CONSOLE "$work/log" && wrong "the console complains when $case is printed"
done
run --screenshot="$work/one.png" --window-size=390,2000 "file://$work/one.html"
[ "$(wc -c <"$work/one.png")" -gt 20000 ] || wrong "the screenshot of a phone is empty"
exit $bad
