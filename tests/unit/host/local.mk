# tests/unit/host
if WITH_CRITERION
check_PROGRAMS += tests/unit/host/test_host
TESTS += tests/unit/host/test_host
tests_unit_host_test_host_SOURCES = \
	%D%/sample_inspector.c %D%/sample_inspector.h \
	%D%/test_elf.c \
	%D%/test_load.c \
	%D%/test_negotiate.c \
	%D%/test_registry.c \
	%D%/test_session.c \
	%D%/test_wellformed.c
tests_unit_host_test_host_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_host_test_host_LDADD = libhost.la $(CRITERION_LIBS)
# The loading tests open the dummy plugin.
EXTRA_tests_unit_host_test_host_DEPENDENCIES = tests/abi/dummy.la
endif
