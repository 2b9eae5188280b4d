#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the headers declare, what the maps list and what the libraries export is the same; a plugin exports its entry only.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
nm=${NM:-nm}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-exports.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

same() { # what left right
    if ! diff "$2" "$3" >"$work/diff"; then
        echo "$1:"
        sed -n 's/^[<>]/    &/p' "$work/diff"
        bad=1
    fi
}

declared() { # headers...
    # Declarations may go over several lines: join, then take the name before the first parenthesis.
    cat "$@" | tr '\n' ' ' | sed 's/SMIN_PUBLIC/\
&/g' | sed -n 's/^SMIN_PUBLIC [^(;]*[ *]\(smin_[a-z0-9_]*\)(.*$/\1/p' | sort -u
}

mapped() { # map
    sed -n 's/^[[:space:]]*\(smin_[a-z0-9_]*\);.*$/\1/p' "$1" | sort -u
}

exported() { # object
    $nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u
}

inc=$src/include/smin
declared "$inc/decoder.h" "$inc/inspector.h" "$inc/ruleset.h" "$inc/status.h" >"$work/libsmin.headers"
declared "$inc/host.h" >"$work/libsminhost.headers"
mapped "$src/lib/smin.map" >"$work/libsmin.map"
mapped "$src/lib/sminhost.map" >"$work/libsminhost.map"
for library in libsmin libsminhost; do
    [ -s "$work/$library.headers" ] || { echo "$library: no declarations were found"; bad=1; }
    same "$library: headers (<) against map (>)" "$work/$library.headers" "$work/$library.map"
    object=$build/.libs/$library.so
    if [ -f "$object" ]; then
        exported "$object" >"$work/$library.exports"
        same "$library: map (<) against exports (>)" "$work/$library.map" "$work/$library.exports"
    else
        echo "$object is missing"
        bad=1
    fi
done

echo smin_plugin_entry >"$work/entry"
plugins=0
for object in "$build"/.libs/smartinstall.so "$build"/.libs/tftp.so "$build"/.libs/ftp.so "$build"/.libs/sealed.so "$build"/.libs/http.so "$build"/tests/abi/.libs/dummy.so; do
    [ -f "$object" ] || continue
    exported "$object" >"$work/plugin"
    same "$object: its entry (<) against exports (>)" "$work/entry" "$work/plugin"
    plugins=$((plugins + 1))
done
echo SCPluginRegister >"$work/entry"
exported "$build/.libs/smin-suricata8.so" >"$work/plugin"
same "smin-suricata8.so: its entry (<) against exports (>)" "$work/entry" "$work/plugin"
if [ -f "$build/.libs/smin-wireshark.so" ]; then
    printf 'plugin_%s\n' describe register version want_major want_minor >"$work/entry"
    exported "$build/.libs/smin-wireshark.so" >"$work/plugin"
    same "smin-wireshark.so: its entries (<) against exports (>)" "$work/entry" "$work/plugin"
fi
[ "$plugins" -gt 0 ] || { echo "no plugin was found in $build"; bad=1; }
exit $bad
