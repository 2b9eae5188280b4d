# tests/unit/incident
if WITH_CRITERION
check_PROGRAMS += tests/unit/incident/test_incident
TESTS += tests/unit/incident/test_incident
tests_unit_incident_test_incident_SOURCES = %D%/situations.h tests/unit/incident/transfers.h %D%/test_parts.c %D%/test_situations.c
tests_unit_incident_test_incident_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_incident_test_incident_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_incident_test_incident_LDADD = libtestsupport.la libincident.la $(CRITERION_LIBS)
endif
