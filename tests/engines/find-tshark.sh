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

# as_user COMMAND...: Wireshark looks at no plugin folder of ours while it runs as root.
as_user()
{
	if [ "$(id -u)" != 0 ]; then
		"$@"
	elif unshare --user --map-user=1000 --map-group=1000 true 2>/dev/null; then
		unshare --user --map-user=1000 --map-group=1000 "$@"
	else
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	fi
}
