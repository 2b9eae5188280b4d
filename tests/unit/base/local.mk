# tests/unit/base
if WITH_CRITERION
check_PROGRAMS += tests/unit/base/test_base
TESTS += tests/unit/base/test_base
tests_unit_base_test_base_SOURCES = \
	%D%/test_address.c \
	%D%/test_alloc.c \
	%D%/test_cursor.c \
	%D%/test_sha256.c \
	%D%/test_span.c \
	%D%/test_written.c
tests_unit_base_test_base_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_base_test_base_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_base_test_base_LDADD = libtestsupport.la libbase.la $(CRITERION_LIBS)
endif
