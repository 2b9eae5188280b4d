# tests/oom: scenarios with every allocation refused once
if WITH_CRITERION
check_PROGRAMS += tests/oom/test_oom
TESTS += tests/oom/test_oom
tests_oom_test_oom_SOURCES = %D%/test_oom.c
tests_oom_test_oom_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_oom_test_oom_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_oom_test_oom_LDADD = libtestsupport.la libcore.la $(CRITERION_LIBS)
endif
EXTRA_DIST += %D%/NOTES.md
