# Records of runs and engines read back into incidents
if WITH_JANSSON
noinst_PROGRAMS += tests/eve/read_eve
tests_eve_read_eve_SOURCES = %D%/read_eve.c
tests_eve_read_eve_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_eve_read_eve_LDADD = libeve.la libtool_replay.la libsminhost.la libsmin.la
dist_check_SCRIPTS += %D%/check-corpus.sh %D%/check-runs.sh %D%/check-damage.sh %D%/check-suricata.sh
TESTS += %D%/check-corpus.sh %D%/check-runs.sh %D%/check-damage.sh %D%/check-suricata.sh
EXTRA_DIST += %D%/accepted-suricata %D%/suricata.yaml
endif
EXTRA_DIST += %D%/NOTES.md
