# Suricata 8 with its adapter
EXTRA_DIST += tests/engines/suricata8/NOTES.md tests/engines/suricata8/accepted-keywords \
	tests/engines/suricata8/accepted-rules tests/engines/suricata8/keywords.rules tests/engines/suricata8/keywords-refused.rules
dist_noinst_SCRIPTS += tests/engines/suricata8/ask-alerts.sh
EXTRA_DIST += tests/engines/suricata8/adapter.sh
SMIN_SURICATA8_CHECKS = tests/engines/suricata8/check-keywords.sh tests/engines/suricata8/check-keywords-refused.sh \
	tests/engines/suricata8/check-keywords-other.sh tests/engines/suricata8/check-keywords-reload.sh \
	tests/engines/suricata8/check-keywords-tenants.sh \
	tests/engines/suricata8/check-own-rules.sh tests/engines/suricata8/check-rules.sh \
	tests/engines/suricata8/check-loading.sh tests/engines/suricata8/check-records.sh \
	tests/engines/suricata8/check-sanitized.sh \
	tests/engines/suricata8/check-installed.sh tests/engines/suricata8/check-load.sh
dist_check_SCRIPTS += $(SMIN_SURICATA8_CHECKS)
TESTS += $(SMIN_SURICATA8_CHECKS)
