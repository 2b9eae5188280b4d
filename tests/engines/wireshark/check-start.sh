#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Nothing about the plugin stops Wireshark from starting: two copies, a name that is taken, another version, another
# inspector, root. What is not used is said.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
order=$pcaps/good/siet-get-config/input.pcap

shows_order() # options...
{
    ask -2 "$@" -r "$order" -Y smin.message_name -T fields -e smin.message_name >"$work/shown"
    [ "$(cat "$work/shown")" = backup_request ]
}

check_two_copies()
{
    mkdir -p "$work/two/$minor/epan"
    cp "$plugins/$minor/epan/smin-wireshark.so" "$work/two/$minor/epan/"
    cp "$plugins/$minor/epan/smin-wireshark.so" "$work/two/$minor/epan/smin-wireshark-again.so"
    chmod -R a+rX "$work/two"
    folder=$work/two
    shows_order || fail "two copies do not work: $(cat "$work/said")"
    grep -q 'another copy of this plugin is installed' "$work/said" || fail "two copies are not told of: $(cat "$work/said")"
    folder=
}

# An inspector from a plugin file, the same one and one of another protocol.
check_inspector()
{
    file=$SMIN_BUILDDIR/.libs/smartinstall.so
    shows_order -o "smin.inspector:$file" || fail "the same inspector from a file: $(cat "$work/shown" "$work/said")"
    ask -2 -o "smin.inspector:$SMIN_BUILDDIR/tests/abi/.libs/dummy.so" -r "$work/toy.pcap" -Y 'toyline.verb == "HELLO"' -T fields \
        -e toyline.argument -e toyline.event >"$work/shown"
    same "the inspector of another protocol" "$(printf 'world\t')"
    ask -2 -o "smin.inspector:$SMIN_BUILDDIR/nothing.so" -r "$order" -Y smin.message_name -T fields -e smin.message_name >"$work/shown"
    grep -q 'nothing\.so' "$work/said" || fail "a missing inspector is not told of: $(cat "$work/said")"
    [ "$(cat "$work/shown")" = backup_request ] || fail "the built-in inspector does not stay when another cannot be used"
}

# An inspector whose name a protocol of Wireshark's has.
check_taken_name()
{
    [ -f "$work/taken.so" ] || { echo "SKIPPED: no compiler: a name that is taken was not tried" >&2; return; }
    ask -2 -o "smin.inspector:$work/taken.so" -r "$work/toy.pcap" -Y cisco_tftp.verb -T fields -e cisco_tftp.verb >"$work/shown"
    same "a name that is taken" HELLO
    grep -q 'cisco_tftp' "$work/said" || fail "another name is taken without a word: $(cat "$work/said")"
}

check_other_version()
{
    for other in "$plugins"/*; do
        [ "${other##*/}" != "$minor" ] || continue
        rm -rf "$work/wrong"
        mkdir -p "$work/wrong/$minor/epan"
        cp "$other/epan/smin-wireshark.so" "$work/wrong/$minor/epan/"
        chmod -R a+rX "$work/wrong"
        folder=$work/wrong
        ask -r "$order" >"$work/shown" || fail "a plugin for ${other##*/} stops it: $(cat "$work/said")"
        grep -q 'smin-wireshark' "$work/said" || fail "a plugin for ${other##*/} is not used, and not a word is said"
        echo "tshark $minor of a plugin for ${other##*/}: $(head -n 1 "$work/said" | sed "s|$work|...|g")"
        folder=
    done
}

check_root()
{
    [ "$(id -u)" = 0 ] || { echo "SKIPPED: not root: what root gets was not tried" >&2; return; }
    WIRESHARK_PLUGIN_DIR=$plugins "$program" -G plugins 2>/dev/null </dev/null | grep -q smin &&
        echo "tshark $minor loads plugins of WIRESHARK_PLUGIN_DIR for root, too"
    return 0
}

prepare()
{
    cat >"$work/toy.talk" <<'END'
set start=2026-02-01T00:00:00Z client=198.51.100.7:40001 server=192.0.2.10:7007
open
> text "HELLO world\n"
close
END
    "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -o "$work/toy.pcap" "$work/toy.talk" || bad=1
    sed 's/"toyline\./"tftp./' "$SMIN_SRCDIR/tests/abi/dummy/toyline.h" >"$work/toyline.h"
    sed 's/\.name = "toyline"/.name = "tftp"/; s/"org[^"]*"/"org.smin.test.taken"/' "$SMIN_SRCDIR/tests/abi/dummy/dummy.c" >"$work/dummy.c"
    # shellcheck disable=SC2086 # may be several words
    ${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -I"$work" -I"$SMIN_SRCDIR/include" -I"$SMIN_SRCDIR/tests/abi/dummy" -o "$work/taken.so" \
        "$work/dummy.c" || bad=1
    chmod a+r "$work"/*
}

examine()
{
    [ -f "$work/toy.pcap" ] || prepare
    check_two_copies
    check_inspector
    check_taken_name
    check_other_version
    check_root
}
each_tshark
