# tests/engines/snort3
check_PROGRAMS += %D%/print_lua
tests_engines_snort3_print_lua_SOURCES = %D%/print_lua.c
tests_engines_snort3_print_lua_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_engines_snort3_print_lua_LDADD = libsnortwork.la libhost.la librecord.la libcore.la
EXTRA_DIST += %D%/accepted %D%/find-snort.sh %D%/records.jq %D%/snort.lua
dist_noinst_SCRIPTS += tests/engines/ask-snort.sh
SMINI_SNORT_CHECKS = %D%/check-generated.sh %D%/check-parity.sh
dist_check_SCRIPTS += $(SMINI_SNORT_CHECKS)
TESTS += $(SMINI_SNORT_CHECKS)
