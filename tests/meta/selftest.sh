#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A check that cannot fail proves nothing: plants one violation after the other in a copy of the tree and expects to be told.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
here=$src/tests/meta
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-selftest.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
planted=0

fresh() {
    rm -rf "$work/tree"
    mkdir "$work/tree" || exit 1
    for folder in include lib plugins tools doc tests; do
        cp -R "$src/$folder" "$work/tree/$folder" || exit 1
    done
    chmod -R u+w "$work/tree"
}

told() { # check text
    planted=$((planted + 1))
    SMIN_SRCDIR=$work/tree sh "$here/check-$1.sh" >"$work/out" 2>&1
    status=$?
    if [ "$status" -eq 0 ]; then
        echo "FAIL: check-$1 did not notice: $2"
        failures=$((failures + 1))
    elif ! grep -qF -- "$2" "$work/out"; then
        echo "FAIL: check-$1 failed, but did not say: $2"
        sed 's/^/    /' "$work/out"
        failures=$((failures + 1))
    fi
    fresh
}

fresh

echo '#include "match/matcher.h"' >>"$work/tree/lib/decode/header.c"
told layers 'lib/decode may not include "match/matcher.h"'
echo '#include "decode/decode.h"' >>"$work/tree/lib/host/registry.c"
told layers 'lib/host may not include "decode/decode.h"'
echo '#include <dlfcn.h>' >>"$work/tree/lib/host/registry.c"
told layers '<dlfcn.h> belongs to'
echo '#include <pcap.h>' >>"$work/tree/lib/base/alloc.c"
told layers '<pcap.h> belongs to'
mkdir "$work/tree/lib/newlayer"
echo '#include "base/alloc.h"' >"$work/tree/lib/newlayer/x.c"
told layers 'lib/newlayer is not in the table'

sed -i.old 's/turns Smart Install on/turns it on/' "$work/tree/lib/device/ios_form.def"
told configurations 'turns it on'

sed -i.old 's/^\tsmin_stream_new;$//' "$work/tree/lib/smin.map"
told exports '< smin_stream_new'
printf 'SMIN_PUBLIC int32_t smin_never_defined(\n    int a);\n' >>"$work/tree/include/smin/host.h"
told exports '< smin_never_defined'

sed -i.old 's/^#include <stdint.h>$//; s/^#include <stddef.h>$//' "$work/tree/include/smin/field.h"
told headers 'smin/field.h does not compile alone'
echo 'enum { SMIN_TRAILING_COMMA, class = 1 };' >>"$work/tree/include/smin/status.h"
told headers 'does not compile alone as c++17'

printf '#!/bin/sh\necho " 0x01 (NEEDED) Shared library: [libnet.so.9]"\n' >"$work/readelf"
chmod +x "$work/readelf"
READELF=$work/readelf
export READELF
told needed 'libsmin.so needs libnet.so.9'
unset READELF

awk 'BEGIN { print "int planted(void)\n{"; for (i = 0; i < 60; i++) print "    ;"; print "}" }' >>"$work/tree/lib/base/alloc.c"
told length 'planted has 63 lines'
awk 'BEGIN { for (i = 0; i < 400; i++) print "/* */" }' >>"$work/tree/lib/base/span.h"
told length 'lib/base/span.h'

printf 'See /%s/somebody/notes for more.\n' home >>"$work/tree/lib/NOTES.md"
told names "absolute paths of somebody's machine"
echo 'static void planted(void) { printf("x"); }' >>"$work/tree/lib/base/alloc.c"
told names 'lib/base writes to a stream'
echo 'static void planted(void) { (void)getenv("X"); }' >>"$work/tree/lib/decode/header.c"
told names 'lib/decode asks the system'
sed -i.old 1d "$work/tree/lib/base/alloc.c"
told names 'lib/base/alloc.c: no SPDX line'

sed -i.old 's/ Thread: \[config\]\.//' "$work/tree/include/smin/host.h"
told docs 'the comment has no Thread tag'
sed -i.old 's/SMIN_OK/fine/' "$work/tree/include/smin/decoder.h"
told docs 'the comment names no status code'
sed -i.old 's/ Thread: \[flow\]\.//' "$work/tree/include/smin/abi.h"
told docs 'abi.h'
sed -i.old 's/timeout/patience/' "$work/tree/doc/smin-validate.1"
told docs 'doc/smin-validate.1 does not know --timeout'
rm "$work/tree/doc/smin-validate.1"
told docs 'smin-validate is installed without'

[ "$failures" -eq 0 ] || exit 1
echo "$planted planted violations were noticed"
