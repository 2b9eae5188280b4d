# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it: which tshark there are, and how to run one with our adapter.

# Prints "minor<tab>program" of each: the one on the path and those that ./quickstart engines unpacks.
list_tshark()
{
	for program in "$(command -v tshark || :)" "$SMIN_BUILDDIR"/engines/tshark-*/tshark "$SMIN_SRCDIR"/build/engines/tshark-*/tshark \
		${SMIN_TSHARK:-}; do
		[ -x "$program" ] || continue
		minor=$("$program" -v 2>/dev/null | sed -n '1s/.* \([0-9]*\.[0-9]*\)\.[0-9].*/\1/p')
		[ -z "$minor" ] || printf '%s\t%s\n' "$minor" "$program"
	done | sort -s -u -k 1,1
}

# What a program does not give back when it ends is no matter of ours: leaks are looked for in tests without it.
. "$SMIN_SRCDIR/tests/oracle/sanitizer-runtimes.sh"
preload_tshark=$(sanitizer_runtimes "$SMIN_BUILDDIR/.libs/smin-wireshark.so")

# as_user COMMAND...: Wireshark looks at no plugin folder of ours while it runs as root.
as_user()
{
	if [ -n "$preload_tshark" ]; then
		set -- env "LD_PRELOAD=$preload_tshark" "ASAN_OPTIONS=detect_leaks=0" "$@"
	fi
	if [ "$(id -u)" != 0 ]; then
		"$@"
	elif unshare --user --map-user=1000 --map-group=1000 true 2>/dev/null; then
		unshare --user --map-user=1000 --map-group=1000 "$@"
	else
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	fi
}

# find_plugins MINOR: prints the folder for WIRESHARK_PLUGIN_DIR with our adapter for that minor version, which is built
# for it where the program comes with its development files; or says loudly what is missing and exits with 77.
find_plugins()
{
	plugin_folder=$SMIN_BUILDDIR/tests/engines/wireshark/plugins
	own=$(sed -n 's/^WIRESHARK_VERSION = //p' "$SMIN_BUILDDIR/Makefile")
	if [ "$1" = "$own" ] && [ -f "$SMIN_BUILDDIR/.libs/smin-wireshark.so" ]; then
		built=$plugin_folder/$1/epan/smin-wireshark.so
		mkdir -p "$plugin_folder/$1/epan"
		# Another test may have it open: a new file takes its place.
		cmp -s "$SMIN_BUILDDIR/.libs/smin-wireshark.so" "$built" || {
			cp "$SMIN_BUILDDIR/.libs/smin-wireshark.so" "$built.$$" && mv "$built.$$" "$built" || exit 1
		}
	elif [ -n "$preload_tshark" ]; then
		echo "SKIPPED: with sanitizers the plugin is built for the installed Wireshark only, not for tshark $1" >&2
		exit 77
	else
		program=$(list_tshark | sed -n "s/^$1	//p")
		root=$(dirname "$program")/root
		[ -d "$root/usr/include/wireshark" ] || {
			echo "SKIPPED: the plugin is not built for tshark $1: wireshark-dev of that version is missing" >&2
			exit 77
		}
		built=$plugin_folder/$1/epan/smin-wireshark.so
		if [ ! -f "$built" ] || [ -n "$(find "$SMIN_SRCDIR/plugins/wireshark" "$SMIN_BUILDDIR/.libs/libcore.a" -newer "$built")" ]; then
			"$SMIN_SRCDIR/tests/engines/wireshark/build-against.sh" "$root" "$plugin_folder" >/dev/null || exit 1
		fi
	fi
	chmod -R a+rX "$plugin_folder"
	echo "$plugin_folder"
}
