# tests/unit/report
if WITH_CRITERION
check_PROGRAMS += tests/unit/report/test_slice
TESTS += tests/unit/report/test_slice
tests_unit_report_test_slice_SOURCES = %D%/test_slice.c
tests_unit_report_test_slice_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_report_test_slice_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_report_test_slice_LDADD = libtestsupport.la libreport.la libreplay.la libsminhost.la $(CRITERION_LIBS)

check_PROGRAMS += tests/unit/report/test_page
TESTS += tests/unit/report/test_page
tests_unit_report_test_page_SOURCES = \
	tests/unit/report/page_build.c tests/unit/report/page_build.h \
	tests/unit/report/page_cases.c tests/unit/report/page_cases.h \
	%D%/test_page.c %D%/test_page_parts.c \
	%D%/wellformed.c %D%/wellformed.h
tests_unit_report_test_page_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_report_test_page_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_report_test_page_LDADD = libtestsupport.la libreport.la $(CRITERION_LIBS)
endif

# The pages of made-up cases, for tests from outside.
check_PROGRAMS += tests/unit/report/print_page
tests_unit_report_print_page_SOURCES = \
	tests/unit/report/page_build.c tests/unit/report/page_build.h \
	tests/unit/report/page_cases.c tests/unit/report/page_cases.h \
	%D%/print_page.c
tests_unit_report_print_page_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_report_print_page_LDADD = libreport.la
dist_check_SCRIPTS += %D%/check-report-page.sh
TESTS += %D%/check-report-page.sh
EXTRA_DIST += %D%/look.html
