#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Who brings which library into a process. What an engine loads stays small and under licences that suit every engine.
set -u
build=${SMIN_BUILDDIR:?}
bad=0

needed() {
    ${READELF:-readelf} -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p'
}

# The only libraries that each product may need. A static C++ runtime counts: Hyperscan brings it.
core='libc\.so.*|libm\.so.*|libgcc_s\.so.*|libstdc\+\+\.so.*|ld-linux.*|libhs\.so.*|libpcre2-8\.so.*|linux-vdso.*'
check() { # object allowed-regex
    [ -f "$1" ] || return 1
    for library in $(needed "$1"); do
        if ! printf '%s\n' "$library" | grep -qxE "$2"; then
            echo "$1 needs $library"
            bad=1
        fi
    done
    # Sanitizers of a test build are no dependency of the product.
    return 0
}
sanitizers='lib[a-z]*san\.so.*'

check "$build/.libs/libsmin.so" "$core|$sanitizers" || { echo "libsmin.so is missing"; bad=1; }
# What reads captures may unpack them, read HTTP and give up rights; sending them takes libnet, which nothing else is to have.
reader='libarchive\.so.*|libseccomp\.so.*|libmd\.so.*|libnet\.so.*|libhtp\.so.*|libz\.so.*|libdl\.so.*'
program=$build/tools/replay/.libs/smin-replay
[ -f "$program" ] || program=$build/tools/replay/smin-replay
check "$program" "libsmin(host)?\.so.*|$reader|$core|$sanitizers" || { echo "smin-replay is missing"; bad=1; }
check "$build/.libs/libsminhost.so" "libc\.so.*|libdl\.so.*|ld-linux.*|$sanitizers" || {
    echo "libsminhost.so is missing"
    bad=1
}
check "$build/tests/abi/.libs/dummy.so" "libc\.so.*|$sanitizers"
check "$build/.libs/smartinstall.so" "$core|$sanitizers"
check "$build/.libs/smin-suricata8.so" "$core|$sanitizers" || { echo "smin-suricata8.so is missing"; bad=1; }
check "$build/.libs/smin-wireshark.so" "libwireshark\.so.*|libwsutil\.so.*|libg(lib|module|thread)-2\.0\.so.*|$core|$sanitizers"
check "$build/.libs/tftp.so" "libc\.so.*|$sanitizers" || { echo "tftp.so is missing"; bad=1; }
check "$build/.libs/sealed.so" "libc\.so.*|$sanitizers" || { echo "sealed.so is missing"; bad=1; }
# libhtp is in http.so and in smin-replay, and nowhere that an engine with a copy of its own could meet it.
check "$build/.libs/http.so" "libhtp\.so\.2|libz\.so.*|libc\.so.*|$sanitizers"
check "$build/.libs/ftp.so" "libc\.so.*|$sanitizers" || { echo "ftp.so is missing"; bad=1; }
check "$build/.libs/decode" "libsmin\.so.*|$core|$sanitizers"
check "$build/doc/examples/.libs/decode" "libsmin\.so.*|$core|$sanitizers"
check "$build/doc/examples/.libs/host" "libsminhost\.so.*|libc\.so.*|libdl\.so.*|$sanitizers"
exit $bad
