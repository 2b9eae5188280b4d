#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: build-against.sh ROOT FOLDER
# Builds the plugin for the Wireshark whose development files are unpacked below ROOT (as dpkg-deb -x leaves them), out of
# the libraries that this build made, and puts it into FOLDER/X.Y/epan: FOLDER is for WIRESHARK_PLUGIN_DIR. Prints X.Y.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
root=$(cd "$1" && pwd)
folder=$2
found=$(find "$root/usr/lib" -name wireshark.pc | head -n 1)
[ -n "$found" ] || { echo "$root holds no wireshark-dev" >&2; exit 1; }
PKG_CONFIG_LIBDIR=$(dirname "$found"):$root/usr/share/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
minor=$(pkg-config --modversion wireshark | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
libraries=$(dirname "$(dirname "$found")")
# The C library's headers below ROOT belong to another compiler.
headers=$(pkg-config --cflags-only-I wireshark | tr ' ' '\n' | grep -vx -e "-I$root/*usr/include" | sed 's/-I/-isystem /')
cd "$SMIN_BUILDDIR"
for archive in libhost.a librecord.a libcore.a; do
    [ -f ".libs/$archive" ] || { echo "$SMIN_BUILDDIR holds no $archive: make comes first" >&2; exit 1; }
done
built=$folder/$minor/epan/smin-wireshark.so
mkdir -p "$folder/$minor/epan"
# What the libraries of ROOT need themselves is found when they run; here only our own names are looked up.
# shellcheck disable=SC2046,SC2086
${SMIN_CC:-cc} -std=gnu11 -O2 -g -fPIC -fvisibility=hidden -Wall -Wextra -Wconversion -Wsign-conversion -Wno-unused-parameter \
    -Werror ${SMIN_WIRESHARK_CFLAGS:-} -shared -o "$built.$$" \
    -I"$SMIN_SRCDIR/include" -Iinclude -I"$SMIN_SRCDIR/lib" -I"$SMIN_SRCDIR/plugins" $headers \
    "$SMIN_SRCDIR"/plugins/wireshark/*.c .libs/libhost.a .libs/librecord.a .libs/libcore.a \
    -L"$libraries" -lwireshark -lwsutil -lglib-2.0 $(sed -n 's/^HS_LIBS = //p; s/^PCRE2_LIBS = //p; s/^DL_LIBS = //p' Makefile) \
    -Wl,--allow-shlib-undefined -Wl,--exclude-libs,ALL
# A program may have the old one open.
mv "$built.$$" "$built"
chmod -R a+rX "$folder"
echo "$minor"
