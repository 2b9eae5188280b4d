if WITH_CRITERION
check_PROGRAMS += %D%/test_inspect
TESTS += %D%/test_inspect
tests_unit_inspect_test_inspect_SOURCES = \
	%D%/abi_log.c %D%/abi_log.h \
	%D%/test_announce.c \
	%D%/test_foreign.c \
	%D%/test_inspector.c \
	%D%/test_packet.c
tests_unit_inspect_test_inspect_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/%D%
tests_unit_inspect_test_inspect_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_inspect_test_inspect_LDADD = libcore.la $(CRITERION_LIBS)
endif
