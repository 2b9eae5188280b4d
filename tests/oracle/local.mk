# tests/oracle
EXTRA_DIST += tests/oracle/NOTES.md tests/oracle/accepted-corpus tests/oracle/accepted-generated \
	tests/oracle/alerts.jq tests/oracle/compare.awk \
	tests/oracle/accepted-counting tests/oracle/suricata.yaml tests/oracle/find-suricata.sh \
	tests/oracle/sanitizer-runtimes.sh tests/oracle/suricata-socket.sh \
	tests/oracle/rules/bytes.rules tests/oracle/rules/content.rules tests/oracle/rules/counting.rules \
	tests/oracle/rules/header.rules \
	tests/oracle/rules/packet.rules tests/oracle/rules/pcre.rules tests/oracle/rules/state.rules
dist_noinst_SCRIPTS += tests/oracle/ask-smin.sh tests/oracle/ask-suricata.sh tests/oracle/gather-rules.sh
dist_check_SCRIPTS += tests/oracle/check-corpus.sh tests/oracle/check-generated.sh
TESTS += tests/oracle/check-corpus.sh tests/oracle/check-generated.sh
dist_check_SCRIPTS += tests/oracle/check-dialect-snort.sh tests/oracle/check-dialect-suricata.sh
TESTS += tests/oracle/check-dialect-snort.sh tests/oracle/check-dialect-suricata.sh

check_PROGRAMS += tests/oracle/invent
tests_oracle_invent_SOURCES = tests/oracle/invent.c tests/oracle/invent.h tests/oracle/invent_options.c \
	tests/oracle/invent_rule.c tests/oracle/invent_talk.c

# check-nightly: what make check samples, at length. NIGHTLY_PAIRS and NIGHTLY_SEEDS come from the command line.
NIGHTLY_PAIRS = 3000000
NIGHTLY_SEEDS = 50
dist_noinst_SCRIPTS += tests/oracle/nightly.sh
.PHONY: check-nightly
check-nightly: all $(check_PROGRAMS)
	@SMIN_SRCDIR='$(abs_top_srcdir)' SMIN_BUILDDIR='$(abs_top_builddir)' LC_ALL=C TZ=UTC \
		$(SHELL) $(srcdir)/tests/oracle/nightly.sh '$(NIGHTLY_PAIRS)' '$(NIGHTLY_SEEDS)'
