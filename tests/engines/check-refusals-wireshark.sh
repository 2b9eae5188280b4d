#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a user of Wireshark sees when the plugin does not come to work: Wireshark passes over it and goes on, so these are
# the ways to notice. doc/wireshark.md quotes these lines.
set -u
. "${SMIN_SRCDIR:?}/tests/engines/wireshark/each-tshark.sh"
capture=$pcaps/good/siet-get-config/input.pcap
${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -fvisibility=hidden -o "$work/other.so" "$SMIN_SRCDIR/tests/engines/other_engine.c" || exit 1

# told TITLE STATUS TEXT OPTION...: the program ends with STATUS, and has said TEXT in one line; nothing when that is empty.
told()
{
    title=$1
    wanted=$2
    text=$3
    shift 3
    status=0
    ask -n -r "$capture" -T fields -e frame.number "$@" >"$work/shown" || status=$?
    case " $wanted " in
    *" $status "*) ;;
    *) fail "$title: ends with $status, not $wanted" ;;
    esac
    if [ -z "$text" ]; then
        [ ! -s "$work/said" ] || fail "$title: $(cat "$work/said")"
    else
        grep -qE "$text" "$work/said" || fail "$title: this was not said: $text, but: $(cat "$work/said")"
    fi
}

examine()
{
    told "a plugin that works says nothing" 0 '' -Y smin
    ask -G plugins >"$work/shown"
    grep -q '^smin-wireshark\.so' "$work/shown" || fail "a plugin that works is in the list of plugins"

    # One that was built for another minor version.
    folder=$work/other-$minor
    mkdir -p "$folder/$minor/epan"
    cp "$work/other.so" "$folder/$minor/epan/smin-wireshark.so"
    chmod -R a+rX "$folder"
    told "a plugin of another version is passed over, and named" 0 \
        "The plugin 'smin-wireshark\.so' was compiled for Wireshark version 4\.99"
    told "a filter is no filter without the plugin" '2 4' 'smin.* (neither a field nor a protocol name|not a valid protocol)' -Y smin
    ask -G plugins >"$work/shown"
    ! grep -q '^smin-wireshark\.so' "$work/shown" || fail "a plugin that was passed over is in the list of plugins"

    # None, because the path is misspelt: nothing is said of that.
    folder=$work/nowhere
    told "a folder that is not there is not told of" 0 ''
    told "but what needs the plugin fails" '2 4' 'smin.* (neither a field nor a protocol name|not a valid protocol)' -Y smin
    told "its preferences too" '1 4' 'smin\.inspector' -o smin.inspector:/nowhere.so
    folder=

    # Started as root: no plugin of a folder of ours.
    if [ "$(id -u)" = 0 ] && [ -z "$preload_tshark" ]; then
        WIRESHARK_PLUGIN_DIR=$plugins "$program" -n -r "$capture" -Y smin >/dev/null 2>"$work/said" &&
            fail "root got a plugin through the environment"
    fi

    told "a disabled protocol is shown nowhere" 0 '' -Y smin --disable-protocol smin
    [ ! -s "$work/shown" ] || fail "a disabled protocol is shown"
    told "an inspector that is not there is told" 0 '/nowhere\.so' -o smin.inspector:/nowhere.so
}
each_tshark
