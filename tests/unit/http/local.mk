# The HTTP inspector against a host of our own.
if WITH_CRITERION
if WITH_LIBHTP
check_PROGRAMS += %D%/test_http
TESTS += %D%/test_http
tests_unit_http_test_http_SOURCES = \
	%D%/stage.c %D%/stage.h \
	%D%/talks.c %D%/talks.h \
	%D%/test_exchange.c \
	%D%/test_line.c \
	%D%/test_talks.c
tests_unit_http_test_http_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -I$(top_srcdir)/plugins
tests_unit_http_test_http_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_http_test_http_LDADD = libtestsupport.la libhttp.la $(CRITERION_LIBS) -lz
endif
endif
