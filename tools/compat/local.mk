# How much of a rule file is honoured. Nothing here is installed.
EXTRA_DIST += %D%/NOTES.md %D%/other-protocols %D%/read-rules.awk %D%/tell.awk
dist_noinst_SCRIPTS += %D%/rule-report.sh
dist_check_SCRIPTS += %D%/test-report.sh
TESTS += %D%/test-report.sh
