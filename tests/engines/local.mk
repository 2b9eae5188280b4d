# Engines with our adapters in them, against smin-replay and against each other.
include tests/engines/suricata8/local.mk
include tests/engines/wireshark/local.mk
include tests/engines/snort3/local.mk
# tests/engines
EXTRA_DIST += tests/engines/accepted tests/engines/compare.awk tests/engines/eve.jq tests/engines/find-adapter.sh \
	tests/engines/find-tshark.sh tests/engines/spoil.awk tests/engines/tshark.jq tests/engines/suricata.yaml tests/engines/NOTES.md
dist_noinst_SCRIPTS += tests/engines/list-captures.sh tests/engines/ask-replay.sh tests/engines/ask-suricata.sh \
	tests/engines/ask-tshark.sh
dist_check_SCRIPTS += tests/engines/check-compare.sh tests/engines/check-parity.sh
TESTS += tests/engines/check-compare.sh tests/engines/check-parity.sh

check_PROGRAMS += tests/engines/print_fields
tests_engines_print_fields_SOURCES = tests/engines/print_fields.c
tests_engines_print_fields_LDADD = libcore.la
