# tests/oracle
EXTRA_DIST += tests/oracle/NOTES.md tests/oracle/accepted-corpus tests/oracle/alerts.jq tests/oracle/compare.awk \
	tests/oracle/suricata.yaml \
	tests/oracle/rules/content.rules
dist_noinst_SCRIPTS += tests/oracle/ask-smin.sh tests/oracle/ask-suricata.sh
dist_check_SCRIPTS += tests/oracle/check-corpus.sh
TESTS += tests/oracle/check-corpus.sh
