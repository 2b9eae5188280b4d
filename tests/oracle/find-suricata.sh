# SPDX-License-Identifier: BSD-2-Clause
# Read by the scripts beside it: finds Suricata 8, or says loudly that nothing is compared with it and exits with 77.
# Sets $engine, and $settings, the folder of its classification.config and its like.

find_engine()
{
	for engine in "${SMIN_SURICATA:-}" "$SMIN_BUILDDIR/engines/suricata" "$SMIN_SRCDIR/build/engines/suricata" \
		"$(command -v suricata || :)"; do
		if [ -n "$engine" ] && [ -x "$engine" ]; then
			client=$(dirname "$engine")/suricatasc
			case $("$engine" -V 2>/dev/null) in
			*"version 8."*) [ ! -x "$client" ] || return 0 ;;
			esac
		fi
	done
	return 1
}
find_engine || {
	echo "SKIPPED: there is no Suricata 8 (./quickstart engines unpacks it): nothing was compared with it" >&2
	exit 77
}
unpacked=$(dirname "$engine")/root
settings=$unpacked/etc/suricata
[ -d "$settings" ] || settings=/etc/suricata

# The engine itself leaks when it has any plugin of a protocol, so leaks are for the test that tells whose they are.
. "$SMIN_SRCDIR/tests/oracle/sanitizer-runtimes.sh"
preload=$(sanitizer_runtimes "$SMIN_BUILDDIR/.libs/smin-suricata8.so")

# suricata RULES FOLDER [OPTION...]: the engine with the settings of these tests, or those that $configuration
# names; for no longer than $patience seconds, where that is set.
suricata()
{
	used=$1
	log=$2
	shift 2
	${preload:+env "LD_PRELOAD=$preload" "ASAN_OPTIONS=${leaks:-detect_leaks=0}"} \
		${patience:+timeout "$patience"} "$engine" -c "${configuration:-$SMIN_SRCDIR/tests/oracle/suricata.yaml}" -S "$used" \
		-l "$log" \
		--set classification-file="$settings/classification.config" \
		--set reference-config-file="$settings/reference.config" \
		--set threshold-file="$settings/threshold.config" "$@"
}

# suricata_loads RULES FOLDER [OPTION...]: loads all rules of a file in test mode. What the engine would leave out would
# be compared as silence.
suricata_loads()
{
	suricata "$@" -T --init-errors-fatal >"$2/test" 2>&1 ||
		{ cat "$2/test" >&2; echo "Suricata refuses rules" >&2; return 1; }
	if grep -E '^(Error|Warning):' "$2/test" | grep -vE 'is checked but not set|is deprecated and will be removed' >&2; then
		echo "Suricata is not content" >&2
		return 1
	fi
	wanted=$(grep -cE '^[a-z]+ ' "$1")
	grep -q " $wanted rules successfully loaded, 0 rules failed" "$2/test" ||
		{ cat "$2/test" >&2; echo "Suricata did not load all $wanted rules" >&2; return 1; }
}
