# tests/unit/suricata8
if WITH_CRITERION
check_PROGRAMS += tests/unit/suricata8/test_suricata8
TESTS += tests/unit/suricata8/test_suricata8
tests_unit_suricata8_test_suricata8_SOURCES = \
	%D%/fake_detect.c %D%/fake_detect.h \
	%D%/fake_engine.c %D%/fake_engine.h \
	%D%/test_flow.c \
	%D%/test_keyword.c \
	%D%/test_slots.c \
	%D%/test_start.c \
	%D%/test_transaction.c
tests_unit_suricata8_test_suricata8_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -I$(top_srcdir)
tests_unit_suricata8_test_suricata8_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_suricata8_test_suricata8_LDADD = libsuricata8.la libtestsupport.la libhost.la librecord.la libcore.la $(CRITERION_LIBS)
endif
