# tests/inject: packets between two interfaces
EXTRA_DIST += %D%/NOTES.md %D%/network.sh
SMIN_INJECT_CHECKS = %D%/check-bytes.sh %D%/check-findings.sh %D%/check-refusals.sh \
	%D%/check-suricata.sh
dist_check_SCRIPTS += $(SMIN_INJECT_CHECKS)
TESTS += $(SMIN_INJECT_CHECKS)
