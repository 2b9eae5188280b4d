#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a third party gets: installs into an empty folder, builds the examples against it with pkg-config, runs them.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-install.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
dest=$work/dest
bad=0

# Flags of the make that runs the tests (-n, -k, a job server) are not meant for this one.
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! (cd "$build" && ${MAKE:-make} install DESTDIR="$dest") >"$work/log" 2>&1; then
    tail -n 30 "$work/log"
    echo "make install failed"
    exit 1
fi

pc=$(find "$dest" -name smin.pc | head -n 1)
[ -n "$pc" ] || { echo "no smin.pc was installed"; exit 1; }
PKG_CONFIG_PATH=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$dest
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
flags() { ${PKG_CONFIG:-pkg-config} "$@" smin; }
libdir=$dest$(PKG_CONFIG_SYSROOT_DIR='' ${PKG_CONFIG:-pkg-config} --variable=libdir smin)
moduledir=$dest$(PKG_CONFIG_SYSROOT_DIR='' ${PKG_CONFIG:-pkg-config} --variable=moduledir smin)

found=$(find "$moduledir" -name '*.la' 2>/dev/null)
[ -z "$found" ] || { echo "libtool's files of modules are of no use to anybody: $found"; bad=1; }
for program in $(find "$dest" -path '*/bin/*' -type f); do
    page=$(find "$dest" -name "$(basename "$program").1*" | head -n 1)
    [ -n "$page" ] || { echo "$(basename "$program") is installed without its page"; bad=1; }
done

# A build with sanitizers needs their runtime in the program.
sanitize=
! ${NM:-nm} -D "$libdir/libsmin.so" | grep -q __asan_init || sanitize=-fsanitize=address,undefined

mkdir "$work/examples"
for source in "$src"/doc/examples/*.c; do
    name=$(basename "$source" .c)
    extra=
    [ "$name" != host ] || extra=-lsminhost
    # shellcheck disable=SC2046,SC2086
    ${SMIN_CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror $sanitize -o "$work/examples/$name" "$source" \
        $(flags --cflags --libs) $extra || {
        echo "$name does not build against the installed tree"
        bad=1
    }
done
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
SMIN_EXAMPLES=$work/examples
export LD_LIBRARY_PATH SMIN_EXAMPLES
sh "$src/doc/examples/examples.sh" || bad=1
exit $bad
