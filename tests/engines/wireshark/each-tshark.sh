# SPDX-License-Identifier: BSD-2-Clause
# Read by the tests beside it: runs their function `examine` for every tshark that there is. `ask` is one of them with the
# plugin, as a user with an empty home; `fail` counts, and says what is wrong.
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/engines/find-tshark.sh"
pcaps=$SMIN_SRCDIR/pcaps
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-wireshark.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/out"
chmod 755 "$work"
chmod 777 "$work/home" "$work/out"
bad=0

fail()
{
    echo "tshark $minor: $*"
    bad=1
}

# No test may hang: the longest of these takes two seconds.
ask()
{
    HOME=$work/home WIRESHARK_PLUGIN_DIR=${folder:-$plugins} XDG_CONFIG_HOME='' as_user timeout 120 "$program" "$@" \
        2>"$work/said" </dev/null
}

# shown WHAT EXPECTED: the output of the last command in $work/shown is that, line by line.
same()
{
    printf '%s\n' "$2" >"$work/expected"
    cmp -s "$work/expected" "$work/shown" || {
        fail "$1"
        diff "$work/expected" "$work/shown" | sed 's/^/    /'
    }
}

each_tshark()
{
    seen=0
    # Some of what the program does without a capture hangs with the sanitizers' runtime in it.
    if [ -n "$preload_tshark" ] && [ "${with_sanitizers:-no}" = no ]; then
        echo "SKIPPED: this test is not for a build with sanitizers; check-damage.sh is" >&2
        exit 77
    fi
    list_tshark >"$work/programs"
    while IFS='	' read -r minor program; do
        plugins=$(find_plugins "$minor")
        status=$?
        [ $status != 77 ] || continue
        [ $status = 0 ] || { fail "the plugin was not built"; continue; }
        folder=
        seen=$((seen + 1))
        examine
    done <"$work/programs"
    [ $seen -gt 0 ] || { echo "SKIPPED: there is no tshark with its development files: nothing was looked at" >&2; exit 77; }
    echo "$seen versions of tshark were asked"
    exit $bad
}
