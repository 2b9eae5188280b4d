# tests/unit/match
EXTRA_DIST += %D%/shipped.expected
if WITH_CRITERION
check_PROGRAMS += tests/unit/match/test_match
TESTS += tests/unit/match/test_match
tests_unit_match_test_match_SOURCES = \
	tests/fuzz/choices.c tests/fuzz/choices.h tests/fuzz/fuzz_match_differs.c tests/fuzz/reference.c tests/fuzz/reference.h \
	%D%/match_run.c %D%/match_run.h \
	%D%/test_bytes.c \
	%D%/test_cache.c \
	%D%/test_conditions.c \
	%D%/test_cost.c \
	%D%/test_differs.c \
	%D%/test_many.c \
	%D%/test_files.c \
	%D%/test_header.c \
	%D%/test_packets.c \
	%D%/test_ruleset_api.c \
	%D%/test_shipped.c \
	%D%/test_flowbits.c \
	%D%/test_flowint.c \
	%D%/test_xbits.c \
	%D%/test_state_model.c \
	%D%/test_streams.c \
	%D%/test_threshold.c \
	%D%/test_widen.c
tests_unit_match_test_match_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -DSMIN_TESTS_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_match_test_match_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_match_test_match_LDADD = libtestsupport.la libcore.la $(CRITERION_LIBS)
endif
