# tests/unit/incident
if WITH_CRITERION
check_PROGRAMS += tests/unit/incident/test_incident
TESTS += tests/unit/incident/test_incident
tests_unit_incident_test_incident_SOURCES = \
	%D%/feed.c %D%/feed.h %D%/situations.h %D%/matrix.h %D%/schemes.h %D%/several.h %D%/transfers.h %D%/words.h \
	%D%/test_evidence.c %D%/test_matrix.c %D%/test_parts.c %D%/test_situations.c
tests_unit_incident_test_incident_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_incident_test_incident_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_incident_test_incident_LDADD = libtestsupport.la libincident.la $(CRITERION_LIBS)
endif

if WITH_JANSSON
if WITH_CRITERION
check_PROGRAMS += tests/unit/incident/test_eve
TESTS += tests/unit/incident/test_eve
tests_unit_incident_test_eve_SOURCES = tests/unit/incident/test_eve.c
tests_unit_incident_test_eve_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_incident_test_eve_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_incident_test_eve_LDADD = libtestsupport.la libeve.la $(CRITERION_LIBS)
endif
endif
