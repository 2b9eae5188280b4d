# tests/unit/replay: what is written
if WITH_CRITERION
if WITH_JANSSON
check_PROGRAMS += tests/unit/replay/test_output
TESTS += tests/unit/replay/test_output
tests_unit_replay_test_output_SOURCES = tests/unit/replay/test_json.c tests/unit/replay/test_record.c
tests_unit_replay_test_output_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS) $(JANSSON_CFLAGS)
tests_unit_replay_test_output_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_replay_test_output_LDADD = libtestsupport.la libreplay.la $(CRITERION_LIBS) $(JANSSON_LIBS)
endif
endif
