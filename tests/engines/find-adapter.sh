# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it.

# find_adapter NAME: prints where NAME.so was built, or says loudly that nothing is compared with it and exits with 77.
find_adapter()
{
	for built in "$SMIN_BUILDDIR/.libs/$1.so" "$SMIN_BUILDDIR/plugins/$1/.libs/$1.so"; do
		[ ! -f "$built" ] || { echo "$built"; return 0; }
	done
	echo "SKIPPED: the adapter $1 was not built: nothing was compared with that engine" >&2
	exit 77
}
