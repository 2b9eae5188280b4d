# tests/unit/tftp
if WITH_CRITERION
check_PROGRAMS += tests/unit/tftp/test_tftp
TESTS += tests/unit/tftp/test_tftp
tests_unit_tftp_test_tftp_SOURCES = \
	%D%/stage.c %D%/stage.h \
	%D%/test_netascii.c \
	%D%/test_request.c \
	%D%/test_transfer.c
tests_unit_tftp_test_tftp_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -I$(top_srcdir)/plugins
tests_unit_tftp_test_tftp_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_tftp_test_tftp_LDADD = libtestsupport.la libtftp.la $(CRITERION_LIBS)
endif
