# tests/unit/ftp
if WITH_CRITERION
check_PROGRAMS += tests/unit/ftp/test_ftp
TESTS += tests/unit/ftp/test_ftp
tests_unit_ftp_test_ftp_SOURCES = \
	%D%/stage.c %D%/stage.h \
	%D%/test_order.c \
	%D%/test_parse.c \
	%D%/test_transfer.c
tests_unit_ftp_test_ftp_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -I$(top_srcdir)/plugins
tests_unit_ftp_test_ftp_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_ftp_test_ftp_LDADD = libtestsupport.la libftp.la $(CRITERION_LIBS)
endif
