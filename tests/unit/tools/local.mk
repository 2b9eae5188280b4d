# tests/unit/tools: smin-replay, its parts and the built program
dist_check_SCRIPTS += %D%/check-cases.sh %D%/check-dump.sh %D%/check-exit.sh %D%/check-options.sh \
	%D%/check-case-folder.sh %D%/check-case-slices.sh %D%/check-files.sh %D%/check-outputs.sh %D%/check-rule-cache.sh %D%/check-rule-profile.sh %D%/check-same.sh \
	%D%/check-transfers.sh
TESTS += %D%/check-cases.sh %D%/check-dump.sh %D%/check-exit.sh %D%/check-options.sh \
	%D%/check-case-folder.sh %D%/check-case-slices.sh %D%/check-files.sh %D%/check-outputs.sh %D%/check-rule-cache.sh %D%/check-rule-profile.sh %D%/check-same.sh \
	%D%/check-transfers.sh

if WITH_JANSSON
check_PROGRAMS += tests/unit/tools/check_schema
tests_unit_tools_check_schema_SOURCES = %D%/check_schema.c
tests_unit_tools_check_schema_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_unit_tools_check_schema_LDADD = $(JANSSON_LIBS)
TESTS += %D%/check-records.sh
endif
EXTRA_DIST += %D%/check-records.sh

if WITH_CRITERION
check_PROGRAMS += tests/unit/tools/test_tools
TESTS += tests/unit/tools/test_tools
tests_unit_tools_test_tools_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_tools_test_tools_SOURCES = %D%/test_compiling.c %D%/test_evidence.c %D%/test_facts.c %D%/test_inject.c \
	%D%/test_inject_frame.c %D%/test_inject_pace.c %D%/test_options.c %D%/test_sandbox.c \
	tests/unit/replay/input_build.c tests/unit/replay/input_build.h
tests_unit_tools_test_tools_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_tools_test_tools_LDADD = libtestsupport.la libtool_replay.la libsminhost.la libsmin.la $(CRITERION_LIBS)
endif
