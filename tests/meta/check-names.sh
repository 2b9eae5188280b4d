#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# No file names a place of somebody's machine; the core writes to no stream; every source names its licence.
set -u
cd "${SMIN_SRCDIR:?}" || exit 1
bad=0

# Text of the project: what git tracks, or everything in an unpacked release.
if git rev-parse --show-toplevel >/dev/null 2>&1 && [ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ]; then
    list() { git ls-files; }
else
    list() { find . -type f ! -path './build*' ! -path './_build/*' ! -path './_inst/*' ! -path './.git/*' ! -path './autom4te.cache/*' | sed 's|^\./||'; }
fi
texts() { list | grep -vE '\.(pcap|pcapng|gz|zst|xz|zip|bin)$|^(configure|aclocal\.m4|Makefile\.in|config\.h\.in|config\.(log|status)|libtool|m4/(libtool|lt.*)\.m4)$|^build-aux/'; }

# Absolute paths into homes and work folders. The pattern is put together so that this file does not match itself.
places="(^|[^A-Za-z0-9_.])/(ho""me|wo""rk|ro""ot|Use""rs)/[A-Za-z0-9_.]+"
found=$(texts | tr '\n' '\0' | xargs -0 grep -nIE "$places" 2>/dev/null | grep -vE ':[^:]*(https?://|\$\{?HOME)')
if [ -n "$found" ]; then
    echo "absolute paths of somebody's machine:"
    printf '%s\n' "$found" | sed 's/^/    /'
    bad=1
fi

# Layers that write nothing: they have no business with streams at all, except to format into memory.
for layer in lib/base lib/decode lib/rule lib/match lib/inspect lib/host lib/incident lib/device lib/report plugins/smartinstall plugins/tftp plugins/ftp plugins/sealed plugins/http; do
    [ -d "$layer" ] || continue
    found=$(grep -rnE '(^|[^a-z_n])(printf|fprintf|vprintf|vfprintf|puts|fputs|fputc|putchar|fwrite|perror) *\(|(^|[^a-z_])(stderr|stdout)([^a-z_]|$)' \
        "$layer" --include='*.c' --include='*.h' | grep -vE ':[0-9]+: *(/?\*|//)|__attribute__')
    if [ -n "$found" ]; then
        echo "$layer writes to a stream:"
        printf '%s\n' "$found" | sed 's/^/    /'
        bad=1
    fi
done

# The core reads no clock, environment or locale.
for layer in lib/base lib/decode lib/rule lib/match lib/inspect; do
    [ -d "$layer" ] || continue
    found=$(grep -rnE '(^|[^a-z_])(getenv|setlocale|time|clock|clock_gettime|gettimeofday|rand|random|srand|atexit|signal|fopen|open) *\(' \
        "$layer" --include='*.c' --include='*.h' | grep -vE ':[0-9]+: *(/?\*|//)')
    if [ -n "$found" ]; then
        echo "$layer asks the system:"
        printf '%s\n' "$found" | sed 's/^/    /'
        bad=1
    fi
done

sources=0
for file in $(find lib tools plugins include tests doc -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' -o -name '*.def' -o -name '*.sh' \) | sort); do
    sources=$((sources + 1))
    case $file in include/smin/version.h) continue ;; esac
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: BSD-2-Clause' || {
        echo "$file: no SPDX line"
        bad=1
    }
done
[ "$sources" -ge 50 ] || { echo "only $sources sources were seen"; bad=1; }
exit $bad
