# tests/unit/replay: flows, streams and the pump
if WITH_CRITERION
check_PROGRAMS += tests/unit/replay/test_pump
TESTS += tests/unit/replay/test_pump
tests_unit_replay_test_pump_SOURCES = \
	tests/unit/replay/fake_inspector.c tests/unit/replay/fake_inspector.h \
	tests/unit/replay/stage.c tests/unit/replay/stage.h \
	tests/unit/replay/test_expect.c \
	tests/unit/replay/test_file_judge.c \
	tests/unit/replay/test_file_type.c \
	tests/unit/replay/test_flow_table.c \
	tests/unit/replay/test_run.c \
	tests/unit/replay/test_tcp_overlap.c \
	tests/unit/replay/test_tcp_state.c \
	tests/unit/replay/test_tcp_stream.c
tests_unit_replay_test_pump_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_replay_test_pump_CFLAGS = $(AM_CFLAGS) -Wno-conversion $(CRITERION_CFLAGS)
tests_unit_replay_test_pump_LDADD = libtestsupport.la libreplay.la $(CRITERION_LIBS)
endif
