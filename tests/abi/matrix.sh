#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Old, present and future hosts against old, present and future plugins: every pair says the same.
# "Old" is the headers as they were at 1.0, kept beside this file for ever. "Future" is today's with a
# member appended to every struct that may grow. What was built at major 0 is refused by both sides.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-matrix.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

mkdir -p "$work/zero" "$work/old" "$work/present" "$work/future"
cp -R "$src/tests/abi/frozen_0_1/smin" "$work/zero/smin"
cp -R "$src/tests/abi/frozen_1_0/smin" "$work/old/smin"
cp -R "$src/include/smin" "$work/present/smin"
cp -R "$src/include/smin" "$work/future/smin"
chmod -R u+w "$work"
# smin_result goes by value and settings and rule texts come as bare arrays: those three are fixed.
for header in field abi abi_ext abi_lent; do
    awk '
    /^struct smin_[a-z_]+ \{/ { type = $2 }
    /^\};/ {
        if (type != "" && type !~ /^smin_(result|setting|rule_text)$/) { print "    uint64_t member_of_tomorrow[2];"; grown++ }
        type = ""
    }
    { print }
    END { exit grown == 0 }' "$src/include/smin/$header.h" >"$work/future/smin/$header.h" || exit 1
done

for age in zero old present future; do
    # shellcheck disable=SC2086
    ${SMIN_CC:-cc} -std=gnu11 -I"$work/$age" -I"$src/tests/abi/dummy" -o "$work/host-$age" \
        "$src/tests/abi/old_host.c" -ldl || exit 1
    # shellcheck disable=SC2086
    ${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -fvisibility=hidden -I"$work/$age" -I"$src/tests/abi/dummy" \
        -o "$work/plugin-$age.so" "$src/tests/abi/dummy/dummy.c" || exit 1
done

{
    printf 'HELLO world\nSET colour blue\n'
    printf 'LONG %0100d\n' 0
    printf 'BYE\nUNFINISHED'
} >"$work/lines"
# A capabilities request and the beginning of a second.
printf '\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\10\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\1\0\0' >"$work/words"

compare() { # host plugin input reference
    "$work/host-$1" "$2" "$3" >"$work/out" 2>&1 || {
        echo "the $1 host fails on $2: exit status $?"
        cat "$work/out"
        bad=1
        return
    }
    [ -f "$4" ] || cp "$work/out" "$4"
    cmp -s "$work/out" "$4" || {
        echo "the $1 host and $2 do not say the same as the first pair:"
        diff "$4" "$work/out"
        bad=1
    }
}

for host in old present future; do
    for plugin in old present future; do
        compare "$host" "$work/plugin-$plugin.so" "$work/lines" "$work/lines.reference"
    done
    http=http
    [ -f "$build/.libs/http.so" ] || http= # configure may leave it out
    for plugin in smartinstall tftp ftp sealed $http; do
        [ -f "$build/.libs/$plugin.so" ] || { echo "$plugin.so is missing"; bad=1; continue; }
        # Sanitizers of the plugin would have to be in the host as well.
        ! ${NM:-nm} -D "$build/.libs/$plugin.so" | grep -q __asan_init || continue
        compare "$host" "$build/.libs/$plugin.so" "$work/words" "$work/$plugin.reference"
    done
done
grep -q '^  toyline.argument ' "$work/lines.reference" || { echo "the toy inspector said nothing"; bad=1; }
# Both sides turn down the other of major 0: the old host says so by 4, and instance_new of a plugin with SMIN_E_VERSION by 5.
refused() { # host plugin status
    "$work/host-$1" "$work/plugin-$2.so" "$work/lines" >"$work/out" 2>&1
    status=$?
    [ "$status" = "$3" ] || { echo "the $1 host ends with $status on the $2 plugin, not with $3"; bad=1; }
}
compare zero "$work/plugin-zero.so" "$work/lines" "$work/zero.reference"
refused present zero 4
refused zero present 4
"$build/smin-validate" -q "$work/plugin-zero.so" >"$work/out" 2>&1 && { echo "a plugin of major 0 is accepted"; bad=1; }
grep -q 'built for ABI 0\.1' "$work/out" || { echo "the refusal of a plugin of major 0 does not say why:"; cat "$work/out"; bad=1; }

# The judgement of today's library, on plugins of every age.
for plugin in old present future; do
    "$build/smin-validate" -q "$work/plugin-$plugin.so" >"$work/out" || {
        cat "$work/out"
        bad=1
    }
done
exit $bad
