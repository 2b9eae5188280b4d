# SPDX-License-Identifier: BSD-2-Clause
# Read by scripts that start an engine with one of our adapters.

# sanitizer_runtimes FILE: a module with sanitizers needs their runtimes before anything else; prints them for LD_PRELOAD.
sanitizer_runtimes()
{
	case $(${READELF:-readelf} -d "$1" 2>/dev/null) in
	*libasan*)
		for runtime in libasan.so libubsan.so; do
			printf '%s ' "$(${SMIN_CC:-cc} -print-file-name=$runtime)"
		done
		;;
	esac
}
