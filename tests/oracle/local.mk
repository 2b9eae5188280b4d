# tests/oracle
EXTRA_DIST += tests/oracle/NOTES.md tests/oracle/accepted-corpus tests/oracle/alerts.jq tests/oracle/compare.awk \
	tests/oracle/suricata.yaml tests/oracle/find-suricata.sh \
	tests/oracle/rules/content.rules
dist_noinst_SCRIPTS += tests/oracle/ask-smin.sh tests/oracle/ask-suricata.sh tests/oracle/gather-rules.sh
dist_check_SCRIPTS += tests/oracle/check-corpus.sh
TESTS += tests/oracle/check-corpus.sh
dist_check_SCRIPTS += tests/oracle/check-dialect-snort.sh tests/oracle/check-dialect-suricata.sh
TESTS += tests/oracle/check-dialect-snort.sh tests/oracle/check-dialect-suricata.sh
