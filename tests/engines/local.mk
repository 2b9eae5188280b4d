# Engines with our adapters in them, against smin-replay and against each other.
include tests/engines/suricata8/local.mk
include tests/engines/wireshark/local.mk
include tests/engines/snort3/local.mk
# tests/engines
EXTRA_DIST += tests/engines/accepted tests/engines/compare.awk tests/engines/eve.jq tests/engines/find-adapter.sh \
	tests/engines/find-tshark.sh tests/engines/NOTES.md tests/engines/other_engine.c tests/engines/spoil.awk \
	tests/engines/suricata.yaml tests/engines/tshark.jq
dist_noinst_SCRIPTS += tests/engines/list-captures.sh tests/engines/ask-replay.sh tests/engines/ask-suricata.sh \
	tests/engines/ask-tshark.sh
SMIN_ENGINE_CHECKS = tests/engines/check-compare.sh tests/engines/check-parity.sh \
	tests/engines/check-refusals-suricata.sh tests/engines/check-refusals-wireshark.sh
dist_check_SCRIPTS += $(SMIN_ENGINE_CHECKS)
TESTS += $(SMIN_ENGINE_CHECKS)

check_PROGRAMS += tests/engines/print_fields
tests_engines_print_fields_SOURCES = tests/engines/print_fields.c
tests_engines_print_fields_LDADD = libcore.la
