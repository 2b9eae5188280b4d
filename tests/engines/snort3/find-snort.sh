# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it and above: a Snort 3 and our adapter for it.
# SMIN_SNORT names the program where it is not on the path; SMIN_SNORT_OPTIONS gives it what it needs there (--daq-dir).

# find_snort: sets `snort` and `adapter`, or says loudly that nothing is compared and exits with 77.
find_snort()
{
	snort=${SMIN_SNORT:-$(command -v snort || :)}
	case $([ -z "$snort" ] || "$snort" -V 2>&1) in
	*"Version 3."*) ;;
	*) echo "SKIPPED: there is no Snort 3 on the path: nothing was compared with it (SMIN_SNORT names one)" >&2; exit 77 ;;
	esac
	adapter=$SMIN_BUILDDIR/.libs/smin-snort3.so
	[ -f "$adapter" ] ||
		{ echo "SKIPPED: the adapter for Snort 3 was not built: nothing was compared with it" >&2; exit 77; }
	adapter_version=$(sed -n "s/^SNORT3_VERSION = //p" "$SMIN_BUILDDIR/Makefile")
	case $("$snort" -V 2>&1) in
	*"Version $adapter_version"*) ;;
	*)
		echo "SKIPPED: the adapter was built for Snort $adapter_version, $snort is another: nothing was compared" >&2
		exit 77
		;;
	esac
}

# run_snort CONFIGURATION OPTION...: with the adapter, and what SMIN_SNORT_OPTIONS says.
run_snort()
{
	configuration=$1
	shift
	# shellcheck disable=SC2086 # options, not one word
	"$snort" ${SMIN_SNORT_OPTIONS:-} -c "$configuration" --plugin-path "$adapter" "$@"
}
