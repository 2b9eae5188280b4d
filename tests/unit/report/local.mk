# tests/unit/report
if WITH_CRITERION
check_PROGRAMS += tests/unit/report/test_slice
TESTS += tests/unit/report/test_slice
tests_unit_report_test_slice_SOURCES = %D%/test_slice.c
tests_unit_report_test_slice_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_report_test_slice_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_report_test_slice_LDADD = libtestsupport.la libreport.la libreplay.la libsminhost.la $(CRITERION_LIBS)
endif
