# tests/unit/replay/test_input: captures, dissection, defragmentation
if WITH_CRITERION
check_PROGRAMS += tests/unit/replay/test_input
TESTS += tests/unit/replay/test_input
tests_unit_replay_test_input_SOURCES = \
	tests/unit/replay/defrag_build.c tests/unit/replay/defrag_build.h \
	tests/unit/replay/input_build.c tests/unit/replay/input_build.h \
	tests/unit/replay/input_seen.c \
	tests/unit/replay/test_capture.c \
	tests/unit/replay/test_capture_archive.c \
	tests/unit/replay/test_capture_damage.c \
	tests/unit/replay/test_checksum.c \
	tests/unit/replay/test_defrag.c \
	tests/unit/replay/test_defrag_limits.c \
	tests/unit/replay/test_dissect.c \
	tests/unit/replay/test_dissect_tunnel.c
tests_unit_replay_test_input_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_replay_test_input_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS) $(LIBARCHIVE_CFLAGS)
tests_unit_replay_test_input_LDADD = libreplay.la libtestsupport.la $(CRITERION_LIBS) $(LIBARCHIVE_LIBS)
if WITH_LIBPCAP
tests_unit_replay_test_input_CPPFLAGS += -DSMIN_TEST_LIBPCAP $(LIBPCAP_CFLAGS)
tests_unit_replay_test_input_LDADD += $(LIBPCAP_LIBS)
endif
endif
